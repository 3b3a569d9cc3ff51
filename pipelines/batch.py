"""Examples -> tensors: windows padded into one batch, nodes and pairs of all documents laid end to end."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.nlp import nodes
from kg.nlp.labels import NODE_LABELS, PAIR_LABELS
from kg.nlp.nodes import Nodes, Span
from pipelines.examples import Example


@dataclass
class Text:
    """The encoder's input for several documents. `take` picks the wordpieces out of the padded windows, document by document."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    take: Tensor
    starts: list[int]


@dataclass
class Graph:
    """The relation scorer's input and labels for several documents."""

    first: Tensor
    last: Tensor
    types: Tensor
    sentences: Tensor
    pairs: Tensor
    distances: Tensor
    counts: list[int]
    pair_labels: Tensor
    node_labels: Tensor
    entity_nodes: Tensor
    entity_of: Tensor
    entity_labels: Tensor


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of about `pieces` wordpieces, of like length and in random order."""
    order = sorted(examples, key=lambda e: len(e.pieces) + rng.uniform(-40, 40))
    groups: list[list[Example]] = [[]]
    for e in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(e.pieces) > pieces:
            groups.append([])
        groups[-1].append(e)
    rng.shuffle(groups)
    yield from groups


def text(examples: Sequence[Example]) -> Text:
    """The windows of all documents, padded to the longest."""
    windows = [(k, w) for k, e in enumerate(examples) for w in e.pieces.windows]
    longest = max(len(w.ids) for _, w in windows)
    ids = torch.zeros(len(windows), longest, dtype=torch.long)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    take = []
    for row, (_, w) in enumerate(windows):
        n = len(w.ids)
        ids[row, :n], shapes[row, :n], mask[row, :n] = torch.from_numpy(w.ids), torch.from_numpy(w.shapes), 1
        take.append(torch.arange(1, n - 1) + row * longest)
    starts = np.cumsum([0, *(len(e.pieces) for e in examples)]).tolist()
    return Text(ids, shapes, mask, torch.cat(take), starts)


def graph(examples: Sequence[Example], starts: Sequence[int], extra: Sequence[set[Span]]) -> Graph:
    """Nodes and labelled pairs; `extra` are spans that the tagger invents, shown to the scorer as nodes without any relation."""
    parts: list[Nodes] = []
    pair_rows, node_rows, entity_nodes, entity_of, entity_labels = [], [], [], [], []
    offset = 0
    for e, more in zip(examples, extra, strict=True):
        n = nodes.build(e.spans | more, e.pieces, e.sentences)
        index = {span: i for i, span in enumerate(n.spans)}
        row_of = {(int(a), int(b)): r for r, (a, b) in enumerate(n.pairs)}
        labels = torch.zeros(len(n.pairs), len(PAIR_LABELS))
        for a, b, label in e.positives:
            if a in index and b in index and (row := row_of.get((index[a], index[b]))) is not None:
                labels[row, PAIR_LABELS.index(label)] = 1
        unary = torch.zeros(len(n.spans), len(NODE_LABELS))
        for span, label in e.unary:
            if span in index:
                unary[index[span], NODE_LABELS.index(label)] = 1
        for spans, names in [*e.entities, *(([s], set[str]()) for s in sorted(more))]:
            row_labels = torch.zeros(len(NODE_LABELS))
            for name in names:
                row_labels[NODE_LABELS.index(name)] = 1
            here = [index[s] + offset for s in spans if s in index]
            entity_nodes += here
            entity_of += [len(entity_labels)] * len(here)
            entity_labels.append(row_labels)
        parts.append(n)
        pair_rows.append(labels)
        node_rows.append(unary)
        offset += len(n.spans)

    def joined(name: str, shift: Sequence[int] | None = None) -> Tensor:
        return torch.cat([torch.from_numpy(getattr(n, name)) + (shift[k] if shift else 0) for k, n in enumerate(parts)])

    counts = [len(n.spans) for n in parts]
    node_starts = np.cumsum([0, *counts]).tolist()
    return Graph(
        joined("first", starts),
        joined("last", starts),
        joined("types"),
        joined("sentences"),
        joined("pairs", node_starts),
        joined("distances"),
        counts,
        torch.cat(pair_rows),
        torch.cat(node_rows),
        torch.tensor(entity_nodes, dtype=torch.long),
        torch.tensor(entity_of, dtype=torch.long),
        torch.stack(entity_labels) if entity_labels else torch.zeros(0, len(NODE_LABELS)),
    )
