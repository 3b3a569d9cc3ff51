"""The graph as a pyvis `Network` with places, shapes and sizes, and the claims that its edges stand for."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.explore.layout import Positions
from kg.explore.select import View

if TYPE_CHECKING:
    from pyvis.network import Network

SHAPES = {"Model": "dot", "Baseline": "triangleDown", "Dataset": "diamond", "Metric": "triangle", "Task": "hexagon", "Paper": "square"}
"""A shape per type, so that colour alone never tells types apart; in the order of the legend."""
COMPARES = ("OUTPERFORMS", "COMPARABLE_TO")
SYMMETRIC = ("COMPARABLE_TO",)
PAPER_FIELDS = ("url", "year", "date", "author_count", "authors")
CLAIM_FIELDS = (
    "claim",
    "confidence",
    "delta",
    "delta_value",
    "delta_kind",
    "unit",
    "hedge",
    "condition",
    "subject_value",
    "object_value",
    "background",
)
LINKED_FIELDS = ("dataset", "metric", "task")
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 1_000_000,
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "scaling": {"label": {"enabled": False}}},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}, "selectionWidth": 1, "hoverWidth": 1},
}


def network(graph: nx.MultiDiGraph[str], view: View, places: Positions) -> tuple[Network, dict[str, Any]]:
    """The kept part of the graph as pyvis holds it, and the `claims`, `sentences`, `first` view and `groups` beside it.

    Nodes are numbered in sorted order of their keys. Parallel edges of one relation are drawn as one, which lists its claims.
    """
    from pyvis.network import Network

    number = {n: i for i, n in enumerate(view.kept)}
    compared = comparisons(graph)
    net = Network(directed=True, height="100%", width="100%")
    net.options = OPTIONS
    for n in view.kept:
        x, y = places[n]
        size = round(5 + 3.2 * math.sqrt(compared.get(n, 0)), 1) if graph.nodes[n]["type"] == "Model" else 6
        net.add_node(number[n], **node(graph, n), x=x, y=y, size=size)
    claims, sentences = claims_of(graph, number)
    drawn: defaultdict[tuple[int, int, str], list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        ends = claim["from"], claim["to"]
        drawn[(*(sorted(ends) if claim["relation"] in SYMMETRIC else ends), claim["relation"])].append(i)  # type: ignore[index]
    for i, ((source, target, relation), members) in enumerate(sorted(drawn.items())):
        net.add_edge(source, target, id=i, relation=relation, claims=members, width=round(1 + 0.7 * math.log2(len(members)), 1))
    beside = {
        "claims": claims,
        "sentences": sentences,
        "first": [number[n] for n in sorted(view.backbone)],
        "groups": [{"name": g.name, "members": [number[n] for n in g.members]} for g in view.groups],
        "papers": papers_of(graph),
        "left_out": view.left_out,
    }
    return net, beside


def node(graph: nx.MultiDiGraph[str], key: str) -> dict[str, Any]:
    """A node's options: what vis-network draws (`label`, `shape`, `group`) and what the page tells of it."""
    data = graph.nodes[key]
    label = str(data.get("label") or key)
    told = {k: data[k] for k in PAPER_FIELDS if data.get(k)}
    aliases = [a for a in data.get("aliases", ()) if a != label]
    if aliases:
        told["aliases"] = aliases
    return {"label": label, "shape": SHAPES.get(data["type"], "dot"), "group": data["type"], "key": key, **told}


def comparisons(graph: nx.MultiDiGraph[str]) -> dict[str, int]:
    """For each node the number of comparisons that it takes part in."""
    count: defaultdict[str, int] = defaultdict(int)
    for u, v, relation in graph.edges(data="relation"):
        if relation in COMPARES:
            count[u] += 1
            count[v] += 1
    return count


def papers_of(graph: nx.MultiDiGraph[str]) -> dict[str, int]:
    """How many papers were read, and how many of them say who beats whom."""
    saying = {d["paper"] for *_, d in graph.edges(data=True) if d["relation"] in COMPARES}
    return {"read": sum(1 for _, t in graph.nodes(data="type") if t == "Paper"), "comparing": len(saying)}


def claims_of(graph: nx.MultiDiGraph[str], number: dict[str, int]) -> tuple[list[dict[str, Any]], list[str]]:
    """One object per edge between kept nodes, and the sentences that they point into; both in sorted order."""
    paper_number = {graph.nodes[n].get("id"): i for n, i in number.items() if graph.nodes[n]["type"] == "Paper"}
    edges = [(number[u], number[v], d) for u, v, d in graph.edges(data=True) if u in number and v in number]
    sentences = sorted({d["sentence"] for *_, d in edges if d.get("sentence")})
    line = {s: i for i, s in enumerate(sentences)}
    claims = []
    for u, v, d in edges:
        claim = {"from": u, "to": v, "relation": d["relation"]}
        claim |= {k: d[k] for k in CLAIM_FIELDS if d.get(k) not in (None, "", False)}
        claim |= {k: label_of(graph, d[k]) for k in LINKED_FIELDS if d.get(k)}
        claim |= {"on": on} if (on := sorted({number[d[k]] for k in LINKED_FIELDS if d.get(k) in number})) else {}
        if d.get("sentence"):
            claim["sentence"] = line[d["sentence"]]
        if d.get("paper") in paper_number:
            claim["paper"] = paper_number[d["paper"]]
        claims.append(claim)
    return sorted(
        claims, key=lambda c: (c["from"], c["to"], c["relation"], c.get("paper", -1), str(c.get("claim")), repr(sorted(c.items())))
    ), sentences


def label_of(graph: nx.MultiDiGraph[str], name: str) -> str:
    """What a reader calls a dataset, metric or task: the node's label where `name` is a node's key, else `name`."""
    return str(graph.nodes[name]["label"]) if name in graph else name
