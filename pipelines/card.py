"""Fills the figures of the model card in from a run of `pipelines.evaluate`; `python -m pipelines.card` rewrites the card."""

from __future__ import annotations

import re

from pipelines.evaluate import predict, records_of
from pipelines.paths import SHIPPED
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
    text = re.sub(
        r"(?s)(?<=\|---\|---\|---\|---\|---\|---\|\n).*?(?=\n\n## Limits)",
        "\n".join(rows) + f"\n\nAttributes of the comparisons found, right: {asked}.",
        text,
    )
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
