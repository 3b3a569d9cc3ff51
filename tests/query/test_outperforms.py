"""What beats X: which claims, in which order, with which words beside them."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query import UnknownName, outperforms
from kg.query.answer import CLAIM_COLUMNS
from kg.query.claims import by_evidence, unnamed_method
from kg.query.source import Source
from kg.resolve.node import own_key
from kg.store import Store

KEYS = [
    *("claim", "relation", "subject", "object", "dataset", "metric", "task", "delta", "delta_value", "delta_kind", "unit", "hedge"),
    *("condition", "subject_value", "object_value", "paper", "title", "url", "year", "sentence", "confidence", "background", "own"),
]


def claims(source: Any, target: str, **options: Any) -> list[str]:
    return [row["claim"] for row in outperforms(source, target, **options).rows]


def test_rows_are_claims_best_evidence_first(source: Source) -> None:
    # sure with a difference or both values, sure without figures, doubtful, background; each by confidence
    assert claims(source, "Swin") == ["c2", "c3", "c6", "c1", "c4", "c5"]


def test_a_row_has_the_keys_of_the_contract_and_labels(source: Source) -> None:
    row = outperforms(source, "swin-t").rows[0]
    assert list(row) == list(CLAIM_COLUMNS) == KEYS
    assert row == {
        "claim": "c2",
        "relation": "OUTPERFORMS",
        "subject": "ConvNeXt",
        "object": "Swin-T",
        "dataset": "ImageNet-1K",
        "metric": "top-1 accuracy",
        "task": None,
        "delta": "0.8%",
        "delta_value": 0.8,
        "delta_kind": "unknown",
        "unit": None,
        "hedge": None,
        "condition": None,
        "subject_value": None,
        "object_value": None,
        "paper": "conv",
        "title": "The conv paper",
        "url": "https://example.org/conv",
        "year": 2022,
        "sentence": "Evidence for c2.",
        "confidence": 0.9,
        "background": False,
        "own": True,
    }


def test_exact_asks_for_the_one_node(source: Source) -> None:
    assert claims(source, "Swin", exact=True) == ["c6", "c1", "c5"]
    assert claims(source, "Swin-T") == ["c2", "c3"]


def test_background_is_marked_and_can_be_left_out(source: Source) -> None:
    assert {row["claim"] for row in outperforms(source, "Swin").rows if row["background"]} == {"c5"}
    assert claims(source, "Swin", background=False) == ["c2", "c3", "c6", "c1", "c4"]


def test_own_claims_are_marked_and_can_be_left_out(source: Source) -> None:
    rows = {row["claim"]: row["own"] for row in outperforms(source, "Swin").rows}
    # c3: the paper proposes EdgeNeXt and speaks of EdgeNeXt-S; c4: the paper's own method has no name
    assert rows == {"c1": True, "c2": True, "c3": True, "c4": True, "c5": False, "c6": False}
    assert claims(source, "Swin", third_party=True) == ["c6", "c5"]


def test_a_claim_is_its_papers_own_where_the_user_named_the_method_that_has_no_name_there() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("Paper:p", type="Paper", label="P", aliases=[], paper="p")
    graph.add_node("Model:HatNet", type="Model", label="HatNet", aliases=["HatNet"], method_of=["p"])
    graph.add_node("Model:Swin", type="Model", label="Swin", aliases=["Swin"])
    said = {"sentence": "We beat Swin.", "confidence": 1.0, "accepted": True}
    for paper in ("p", "q"):
        graph.add_edge("Model:HatNet", "Model:Swin", paper, relation="OUTPERFORMS", paper=paper, claim=paper, **said)
    answer = outperforms(graph, "Swin")
    assert {row["paper"]: row["own"] for row in answer.rows} == {"p": True, "q": False}
    assert "2 claims accepted by hand, with confidence 1." in answer.notes


def test_a_method_without_a_name_is_known_by_the_key_that_resolve_gives_it() -> None:
    assert unnamed_method("survey") == own_key("survey") == "Model:THIS@survey"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"dataset": "imagenet"}, ["c2", "c3"]),
        ({"dataset": "ilsvrc"}, ["c2", "c3"]),
        ({"dataset": "ImageNet", "exact": True}, []),
        ({"dataset": "coco"}, ["c1"]),
        ({"metric": "Top 1 Accuracy"}, ["c2"]),
        ({"task": "image-classification"}, ["c4"]),
        ({"dataset": "imagenet-1k", "metric": "top-1"}, ["c2"]),
        ({"min_confidence": 0.9}, ["c2", "c6", "c1", "c5"]),
        ({"limit": 2}, ["c2", "c3"]),
        ({"limit": 0}, []),
    ],
)
def test_filters(source: Source, options: dict[str, Any], expected: list[str]) -> None:
    assert claims(source, "Swin", **options) == expected


def test_years_count_and_name_the_papers_without_one(source: Source) -> None:
    answer = outperforms(source, "Swin", since=2023)
    assert [row["claim"] for row in answer.rows] == ["c6", "c4", "c5"]
    assert "Left out: 1 claim of 1 paper without a year: The edge paper." in answer.notes
    assert claims(source, "Swin", until=2022) == ["c2", "c1"]
    assert claims(source, "Swin", since=2022, until=2022) == ["c2", "c1"]


def test_an_unknown_filter_is_no_empty_answer(source: Source) -> None:
    with pytest.raises(UnknownName, match="No dataset 'CIFAR'"):
        outperforms(source, "Swin", dataset="CIFAR")
    with pytest.raises(UnknownName, match="No model 'Mamba'"):
        outperforms(source, "Mamba")


def test_a_known_name_that_nothing_beats_has_no_rows(source: Source) -> None:
    answer = outperforms(source, "ConvNeXt")
    assert list(answer.rows) == []
    assert answer.read == "5 papers, 3 of them with claims"


def test_a_cut_is_said(source: Source) -> None:
    assert "The first 2 of 6 rows." in outperforms(source, "Swin", limit=2).notes


def test_a_name_for_two_things_is_said(source: Source) -> None:
    assert "swin was taken for Model:swin; it could also be Task:swin." in outperforms(source, "swin").notes


def test_a_graph_older_than_its_records_is_said(graph: nx.MultiDiGraph) -> None:
    from kg.paper import Paper
    from kg.record import Record

    with Store(":memory:") as store:
        store.save_graph(graph)
        store.add([Record(Paper("new", "New", ""))])
        assert any("kg build" in note for note in outperforms(store, "Swin").notes)


def test_asks_a_networkx_graph_as_it_asks_a_store(graph: nx.MultiDiGraph) -> None:
    assert claims(graph, "Swin") == ["c2", "c3", "c6", "c1", "c4", "c5"]


@pytest.mark.parametrize("typed", ["Swin", "swin transformer tiny"])
def test_a_question_reads_the_store_by_index_alone(graph: nx.MultiDiGraph, typed: str) -> None:
    asked: list[str] = []
    with Store(":memory:") as store:
        store.save_graph(graph)
        store._connection.set_trace_callback(asked.append)
        assert outperforms(store, typed, dataset="ImageNet", since=2020).rows
        store._connection.set_trace_callback(None)
        steps = [step[3] for query in asked for step in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(asked) > 8
    assert not [step for step in steps if step.startswith("SCAN") and "json_each" not in step], steps
    assert any("edges_to (relation=? AND target=?)" in step for step in steps), steps


NAMES = st.sampled_from(["A", "B", "A-T", "a b"])
ROWS = st.fixed_dictionaries(
    {
        **dict.fromkeys(KEYS, st.none()),
        **dict.fromkeys(("subject", "object", "paper", "sentence", "claim"), NAMES),
        "dataset": st.none() | NAMES,
        "delta": st.none() | st.just("2%"),
        "subject_value": st.none() | st.just("2%"),
        "year": st.none() | st.integers(2020, 2022),
        "confidence": st.none() | st.sampled_from([0.1, 0.8, 0.9]),
        "background": st.booleans(),
    }
)


@given(st.lists(ROWS, max_size=12), st.randoms())
def test_the_order_is_the_same_however_the_rows_come(rows: list[Any], chance: random.Random) -> None:
    ordered = by_evidence(rows)
    assert by_evidence(chance.sample(rows, len(rows))) == ordered
    backgrounds = [row["background"] for row in ordered]
    assert backgrounds == sorted(backgrounds)
    grades = [(row["background"], (row["confidence"] or 0) < 0.8) for row in ordered]
    assert grades == sorted(grades)
    evidence = [(*grade, row["paper"], row["sentence"]) for grade, row in zip(grades, ordered, strict=True)]
    changes = sum(one != other for one, other in pairwise(evidence))
    assert changes == max(0, len(set(evidence)) - 1)  # claims of one sentence stand together


KINDS = ["Paper", "Model", "Dataset", "Task"]


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    made = nx.MultiDiGraph()
    names = draw(
        st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["a", "A", "a-t", "at", "b s", "bs"])), min_size=1, unique=True)
    )
    keys = [f"{kind}:{name}" for kind, name in names]
    for key, (kind, name) in zip(keys, names, strict=True):
        about = {"paper": name, "title": name.upper(), "year": draw(st.none() | st.just(2020))} if kind == "Paper" else {}
        made.add_node(key, type=kind, label=name, aliases=draw(st.lists(st.sampled_from(["a", "x", "B S"]), unique=True)), **about)
    relations = st.sampled_from(["OUTPERFORMS", "VARIANT_OF", "PROPOSES", "ACHIEVES"])
    for number, (better, worse) in enumerate(draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=10))):
        said = {"paper": draw(st.sampled_from(["a", "b s", "none"])), "dataset": draw(st.sampled_from(["a", "bs"])), "confidence": 0.9}
        made.add_edge(better, worse, relation=draw(relations), claim=f"c{number}", sentence="", **said)
    return made


@given(graphs(), st.sampled_from(["a", "AT", "b-s", "x", "none"]), st.sampled_from([None, "a", "bs"]), st.booleans())
def test_a_store_and_its_graph_answer_alike(made: nx.MultiDiGraph, target: str, dataset: str | None, exact: bool) -> None:
    def answer(source: Any) -> Any:
        try:
            return outperforms(source, target, dataset=dataset, exact=exact)
        except UnknownName as unknown:
            return unknown.args, unknown.nearest

    with Store(":memory:") as store:
        store.save_graph(made)
        assert answer(store) == answer(made)
