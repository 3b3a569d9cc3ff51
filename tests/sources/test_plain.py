"""Plain text, and what must not be taken for it."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import Read

from kg.paper import Paper
from kg.sources import Problem, read

A = (
    "We propose AlphaNet, a small network for finding cracks in photographs of roads. It outperforms BaseNet by 2.1% on "
    "RoadCracks and needs half the memory. Code is available at https://example.org/alpha"
)
B = "Large models are slow. We ask how much of BaseNet can be left out. The rest, called BetaNet, is on par with it on TinyImages."


def texts(papers: list[Paper]) -> list[tuple[str, str]]:
    return [(p.title, p.abstract) for p in papers]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(papers=written.plain_papers, ends=st.sampled_from(["\n", "\r\n"]), bom=st.booleans(), blank=st.sampled_from(["\n", "  \n\n\t\n"]))
def test_papers_come_back(tmp_path: Path, papers: list[Paper], ends: str, bom: bool, blank: str) -> None:
    content = written.as_plain(papers).replace("\n\n", "\n" + blank).replace("\n", ends)
    path = tmp_path / "papers.txt"
    path.write_bytes(content.encode("utf-8-sig" if bom else "utf-8"))
    problems: list[Problem] = []
    assert list(read([path], problems)) == [replace(p, sources=("papers.txt",)) for p in papers]
    assert problems == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(papers=written.plain_papers, width=st.integers(50, 100))
def test_wrapped_abstracts_come_back(tmp_path: Path, papers: list[Paper], width: int) -> None:
    wrapped = [replace(p, abstract=textwrap.fill(p.abstract, width, break_long_words=False, break_on_hyphens=False)) for p in papers]
    path = tmp_path / "papers.txt"
    path.write_text(written.as_plain(wrapped), encoding="utf-8")
    problems: list[Problem] = []
    assert texts(list(read([path], problems))) == texts(papers)
    assert problems == []


def test_a_word_divided_at_its_hyphen_is_put_together(read_text: Read) -> None:
    (paper,), _ = read_text("AlphaNet\nWe look at self-\nsupervised and semi-\nand weakly supervised models.\n")
    assert paper.abstract == "We look at self-supervised and semi- and weakly supervised models."


@pytest.mark.parametrize(
    "first", ["From Roads to Rivers", "Class-Balanced Cracks", "[Re] AlphaNet", "3D", "Über Risse", "$k$-means is enough"]
)
@pytest.mark.parametrize(
    "join", ["{0}\n{1}\n\n{2}\n{3}\n", "{0}\n\n{1}\n\n{2}\n\n{3}\n", "{0}\n{1}\n{2}\n{3}\n"], ids=["plain", "spaced", "dense"]
)
def test_three_spellings(read_text: Read, first: str, join: str) -> None:
    found, problems = read_text(join.format(first, A, "BetaNet", B))
    assert texts(found) == [(first, A), ("BetaNet", B)]
    assert problems == []


def test_short_abstracts_and_mathematics(read_text: Read) -> None:
    found, problems = read_text("A\nSwin-T beats DeiT-S by 1.5% on ImageNet.\n\nB\nIt is fast.\n")
    assert texts(found) == [("A", "Swin-T beats DeiT-S by 1.5% on ImageNet."), ("B", "It is fast.")]
    bound = "We show that $\\|x\\|_2 \\le \\epsilon^2$ holds for all $x \\in R^d$. This is $O(n \\log n)$, which is better than $O(n^2)$."
    found, more = read_text(f"Bounds\n{bound}\n")
    assert texts(found) == [("Bounds", bound)]
    assert problems == more == []


def test_what_stands_alone_is_named(read_text: Read) -> None:
    found, (title, text) = read_text(f"AlphaNet\n{A}\n\nA lonely title\n\nBetaNet\n{B}\n\n{A}\n")
    assert texts(found) == [("AlphaNet", A), ("BetaNet", B)]
    assert (title.where, text.where) == ("line 4", "line 9")
    assert "title without an abstract: 'A lonely title'" in title.reason
    assert "text without a title" in text.reason


FOREIGN = {
    "Python": (
        '"""Reads.\n\nThis module reads what is needed by the others. It is small.\n"""\nimport os\n\n\ndef f():\n    return os.sep\n',
        "source code",
    ),
    "Python without docstring": (
        "import os\nimport sys\n\n\ndef main():\n    print('We are here, and this is a test of it.')\n",
        "source code",
    ),
    "shell": ("#!/bin/sh\necho 'This is a test of the thing, and it is long.'\n", "source code"),
    "C": ("#include <stdio.h>\nint main(void) {\n  return 0;\n}\n", "source code"),
    "JavaScript": ("// The main file of this thing.\nconst a = require('a');\nfunction f(x) { return x; }\n", "expected"),
    "SQL": ("INSERT INTO p VALUES (1, 'A', 'We propose a good model.');\nINSERT INTO p VALUES (2, 'B', 'We do too.');\n", "expected"),
    "CSV": (f'id,title,abstract\n1,AlphaNet,"{A}"\n2,BetaNet,"{B}"\n', "table"),
    "CSV without heading": (f'"AlphaNet","{A}"\n"BetaNet","{B}"\n', "expected"),
    "TSV": (f"id\ttitle\tabstract\n1\tAlphaNet\t{A}\n", "table"),
    "HTML": (f"<!DOCTYPE html>\n<html><body><h1>AlphaNet</h1><p>{A}</p></body></html>", "HTML"),
    "HTML in pieces": (f'<div class="x">\n<h1>AlphaNet</h1>\n<p>{A}</p>\n</div>', "XML"),
    "XML": (f'<?xml version="1.0"?>\n<feed><entry><title>AlphaNet</title><summary>{A}</summary></entry></feed>', "XML"),
    "LaTeX": (f"\\documentclass{{article}}\n\\begin{{document}}\n\\title{{A}}\n{A}\n\\end{{document}}\n", "LaTeX"),
    "BibTeX": (f"@article{{a,\n  title={{AlphaNet}},\n  abstract={{{A}}},\n}}\n", "BibTeX"),
    "RIS": (f"TY  - JOUR\nTI  - AlphaNet\nAB  - {A}\nER  - \n", "RIS"),
    "Markdown": (f"# AlphaNet\n\n{A}\n\n## Install\n\n    pip install it\n", "Markdown"),
    "reStructuredText": (f"AlphaNet\n========\n\n{A}\n", "underlined"),
    "JSON array": ('[{"id": "1", "title": "a", "abstract": "b"}]', "jq -c '.[]'"),
    "JSON over lines": ('{\n "id": "1",\n "title": "a",\n "abstract": "b"\n}', "jq -c ."),
    "YAML": (f"title: AlphaNet\nabstract: {A}\nyear: 2020\n", "labels"),
    "log": ("2024-01-01 10:00:00 INFO Started the server on port 80.\n2024-01-01 10:00:01 INFO The server has been stopped.\n", "expected"),
    "mail": (f"From: a@b.example\nTo: d@e.example\nSubject: New papers\n\nDear all,\n\n{A}\n\nBest regards,\nX\n", "expected"),
    "article": (f"Introduction\n\n{A}\n\n{A}\n\nMethod\n\n{B}\n\n{A}\n\n{B}\n", "expected"),
    "prose": (textwrap.fill(f"{A} {B}", 60) + "\n\n" + textwrap.fill(f"{B} {A}", 60) + "\n", "expected"),
    "licence": (
        "Some License\n\nCopyright (c) 2024 Someone\n\n" + textwrap.fill("Permission is hereby given to anyone who asks for it. " * 8, 70),
        "expected",
    ),
    "word list": ("alpha\nbeta\ngamma\n" * 50, "expected"),
    "numbers": ("1 2 3\n4 5 6\n\n7 8 9\n", "expected"),
    "one sentence": (A, "expected"),
    "nothing": ("", "nothing in it"),
    "white space": (" \n\t\n", "nothing in it"),
}


@pytest.mark.parametrize("form", FOREIGN)
def test_another_form_is_refused_with_what_it_is(read_text: Read, form: str) -> None:
    content, reason = FOREIGN[form]
    found, (problem,) = read_text(content)
    assert found == []
    assert problem.where is None
    assert reason in problem.reason
    assert len(problem.reason) > 40  # says what to do, too


def test_no_source_file_of_this_package_is_taken_for_papers() -> None:
    package = Path(written.__file__).parents[2] / "kg"
    files = [*package.rglob("*.py"), *package.rglob("*.js"), *package.rglob("*.html")]
    problems: list[Problem] = []
    assert list(read(files, problems)) == []
    assert len(problems) == len(files)
