"""Which short forms stand for which long ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.abbreviations import abbreviates, signatures

YES = [
    ("ViT", "Vision Transformer"),
    ("CNNs", "convolutional neural networks"),
    ("Swin", "Shifted WINdows"),
    ("BERT", "Bidirectional Encoder Representations from Transformers"),
    ("OOD detection", "out-of-distribution detection"),
    ("BFP", "Boundary-Aware Feature Propagation"),
    ("GATS", "geometric assessment topological smoothing loss"),
    ("POS tagging", "part-of-speech tagging"),
    ("MAE", "masked autoencoder"),
    ("LoRA", "Low-Rank Adaptation"),
]
NO = [
    ("accuracy", "top-1 accuracy"),
    ("Speed", "inference speed"),
    ("Tracking", "multi-object tracking"),
    ("CNN", "deep convolutional neural network"),
    ("NER", "fine-grained named entity recognition"),
    ("ImageNet-R", "ImageNet-R/A/C"),
    ("EMOv2-1M", "EMOv2-1M/2M"),
    ("Transformer", "Swin Transformer"),
    ("CNN", "convolutional architectures"),
    ("ViT", "DeiT"),
    ("", ""),
    ("A", "attention network"),
]


@pytest.mark.parametrize(("short", "long"), YES)
def test_abbreviations_are_seen(short: str, long: str) -> None:
    assert abbreviates(short, long)
    assert not abbreviates(long, short)


@pytest.mark.parametrize(("short", "long"), NO)
def test_what_is_none_is_not_taken_for_one(short: str, long: str) -> None:
    assert not abbreviates(short, long)


@given(st.lists(st.from_regex(r"[a-z]{4,9}", fullmatch=True), min_size=3, max_size=5))
def test_initials_abbreviate_and_do_so_however_the_words_are_cased(words: list[str]) -> None:
    short = "".join(w[0] for w in words).upper()
    if short.casefold() not in "".join(words) and not short.endswith("S"):
        assert abbreviates(short, " ".join(words)) == abbreviates(short, " ".join(words).title())
        assert abbreviates(short, " ".join(words))


@given(st.text(max_size=20), st.text(max_size=40))
def test_no_text_breaks_it(short: str, long: str) -> None:
    assert abbreviates(short, long) in (True, False)
    assert isinstance(signatures(long), frozenset)
