"""From scores to claims other than comparisons: each kind has a confidence of its own."""

from __future__ import annotations

import numpy as np
import pytest

from kg.nlp.claims import read_off
from kg.nlp.decoding import Decoding
from kg.nlp.entities import Group
from kg.nlp.labels import NODE_LABELS, PAIR_LABELS
from kg.nlp.nodes import Span
from kg.nlp.reading import Reading

TEXT = "Nova is best on GLUE with 91.2."
SPANS = (Span(0, 4, "Model"), Span(16, 20, "Dataset"), Span(26, 30, "Quantity"))


def reading() -> Reading:
    pair = np.zeros((3, 3, len(PAIR_LABELS)))
    pair[0, 1, PAIR_LABELS.index("sota")] = 0.9
    pair[0, 2, PAIR_LABELS.index("result")] = 0.8
    groups = (Group("Nova", "Model", SPANS[:1]), Group("GLUE", "Dataset", SPANS[1:2]))
    node = np.zeros((3, len(NODE_LABELS)))
    node[0, NODE_LABELS.index("proposes")] = 0.7
    return Reading(TEXT, [(0, len(TEXT))], groups, SPANS, [0, 0, 0], ["Nova", "GLUE", None], node, pair, "Nova")


def test_scores_become_claims_with_their_names() -> None:
    claims = read_off(reading(), Decoding())
    assert [(c.s, c.d, c.confidence) for c in claims.sota] == [("Nova", "GLUE", 0.9)]
    assert [(c.s, c.value, c.confidence) for c in claims.results] == [("Nova", "91.2", 0.8)]
    assert [(c.kind, c.name, c.confidence) for c in claims.support] == [("proposes", "Nova", 0.7)]


@pytest.mark.parametrize(("kind", "where"), [("sota", "sota"), ("result", "results"), ("proposes", "support")])
def test_every_kind_is_calibrated_by_its_own_entry(kind: str, where: str) -> None:
    (plain,) = getattr(read_off(reading(), Decoding()), where)
    (lower,) = getattr(read_off(reading(), Decoding(calibration={kind: (1.0, -3.0)})), where)
    assert lower.confidence < plain.confidence / 2
