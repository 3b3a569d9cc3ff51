"""`Answer`: rows, and what was read to find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from kg.store.rows import Counts


class ClaimRow(TypedDict):
    """One claim as an answer gives it; every key is always there, None where the text does not say.

    `subject`, `object`, `dataset`, `metric` and `task` are labels, `delta`, `subject_value` and `object_value` copied text,
    `delta_value` a number (see DESIGN's graph: subject minus object when `delta_kind` is absolute, a signed share of the object when
    relative, a quotient when a factor). `background`: not this paper's result. `own`: the subject's own paper says so.
    """

    claim: str | None
    relation: str
    subject: str
    object: str
    dataset: str | None
    metric: str | None
    task: str | None
    delta: str | None
    delta_value: float | None
    delta_kind: str | None
    unit: str | None
    hedge: str | None
    condition: str | None
    subject_value: str | None
    object_value: str | None
    paper: str | None
    title: str | None
    url: str | None
    year: int | None
    sentence: str | None
    confidence: float | None
    background: bool
    own: bool


CLAIM_COLUMNS: tuple[str, ...] = tuple(ClaimRow.__annotations__)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `rows` in a stable order, each with the keys `columns`.

    `title` says in words what was asked, `read` how much was read to answer it ("475 papers, 312 of them with claims"), `notes`
    what else a reader must know: an ambiguous name, rows left out, papers without a year.
    """

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]
    read: str
    notes: tuple[str, ...] = ()

    def limited(self, limit: int | None) -> Answer:
        """The first `limit` rows, with a note when that leaves some out; None keeps all."""
        if limit is None or len(self.rows) <= limit:
            return self
        note = f"The first {limit:,} of {len(self.rows):,} rows."
        return replace(self, rows=self.rows[:limit], notes=(*self.notes, note))


def read_line(counts: Counts) -> str:
    """How much was read, so that silence is not taken for evidence."""
    return f"{counted(counts.papers, 'paper')}, {counts.with_claims:,} of them with claims"


def counted(number: int, noun: str) -> str:
    """`1 paper`, `1,200 papers`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
