"""What the tagger marks becomes mentions: clean edges, and one form read the same way wherever it stands."""

from __future__ import annotations

import pytest

from kg.nlp.mentions import consistent, trimmed
from kg.nlp.nodes import Span


@pytest.mark.parametrize(
    ("marked", "mention"),
    [
        ("the GLUE", "GLUE"),
        ("latency and", "latency"),
        ('"Nova"', "Nova"),
        ("With", None),
        ("Model A", "Model A"),
        ("95%", None),
        ("A", None),
    ],
)
def test_edges_are_clean(marked: str, mention: str | None) -> None:
    text = f"see {marked} here"
    found = trimmed(text, Span(4, 4 + len(marked), "Model"))
    assert (text[found.start : found.end] if found else None) == mention


def test_a_name_found_once_is_a_name_everywhere() -> None:
    text = "Nova wins. We like Nova, not Novation."
    assert consistent(text, [Span(0, 4, "Model")]) == [Span(0, 4, "Model"), Span(19, 23, "Model")]


def test_the_more_frequent_type_counts() -> None:
    text = "Nova Nova Nova"
    marked = [Span(0, 4, "Model"), Span(5, 9, "Dataset"), Span(10, 14, "Model")]
    assert {s.type for s in consistent(text, marked)} == {"Model"}


def test_described_competitors_are_not_spread() -> None:
    text = "beats prior work; prior work is slow"
    assert consistent(text, [Span(6, 16, "Baseline")]) == [Span(6, 16, "Baseline")]
