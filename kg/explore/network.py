"""The graph as a pyvis `Network` with places, shapes and sizes, and the claims that its edges stand for."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.explore.layout import positions
from kg.explore.select import COMPARES, View, comparisons

if TYPE_CHECKING:
    from pyvis.network import Network

SHAPES = {"Model": "dot", "Baseline": "triangleDown", "Dataset": "diamond", "Metric": "triangle", "Task": "hexagon", "Paper": "square"}
"""A shape per type, so that colour alone never tells types apart; in the order of the legend."""
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


def network(graph: nx.MultiDiGraph, view: View) -> tuple[Network, dict[str, Any]]:
    """The kept part of the graph as pyvis holds it, and the `claims`, `sentences`, `first` view and `groups` beside it.

    Nodes are numbered in sorted order of their keys. Parallel edges of one relation are drawn as one, which lists its claims.
    """
    from pyvis.network import Network

    number = {n: i for i, n in enumerate(view.kept)}
    sizes = radii(graph, view)
    places = positions(graph, view, sizes)
    net = Network(directed=True, height="100%", width="100%")
    net.options = OPTIONS
    for n in view.kept:
        x, y = places[n]
        net.add_node(number[n], **node(graph, n), x=x, y=y, size=sizes[n])
    claims, sentences = claims_of(graph, number)
    drawn: defaultdict[tuple[int, int, str], list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        ends = claim["from"], claim["to"]
        drawn[(*(sorted(ends) if claim["relation"] in SYMMETRIC else ends), claim["relation"])].append(i)
    for i, ((source, target, relation), members) in enumerate(sorted(drawn.items())):
        net.add_edge(source, target, id=i, relation=relation, claims=members, width=round(1 + 0.7 * math.log2(len(members)), 1))
    beside = {
        "claims": claims,
        "sentences": sentences,
        "first": [number[n] for n in view.first],
        "groups": [{"name": g.name, "members": [number[n] for n in g.members]} for g in view.groups],
        "papers": papers_of(graph),
        "left_out": view.left_out,
    }
    return net, beside


def radii(graph: nx.MultiDiGraph, view: View) -> dict[str, float]:
    """How large each node is drawn: a model's area grows with the number of its comparisons."""
    compared = comparisons(graph)
    return {n: round(5 + 3.2 * math.sqrt(compared[n]), 1) if graph.nodes[n]["type"] == "Model" else 6.0 for n in view.kept}


def node(graph: nx.MultiDiGraph, key: str) -> dict[str, Any]:
    """A node's options: what vis-network draws (`label`, `shape`, `group`) and what the page tells of it."""
    data = graph.nodes[key]
    label = str(data.get("label") or key)
    told = {k: data[k] for k in PAPER_FIELDS if data.get(k)}
    aliases = [a for a in data.get("aliases", ()) if a != label]
    if aliases:
        told["aliases"] = aliases
    if data["type"] == "Baseline" and aliases:
        # Its label says which paper describes it; beside the paper's own sentence that need not be said.
        told["short"] = aliases[0]
    return {"label": label, "shape": SHAPES.get(data["type"], "dot"), "group": data["type"], "key": key, **told}


def papers_of(graph: nx.MultiDiGraph) -> dict[str, int]:
    """How many papers were read, and how many of them say who beats whom."""
    saying = {d["paper"] for *_, d in graph.edges(data=True) if d["relation"] in COMPARES}
    return {"read": sum(1 for _, t in graph.nodes(data="type") if t == "Paper"), "comparing": len(saying)}


def claims_of(graph: nx.MultiDiGraph, number: dict[str, int]) -> tuple[list[dict[str, Any]], list[str]]:
    """One object per edge between kept nodes, and the sentences that they point into; both in sorted order."""
    paper_number = {graph.nodes[n].get("paper"): i for n, i in number.items() if graph.nodes[n]["type"] == "Paper"}
    named = {(graph.nodes[n]["type"].lower(), graph.nodes[n]["label"]): i for n, i in number.items()}
    edges = [(number[u], number[v], d) for u, v, d in graph.edges(data=True) if u in number and v in number]
    sentences = sorted({d["sentence"] for *_, d in edges if d.get("sentence")})
    line = {s: i for i, s in enumerate(sentences)}
    claims = []
    for u, v, d in edges:
        claim = {"from": u, "to": v, "relation": d["relation"]}
        claim |= {k: d[k] for k in CLAIM_FIELDS if d.get(k) not in (None, "", False)}
        claim |= {k: d[k] for k in LINKED_FIELDS if d.get(k)}
        if on := sorted({named[k, d[k]] for k in LINKED_FIELDS if (k, d.get(k)) in named}):
            claim["on"] = on
        if d.get("sentence"):
            claim["sentence"] = line[d["sentence"]]
        if d.get("paper") in paper_number:
            claim["paper"] = paper_number[d["paper"]]
        claims.append(claim)
    return sorted(
        claims, key=lambda c: (c["from"], c["to"], c["relation"], c.get("paper", -1), str(c.get("claim")), repr(sorted(c.items())))
    ), sentences
