"""What confidences are worth; `python -m pipelines.confidence PREDICTED.jsonl [...] --gold fold0 [...]`.

PREDICTED is what `kg extract --min-confidence 0` (or `evaluate --min-confidence 0 --out`) prints; each file goes with the gold at the
same place of `--gold`, and all are pooled. Printed are

- calibration: expected calibration error and a reliability table, over bins of equal mass, of every claim in the files. A pair counts
  once a paper, as `score.py` counts it, is right when subject, object and verdict are, and is as sure as the surest of its rows;
- the curve that `--min-confidence` trades: precision, recall and F1 by threshold;
- the least threshold at which the precision of `outperforms` reaches 0.80;
- precision and recall of the background flag, over the comparisons whose subject, object and verdict were found.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from kg.record import SUPPORTED
from pipelines import score as scorer
from pipelines.evaluate import records_of

Row = dict[str, Any]
Counts = tuple[int, int, int]
"""Hit, gold, predicted."""

THRESHOLDS = tuple(round(0.05 * k, 2) for k in range(2, 20))
CLAIMS = ("comparisons", "results", "sota")
PAIRS = {"outperforms": "better", "comparable": "comparable"}
CURVES = ("outperforms", "comparisons", "comparable", "results", "sota")
AGREE: dict[str, Callable[[Row, Row], bool]] = {
    "comparisons": scorer.same_comparison,
    "results": scorer.same_result,
    "sota": scorer.same_sota,
    "outperforms": scorer.same_pair,
    "comparable": scorer.same_pair,
}
"""When two claims count as one and the same, by row of the scorer's table."""


def predictions(path: Path) -> dict[str, dict[str, Any]]:
    """Predicted records by id. Raises ValueError that names the file and the line of what is no record, or a second one."""
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            key = record["id"]
        except (ValueError, TypeError, KeyError):
            raise ValueError(f"{path}, line {number}: expected a JSON object with an id, as `kg extract` prints them") from None
        if key in found:
            raise ValueError(f"{path}, line {number}: a second record for {key!r}; score one prediction a paper")
        found[key] = record
    return found


def at_confidence(record: dict[str, Any], least: float) -> dict[str, Any]:
    """The record as `kg extract --min-confidence LEAST` would print it. What has no confidence is taken as asserted."""
    kept = {kind: [c for c in record.get(kind, ()) if c.get("confidence", 1.0) >= least] for kind in CLAIMS}
    unsure = {(s["kind"], s["name"]) for s in record.get("support", ()) if s["confidence"] < least}
    playing = {c[k] for rows in kept.values() for c in rows for k in ("s", "o") if k in c}
    return {
        **record,
        **kept,
        **{kind: [n for n in record.get(kind, ()) if (kind, n) not in unsure] for kind in SUPPORTED},
        "entities": [e for e in record.get("entities", ()) if e["type"] != "Baseline" or e["name"] in playing],
    }


def rows(names: scorer.Names, kind: str) -> list[Row]:
    """The scorer's rows of a record, each with the claim it was made of (`said`) and its confidence."""
    claims = names.record.data.get(kind, ())
    if kind == "comparisons":  # the scorer leaves out what is compared with itself
        claims = [c for c in claims if names.key(c.get("s")) != names.key(c.get("o"))]
    paired = zip(scorer.claims(names, kind), claims, strict=True)
    return [row | {"said": claim, "confidence": claim.get("confidence", 1.0)} for row, claim in paired]


def matched(gold: Sequence[Row], pred: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Comparisons whose subject, object and verdict were found, as the scorer couples them: whole ones first."""
    whole = scorer.match(gold, pred, scorer.same_comparison)
    taken = {id(row) for pair in whole for row in pair}
    left = ([row for row in side if id(row) not in taken] for side in (gold, pred))
    return [*whole, *scorer.match(*left, scorer.same_pair)]


@dataclass(frozen=True)
class Compared:
    """One paper's claims, gold and predicted, in comparable terms; `listed` has (list, confidence, is right) of every listed name."""

    gold: dict[str, list[Row]]
    pred: dict[str, list[Row]]
    listed: list[tuple[str, float, bool]]


def compared(gold_data: dict[str, Any], predicted: dict[str, Any]) -> Compared:
    """The claims of a gold record and of a predicted one, names aligned."""
    text = gold_data["title"] + "\n" + gold_data["abstract"]
    gold, pred = scorer.Record(gold_data, text), scorer.Record(predicted, text)
    names = scorer.Names(gold), scorer.Names(pred, scorer.align(gold, pred))
    sure = {(s["kind"], s["name"]): s["confidence"] for s in predicted.get("support", ())}
    listed = []
    for kind in SUPPORTED:
        wanted, said = ([(n.key(x), x) for x in n.record.data.get(kind, ())] for n in names)
        hit = {id(p) for _, p in scorer.match(wanted, said, lambda a, b: scorer.same(a[0], b[0]))}
        listed += [(kind, sure.get((kind, p[1]), 1.0), id(p) in hit) for p in said]
    by_kind = ({kind: rows(n, kind) for kind in CLAIMS} for n in names)
    return Compared(*by_kind, listed)


def counted(doc: Compared, row: str, least: float = 0.0) -> tuple[list[Row], list[Row]]:
    """Gold and predicted claims that the scorer would count under `row` with the predictions cut at `least`."""
    kind = "comparisons" if row in PAIRS else row
    sides = doc.gold[kind], [p for p in doc.pred[kind] if p["confidence"] >= least]
    if row in PAIRS:
        sides = tuple([c for c in side if c["v"] == PAIRS[row]] for side in sides)
    if row in PAIRS or row == "sota":
        sides = tuple(scorer.unique(side, AGREE[row]) for side in sides)
    return sides


def counts_at(doc: Compared, row: str, least: float) -> Counts:
    """Hit, gold and predicted of one paper at a threshold: what `score.compare` gives for the record cut there."""
    gold, pred = counted(doc, row, least)
    return len(scorer.match(gold, pred, AGREE[row])), len(gold), len(pred)


def observed(docs: Iterable[Compared]) -> dict[str, list[tuple[float, bool]]]:
    """(confidence, is right) of every claim, by row of the scorer's table and by list; repeated pairs once, as sure as the surest."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for doc in docs:
        for row in ("outperforms", "comparable", "results", "sota"):
            gold, pred = counted(doc, row)
            hit = {id(p) for _, p in scorer.match(gold, pred, AGREE[row])}
            best = {id(p): p["confidence"] for p in pred}
            if row != "results":
                for claim in doc.pred["sota" if row == "sota" else "comparisons"]:
                    if (first := next((p for p in pred if AGREE[row](p, claim)), None)) is not None:
                        best[id(first)] = max(best[id(first)], claim["confidence"])
            found[row] += [(best[id(p)], id(p) in hit) for p in pred]
        for kind, confidence, right in doc.listed:
            found[kind].append((confidence, right))
    return found


@dataclass(frozen=True)
class Bin:
    """Claims of neighbouring confidence: how many, from and to which, how sure on average, which share is right."""

    count: int
    low: float
    high: float
    confidence: float
    right: float


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Bins of equal mass (sizes differ by one at most; fewer bins where there are fewer claims), from unsure to sure.

    Claims of the same confidence that a bin's edge parts count in each bin with the share of them that is right, so that
    their order says nothing.
    """
    ordered: list[tuple[float, float]] = []
    for value, group in groupby(sorted(zip(confidences, right, strict=True)), key=lambda x: x[0]):
        hits = [hit for _, hit in group]
        ordered += [(value, sum(hits) / len(hits))] * len(hits)
    edges = [round(len(ordered) * k / bins) for k in range(bins + 1)]
    parts = [ordered[a:b] for a, b in pairwise(edges) if a < b]
    return [Bin(len(p), p[0][0], p[-1][0], sum(c for c, _ in p) / len(p), sum(r for _, r in p) / len(p)) for p in parts]


def ece(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015) over bins of equal mass; 0 of no claims at all."""
    table = reliability(confidences, right, bins)
    return sum(b.count * abs(b.confidence - b.right) for b in table) / max(1, sum(b.count for b in table))


def steps(docs: Iterable[Compared], row: str) -> list[tuple[float, Counts]]:
    """Every confidence at which the counts of `row` may change, in ascending order, with the counts of a cut at exactly there."""
    start, changes = [0, 0, 0], defaultdict(lambda: [0, 0, 0])
    for doc in docs:
        values = sorted({p["confidence"] for p in doc.pred["comparisons" if row in PAIRS else row]})
        counts = [counts_at(doc, row, v) for v in values] + [(0, len(counted(doc, row)[0]), 0)]
        start = [a + b for a, b in zip(start, counts[0], strict=True)]
        for value, now, then in zip(values, counts, counts[1:], strict=False):
            changes[value] = [c + b - a for c, a, b in zip(changes[value], now, then, strict=True)]
    out = []
    for value in sorted(changes):
        out.append((value, (start[0], start[1], start[2])))
        start = [a + b for a, b in zip(start, changes[value], strict=True)]
    return [*out, (float("inf"), (start[0], start[1], start[2]))]


def curve(docs: Sequence[Compared], row: str, thresholds: Sequence[float] = THRESHOLDS) -> list[dict[str, Any]]:
    """For each threshold `least`, `p`, `r`, `f1`, `gold` and `pred` of a row of the scorer's table."""
    known = steps(docs, row)
    return [{"least": t, **scorer.prf(*known[bisect_left(known, t, key=lambda k: k[0])][1])} for t in thresholds]


def least_precise(docs: Sequence[Compared], row: str = "outperforms", precision: float = 0.8) -> dict[str, Any] | None:
    """The least threshold at which precision is reached, with the figures there, or None. It may be lost again higher up."""
    for value, (hit, gold, pred) in steps(docs, row):
        if pred and hit / pred >= precision:
            return {"least": value, **scorer.prf(hit, gold, pred)}
    return None


def background(docs: Iterable[Compared], least: float) -> Counts:
    """The background flag over the comparisons that were found: set rightly, in the gold, predicted."""
    pairs = [pair for d in docs for pair in matched(d.gold["comparisons"], counted(d, "comparisons", least)[1])]
    flags = [(bool(g["bg"]), bool(p["bg"])) for g, p in pairs]
    return sum(g and p for g, p in flags), sum(g for g, _ in flags), sum(p for _, p in flags)


def calibration_table(name: str, claims: Sequence[tuple[float, bool]]) -> str:
    """Expected calibration error and reliability table of one kind of claim, as lines of text."""
    confidences, right = [c for c, _ in claims], [r for _, r in claims]
    lines = [f"{name}: {len(claims)} claims, {sum(right)} right, expected calibration error {ece(confidences, right):.3f}"]
    if claims:
        lines.append(f"  {'confidence':>13}{'claims':>8}{'mean':>8}{'right':>8}{'gap':>8}")
        lines += [
            f"  {b.low:.3f} - {b.high:.3f}{b.count:8}{b.confidence:8.3f}{b.right:8.3f}{b.right - b.confidence:+8.3f}"
            for b in reliability(confidences, right)
        ]
    return "\n".join(lines)


def curve_table(docs: Sequence[Compared], rows: Sequence[str] = CURVES) -> str:
    """Precision, recall and F1 by threshold, a group of columns a row of the scorer's table."""
    curves = [curve(docs, row) for row in rows]
    lines = ["least " + "".join(f"  {row:19}" for row in rows).rstrip(), "      " + "      P      R     F1" * len(rows)]
    body = [
        f"{at[0]['least']:<6.2f}" + "".join(f"{x['p']:7.3f}{x['r']:7.3f}{x['f1']:7.3f}" for x in at) for at in zip(*curves, strict=True)
    ]
    return "\n".join([*lines, *body])


def report(docs: Sequence[Compared], least: float) -> str:
    """All that the command prints."""
    found = observed(docs)
    both = found["outperforms"] + found["comparable"]
    printed = [x for x in both if x[0] >= least]
    parts = [("better and comparable", both), ("better", found["outperforms"]), ("comparable", found["comparable"])]
    parts += [(kind, found[kind]) for kind in ("results", "sota")]
    out = ["Calibration of all claims in the files", ""]
    out += [calibration_table(name, claims) + "\n" for name, claims in parts]
    out += [calibration_table(kind, found[kind]).split("\n")[0] for kind in SUPPORTED]
    out += [calibration_table(f"better and comparable, from {least:.2f} on", printed).split("\n")[0]]
    out += ["", "What --min-confidence trades", "", curve_table(docs), ""]
    if (point := least_precise(docs)) is None:
        out.append("precision of outperforms reaches 0.80 at no threshold")
    else:
        figures = f"P {point['p']:.3f} R {point['r']:.3f} F1 {point['f1']:.3f}, {point['pred']} predicted, {point['gold']} in the gold"
        out.append(f"precision of outperforms first reaches 0.80 at {point['least']:.3f}: {figures}")
    flag = scorer.prf(*background(docs, least))
    out.append(f"background flag at {least:.2f}: P {flag['p']:.3f} of {flag['pred']}, R {flag['r']:.3f} of {flag['gold']}")
    return "\n".join(out)


def pooled(pairs: Iterable[tuple[Path, str]]) -> list[Compared]:
    """The papers of every (predictions, gold). A paper without a prediction counts as an empty one, said on stderr."""
    docs = []
    for path, name in pairs:
        said, gold = predictions(path), records_of(name)
        warn(path, name, said, gold)
        docs += [compared(g, said.get(g["id"], {})) for g in gold]
    return docs


def warn(path: Path, name: str, said: Iterable[str], gold: Iterable[dict[str, Any]]) -> None:
    """Says on stderr which side has papers that the other lacks."""
    ids, known = {g["id"] for g in gold}, set(said)
    if ids - known:
        print(f"{path} lacks {len(ids - known)} of the {len(ids)} papers of {name}: counted as empty", file=sys.stderr)
    if known - ids:
        print(f"{path} holds {len(known - ids)} papers that {name} lacks: left out", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("predicted", nargs="+", type=Path)
    ask.add_argument("--gold", nargs="+", required=True, help="foldK, train or dev, one a file")
    ask.add_argument("--min-confidence", type=float, default=0.4, help="where the background flag is measured (default: %(default)s)")
    args = ask.parse_args(argv)
    if len(args.predicted) != len(args.gold):
        ask.error(f"{len(args.predicted)} files of predictions and {len(args.gold)} names of gold: give one gold a file")
    try:
        docs = pooled(zip(args.predicted, args.gold, strict=True))
    except (OSError, ValueError) as problem:
        sys.exit(f"{problem}")
    print(report(docs, args.min_confidence))


if __name__ == "__main__":
    main()
