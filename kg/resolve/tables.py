"""The tables under `kg/data` that names, families, metrics and quantities are read by; each is read once, when first needed."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def lines(*path: str) -> tuple[str, ...]:
    """The lines of a packaged text file that are neither empty nor comments (`#` at the line's start)."""
    text = files("kg").joinpath("data", *path).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def rows(*path: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a packaged tab-separated file, cells stripped."""
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines(*path))


@cache
def table(*path: str) -> tuple[dict[str, str], ...]:
    """The rows of a packaged tab-separated file whose first line names the columns; a missing last cell is empty."""
    head, *body = rows(*path)
    return tuple(dict(zip(head, (*row, *[""] * (len(head) - len(row))), strict=True)) for row in body)


@cache
def words(*path: str) -> frozenset[str]:
    """A packaged list of words, one a line."""
    return frozenset(lines(*path))


@cache
def wording(names: str) -> re.Pattern[str]:
    """Words and phrases in the tables' own notation as a regular expression that finds them as whole words, case aside.

    `|` stands between them, `*` for letters or digits, `#` for a number, `...` for anything, `^` and `$` for the text's start and end.

    >>> [bool(wording("*accurac*|top #|^time$").search(t)) for t in ("class accuracies", "top 5", "time", "training time")]
    [True, True, True, False]
    """
    signs = {r"\*": r"\w*", r"\#": r"\d+(?:\.\d+)?", r"\.\.\.": r"\b.*\b", r"\^": "^", r"\$": "$", r"\ ": " "}
    choices = []
    for name in names.split("|"):
        text = re.escape(name)
        for sign, pattern in signs.items():
            text = text.replace(sign, pattern)
        choices.append(text)
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)", re.IGNORECASE)
