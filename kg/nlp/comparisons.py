"""Scores -> comparisons: which pairs are claimed, and the dataset, metric and figures of each."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Literal

from kg.nlp import verdicts
from kg.nlp.alignment import align
from kg.nlp.decoding import FLOOR, Decoding
from kg.nlp.labels import DELTA_KINDS, HEDGES, NODE_LABELS, PAIR_LABELS
from kg.nlp.nodes import Span
from kg.nlp.reading import SYSTEMS, Reading
from kg.record import Comparison

Verdict = Literal["better", "comparable"]
SETTINGS = 4
"""Figures that one metric and dataset of a pair may have, each under a setting of its own; more are an enumeration misread."""

Row = tuple[int | None, str | None, str | None]
"""The node of a difference, a metric, a dataset."""


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
    both: tuple[Verdict, ...] = ("better", "comparable")
    for v in both:
        probability = reading.pair[:, :, PAIR_LABELS.index(v)]
        for i, j in zip(*(probability >= floor).nonzero(), strict=True):
            p = probability[i, j]
            s, o = reading.names[i], reading.names[j]
            if s is None or o is None or s == o or reading.spans[i].type not in SYSTEMS or reading.spans[j].type not in SYSTEMS:
                continue
            i, j, verdict = _settled(reading, int(i), int(j), v)
            s, o = str(reading.names[i]), str(reading.names[j])
            found[s, o, verdict, _evidence(reading, i, j)].append((i, j, float(p)))
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


def _settled(reading: Reading, i: int, j: int, v: Verdict) -> tuple[int, int, Verdict]:
    """The pair as the sentence's own wording settles it: turned round, or undecided."""
    if v == "comparable" or reading.spans[j].type == "Own":
        return i, j, v
    start = reading.sentences[reading.where[j]][0]
    before = reading.text[start : reading.spans[j].start]
    if verdicts.turned(before):
        return j, i, v
    return i, j, "comparable" if verdicts.undecided(before) else v


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
    deltas = _deltas(reading, claimed, decoding)
    out: list[Comparison] = []
    for pair in claimed:
        both = {(pair.s, pair.o, pair.sentence, v) for v in ("better", "comparable")} <= likely
        for c in _spelled_out(reading, pair, deltas.get(pair, []), task.get(pair.sentence), decoding, both=both):
            if c not in out:
                out.append(c)
    return out


def _belongs(reading: Reading, pair: Pair, nodes: list[int], kind: str) -> float:
    """How likely a metric, dataset or figure is this pair's. Both ends must say so: a figure is the subject's and one object's."""
    return math.sqrt(reading.score(pair.heads, nodes, f"subject_{kind}") * reading.score(pair.tails, nodes, f"object_{kind}"))


def _deltas(reading: Reading, claimed: list[Pair], decoding: Decoding) -> dict[Pair, list[int]]:
    """The differences that each pair is said to have; several objects of one subject share them out."""
    groups: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in claimed:
        if pair.v == "better" and pair.probability >= 0.3:
            groups[pair.sentence, pair.s].append(pair)
    out: dict[Pair, list[int]] = defaultdict(list)
    for (k, _), group in groups.items():
        start, end = reading.sentences[k]
        ordered = sorted(group, key=lambda p: reading.spans[p.tails[0]].start)

        def belongs(q: int, pair: Pair) -> float:
            return _belongs(reading, pair, [q], "delta")

        said = [q for q in reading.quantities(k) if max(belongs(q, p) for p in ordered) >= decoding.delta]
        places = [(q, (reading.spans[q].start - start, reading.spans[q].end - start)) for q in said]
        objects = [(p, reading.spans[p.tails[0]].start - start) for p in ordered]
        for q, owners in align(places, objects, belongs, decoding.delta, reading.text[start:end], nearest=True).items():
            for pair in owners:
                out[pair].append(q)
    return out


def _spelled_out(reading: Reading, pair: Pair, deltas: list[int], task: str | None, decoding: Decoding, *, both: bool) -> list[Comparison]:
    """One comparison for each figure with its metric and dataset, else for each metric and dataset of the pair."""
    k = pair.sentence
    figures = reading.quantities(k)
    metrics, datasets = reading.near(k, "Metric"), reading.near(k, "Dataset")
    said_metrics = {m: p for m, n in metrics.items() if (p := _belongs(reading, pair, n, "metric")) >= decoding.metric}
    said_datasets = {d: p for d, n in datasets.items() if (p := _belongs(reading, pair, n, "dataset")) >= decoding.dataset}
    of_metric = _attributes(reading, k, deltas, metrics, said_metrics, "metric", decoding.metric)
    of_dataset = _attributes(reading, k, deltas, datasets, said_datasets, "dataset", decoding.dataset)
    rows: list[Row] = []
    for q in deltas:
        ms = of_metric[q] or [_best(said_metrics)]
        for m in ms if len(deltas) == 1 else ms[:1]:
            ds: list[str | None] = [*of_dataset[q]]
            if m is not None and len(deltas) > 1:
                d = _one_dataset(reading, q, metrics[m], [f for f in figures if f not in deltas], datasets, of_dataset[q])
                ds = [d] if d is not None else []
            rows += product([q], [m], ds or ([None] if len(deltas) > 1 else [*sorted(said_datasets)] or [None]))
    rows = _one_figure_each(reading, pair, rows)
    if not rows:
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, sorted(said_metrics), sorted(said_datasets))]
    elif not both:
        # What the figures do not cover is a claim of its own only where the text is clear about it.
        left = [m for m, p in sorted(said_metrics.items()) if p >= decoding.further and all(m != r[1] for r in rows)]
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, left, sorted(said_datasets)) if m is not None]
        rest = [d for d, p in sorted(said_datasets.items()) if p >= decoding.further and all(d != r[2] for r in rows)]
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, [], rest) if d is not None]
    return [_comparison(reading, pair, q, m, d, task, decoding, figures) for q, m, d in rows]


def _attributes(
    reading: Reading, k: int, deltas: list[int], names: dict[str, list[int]], said: dict[str, float], kind: str, least: float
) -> dict[int, list[str]]:
    """The metrics or datasets of each difference of sentence `k`, the likeliest first."""
    start, end = reading.sentences[k]
    places = [(q, (reading.spans[q].start - start, reading.spans[q].end - start)) for q in deltas]

    def score(q: int, name: str) -> float:
        return reading.score([q], names[name], f"quantity_{kind}")

    def ordered(chosen: Iterable[str]) -> list[tuple[str, int]]:
        return sorted(((n, reading.spans[names[n][0]].start - start) for n in chosen), key=lambda x: x[1])

    here = {n for n, nodes in names.items() if reading.where[nodes[0]] == k}
    linked = {n for n in names if any(score(q, n) >= least for q in deltas)}
    # What the sentence itself names goes before what its neighbours do.
    chosen = linked & here or linked
    if len(deltas) >= 2 and len(chosen) != len(deltas):
        # A list of as many names as figures is the list meant, even where some of its links are weak.
        settings = [s for s in reading.spans if s.type == "Condition"]
        free = {n for n in here if not any(_inside(reading.spans[names[n][0]], s) for s in settings)}
        if len(free) == len(deltas) and "respectively" in reading.text[start:end]:
            chosen = free
        elif len(free & set(said)) == len(deltas):
            chosen = free & set(said)
    found = align(places, ordered(chosen), score, least, reading.text[start:end])
    return {q: sorted(ns, key=lambda n: -score(q, n)) for q, ns in found.items()}


def _one_dataset(
    reading: Reading, q: int, metric: list[int], values: list[int], datasets: dict[str, list[int]], linked: list[str]
) -> str | None:
    """The dataset of a figure in a list of figures, where each has one.

    The figure may stand far from it (`... surpassing X by 1.2, 2.0 and 1.4, respectively`): what the metric is measured on
    counts too, and where the value of that metric was reached.
    """
    reached = [f for f in values if reading.score([f], metric, "quantity_metric") >= 0.5]

    def evidence(d: str) -> tuple[float, float, float]:
        nodes = datasets[d]
        of_metric = reading.score(metric, nodes, "metric_dataset")
        return reading.score([q], nodes, "quantity_dataset"), of_metric, reading.score(reached, nodes, "quantity_dataset")

    best = max(datasets if reached else linked or sorted(datasets), key=lambda d: (sum(evidence(d)), d), default=None)
    return best if best is not None and max(evidence(best)) >= 0.3 else None


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _one_figure_each(reading: Reading, pair: Pair, rows: list[Row]) -> list[Row]:
    """Of more than `SETTINGS` figures for one metric and dataset the likeliest stays."""
    figures: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for q, m, d in rows:
        if q is not None and q not in figures[m, d]:
            figures[m, d].append(q)

    def stays(row: Row) -> bool:
        q, m, d = row
        rivals = figures[m, d]
        return q is None or len(rivals) <= SETTINGS or q == max(rivals, key=lambda r: _belongs(reading, pair, [r], "delta"))

    return [row for row in rows if stays(row)]


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
            if fit_d < 0.3 and any(reading.score([f], n, "quantity_dataset") >= 0.5 for n in datasets.values()):
                continue  # it is said of another dataset
            if fit_m < 0.3 and any(reading.score([f], n, "quantity_metric") >= 0.5 for n in metrics.values()):
                continue
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
