"""Answers as text: a table for the terminal, JSON, CSV, Markdown. Other people's text is made harmless in each."""

from __future__ import annotations

from typing import Literal, get_args

from kg.query.answer import Answer

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)

WIDTH = 100
"""Columns of a table that goes into a file or a pipe."""


def render(answer: Answer, format: Format = "table", width: int | None = None, *, color: bool = False) -> str:
    """The answer in one of `FORMATS`, ending in a line break.

    `table` is never wider than `width` (default 100) and ends with what was read and the notes, as `md` does. `json` is a list of
    objects and `csv` has a header, both with all keys and nothing else: what was read is `answer.read`.
    Raises ValueError for another format.
    """
    if format == "table":
        from kg.present.table import as_table

        return as_table(answer, width or WIDTH, color=color)
    if format == "json":
        from kg.present.as_json import as_json

        return as_json(answer)
    if format == "csv":
        from kg.present.as_csv import as_csv

        return as_csv(answer)
    if format == "md":
        from kg.present.as_md import as_md

        return as_md(answer)
    raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")


__all__ = ["FORMATS", "WIDTH", "Format", "render"]
