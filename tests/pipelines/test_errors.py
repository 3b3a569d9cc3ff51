"""Every error has one cause, the causes are the ones that a reader would name, and they add up to the scorer's figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import score as scorer
from pipelines.errors import Analysis, Error, analyse, boundary, example, table, wanted
from pipelines.paths import fold_of

SENTENCES = (
    "Foonet for parsing",
    "We aim to outperform Barnet.",
    "Foonet with Addon outperforms Barnet by 2.0% and Quxnet by 3.0% F1 score on Alpha and Beta, at 90.1% against 88.1%.",
    "It reaches 91.5% F1 score on Alpha.",
    "Quxnet loses against prior parsers and tree parsers.",
    "Foonet is the state of the art on Beta.",
    "Nothing is said here.",
)
TYPES = {
    "Foonet": "Model",
    "Addon": "Model",
    "Barnet": "Model",
    "Quxnet": "Model",
    "Alpha": "Dataset",
    "Beta": "Dataset",
    "F1 score": "Metric",
    "parsing": "Task",
    "prior parsers": "Baseline",
}
TEXT = SENTENCES[0] + "\n" + " ".join(SENTENCES[1:])
BOUNDS = [[TEXT.index(s), TEXT.index(s) + len(s)] for s in SENTENCES]


def record(*, types: dict[str, str] | None = None, without: tuple[str, ...] = (), also: Any = (), **said: Any) -> dict[str, Any]:
    """A gold record of SENTENCES; `also` are further entities: (name, type, mentions)."""
    entities = [
        {"name": n, "type": t, "mentions": [n]}
        for n, t in (TYPES | (types or {})).items()
        if n not in without and (n in said.get("named", TYPES))
    ]
    entities += [{"name": n, "type": t, "mentions": list(m)} for n, t, m in also]
    said.pop("named", None)
    return {
        "id": "p1",
        "title": SENTENCES[0],
        "abstract": TEXT[len(SENTENCES[0]) + 1 :],
        "sentences": BOUNDS,
        "entities": entities,
        "proposes": ["Foonet"],
        **said,
    }


def as_said(data: dict[str, Any]) -> dict[str, Any]:
    """The same as `kg extract` would print it: with offsets and confidences."""
    out = {k: v for k, v in data.items() if k != "sentences"}
    for kind in ("comparisons", "results", "sota"):
        rows = ({"confidence": 0.9, **row} for row in data.get(kind, ()))
        out[kind] = [
            {k: v for k, v in row.items() if k != "sent"} | dict(zip(("start", "end"), BOUNDS[row["sent"]], strict=True)) for row in rows
        ]
    return out


def beats(s: str, o: str, sent: int = 2, v: str = "better", **more: Any) -> dict[str, Any]:
    return {"s": s, "o": o, "v": v, "sent": sent, **more}


def value(s: str, figure: str, sent: int = 3, **more: Any) -> dict[str, Any]:
    return {"s": s, "value": figure, "sent": sent, **more}


def causes(gold: dict[str, Any], pred: dict[str, Any], least: float = 0.4) -> list[tuple[str, str, str]]:
    found = analyse([gold], {"p1": as_said(pred)}, least)
    return [(e.section, e.side, e.cause) for e in found.errors]


FOO_BAR = beats("Foonet", "Barnet")
ON_ALPHA = beats("Foonet", "Barnet", d="Alpha", m="F1 score", delta="2.0%")


def compared(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return record(comparisons=list(rows), **more)


PAIRS = [
    ("missed", "wrong direction", compared(FOO_BAR), compared(beats("Barnet", "Foonet"))),
    ("invented", "wrong direction", compared(FOO_BAR), compared(beats("Barnet", "Foonet"))),
    ("missed", "wrong verdict", compared(FOO_BAR), compared(beats("Foonet", "Barnet", v="comparable"))),
    ("invented", "wrong verdict", compared(beats("Barnet", "Foonet", v="comparable")), compared(FOO_BAR)),
    (
        "missed",
        "wrong direction",  # of a pair that is right in another metric
        compared(ON_ALPHA, beats("Barnet", "Foonet", m="parsing")),
        compared(ON_ALPHA, beats("Foonet", "Barnet", m="parsing")),
    ),
    ("missed", "coreference: THIS for a name", compared(FOO_BAR), compared(beats("THIS", "Barnet"))),
    ("invented", "coreference: THIS for a name", compared(FOO_BAR), compared(beats("THIS", "Barnet"))),
    ("missed", "coreference: a name for THIS", compared(beats("THIS", "Barnet")), compared(FOO_BAR)),
    (
        "missed",
        "coreference: another own name",
        compared(FOO_BAR, proposes=["Foonet", "Addon"]),
        compared(beats("Addon", "Barnet"), proposes=["Foonet", "Addon"]),
    ),
    (
        "missed",
        "object differs: split or joined",
        compared(beats("Foonet", "Barnet"), without=("Barnet",), also=[("Barnet", "Model", ("Barnet", "Quxnet"))]),
        compared(beats("Foonet", "Quxnet")),
    ),
    (
        "invented",
        "object differs: wrong boundary",
        compared(beats("Foonet", "Barnet")),
        compared(
            beats("Foonet", "outperforms Barnet"), without=("Barnet",), also=[("outperforms Barnet", "Model", ("outperforms Barnet",))]
        ),
    ),
    (
        "missed",
        "object differs: Baseline against a name",
        compared(beats("tree parser", "Quxnet", 4), also=[("tree parser", "Baseline", ("tree parsers",))])
        | {"comparisons": [beats("Quxnet", "tree parser", 4)]},
        compared(beats("Quxnet", "tree", 4), also=[("tree", "Model", ("tree",))]),
    ),
    (
        "missed",
        "subject differs: wrong type",
        compared(beats("Addon", "Barnet")),
        compared(beats("Addon", "Barnet"), types={"Addon": "Task"}),
    ),
    ("missed", "below the threshold", compared(FOO_BAR), compared(FOO_BAR | {"confidence": 0.2})),
    ("missed", "object not found: no mention", compared(FOO_BAR), compared(without=("Barnet",))),
    ("missed", "subject not found: wrong type", compared(FOO_BAR), compared(types={"Foonet": "Dataset"})),
    (
        "missed",
        "object not found: wrong boundary",
        compared(FOO_BAR),
        compared(without=("Barnet",), also=[("outperforms Barnet", "Model", ("outperforms Barnet",))]),
    ),
    ("missed", "object not found: no mention", compared(beats("Foonet", "prior parsers", 4)), compared(without=("prior parsers",))),
    ("missed", "wrong object", compared(FOO_BAR), compared(beats("Foonet", "Quxnet"))),
    ("missed", "wrong subject", compared(FOO_BAR), compared(beats("Quxnet", "Barnet"))),
    ("missed", "missed claim: nothing found in the sentence", compared(FOO_BAR), compared()),
    ("missed", "missed claim: background statement", compared(FOO_BAR | {"bg": True}), compared()),
    (
        "missed",
        "missed claim: others found in the sentence",
        compared(FOO_BAR, beats("Foonet", "Quxnet")),
        compared(beats("Foonet", "Quxnet")),
    ),
    (
        "missed",
        "missed claim: other kinds found in the sentence",
        compared(FOO_BAR),
        compared(results=[value("Foonet", "90.1%", 2)]),
    ),
    ("invented", "crosswise", compared(FOO_BAR, beats("Addon", "Quxnet")), compared(beats("Foonet", "Quxnet"))),
    ("invented", "no comparison here: an aim or a possibility", compared(), compared(beats("Foonet", "Barnet", 1))),
    ("invented", "no comparison here: the title", compared(), compared(beats("Foonet", "Barnet", 0))),
    ("invented", "no comparison here: another statement", compared(), compared(beats("Foonet", "Barnet", 6))),
    (
        "invented",
        "no comparison here: a result",
        compared(results=[value("Foonet", "91.5%")]),
        compared(beats("Foonet", "Barnet", 3)),
    ),
    (
        "invented",
        "no comparison here: a state-of-the-art claim",
        compared(sota=[{"s": "Foonet", "d": "Beta", "sent": 5}]),
        compared(beats("Foonet", "Barnet", 5)),
    ),
    (
        "invented",
        "object invented: no mention",
        compared(FOO_BAR),
        compared(FOO_BAR, beats("Foonet", "against"), also=[("against", "Model", ("against",))]),
    ),
    ("invented", "object not compared here", compared(FOO_BAR), compared(FOO_BAR, beats("Foonet", "Quxnet"))),
    ("invented", "subject not compared here", compared(FOO_BAR), compared(FOO_BAR, beats("Quxnet", "Barnet"))),
    ("invented", "subject and object not compared here", compared(FOO_BAR), compared(FOO_BAR, beats("Quxnet", "Addon"))),
]


@pytest.mark.parametrize(("side", "cause", "gold", "pred"), PAIRS, ids=[f"{side}, {cause}" for side, cause, _, _ in PAIRS])
def test_a_wrong_pair_has_the_cause_that_a_reader_would_name(side: str, cause: str, gold: dict[str, Any], pred: dict[str, Any]) -> None:
    found = causes(gold, pred)
    assert ("outperforms", side, cause) in found
    assert ("comparisons", side, f"pair: {cause}") in found


def test_comparable_pairs_have_causes_of_their_own() -> None:
    even = beats("Foonet", "Barnet", v="comparable")
    assert ("comparable", "missed", "below the threshold") in causes(compared(even), compared(even | {"confidence": 0.1}))
    assert ("comparable", "invented", "coreference: THIS for a name") in causes(
        compared(even), compared(even | {"s": "Barnet", "o": "THIS"})
    )


ROWS = [
    ("both", "dataset missing: not attached", ON_ALPHA, {"d": None}, {}),
    ("both", "dataset missing: no mention", ON_ALPHA, {"d": None}, {"without": ("Alpha",)}),
    ("both", "dataset extra", ON_ALPHA | {"d": None}, {"d": "Alpha"}, {}),
    ("both", "dataset wrong: another one", ON_ALPHA, {"d": "Beta"}, {}),
    ("both", "metric missing: not attached", ON_ALPHA, {"m": None}, {}),
    ("both", "metric extra", ON_ALPHA | {"m": None}, {"m": "F1 score"}, {}),
    (
        "both",
        "metric wrong: wrong boundary",
        ON_ALPHA,
        {"m": "score"},
        {"without": ("F1 score",), "also": [("score", "Metric", ("score",))]},
    ),
    ("both", "delta missing", ON_ALPHA, {"delta": None}, {}),
    ("both", "delta missing: taken for a value", ON_ALPHA, {"delta": None, "sv": "2.0%"}, {}),
    ("both", "delta extra", ON_ALPHA | {"delta": None}, {"delta": "7.0%"}, {}),
    ("both", "delta extra: it is a value", ON_ALPHA | {"delta": None, "sv": "90.1%"}, {"delta": "90.1%"}, {}),
    ("both", "delta wrong: it is a value", ON_ALPHA | {"sv": "90.1%"}, {"delta": "90.1%"}, {}),
    ("both", "delta wrong: unit or part of a range", ON_ALPHA | {"delta": "2.0 to 3.0%"}, {"delta": "3.0%"}, {}),
    ("both", "delta wrong: another figure", ON_ALPHA, {"delta": "7.0%"}, {}),
    ("both", "attributes: dataset, delta", ON_ALPHA, {"d": None, "delta": None}, {}),
    ("both", "attributes: dataset, metric, delta", ON_ALPHA, {"d": None, "m": None, "delta": None}, {}),
]


@pytest.mark.parametrize(("sides", "cause", "row", "change", "more"), ROWS, ids=[r[1] for r in ROWS])
def test_a_wrong_attribute_is_a_miss_and_an_invention_of_one_cause(
    sides: str, cause: str, row: dict[str, Any], change: dict[str, Any], more: dict[str, Any]
) -> None:
    said = {k: v for k, v in (row | change).items() if v is not None}
    asked = {k: v for k, v in row.items() if v is not None}
    found = causes(compared(asked), compared(said, **more))
    assert {side for section, side, c in found if section == "comparisons" and c == cause} == {"missed", "invented"}
    assert not [f for f in found if f[0] == "outperforms"]


def test_the_figure_of_another_row_is_told() -> None:
    gold = compared(ON_ALPHA, beats("Foonet", "Quxnet", d="Beta", delta="3.0%"))
    pred = compared(ON_ALPHA | {"delta": "3.0%"}, beats("Foonet", "Quxnet", d="Beta", delta="3.0%"))
    assert ("comparisons", "missed", "delta wrong: another row's") in causes(gold, pred)


def test_too_few_and_too_many_rows_of_a_right_pair() -> None:
    two = compared(ON_ALPHA, ON_ALPHA | {"d": "Beta"})
    one = compared(ON_ALPHA)
    assert causes(two, one) == [("comparisons", "missed", "rows: too few for a right pair")]
    assert causes(one, two) == [("comparisons", "invented", "rows: too many for a right pair")]
    unsure = compared(ON_ALPHA, ON_ALPHA | {"d": "Beta", "confidence": 0.1})
    assert causes(two, unsure) == [("comparisons", "missed", "below the threshold")]


def test_rows_are_coupled_by_what_they_agree_in() -> None:
    """One wrong delta stays one, whatever the order of the rows."""
    gold = compared(ON_ALPHA, ON_ALPHA | {"d": "Beta", "delta": "3.0%"})
    pred = compared(ON_ALPHA | {"d": "Beta", "delta": "7.0%"}, ON_ALPHA | {"delta": "8.0%"})
    assert {c for section, _, c in causes(gold, pred) if section == "comparisons"} == {"delta wrong: another figure"}


def test_attributes_of_right_pairs() -> None:
    gold = compared(ON_ALPHA | {"sv": "90.1%", "bg": True, "cond": "with Addon"})
    found = causes(gold, compared(ON_ALPHA | {"ov": "88.1%", "cond": "at last"}))
    assert {("sv", "missed", "missing"), ("ov", "invented", "extra"), ("background", "missed", "missing")} <= set(found)
    assert {("condition", "missed", "wrong"), ("condition", "invented", "wrong")} <= set(found)
    found = causes(compared(FOO_BAR | {"sv": "90.1%"}), compared(FOO_BAR | {"delta": "90.1%", "bg": True}))
    assert {("sv", "missed", "missing: taken for the difference"), ("background", "invented", "extra")} <= set(found)


F1_ON_ALPHA = value("Foonet", "91.5%", d="Alpha", m="F1 score")


def reached(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return record(results=list(rows), **more)


RESULTS = [
    ("missed", "dataset wrong: another one", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA | {"d": "Beta"})),
    ("invented", "attributes: subject, dataset", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA | {"s": "Barnet", "d": "Beta"})),
    ("invented", "coreference: THIS for a name", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA | {"s": "THIS"})),
    ("missed", "wrong subject", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA | {"s": "Barnet"})),
    ("missed", "taken for a comparison's figure", reached(F1_ON_ALPHA), compared(beats("Foonet", "Barnet", 3, sv="91.5%"))),
    ("invented", "figure of a comparison", compared(beats("Foonet", "Barnet", 3, sv="91.5%")), reached(F1_ON_ALPHA)),
    ("missed", "below the threshold", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA | {"confidence": 0.1})),
    ("missed", "value wrong", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA | {"value": "1%"})),
    ("missed", "subject not found: no mention", reached(F1_ON_ALPHA), reached(without=("Foonet",), proposes=[])),
    ("missed", "missed claim: nothing found in the sentence", reached(F1_ON_ALPHA), reached()),
    ("invented", "no result here: another statement", reached(), reached(F1_ON_ALPHA)),
    ("invented", "figure that is no result", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA, value("Barnet", "1%"))),
    ("invented", "beside a right one", reached(F1_ON_ALPHA), reached(F1_ON_ALPHA, F1_ON_ALPHA)),
]


@pytest.mark.parametrize(("side", "cause", "gold", "pred"), RESULTS, ids=[f"{side}, {cause}" for side, cause, _, _ in RESULTS])
def test_a_wrong_result_has_its_cause(side: str, cause: str, gold: dict[str, Any], pred: dict[str, Any]) -> None:
    assert ("results", side, cause) in causes(gold, pred)


BEST = {"s": "Foonet", "d": "Beta", "sent": 5}


def praised(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return record(sota=list(rows), **more)


SOTA = [
    ("missed", "target missing", praised(BEST), praised({"s": "Foonet", "sent": 5})),
    ("invented", "target extra", praised({"s": "Foonet", "sent": 5}), praised(BEST)),
    ("invented", "target wrong: another one", praised(BEST), praised(BEST | {"d": "Alpha"})),
    ("invented", "coreference: THIS for a name", praised(BEST), praised(BEST | {"s": "THIS"})),
    ("missed", "wrong subject", praised(BEST), praised(BEST | {"s": "Barnet"})),
    ("missed", "taken for a comparison", praised(BEST), compared(beats("Foonet", "Barnet", 5))),
    ("invented", "a comparison taken for it", compared(beats("Foonet", "Barnet", 5)), praised(BEST)),
    ("missed", "below the threshold", praised(BEST), praised(BEST | {"confidence": 0.1})),
    ("missed", "missed claim: nothing found in the sentence", praised(BEST), praised()),
    ("invented", "no such claim here: another statement", praised(), praised(BEST | {"sent": 6})),
    ("invented", "subject not praised here", praised(BEST), praised(BEST, {"s": "Barnet", "d": "Alpha", "sent": 5})),
    (
        "invented",
        "beside a right one",  # the scorer takes what is said of one task for one claim
        praised(BEST | {"t": "parsing"}, BEST | {"d": "Alpha", "t": "parsing"}),
        praised(BEST, BEST | {"d": "Alpha"}),
    ),
]


@pytest.mark.parametrize(("side", "cause", "gold", "pred"), SOTA, ids=[f"{side}, {cause}" for side, cause, _, _ in SOTA])
def test_a_wrong_state_of_the_art_claim_has_its_cause(side: str, cause: str, gold: dict[str, Any], pred: dict[str, Any]) -> None:
    assert ("sota", side, cause) in causes(gold, pred)


def test_lists() -> None:
    gold = record(builds_on=["Barnet", "Quxnet", "Addon"])
    unsure = [{"kind": "builds_on", "name": "Quxnet", "start": 0, "end": 5, "confidence": 0.1}]
    pred = record(builds_on=["Quxnet"], proposes=["Foonet", "Barnet"], support=unsure, without=("Addon",))
    found = set(causes(gold, pred))
    assert ("builds_on", "missed", "put into proposes") in found
    assert ("builds_on", "missed", "below the threshold") in found
    assert ("builds_on", "missed", "not found: no mention") in found
    assert ("proposes", "invented", "belongs into builds_on") in found
    found = set(causes(record(addresses=["parsing"]), record(evaluated_on=["Alpha", "said"], also=[("said", "Dataset", ("said",))])))
    assert ("addresses", "missed", "named, not listed") in found
    assert ("evaluated_on", "invented", "named, not listed") in found
    assert ("evaluated_on", "invented", "not in the gold: no mention") in found


def test_mentions() -> None:
    gold = record(also=[("tree parser", "Model", ("tree parsers",))])
    pred = record(types={"parsing": "Model"}, without=("Barnet", "Beta"), also=[("tree", "Model", ("tree",)), ("said", "Task", ("said",))])
    pred["entities"].append(
        {"name": "Barnet", "type": "Model", "mentions": [{"start": TEXT.index("Barnet"), "end": TEXT.index("Barnet") + 6}]}
    )
    found = set(causes(gold, pred))
    assert ("mentions", "missed", "wrong type: Task as Model") in found
    assert ("mentions", "invented", "wrong type: Task as Model") in found
    assert ("mentions", "missed", "boundary: too short, right") in found
    assert ("mentions", "missed", "no mention here, but elsewhere") in found
    assert ("mentions", "missed", "no mention here, nor elsewhere") in found
    assert ("mentions", "invented", "no mention here, nor elsewhere") in found
    assert ("entities", "missed", "wrong type") in found
    assert ("entities", "missed", "wrong boundary") in found
    found = set(causes(record(), record(without=("prior parsers",), also=[("parsers", "Model", ("prior parsers",))])))
    assert ("mentions", "invented", "wrong type: Baseline as Model") in found
    found = set(causes(record(), record(without=("Barnet",), also=[("aim", "Task", ("outperform Barnet",))])))
    assert ("mentions", "missed", "boundary and type") in found


def test_entities_split_and_joined() -> None:
    joined = [("Barnet", "Model", ("Barnet", "Quxnet"))]
    gold, pred = record(without=("Barnet", "Quxnet"), also=joined), record()
    assert ("entities", "invented", "split or joined") in causes(gold, pred)
    assert ("entities", "missed", "split or joined") in causes(pred, gold)


@pytest.mark.parametrize(
    ("pred", "said"),
    [
        ((5, 20), "too long, left"),
        ((10, 25), "too long, right"),
        ((5, 25), "too long, left and right"),
        ((15, 20), "too short, left"),
        ((10, 15), "too short, right"),
        ((12, 15), "too short, left and right"),
        ((5, 15), "shifted"),
        ((15, 25), "shifted"),
    ],
)
def test_boundaries(pred: tuple[int, int], said: str) -> None:
    assert boundary((10, 20, "Model"), (*pred, "Model")) == f"boundary: {said}"


def test_a_right_reading_has_no_errors() -> None:
    full = record(comparisons=[ON_ALPHA], results=[F1_ON_ALPHA], sota=[BEST], builds_on=["Addon"], evaluated_on=["Alpha"])
    assert causes(full, full) == []


def test_a_paper_without_prediction_is_missed_as_a_whole() -> None:
    found = analyse([compared(FOO_BAR)], {}, 0.4)
    assert {e.side for e in found.errors} == {"missed"}
    assert found.counts["outperforms"] == (0, 1, 0)


names = st.sampled_from(["Foonet", "Addon", "Barnet", "Quxnet", "prior parsers", "tree parsers", "THIS", "Alpha", "parsing", "nowhere"])
target = st.none() | st.sampled_from(["Alpha", "Beta", "F1 score", "parsing", "Foonet", "tree parsers"])
figure = st.none() | st.sampled_from(["2.0%", "3.0%", "90.1%", "half", "2.0 to 3.0%"])
kinds = st.sampled_from(["Model", "Dataset", "Metric", "Task", "Baseline"])


def claims(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    fields = {"s": names, "d": target, "sent": st.integers(0, 6), **more}
    made = st.fixed_dictionaries(fields, optional={"confidence": st.sampled_from([0.1, 0.4, 0.9])})
    return st.lists(made.map(lambda c: {k: v for k, v in c.items() if v is not None}), max_size=4)


@st.composite
def readings(draw: st.DrawFn) -> dict[str, Any]:
    forms = st.sampled_from(
        ["Foonet", "with Addon", "Addon", "Barnet", "Quxnet", "prior parsers", "tree parsers", "parsers", "F1 score", "Alpha"]
    )
    entities = draw(st.lists(st.tuples(names.filter(lambda n: n != "THIS"), kinds, st.lists(forms, max_size=3)), max_size=7))
    flag = st.none() | st.just(True)
    compared = claims(
        o=names, v=st.sampled_from(["better", "comparable"]), m=target, delta=figure, sv=figure, ov=figure, bg=flag, cond=figure
    )
    listed = st.lists(names.filter(lambda n: n != "THIS"), max_size=3, unique=True)
    return record(
        also=entities,
        named=draw(st.sets(st.sampled_from(sorted(TYPES)))),
        comparisons=draw(compared),
        results=draw(claims(m=target, value=figure.filter(bool))),
        sota=draw(claims(t=target)),
        **{kind: draw(listed) for kind in ("proposes", "evaluated_on", "addresses", "builds_on")},
    )


@given(readings(), readings(), st.sampled_from([0.0, 0.4, 0.95]))
def test_the_causes_add_up_to_the_scorers_misses_and_inventions(gold: dict[str, Any], pred: dict[str, Any], least: float) -> None:
    said = as_said(pred)
    found = analyse([gold], {"p1": said}, least)
    cut = {**said, **{k: [c for c in said[k] if c.get("confidence", 1.0) >= least] for k in ("comparisons", "results", "sota")}}
    playing = {c[k] for kind in ("comparisons", "results", "sota") for c in cut[kind] for k in ("s", "o") if k in c}
    cut["entities"] = [e for e in said["entities"] if e["type"] != "Baseline" or e["name"] in playing]
    counts, attributes = scorer.compare(gold, cut)
    for section, (hit, asked, made) in found.counts.items():
        mine = [sum((e.section, e.side) == (section, side) for e in found.errors) for side in ("missed", "invented")]
        assert mine == [asked - hit, made - hit]
        if section in counts:
            assert (hit, asked, made) == tuple(counts[section])
        else:
            assert (hit, asked) == tuple(attributes[section])
    assert all(e.cause for e in found.errors)


def small() -> tuple[Analysis, Analysis]:
    gold = compared(FOO_BAR, beats("Foonet", "Quxnet"))
    before = analyse([gold], {"p1": as_said(compared(beats("Barnet", "Foonet")))}, 0.4)
    return analyse([gold], {"p1": as_said(compared(FOO_BAR))}, 0.4), before


def test_the_table_counts_before_after_and_the_difference() -> None:
    now, before = small()
    lines = table(now, before).split("\n")
    start = next(k for k, line in enumerate(lines) if line.startswith("outperforms:"))
    cells = {line[:50].strip(): line[50:].split() for line in lines[start + 2 : lines.index("", start)]}
    assert cells["wrong direction"] == ["1", "0", "-1", "1", "0", "-1"]
    assert cells["all"] == ["2", "1", "-1", "1", "0", "-1"]
    alone = table(now)
    assert "missed    share" in alone
    assert "P 1.000 R 0.500" in alone


def test_examples_cannot_command_the_terminal() -> None:
    gold, pred = compared(FOO_BAR), compared()
    bad = "Barnet\x1b[2J\u202e"
    gold["abstract"] = gold["abstract"].replace("Barnet by", f"{bad} by")
    gold["comparisons"][0] = beats("Foonet", bad)
    found = analyse([gold], {"p1": as_said(pred)}, 0.4)
    shown = "\n".join(example(found.views[e.paper], e) for e in found.errors)
    assert "Barnet" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_errors_are_found_by_part_of_their_name() -> None:
    error = Error("outperforms", "missed", "wrong direction", "p1", None)
    other = Error("comparisons", "invented", "pair: wrong direction", "p1", None)
    assert wanted([error, other], "Wrong Direction") == [error, other]
    assert wanted([error, other], "outperforms/missed") == [error]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one paper in fold 3, and predictions of it."""
    key = next(str(k) for k in range(1000) if fold_of(str(k)) == 3)
    gold = compared(FOO_BAR, beats("Foonet", "Quxnet")) | {"id": key}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "train.jsonl").write_text(json.dumps(gold) + "\n")
    (tmp_path / "gold" / "dev.jsonl").write_text(json.dumps(gold) + "\n")
    (tmp_path / "pred.jsonl").write_text(json.dumps(as_said(compared(FOO_BAR)) | {"id": key}) + "\n")
    return tmp_path


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "KG_SHARED": str(data)}
    command = [sys.executable, "-m", "pipelines.errors", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_command(data: Path) -> None:
    pred = str(data / "pred.jsonl")
    done = run(data, pred, "--gold", "fold3")
    assert done.returncode == 0, done.stderr
    assert "missed claim: others found in the sentence" in done.stdout
    done = run(data, pred, "--gold", "fold3", "--show", "others found")
    assert "[2] Foonet better Quxnet" in done.stdout
    done = run(data, pred, "--gold", "fold3", "--show", "no such cause")
    assert done.returncode == 1
    assert "outperforms/missed/missed claim" in done.stderr
    done = run(data, pred, "--gold", "dev", "--show", "missed")
    assert done.returncode == 2
    assert "folds of train" in done.stderr
    (data / "bad.jsonl").write_text('{"id": "a"}\nnot JSON\n')
    done = run(data, str(data / "bad.jsonl"), "--gold", "fold3")
    assert done.returncode == 1
    assert "bad.jsonl, line 2" in done.stderr
