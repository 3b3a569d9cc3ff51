"""The graph as its readers know it: nodes, relations and evidence."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from made import beats, record

from kg.graph import build, write_graph
from kg.graph.edges import FROM_TEXT, OPTIONAL, RELATIONS
from kg.paper import Paper
from kg.record import THIS, Record
from kg.resolve import resolve
from kg.resolve.corrections import Merge, Numbered

SENTENCE = "EdgeNeXt beats MobileViT by 2.2% absolute top-1 accuracy on ImageNet-1K with 28% fewer FLOPs."


def edgenext(**more: Any) -> Record:
    return record(
        "p1", SENTENCE, title="EdgeNeXt", year=2022,
        Model=["EdgeNeXt", "MobileViT", "CNN"], Dataset=["ImageNet-1K"], Metric=["top-1 accuracy", "FLOPs"], Task=["image classification"],
        proposes=["EdgeNeXt"], evaluated_on=["ImageNet-1K"], addresses=["image classification"], builds_on=["CNN"],
        comparisons=[
            beats("EdgeNeXt", "MobileViT", d="ImageNet-1K", m="top-1 accuracy", delta="2.2%", delta_kind="absolute", sv="71.2%"),
            beats("EdgeNeXt", "MobileViT", m="FLOPs", delta="28%", delta_kind="relative", q="approx", cond="on a phone", bg=True),
        ], **more,
    )  # fmt: skip


def edges(graph: nx.MultiDiGraph, relation: str) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(
        ((s, t, d) for s, t, d in graph.edges(data=True) if d["relation"] == relation), key=lambda e: (e[0], e[1], e[2].get("claim", ""))
    )


def test_a_comparison_is_an_edge_from_the_better_to_the_worse_with_all_that_is_said() -> None:
    paper = edgenext()
    graph = build([paper])
    first, second = (graph.edges["Model:EdgeNeXt", "Model:MobileViT", c.id] for c in paper.comparisons)
    evidence = {"relation": "OUTPERFORMS", "paper": "p1", "sentence": SENTENCE, "confidence": 0.9}
    assert first == evidence | {
        "claim": paper.comparisons[0].id, "dataset": "ImageNet-1K", "metric": "top-1 accuracy", "delta": "2.2%", "delta_value": 2.2,
        "delta_kind": "absolute", "unit": "%", "subject_value": "71.2%",
    }  # fmt: skip
    assert second == evidence | {
        "claim": paper.comparisons[1].id, "metric": "FLOPs", "delta": "28%", "delta_value": -0.28, "delta_kind": "relative", "unit": "%",
        "hedge": "approx", "condition": "on a phone", "background": True,
    }  # fmt: skip


def test_a_paper_is_a_node_with_what_is_known_of_it() -> None:
    paper = replace(
        edgenext(),
        paper=replace(edgenext().paper, url="https://example.org", authors=("A. B.",), author_count=3, sources=("x.txt",), date="2022-06"),
    )
    assert build([paper]).nodes["Paper:p1"] == {
        "type": "Paper", "label": "EdgeNeXt", "aliases": [], "paper": "p1", "title": "EdgeNeXt",
        "url": "https://example.org", "date": "2022-06", "year": 2022, "authors": ["A. B."], "author_count": 3, "sources": ["x.txt"],
    }  # fmt: skip


def test_what_a_paper_proposes_uses_and_works_on_has_its_sentence_too() -> None:
    graph = build([edgenext()])
    found = {(d["relation"], s, t, d["sentence"], d["confidence"]) for s, t, d in graph.edges(data=True) if d["relation"] in FROM_TEXT[4:]}
    assert found == {
        ("PROPOSES", "Paper:p1", "Model:EdgeNeXt", SENTENCE, 0.8), ("EVALUATED_ON", "Paper:p1", "Dataset:ImageNet-1K", SENTENCE, 0.8),
        ("ADDRESSES", "Paper:p1", "Task:image classification", SENTENCE, 0.8), ("BUILDS_ON", "Model:EdgeNeXt", "Model:CNN", SENTENCE, 0.8),
    }  # fmt: skip


def test_an_unnamed_method_builds_on_and_beats_as_a_node_of_its_paper() -> None:
    paper = record(
        "p",
        "We extend ViT and beat all.",
        Model=["ViT"],
        Baseline=["all"],
        builds_on=["ViT"],
        comparisons=[beats(THIS, "all")],
        title="On Seeing",
    )
    graph = build([paper])
    assert [e[:2] for e in edges(graph, "BUILDS_ON")] == [("Model:THIS@p", "Model:ViT")]
    assert [e[:2] for e in edges(graph, "OUTPERFORMS")] == [("Model:THIS@p", "Baseline:all@p")]
    assert (graph.nodes["Model:THIS@p"]["label"], graph.nodes["Baseline:all@p"]["label"]) == (
        "method of “On Seeing”",
        "all (in “On Seeing”)",
    )


def test_results_and_records_end_at_dataset_else_task_else_metric_else_paper() -> None:
    names: dict[str, Any] = {"Model": ["A"], "Dataset": ["D"], "Task": ["T"], "Metric": ["M"]}
    results = [
        {"s": "A", "value": str(i)} | where
        for i, where in enumerate([{"d": "D", "t": "T", "m": "M"}, {"t": "T", "m": "M"}, {"m": "M"}, {}])
    ]
    sota = [{"s": "A"} | where for where in ({"d": "D", "t": "T"}, {"t": "T"}, {})]
    graph = build([record("p", "A is good.", results=results, sota=sota, **names)])
    ends = {d["subject_value"]: (t, d.get("dataset"), d.get("task"), d.get("metric")) for _, t, d in edges(graph, "ACHIEVES")}
    assert ends == {
        "0": ("Dataset:D", "D", "T", "M"),
        "1": ("Task:T", None, "T", "M"),
        "2": ("Metric:M", None, None, "M"),
        "3": ("Paper:p", None, None, None),
    }
    assert [t for _, t, _ in edges(graph, "SOTA_ON")] == ["Dataset:D", "Paper:p", "Task:T"]


def test_comparable_things_stand_in_sorted_order_with_their_own_values() -> None:
    claim = {"s": "Zed", "o": "Abe", "v": "comparable", "m": "accuracy", "sv": "81%", "ov": "80%", "delta": "1%", "delta_kind": "absolute"}
    graph = build([record("p", "Zed is on par with Abe.", Model=["Abe", "Zed"], Metric=["accuracy"], comparisons=[claim])])
    [(source, target, said)] = edges(graph, "COMPARABLE_TO")
    assert (source, target) == ("Model:Abe", "Model:Zed")
    assert (said["subject_value"], said["object_value"], said["delta_value"]) == ("80%", "81%", -1.0)


def test_variants_point_to_their_family_without_a_claim() -> None:
    graph = build([record("p", "x", Model=["Swin-T", "Swin Transformer"])])
    assert edges(graph, "VARIANT_OF") == [("Model:Swin-T", "Model:Swin Transformer", {"relation": "VARIANT_OF"})]


def test_labels_of_setting_are_those_of_the_nodes() -> None:
    papers = [
        record("a", "A beats B on it.", Model=["A", "B"], Dataset=["ILSVRC-2012"], comparisons=[beats("A", "B", d="ILSVRC-2012")]),
        record("b", "x", Dataset=["ImageNet-1K"]),
        record("c", "x", Dataset=["ImageNet-1K"]),
    ]
    graph = build(papers)
    assert [d["dataset"] for *_, d in edges(graph, "OUTPERFORMS")] == ["ImageNet-1K"]
    assert graph.nodes["Dataset:ImageNet-1K"]["aliases"] == ["ILSVRC-2012", "ImageNet-1K"]


def test_what_the_user_said_is_in_the_graph() -> None:
    papers = [edgenext(), record("p2", "We beat EdgeNeXt.", Model=["EdgeNeXt"], comparisons=[beats(THIS, "EdgeNeXt")])]
    corrections = [Numbered(1, Merge(name="MobileViT", also="THIS@p2"))]
    accepted = papers[1].comparisons[0].id
    graph = build(papers, resolve(papers, corrections), accepted={accepted})
    assert graph.nodes["Model:MobileViT"]["method_of"] == ["p2"]
    assert graph.edges["Model:MobileViT", "Model:EdgeNeXt", accepted]["accepted"] is True
    assert [d.get("accepted") for _, _, d in edges(graph, "OUTPERFORMS")].count(None) == 2
    assert "method_of" not in graph.nodes["Model:EdgeNeXt"]


def test_a_record_of_nothing_is_a_paper_alone_and_no_records_are_no_graph() -> None:
    assert list(build([Record(Paper("p", "T", ""))]).nodes) == ["Paper:p"]
    assert build([]).number_of_nodes() == 0


NAMES = ["Swin", "Swin Transformer", "Swin-T", "CAT", "ViT", "TIE"]


@st.composite
def corpora(draw: st.DrawFn) -> list[Record]:
    found = []
    for i in range(draw(st.integers(1, 6))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
        ends = st.tuples(st.sampled_from([THIS, *names]), st.sampled_from(names)).filter(lambda p: p[0] != p[1])
        claims = [
            {"s": s, "o": o, "v": draw(st.sampled_from(["better", "comparable"])), "confidence": draw(st.sampled_from([0.5, 0.9])), **more}
            for (s, o), more in draw(
                st.lists(st.tuples(ends, st.sampled_from([{}, {"d": "COCO"}, {"delta": "2x", "m": "speed"}])), max_size=4)
            )
        ]
        results = [{"s": names[0], "value": "1%"}] if draw(st.booleans()) else []
        listed = {k: draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) for k in ("proposes", "builds_on")}
        found.append(
            record(f"p{i}", "One sentence.", Model=names, Dataset=["COCO"], Metric=["speed"], comparisons=claims, results=results, **listed)
        )
    return found


@given(corpora(), st.randoms(use_true_random=False))
def test_the_file_has_the_same_bytes_whatever_the_order_of_papers(
    tmp_path_factory: Any, papers: list[Record], chance: random.Random
) -> None:
    folder: Path = tmp_path_factory.mktemp("graph")
    other = papers[:]
    chance.shuffle(other)
    write_graph(build(papers), folder / "one.json")
    write_graph(build(other), folder / "two.json")
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()


@given(corpora())
def test_every_edge_from_text_has_evidence_and_every_claim_an_edge(papers: list[Record]) -> None:
    graph = build(papers)
    allowed = {"relation", "claim", "paper", "sentence", "confidence", *OPTIONAL}
    for source, target, key, said in graph.edges(keys=True, data=True):
        assert said["relation"] in RELATIONS
        assert set(said) <= allowed
        assert "" not in said.values()
        assert None not in said.values()
        if said["relation"] != "VARIANT_OF":
            assert said["claim"] == key
            assert said["sentence"] in {p.paper.text[slice(*s)] for p in papers if p.paper.id == said["paper"] for s in p.sentences}
            assert 0 <= said["confidence"] <= 1
        assert {"type", "label", "aliases"} <= set(graph.nodes[source]) & set(graph.nodes[target])
    assert {c.id for p in papers for c in p.claims()} <= {key for *_, key in graph.edges(keys=True)}
    json.dumps(nx.node_link_data(graph), allow_nan=False)
