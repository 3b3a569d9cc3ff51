"""What the network saw in one text, arranged so that claims can be read off: scores by node, by name, by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.nlp.decode import Floats
from kg.nlp.entities import Group
from kg.nlp.labels import NODE_LABELS, PAIR_LABELS
from kg.nlp.nodes import Nodes, Span
from kg.nlp.runtime import Scores
from kg.record import THIS

SYSTEMS = frozenset({"Model", "Dataset", "Baseline", "Own"})
"""Node types that can win, lose or reach something."""

Sentences = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Reading:
    """One text with its nodes, their scores and the entities they belong to.

    `pair` is (nodes, nodes, PAIR_LABELS), zero where a pair was not scored. `names[k]` is the entity of node k: the
    paper's own main name or `THIS` for an `Own` node, None for figures and conditions.
    """

    text: str
    sentences: Sentences
    groups: tuple[Group, ...]
    spans: tuple[Span, ...]
    where: list[int]
    names: list[str | None]
    node: Floats
    pair: Floats
    main: str

    def score(self, heads: Iterable[int], tails: Iterable[int], label: str) -> float:
        """The highest probability of `label` from one of `heads` to one of `tails`."""
        column = PAIR_LABELS.index(label)
        return max((float(self.pair[i, j, column]) for i in heads for j in tails), default=0.0)

    def near(self, sentence: int, type_: str) -> dict[str, list[int]]:
        """Nodes of a type by name within reach of a sentence: those of the sentence itself where a name stands there."""
        here: dict[str, list[int]] = defaultdict(list)
        beside: dict[str, list[int]] = defaultdict(list)
        for k, span in enumerate(self.spans):
            name = self.names[k]
            if span.type == type_ and name is not None and abs(self.where[k] - sentence) <= 1:
                (here if self.where[k] == sentence else beside)[name].append(k)
        return {**beside, **here}

    def quantities(self, sentence: int) -> list[int]:
        """The figures of a sentence, in order."""
        return [k for k, span in enumerate(self.spans) if span.type == "Quantity" and self.where[k] == sentence]

    def string(self, node: int) -> str:
        """What stands at a node."""
        span = self.spans[node]
        return self.text[span.start : span.end]


def arrange(text: str, sentences: Sentences, nodes: Nodes, scores: Scores, groups: Sequence[Group], main_threshold: float = 0.5) -> Reading:
    """A `Reading` of the scores. `Own` nodes get the name that the paper proposes first, if a name is likely enough."""
    of_span = {span: g.name for g in groups for span in g.spans}
    by_entity = pooled(nodes, scores, of_span)
    column = NODE_LABELS.index("main")
    likely = {g.name: float(by_entity[g.name][column]) for g in groups if g.type in ("Model", "Dataset") and g.name in by_entity}
    best = max(likely, key=lambda name: likely[name], default=None)
    main = best if best is not None and likely[best] >= main_threshold else THIS
    names = [main if s.type == "Own" else of_span.get(s) for s in nodes.spans]
    pair = np.zeros((len(nodes.spans), len(nodes.spans), len(PAIR_LABELS)))
    if len(nodes.pairs):
        pair[nodes.pairs[:, 0], nodes.pairs[:, 1]] = scores.pair
    return Reading(text, sentences, tuple(groups), nodes.spans, nodes.sentences.tolist(), names, scores.node, pair, main)


def pooled(nodes: Nodes, scores: Scores, of_span: dict[Span, str]) -> dict[str, Floats]:
    """Scores (NODE_LABELS,) of each entity: the highest of its mentions."""
    found: dict[str, Floats] = {}
    for k, span in enumerate(nodes.spans):
        if (name := of_span.get(span)) is not None:
            found[name] = np.maximum(found[name], scores.node[k]) if name in found else scores.node[k]
    return found
