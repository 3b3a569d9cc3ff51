"""What a difference is worth: a table of made-up sentences, the gold's deltas, and what holds for any number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.record import Comparison
from kg.resolve.quantity import Quantity, quantify, reverse

TABLE = Path(__file__).parent / "quantities.tsv"


def rows() -> list[dict[str, str]]:
    head, *body = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [dict(zip(head, row, strict=True)) for row in body]


def claim(**said: Any) -> Comparison:
    return Comparison(**{"s": "A", "o": "B", "v": "better", "start": 0, "end": 0, "confidence": 1.0} | {k: v for k, v in said.items() if v})


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['delta']} {row['kind']} {row['metric']}: {row['sentence']}")
def test_table(row: dict[str, str]) -> None:
    found = quantify(
        claim(delta=row["delta"], delta_kind=row["kind"], m=row["metric"], v=row["verdict"], sv=row["sv"], ov=row["ov"]), row["sentence"]
    )
    assert (found.value, found.unit or "", found.reason or "") == (
        float(row["value"]) if row["value"] else None,
        row["unit"],
        row["reason"],
    )


def gold_claims(shared: Path) -> list[tuple[Comparison, str]]:
    found = []
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = f"{record['title']}\n{record['abstract']}"
        for said in record["comparisons"]:
            start, end = record["sentences"][said.pop("sent")]
            found.append((Comparison(start=start, end=end, confidence=1.0, **said), text[start:end]))
    return found


def test_every_delta_of_the_gold_has_a_value_or_the_reason_for_its_absence(shared: Path) -> None:
    claims = [(c, sentence) for c, sentence in gold_claims(shared) if c.delta]
    worth = [quantify(c, sentence) for c, sentence in claims]
    assert all((q.value is None) != (q.reason is None) for q in worth)
    assert all(q.value != 0 for q in worth)
    known = [q for (c, _), q in zip(claims, worth, strict=True) if c.delta_kind != "unknown"]
    assert sum(q.value is not None for q in known) >= 0.75 * len(known)


def test_a_cost_that_falls_is_negative_and_a_score_that_rises_positive(shared: Path) -> None:
    from kg.resolve.metrics import direction

    for c, sentence in gold_claims(shared):
        q = quantify(c, sentence)
        if c.m and q.value is not None and c.v == "better" and not (c.sv and c.ov):
            rising = direction(c.m) == "higher"
            assert (q.value > (1 if q.kind == "factor" else 0)) == rising, (c, sentence)


numbers = st.floats(min_value=0.01, max_value=99).map(lambda x: round(x, 2))


@given(numbers, st.sampled_from(["absolute", "relative", "factor"]))
def test_what_is_better_higher_and_what_is_better_lower_mirror_each_other(number: float, kind: str) -> None:
    if kind == "factor":
        higher, lower = (quantify(claim(delta=f"{number + 1}x", delta_kind=kind, m=m)) for m in ("speed", "latency"))
        assert higher.value == pytest.approx(1 / (lower.value or 0), rel=1e-4)
    else:
        delta = f"{number}%" if kind == "relative" else str(number)
        higher, lower = (quantify(claim(delta=delta, delta_kind=kind, m=m)) for m in ("accuracy", "perplexity"))
        assert higher.value is not None
        assert higher.value == pytest.approx(-(lower.value or 0))


@given(st.floats(min_value=-0.99, max_value=100).filter(lambda x: abs(x) > 1e-3))
def test_reversing_twice_changes_nothing(value: float) -> None:
    for kind in ("absolute", "relative", "factor"):
        once = reverse(value if kind != "factor" else abs(value), kind)
        assert once is not None
        assert reverse(once, kind) == pytest.approx(value if kind != "factor" else abs(value), rel=1e-3)


@given(
    st.text(max_size=30), st.text(max_size=80), st.sampled_from([None, "absolute", "relative", "factor", "unknown"]), st.text(max_size=20)
)
def test_no_text_breaks_it(delta: str, sentence: str, kind: str | None, metric: str) -> None:
    found = quantify(claim(delta=delta, delta_kind=kind, m=metric), sentence)
    assert isinstance(found, Quantity)
    assert (found.value is None) != (found.reason is None)
