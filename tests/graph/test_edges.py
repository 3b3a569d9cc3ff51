"""No edge from text without its evidence."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg.graph.edges import add_claim_edge

EVIDENCE: dict[str, Any] = {"relation": "OUTPERFORMS", "claim": "c1", "paper": "p", "sentence": "A beats B.", "confidence": 0.5}


@pytest.fixture
def graph() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["A", "B"])
    return graph


@pytest.mark.parametrize("missing", ["claim", "paper", "sentence"])
def test_an_edge_without_evidence_is_refused(graph: nx.MultiDiGraph, missing: str) -> None:
    with pytest.raises(ValueError, match="evidence"):
        add_claim_edge(graph, "A", "B", **EVIDENCE | {missing: " " if missing == "sentence" else ""})
    with pytest.raises(TypeError):
        add_claim_edge(graph, "A", "B", **{k: v for k, v in EVIDENCE.items() if k != missing})
    assert graph.number_of_edges() == 0


@pytest.mark.parametrize(
    ("change", "word"), [({"relation": "LIKES"}, "LIKES"), ({"relation": "VARIANT_OF"}, "VARIANT_OF"), ({"colour": "red"}, "colour")]
)
def test_what_the_graph_does_not_know_is_refused_by_name(graph: nx.MultiDiGraph, change: dict[str, str], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        add_claim_edge(graph, "A", "B", **EVIDENCE | change)


def test_an_edge_to_nowhere_is_refused(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(ValueError, match="'C'"):
        add_claim_edge(graph, "A", "C", **EVIDENCE)


def test_the_same_claim_twice_is_one_edge_with_the_higher_confidence_whatever_the_order(graph: nx.MultiDiGraph) -> None:
    for confidence in (0.5, 0.9, 0.7):
        add_claim_edge(graph, "A", "B", **EVIDENCE | {"confidence": confidence})
    assert [d["confidence"] for *_, d in graph.edges(data=True)] == [0.9]


def test_what_is_absent_is_left_out(graph: nx.MultiDiGraph) -> None:
    add_claim_edge(graph, "A", "B", **EVIDENCE, delta=None, delta_value=0.0, dataset="X")
    assert graph.edges["A", "B", "c1"] == EVIDENCE | {"delta_value": 0.0, "dataset": "X"}
