"""Scores the package's own extraction against gold; `python -m pipelines.evaluate dev` or `… fold0 --model FOLDER`.

Prints the table of `score.py` with 95% bootstrap intervals. `fold K` is the tenth of train that `train --hold-out K` left
out: decisions are made there, dev is for reporting.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from kg.nlp import extract, load
from kg.paper import Paper
from pipelines.paths import fold_of, gold
from pipelines.score import ROWS, score


def records_of(name: str) -> list[dict[str, Any]]:
    """Gold records: `dev`, `train`, or `foldK`."""
    if name.startswith("fold"):
        return [r for r in gold("train") if fold_of(r["id"]) == int(name[4:])]
    return gold(name)


def predict(records: list[dict[str, Any]], model: Path | None, min_confidence: float | None) -> list[dict[str, Any]]:
    """What the package says of the gold's texts."""
    papers = (Paper(id=r["id"], title=r["title"], abstract=r["abstract"]) for r in records)
    return [r.to_dict() for r in extract(papers, nlp=load(model=model), min_confidence=min_confidence)]


def table(report: dict[str, Any]) -> str:
    """The report as lines of text."""
    lines = [f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}   95% of F1"]
    for kind in ROWS:
        row = report[kind]
        lines.append(
            f"{kind:18}{row['p']:7.3f}{row['r']:7.3f}{row['f1']:7.3f}{row['gold']:7}{row['pred']:7}   {row['low']:.3f}-{row['high']:.3f}"
        )
    asked = ", ".join(f"{k} {v['right']} of {v['asked']}" for k, v in report["attributes"].items() if v["asked"])
    return "\n".join([*lines, f"attributes: {asked}"])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", help="dev, train or foldK")
    ask.add_argument("--model", type=Path, help="a folder with a network; by default the shipped one")
    ask.add_argument("--min-confidence", type=float)
    ask.add_argument("--out", type=Path, help="keep the predictions here")
    ask.add_argument("--errors", choices=("mentions", "comparisons"))
    args = ask.parse_args()
    records = records_of(args.gold)
    began = time.perf_counter()
    predicted = predict(records, args.model, args.min_confidence)
    print(f"{len(records)} abstracts in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    if args.out:
        args.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in predicted), encoding="utf-8")
    print(table(score(records, predicted, args.errors, interval=True)))


if __name__ == "__main__":
    main()
