"""Chooses `decoding.json` on held-out folds; `python -m pipelines.tune MODEL:FOLD [MODEL:FOLD ...] --out FOLDER`.

Each MODEL is a folder with a network that was trained without FOLD. What is chosen: the thresholds of attributes, by
coordinate search on the F1 of whole comparisons and results; Platt's scaling of every kind of claim, so that confidences
are probabilities; and the default confidence, by the F1 of `outperforms`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from kg.nlp import nodes
from kg.nlp.abbreviations import find as abbreviations
from kg.nlp.claims import Claims, read_off
from kg.nlp.decoding import Decoding
from kg.nlp.entities import Group, group
from kg.nlp.mentions import find_spans
from kg.nlp.nodes import Nodes
from kg.nlp.reading import arrange
from kg.nlp.runtime import Network, Scores
from kg.nlp.sentences import split
from kg.paper import Paper
from kg.record import SUPPORTED, claim_dict
from pipelines import score as scorer
from pipelines.evaluate import records_of, table


@dataclass
class Scored:
    """One gold record and the network's scores of its text."""

    gold: dict[str, Any]
    paper: Paper
    sentences: list[tuple[int, int]]
    groups: list[Group]
    nodes: Nodes
    scores: Scores

    def claims(self, decoding: Decoding) -> Claims:
        return read_off(arrange(self.paper.text, self.sentences, self.nodes, self.scores, self.groups, decoding.main), decoding)

    def record(self, decoding: Decoding, least: float) -> dict[str, Any]:
        """As `kg extract` would print it."""
        claims = self.claims(decoding)
        kept = {k: [claim_dict(c) for c in getattr(claims, k) if c.confidence >= least] for k in ("comparisons", "results", "sota")}
        playing = {c[k] for rows in kept.values() for c in rows for k in ("s", "o") if k in c}
        entities = [
            {"name": e.name, "type": e.type, "mentions": [{"start": m.start, "end": m.end} for m in e.mentions]}
            for e in claims.entities
            if e.type != "Baseline" or e.name in playing
        ]
        lists = {k: [s.name for s in claims.support if s.kind == k and s.confidence >= least] for k in SUPPORTED}
        return {"id": self.paper.id, "entities": entities, **kept, **lists}


def scored(model: Path, name: str) -> list[Scored]:
    """Every record of a fold, read by the network in `model`."""
    network, out = Network(model), []
    for r in records_of(name):
        paper = Paper(id=r["id"], title=r["title"], abstract=r["abstract"])
        sentences = split(paper.text)
        encoded = network.read(paper.text, sentences)
        spans = find_spans(paper.text, encoded, Decoding().outside)
        mentions = [s for s in spans if s.type not in ("Quantity", "Condition")]
        groups = group(paper.text, mentions, abbreviations(paper.text, sentences))
        built = nodes.build(spans, encoded.pieces, sentences)
        out.append(Scored(r, paper, sentences, groups, built, network.relate(encoded, built)))
    return out


def right_or_wrong(docs: list[Scored], decoding: Decoding) -> dict[str, list[tuple[float, bool]]]:
    """(score, is right) of every claim, by kind. A comparison is right when subject, object and verdict are."""
    plain = replace(decoding, calibration={})
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for doc in docs:
        predicted = doc.record(plain, 0.0)
        gold_record, record = scorer.Record(doc.gold, doc.paper.text), scorer.Record(predicted, doc.paper.text)
        names = scorer.Names(gold_record), scorer.Names(record, scorer.align(gold_record, record))
        gold_rows, rows = (scorer.claims(n, "comparisons") for n in names)
        best: dict[int, float] = {}
        unique = scorer.unique(rows, scorer.same_pair)
        confidence = [c["confidence"] for c in predicted["comparisons"] if names[1].key(c["s"]) != names[1].key(c["o"])]
        for row, p in zip(rows, confidence, strict=True):
            k = next(i for i, u in enumerate(unique) if scorer.same_pair(u, row))
            best[k] = max(best.get(k, 0.0), p)
        for k, row in enumerate(unique):
            found[row["v"]].append((best[k], any(scorer.same_pair(g, row) for g in gold_rows)))
        for kind, same, label in (("results", scorer.same_result, "result"), ("sota", scorer.same_sota, "sota")):
            gold_rows, rows = (scorer.claims(n, kind) for n in names)
            for row, c in zip(rows, predicted[kind], strict=True):
                found[label].append((c["confidence"], any(same(g, row) for g in gold_rows)))
        claims = doc.claims(plain)
        for s in claims.support:
            wanted = [names[0].key(x) for x in doc.gold.get(s.kind, ())]
            found[s.kind].append((s.confidence, any(scorer.same(names[1].key(s.name), w) for w in wanted)))
    return found


def platt(observed: list[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of right on the score's logit, by Newton's method with Platt's targets."""
    if len({right for _, right in observed}) < 2:
        return 1.0, 0.0
    p = np.clip(np.array([s for s, _ in observed]), 1e-6, 1 - 1e-6)
    y = np.array([right for _, right in observed], dtype=float)
    y = np.where(y > 0, (y.sum() + 1) / (y.sum() + 2), 1 / ((1 - y).sum() + 2))
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], 1)
    prior = w = np.array([1.0, 0.0])

    def loss(v: np.ndarray) -> float:
        z = x @ v
        # A weak pull to the score as it is, for kinds of which a fold holds few.
        return float((np.logaddexp(0, z) - y * z).sum() + ((v - prior) ** 2).sum() / 2)

    for _ in range(50):
        q = 1 / (1 + np.exp(-np.clip(x @ w, -50, 50)))
        step = np.linalg.solve((x * (q * (1 - q))[:, None]).T @ x + np.eye(2), x.T @ (q - y) + w - prior)
        scale = 1.0
        while loss(w - scale * step) > loss(w) and scale > 1e-4:
            scale /= 2
        w = w - scale * step
    return round(float(w[0]), 4), round(float(w[1]), 4)


def f1(docs: list[Scored], decoding: Decoding, rows: tuple[str, ...], least: float | None = None) -> float:
    """The sum of F1 of `rows` over the documents."""
    least = decoding.min_confidence if least is None else least
    counts, _ = scorer.total([scorer.compare(d.gold, d.record(decoding, least)) for d in docs])
    return sum(scorer.prf(*counts[r])["f1"] for r in rows)


def tune(docs: list[Scored]) -> Decoding:
    """The decoding that serves these documents best."""
    chosen = Decoding()
    grid = (0.2, 0.3, 0.4, 0.5, 0.6)
    for name, rows, values in (
        ("main", ("outperforms", "comparisons", "results"), (0.2, 0.3, 0.4, 0.5)),
        ("delta", ("comparisons",), grid),
        ("metric", ("comparisons", "results"), grid),
        ("dataset", ("comparisons", "results"), grid),
        ("plain", ("comparisons",), (0.2, 0.5, 0.6, 0.7, 0.8)),
        ("further", ("comparisons",), (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
    ):
        chosen = max((replace(chosen, **{name: v}) for v in values), key=lambda d: f1(docs, d, rows))
        print(f"{name}: {getattr(chosen, name)}", flush=True)
    observed = right_or_wrong(docs, chosen)
    chosen = replace(chosen, calibration={k: platt(v) for k, v in sorted(observed.items())})
    levels = (0.3, 0.35, 0.4, 0.45, 0.5)
    best = max(
        levels, key=lambda x: f1(docs, replace(chosen, min_confidence=x), ("outperforms", "comparisons", "comparable", "results", "sota"))
    )
    return replace(chosen, min_confidence=best)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("models", nargs="+", metavar="MODEL:FOLD")
    ask.add_argument("--out", type=Path, required=True)
    args = ask.parse_args()
    docs = [d for pair in args.models for model, fold in [pair.rsplit(":", 1)] for d in scored(Path(model), fold)]
    decoding = tune(docs)
    decoding.write(args.out)
    print(decoding)
    predicted = [d.record(decoding, decoding.min_confidence) for d in docs]
    print(table(scorer.score([d.gold for d in docs], predicted, interval=True)))


if __name__ == "__main__":
    main()
