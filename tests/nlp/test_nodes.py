"""Nodes and pairs: what the relation scorer is asked about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp import nodes
from kg.nlp.labels import NODE_TYPES
from kg.nlp.nodes import Span, sentence_of
from kg.nlp.runtime import shipped
from kg.nlp.wordpiece import MAX_PIECES, encode, load_tokenizer

TEXT = "Alpha net\nOurs beats Beta by 2% on GLUE. It is small."
SENTENCES = [(0, 9), (10, 40), (41, 53)]


def tokenizer() -> object:
    return load_tokenizer(Path(shipped()) / "tokenizer.json")


def test_each_sentence_has_a_node_for_the_papers_own_method() -> None:
    built = nodes.build([Span(21, 25, "Model")], encode(tokenizer(), TEXT, SENTENCES), SENTENCES)
    assert [s for s in built.spans if s.type == "Own"] == [Span(*s, "Own") for s in SENTENCES]


def test_only_neighbouring_sentences_are_paired() -> None:
    built = nodes.build([Span(0, 5, "Model"), Span(41, 43, "Model")], encode(tokenizer(), TEXT, SENTENCES), SENTENCES)
    hops = np.abs(built.sentences[built.pairs[:, 0]] - built.sentences[built.pairs[:, 1]])
    assert hops.max() == 1


def test_figures_only_reach_for_metrics_and_datasets() -> None:
    spans = [Span(21, 25, "Model"), Span(29, 31, "Quantity"), Span(35, 39, "Dataset")]
    built = nodes.build(spans, encode(tokenizer(), TEXT, SENTENCES), SENTENCES)
    figure = NODE_TYPES.index("Quantity")
    ends = {built.spans[j].type for i, j in built.pairs if built.types[i] == figure}
    assert ends == {"Dataset"}


def test_a_place_between_sentences_belongs_to_the_one_before() -> None:
    assert [sentence_of(SENTENCES, p) for p in (0, 9, 10, 40, 41, 99)] == [0, 0, 1, 1, 2, 2]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab Z.9é-", min_size=1, max_size=60), min_size=1, max_size=60))
def test_windows_hold_every_piece_once_and_fit_the_encoder(parts: list[str]) -> None:
    text, sentences = "", []
    for part in parts:
        sentences.append((len(text), len(text) + len(part)))
        text += part + " "
    pieces = encode(tokenizer(), text, sentences)
    covered = [k for w in pieces.windows for k in range(w.first, w.last)]
    assert covered == list(range(len(pieces)))
    assert all(len(w.ids) <= MAX_PIECES + 2 for w in pieces.windows)
    assert all(text[s:e].strip() for s, e in pieces.spans)
