"""Tag scores become spans: whatever the scores, the spans are legal."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.decode import best_tags, spans_of
from kg.nlp.labels import TAGS
from kg.nlp.wordpiece import Pieces

TEXT = "Swin-T beats DeiT on ImageNet"
WORDS = [(0, 6), (7, 12), (13, 17), (18, 20), (21, 29)]


def pieces(spans: list[tuple[int, int]], inside: list[bool] | None = None) -> Pieces:
    n = len(spans)
    return Pieces(np.array(spans), np.zeros(n, int), np.zeros(n, int), np.array(inside or [False] * n), ())


def scores(*tags: str) -> np.ndarray:
    table = np.full((len(tags), len(TAGS)), -5.0)
    for k, tag in enumerate(tags):
        table[k, TAGS.index(tag)] = 0.0
    return table


def test_spans_carry_place_and_type() -> None:
    found = spans_of(scores("B-Model", "O", "B-Model", "O", "B-Dataset"), pieces(WORDS), TEXT, TAGS)
    assert [(TEXT[s.start : s.end], s.type) for s in found] == [("Swin-T", "Model"), ("DeiT", "Model"), ("ImageNet", "Dataset")]


def test_a_word_is_never_torn() -> None:
    """`Image` + `##Net`: the second piece takes the first one's entity even where its own score says otherwise."""
    torn = pieces([(21, 26), (26, 29)], [False, True])
    found = spans_of(scores("B-Dataset", "B-Model"), torn, TEXT, TAGS)
    assert [TEXT[s.start : s.end] for s in found] in (["ImageNet"], [])


def test_nothing_in_nothing_out() -> None:
    assert spans_of(np.zeros((0, len(TAGS))), pieces([]), "", TAGS) == []


@given(
    st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, 2**32 - 1), st.lists(st.booleans(), min_size=n, max_size=n)))
)
def test_any_scores_give_a_legal_sequence(case: tuple[int, int, list[bool]]) -> None:
    n, seed, inside = case
    inside[0] = False
    table = np.random.default_rng(seed).normal(size=(n, len(TAGS))) * 4
    tags = [TAGS[t] for t in best_tags(table, TAGS, np.array(inside))]
    for before, after, within in zip(["O", *tags], tags, [False, *inside[1:]], strict=False):
        if after.startswith("I-"):
            assert before[2:] == after[2:]
        if within:
            assert after == "O" == before or (after.startswith("I-") and before[2:] == after[2:])
