"""The table fits every terminal, shows the evidence, and does nothing but show it."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kg.present import WIDTH, render
from kg.query.answer import CLAIM_COLUMNS, Answer

from .conftest import HOSTILE, READ, answered, row


def test_shows_claims_with_their_evidence_below(answer: Answer) -> None:
    assert render(answer, "table", 80) == (
        "What outperforms Swin\n"
        "\n"
        "BETTER    THAN    ON                      METRIC          MARGIN\n"
        "\n"
        "ConvNeXt  Swin-T  ImageNet-1K, zero-shot  top-1 accuracy  up to 0.8%\n"
        "ConvNeXt  Swin-T  COCO                    box AP          52.1 vs 50.5\n"
        "  ConvNeXt is 0.8% better than Swin-T in top-1 accuracy on ImageNet-1K.\n"
        "  A network for tests (2022) · self-reported · confidence 0.93 · claim c1, c2 ·\n"
        "  https://example.org/abs/1\n"
        "\n"
        "EdgeNeXt  Swin-T  ImageNet-1K             top-1 accuracy  0.8%\n"
        "  EdgeNeXt wins.\n"
        "  edge · background, third party · confidence 0.93 · claim c3\n"
        "\n"
        "Read: 475 papers, 312 of them with claims.\n"
        "Swin was taken for Model:swin.\n"
    )


def test_shows_them_in_lines_where_there_is_no_room_for_columns(answer: Answer) -> None:
    assert render(answer, "table", 40).splitlines()[:6] == [
        "What outperforms Swin",
        "",
        "ConvNeXt > Swin-T",
        "ImageNet-1K, zero-shot, top-1 accuracy,",
        "up to 0.8%",
        "ConvNeXt > Swin-T",
    ]


def test_shows_the_evidence_beside_where_there_is_room(answer: Answer) -> None:
    lines = render(answer, "table", 160).splitlines()
    assert lines[2].split() == ["BETTER", "THAN", "ON", "METRIC", "MARGIN", "SENTENCE", "PAPER"]
    assert "up to 0.8%" in lines[4]
    assert "ConvNeXt is 0.8% better" in lines[4]
    assert "A network for tests" in lines[4]


def test_a_column_that_no_row_fills_is_left_out() -> None:
    header = render(answered(row(metric=None, delta=None)), "table", 100).splitlines()[2]
    assert header.split() == ["BETTER", "THAN", "ON"]


def test_so_it_is_in_answers_without_claims() -> None:
    rows: list[dict[str, Any]] = [{"n": 1, "what": "A is B", "note": None}, {"n": 2, "what": "C is D", "note": ""}]
    assert render(Answer("Corrections", ("n", "what", "note"), rows, READ), "table", 80).splitlines()[2].split() == ["N", "WHAT"]


def test_what_belongs_to_the_paper_is_not_called_by_its_title_again() -> None:
    theirs = row(subject="method of “A network for tests”", object="previous (best) methods (in “A network for tests”)")
    assert render(answered(theirs), "table", 100).splitlines()[4].startswith("the paper's method  previous (best) methods  ImageNet")


def test_an_empty_answer_says_so_and_what_was_read() -> None:
    assert render(answered(), "table", 80) == f"What outperforms Swin\nNothing: no claim here says so.\n\nRead: {READ}.\n"


def test_without_a_terminal_it_has_a_fixed_width(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert render(answer) == render(answer, "table", WIDTH)
    assert "\x1b" not in render(answer)


def test_colours_only_when_asked(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[1;32m" in render(answer, "table", 80, color=True)


def test_counts_are_lined_up() -> None:
    rows = [{"what": "nodes", "kind": "Model", "count": 1_234}, {"what": "nodes", "kind": "Paper", "count": 5}]
    lines = render(Answer("Counts", ("what", "kind", "count"), rows, READ), "table", 80).splitlines()
    assert [line.rstrip()[-5:] for line in lines[4:6]] == ["1,234", "    5"]


TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80), st.none())
NAME = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
ROW = st.builds(
    row,
    **dict.fromkeys(("subject", "object"), NAME),
    **dict.fromkeys(
        ("dataset", "metric", "task", "condition", "delta", "subject_value", "title", "url", "sentence", "paper", "hedge"), TEXT
    ),
    year=st.none() | st.integers(1990, 2030),
    confidence=st.none() | st.floats(0, 1),
)


@settings(max_examples=60)
@given(st.lists(ROW, max_size=4), st.integers(20, 220), st.booleans(), TEXT)
def test_never_wider_than_the_terminal_and_never_a_command_to_it(
    rows: list[dict[str, Any]], width: int, generic: bool, note: str | None
) -> None:
    columns = ("subject", "delta", "confidence") if generic else CLAIM_COLUMNS
    text = render(Answer(note or "", columns, rows, READ, (note or "",)), "table", width)
    for line in text.split("\n"):
        assert cell_len(line) <= width
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    text.encode()


def test_markup_is_shown_as_it_stands() -> None:
    assert "[bold red]markup[/] :smile: [link=http://evil]x[/link]" in render(answered(row(sentence=HOSTILE[1])), "table", 100)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.b/\x1b[31m", "ftp://a.b", "https://a.b/ c"])
def test_only_addresses_of_the_web_are_shown(url: str) -> None:
    shown = render(answered(row(url=url)), "table", 100)
    assert "a.b" not in shown
    assert "javascript" not in shown
