"""`Problem`: an input, or a part of one, that could not be read, in words for the user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: `source` as the user gave it, `where` in it (`line 3`, None for all of it), and the reason."""

    source: str
    where: str | None
    reason: str

    def __str__(self) -> str:
        """`papers.jsonl, line 3: ...`, safe to print: characters that could steer a terminal are written as escapes."""
        place = f"{self.source}, {self.where}" if self.where else self.source
        return _printable(f"{place}: {self.reason}")


Report = Callable[[str | None, str], None]
"""How a reader names a problem: `report(where, reason)`; it does not know what the user called its source."""


def quote(text: str, width: int = 60) -> str:
    """Other people's text for a message: quoted, cut to `width` characters, control characters escaped."""
    return repr(text if len(text) <= width else text[: width - 1] + "…")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
