"""Every wording of the table is recognised in its example, and plain wins are left alone."""

from __future__ import annotations

import pytest

from kg.nlp.verdicts import COMPARABLE, TURNED, turned, undecided


@pytest.mark.parametrize("example", [e for _, e in TURNED])
def test_the_object_is_the_better_one(example: str) -> None:
    assert turned(example[: example.index("Beta")])


@pytest.mark.parametrize("example", [e for _, e in COMPARABLE])
def test_both_are_about_as_good(example: str) -> None:
    assert undecided(example[: example.index("Beta")])


@pytest.mark.parametrize(
    "win",
    [
        "Alpha outperforms ",
        "Alpha is not only faster but better than ",
        "Unlike worse models, Alpha beats ",
        "Alpha never lost to a model and beats ",
    ],
)
def test_a_plain_win_is_neither(win: str) -> None:
    assert not turned(win)
    assert not undecided(win)
