"""JSON loses nothing, CSV runs nothing, Markdown shows what stands there."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.present import render
from kg.query.answer import CLAIM_COLUMNS, Answer

from .conftest import HOSTILE, READ, answered, row

TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text("=+-@\t\r\n|\\<>&[]*_`,\"' 2.6%", max_size=8))
ROW = st.builds(row, **dict.fromkeys(("subject", "object", "delta", "sentence", "title", "url", "paper"), TEXT))


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells(line: str) -> list[str]:
    """The cells of a Markdown table's line: what stands between pipes that no backslash escapes."""
    found, cell, escaped = [], "", False
    for character in line:
        if character == "|" and not escaped:
            found.append(cell.strip())
            cell = ""
        else:
            cell += character
        escaped = character == "\\" and not escaped
    assert cell == ""
    return found[1:]


def test_json_is_a_list_of_objects_with_all_keys(answer: Answer) -> None:
    loaded = json.loads(render(answer, "json"))
    assert loaded == list(answer.rows)
    assert all(list(each) == list(CLAIM_COLUMNS) for each in loaded)


@given(st.lists(ROW, max_size=3))
def test_json_loses_nothing_and_commands_nothing(rows: list[dict[str, Any]]) -> None:
    text = render(answered(*rows), "json")
    assert json.loads(text) == rows
    assert not [c for c in text.replace("\n", "") if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\u202e\u200b"]


def test_nothing_is_an_empty_list_or_a_header() -> None:
    assert render(answered(), "json") == "[]\n"
    assert render(answered(), "csv") == ",".join(CLAIM_COLUMNS) + "\n"


def test_csv_is_read_back(answer: Answer) -> None:
    first = read_csv(render(answer, "csv"))[0]
    assert list(first) == list(CLAIM_COLUMNS)
    assert (first["subject"], first["delta"], first["delta_value"], first["year"], first["background"], first["own"], first["unit"]) == (
        *("ConvNeXt", "0.8%", "0.8", "2022", "false", "true", ""),
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("\r+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("-3%", "'-3%"),
        ("+2.6", "+2.6"),
        ("-0.5e-3", "-0.5e-3"),
        ("+2.6 points", "'+2.6 points"),
        ("2.6%", "2.6%"),
        ("a=b", "a=b"),
    ],
)
def test_csv_neutralises_formulas(text: str, cell: str) -> None:
    assert read_csv(render(answered(row(delta=text)), "csv"))[0]["delta"] == cell


def test_csv_numbers_stay_numbers() -> None:
    assert read_csv(render(answered(row(delta_value=-0.916)), "csv"))[0]["delta_value"] == "-0.916"


@given(st.lists(ROW, max_size=3))
def test_csv_runs_nothing_and_is_one_line_a_row(rows: list[dict[str, Any]]) -> None:
    text = render(answered(*rows), "csv")
    assert text.count("\n") == len(rows) + 1
    assert not [c for c in text.replace("\n", "") if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    for each in read_csv(text):
        for cell in each.values():
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                float(cell)


def test_markdown_is_a_table_with_links_and_what_was_read(answer: Answer) -> None:
    lines = render(answer, "md").splitlines()
    assert cells(lines[0]) == ["Better", "Than", "On", "Metric", "Margin", "Paper", "Says", "Sentence"]
    assert cells(lines[2])[2:7] == [
        *("ImageNet-1K, zero-shot", "top-1 accuracy", "up to 0.8%"),
        *("[A network for tests (2022)](<https://example.org/abs/1>)", "self-reported"),
    ]
    assert cells(lines[4])[5:7] == ["edge", "background, third party"]
    assert lines[5:] == ["", f"Read: {READ}.", "", "Swin was taken for Model:swin."]


@given(st.lists(ROW, max_size=3))
def test_markdown_has_a_line_a_row_and_no_html(rows: list[dict[str, Any]]) -> None:
    lines = render(answered(*rows), "md").split("\n")
    assert len(lines) == len(rows) + 5
    for each, line in zip(rows, lines[2:], strict=False):
        assert len(cells(line)) == 8
        shown = cells(line)
        assert "<" not in shown[7]
        assert "](" not in shown[7].replace("\\]", "")
        assert ("](<" in shown[5]) == (each["url"] or "").startswith(("http://", "https://")) or "](<" not in shown[5]


def test_another_format_is_refused(answer: Answer) -> None:
    with pytest.raises(ValueError, match="no format 'xml'; there are table, json, csv, md"):
        render(answer, "xml")  # type: ignore[arg-type]
