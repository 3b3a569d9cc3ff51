"""JSON lines: what is kept character by character, and what is named by its line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import Read

from kg.paper import Paper
from kg.sources import Problem, read

GOOD = {"id": "good", "title": "GoodNet", "abstract": "GoodNet is good."}
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
visible = any_text.filter(lambda t: bool(t.strip()))
any_papers = st.lists(
    st.builds(
        Paper,
        id=visible,
        title=any_text,
        abstract=visible,
        url=st.none() | visible,
        date=st.none() | st.dates().map(str) | st.just("2021-11"),
        authors=st.lists(visible, max_size=3).map(tuple),
        author_count=st.none() | st.integers(0, 5000),
    ).map(lambda p: replace(p, year=int(p.date[:4]) if p.date else None)),
    min_size=1,
    max_size=6,
)


def lines(*values: Any) -> str:
    return "".join((v if isinstance(v, str) else json.dumps(v)) + "\n" for v in values)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(papers=any_papers, ascii=st.booleans(), ends=st.sampled_from(["\n", "\r\n", "\n\n \n"]), bom=st.booleans())
def test_any_papers_come_back(tmp_path: Path, papers: list[Paper], ascii: bool, ends: str, bom: bool) -> None:
    content = "".join(json.dumps(p.to_dict(), ensure_ascii=ascii) + ends for p in papers)
    path = tmp_path / "papers.jsonl"
    path.write_bytes(content.encode("utf-8-sig" if bom else "utf-8"))
    problems: list[Problem] = []
    assert list(read([path], problems)) == [replace(p, sources=("papers.jsonl",)) for p in papers]
    assert problems == []


def test_title_and_abstract_keep_every_character(read_text: Read) -> None:
    """Offsets of a record count into them."""
    record = {"id": " 7 ", "title": " Two  spaces\tand a tab ", "abstract": "\n 83.3\\% \u2028and\u00a0more \U0001f99c\r\n"}
    (paper,), _ = read_text(lines(record))
    assert (paper.id, paper.title, paper.abstract) == (" 7 ", record["title"], record["abstract"])


def test_other_keys_are_ignored(read_text: Read) -> None:
    extra = {"venue": "X", "score": float("nan"), "sources": ["elsewhere"], "entities": [{"title": 1}]}
    (paper,), problems = read_text(lines({**GOOD, **extra}))
    assert paper == Paper(**GOOD, sources=("input.txt",))  # type: ignore[arg-type]
    assert problems == []


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ({"id": 17}, "17"),
        ({"id": "arXiv:2103.14030v2"}, "arXiv:2103.14030v2"),
        ({}, "goodnet"),
        ({"id": None}, "goodnet"),
        ({"id": " "}, "goodnet"),
        ({"url": "https://arxiv.org/abs/2103.14030v2"}, "arxiv:2103.14030"),
        ({"url": "https://doi.org/10.1000/ABC.7"}, "doi:10.1000/abc.7"),
    ],
)
def test_the_id_is_kept_or_made_of_what_there_is(read_text: Read, given: dict[str, Any], id: str) -> None:
    fields = {k: v for k, v in GOOD.items() if k != "id"}
    (paper,), problems = read_text(lines({**fields, **given}))
    assert paper.id == id
    assert problems == []


@pytest.mark.parametrize(
    ("given", "date", "year"),
    [
        ({"date": "2021-11-29"}, "2021-11-29", 2021),
        ({"date": "2021-11"}, "2021-11", 2021),
        ({"date": "2021"}, "2021", 2021),
        ({"date": "2021-11-29T10:00:00Z"}, "2021-11-29", 2021),
        ({"date": "2021-11-29", "year": 2022}, "2021-11-29", 2022),
        ({"year": 2021}, None, 2021),
        ({"year": "2021"}, None, 2021),
        ({"year": 2021.0}, None, 2021),
        ({"year": None, "date": None, "url": None, "authors": None}, None, None),
    ],
)
def test_dates_and_years(read_text: Read, given: dict[str, Any], date: str | None, year: int | None) -> None:
    (paper,), problems = read_text(lines({**GOOD, **given}))
    assert (paper.date, paper.year) == (date, year)
    assert problems == []


@pytest.mark.parametrize("empty", ["", None, "  "])
def test_a_paper_may_have_no_abstract_or_no_title(read_text: Read, empty: str | None) -> None:
    found, problems = read_text(lines({**GOOD, "abstract": empty}, {**GOOD, "title": empty}))
    assert [p.id for p in found] == ["good", "good"]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no valid JSON"),
        ('{"id": "a", "title": "A", "abstract": "cut off he', "no valid JSON"),
        ("not JSON at all", "no valid JSON"),
        ('{"id": "a", "title": "A", "abstract": "b"} trailing', "no valid JSON"),
        ('["id", "title", "abstract"]', "a list and no object"),
        ("null", "null and no object"),
        ("17", "a number and no object"),
        ('{"x": ' + "[" * 100_000 + "}", "nested too deeply"),
        ('{"id": "a", "title": "A", "abstract": "b", "n": ' + "9" * 5000 + "}", "no usable JSON"),
        ('{"id": "a", "title": "A"}', 'no "abstract"'),
        ('{"id": "a", "Title": "A", "abstract": "b"}', "case and spaces count"),
        ('{"id": "a", "title": 5, "abstract": "b"}', '"title" is a number'),
        ('{"id": "a", "title": "A", "abstract": NaN}', '"abstract" is NaN'),
        ('{"id": "a", "title": "A", "abstract": ["b"]}', '"abstract" is a list'),
        ('{"id": true, "title": "A", "abstract": "b"}', '"id" is true or false'),
        ('{"id": NaN, "title": "A", "abstract": "b"}', '"id" is NaN'),
        ('{"id": "a", "title": "", "abstract": " "}', "both empty"),
        ('{"title": "", "abstract": "b"}', "nothing to call the paper by"),
        ('{"id": "a", "title": "A", "title": "B", "abstract": "b"}', '"title" stands there twice'),
    ],
)
def test_a_line_that_is_no_paper_is_named_and_the_rest_read(read_text: Read, line: str, reason: str) -> None:
    found, (problem,) = read_text(lines(GOOD, "", line, {**GOOD, "id": "next"}))
    assert [p.id for p in found] == ["good", "next"]
    assert problem.where == "line 3"
    assert reason in problem.reason
    assert '{"id": "...", "title": "...", "abstract": "..."}' in problem.reason  # what to write instead
    assert problem.source.endswith("input.txt")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ('"year": NaN', '"year" is NaN'),
        ('"year": "soon"', '"year" is a string'),
        ('"year": true', '"year" is true or false'),
        ('"year": -5', '"year" is out of range'),
        ('"date": "29.11.2021"', "expected a date such as 2021-11-29"),
        ('"date": "2021-02-30"', "no such day"),
        ('"url": 5', '"url" is a number'),
        ('"authors": "A. Author"', "expected a list of names"),
        ('"authors": ["A. Author", 5]', '"authors" holds a number'),
        ('"author_count": "many"', "expected a whole number"),
        ('"year": 2020, "year": 2021', '"year" stands there twice'),
    ],
)
def test_a_wrong_field_that_is_not_needed_is_named_and_left_unknown(read_text: Read, given: str, reason: str) -> None:
    (paper,), (problem,) = read_text(lines(json.dumps(GOOD)[:-1] + f", {given}}}"))
    assert paper == Paper(**GOOD, sources=("input.txt",))  # type: ignore[arg-type]
    assert problem.where == "line 1"
    assert reason in problem.reason


def test_authors_may_be_objects_with_names(read_text: Read) -> None:
    (paper,), _ = read_text(lines({**GOOD, "authors": [{"name": "A. Author", "id": 5}, {"name": "B. Writer"}]}))
    assert paper.authors == ("A. Author", "B. Writer")


def test_half_a_surrogate_pair_is_replaced_and_named(read_text: Read) -> None:
    (paper, whole), (problem,) = read_text(
        lines('{"id": "a", "title": "A", "abstract": "x \\ud83e y"}', '{"id": "b", "title": "B", "abstract": "\\ud83e\\udd9c"}')
    )
    assert (paper.abstract, whole.abstract) == ("x � y", "\U0001f99c")
    assert problem.where == "line 1"
    paper.to_dict()["abstract"].encode()


def test_a_key_said_twice_with_the_same_value_is_fine(read_text: Read) -> None:
    found, problems = read_text(lines('{"id": "a", "id": "a", "title": "A", "abstract": "b"}'))
    assert len(found) == 1
    assert problems == []


def test_a_file_that_begins_with_broken_lines_is_read(read_text: Read) -> None:
    found, problems = read_text(lines("{oops", "and again", GOOD))
    assert [p.id for p in found] == ["good"]
    assert [p.where for p in problems] == ["line 1", "line 2"]


def test_objects_of_another_kind_are_refused_as_a_whole(read_text: Read) -> None:
    found, (problem,) = read_text(lines(*({"doc": n, "tokens": ["a", "title"]} for n in range(1000))))
    assert found == []
    assert problem.where is None
    assert 'without "title" and "abstract"' in problem.reason


class Endless(io.RawIOBase):
    """A stream that never ends, of lines that hold papers."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = lines(GOOD).encode()
        piece = (line * (len(buffer) // len(line)))[: len(buffer)]
        buffer[: len(piece)] = piece
        return len(piece)


def test_lines_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    problems: list[Problem] = []
    assert [p.id for p in islice(read(["-"], problems), 5000)] == ["good"] * 5000
    assert problems == []


@pytest.mark.slow
def test_all_abstracts_of_the_corpus_are_read(shared: Path) -> None:
    problems: list[Problem] = []
    papers = read([shared / "corpus" / "abstracts.jsonl.gz"], problems)
    assert sum(p.year is not None and len(p.abstract) > 200 for p in papers) == 87_040
    assert problems == []
