"""Files, folders and standard input: what is found, in which order, under which name, and what is said of the rest."""

from __future__ import annotations

import bz2
import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import Read

from kg.paper import Paper, merge
from kg.sources import Problem, read, sample

ALPHA = written.paper("AlphaNet finds cracks", "We propose AlphaNet. It outperforms BaseNet by 2.1% on RoadCracks, and it is small.")
BETA = written.paper("BetaNet", "Large models are slow. The one that we call BetaNet is on par with BaseNet on TinyImages.")
BOTH = [ALPHA, BETA]
FORMS: dict[str, Callable[[list[Paper]], str]] = {
    "spaced page": written.as_spaced_page,
    "compact page": written.as_compact_page,
    "JSON lines": written.as_jsonl,
    "plain text": written.as_plain,
}


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_all(*sources: str | Path) -> tuple[list[Paper], list[Problem]]:
    problems: list[Problem] = []
    return list(read(sources, problems)), problems


def texts(papers: list[Paper]) -> list[tuple[str, str]]:
    return [(p.title, p.abstract) for p in papers]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["papers", "papers.txt", "papers.jsonl", "papers.csv", "papers.txt.gz"])
@pytest.mark.parametrize("change", ["as it is", "CRLF", "CR", "BOM", "gzip"])
def test_forms_are_told_by_content(tmp_path: Path, form: str, name: str, change: str) -> None:
    content = FORMS[form](BOTH).encode()
    content = {
        "CRLF": content.replace(b"\n", b"\r\n"),
        "CR": content.replace(b"\n", b"\r"),
        "BOM": b"\xef\xbb\xbf" + content,
        "gzip": gzip.compress(content[:100]) + gzip.compress(content[100:]),
    }.get(change, content)
    found, problems = read_all(write(tmp_path / name, content))
    assert texts(found) == texts(BOTH)
    assert {p.sources for p in found} == {(name,)}
    assert problems == []


@pytest.mark.parametrize("form", FORMS)
def test_standard_input(give_stdin: Callable[[bytes], None], form: str) -> None:
    for content in (FORMS[form](BOTH).encode(), gzip.compress(FORMS[form](BOTH).encode())):
        give_stdin(content)
        found, problems = read_all("-")
        assert texts(found) == texts(BOTH)
        assert {p.sources for p in found} == {("-",)}
        assert problems == []


def test_a_folder_is_read_in_the_order_of_its_paths_without_hidden_files(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    places = ["b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "Z.txt"]
    for place in places:
        write(folder / place, written.as_plain([written.paper(place, ALPHA.abstract)]))
    for hidden in (".hidden.txt", ".git/config", "a/.cache/x.txt"):
        write(folder / hidden, written.as_plain(BOTH))
    found, problems = read_all(folder)
    assert [p.title for p in found] == ["Z.txt", "a/b/c.txt", "a/z.txt", "a.txt", "b.txt"]
    assert [p.sources for p in found] == [(p.title,) for p in found]
    assert problems == []


def test_names_of_sources_do_not_depend_on_where_the_folder_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "here" / "papers" / "a.txt", written.as_plain(BOTH))
    write(tmp_path / "there" / "papers" / "a.txt", written.as_plain(BOTH))
    monkeypatch.chdir(tmp_path / "here")
    assert read_all("papers") == read_all(tmp_path / "there" / "papers") == read_all("papers/a.txt") == read_all("./papers/../papers/")


def test_sources_are_read_in_the_order_given_and_nothing_is_merged(tmp_path: Path) -> None:
    one = write(tmp_path / "one.txt", written.as_plain(BOTH))
    two = write(tmp_path / "two.jsonl", written.as_jsonl([BETA]))
    found, _ = read_all(two, one, two)
    assert [(p.title, p.sources) for p in found] == [
        ("BetaNet", ("two.jsonl",)),
        (ALPHA.title, ("one.txt",)),
        ("BetaNet", ("one.txt",)),
        ("BetaNet", ("two.jsonl",)),
    ]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"%PDF-1.7\nstream")
    write(tmp_path / "b.txt", written.as_plain([ALPHA]))
    write(tmp_path / "c.bin", bytes(range(256)) * 10)
    write(tmp_path / "d.jsonl", written.as_jsonl([BETA]) + "{broken\n")
    write(tmp_path / "e.txt", b"")
    found, problems = read_all(tmp_path / "missing.txt", tmp_path, tmp_path / "b.txt")
    assert [p.title for p in found] == [ALPHA.title, "BetaNet", ALPHA.title]
    assert [(Path(p.source).name, p.where) for p in problems] == [
        ("missing.txt", None),
        ("a.pdf", None),
        ("c.bin", None),
        ("d.jsonl", "line 2"),
        ("e.txt", None),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF; save its text"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP archive or an office document"),
        (bz2.compress(b"x"), "bunzip2"),
        (gzip.compress(gzip.compress(b"x")), "gunzip"),
        (b"\x89PNG\r\n\x1a\n\x00", "an image"),
        (b"SQLite format 3\x00", "kg query"),
        ("AlphaNet\nWe propose it.".encode("utf-16"), "save it as UTF-8"),
        (b"\x00" * 100, "binary"),
        (bytes(range(1, 256)) * 40, "binary"),
        (gzip.compress(b"\x00\x01\x02" * 50), "binary"),
    ],
)
def test_binary_files_are_refused_with_what_they_are(read_text: Read, content: bytes, reason: str) -> None:
    found, (problem,) = read_text(content)
    assert found == []
    assert reason in problem.reason


@pytest.mark.parametrize("form", FORMS)
def test_bytes_that_are_no_text_are_named_by_line_and_the_paper_kept(read_text: Read, form: str) -> None:
    content = FORMS[form]([written.paper("AlphaNet", ALPHA.abstract.replace("small", "sm@ll")), BETA]).encode()
    line = content[: content.index(b"@")].count(b"\n") + 1
    found, (problem,) = read_text(content.replace(b"@", b"\xe4"))
    assert [p.title for p in found] == ["AlphaNet", "BetaNet"]
    assert "sm\ufffdll" in found[0].abstract
    assert problem.where == f"line {line}"
    assert "UTF-8" in problem.reason


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_archive_gives_what_comes_before(read_text: Read, form: str) -> None:
    many = [
        written.paper(f"Net number {n} of many", f"{ALPHA.abstract} Number {os.urandom(20).hex()} is the one that is ours.")
        for n in range(300)
    ]
    packed = gzip.compress(FORMS[form](many).encode())
    found, problems = read_text(packed[: len(packed) // 2])
    assert 50 < len(found) < 250
    assert "can't be read on" in problems[0].reason
    assert texts(found) == texts(many[: len(found)])
    assert read_text(b"\x1f\x8b\x08\x00junk")[1][0].reason.startswith("a .gz file that can't be unpacked")


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    write(tmp_path / "abstracts.jsonl", written.as_jsonl(BOTH))
    _, (near, far) = read_all(tmp_path / "abstract.jsonl", tmp_path / "nowhere" / "x.txt")
    assert near == Problem(str(tmp_path / "abstract.jsonl"), None, f"no such file or folder; did you mean {tmp_path / 'abstracts.jsonl'}?")
    assert "give an existing file or folder, or - for standard input" in far.reason
    assert str(near) == f"{tmp_path / 'abstract.jsonl'}: {near.reason}"


def test_an_empty_folder_and_links_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    folder = tmp_path / "papers"
    write(folder / "a.txt", written.as_plain([ALPHA]))
    (folder / "again.txt").symlink_to("a.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    found, problems = read_all(tmp_path / "empty", folder, folder / "gone.txt")
    assert [p.sources for p in found] == [("a.txt",), ("again.txt",)]
    assert [Path(p.source).name for p in problems] == ["empty", "loop", "gone.txt", "pipe", "gone.txt"]
    assert all(p.reason for p in problems)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "secret.txt", written.as_plain(BOTH))
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything: /proc/self/mem is no file for it either
        path = Path("/proc/self/mem")
    found, (problem,) = read_all(path)
    assert found == []
    assert "can't be read" in problem.reason


def test_a_pipe_given_by_name_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, written.as_plain(BOTH).encode())
    os.close(writing)
    found, problems = read_all(f"/dev/fd/{reading}")
    os.close(reading)
    assert texts(found) == texts(BOTH)
    assert problems == []


def test_a_problem_is_safe_to_print() -> None:
    problem = Problem("a\x1b[31m.txt", "line 2", "what \x07 is \u202ethis and ü, 文?")
    assert str(problem) == "a\\x1b[31m.txt, line 2: what \\x07 is \\u202ethis and ü, 文?"


def test_other_peoples_text_in_a_reason_is_cut_and_quoted(read_text: Read) -> None:
    _, problems = read_text(written.as_plain(BOTH) + "\n\x1b[31m" + "Red " * 100 + "\n")
    assert "\x1b" not in problems[0].reason
    assert len(problems[0].reason) < 250


TOKENS = st.sampled_from(
    [
        *('{"title": "', '"abstract": ', '"id"', "{", "}", "[", ": ", ", ", '"', "NaN", "\\ud800"),
        *("\n", "\n\n", "\r\n", " ", "\t", "\ufeff", "\u2028", "•", "·", "12", "-", "We", "."),
        *("4 authors", "9" * 5000 + " authors", "Nov 17, 2025", "Feb 30, 2025", "Jan 29", "Subscribe", "new", "Submitted by"),
        *("Get trending papers in your email inbox!", "byAK and the research community"),
        *(ALPHA.title, ALPHA.abstract, BETA.abstract),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.lists(TOKENS, max_size=40).map(lambda t: "".join(t).encode()) | st.binary(max_size=200) | st.text().map(str.encode))
def test_whatever_a_file_holds_it_gives_papers_or_a_reason(tmp_path: Path, content: bytes) -> None:
    found, problems = read_all(write(tmp_path / "any", content))
    assert found or problems
    for paper in found:
        assert paper.id
        assert paper.title.strip() or paper.abstract.strip()
        paper.text.encode()
    for problem in problems:
        assert problem.reason
        assert str(problem).isprintable()


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", written.as_jsonl(BOTH) + "{broken\n")
    problems: list[Problem] = []
    papers = read([path, tmp_path / "missing"], problems)
    assert next(papers).title == ALPHA.title
    assert problems == []
    papers.close()


def test_an_earlier_record_is_a_source(tmp_path: Path) -> None:
    """`records.jsonl` holds papers, and more."""
    line = json.dumps({**ALPHA.to_dict(), "sources": ["elsewhere"], "sentences": [[0, 3]], "entities": [], "comparisons": []})
    (found,), problems = read_all(write(tmp_path / "records.jsonl", line + "\n"))
    assert (found.title, found.sources) == (ALPHA.title, ("records.jsonl",))
    assert problems == []


def test_the_sample_corpus_is_read_without_a_problem() -> None:
    found, problems = read_all(sample())
    assert problems == []
    assert len(merge(found)) >= 40
    assert all(len(p.abstract) > 100 for p in found)
