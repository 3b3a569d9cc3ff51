"""Text dumps of paper-search pages, both layouts, written here and the real ones."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.paper import Paper, merge
from kg.sources import Problem, read

A = (
    "We propose AlphaNet, a small network for finding cracks in photographs of roads. It outperforms BaseNet by 2.1% on "
    "RoadCracks and needs half the memory. Code is available at https://example.org/alpha"
)
B = (
    "Large models are slow. In this paper we ask how much of BaseNet can be left out, and find that it is most of it. "
    "The rest, which we call BetaNet, is on par with BaseNet on TinyImages at 4.25x the speed."
)


def read_file(path: Path, content: str) -> tuple[list[Paper], list[Problem]]:
    path.write_text(content, encoding="utf-8")
    problems: list[Problem] = []
    return list(read([path], problems)), problems


def texts(papers: list[Paper]) -> list[tuple[str, str]]:
    return [(p.title, p.abstract) for p in papers]


same_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@same_file
@given(papers=written.plain_papers)
def test_papers_come_back_from_a_page_without_blank_lines(tmp_path: Path, papers: list[Paper]) -> None:
    found, problems = read_file(tmp_path / "page.txt", written.as_compact_page(papers))
    assert found == [replace(p, sources=("page.txt",)) for p in papers]
    assert problems == []


@same_file
@given(papers=written.noted_papers | written.plain_papers, votes=st.lists(st.none() | st.integers(0, 9999), max_size=3))
def test_papers_come_back_from_a_page_with_blank_lines(tmp_path: Path, papers: list[Paper], votes: list[int | None]) -> None:
    found, problems = read_file(tmp_path / "page.txt", written.as_spaced_page(papers, votes))
    assert found == [replace(p, sources=("page.txt",)) for p in papers]
    assert problems == []


@same_file
@given(
    pages=st.lists(
        st.tuples(st.sampled_from([written.as_spaced_page, written.as_compact_page]), written.plain_papers), min_size=1, max_size=3
    )
)
def test_pages_run_together_are_read_like_pages_apart(tmp_path: Path, pages: list) -> None:
    """`cat *.txt` glues the heading of the next page to the last abstract where that has no line break."""
    content = "".join(write(papers) for write, papers in pages)
    found, problems = read_file(tmp_path / "pages.txt", content)
    assert texts(found) == texts([p for _, papers in pages for p in papers])
    assert problems == []


def page(*parts: str) -> str:
    return written.HEADING_SPACED + "\n\n".join(parts)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("  • 4 authors\n·\nNov 17, 2025", (4, "2025-11-17", 2025)),
        ("  • 4 authors\n·\nNov 17, 2025 3", (4, "2025-11-17", 2025)),
        ("  • 4 authors\n·\nNov 17, 2025 3 12", (4, "2025-11-17", 2025)),
        ("  • 1 authors\n·\nJan 29", (1, None, None)),
        ("  • 1 author\n·\nJan 29 5", (1, None, None)),
        ("  • 1 author\n·\nJan 29 2025", (1, None, None)),  # 2025 votes
        ("· 1,204 authors · Sept 3, 2024", (1204, "2024-09-03", 2024)),
        ("- 2 authors\n\n-\n\nSeptember 3, 2024\n\n17", (2, "2024-09-03", 2024)),
        ("2 authors\n3 Sep 2024\n12 upvotes\n3 comments", (2, "2024-09-03", 2024)),
        ("2 authors\n2024-09-03\nUpvote 1.2k", (2, "2024-09-03", 2024)),
        ("\u00a0\u00a0∙\u00a02 authors\n·\nPublished on Sep 3, 2024", (2, "2024-09-03", 2024)),
        ("  • Institute of Roads\n  • 2 authors\n·\nSep 2024", (2, "2024-09", 2024)),
        ("  • 2 authors\n·\nFeb 30, 2024", (2, None, 2024)),
        ("  • 2 authors\n·\n3 days ago", (2, None, None)),
        ("Submitted by\n\nroadrunner\n\n  • 2 authors", (2, None, None)),
        ("12", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_notes_under_a_paper(tmp_path: Path, notes: str, expected: tuple[int | None, str | None, int | None]) -> None:
    found, problems = read_file(tmp_path / "page.txt", page("AlphaNet", A, notes, "BetaNet", B))
    assert texts(found) == [("AlphaNet", A), ("BetaNet", B)]
    assert (found[0].author_count, found[0].date, found[0].year) == expected
    assert (found[1].author_count, found[1].date, found[1].year) == (None, None, None)
    assert problems == []


def test_a_date_under_the_heading_is_the_pages_own(tmp_path: Path) -> None:
    content = written.HEADING_SPACED.replace("Apr 21", "Apr 21, 2024") + f"AlphaNet\n\n{A}\n"
    (found,), _ = read_file(tmp_path / "page.txt", content)
    assert (found.date, found.year) == (None, None)


@pytest.mark.parametrize(
    "title", ["Subscribe to everything", "eP-ALM: small words", "Subscribers and what they read", "3D cracks", "$K^2$"]
)
def test_the_button_is_taken_off_the_first_title_and_nothing_else(tmp_path: Path, title: str) -> None:
    for write in (written.as_compact_page, written.as_spaced_page):
        papers = [written.paper(title, A), written.paper("SubscribeNet", B)]
        found, _ = read_file(tmp_path / "page.txt", write(papers))
        assert [p.title for p in found] == [title, "SubscribeNet"]


def test_an_abstract_keeps_its_paragraphs_and_its_wrapped_lines(tmp_path: Path) -> None:
    wrapped = A.replace(" for finding", "\nfor finding").replace(" BaseNet by", "\nBaseNet by").replace(" needs", "\nneeds")
    found, problems = read_file(tmp_path / "page.txt", page("AlphaNet", wrapped, B, "  • 2 authors", "BetaNet", B))
    assert texts(found) == [("AlphaNet", f"{A} {B}"), ("BetaNet", B)]
    assert problems == []


def test_a_long_abstract_is_whole(tmp_path: Path) -> None:
    long = " ".join([A] * 200)
    for content in (page("AlphaNet", long, "BetaNet", B), f"{written.HEADING_COMPACT}AlphaNet\n{long}\nBetaNet\n{B}"):
        found, _ = read_file(tmp_path / "page.txt", content)
        assert texts(found) == [("AlphaNet", long), ("BetaNet", B)]


def test_a_title_without_abstract_is_named_and_shifts_nothing(tmp_path: Path) -> None:
    for content in (
        page("AlphaNet", A, "A Paper That Lost Its Text", "BetaNet", B),
        f"{written.HEADING_COMPACT}AlphaNet\n{A}\nA Paper That Lost Its Text\nBetaNet\n{B}",
    ):
        found, (problem,) = read_file(tmp_path / "page.txt", content)
        assert texts(found) == [("AlphaNet", A), ("BetaNet", B)]
        assert "A Paper That Lost Its Text" in problem.reason
        line = content.splitlines().index("A Paper That Lost Its Text") + 1
        assert problem.where == f"line {line}"


def test_a_listed_paper_without_abstract_is_a_paper(tmp_path: Path) -> None:
    content = page(
        "AlphaNet", A, "  • 2 authors", "A Paper That Lost Its Text", "  • 3 authors\n·\nMay 4, 2023", "BetaNet", B, "  • 4 authors"
    )
    found, problems = read_file(tmp_path / "page.txt", content)
    assert texts(found) == [("AlphaNet", A), ("A Paper That Lost Its Text", ""), ("BetaNet", B)]
    assert [p.author_count for p in found] == [2, 3, 4]
    assert found[1].date == "2023-05-04"
    assert problems == []


def test_an_abstract_without_title_is_named(tmp_path: Path) -> None:
    found, (problem,) = read_file(tmp_path / "page.txt", page(A, "  • 3 authors", "BetaNet", B, "  • 3 authors"))
    assert texts(found) == [("BetaNet", B)]
    assert problem.where == "line 13"
    assert "without a title" in problem.reason


def test_a_button_is_no_paper(tmp_path: Path) -> None:
    content = page(
        "Hugging Face", "Models", "AlphaNet", "Abstract", A, "View PDF", "Join the discussion on this paper page", "BetaNet", B, "Load more"
    )
    found, problems = read_file(tmp_path / "page.txt", content)
    assert texts(found) == [("AlphaNet", A), ("BetaNet", B)]
    assert problems == []
    found, problems = read_file(tmp_path / "page.txt", page("Celebrate our birthday", "AlphaNet", A))
    assert texts(found) == [("AlphaNet", A)]
    assert "Celebrate our birthday" in problems[0].reason


def test_a_page_is_known_by_its_notes_where_its_heading_is_cut_off(tmp_path: Path) -> None:
    found, problems = read_file(
        tmp_path / "page.txt", f"AlphaNet\n\n{A}\n\n  • 4 authors\n·\nNov 17, 2025\n\nBetaNet\n\n{B}\n\n  • 1 authors\n"
    )
    assert [(p.title, p.author_count) for p in found] == [("AlphaNet", 4), ("BetaNet", 1)]
    assert problems == []


# The real pages

KNOWN = re.compile(
    r"new|Subscribe|Daily Papers|byAK and the research community|Get trending papers in your email inbox( once a day)?!"
    r"|\s*• \d+ authors|·|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d+(, \d{4}( \d+)?)?|\s*"
)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Path]:
    return sorted((shared / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def listed(seeds: list[Path]) -> list[Paper]:
    problems: list[Problem] = []
    papers = list(read(seeds, problems))
    assert problems == []
    return papers


def test_the_seed_pages_list_554_papers_475_different_ones(listed: list[Paper], seeds: list[Path]) -> None:
    assert Counter(p.sources for p in listed) == dict(zip([(s.name,) for s in seeds], (119, 80, 261, 44, 50), strict=True))
    merged = merge(listed)
    assert (len(listed), len(merged)) == (554, 475)
    assert merge(reversed(listed)) == merged
    assert sum(len(p.sources) for p in merged) == 554  # no page lists a paper twice


def test_seed_titles_and_abstracts_look_like_ones(listed: list[Paper]) -> None:
    assert not [p.title for p in listed if "subscribe" in p.title.casefold() or KNOWN.fullmatch(p.title)]
    assert {len(p.title) // 20 for p in listed} <= set(range(1, 10))
    assert all(500 < len(p.abstract) < 2000 for p in listed)
    assert all("\n" not in p.text.replace("\n", "", 1) and p.text == p.text.strip() for p in listed)
    assert not [p.title for p in listed if "email inbox" in p.abstract or "•" in p.abstract]


def test_one_seed_page_dates_its_papers(listed: list[Paper], seeds: list[Path]) -> None:
    dated = [p for p in listed if p.date]
    assert {p.sources for p in dated} == {(seeds[4].name,)}
    assert len(dated) == 49
    assert all(p.year == int(str(p.date)[:4]) and 2015 < p.year < 2026 for p in dated)
    counted = [p for p in listed if p.author_count]
    assert {p.sources for p in counted} == {(seeds[4].name,)}
    assert len(counted) == 50
    assert {p.author_count for p in counted} <= set(range(1, 12))
    (undated,) = (p for p in counted if not p.date)  # its page says `Jan 29`
    assert (undated.year, undated.author_count) == (None, 6)
    first = listed[504]
    assert (first.date, first.author_count) == ("2025-11-17", 4)


def test_no_character_of_the_seed_pages_is_lost(listed: list[Paper], seeds: list[Path]) -> None:
    """What is in no paper is one of the lines that such a page has around its papers."""
    for seed in seeds:
        lines = seed.read_text(encoding="utf-8").split("\n")
        texts = Counter(part for p in listed if p.sources == (seed.name,) for part in (p.title, p.abstract))
        for line in lines:
            text = line if texts[line] else line.removeprefix("Subscribe")
            if texts[text]:
                texts[text] -= 1
            else:
                assert KNOWN.fullmatch(line), line
        assert texts.total() == 0


def test_the_papers_of_a_seed_page_keep_its_order(listed: list[Paper], seeds: list[Path]) -> None:
    for seed in seeds:
        content = seed.read_text(encoding="utf-8")
        places = [content.index(p.abstract) for p in listed if p.sources == (seed.name,)]
        assert places == sorted(places)
