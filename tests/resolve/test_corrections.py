"""A correction as a line of text: there and back, and what is wrong with a damaged one."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.corrections import Accept, Correction, Merge, Reject, Rename, Split, from_json, in_words, to_json

texts = st.text(min_size=1).filter(str.strip)
maybe = st.none() | texts
types = st.sampled_from([None, "Model", "Dataset", "Metric", "Task", "Baseline"])
said = st.fixed_dictionaries({"s": texts, "o": texts, "v": texts}, optional={"d": texts, "delta": texts, "bg": st.just(True)})
claims = {"claim": texts, "paper": maybe, "kind": st.just("comparison"), "said": said, "sentence": maybe, "note": maybe}
entities = st.lists(st.fixed_dictionaries({"name": texts, "type": st.just("Model"), "mentions": st.lists(texts)}), max_size=2).map(tuple)
any_correction = st.one_of(
    st.builds(Merge, type=types, name=texts, also=texts, note=maybe),
    st.builds(Split, type=types, name=texts, papers=st.lists(texts, max_size=3).map(tuple), apart_from=maybe, note=maybe),
    st.builds(Rename, type=types, name=texts, label=texts, note=maybe),
    st.builds(Reject, **claims),
    st.builds(Reject, claim=texts),
    st.builds(Accept, **claims, entities=entities),
)


@given(any_correction)
def test_there_and_back(correction: Correction) -> None:
    line = to_json(correction)
    assert "\n" not in line
    line.encode("utf-8")
    assert from_json(line) == correction
    assert to_json(from_json(line)) == line


def test_keys_are_in_a_fixed_order_and_absent_ones_left_out() -> None:
    line = to_json(Split(papers=("p2", "p1"), name="TIE", type="Model"))
    assert line == '{"fix": "split", "type": "Model", "name": "TIE", "papers": ["p2", "p1"]}'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "not JSON"),
        ("[]", "expected a JSON object"),
        ("{}", 'expected "fix" to be one of merge, split, rename, reject, accept'),
        ('{"fix": ["merge"]}', 'expected "fix" to be one of'),
        ('{"fix": "merge", "name": "A"}', 'merge lacks "also"'),
        ('{"fix": "merge", "name": "A", "also": "B", "with": "C"}', 'merge has no "with"'),
        ('{"fix": "merge", "name": "A", "also": 3}', 'expected "also" to be a text'),
        ('{"fix": "merge", "name": "A", "also": " "}', 'expected "also" to be a text that is not empty'),
        ('{"fix": "rename", "type": "model", "name": "A", "label": "B"}', 'expected "type" to be one of Model'),
        ('{"fix": "split", "name": "A", "papers": "p1"}', 'expected "papers" to be a list'),
        ('{"fix": "accept", "claim": "c", "kind": "guess"}', 'expected "kind" to be one of comparison'),
        ('{"fix": "accept", "claim": "c", "said": {"s": "A"}}', '"said" needs a "kind"'),
        ('{"fix": "accept", "claim": "c", "kind": "sota", "said": {"d": "A"}}', '"said" lacks "s"'),
        ('{"fix": "accept", "claim": "c", "kind": "sota", "said": {"s": "A", "o": "B"}}', 'a sota says no "o"'),
        ('{"fix": "accept", "claim": "c", "kind": "sota", "said": {"s": 1}}', 'expected "s" of "said" to be a text'),
        ('{"fix": "accept", "claim": "c", "entities": [{"name": "A"}]}', 'expected "entities" to be a list of objects'),
    ],
)
def test_a_damaged_line_says_what_was_expected(line: str, expected: str) -> None:
    with pytest.raises(ValueError, match=re.escape(expected)):
        from_json(line)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_any_json_is_a_correction_or_a_message(value: object) -> None:
    for data in (value, {"fix": "merge", "name": value, "also": "B"}, {"fix": "accept", "claim": "c", "kind": "result", "said": value}):
        with suppress(ValueError):
            assert in_words(from_json(json.dumps(data)))


def test_in_words() -> None:
    result = {"s": "A", "value": "71%", "d": "D", "m": "accuracy"}
    assert in_words(Reject(claim="c1", kind="result", said=result)) == "claim c1 is wrong: A reaches 71% on D, accuracy"
    assert in_words(Accept(claim="c1", kind="proposes", said={"name": "A"})) == "claim c1 is right: proposes A"
    assert in_words(Split(name="TIE", apart_from="Bow")) == "TIE is not Bow"
