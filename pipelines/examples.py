"""Gold records -> examples: the spans, tags and labelled pairs that the network learns from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kg.nlp import quantities
from kg.nlp.labels import CONDITION_TAGS, DELTA_KINDS, HEDGES, MENTION_TYPES, TAGS
from kg.nlp.nodes import Span, sentence_of
from kg.nlp.wordpiece import Ints, Pieces, encode
from kg.record import THIS
from pipelines.score import occurrences

Positive = tuple[Span, Span, str]


@dataclass
class Example:
    """One document. `positives` are labelled pairs of nodes, `unary` the labels of single ones, `entities` spans by entity."""

    id: str
    text: str
    sentences: list[tuple[int, int]]
    pieces: Pieces
    tags: Ints
    conditions: Ints
    spans: set[Span]
    positives: set[Positive] = field(default_factory=set)
    unary: set[tuple[Span, str]] = field(default_factory=set)
    entities: list[tuple[list[Span], set[str]]] = field(default_factory=list)


def overlap(a: Span, b: Span) -> int:
    """Code points that two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def longest(spans: Iterable[Span]) -> list[Span]:
    """Without the spans that lie in or over a longer one, as the scorer counts them."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start - s.end, s.start, s.end, s.type)):
        if not any(overlap(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def candidates(text: str, mentions: Iterable[Span]) -> list[Span]:
    """Figures in `text` that are no part of a mention."""
    taken = list(mentions)
    found = [Span(q.start, q.end, "Quantity") for q in quantities.find(text)]
    return [q for q in found if not any(overlap(q, m) for m in taken)]


def bio(spans: Iterable[Span], pieces: Pieces, labels: tuple[str, ...]) -> Ints:
    """A label index for each wordpiece."""
    tags = np.zeros(len(pieces), dtype=np.int64)
    for span in spans:
        touched = np.flatnonzero((pieces.spans[:, 0] < span.end) & (pieces.spans[:, 1] > span.start))
        if len(touched):
            tags[touched] = labels.index(f"I-{span.type}")
            tags[touched[0]] = labels.index(f"B-{span.type}")
    return tags


class _Places:
    """Where the names and strings of one gold record stand."""

    def __init__(self, record: dict[str, Any], text: str) -> None:
        self.sentences = [tuple(s) for s in record["sentences"]]
        self.main = next(iter(record["proposes"]), THIS)
        types = {e["name"]: e["type"] for e in record["entities"]}
        said = {
            e["name"]: [Span(a, b, e["type"]) for m in dict.fromkeys(e["mentions"]) for a, b in occurrences(text, m)]
            for e in record["entities"]
        }
        self.mentions = longest(s for spans in said.values() for s in spans)
        kept = set(self.mentions)
        self.of = {name: [s for s in dict.fromkeys(spans) if s in kept] for name, spans in said.items()}
        self.types = types
        self.text = text

    def own(self, k: int) -> Span:
        return Span(*self.sentences[k], "Own")

    def near(self, name: str | None, k: int, *, system: bool = False) -> list[Span]:
        """Nodes that stand for `name` in a claim of sentence `k`: mentions there, else `Own` for the paper's method, else next door."""
        if name is None:
            return []
        if name == THIS:
            return [self.own(k)]
        by_hop: dict[int, list[Span]] = defaultdict(list)
        for span in self.of.get(name, ()):
            by_hop[sentence_of(self.sentences, span.start) - k].append(span)
        if by_hop.get(0):
            return by_hop[0]
        if system and name == self.main:
            return [self.own(k)]
        return by_hop.get(-1) or by_hop.get(1) or []

    def string(self, figure: str | None, k: int, kind: str) -> list[Span]:
        if not figure:
            return []
        start, end = self.sentences[k]
        return [Span(start + a, start + b, kind) for a, b in occurrences(self.text[start:end], figure)]


def example(record: dict[str, Any], tokenizer: Any) -> Example:
    """The example that a gold record makes."""
    text = record["title"] + "\n" + record["abstract"]
    places = _Places(record, text)
    sentences = list(places.sentences)
    pieces = encode(tokenizer, text, sentences)
    found = candidates(text, places.mentions)
    conditions = longest(s for c in record["comparisons"] for s in places.string(c.get("cond"), c["sent"], "Condition"))
    out = Example(
        record["id"],
        text,
        sentences,
        pieces,
        bio(places.mentions, pieces, TAGS),
        bio(conditions, pieces, CONDITION_TAGS),
        {*places.mentions, *found, *conditions},
    )

    def figures(string: str | None, k: int) -> list[Span]:
        """Candidates where the copied figure stands; the figure itself where no candidate touches it."""
        spans = []
        for span in places.string(string, k, "Quantity"):
            best = max(found, key=lambda q: (overlap(q, span), -abs(q.start - span.start)), default=None)
            if best is None or not overlap(best, span):
                best = span
                out.spans.add(span)
            spans.append(best)
        return spans

    def link(heads: list[Span], tails: list[Span], label: str) -> None:
        out.positives.update((a, b, label) for a in heads for b in tails)

    for c in record["comparisons"]:
        k = c["sent"]
        s, o = places.near(c["s"], k, system=True), places.near(c["o"], k, system=True)
        m, d = places.near(c.get("m"), k), places.near(c.get("d"), k)
        link(s, o, c["v"])
        if c.get("bg"):
            link(s, o, "background")
        link(s, m, "subject_metric")
        link(o, m, "object_metric")
        link(s, d, "subject_dataset")
        link(o, d, "object_dataset")
        link(m, d, "metric_dataset")
        delta = figures(c.get("delta"), k)
        link(s, delta, "subject_delta")
        link(o, delta, "object_delta")
        out.unary.update((q, c[key]) for key in ("q", "delta_kind") if c.get(key) in (*HEDGES, *DELTA_KINDS) for q in delta)
        sv, ov = figures(c.get("sv"), k), figures(c.get("ov"), k)
        link(s, sv, "subject_value")
        link(o, ov, "object_value")
        link(delta + sv + ov, m, "quantity_metric")
        link(delta + sv + ov, d, "quantity_dataset")
        link(o, [x for x in conditions for y in places.string(c.get("cond"), k, "Condition") if overlap(x, y)], "object_condition")
    for c in record["results"]:
        k = c["sent"]
        value, m, d = figures(c["value"], k), places.near(c.get("m"), k), places.near(c.get("d"), k)
        link(places.near(c["s"], k, system=True), value, "result")
        link(value, m, "quantity_metric")
        link(value, d, "quantity_dataset")
        link(m, d, "metric_dataset")
    for c in record["sota"]:
        k = c["sent"]
        for s in places.near(c["s"], k, system=True):
            target = places.near(c.get("d"), k) or places.near(c.get("t"), k)
            link([s], target or [s], "sota")
    for e in record["entities"]:
        labels = {kind for kind in ("proposes", "evaluated_on", "addresses", "builds_on") if e["name"] in record[kind]}
        if e["name"] == places.main:
            labels.add("main")
        if spans := places.of[e["name"]]:
            out.entities.append((spans, labels))
    assert all(s.type in (*MENTION_TYPES, "Quantity", "Condition") for s in out.spans)
    return out


def examples(records: Iterable[dict[str, Any]], tokenizer: Any) -> Iterator[Example]:
    """An example a record, in order."""
    for record in records:
        yield example(record, tokenizer)
