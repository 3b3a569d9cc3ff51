"""Records and the nodes that their names mean, as one graph."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import networkx as nx

from kg.graph.edges import add_claim_edge, add_variant_edge
from kg.paper import Paper
from kg.record import Claim, Comparison, Record, Result, Sota, Support, support_id
from kg.resolve.node import Node, main_method, things
from kg.resolve.quantity import quantify, reverse
from kg.resolve.resolution import Resolution, resolve

SUBJECT = ("Model", "Baseline", "Dataset", "Metric", "Task")
"""Types among which a claim's subject or object is looked for, in this order."""
TYPES = {
    "proposes": ("Model", "Dataset", "Metric", "Task"),
    "evaluated_on": ("Dataset", "Task"),
    "addresses": ("Task", "Model"),
    "builds_on": ("Model",),
}
RELATION = {"proposes": "PROPOSES", "evaluated_on": "EVALUATED_ON", "addresses": "ADDRESSES", "builds_on": "BUILDS_ON"}


def build(records: Sequence[Record], resolution: Resolution | None = None, *, accepted: Collection[str] = ()) -> nx.MultiDiGraph:
    """The graph of what records claim: one node per thing, one edge per claim, each edge with its evidence.

    Parameters
    ----------
    records : sequence of Record
        In any order; the graph is the same.
    resolution : Resolution, optional
        What the names mean; `resolve(records)` by default.
    accepted : collection of str, optional
        Ids of the claims that the user holds for right.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes in sorted order with `type`, `label`, `aliases`, and `method_of` where the user says that a node is the method that
        papers (ids) leave without a name; Paper nodes also with what is known of the paper. Edges with
        `relation` and, if they come from text, `claim`, `paper` (its id), `sentence`, `confidence` and what applies of
        `dataset`, `metric`, `task` (labels), `delta`, `delta_value`, `delta_kind`, `unit`, `hedge`, `condition`,
        `subject_value`, `object_value`, `background`, `accepted`. The key of an edge is its claim. An edge from a node to itself would say
        nothing; there is none.

    Examples
    --------
    >>> from kg.paper import Paper
    >>> from kg.record import Comparison, Entity, Mention, Record
    >>> text = "Ours beats theirs"
    >>> record = Record(
    ...     Paper("p1", "Ours beats theirs", ""), ((0, 17),),
    ...     (Entity("Ours", "Model", (Mention(0, 4, "Ours"),)), Entity("theirs", "Model", (Mention(11, 17, "theirs"),))),
    ...     comparisons=(Comparison(id="c1", s="Ours", o="theirs", v="better", start=0, end=17, confidence=0.9),),
    ... )
    >>> graph = build([record])
    >>> [(s, o, d["relation"], d["sentence"]) for s, o, d in graph.edges(data=True)]
    [('Model:Ours', 'Model:theirs', 'OUTPERFORMS', 'Ours beats theirs')]
    """
    resolution = resolution or resolve(records)
    graph = nx.MultiDiGraph()
    papers = {paper_key(r.paper.id): r.paper for r in records}
    nodes = {key: node_attributes(node) for key, node in resolution.nodes.items()}
    nodes |= {key: paper_attributes(paper) for key, paper in papers.items()}
    graph.add_nodes_from(sorted(nodes.items()))
    for record in sorted(records, key=lambda r: r.paper.id):
        _Reader(graph, record, resolution, accepted).add_edges()
    for variant, family in resolution.families:
        add_variant_edge(graph, variant, family)
    return graph


def paper_key(paper_id: str) -> str:
    """The key of a paper's node."""
    return f"Paper:{paper_id}"


def node_attributes(node: Node) -> dict[str, Any]:
    """What the node of a thing holds."""
    methods = {"method_of": list(node.method_of)} if node.method_of else {}
    return {"type": node.type, "label": node.label, "aliases": list(node.aliases), **methods}


def paper_attributes(paper: Paper) -> dict[str, Any]:
    """What a Paper node holds: all that is known of the paper but its abstract.

    The paper's id is `paper`, as on edges: `id` is what node-link data calls a node's key.
    """
    known = {k: v for k, v in paper.to_dict().items() if k not in ("id", "abstract")}
    return {"type": "Paper", "label": paper.title, "aliases": [], "paper": paper.id, **known}


class _Reader:
    """One record on its way into the graph."""

    def __init__(self, graph: nx.MultiDiGraph, record: Record, resolution: Resolution, accepted: Collection[str]) -> None:
        self.graph, self.record, self.resolution, self.accepted = graph, record, resolution, accepted
        self.paper, self.text = record.paper, record.paper.text
        self.known = {(type, name) for type, name, _ in things(record)}

    def key(self, name: str, *types: str) -> str:
        """The node of a name: of the type under which this paper has it as an entity, preferring the types first named."""
        held = [t for t in types if (t, name) in self.known]
        return self.resolution.node(self.paper.id, name, *(held or types))

    def label(self, name: str | None, type: str) -> str | None:
        if not name:
            return None
        held = [t for t in (type, "Dataset", "Task", "Metric", "Model", "Baseline") if (t, name) in self.known]
        return self.resolution.nodes[self.resolution.node(self.paper.id, name, *held)].label if held else name

    def evidence(self, claim: Claim | Support) -> dict[str, Any]:
        return {"paper": self.paper.id, "sentence": self.text[claim.start : claim.end], "confidence": claim.confidence}

    def add_edges(self) -> None:
        for comparison in self.record.comparisons:
            self.comparison(comparison)
        for result in self.record.results:
            source, target = self.key(result.s, *SUBJECT), self.target(result.d, result.t, result.m)
            self.add(source, target, "ACHIEVES", result, subject_value=result.value, **self.setting(result))
        for sota in self.record.sota:
            self.add(self.key(sota.s, *SUBJECT), self.target(sota.d, sota.t, None), "SOTA_ON", sota, **self.setting(sota))
        for support in self.record.support:
            self.support(support)

    def add(self, source: str, target: str, relation: str, claim: Claim, **optional: Any) -> None:
        self.edge(source, target, relation, claim.id, claim, **optional)

    def edge(self, source: str, target: str, relation: str, id: str, claim: Claim | Support, **optional: Any) -> None:
        if source == target:
            return  # a thing compared with itself by the very same name: nothing is said
        accepted = True if id in self.accepted else None
        add_claim_edge(self.graph, source, target, relation=relation, claim=id, **self.evidence(claim), **optional, accepted=accepted)

    def setting(self, claim: Comparison | Result | Sota) -> dict[str, Any]:
        return {
            "dataset": self.label(claim.d, "Dataset"),
            "metric": self.label(getattr(claim, "m", None), "Metric"),
            "task": self.label(claim.t, "Task"),
        }

    def target(self, dataset: str | None, task: str | None, metric: str | None) -> str:
        for name, type in ((dataset, "Dataset"), (task, "Task"), (metric, "Metric")):
            if name:
                return self.key(name, type, "Dataset", "Task", "Metric", "Model")
        return paper_key(self.paper.id)

    def comparison(self, claim: Comparison) -> None:
        source, target = self.key(claim.s, *SUBJECT), self.key(claim.o, *SUBJECT)
        quantity = quantify(claim, self.text[claim.start : claim.end])
        subject_value, object_value, value = claim.sv, claim.ov, quantity.value
        relation = "OUTPERFORMS"
        if claim.v == "comparable":
            relation = "COMPARABLE_TO"
            if source > target:
                source, target, subject_value, object_value = target, source, object_value, subject_value
                value = reverse(value, quantity.kind) if value is not None and quantity.kind else None
        self.add(
            source, target, relation, claim, **self.setting(claim), delta=claim.delta, delta_value=value,
            delta_kind=quantity.kind, unit=quantity.unit, hedge=claim.q, condition=claim.cond,
            subject_value=subject_value, object_value=object_value, background=claim.bg or None,
        )  # fmt: skip

    def support(self, support: Support) -> None:
        target = self.key(support.name, *TYPES[support.kind])
        source = paper_key(self.paper.id)
        if support.kind == "builds_on":
            source = self.key(main_method(self.record), "Model")
        id = support_id(self.paper.id, self.text[support.start : support.end], support)
        self.edge(source, target, RELATION[support.kind], id, support)
