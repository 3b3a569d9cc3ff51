"""From scores to comparisons: coordination, figures and settings, on scores set by hand."""

from __future__ import annotations

import numpy as np

from kg.nlp.comparisons import comparisons
from kg.nlp.decoding import Decoding
from kg.nlp.entities import Group
from kg.nlp.labels import NODE_LABELS, PAIR_LABELS
from kg.nlp.nodes import Span
from kg.nlp.pairs import pairs
from kg.nlp.reading import Reading

TEXT = "Ours beats Beta and Gamma by 2.1 and 3.5 BLEU on De-En and Fr-En."
WORDS = [
    ("Beta", "Baseline"),
    ("Gamma", "Model"),
    ("2.1", "Quantity"),
    ("3.5", "Quantity"),
    ("BLEU", "Metric"),
    ("De-En", "Dataset"),
    ("Fr-En", "Dataset"),
]


def reading(**scores: float) -> Reading:
    """A reading of TEXT whose pair scores are given as `Own__Beta__better=0.9`, from and to by surface form (dots and hyphens as `_`)."""
    spans = [Span(0, len(TEXT), "Own")] + [Span(TEXT.index(w), TEXT.index(w) + len(w), t) for w, t in WORDS]
    key = {"Own": 0, **{w.replace(".", "_").replace("-", "_"): k + 1 for k, (w, _) in enumerate(WORDS)}}
    pair = np.zeros((len(spans), len(spans), len(PAIR_LABELS)))
    for what, p in scores.items():
        a, b, label = what.split("__")
        pair[key[a], key[b], PAIR_LABELS.index(label)] = p
    names = ["Nova", *(None if t == "Quantity" else w for w, t in WORDS)]
    groups = tuple(Group(w, t, (spans[k + 1],)) for k, (w, t) in enumerate(WORDS) if t != "Quantity")
    node = np.zeros((len(spans), len(NODE_LABELS)))
    return Reading(TEXT, [(0, len(TEXT))], groups, tuple(spans), [0] * len(spans), names, node, pair, "Nova")


def read(**scores: float) -> list[tuple[str, str, str | None, str | None, str | None]]:
    return [(c.s, c.o, c.d, c.m, c.delta) for c in comparisons(reading(**scores), {}, Decoding())]


BOTH = {"Own__Beta__better": 0.9, "Own__Gamma__better": 0.8}


def test_the_likelier_direction_wins() -> None:
    found = pairs(reading(Own__Beta__better=0.9, Beta__Own__better=0.3))
    assert [(p.s, p.o) for p in found] == [("Nova", "Beta")]


def test_every_object_is_its_own_claim() -> None:
    assert read(**BOTH) == [("Nova", "Beta", None, None, None), ("Nova", "Gamma", None, None, None)]


def test_figures_go_with_their_datasets() -> None:
    """Two deltas on two datasets are two records, not four."""
    found = read(
        Own__Beta__better=0.9,
        Own__2_1__subject_delta=0.9, Beta__2_1__object_delta=0.9, Own__3_5__subject_delta=0.9, Beta__3_5__object_delta=0.9,
        **{"2_1__De_En__quantity_dataset": 0.9, "3_5__Fr_En__quantity_dataset": 0.9},
        **{"2_1__BLEU__quantity_metric": 0.9, "3_5__BLEU__quantity_metric": 0.9},
    )  # fmt: skip
    assert found == [("Nova", "Beta", "De-En", "BLEU", "2.1"), ("Nova", "Beta", "Fr-En", "BLEU", "3.5")]


def test_figures_go_with_their_objects() -> None:
    found = read(
        **BOTH,
        Own__2_1__subject_delta=0.9, Beta__2_1__object_delta=0.9, Own__3_5__subject_delta=0.9, Gamma__3_5__object_delta=0.9,
    )  # fmt: skip
    assert {(o, delta) for _, o, _, _, delta in found} == {("Beta", "2.1"), ("Gamma", "3.5")}


def test_without_a_figure_each_dataset_is_a_claim() -> None:
    found = read(
        Own__Beta__better=0.9,
        Own__De_En__subject_dataset=0.9, Beta__De_En__object_dataset=0.9, Own__Fr_En__subject_dataset=0.9, Beta__Fr_En__object_dataset=0.9,
        Own__BLEU__subject_metric=0.9, Beta__BLEU__object_metric=0.9,
    )  # fmt: skip
    assert found == [("Nova", "Beta", "De-En", "BLEU", None), ("Nova", "Beta", "Fr-En", "BLEU", None)]


def test_an_unlikely_pair_is_no_claim_at_any_threshold() -> None:
    assert read(Own__Beta__better=0.01) == []


def test_parallel_pairs_are_not_crossed() -> None:
    """`A beats B, and C beats D` says nothing of A and D, nor of C and B."""
    text = "Ant beats Bee, and Cat beats Dog."
    words = ["Ant", "Bee", "Cat", "Dog"]
    spans = tuple(Span(text.index(w), text.index(w) + 3, "Model") for w in words)
    pair = np.zeros((4, 4, len(PAIR_LABELS)))
    for i, j in ((0, 1), (2, 3), (0, 3), (2, 1)):
        pair[i, j, PAIR_LABELS.index("better")] = 0.8
    groups = tuple(Group(w, "Model", (s,)) for w, s in zip(words, spans, strict=True))
    crossed = Reading(text, [(0, len(text))], groups, spans, [0] * 4, list(words), np.zeros((4, len(NODE_LABELS))), pair, "THIS")
    assert [(p.s, p.o) for p in pairs(crossed)] == [("Ant", "Bee"), ("Cat", "Dog")]
