"""Scores -> comparisons: which pairs are claimed, and the dataset, metric and figures of each."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from kg.nlp import hedges
from kg.nlp.decoding import Decoding
from kg.nlp.figures import attributes_of, deltas_of, one_dataset
from kg.nlp.labels import NODE_LABELS
from kg.nlp.pairs import Pair, belongs, pairs
from kg.nlp.reading import Reading
from kg.record import Comparison, DeltaKind

SETTINGS = 4
"""Figures that one metric and dataset of a pair may have, each under a setting of its own; more are an enumeration misread."""

Row = tuple[int | None, str | None, str | None]
"""The node of a difference, a metric, a dataset."""


def comparisons(reading: Reading, task: dict[int, str], decoding: Decoding) -> list[Comparison]:
    """All comparisons of a text, one for each pair, dataset and metric; `task` gives the task that a sentence speaks of."""
    claimed = pairs(reading)
    likely = {(p.s, p.o, p.sentence, p.v) for p in claimed if p.probability >= 0.5}
    deltas = deltas_of(reading, claimed, decoding)
    out: list[Comparison] = []
    for pair in claimed:
        both = {(pair.s, pair.o, pair.sentence, v) for v in ("better", "comparable")} <= likely
        for c in _spelled_out(reading, pair, deltas.get(pair, []), task.get(pair.sentence), decoding, both=both):
            if c not in out:
                out.append(c)
    return out


def _spelled_out(reading: Reading, pair: Pair, deltas: list[int], task: str | None, decoding: Decoding, *, both: bool) -> list[Comparison]:
    """One comparison for each figure with its metric and dataset, else for each metric and dataset of the pair."""
    k = pair.sentence
    figures = reading.quantities(k)
    metrics, datasets = reading.near(k, "Metric"), reading.near(k, "Dataset")
    said_metrics = {m: p for m, n in metrics.items() if (p := belongs(reading, pair, n, "metric")) >= decoding.metric}
    said_datasets = {d: p for d, n in datasets.items() if (p := belongs(reading, pair, n, "dataset")) >= decoding.dataset}
    of_metric = attributes_of(reading, k, deltas, metrics, said_metrics, "metric", decoding.metric)
    of_dataset = attributes_of(reading, k, deltas, datasets, said_datasets, "dataset", decoding.dataset)
    one_each = len({d for ds in of_dataset.values() for d in ds}) == len(deltas) and all(len(ds) == 1 for ds in of_dataset.values())
    rows: list[Row] = []
    for q in deltas:
        ms: list[str | None] = [*of_metric[q]] or [_best(said_metrics)]
        for m in ms if len(deltas) == 1 else ms[:1]:
            ds: list[str | None] = [*of_dataset[q]]
            if m is not None and len(deltas) > 1 and not one_each:
                d = one_dataset(reading, q, metrics[m], [f for f in figures if f not in deltas], datasets, of_dataset[q])
                ds = [d] if d is not None else []
            rows += product([q], [m], ds or ([None] if len(deltas) > 1 else [*sorted(said_datasets)] or [None]))
    rows = _one_figure_each(reading, pair, rows)
    if not rows:
        # Without a figure that ties them to the pair, only what is surer of belonging to it.
        sure = [sorted(n for n, p in said.items() if p >= decoding.plain) for said in (said_metrics, said_datasets)]
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, *sure)]
    elif not both:
        # What the figures do not cover is a claim of its own only where the text is clear about it.
        left = [m for m, p in sorted(said_metrics.items()) if p >= decoding.further and all(m != r[1] for r in rows)]
        rows += [(None, m, d) for m, d in _combined(reading, metrics, datasets, left, sorted(said_datasets)) if m is not None]
        rest = [d for d, p in sorted(said_datasets.items()) if p >= decoding.further and all(d != r[2] for r in rows)]
        rows += [(None, None, d) for d in rest]
    return [_comparison(reading, pair, q, m, d, task, decoding, figures) for q, m, d in rows]


def _one_figure_each(reading: Reading, pair: Pair, rows: list[Row]) -> list[Row]:
    """Of more than `SETTINGS` figures for one metric and dataset the likeliest stays."""
    figures: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for q, m, d in rows:
        if q is not None and q not in figures[m, d]:
            figures[m, d].append(q)

    def stays(row: Row) -> bool:
        q, m, d = row
        rivals = figures[m, d]
        return q is None or len(rivals) <= SETTINGS or q == max(rivals, key=lambda r: belongs(reading, pair, [r], "delta"))

    return [row for row in rows if stays(row)]


def _best(said: dict[str, float]) -> str | None:
    return max(sorted(said), key=lambda x: said[x], default=None)


def _combined(
    reading: Reading, metrics: dict[str, list[int]], datasets: dict[str, list[int]], ms: list[str], ds: list[str]
) -> list[tuple[str | None, str | None]]:
    """Metrics with datasets: the pairs that the text joins, else each with each."""
    if not ms or not ds:
        no: list[str | None] = [None]
        return [*product(ms or no, ds or no)]
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

    def value(nodes: tuple[int, ...], label: str, taken: int | None = None) -> int | None:
        """The figure that is this system's own on this metric and dataset."""
        best, best_score, rivals = None, 0.0, 0
        for f in figures:
            p = reading.score(nodes, [f], label)
            if f in (q, taken) or p < decoding.value:
                continue
            fit_m = reading.score([f], metrics[m], "quantity_metric") if m is not None else 0.5
            fit_d = reading.score([f], datasets[d], "quantity_dataset") if d is not None else 0.5
            if fit_d < 0.3 and any(reading.score([f], n, "quantity_dataset") >= 0.5 for n in datasets.values()):
                continue  # it is said of another dataset
            if fit_m < 0.3 and any(reading.score([f], n, "quantity_metric") >= 0.5 for n in metrics.values()):
                continue
            rivals += 1
            if (score := p + fit_m + fit_d) > best_score:
                best, best_score = f, score
        # Of three figures for one thing (`models of three sizes reach 84.3, 84.9 and 85.6`) none is the value.
        return best if rivals < 3 else None

    own = value(pair.heads, "subject_value")
    others = value(pair.tails, "object_value", own)
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
        sv=reading.string(own) if own is not None else None,
        ov=reading.string(others) if others is not None else None,
        cond=reading.string(condition) if condition is not None else None,
        q=hedges.hedge(reading.text[start : reading.spans[q].start], reading.text[reading.spans[q].end : end]) if q is not None else None,
        delta_kind=_kind(reading, q),
        bg=reading.score(pair.heads, pair.tails, "background") >= decoding.background,
    )


def _kind(reading: Reading, q: int | None) -> DeltaKind | None:
    """The kind of a difference: the one that its wording shows, else the likeliest."""
    if q is None:
        return None
    kinds: tuple[DeltaKind, ...] = ("absolute", "relative", "factor", "unknown")
    span, (_, end) = reading.spans[q], reading.sentences[reading.where[q]]
    shown = hedges.kind(reading.string(q), reading.text[max(0, span.start - 40) : span.start], reading.text[span.end : end])
    return shown or max(kinds, key=lambda x: float(reading.node[q, NODE_LABELS.index(x)]))
