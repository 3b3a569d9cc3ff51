"""Long and short forms are paired as a reader would pair them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

import kg.nlp.sentencizer  # noqa: F401  (registers the factory)
from kg.nlp.abbreviations import find
from kg.nlp.sentences import split


def pairs(sentence: str) -> list[tuple[str, str]]:
    return [(sentence[slice(*long)], sentence[slice(*short)]) for long, short in find(sentence, [(0, len(sentence))])]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We use a Vision Transformer (ViT).", ("Vision Transformer", "ViT")),
        ("We use Vision Transformers (ViTs).", ("Vision Transformers", "ViTs")),
        ("the method of split depth-wise transpose attention (SDTA) is", ("split depth-wise transpose attention", "SDTA")),
        ("by multi-modal large language models (MLLMs)", ("multi-modal large language models", "MLLMs")),
        ("for text-to-image (T2I) models", ("text-to-image", "T2I")),
        ("an exponential moving average (EMA, for short) of", ("exponential moving average", "EMA")),
        ("the mean average precision (mAP) is", ("mean average precision", "mAP")),
        ("with EMA (exponential moving average) of weights", ("exponential moving average", "EMA")),
        ("for “neural architecture search” (“NAS”)", ("neural architecture search", "NAS")),
        ("our Momentum Contrast (dubbed MoCo) is", ("Momentum Contrast", "MoCo")),
        ("a label anchored contrastive learning approach (LaCon)", ("label anchored contrastive learning", "LaCon")),
        ("a graph attention network (GAT)", ("graph attention network", "GAT")),
        ("the Event-Contrastive Loss (L_{EC})", ("Event-Contrastive Loss", "L_{EC}")),
        ("the multi-similarity loss (MS loss) of", ("multi-similarity loss", "MS loss")),
        ("explainable artificial intelligence (XAI)", ("explainable artificial intelligence", "XAI")),
        ("the You Only Look Once (YOLOv2) detector", ("You Only Look Once", "YOLOv2")),
        ("multi-hop hindi humour (M2H2) data", None),
        ("multimodal multiparty Hindi humour (M2H2) data", ("multimodal multiparty Hindi humour", "M2H2")),
        ("a recall (see below) of 80% (up from 70%) in 2019 (Smith et al.)", None),
        ("ViT-based models, which are large, and that is good (VLG)", None),
        ("the ViT (ViT) is", None),
        ("the state of the art (1)", None),
    ],
)
def test_pairs(sentence: str, expected: tuple[str, str] | None) -> None:
    assert pairs(sentence) == ([expected] if expected else [])


def test_a_long_form_does_not_reach_into_another_sentence() -> None:
    text = "Title\nWe like vision. Transformers (VT) are good."
    assert find(text, split(text)) == []


def test_two_definitions_are_two_pairs() -> None:
    assert pairs("convolutional neural networks (CNNs) and recurrent neural networks (RNNs)") == [
        ("convolutional neural networks", "CNNs"),
        ("recurrent neural networks", "RNNs"),
    ]


@given(st.one_of(st.text(max_size=120), st.text(alphabet="aAbB cC(),-’“İß2&_{}^\\x", max_size=60)))
def test_forms_lie_in_their_sentence_apart_from_each_other(text: str) -> None:
    sentences = split(text)
    for (a, b), (c, d) in find(text, sentences):
        assert b <= c or d <= a
        assert any(s <= min(a, c) and max(b, d) <= e for s, e in sentences)
        assert text[a:b] == text[a:b].strip() != ""
        assert b - a > d - c > 1


@pytest.mark.parametrize("pipes", [["kg_abbreviations"], ["kg_sentences", "kg_abbreviations"]])
def test_the_component_gives_what_the_function_gives(pipes: list[str]) -> None:
    nlp = spacy.blank("en")
    for pipe in pipes:
        nlp.add_pipe(pipe)
    text = "A Title\nWe use a Vision Transformer (ViT). It beats CNNs (convolutional neural networks)."
    doc = nlp(text)
    assert doc._.abbreviations == find(text, split(text)) != []
    assert nlp("Nothing here.")._.abbreviations == []
    assert [d._.abbreviations for d in nlp.pipe([text, "x"])] == [doc._.abbreviations, []]
    saved = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [tuple(map(tuple, pair)) for pair in saved._.abbreviations] == doc._.abbreviations


def test_pairs_of_the_gold(gold_train: list[dict[str, Any]]) -> None:
    """Of the forms that the gold gives to one thing and that stand as `one (other)`, most are paired, and few wrongly."""
    asked = hit = paired = same = 0
    for record in gold_train:
        text = f"{record['title']}\n{record['abstract']}"
        found = {(text[slice(*long)], text[slice(*short)]) for long, short in find(text, split(text))}
        owner: dict[str, set[int]] = {}
        for n, entity in enumerate(record["entities"]):
            for form in entity["mentions"]:
                owner.setdefault(form, set()).add(n)
            longest = sorted(entity["mentions"], key=len, reverse=True)
            for short in entity["mentions"]:
                for long in longest:
                    if len(long) > len(short) and re.search(rf"(?<![\w-]){re.escape(long)} \({re.escape(short)}\)", text):
                        asked += 1
                        hit += (long, short) in found
                        break
        known = [(owner[long], owner[short]) for long, short in found if long in owner and short in owner]
        paired += len(known)
        same += sum(bool(a & b) for a, b in known)
    assert hit / asked > 0.92
    assert same / paired > 0.99
