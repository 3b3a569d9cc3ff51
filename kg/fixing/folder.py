"""A folder that `kg build` wrote, and the corrections in it: added, undone, listed, as training records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build import STORE, Extract, rebuild, unmet
from kg.fixing.check import NotThere, Refused, judged, settled
from kg.gold import corrected_records
from kg.query.answer import Answer, read_line
from kg.query.names import UnknownName, nearest
from kg.record import ENTITY_TYPES, Record
from kg.resolve import resolve
from kg.resolve.corrected import UNDONE, apply, corrected
from kg.resolve.corrections import Accept, Correction, Reject, in_words, kind_of, state
from kg.resolve.corrections_file import CORRECTIONS, Corrections, read
from kg.resolve.name_table import Ambiguous, NameTable, NotFound, Unmet
from kg.resolve.node import of_paper
from kg.resolve.review import review
from kg.sources.problem import Problem
from kg.store import Store

LISTED = ("n", "fix", "what", "state", "why", "note")


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction, or undoing it, did: its line and itself (None for a damaged line), the claims that left the graph and that came
    in (ids), the corrections that no longer apply because of it, and how large the graph is now."""

    line: int
    correction: Correction | None
    gone: tuple[str, ...]
    came: tuple[str, ...]
    unmet: tuple[Problem, ...]
    nodes: int
    edges: int


def add(out: Path, correction: Correction, *, extract: Extract | None = None) -> Change:
    """Add a correction to those in `out`, and make the graph anew.

    A Reject or Accept needs no more than the claim's id; `check.judged` says what `extract` is for. Raises UnknownName, NotThere, Refused,
    MissingStore, StoreError or OSError; then nothing was written.
    """
    folder = _Folder(out)
    earlier = folder.corrections.numbered
    if isinstance(correction, Reject | Accept):
        complete: Correction = judged(folder.records, earlier, correction, extract)
        new = folder.corrections.with_added(complete)
    else:
        reviewed = review(folder.records, earlier).records
        plain = resolve(reviewed)
        table = NameTable(plain, reviewed)
        before = apply(table, earlier)
        try:
            complete = settled(table, earlier, correction)
        except NotFound as error:
            with Store(out / STORE, read_only=True) as store:
                near = nearest(store, error.name, (error.type,) if error.type else ENTITY_TYPES)
            raise UnknownName(error.name, near, error.type or "name") from error
        except Ambiguous as error:
            raise NotThere(f"{error}.") from error
        except Unmet as error:
            raise Refused(f"{error}.") from error
        new = folder.corrections.with_added(complete)
        after = corrected(plain, reviewed, new.numbered)
        if reason := after.unmet.get(len(new.lines)):
            raise Refused(f"{in_words(complete)}: {reason}.")
        if undone := [(n, c) for n, c in earlier if after.unmet.get(n) == UNDONE != before.get(n)]:
            lines = ", ".join(f"kg fix undo {n} ({in_words(c)})" for n, c in undone)
            raise Refused(f"That contradicts what was said before. First: {lines}.")
        if after == table.resolution(before):
            raise Refused(f"{in_words(complete)}: it is so already.")
    return _written(folder, new, len(new.lines), complete)


def undo(out: Path, line: int) -> Change:
    """Take a line out of the corrections in `out`, and make the graph as if it had never been there. Raises Refused, and as `add`."""
    folder = _Folder(out)
    undone = next((c for n, c in folder.corrections.numbered if n == line), None)
    try:
        new = folder.corrections.without(line)
    except KeyError:
        raise Refused(f"There is no correction {line} in {out / CORRECTIONS}. See them with: kg fix list") from None
    return _written(folder, new, line, undone)


def listed(out: Path) -> Answer:
    """The corrections in `out`, each with its number, what it says, and whether it applies. Raises as `add`."""
    folder = _Folder(out)
    reasons = folder.reasons()
    titles = {record.paper.id: record.paper.title for record in folder.records}
    rows: list[dict[str, Any]] = []
    for n, c in folder.corrections.numbered:
        title = titles.get(getattr(c, "paper", None) or "")
        what = of_paper(in_words(c), title) if title else in_words(c)
        rows.append({"n": n, "fix": kind_of(c), "what": what, "state": state(reasons.get(n)), "why": reasons.get(n), "note": c.note})
    for n, reason in folder.corrections.damaged:
        rows.append(dict.fromkeys(LISTED) | {"n": n, "what": folder.corrections.lines[n - 1], "state": "can't be read", "why": reason})
    return Answer(f"Corrections in {out / CORRECTIONS}", LISTED, sorted(rows, key=lambda row: row["n"]), folder.reads)


def training_records(out: Path) -> list[dict[str, Any]]:
    """Gold records of the papers that the corrections in `out` touch (see `kg.gold.corrected_records`). Raises as `add`."""
    folder = _Folder(out)
    return list(corrected_records(folder.records, folder.corrections.numbered))


class _Folder:
    """The records, the claims in the graph, and the corrections."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with Store(path / STORE, read_only=True) as store:
            counts = store.counts()
            self.claims = {edge.data["claim"] for relation in counts.edges for edge in store.edges(relation) if "claim" in edge.data}
            self.records: Sequence[Record] = list(store.records())
        self.reads = read_line(counts)
        self.corrections = read(path)

    def reasons(self) -> dict[int, str]:
        """By line why a correction does not apply."""
        reviewed = review(self.records, self.corrections.numbered)
        return {**reviewed.unmet, **resolve(reviewed.records, self.corrections.numbered).unmet}


def _written(folder: _Folder, new: Corrections, line: int, correction: Correction | None) -> Change:
    """Write the corrections and the graph; what that changed."""
    reasons = folder.reasons()
    known = [(c, reasons[n]) for n, c in folder.corrections.numbered if n in reasons]
    made = rebuild(folder.path, new, instead_of=folder.corrections)
    fresh = {n: made.unmet[n] for n, c in new.numbered if n in made.unmet and (c, made.unmet[n]) not in known}
    claims = {data["claim"] for _, _, data in made.graph.edges(data=True) if "claim" in data}
    return Change(
        line,
        correction,
        tuple(sorted(folder.claims - claims)),
        tuple(sorted(claims - folder.claims)),
        unmet(folder.path, new, fresh),
        made.graph.number_of_nodes(),
        made.graph.number_of_edges(),
    )
