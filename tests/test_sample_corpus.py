"""The sample corpus and what a careful reader takes from it: layouts, counts, and records that agree with their texts."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.paper import Paper, merge, title_key
from kg.record import ENTITY_TYPES, THIS
from kg.sources import Problem, read, sample

PAGES = sample()
CLAIMS = Path(__file__).parent / "data" / "sample_claims.jsonl"
RECORDS: list[dict[str, Any]] = [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
LISTS = {"proposes": {"Model", "Dataset"}, "evaluated_on": {"Dataset"}, "addresses": {"Task"}, "builds_on": {"Model"}}
DATED = ("vision-transformers.txt", "language-and-more.txt")
NOTES = re.compile(r"  • [1-9]\d* authors\n·\n[A-Z][a-z]{2} \d{1,2}, 20[12]\d")
BUTTON = "Get trending papers in your email inbox!"

each_record = pytest.mark.parametrize("record", RECORDS, ids=[r["id"][:40] for r in RECORDS])


def stands_in(text: str, form: str) -> bool:
    """Whether `form` occurs in `text` as a whole word, by the rule of the annotated data."""
    left = r"(?<![A-Za-z0-9])" if form[:1].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if form[-1:].isalnum() else ""
    return re.search(left + re.escape(form) + right, text) is not None


def text_of(record: dict[str, Any]) -> str:
    return f"{record['title']}\n{record['abstract']}"


@pytest.fixture(scope="module")
def listed() -> list[Paper]:
    problems: list[Problem] = []
    papers = list(read([PAGES], problems))
    assert problems == []
    return papers


# The pages


def test_every_digest_is_read_once_and_whole(listed: list[Paper]) -> None:
    papers = {p.title: p for p in merge(listed)}
    assert len(papers) >= 56
    assert {t: p.abstract for t, p in papers.items()} == {r["title"]: r["abstract"] for r in RECORDS}
    assert {p.id for p in papers.values()} == {r["id"] for r in RECORDS}


def test_a_paper_on_two_pages_is_merged(listed: list[Paper]) -> None:
    twice = [p for p in merge(listed) if len(p.sources) > 1]
    assert [(p.title.split(":")[0], p.date, p.author_count) for p in twice] == [("An Image is Worth 16x16 Words", "2020-10-22", 12)]


def test_the_dated_pages_date_every_paper_and_the_others_none(listed: list[Paper]) -> None:
    for paper in listed:
        dated = bool(set(paper.sources) & set(DATED))
        assert (paper.date is not None, paper.author_count is not None) == (dated, dated), paper.title
        assert not dated or "2012" <= str(paper.date) < "2025", paper.title


def test_the_pages_keep_to_the_layouts_that_they_imitate() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    assert set(texts) == {"vision.txt", "undated.txt", *DATED}
    assert BUTTON + "\nSubscribe" in texts["vision.txt"]
    assert "\n\n" not in texts["vision.txt"]
    for name in ("undated.txt", *DATED):
        parts = texts[name].removesuffix("\n").split("\n\n")
        assert parts[:3] == ["new", BUTTON, "Subscribe"]
        notes = [part for part in parts if NOTES.fullmatch(part)]
        assert all("\n" not in part for part in parts if part not in notes), name
        assert len(notes) == (texts[name].count("authors\n") if name in DATED else 0)


def test_the_card_lies_where_it_is_not_read_as_a_source() -> None:
    card = PAGES.parent / "CARD.md"
    assert "MIT" in card.read_text(encoding="utf-8")
    assert all(path.suffix == ".txt" for path in PAGES.rglob("*"))


@each_record
def test_a_digest_is_short(record: dict[str, Any]) -> None:
    assert 60 <= len(record["abstract"].split()) <= 130
    assert 3 <= len(record["sentences"]) - 1 <= 6


# What a reader takes from them


def test_records_are_many_and_in_order() -> None:
    ids = [r["id"] for r in RECORDS]
    assert ids == sorted(set(ids))
    assert all(r["id"] == title_key(r["title"]) for r in RECORDS)
    assert sum(len(r["comparisons"]) for r in RECORDS) >= 300


def test_at_least_ten_papers_say_that_something_beats_swin() -> None:
    def says(record: dict[str, Any]) -> bool:
        return any(c["v"] == "better" and c["o"].startswith("Swin") for c in record["comparisons"])

    assert sum(map(says, RECORDS)) >= 10


@each_record
def test_sentences_tile_the_text(record: dict[str, Any]) -> None:
    text, spans = text_of(record), record["sentences"]
    assert spans[0] == [0, len(record["title"])]
    assert spans[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(spans):
        assert text[end:start] in ("\n", " ")
    assert all(text[e - 1] in ".?" for _, e in spans[1:])


@each_record
def test_entities_stand_in_the_text(record: dict[str, Any]) -> None:
    text = text_of(record)
    names = [e["name"] for e in record["entities"]]
    assert len(names) == len(set(names))
    for entity in record["entities"]:
        assert entity["type"] in ENTITY_TYPES
        assert entity["mentions"], entity
        assert [m for m in entity["mentions"] if not stands_in(text, m)] == []
    owners = Counter(m for e in record["entities"] for m in set(e["mentions"]))
    assert [m for m, n in owners.items() if n > 1] == []


@each_record
def test_claims_agree_with_their_sentences(record: dict[str, Any]) -> None:
    text, spans = text_of(record), record["sentences"]
    types = {e["name"]: e["type"] for e in record["entities"]}
    for kind in ("comparisons", "results", "sota"):
        for claim in record[kind]:
            start, end = spans[claim["sent"]]
            for key in ("sv", "ov", "value", "delta", "cond"):
                assert key not in claim or stands_in(text[start:end], claim[key]), (key, claim)
            for key, wanted in (("d", "Dataset"), ("m", "Metric"), ("t", "Task")):
                assert key not in claim or types.get(claim[key]) == wanted, (key, claim)
            for key in ("s", "o"):
                assert key not in claim or claim[key] == THIS or types.get(claim[key]) in ("Model", "Baseline"), (key, claim)
    used = {c[k] for c in record["comparisons"] for k in ("s", "o")}
    assert [n for n, t in types.items() if t == "Baseline" and n not in used] == []
    assert len({json.dumps(c, sort_keys=True) for c in record["comparisons"]}) == len(record["comparisons"])


@each_record
def test_comparisons_are_well_formed(record: dict[str, Any]) -> None:
    for claim in record["comparisons"]:
        assert claim["v"] in ("better", "comparable")
        assert claim["s"] != claim["o"]
        assert ("delta" in claim) == ("delta_kind" in claim), claim
        assert claim.get("delta_kind", "unknown") in ("absolute", "relative", "factor", "unknown")
        assert "q" not in claim or ("delta" in claim and claim["q"] in ("max", "min", "mean", "approx")), claim


@each_record
def test_an_absolute_difference_is_that_of_the_values(record: dict[str, Any]) -> None:
    def number(figure: str) -> float:
        return float(re.findall(r"\d+(?:\.\d+)?", figure.replace(",", ""))[0])

    for claim in record["comparisons"]:
        if claim.get("delta_kind") == "absolute" and "sv" in claim and "ov" in claim:
            assert abs(number(claim["sv"]) - number(claim["ov"])) == pytest.approx(number(claim["delta"])), claim


@each_record
def test_lists_name_entities(record: dict[str, Any]) -> None:
    types = {e["name"]: e["type"] for e in record["entities"]}
    for kind, wanted in LISTS.items():
        assert [n for n in record[kind] if types.get(n) not in wanted] == [], kind
        assert len(set(record[kind])) == len(record[kind])


@pytest.mark.slow
def test_no_digest_copies_the_abstract_of_its_paper(shared: Path) -> None:
    """Nine words in a row in common would be a copied sentence; names with their figures make up to seven."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w.%'-]+", text.casefold())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    digests = {r["id"]: runs(r["abstract"]) for r in RECORDS}
    met = 0
    with gzip.open(shared / "corpus" / "abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            real = json.loads(line)
            if (key := title_key(real["title"])) in digests:
                met += 1
                assert digests[key] & runs(real["abstract"]) == set(), key
    assert met > 20
