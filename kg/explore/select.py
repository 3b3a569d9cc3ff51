"""What the page holds, and what its first view shows: the models that are compared, in named groups."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

PLEASANT = 6000
"""Nodes up to which the page opens and answers at once; above it holds the most connected part."""
DRAWN = 900
"""Models of the backbone that are laid out by force: the layout's time and memory grow with their square."""
NAMED_FROM = 5
"""Smallest group that gets a name on the map."""


@dataclass(frozen=True)
class Group:
    """Models that are mostly compared with each other. `name` is the task that sets them apart, or None."""

    name: str | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """`kept`: the nodes in the page, sorted. `backbone`: the compared models, as a simple graph weighted by claims.

    `groups`: a partition of the backbone, largest first. `left_out`: how many nodes the page does not hold.
    """

    kept: tuple[str, ...]
    backbone: nx.Graph[str]
    groups: tuple[Group, ...]
    left_out: int


def choose(graph: nx.MultiDiGraph[str], *, pleasant: int = PLEASANT, drawn: int = DRAWN) -> View:
    """The page's content: all nodes, or the `pleasant` most connected; the backbone; its groups, named by task."""
    kept = most_connected(graph, pleasant)
    backbone = compared_models(graph.subgraph(kept))
    if len(backbone) > drawn:
        largest = sorted(backbone, key=lambda n: (-backbone.degree(n, weight="weight"), n))[:drawn]
        backbone = _induced(backbone, sorted(largest))
        backbone.remove_nodes_from([n for n, degree in list(backbone.degree()) if degree == 0])
    return View(tuple(kept), backbone, tuple(named_groups(graph, backbone)), len(graph) - len(kept))


def most_connected(graph: nx.MultiDiGraph[str], limit: int) -> list[str]:
    """At most `limit` nodes, those with most edges, sorted by key; each kept claim's paper is kept too where it fits."""
    if len(graph) <= limit:
        return sorted(graph)
    return sorted(sorted(graph, key=lambda n: (-graph.degree(n), n))[:limit])


def compared_models(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Models that outperform, or are outperformed by, another Model; an edge's `weight` is its number of claims."""
    pairs: Counter[tuple[str, str]] = Counter()
    for u, v, data in graph.edges(data=True):
        if data["relation"] == "OUTPERFORMS" and u != v and graph.nodes[u]["type"] == graph.nodes[v]["type"] == "Model":
            pairs[min(u, v), max(u, v)] += 1
    backbone: nx.Graph[str] = nx.Graph()
    backbone.add_nodes_from(sorted({n for pair in pairs for n in pair}))
    backbone.add_weighted_edges_from((u, v, pairs[u, v]) for u, v in sorted(pairs))
    return backbone


def named_groups(graph: nx.MultiDiGraph[str], backbone: nx.Graph[str]) -> list[Group]:
    """Communities of the backbone by Louvain's method (Blondel et al., 2008), each named by the task that sets it apart."""
    order = sorted(backbone)
    # Integers instead of names: sets of strings are walked in another order in every process.
    numbered = nx.convert_node_labels_to_integers(_induced(backbone, order))
    parts = nx.community.louvain_communities(numbered, weight="weight", resolution=0.8, seed=7)
    members = sorted((tuple(order[i] for i in sorted(part)) for part in parts), key=lambda m: (-len(m), m))
    return [Group(name, part) for name, part in zip(_names(graph, members), members, strict=True)]


def _names(graph: nx.MultiDiGraph[str], parts: Sequence[Sequence[str]]) -> list[str | None]:
    """For each part the task of most of its papers against the task's papers elsewhere; no task names two parts."""
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
        best = max(here, key=lambda t: (here[t] / math.sqrt(everywhere[t]) * math.log2(1 + here[t]), t), default=None)
        if best is None or len(part) < NAMED_FROM:
            names.append(None)
        else:
            taken.add(best)
            names.append(str(graph.nodes[best]["label"]))
    return names


def _induced(graph: nx.Graph[str], nodes: Iterable[str]) -> nx.Graph[str]:
    """The subgraph on `nodes` as a graph of its own, nodes in the given order, edges sorted."""
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    pairs = {(min(u, v), max(u, v)): w for u, v, w in graph.edges(data="weight") if u in part and v in part}
    part.add_weighted_edges_from((u, v, pairs[u, v]) for u, v in sorted(pairs))
    return part
