"""Which figures, metrics and datasets go with a pair, and which of them go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.nlp.alignment import align
from kg.nlp.decoding import Decoding
from kg.nlp.nodes import Span
from kg.nlp.pairs import LIKELY, Pair, belongs
from kg.nlp.reading import Reading


def deltas_of(reading: Reading, claimed: list[Pair], decoding: Decoding) -> dict[Pair, list[int]]:
    """The differences that each pair is said to have; several objects of one subject share them out."""
    groups: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in claimed:
        if pair.v == "better" and pair.probability >= LIKELY:
            groups[pair.sentence, pair.s].append(pair)
    out: dict[Pair, list[int]] = defaultdict(list)
    for (k, _), group in groups.items():
        start, end = reading.sentences[k]
        ordered = sorted(group, key=lambda p: reading.spans[p.tails[0]].start)

        def owns(q: int, pair: Pair) -> float:
            return belongs(reading, pair, [q], "delta")

        said = [q for q in reading.quantities(k) if max(owns(q, p) for p in ordered) >= decoding.delta]
        places = [(q, (reading.spans[q].start - start, reading.spans[q].end - start)) for q in said]
        objects = [(p, reading.spans[p.tails[0]].start - start) for p in ordered]
        for q, owners in align(places, objects, owns, decoding.delta, reading.text[start:end], nearest=True).items():
            for pair in owners:
                out[pair].append(q)
    return out


def attributes_of(
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


def one_dataset(
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
    return best if best is not None and max(evidence(best)) >= LIKELY else None


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end
