"""What a user may type for a name, and what they are told when it means several things or nothing."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.query import UnknownName, lookup
from kg.query.source import Source

SWIN = {"Model:swin", "Model:swin-t", "Model:swin-v2", "Model:swin-v2-t"}


@pytest.mark.parametrize(
    "typed", ["Swin", "SWIN", "swin", "swin transformer", "Swin-Transformer", "swintransformers", " Swin  Transformer ", "Model:swin"]
)
def test_every_spelling_is_the_family(source: Source, typed: str) -> None:
    assert lookup(source, typed).family == SWIN


@pytest.mark.parametrize("typed", ["Swin-T", "swin t", "SWINT", "swin_tiny", "Model:swin-t"])
def test_a_variant_is_itself_alone(source: Source, typed: str) -> None:
    match = lookup(source, typed)
    assert match.family == {"Model:swin-t"}
    assert match.label == "Swin-T"


def test_a_plural_is_the_weakest_rule(source: Source) -> None:
    assert lookup(source, "spts").family == {"Model:spt", "Model:spt-2"}
    assert lookup(source, "edgenexts").family == {"Model:edgenext-s"}
    assert lookup(source, "edgenext").notes == ()  # EdgeNeXt-S is no plural
    assert lookup(source, "edgenext-s").family == {"Model:edgenext-s"}


@pytest.mark.parametrize("typed", ["swin transformer tiny", "the Swin-Tiny model", "Swin Transformers-T"])
def test_what_resolve_takes_for_the_same_is_found(source: Source, typed: str) -> None:
    assert lookup(source, typed).label == "Swin-T"


def test_what_resolve_takes_for_the_same_dataset_is_found(source: Source) -> None:
    assert lookup(source, "imagenet 1k dataset", types=("Dataset",)).label == "ImageNet-1K"


def test_exact_is_one_node(source: Source) -> None:
    assert lookup(source, "Swin", exact=True).family == {"Model:swin"}


def test_a_variant_of_a_variant_belongs_to_both(source: Source) -> None:
    assert lookup(source, "Swin V2").family == {"Model:swin-v2", "Model:swin-v2-t"}


def test_a_model_goes_before_other_things_of_that_name_and_they_are_named(source: Source) -> None:
    match = lookup(source, "swin")  # the task is spelled just so, the model is not
    assert [node.key for node in match.nodes] == ["Model:swin"]
    assert match.notes == ("swin was taken for Model:swin; it could also be Task:swin.",)
    assert lookup(source, "swin", types=("Task",)).label == "swin"
    assert lookup(source, "Task:swin").label == "swin"


def test_two_models_of_one_name_are_both_taken_and_that_is_said(source: Source) -> None:
    match = lookup(source, "SPT")
    assert match.family == {"Model:spt", "Model:spt-2"}
    assert match.notes == ("SPT stands for 2 nodes here (Model:spt, Model:spt-2); type one of these for it alone.",)
    assert lookup(source, "Model:spt-2").family == {"Model:spt-2"}
    assert lookup(source, "spectral transformer").family == {"Model:spt-2"}


def test_competitors_without_a_name_are_found_in_every_paper(source: Source) -> None:
    match = lookup(source, "previous methods")
    assert match.family == {"Baseline:previous@conv", "Baseline:previous@edge"}
    assert match.label == "previous methods"
    assert match.notes == ("previous methods stands for competitors in 2 papers, which need not be the same.",)


def test_a_name_of_another_type_is_known_and_that_is_said(source: Source) -> None:
    match = lookup(source, "ilsvrc")
    assert match.label == "ImageNet"
    assert match.notes == ("ilsvrc is known as a Dataset only, not as a Model.",)


@pytest.mark.parametrize(
    ("typed", "first"), [("Swinn", "Swin"), ("Swin Transfomer", "Swin Transformer"), ("ConvNext-V", "ConvNeXt"), ("edge", "EdgeNeXt")]
)
def test_an_unknown_name_gets_the_nearest(source: Source, typed: str, first: str) -> None:
    with pytest.raises(UnknownName) as unknown:
        lookup(source, typed)
    assert unknown.value.name == typed
    assert unknown.value.nearest[0] == first
    assert len(unknown.value.nearest) == len(set(unknown.value.nearest)) <= 5
    assert typed in str(unknown.value)
    assert first in str(unknown.value)


@pytest.mark.parametrize("typed", ["", "  ", "-", "%", "'", "qqqqqqqqqqqqqqq", "\x00", "\ud800"])
def test_what_resembles_nothing_is_unknown_without_suggestions(source: Source, typed: str) -> None:
    with pytest.raises(UnknownName) as unknown:
        lookup(source, typed)
    assert unknown.value.nearest == ()


def test_families_that_contain_each_other_end() -> None:
    circle = nx.MultiDiGraph()
    for name in "ab":
        circle.add_node(f"Model:{name}", type="Model", label=name, aliases=[])
    circle.add_edge("Model:a", "Model:b", relation="VARIANT_OF")
    circle.add_edge("Model:b", "Model:a", relation="VARIANT_OF")
    assert lookup(circle, "a").family == {"Model:a", "Model:b"}
