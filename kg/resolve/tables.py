"""The tables under `kg/data` that names, families, metrics and quantities are read by; each is read once, when first needed."""

from __future__ import annotations

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
