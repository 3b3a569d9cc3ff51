"""`Record`: what one abstract says, as values. The schema is the one of `records.jsonl` and of the gold data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from kg.paper import Paper

THIS = "THIS"
"""The paper's own method where it has no name; stands in claims, is never an entity."""

EntityType = Literal["Model", "Dataset", "Metric", "Task", "Baseline"]
Verdict = Literal["better", "comparable"]
Hedge = Literal["max", "min", "mean", "approx"]
DeltaKind = Literal["absolute", "relative", "factor", "unknown"]
ENTITY_TYPES: tuple[EntityType, ...] = ("Model", "Dataset", "Metric", "Task", "Baseline")
SUPPORTED: tuple[str, ...] = ("proposes", "evaluated_on", "addresses", "builds_on")
"""Kinds of lists of names that a record holds, each name with its evidence in `support`."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A surface form in place: code points `[start, end)` of `Paper.text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that the text names, with every place where it does so."""

    name: str
    type: EntityType
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim has: its evidence sentence `[start, end)` of `Paper.text` and a confidence in [0, 1], 3 decimals."""

    start: int
    end: int
    confidence: float
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Claim):
    """`s` is better than `o`, or comparable to it. Names are the record's entity names, or `THIS`; quantities are copied text."""

    s: str
    o: str
    v: Verdict
    d: str | None = None
    m: str | None = None
    t: str | None = None
    delta: str | None = None
    sv: str | None = None
    ov: str | None = None
    cond: str | None = None
    q: Hedge | None = None
    delta_kind: DeltaKind | None = None
    bg: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Claim):
    """`s` reaches `value` (copied text) of metric `m` on dataset `d`."""

    s: str
    value: str
    d: str | None = None
    m: str | None = None
    t: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sota(Claim):
    """`s` is said to be the state of the art on dataset `d`, else task `t`, else at large."""

    s: str
    d: str | None = None
    t: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Where the text shows that `name` belongs into the record's list `kind` (one of `SUPPORTED`)."""

    kind: str
    name: str
    start: int
    end: int
    confidence: float


KIND_OF: dict[type[Claim], str] = {Comparison: "comparison", Result: "result", Sota: "sota"}


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read from one paper. `sentences` are `[start, end)` into `paper.text`; the first is the title."""

    paper: Paper
    sentences: tuple[tuple[int, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    proposes: tuple[str, ...] = ()
    evaluated_on: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    results: tuple[Result, ...] = ()
    sota: tuple[Sota, ...] = ()
    support: tuple[Support, ...] = field(default=())

    def claims(self) -> Iterator[Comparison | Result | Sota]:
        """Comparisons, results and state-of-the-art claims, in that order."""
        yield from self.comparisons
        yield from self.results
        yield from self.sota

    def to_dict(self) -> dict[str, Any]:
        """The record as the JSON object of the schema; absent attributes are left out."""
        return {
            **self.paper.to_dict(),
            "sentences": [list(s) for s in self.sentences],
            "entities": [
                {"name": e.name, "type": e.type, "mentions": [{"start": m.start, "end": m.end, "text": m.text} for m in e.mentions]}
                for e in self.entities
            ],
            **{kind: list(getattr(self, kind)) for kind in SUPPORTED},
            "comparisons": [claim_dict(c) for c in self.comparisons],
            "results": [claim_dict(c) for c in self.results],
            "sota": [claim_dict(c) for c in self.sota],
            "support": [{f.name: getattr(s, f.name) for f in fields(s)} for s in self.support],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Record:
        """The inverse of `to_dict`. Raises KeyError or TypeError on an object that does not have the schema."""
        return cls(
            paper=Paper.from_dict(data),
            sentences=tuple((s, e) for s, e in data.get("sentences", ())),
            entities=tuple(
                Entity(e["name"], e["type"], tuple(Mention(m["start"], m["end"], m["text"]) for m in e["mentions"]))
                for e in data.get("entities", ())
            ),
            proposes=tuple(data.get("proposes", ())),
            evaluated_on=tuple(data.get("evaluated_on", ())),
            addresses=tuple(data.get("addresses", ())),
            builds_on=tuple(data.get("builds_on", ())),
            comparisons=tuple(Comparison(**c) for c in data.get("comparisons", ())),
            results=tuple(Result(**c) for c in data.get("results", ())),
            sota=tuple(Sota(**c) for c in data.get("sota", ())),
            support=tuple(Support(**c) for c in data.get("support", ())),
        )

    def to_json(self) -> str:
        """One line of `records.jsonl`, without the line break."""
        return json.dumps(self.to_dict(), ensure_ascii=False)


_ORDER = ("id", "s", "o", "v", "d", "m", "t", "delta", "delta_kind", "q", "sv", "ov", "value", "cond", "bg", "start", "end", "confidence")


def claim_dict(claim: Claim) -> dict[str, Any]:
    """A claim as a JSON object: what is absent (None, False, "") is left out."""
    values = {k: getattr(claim, k, None) for k in _ORDER}
    return {k: v for k, v in values.items() if v is not None and v is not False and v != ""}


def claim_id(paper_id: str, sentence: str, claim: Claim) -> str:
    """Twelve hexadecimal digits that name a claim across rebuilds.

    A hash of paper id, kind, sentence text and all fields except `start`, `end`, `confidence`, so that moving the sentence
    or resolving a name differently leaves it unchanged.
    """
    said = {k: v for k, v in claim_dict(claim).items() if k not in ("id", "start", "end", "confidence")}
    parts = json.dumps([paper_id, KIND_OF[type(claim)], sentence, said], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def support_id(paper_id: str, sentence: str, support: Support) -> str:
    """Twelve hexadecimal digits that name an entry of `proposes`, `evaluated_on`, `addresses` or `builds_on` across rebuilds."""
    parts = json.dumps([paper_id, support.kind, sentence, support.name], ensure_ascii=False)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:12]
