"""Corrections of names: what becomes one node, what becomes several, what they are called, and that order of papers does not matter."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import beats, record

from kg.record import THIS, Record
from kg.resolve import Resolution, resolve
from kg.resolve.corrected import UNDONE
from kg.resolve.corrections import Correction, Merge, Numbered, Rename, Split


def numbered(*corrections: Correction) -> list[Numbered]:
    return [Numbered(line, correction) for line, correction in enumerate(corrections, 1)]


def fixed(papers: list[Record], *corrections: Correction) -> Resolution:
    """The resolution with corrections that all apply."""
    resolution = resolve(papers, numbered(*corrections))
    assert resolution.unmet == {}
    return resolution


def unmet(papers: list[Record], *corrections: Correction) -> dict[int, str]:
    """Why corrections do not apply; those change nothing."""
    resolution = resolve(papers, numbered(*corrections))
    return dict(resolution.unmet)


def models(*papers: Any) -> list[Record]:
    """Papers p0, p1 ... each with its Models."""
    return [record(f"p{i}", "x", Model=names) for i, names in enumerate(papers)]


def labels(resolution: Resolution) -> list[str]:
    return [node.label for node in resolution.nodes.values()]


# Merge


def test_merged_names_are_the_node_of_the_first_with_the_forms_of_both() -> None:
    resolution = fixed(models(["Swin"], ["SWT", "Swin"], ["SWT"]), Merge(name="Swin", also="SWT"))
    assert list(resolution.nodes) == ["Model:Swin"]
    assert resolution.nodes["Model:Swin"].aliases == ("SWT", "Swin")
    assert resolution.node("p2", "SWT", "Model") == "Model:Swin" == resolution.find("swt")[0]


def test_spellings_of_a_merged_name_that_come_in_later_are_merged_too() -> None:
    correction = Merge(type="Model", name="Swin", also="ShiftNet")
    resolution = fixed(models(["Swin Transformers"], ["Shift-Net"], ["SHIFTNET"]), correction)
    assert list(resolution.nodes) == ["Model:Swin Transformers"]


def test_variants_of_a_merged_family_are_variants_of_the_node_that_it_joined() -> None:
    resolution = fixed(models(["Swin", "Swin-T"], ["WinNet", "WinNet-S"]), Merge(name="Swin", also="WinNet"))
    assert resolution.families == (("Model:Swin-T", "Model:Swin"), ("Model:WinNet-S", "Model:Swin"))


def test_a_variant_that_is_its_family_is_no_variant_any_more() -> None:
    assert fixed(models(["Swin", "Swin-T"]), Merge(name="Swin", also="Swin-T")).families == ()


def test_a_merge_of_what_is_one_already_applies_and_changes_nothing() -> None:
    papers = models(["Swin"], ["SWIN"])
    assert fixed(papers, Merge(name="Swin", also="SWIN")) == resolve(papers)


def test_only_things_of_one_type_can_be_one() -> None:
    papers = [record("a", "x", Model=["Swin"], Dataset=["COCO"])]
    assert "different types" in unmet(papers, Merge(name="Swin", also="COCO"))[1]
    assert "no Model is called 'COCO'" in unmet(papers, Merge(type="Model", name="Swin", also="COCO"))[1]


def test_the_type_is_the_one_that_both_names_have() -> None:
    papers = [record("a", "x", Model=["pruning"], Task=["pruning", "network slimming"])]
    assert set(fixed(papers, Merge(name="pruning", also="network slimming")).nodes) == {"Model:pruning", "Task:pruning"}


def test_a_name_that_means_several_things_names_them() -> None:
    papers = [record("a", "x", Model=["pruning"], Task=["pruning"])]
    assert "Model:pruning, Task:pruning" in unmet(papers, Rename(name="pruning", label="cutting"))[1]


def test_the_unnamed_method_of_a_paper_can_be_a_model_that_others_name() -> None:
    papers = [
        record("a", "We beat Swin.", Model=["Swin"], comparisons=[beats(THIS, "Swin")], title="On hats"),
        record("b", "HatNet is old.", Model=["HatNet"]),
    ]
    resolution = fixed(papers, Merge(name="HatNet", also="THIS@a"))
    assert resolution.node("a", THIS, "Model") == "Model:HatNet"
    assert resolution.nodes["Model:HatNet"].method_of == ("a",)
    assert resolution.nodes["Model:HatNet"].paper is None
    other = fixed(papers, Merge(name="Model:THIS@a", also="HatNet"), Rename(name="method of “On hats”", label="HatNet"))
    assert other.node("b", "HatNet", "Model") == other.node("a", THIS, "Model") == "Model:HatNet"


def test_described_competitors_are_never_one() -> None:
    papers = [record("a", "x", Baseline=["earlier methods", "other methods"], comparisons=[])]
    assert "Baseline" in unmet(papers, Merge(type="Baseline", name="earlier methods", also="other methods"))[1]


# Split


def test_a_name_means_a_thing_of_its_own_in_the_papers_that_are_named() -> None:
    resolution = fixed(models(["TIE"], ["TIE"], ["TIE"], ["TIE"]), Split(name="TIE", papers=("p1", "p2")))
    assert resolution.node("p1", "TIE", "Model") == resolution.node("p2", "TIE", "Model") == "Model:tie@p1"
    assert resolution.node("p0", "TIE", "Model") == resolution.node("p3", "TIE", "Model") == "Model:TIE"
    assert labels(resolution) == ["TIE", "TIE (in “Paper p1”)"]
    assert resolution.find("TIE") == ["Model:TIE"]


def test_without_papers_it_is_another_thing_in_each() -> None:
    resolution = fixed(models(["TIE"], ["TIE", "Bow"], ["Bow"]), Split(name="TIE"))
    assert labels(resolution) == ["Bow", "TIE (in “Paper p0”)", "TIE (in “Paper p1”)"]


def test_only_the_name_moves_and_the_rest_is_called_by_what_is_left() -> None:
    papers = models({"HAT": ["HAT", "Hybrid Attention Tower"]}, ["Hybrid Attention Tower"], ["HAT"])
    assert list(resolve(papers).nodes) == ["Model:HAT"]
    resolution = fixed(papers, Split(name="Hybrid Attention Tower", apart_from="HAT"))
    assert list(resolution.nodes) == ["Model:HAT", "Model:Hybrid Attention Tower"]
    assert resolution.nodes["Model:Hybrid Attention Tower"].aliases == ("Hybrid Attention Tower",)
    assert resolution.node("p1", "Hybrid Attention Tower", "Model") == "Model:Hybrid Attention Tower"
    assert resolution.nodes["Model:HAT"].aliases == ("HAT", "Hybrid Attention Tower")  # as the first paper has it


def test_what_is_left_takes_another_label_where_its_own_went() -> None:
    papers = models({"ViT": ["ViT", "Vision Tower"]}, *[["Vision Tower"]] * 3)
    assert list(resolve(papers).nodes) == ["Model:Vision Tower"]
    resolution = fixed(papers, Split(name="Vision Tower", apart_from="ViT"))
    assert {key: node.aliases for key, node in resolution.nodes.items()} == {
        "Model:ViT": ("ViT", "Vision Tower"),
        "Model:Vision Tower": ("Vision Tower",),
    }


def test_two_spellings_of_one_name_can_be_two_things() -> None:
    papers = models(["Mask Net"], ["MaskNet"], ["MaskNet"])
    resolution = fixed(papers, Split(name="Mask Net", apart_from="MaskNet"))
    assert list(resolution.nodes) == ["Model:Mask Net", "Model:MaskNet"]
    assert resolution.node("p0", "Mask Net", "Model") != resolution.node("p1", "MaskNet", "Model")


def test_a_family_without_papers_of_its_own_keeps_its_variants() -> None:
    resolution = fixed(models(["Swin", "Swin-T"], ["Swin", "Swin-S"]), Split(name="Swin"))
    assert resolution.families == (("Model:Swin-S", "Model:Swin"), ("Model:Swin-T", "Model:Swin"))
    assert resolution.nodes["Model:Swin"].aliases == ()


def test_the_variants_of_a_name_go_with_it() -> None:
    papers = models({"HAT": ["HAT", "Hybrid Attention Tower"]}, ["HAT-S"], ["Hybrid Attention Tower-S", "Hybrid Attention Tower"])
    assert {family for _, family in resolve(papers).families} == {"Model:HAT"}
    assert fixed(papers, Split(name="Hybrid Attention Tower", apart_from="HAT")).families == (
        ("Model:HAT-S", "Model:HAT"),
        ("Model:Hybrid Attention Tower-S", "Model:Hybrid Attention Tower"),
    )


def test_a_paper_that_does_not_use_the_name_is_named() -> None:
    papers = models(["TIE"], ["TIE"], ["Bow"])
    assert unmet(papers, Split(name="TIE", papers=("p2",)))[1] == "p2 does not speak of TIE"
    assert unmet(papers, Split(name="TIE", papers=("p1", "p2", "gone"))) == {
        1: "in part: no paper has the id 'gone'; p2 does not speak of TIE"
    }


@pytest.mark.parametrize("name", ["Model:cat@p0", "cat@p0", "CAT (in “Paper p0”)"])
def test_a_thing_of_one_paper_is_called_by_its_key_or_label(name: str) -> None:
    papers = [record(f"p{i}", "x", Model=["CAT"], proposes=["CAT"]) for i in range(2)] + models(["unrelated"], [], [])[:1]
    assert [key for key in resolve(papers).nodes if "cat" in key.lower()] == ["Model:cat@p0", "Model:cat@p1"]
    resolution = fixed(papers, Merge(name="Model:cat@p1", also=name))
    assert resolution.node("p0", "CAT", "Model") == resolution.node("p1", "CAT", "Model") == "Model:cat@p1"


# Rename


def test_a_renamed_node_has_the_label_and_its_key_and_answers_to_both_names() -> None:
    resolution = fixed(models(["Swin"], ["Swin-T"]), Rename(name="swin", label="Swin Tower"))
    assert list(resolution.nodes) == ["Model:Swin Tower", "Model:Swin-T"]
    assert resolution.families == (("Model:Swin-T", "Model:Swin Tower"),)
    for name in ("Swin", "swin-tower"):
        assert resolution.find(name) == ["Model:Swin Tower"]


def test_the_name_of_another_node_is_refused() -> None:
    papers = models(["Swin"], ["ViT"])
    assert "merge" in unmet(papers, Rename(name="Swin", label="vit"))[1]
    assert "merge" in unmet(papers, Rename(name="ViT", label="Tower"), Rename(name="Swin", label="ViT"))[2]


def test_a_baseline_can_be_renamed() -> None:
    paper = record("a", "x", Baseline=["rivals"], Model=["Swin"], comparisons=[beats("Swin", "rivals")])
    resolution = fixed([paper], Rename(name="rivals", label="the rivals of 2020"))
    assert resolution.nodes["Baseline:rivals@a"].label == "the rivals of 2020"


# The order of corrections


def test_a_correction_is_applied_to_the_outcome_of_those_before_it() -> None:
    papers = models(["Swin"], ["SWT"], ["ViT"])
    resolution = fixed(papers, Merge(name="Swin", also="SWT"), Rename(name="SWT", label="Tower"), Merge(name="ViT", also="Tower"))
    assert list(resolution.nodes) == ["Model:ViT"]
    assert "'Tower'" in unmet(papers, Merge(name="ViT", also="Tower"), Rename(name="Swin", label="Tower"))[1]


def test_what_a_later_correction_undoes_says_so() -> None:
    papers = models(["Swin"], ["SWT"], ["SWT"])
    assert unmet(papers, Merge(name="Swin", also="SWT"), Split(name="SWT")) == {1: UNDONE}
    assert unmet(papers, Merge(name="Swin", also="SWT"), Split(name="SWT", papers=("p1", "p2"))) == {1: UNDONE}
    assert unmet(papers, Merge(name="Swin", also="SWT"), Split(name="SWT", apart_from="Swin")) == {1: UNDONE}
    assert unmet(papers, Split(name="SWT", papers=("p1",)), Merge(name="SWT", also="swt@p1")) == {1: UNDONE}
    assert unmet(papers, Split(name="SWT"), Merge(name="swt@p1", also="swt@p2")) == {1: UNDONE}


def test_a_split_that_leaves_a_merge_its_names_is_none() -> None:
    papers = models(["Swin"], ["SWT"], ["SWT"])
    resolution = fixed(papers, Merge(name="Swin", also="SWT"), Split(name="SWT", papers=("p2",)))
    assert resolution.node("p1", "SWT", "Model") == "Model:Swin" != resolution.node("p2", "SWT", "Model")


def test_a_label_can_go_there_and_back() -> None:
    papers = models(["Swin"], ["SWT"])
    resolution = fixed(papers, Rename(name="Swin", label="A"), Rename(name="A", label="Swin"), Rename(name="Swin", label="A"))
    assert "Model:A" in resolution.nodes


# Properties

NAMES = ["Swin", "Swin Transformer", "Swin-T", "CAT", "ViT", "Vision Transformer", "TIE", "PVT v2", "PVT", "Bow"]
LONG = {"CAT": ["Cross Aggregation Tower", "Careful Adversarial Training"], "TIE": ["Temporal Information Embedding"]}
TYPES = [None, "Model"]


@st.composite
def corpora(draw: st.DrawFn) -> list[Record]:
    found = []
    for i in range(draw(st.integers(1, 6))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
        forms = {n: [n, *draw(st.lists(st.sampled_from(LONG[n]), max_size=2))] if n in LONG else [n] for n in names}
        introduced = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        pairs = [beats(*pair) for pair in draw(st.lists(st.tuples(st.sampled_from([*names, THIS]), st.sampled_from(names)), max_size=2))]
        found.append(record(f"p{i}", "A sentence.", Model=forms, proposes=introduced, comparisons=[c for c in pairs if c["s"] != c["o"]]))
    return found


called = st.sampled_from([*NAMES, "CAT (Careful Adversarial Training)", "cat@p0", "tie@p1", "THIS@p0", "New", "Newer"])
types = st.sampled_from(TYPES)
corrections = st.lists(
    st.one_of(
        st.builds(Merge, type=types, name=called, also=called),
        st.builds(Rename, type=types, name=called, label=st.sampled_from(["New", "Newer", "Bow", "TIE", "Swin"])),
        st.builds(Split, type=types, name=called, papers=st.lists(st.sampled_from(["p0", "p1", "p2", "p9"]), max_size=2).map(tuple)),
        st.builds(Split, type=types, name=called, apart_from=called),
    ),
    max_size=6,
)


def same(one: Resolution, two: Resolution, papers: list[Record]) -> None:
    assert (list(one.nodes.items()), one.families) == (list(two.nodes.items()), two.families)
    for paper in papers:
        for entity in paper.entities:
            at = paper.paper.id, entity.name, entity.type
            assert one.node(*at) == two.node(*at)


@given(corpora(), corrections, st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_matter(papers: list[Record], said: list[Correction], chance: random.Random) -> None:
    other = papers[:]
    chance.shuffle(other)
    one, two = resolve(papers, numbered(*said)), resolve(other, numbered(*said))
    same(one, two, papers)
    assert one.unmet == two.unmet


@given(corpora(), corrections)
def test_whatever_is_said_every_name_has_a_node_and_the_graph_is_whole(papers: list[Record], said: list[Correction]) -> None:
    resolution = resolve(papers, numbered(*said))
    used = {key for _, key in resolution.families}
    for paper in papers:
        for entity in paper.entities:
            node = resolution.nodes[resolution.node(paper.paper.id, entity.name, entity.type)]
            assert {entity.name, *(m.text for m in entity.mentions)} <= set(node.aliases)
            used.add(node.key)
        if any(THIS in (c.s, c.o) for c in paper.comparisons):
            used.add(resolution.node(paper.paper.id, THIS, "Model"))
    assert used == set(resolution.nodes)
    assert all(v in resolution.nodes and f in resolution.nodes and v != f for v, f in resolution.families)
    for key, node in resolution.nodes.items():
        assert key == node.key
        assert node.paper is not None or key.split(" [")[0] == f"{node.type}:{node.label}".split(" [")[0]


@given(corpora(), corrections)
def test_what_does_not_apply_changes_nothing(papers: list[Record], said: list[Correction]) -> None:
    lines = numbered(*said)
    resolution = resolve(papers, lines)
    same(
        resolution,
        resolve(papers, [n for n in lines if resolution.unmet.get(n.line, UNDONE) == UNDONE or "in part" in resolution.unmet[n.line]]),
        papers,
    )


@given(corpora(), corrections)
def test_said_twice_is_said_once(papers: list[Record], said: list[Correction]) -> None:
    once = resolve(papers, numbered(*said))
    if not once.unmet:
        same(once, resolve(papers, numbered(*said, *said)), papers)


@given(corpora(), corrections)
def test_what_applies_holds(papers: list[Record], said: list[Correction]) -> None:
    resolution = resolve(papers, numbered(*said))
    for line, correction in numbered(*said):
        if line not in resolution.unmet and isinstance(correction, Merge) and {correction.name, correction.also} <= set(NAMES):
            assert resolution.find(correction.name, "Model") == resolution.find(correction.also, "Model")
