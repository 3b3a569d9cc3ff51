"""One node per thing across papers: what joins, what stays apart, and that order does not matter."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from made import beats, record

from kg.record import THIS, Record
from kg.resolve import Resolution, resolve


def keys(resolution: Resolution, *named: tuple[str, str, str]) -> list[str]:
    return [resolution.node(paper, name, type) for paper, type, name in named]


def models(*papers: Any) -> list[Record]:
    """Papers p0, p1 ... each with its Models."""
    return [record(f"p{i}", "x", Model=names) for i, names in enumerate(papers)]


def test_spellings_in_several_papers_are_one_node_called_by_the_most_frequent() -> None:
    spellings = ["Swin", "Swin Transformer", "Swin Transformers", "Swin-Transformer", "SwinTransformer", "SWIN", "Swin Transformer"]
    resolution = resolve(models(*([s] for s in spellings)))
    assert list(resolution.nodes) == ["Model:Swin Transformer"]
    assert resolution.nodes["Model:Swin Transformer"].aliases == tuple(sorted(set(spellings)))


def test_one_spelling_in_two_types_is_two_nodes() -> None:
    resolution = resolve([record("p", "x", Model=["quantization"], Task=["quantization"])])
    assert list(resolution.nodes) == ["Model:quantization", "Task:quantization"]


def test_an_abbreviation_that_one_paper_explains_is_the_long_form_of_another() -> None:
    papers = [{"HAT": ["HAT", "Hybrid Attention Tower"]}, ["Hybrid Attention Tower"], ["HAT"]]
    assert list(resolve(models(*papers)).nodes) == ["Model:HAT"]


def test_an_acronym_with_two_expansions_stays_two_nodes() -> None:
    papers = [
        {"CAT": ["CAT", "Cross Aggregation Tower"]},
        {"CAT": ["CAT", "Careful Adversarial Training"]},
        ["CAT"],
        ["Cross Aggregation Tower"],
    ]
    resolution = resolve(models(*papers))
    cross, careful, bare = keys(resolution, ("p0", "Model", "CAT"), ("p1", "Model", "CAT"), ("p2", "Model", "CAT"))
    assert len({cross, careful, bare}) == 3
    assert resolution.node("p3", "Cross Aggregation Tower", "Model") == cross
    assert resolution.nodes[careful].label == "CAT (Careful Adversarial Training)"
    assert resolution.find("cat", "Model") == [bare]


def test_papers_that_give_no_expansion_mean_the_one_that_prevails() -> None:
    papers: list[Any] = [{"SSM": ["SSM", "state space model"]}] * 3 + [{"SSM": ["SSM", "sparse sum machine"]}, ["SSM"]]
    resolution = resolve(models(*papers))
    first, _, _, other, bare = keys(resolution, *((f"p{i}", "Model", "SSM") for i in range(5)))
    assert bare == first != other


def test_a_listed_abbreviation_keeps_its_listed_meaning() -> None:
    resolution = resolve(models({"GAN": ["GAN", "graph alignment network"]}, ["GAN"], ["generative adversarial networks"]))
    alignment, listed, spelled = keys(
        resolution, ("p0", "Model", "GAN"), ("p1", "Model", "GAN"), ("p2", "Model", "generative adversarial networks")
    )
    assert listed == spelled != alignment


def test_a_name_that_each_of_its_papers_introduces_is_another_thing_in_each() -> None:
    papers = [record(p, "x", Model=["TIE"], proposes=["TIE"], title=f"TIE for {p}") for p in ("knots", "cravats")]
    resolution = resolve(papers)
    assert [(n.label, n.paper) for n in resolution.nodes.values()] == [
        ("TIE (in “TIE for cravats”)", "cravats"),
        ("TIE (in “TIE for knots”)", "knots"),
    ]


def test_a_name_that_many_use_is_one_thing_even_if_two_claim_to_introduce_it() -> None:
    papers = [record(f"p{i}", "x", Model=["Swin"], proposes=["Swin"] if i < 2 else []) for i in range(9)]
    assert list(resolve(papers).nodes) == ["Model:Swin"]


def test_papers_that_introduce_one_name_and_share_a_rare_one_mean_one_thing() -> None:
    papers = [
        record("a", "x", Model=["MetaFormer", "PoolFormer"], proposes=["MetaFormer"]),
        record("b", "x", Model=["MetaFormer", "PoolFormer"], proposes=["MetaFormer"]),
    ]
    assert list(resolve(papers).nodes) == ["Model:MetaFormer", "Model:PoolFormer"]
    stranger = record("c", "x", Model=["MetaFormer"], proposes=["MetaFormer"])
    first, second, third = keys(resolve([*papers, stranger]), *((p, "Model", "MetaFormer") for p in "abc"))
    assert first == second != third


def test_a_paper_that_builds_on_a_name_or_introduces_its_variant_does_not_introduce_it() -> None:
    papers = [
        record("a", "x", Model=["MTMamba"], proposes=["MTMamba"]),
        record("b", "x", Model=["MTMamba", "MTMamba++"], proposes=["MTMamba++", "MTMamba"]),
        record("c", "x", Model=["Other", "MTMamba"], proposes=["Other", "MTMamba"], builds_on=["MTMamba"]),
    ]
    assert {key for key in resolve(papers).nodes if "Other" not in key} == {"Model:MTMamba", "Model:MTMamba++"}


def test_a_long_name_keeps_its_meaning_beside_another_of_its_abbreviation() -> None:
    papers = [
        record("a", "x", Task={"facial emotion reading": ["facial emotion reading", "FER"], "facial expression recognition": ["FER"]}),
        record("b", "x", Task=["facial expression recognition"]),
    ]
    resolution = resolve(papers)
    one, other = keys(resolution, *((p, "Task", "facial expression recognition") for p in "ab"))
    assert one == other


def test_a_type_that_tells_two_entities_of_a_record_apart_is_no_part_of_their_name() -> None:
    papers = [record("a", "x", Model=["pruning"], Task={"pruning (task)": ["pruning"]}), record("b", "x", Task=["pruning"])]
    resolution = resolve(papers)
    assert set(resolution.nodes) == {"Model:pruning", "Task:pruning"}
    assert resolution.node("a", "pruning (task)", "Task") == resolution.node("b", "pruning", "Task")
    assert resolution.nodes["Task:pruning"].aliases == ("pruning",)


def test_a_generic_mention_merges_nothing() -> None:
    papers = [
        record("a", "x", Metric={"top-1 accuracy": ["top-1 accuracy", "accuracy"]}, Model={"Swin": ["Swin", "transformer"]}),
        record("b", "x", Metric=["accuracy"], Model=["transformer"]),
    ]
    assert set(resolve(papers).nodes) == {"Metric:top-1 accuracy", "Metric:accuracy", "Model:Swin", "Model:transformer"}


def test_what_a_paper_compares_stays_two_nodes() -> None:
    sentence = "Our Swin Transformer beats Swin."
    paper = record("a", sentence, Model=["Swin Transformer", "Swin"], comparisons=[beats("Swin Transformer", "Swin")], title="Swinging")
    resolution = resolve([paper, record("b", "x", Model=["Swin Transformers"])])
    ours, theirs, other = keys(resolution, ("a", "Model", "Swin Transformer"), ("a", "Model", "Swin"), ("b", "Model", "Swin Transformers"))
    assert ours != theirs == other
    assert resolution.nodes[ours].label == "Swin Transformer (in “Swinging”)"


def test_the_unnamed_method_and_baselines_belong_to_their_paper_alone_and_say_whose_they_are() -> None:
    papers = [
        record(
            p,
            "We beat the state of the art.",
            Baseline=["state of the art"],
            comparisons=[beats(THIS, "state of the art")],
            title=f"On {p}",
        )
        for p in ("a", "b")
    ]
    resolution = resolve(papers)
    assert {(n.label, n.type, n.paper) for n in resolution.nodes.values()} == {
        ("method of “On a”", "Model", "a"), ("method of “On b”", "Model", "b"),
        ("state of the art (in “On a”)", "Baseline", "a"), ("state of the art (in “On b”)", "Baseline", "b"),
    }  # fmt: skip
    assert resolution.node("a", THIS, "Model") == "Model:THIS@a"
    assert resolution.find("state of the art") == []


def test_a_name_that_only_a_claim_knows_still_has_a_node() -> None:
    resolution = resolve([record("a", "A beats B on C.", comparisons=[beats("A", "B", d="C")])])
    assert set(resolution.nodes) == {"Model:A", "Model:B", "Dataset:C"}


def test_find_takes_any_spelling_and_knows_aliases() -> None:
    resolution = resolve(models({"Swin Transformer": ["Swin Transformer", "the hierarchical one"]}, ["Swin-T"]))
    for name in ("swin", "SWIN", "swin transformers", "Swin-Transformer"):
        assert resolution.find(name) == ["Model:Swin Transformer"]
    assert resolution.find("hierarchical one", "Model") == ["Model:Swin Transformer"]
    assert resolution.find("swin tiny") == ["Model:Swin-T"]
    assert resolution.find("nothing like it") == []


NAMES = [
    "Swin",
    "Swin Transformer",
    "SWIN",
    "Swin-T",
    "CAT",
    "CAT-S",
    "ViT",
    "Vision Transformer",
    "vision transformers",
    "TIE",
    "GAN",
    "accuracy",
    "PVT v2",
    "PVTv2",
]
LONG = {
    "CAT": ["Cross Aggregation Tower", "Careful Adversarial Training", "cross aggregation towers"],
    "TIE": ["Temporal Information Embedding"],
}


@st.composite
def corpora(draw: st.DrawFn) -> list[Record]:
    found = []
    for i in range(draw(st.integers(1, 7))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
        forms = {n: [n, *draw(st.lists(st.sampled_from(LONG[n]), max_size=2))] if n in LONG else [n] for n in names}
        introduced = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        pairs = [beats(*pair) for pair in draw(st.lists(st.tuples(st.sampled_from([*names, THIS]), st.sampled_from(names)), max_size=2))]
        found.append(record(f"p{i}", "A sentence.", Model=forms, proposes=introduced, comparisons=[c for c in pairs if c["s"] != c["o"]]))
    return found


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_matter(papers: list[Record], chance: random.Random) -> None:
    other = papers[:]
    chance.shuffle(other)
    one, two = resolve(papers), resolve(other)
    assert (one.nodes, list(one.nodes), one.families) == (two.nodes, list(two.nodes), two.families)
    for paper in papers:
        for entity in paper.entities:
            assert one.node(paper.paper.id, entity.name, entity.type) == two.node(paper.paper.id, entity.name, entity.type)


@given(corpora())
def test_every_name_has_a_node_and_every_surface_form_is_an_alias_of_it(papers: list[Record]) -> None:
    resolution = resolve(papers)
    for paper in papers:
        for entity in paper.entities:
            node = resolution.nodes[resolution.node(paper.paper.id, entity.name, entity.type)]
            assert {entity.name, *(m.text for m in entity.mentions)} <= set(node.aliases)
        for claim in paper.comparisons:
            assert resolution.node(paper.paper.id, claim.s, "Model") != resolution.node(paper.paper.id, claim.o, "Model")
    assert all(v in resolution.nodes and f in resolution.nodes and v != f for v, f in resolution.families)
