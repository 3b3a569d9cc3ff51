"""What the page holds, and what its first view shows: the models that are compared, in named groups."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

PLEASANT = 6000
"""Nodes up to which the page opens and answers at once; above, it holds the most connected part."""
LAID_OUT = 480
"""Compared models that are laid out by force, the most compared first: beyond, a map has no readable room for them."""
FIRST = 260
"""Models of the first view: whole connected components, the largest first, while they are no more than this."""
NAMED_FROM = 5
"""Smallest group that gets a name on the map."""
NAMED_SHARE = 0.12
"""Share of a group's papers that must address a task for the group to be called by it."""


COMPARES = ("OUTPERFORMS", "COMPARABLE_TO")
"""Relations that compare two things."""


@dataclass(frozen=True)
class Group:
    """Models that are mostly compared with each other. `name` is the task that sets them apart, or None."""

    name: str | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """What a page holds and shows; all node keys.

    `kept` is in the page, sorted, `left_out` the number of nodes that are not. `backbone` has the models that are compared, as
    a simple graph whose edges have their number of claims as `weight`; `first` are those of the first view, sorted. `groups`
    is a partition of the backbone, largest first.
    """

    kept: tuple[str, ...]
    backbone: nx.Graph
    first: tuple[str, ...]
    groups: tuple[Group, ...]
    left_out: int


def choose(graph: nx.MultiDiGraph, *, pleasant: int = PLEASANT, laid_out: int = LAID_OUT, first: int = FIRST) -> View:
    """All nodes, or the `pleasant` most connected; the `laid_out` most compared models; at most `first` of them to begin with."""
    kept = most_connected(graph, pleasant)
    backbone = compared_models(graph.subgraph(kept))
    if len(backbone) > laid_out:
        largest = sorted(backbone, key=lambda n: (-backbone.degree(n, weight="weight"), n))[:laid_out]
        backbone = induced(backbone, sorted(largest))
        backbone.remove_nodes_from([n for n, degree in list(backbone.degree()) if degree == 0])
    return View(tuple(kept), backbone, first_view(backbone, first), tuple(named_groups(graph, backbone)), len(graph) - len(kept))


def most_connected(graph: nx.MultiDiGraph, limit: int) -> list[str]:
    """At most `limit` nodes, sorted by key: those with most edges, and every paper that stands behind an edge between two of them."""
    if len(graph) <= limit:
        return sorted(graph)
    things = sorted((n for n, t in graph.nodes(data="type") if t != "Paper"), key=lambda n: (-graph.degree(n), n))
    rank = {n: i for i, n in enumerate(things)}
    key_of = {paper: n for n, paper in graph.nodes(data="paper") if paper}
    needed: dict[str, int] = {}
    for u, v, paper in graph.edges(data="paper"):
        if paper in key_of and u in rank and v in rank:
            needed[key_of[paper]] = min(needed.get(key_of[paper], len(things)), max(rank[u], rank[v]))
    papers = sorted(needed, key=lambda n: (needed[n], n))
    kept, behind = 0, 0
    while kept < len(things):
        more = next((i for i in range(behind, len(papers)) if needed[papers[i]] > kept), len(papers))
        if kept + 1 + more > limit:
            break
        kept, behind = kept + 1, more
    return sorted(things[:kept] + papers[:behind])


def compared_models(graph: nx.MultiDiGraph) -> nx.Graph:
    """Models that outperform, or are outperformed by, another Model; an edge's `weight` is its number of claims."""
    pairs: Counter[tuple[str, str]] = Counter()
    for u, v, data in graph.edges(data=True):
        if data["relation"] == "OUTPERFORMS" and u != v and graph.nodes[u]["type"] == graph.nodes[v]["type"] == "Model":
            pairs[min(u, v), max(u, v)] += 1
    backbone = nx.Graph()
    backbone.add_nodes_from(sorted({n for pair in pairs for n in pair}))
    backbone.add_weighted_edges_from((u, v, pairs[u, v]) for u, v in sorted(pairs))
    return backbone


def comparisons(graph: nx.MultiDiGraph) -> Counter[str]:
    """For each node the number of comparisons that it takes part in."""
    count: Counter[str] = Counter()
    for u, v, relation in graph.edges(data="relation"):
        if relation in COMPARES:
            count[u] += 1
            count[v] += 1
    return count


def components(backbone: nx.Graph) -> list[list[str]]:
    """Connected components, largest first, each sorted."""
    return sorted((sorted(c) for c in nx.connected_components(backbone)), key=lambda c: (-len(c), c))


def first_view(backbone: nx.Graph, limit: int) -> tuple[str, ...]:
    """The largest component, and the next ones of two sizes or more as long as all fit in `limit`; sizes are never split."""
    by_size: defaultdict[int, list[str]] = defaultdict(list)
    for part in components(backbone):
        by_size[len(part)] += part
    shown: list[str] = []
    for _, nodes in sorted(by_size.items(), reverse=True):
        if shown and len(shown) + len(nodes) > limit:
            break
        shown += nodes
    return tuple(sorted(shown))


def named_groups(graph: nx.MultiDiGraph, backbone: nx.Graph) -> list[Group]:
    """Communities of the backbone by Louvain's method (Blondel et al., 2008), each named by the task that sets it apart."""
    order = sorted(backbone)
    # Integers instead of names: sets of strings are walked in another order in every process.
    numbered = nx.convert_node_labels_to_integers(induced(backbone, order))
    parts = nx.community.louvain_communities(numbered, weight="weight", seed=7)
    members = sorted((tuple(order[i] for i in sorted(part)) for part in parts), key=lambda m: (-len(m), m))
    return [Group(name, part) for name, part in zip(_names(graph, members), members, strict=True)]


def _names(graph: nx.MultiDiGraph, parts: Sequence[Sequence[str]]) -> list[str | None]:
    """For each part the task that many of its papers address and few others; no task names two parts."""
    group_of = {n: i for i, part in enumerate(parts) for n in part}
    tasks_of: defaultdict[str, set[str]] = defaultdict(set)
    papers: defaultdict[int, set[str]] = defaultdict(set)
    for u, v, data in graph.edges(data=True):
        if data["relation"] == "ADDRESSES":
            tasks_of[data["paper"]].add(v)
        elif data["relation"] == "OUTPERFORMS" and u in group_of and group_of.get(u) == group_of.get(v):
            papers[group_of[u]].add(data["paper"])
    everywhere = Counter(t for tasks in tasks_of.values() for t in tasks)
    names: list[str | None] = []
    taken: set[str] = set()
    for i, part in enumerate(parts):
        here = Counter(t for p in papers[i] for t in tasks_of[p] if t not in taken)
        often = [t for t in here if here[t] >= max(min(2, len(papers[i])), NAMED_SHARE * len(papers[i]))]
        best = max(often, key=lambda t: (here[t] / math.sqrt(everywhere[t]), t), default=None)
        if best is None or len(part) < NAMED_FROM:
            names.append(None)
        else:
            taken.add(best)
            names.append(str(graph.nodes[best]["label"]))
    return names


def induced(graph: nx.Graph, nodes: Iterable[str]) -> nx.Graph:
    """The subgraph on `nodes` as a graph of its own, nodes in the given order, edges sorted."""
    part = nx.Graph()
    part.add_nodes_from(nodes)
    pairs = {(min(u, v), max(u, v)): w for u, v, w in graph.edges(data="weight") if u in part and v in part}
    part.add_weighted_edges_from((u, v, pairs[u, v]) for u, v in sorted(pairs))
    return part
