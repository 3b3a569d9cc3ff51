"""Hedges and kinds of differences are read off their words: every row of the tables by its example."""

from __future__ import annotations

import pytest

from kg.nlp.hedges import AFTER, BEFORE, hedge, kind


@pytest.mark.parametrize(("expected", "example"), [(h, e) for h, _, e in (*BEFORE, *AFTER)])
def test_each_hedge_is_read_in_its_example(expected: str, example: str) -> None:
    before, after = example.split("#")
    assert hedge(before, after) == expected


@pytest.mark.parametrize(("before", "after"), [("wins by ", " points"), ("moreover, by ", ""), ("the update takes ", " ms")])
def test_a_bare_figure_has_no_hedge(before: str, after: str) -> None:
    assert hedge(before, after) is None


@pytest.mark.parametrize(
    ("figure", "before", "after", "expected"),
    [
        ("4.25x", "is ", " faster", "factor"),
        ("4.25 times", "is ", " faster", "factor"),
        (r"3\times", "a $", "$ speedup", "factor"),
        ("half", "with ", " the memory", "factor"),
        ("two orders of magnitude", "is ", " faster", "factor"),
        ("1/3", "with ", " of the FLOPs", "factor"),
        ("2.1", "gains ", " points", "absolute"),
        ("2.2%", "an absolute gain of ", "", "absolute"),
        ("14%", "a relative improvement of ", " in error", "relative"),
        ("2%", "improves accuracy by ", "", None),
    ],
)
def test_the_kind_of_a_difference_shows_in_its_words(figure: str, before: str, after: str, expected: str | None) -> None:
    assert kind(figure, before, after) == expected
