"""Scores -> comparisons: which pairs are claimed, and the dataset, metric and figures of each."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import Literal

from kg.nlp.decoding import FLOOR, Decoding
from kg.nlp.labels import DELTA_KINDS, HEDGES, NODE_LABELS, PAIR_LABELS
from kg.nlp.reading import SYSTEMS, Reading
from kg.record import Comparison

Verdict = Literal["better", "comparable"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Subject and object of a claim in a sentence, with the nodes that stand for them there."""

    s: str
    o: str
    v: Verdict
    sentence: int
    heads: tuple[int, ...]
    tails: tuple[int, ...]
    probability: float


def pairs(reading: Reading, floor: float = FLOOR) -> list[Pair]:
    """Every claimed pair, the likelier direction where both are; in order of the text."""
    found: dict[tuple[str, str, Verdict, int], list[tuple[int, int, float]]] = defaultdict(list)
    verdicts: tuple[Verdict, ...] = ("better", "comparable")
    for v in verdicts:
        probability = reading.pair[:, :, PAIR_LABELS.index(v)]
        for i, j in zip(*(probability >= floor).nonzero(), strict=True):
            s, o = reading.names[i], reading.names[j]
            if s is None or o is None or s == o or reading.spans[i].type not in SYSTEMS or reading.spans[j].type not in SYSTEMS:
                continue
            found[s, o, v, _evidence(reading, int(i), int(j))].append((int(i), int(j), float(probability[i, j])))
    kept = []
    for (s, o, v, k), nodes in found.items():
        p = max(x[2] for x in nodes)
        reverse = max((x[2] for x in found.get((o, s, v, k), ())), default=0.0)
        if reverse > p or (reverse == p and o < s):
            continue
        # Only the nodes that carry the claim say what belongs to it: a second mention further off does not.
        strong = [x for x in nodes if x[2] >= p / 2]
        kept.append(Pair(s, o, v, k, tuple(sorted({x[0] for x in strong})), tuple(sorted({x[1] for x in strong})), p))
    return sorted(kept, key=lambda x: (x.sentence, x.tails, x.heads, x.v))


def _evidence(reading: Reading, i: int, j: int) -> int:
    """The sentence that states a claim: where its own method stands unnamed, else the later of the two."""
    for k in (i, j):
        if reading.spans[k].type == "Own":
            return reading.where[k]
    return max(reading.where[i], reading.where[j])


def comparisons(reading: Reading, task: dict[int, str], decoding: Decoding) -> list[Comparison]:
    """All comparisons of a text, one for each pair, dataset and metric; `task` gives the task that a sentence speaks of."""
    claimed = pairs(reading)
    likely = {(p.s, p.o, p.sentence, p.v) for p in claimed if p.probability >= 0.5}
    out: list[Comparison] = []
    for pair in claimed:
        both = {(pair.s, pair.o, pair.sentence, v) for v in ("better", "comparable")} <= likely
        for c in _spelled_out(reading, pair, task.get(pair.sentence), decoding, both=both):
            if c not in out:
                out.append(c)
    return out


def _spelled_out(reading: Reading, pair: Pair, task: str | None, decoding: Decoding, *, both: bool) -> list[Comparison]:
    """One comparison for each figure with its metric and dataset, else for each metric and dataset of the pair."""
    k = pair.sentence
    figures = reading.quantities(k)
    metrics, datasets = reading.near(k, "Metric"), reading.near(k, "Dataset")

    def belongs(nodes: list[int], kind: str) -> float:
        # Both ends must say so: with two objects and two figures, each figure is the subject's and one object's.
        return math.sqrt(reading.score(pair.heads, nodes, f"subject_{kind}") * reading.score(pair.tails, nodes, f"object_{kind}"))

    deltas = [q for q in figures if belongs([q], "delta") >= decoding.delta] if pair.v == "better" else []
    said_metrics = {m: p for m, n in metrics.items() if (p := belongs(n, "metric")) >= decoding.metric}
    said_datasets = {d: p for d, n in datasets.items() if (p := belongs(n, "dataset")) >= decoding.dataset}
    rows: list[tuple[int | None, str | None, str | None]] = []
    for q in deltas:
        of_metric = {m: p for m, n in metrics.items() if (p := reading.score([q], n, "quantity_metric")) >= decoding.metric}
        of_dataset = {d: p for d, n in datasets.items() if (p := reading.score([q], n, "quantity_dataset")) >= decoding.dataset}
        rows += product(
            [q],
            sorted(of_metric) or [_best(said_metrics)],
            sorted(of_dataset) or ([None] if len(deltas) > 1 else sorted(said_datasets) or [None]),
        )
    used_m, used_d = {m for _, m, _ in rows}, {d for _, _, d in rows}
    if both and pair.v == "better" and rows:
        said_metrics = {m: p for m, p in said_metrics.items() if m in used_m}  # the rest is what they are comparable on
    left_m = [m for m in sorted(said_metrics) if m not in used_m]
    left_d = [d for d in sorted(said_datasets) if d not in used_d]
    if not rows:
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, sorted(said_metrics), sorted(said_datasets))]
    else:
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, left_m, sorted(said_datasets)) if m is not None]
        rows += [
            (None, m, d)
            for m, d in _combined(reading, metrics, datasets, sorted(said_metrics), left_d)
            if d is not None and m not in left_m
        ]
    return [_comparison(reading, pair, q, m, d, task, decoding, figures) for q, m, d in rows]


def _best(said: dict[str, float]) -> str | None:
    return max(sorted(said), key=lambda x: said[x], default=None)


def _combined(
    reading: Reading, metrics: dict[str, list[int]], datasets: dict[str, list[int]], ms: list[str], ds: list[str]
) -> list[tuple[str | None, str | None]]:
    """Metrics with datasets: the pairs that the text joins, else each with each."""
    if not ms or not ds:
        return [(m, d) for m in ms or [None] for d in ds or [None]]
    joined = {(m, d) for m in ms for d in ds if reading.score(metrics[m], datasets[d], "metric_dataset") >= 0.5}
    rows: list[tuple[str | None, str | None]] = []
    for m in ms:
        own = [d for d in ds if (m, d) in joined]
        rows += [(m, d) for d in own or ds]
    return rows + [(None, d) for d in ds if all(d != r[1] for r in rows)]


def _comparison(
    reading: Reading, pair: Pair, q: int | None, m: str | None, d: str | None, task: str | None, decoding: Decoding, figures: list[int]
) -> Comparison:
    metrics, datasets = reading.near(pair.sentence, "Metric"), reading.near(pair.sentence, "Dataset")

    def value(nodes: tuple[int, ...], label: str) -> str | None:
        """The figure that is this system's own on this metric and dataset."""
        best, best_score = None, 0.0
        for f in figures:
            p = reading.score(nodes, [f], label)
            if f == q or p < decoding.value:
                continue
            fit_m = reading.score([f], metrics[m], "quantity_metric") if m is not None else 0.5
            fit_d = reading.score([f], datasets[d], "quantity_dataset") if d is not None else 0.5
            if (score := p + fit_m + fit_d) > best_score:
                best, best_score = f, score
        return reading.string(best) if best is not None else None

    start, end = reading.sentences[pair.sentence]
    conditions = [n for n, s in enumerate(reading.spans) if s.type == "Condition" and reading.where[n] == pair.sentence]
    condition = max(conditions, key=lambda n: reading.score(pair.tails, [n], "object_condition"), default=None)
    if condition is not None and reading.score(pair.tails, [condition], "object_condition") < decoding.condition:
        condition = None
    return Comparison(
        start=start,
        end=end,
        confidence=decoding.confidence(pair.v, pair.probability),
        s=pair.s,
        o=pair.o,
        v=pair.v,
        d=d,
        m=m,
        t=task,
        delta=reading.string(q) if q is not None else None,
        sv=value(pair.heads, "subject_value"),
        ov=value(pair.tails, "object_value"),
        cond=reading.string(condition) if condition is not None else None,
        q=_unary(reading, q, HEDGES, 0.5),
        delta_kind=_unary(reading, q, DELTA_KINDS, 0.0),
        bg=reading.score(pair.heads, pair.tails, "background") >= decoding.background,
    )


def _unary(reading: Reading, node: int | None, labels: tuple[str, ...], least: float) -> str | None:
    if node is None:
        return None
    scores = {x: float(reading.node[node, NODE_LABELS.index(x)]) for x in labels}
    best = max(labels, key=lambda x: scores[x])
    return best if scores[best] >= least else None
