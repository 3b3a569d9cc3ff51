"""The speed benchmark without its timings: that what it measures is what it says."""

from types import SimpleNamespace

import numpy as np
import pytest

import kg.nlp
from kg.nlp.components import sentences_of
from kg.paper import Paper
from pipelines import speed

PAPERS = [
    Paper("1", "FooNet: Faster Recognition", "We propose FooNet. It beats BarNet by 2.1% accuracy on ImageNet at half the cost."),
    Paper("2", "A Study", "Nothing is compared here."),
    Paper("3", "A Long One", " ".join(["FooNet reaches 81.2% top-1 accuracy on ImageNet, while BarNet and QuxFormer stay below it."] * 25)),
]


def test_a_sample_of_sorted_items_is_spread_as_they_are() -> None:
    assert speed.evenly(range(100), 4) == [12, 37, 62, 87]
    assert speed.evenly([1, 2, 3], 10) == [1, 2, 3]


def test_batches_hold_every_length_once_and_like_with_like() -> None:
    assert speed.batches_of([9, 1, 5, 4, 2], 2) == [[1, 2], [4, 5], [9]]


def test_a_stage_within_another_is_not_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 3.0, 7.0, 15.0])
    monkeypatch.setattr(speed, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    clock = speed.Stopwatch()
    with clock("outer"), clock("inner"):
        pass
    assert clock.spent == {"": 1.0, "outer": 2.0 + 8.0, "inner": 4.0}


def test_the_bare_encoder_computes_what_the_extraction_computes() -> None:
    nlp = kg.nlp.load(threads=1)
    network = nlp.get_pipe("kg_mentions").network
    session = speed.bare_encoder(network.folder)
    feeds = speed.feeds_of(nlp, PAPERS, session)
    assert [len(of_one) for of_one in feeds] == [1, 1, 2]
    for paper, of_one in zip(PAPERS, feeds, strict=True):
        with nlp.select_pipes(enable=["kg_sentences"]):
            sentences = sentences_of(nlp(paper.text))
        hidden = np.concatenate([outputs[0] for outputs in speed.forward(session, of_one)])
        np.testing.assert_array_equal(hidden, network.read(paper.text, sentences).hidden)


def test_the_profile_reads_what_the_extraction_reads() -> None:
    stages, records = speed.profile(PAPERS, kg.nlp.load(threads=1))
    assert records == list(kg.nlp.extract(PAPERS, nlp=kg.nlp.load(threads=1)))
    assert list(stages) == list(speed.STAGES)
    assert stages["encoder"] > 0
