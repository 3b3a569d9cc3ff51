"""An answer as a Markdown table (GitHub's dialect)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.present.text import margin, name, paper, says, setting, web, words
from kg.query.answer import Answer

SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def as_md(answer: Answer) -> str:
    """A table, then what was read and the notes.

    Claims are put as subject, object, dataset (else task) with the condition, metric, margin, paper (linked), who says so, sentence;
    other answers have all their columns. Pipes, line breaks, HTML and Markdown in other people's text are escaped.
    """
    if "sentence" in answer.columns and "subject" in answer.columns:
        header: tuple[str, ...] = ("Better", "Than", "On", "Metric", "Margin", "Paper", "Says", "Sentence")
        rows = [_claim(row) for row in answer.rows]
    else:
        header = tuple(key.capitalize() for key in answer.columns)
        rows = [tuple(escaped(words(row[key])) for key in answer.columns) for row in answer.rows]
    lines = [_line(header), _line(["---"] * len(header)), *(_line(row) for row in rows)]
    return "\n".join([*lines, "", f"Read: {escaped(words(answer.read))}.", *(f"\n{escaped(words(note))}" for note in answer.notes)]) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: one line, no HTML, no table cells, links, images or emphasis of its own."""
    text = re.sub(r"[&<>]", lambda found: HTML[found[0]], text)
    return SPECIAL.sub(r"\\\g<0>", text)


def _claim(row: Mapping[str, Any]) -> tuple[str, ...]:
    title, url = escaped(paper(row)), web(row.get("url"))
    cells = (name(row["subject"]), name(row["object"]), setting(row), words(row["metric"]), margin(row))
    linked = f"[{title}](<{url}>)" if url else title
    return (*map(escaped, cells), linked.replace("|", "%7C") if url and "|" in url else linked, says(row), escaped(words(row["sentence"])))


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
