"""Fills in the figures of the model card and of README.md; `python -m pipelines.card` reads dev and rewrites both tables."""

from __future__ import annotations

import re

from pipelines.evaluate import predict, records_of
from pipelines.paths import ROOT, SHIPPED
from pipelines.score import ROWS, score

READERS = {
    "mentions": 0.92,
    "entities": 0.93,
    "outperforms": 0.91,
    "comparable": 0.77,
    "comparisons": 0.86,
    "results": 0.82,
    "sota": 0.90,
    "proposes": 0.93,
    "evaluated_on": 0.99,
    "addresses": 0.90,
    "builds_on": 0.88,
}
"""Agreement (F1) of two independent readings of dev, as the gold's own description gives it."""


SAID = {
    "mentions": "mentions of models, datasets, metrics, tasks: exact place and type",
    "outperforms": "who outperforms whom",
    "comparisons": "the whole comparison, with dataset, metric and margin",
    "evaluated_on": "what a paper is evaluated on",
    "proposes": "what a paper proposes",
}

HEAD = "| | precision | recall | F1 | two careful readers |\n|---|---|---|---|---|\n"


def main() -> None:
    records = records_of("dev")
    report = score(records, predict(records, None, None), interval=True)
    rows = []
    for kind in ROWS:
        r = report[kind]
        readers = f"{READERS[kind]:.2f}" if kind in READERS else ""
        rows.append(f"| {kind} | {r['p']:.3f} | {r['r']:.3f} | {r['f1']:.3f} | {r['low']:.3f}-{r['high']:.3f} | {readers} |")
    asked = ", ".join(f"{k} {v['right']:.2f} of {v['asked']}" for k, v in report["attributes"].items() if v["asked"])
    path = SHIPPED / "CARD.md"
    text = path.read_text(encoding="utf-8")
    figures = "\n".join(rows) + f"\n\nAttributes of the comparisons found, right: {asked}."
    text = re.sub(r"(?s)(?<=\|---\|---\|---\|---\|---\|---\|\n).*?(?=\n\n## Limits)", lambda _: figures, text)
    path.write_text(text, encoding="utf-8")

    path = ROOT / "README.md"
    short = "\n".join(
        f"| {said} | {report[kind]['p']:.2f} | {report[kind]['r']:.2f} | {report[kind]['f1']:.2f} | {READERS[kind]:.2f} |"
        for kind, said in SAID.items()
    )
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?s)(?<=<!-- figures: python -m pipelines\.card -->\n).*?(?=\n\n)", lambda _: HEAD + short, text)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
