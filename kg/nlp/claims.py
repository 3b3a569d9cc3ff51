"""Scores -> what the record says besides comparisons: results, state-of-the-art claims, and the lists of names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.nlp.comparisons import comparisons
from kg.nlp.decoding import FLOOR, Decoding
from kg.nlp.labels import NODE_LABELS, PAIR_LABELS
from kg.nlp.nodes import sentence_of
from kg.nlp.reading import SYSTEMS, Reading
from kg.record import SUPPORTED, Comparison, Entity, Mention, Result, Sota, Support

LISTED: dict[str, tuple[str, ...]] = {
    "proposes": ("Model", "Dataset"),
    "evaluated_on": ("Dataset",),
    "addresses": ("Task",),
    "builds_on": ("Model",),
}
"""Which types of entities the lists of a record hold."""


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one text says, down to unlikely claims; `kg.nlp.extract` cuts at the confidence asked for."""

    entities: tuple[Entity, ...]
    comparisons: tuple[Comparison, ...]
    results: tuple[Result, ...]
    sota: tuple[Sota, ...]
    support: tuple[Support, ...]


def read_off(reading: Reading, decoding: Decoding) -> Claims:
    """The claims that the scores of a text make."""
    support = _support(reading, decoding)
    task = _tasks(reading, support, decoding)
    compared = comparisons(reading, task, decoding)
    return Claims(
        tuple(_entity(reading, k) for k in range(len(reading.groups))),
        tuple(compared),
        tuple(_results(reading, task, compared, decoding)),
        tuple(_sota(reading, decoding)),
        tuple(support),
    )


def _entity(reading: Reading, k: int) -> Entity:
    g = reading.groups[k]
    return Entity(g.name, g.type, tuple(Mention(s.start, s.end, reading.text[s.start : s.end]) for s in g.spans))  # type: ignore[arg-type]


def _support(reading: Reading, decoding: Decoding) -> list[Support]:
    """Lists of names with the sentence of the mention that shows it best; the paper's main name first, then by the text."""
    out = []
    for kind in SUPPORTED:
        column = NODE_LABELS.index(kind)
        found = []
        for g in reading.groups:
            if g.type not in LISTED[kind]:
                continue
            nodes = [k for k, s in enumerate(reading.spans) if reading.names[k] == g.name and s.type == g.type]
            best = max(nodes, key=lambda k: float(reading.node[k, column]), default=None)
            if best is None:
                continue
            p = float(reading.node[best, column])
            if kind == "proposes" and g.name == reading.main:
                p = max(p, 0.5)
            if p >= FLOOR:
                start, end = reading.sentences[sentence_of(reading.sentences, reading.spans[best].start)]
                found.append(
                    (g.name != reading.main, Support(kind=kind, name=g.name, start=start, end=end, confidence=decoding.confidence(kind, p)))
                )
        out += [s for _, s in sorted(found, key=lambda x: x[0])]
    return out


def _tasks(reading: Reading, support: list[Support], decoding: Decoding) -> dict[int, str]:
    """The task that each sentence speaks of: the only addressed one that it names, else the paper's only one."""
    addressed = [s.name for s in support if s.kind == "addresses" and s.confidence >= decoding.min_confidence]
    named: dict[int, set[str]] = defaultdict(set)
    for k, span in enumerate(reading.spans):
        if span.type == "Task" and (name := reading.names[k]) in addressed:
            named[reading.where[k]].add(str(name))
    tasks = dict.fromkeys(range(len(reading.sentences)), addressed[0]) if len(addressed) == 1 else {}
    return {k: t for k, t in tasks.items() if k not in named} | {k: min(names) for k, names in named.items() if len(names) == 1}


def _results(reading: Reading, task: dict[int, str], compared: list[Comparison], decoding: Decoding) -> list[Result]:
    column = PAIR_LABELS.index("result")
    told = {(c.start, x) for c in compared if c.confidence >= decoding.min_confidence for x in (c.sv, c.ov, c.delta) if x}
    out: list[Result] = []
    for k, (start, end) in enumerate(reading.sentences):
        metrics, datasets = reading.near(k, "Metric"), reading.near(k, "Dataset")
        for q in reading.quantities(k):
            best: dict[str, float] = {}
            for i, name in enumerate(reading.names):
                p = float(reading.pair[i, q, column])
                if p >= FLOOR and name is not None and reading.spans[i].type in SYSTEMS:
                    best[name] = max(p, best.get(name, 0.0))
            if not best or (start, reading.string(q)) in told:
                continue
            m = {x: p for x, n in metrics.items() if (p := reading.score([q], n, "quantity_metric")) >= decoding.metric}
            ds = [x for x, n in datasets.items() if reading.score([q], n, "quantity_dataset") >= decoding.dataset]
            top = max(best.values())
            nowhere: list[str | None] = [None]
            for s, p in best.items():
                if p >= top / 2:
                    for d in sorted(ds) or nowhere:
                        metric = max(sorted(m), key=lambda x: m[x], default=None)
                        r = Result(
                            start=start,
                            end=end,
                            confidence=decoding.confidence("result", p),
                            s=s,
                            value=reading.string(q),
                            d=d,
                            m=metric,
                            t=task.get(k),
                        )
                        if r not in out:
                            out.append(r)
    return out


def _sota(reading: Reading, decoding: Decoding) -> list[Sota]:
    probability = reading.pair[:, :, PAIR_LABELS.index("sota")]
    best: dict[tuple[int, str, str, str], float] = {}
    for i, j in zip(*(probability >= FLOOR).nonzero(), strict=True):
        s, target, kind = reading.names[i], reading.names[j], reading.spans[j].type
        if (
            s is None
            or reading.spans[i].type not in SYSTEMS
            or (i != j and (kind not in ("Dataset", "Task") or target is None or target == s))
        ):
            continue
        key = (reading.where[i], s, "" if i == j else kind, "" if i == j else str(target))
        best[key] = max(best.get(key, 0.0), float(probability[i, j]))
    out = []
    for (k, s, kind, target), p in sorted(best.items()):
        others = [q for (k2, s2, kind2, _), q in best.items() if (k2, s2) == (k, s) and kind2 and q >= 0.5]
        if not kind and others:
            continue  # what it is the best on is said
        start, end = reading.sentences[k]
        out.append(
            Sota(
                start=start,
                end=end,
                confidence=decoding.confidence("sota", p),
                s=s,
                d=target if kind == "Dataset" else None,
                t=target if kind == "Task" else None,
            )
        )
    return out
