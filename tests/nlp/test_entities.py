"""Surface forms of one text become entities, under the name that a reader would put on the node."""

from __future__ import annotations

import pytest

from kg.nlp.entities import group, singular
from kg.nlp.nodes import Span


def spans(text: str, *wanted: tuple[str, str]) -> list[Span]:
    found = []
    for form, kind in wanted:
        at = text.find(form)
        while at >= 0:
            found.append(Span(at, at + len(form), kind))
            at = text.find(form, at + len(form))
    return found


def test_long_and_short_form_are_one_entity_named_by_the_short_one() -> None:
    text = "Gated Axial Mixer\nThe Gated Axial Mixer (GAM) is small. GAMs are fast."
    mentions = spans(text, ("Gated Axial Mixer", "Model"), ("GAMs", "Model"), ("GAM)", "Model"))
    mentions = [s._replace(end=s.end - 1) if text[s.start : s.end] == "GAM)" else s for s in mentions]
    long, short = text.index("Gated Axial Mixer ("), text.index("GAM)")
    (only,) = group(text, mentions, [((long, long + 17), (short, short + 3))])
    assert only.name == "GAM"
    assert len(only.spans) == 4


def test_variants_stay_apart() -> None:
    text = "Swin-T, Swin-B and Swin"
    assert [g.name for g in group(text, spans(text, ("Swin-T", "Model"), ("Swin-B", "Model")), ())] == ["Swin-T", "Swin-B"]


def test_hyphens_case_and_plural_do_not_make_another_entity() -> None:
    text = "Cross-Attention Mixers beat mixers; a cross-attention mixer"
    groups = group(text, spans(text, ("Cross-Attention Mixers", "Model"), ("cross-attention mixer", "Model")), ())
    assert len(groups) == 1


def test_a_head_noun_does_not_make_another_entity() -> None:
    text = "the GLUE benchmark; on GLUE"
    (only,) = group(text, [Span(4, 18, "Dataset"), Span(23, 27, "Dataset")], ())
    assert {text[s.start : s.end] for s in only.spans} == {"GLUE benchmark", "GLUE"}


def test_one_string_of_two_types_is_two_entities_with_two_names() -> None:
    text = "MOT is solved by MOT"
    groups = group(text, [Span(0, 3, "Task"), Span(17, 20, "Model")], ())
    assert [g.name for g in groups] == ["MOT", "MOT (model)"]


def test_this_is_no_name() -> None:
    assert [g.name for g in group("THIS", [Span(0, 4, "Model")], ())] != ["THIS"]


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("CNNs", "CNN"),
        ("Vision Transformers", "Vision Transformer"),
        ("FLOPs", "FLOPs"),
        ("Pegasus", "Pegasus"),
        ("ViTs", "ViT"),
        ("Atlas", "Atlas"),
    ],
)
def test_names_are_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_two_short_forms_are_two_things() -> None:
    text = "Dilated Mixing Transformer\nDilated Mixing (DM) makes the Dilated Mixing Transformer (DMT)."
    first, second = text.index("Dilated Mixing ("), text.index("Dilated Mixing Transformer (")
    short, shorter = text.index("DM)"), text.index("DMT)")
    mentions = [Span(0, 26, "Model"), Span(first, first + 14, "Model"), Span(second, second + 26, "Model")]
    mentions += [Span(short, short + 2, "Model"), Span(shorter, shorter + 3, "Model")]
    pairs = [((first, first + 14), (short, short + 2)), ((second, second + 26), (shorter, shorter + 3))]
    assert [g.name for g in group(text, mentions, pairs)] == ["DMT", "DM"]
