"""Nodes: the spans between which relations are scored, and which pairs of them are worth a score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kg.nlp.labels import NODE_TYPES, REACH
from kg.nlp.wordpiece import Ints, Pieces

DISTANCE = 10
"""Distances between two nodes, counted in nodes, are told apart up to this many."""

_QUANTITY, _CONDITION = NODE_TYPES.index("Quantity"), NODE_TYPES.index("Condition")


class Span(NamedTuple):
    """A typed stretch of text: code points `[start, end)` and one of `NODE_TYPES`."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Nodes:
    """A text's nodes as the relation scorer takes them; all arrays have one row a node, `pairs` and `distances` one a pair.

    `first`, `last`: the node's first and last wordpiece. `types`: index into `NODE_TYPES`. `sentences`: which sentence.
    `pairs` is (pairs, 2): from, to. `distances`: one number for how far apart the two are, in order.
    """

    spans: tuple[Span, ...]
    first: Ints
    last: Ints
    types: Ints
    sentences: Ints
    pairs: Ints
    distances: Ints


def sentence_of(sentences: Sequence[tuple[int, int]], place: int) -> int:
    """The index of the sentence that holds the code point `place`; between two sentences, the one before."""
    starts = [s for s, _ in sentences]
    return max(0, int(np.searchsorted(starts, place, side="right")) - 1)


def build(spans: Iterable[Span], pieces: Pieces, sentences: Sequence[tuple[int, int]]) -> Nodes:
    """Nodes for `spans` and one `Own` node a sentence, in the order of the text. A span that no wordpiece touches is left out."""
    wanted = {*spans, *(Span(s, e, "Own") for s, e in sentences)}
    kept: list[tuple[Span, int, int]] = []
    for span in sorted(wanted, key=lambda x: (x.start, x.end, x.type)):
        first = int(np.searchsorted(pieces.spans[:, 1], span.start, side="right"))
        last = int(np.searchsorted(pieces.spans[:, 0], span.end, side="left")) - 1
        if first <= last:
            kept.append((span, first, last))
    types = np.array([NODE_TYPES.index(k[0].type) for k in kept], dtype=np.int64)
    where = np.array([sentence_of(sentences, k[0].start) for k in kept], dtype=np.int64)
    pairs = _pairs(types, where)
    return Nodes(
        tuple(k[0] for k in kept),
        np.array([k[1] for k in kept], dtype=np.int64),
        np.array([k[2] for k in kept], dtype=np.int64),
        types,
        where,
        pairs,
        _distances(pairs, where),
    )


def _pairs(types: Ints, where: Ints) -> Ints:
    """Ordered pairs within reach. Figures only reach to metrics and datasets; a condition to nothing."""
    near = np.abs(where[:, None] - where[None, :]) <= REACH
    near &= (types != _CONDITION)[:, None]
    to_attribute = np.isin(types, [NODE_TYPES.index("Metric"), NODE_TYPES.index("Dataset")])
    near &= (types != _QUANTITY)[:, None] | to_attribute[None, :]
    return np.argwhere(near).astype(np.int64)


def _distances(pairs: Ints, where: Ints) -> Ints:
    steps = np.clip(pairs[:, 1] - pairs[:, 0], -DISTANCE, DISTANCE) + DISTANCE
    hops = where[pairs[:, 1]] - where[pairs[:, 0]] + REACH
    distances: Ints = hops * (2 * DISTANCE + 1) + steps
    return distances
