"""How well the shipped network reads abstracts that it was not trained on: never below what was promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.nlp import extract
from kg.paper import Paper
from pipelines.score import score

FLOORS = {"mentions": 0.60, "outperforms": 0.45, "comparisons": 0.30}


@pytest.mark.slow
def test_dev_is_read_as_well_as_promised(shared: Path) -> None:
    gold = [json.loads(line) for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    papers = [Paper(id=r["id"], title=r["title"], abstract=r["abstract"]) for r in gold]
    report = score(gold, [r.to_dict() for r in extract(papers)])
    assert {k: report[k]["f1"] for k in FLOORS if report[k]["f1"] < FLOORS[k]} == {}
