"""The shape of what one abstract says, as a value and as a line of JSON."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.paper import Paper
from kg.record import ENTITY_TYPES, SUPPORTED, Claim, Comparison, Entity, Mention, Record, Result, Sota, Support, claim_dict, claim_id

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
maybe = st.none() | text
place: dict[str, Any] = {
    "start": st.integers(0, 500),
    "end": st.integers(0, 500),
    "confidence": st.integers(0, 1000).map(lambda n: n / 1000),
    "id": text,
}
comparisons = st.builds(
    Comparison,
    s=text,
    o=text,
    v=st.sampled_from(["better", "comparable"]),
    d=maybe,
    m=maybe,
    t=maybe,
    delta=maybe,
    sv=maybe,
    ov=maybe,
    cond=maybe,
    q=st.sampled_from([None, "max", "min", "mean", "approx"]),
    delta_kind=st.sampled_from([None, "absolute", "relative", "factor", "unknown"]),
    bg=st.booleans(),
    **place,
)
results = st.builds(Result, s=text, value=text, d=maybe, m=maybe, t=maybe, **place)
sotas = st.builds(Sota, s=text, d=maybe, t=maybe, **place)
claims = comparisons | results | sotas


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


records = st.builds(
    Record,
    paper=st.builds(Paper, id=text, title=text, abstract=text, url=maybe, year=st.none() | st.integers(1900, 2100), sources=tuples(text)),
    sentences=tuples(st.tuples(st.integers(0, 500), st.integers(0, 500))),
    entities=tuples(
        st.builds(
            Entity,
            name=text,
            type=st.sampled_from(ENTITY_TYPES),
            mentions=tuples(st.builds(Mention, start=place["start"], end=place["end"], text=text)),
        )
    ),
    **{kind: tuples(text) for kind in SUPPORTED},
    comparisons=tuples(comparisons),
    results=tuples(results),
    sota=tuples(sotas),
    support=tuples(st.builds(Support, kind=st.sampled_from(SUPPORTED), name=text, **{k: place[k] for k in ("start", "end", "confidence")})),
)


@given(records)
def test_to_json_and_back(record: Record) -> None:
    line = record.to_json()
    assert "\n" not in line
    assert Record.from_dict(json.loads(line)) == record


@given(records)
def test_keys_stand_in_the_order_of_the_schema_and_absent_attributes_are_left_out(record: Record) -> None:
    data = record.to_dict()
    of_record = ["sentences", "entities", *SUPPORTED, "comparisons", "results", "sota", "support"]
    assert [k for k in data if k in of_record] == of_record
    assert list(data)[: len(record.paper.to_dict())] == list(record.paper.to_dict())
    for claim in [*data["comparisons"], *data["results"], *data["sota"]]:
        assert not [k for k, v in claim.items() if v is None or v is False or v == ""]
        assert {"id", "s", "start", "end", "confidence"} <= set(claim)


@given(records)
def test_claims_come_kind_by_kind(record: Record) -> None:
    assert list(record.claims()) == [*record.comparisons, *record.results, *record.sota]


def test_a_record_without_its_shape_is_refused() -> None:
    with pytest.raises(KeyError):
        Record.from_dict({"id": "a", "title": "A"})
    with pytest.raises(TypeError):
        Record.from_dict({"id": "a", "title": "A", "abstract": "", "results": [{"s": "A", "sent": 2}]})


# The id of a claim


@given(claims, st.integers(0, 500), st.floats(0, 1))
def test_a_claims_id_does_not_depend_on_where_it_stands_and_how_sure_it_is(claim: Claim, start: int, confidence: float) -> None:
    moved = replace(claim, start=start, end=start + 9, confidence=confidence, id="")
    assert claim_id("p", "A beats B.", moved) == claim_id("p", "A beats B.", claim)


@given(claims, st.data())
def test_a_claims_id_depends_on_everything_else(claim: Claim, data: st.DataObject) -> None:
    said = [f.name for f in fields(claim) if f.name not in ("start", "end", "confidence", "id", "v", "q", "delta_kind", "bg")]
    name = data.draw(st.sampled_from(said))
    other = replace(claim, **{name: f"{getattr(claim, name) or ''}+"})
    ids = {
        claim_id("p", "A beats B.", claim),
        claim_id("p", "A beats B.", other),
        claim_id("q", "A beats B.", claim),
        claim_id("p", "A.", claim),
    }
    assert len(ids) == 4


@given(claims, claims)
def test_ids_are_the_same_only_for_the_same_claim(one: Claim, other: Claim) -> None:
    def said(claim: Claim) -> tuple[type[Claim], dict[str, Any]]:
        return type(claim), {k: v for k, v in claim_dict(claim).items() if k not in ("id", "start", "end", "confidence")}

    assert (claim_id("p", "x", one) == claim_id("p", "x", other)) == (said(one) == said(other))


def test_a_claims_id_is_short_and_stays_what_it_is() -> None:
    """Users' own corrections and other stores refer to it, so a change of this value is a change of the format."""
    claim = Comparison(s="AlphaNet", o="BaseNet", v="better", d="RoadCracks", delta="2.1%", start=3, end=9, confidence=0.5)
    assert claim_id("alpha", "AlphaNet beats BaseNet by 2.1%.", claim) == "94471884e337"
