"""The pipeline as spaCy users meet it: what it sets, that it serialises, and that a document's output is its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.nlp import extract, load
from kg.nlp.claims import Claims
from kg.nlp.pipeline import PIPES
from kg.paper import Paper
from kg.record import Comparison, Record

GAMMA = Paper(
    id="gamma",
    title="GammaNet: Pooling without Regret for Image Classification",
    abstract=(
        "Convolutional neural networks (CNNs) lose detail when they pool. We propose GammaNet, a backbone that keeps what pooling drops. "
        "GammaNet achieves 84.1% top-1 accuracy on ImageNet-1K, outperforming Swin-T by 2.8%. "
        "On COCO, our method surpasses ResNet-50 by 3.4 AP. GammaNet is on par with ConvNeXt-T in latency."
    ),
)
SHORT = Paper(id="short", title="A Note", abstract="We say little.")
LONG = Paper(id="long", title="A Long Study of Parsing", abstract="Our parser beats BERT by 1.2 points on GLUE (see Sec. 3). " * 60)
EMPTY = Paper(id="empty", title="Title Only", abstract="")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(threads=2)


@pytest.fixture(scope="module")
def gamma(nlp: Language) -> Record:
    (record,) = extract([GAMMA], nlp=nlp)
    return record


def test_mentions_are_entities_of_the_doc(nlp: Language) -> None:
    doc = nlp(GAMMA.text)
    labels = {e.text: e.label_ for e in doc.ents}
    assert labels["Swin-T"] == "Model"
    assert labels["ImageNet-1K"] == "Dataset"
    assert labels["top-1 accuracy"] == "Metric"
    assert {s.text for s in doc.spans["quantities"]} >= {"2.8%", "84.1%", "3.4"}


def test_the_paper_proposes_its_method_and_our_method_is_it(gamma: Record) -> None:
    assert gamma.proposes[0] == "GammaNet"
    assert "Swin-T" not in gamma.proposes
    assert {c.s for c in gamma.comparisons if c.o == "ResNet-50"} == {"GammaNet"}


def test_a_comparison_has_its_dataset_metric_figures_and_sentence(gamma: Record) -> None:
    (claim,) = [c for c in gamma.comparisons if c.o == "Swin-T"]
    assert (claim.s, claim.v, claim.d, claim.m, claim.delta, claim.sv) == (
        "GammaNet",
        "better",
        "ImageNet-1K",
        "top-1 accuracy",
        "2.8%",
        "84.1%",
    )
    assert GAMMA.text[claim.start : claim.end].startswith("GammaNet achieves 84.1%")
    assert 0 <= claim.confidence <= 1


def test_long_and_short_form_are_one_entity(gamma: Record) -> None:
    (cnn,) = [e for e in gamma.entities if e.name == "CNN"]
    assert {m.text for m in cnn.mentions} == {"Convolutional neural networks", "CNNs"}


def test_mentions_stand_where_they_say(gamma: Record) -> None:
    for e in gamma.entities:
        for m in e.mentions:
            assert GAMMA.text[m.start : m.end] == m.text


def test_a_document_does_not_depend_on_its_batch(nlp: Language) -> None:
    papers = [SHORT, GAMMA, LONG, EMPTY]
    alone = [next(extract([p], nlp=nlp)).to_json() for p in papers]
    together = [r.to_json() for r in extract(papers, nlp=nlp)]
    backwards = [r.to_json() for r in extract(papers[::-1], nlp=nlp)][::-1]
    assert alone == together == backwards


def test_the_number_of_threads_changes_nothing() -> None:
    papers = [GAMMA, SHORT, LONG] * 3
    one, three = ([r.to_json() for r in extract(papers, nlp=load(threads=n))] for n in (1, 3))
    assert one == three


def test_a_lower_confidence_only_adds_claims(nlp: Language) -> None:
    def ids(least: float) -> set[str]:
        return {c.id for r in extract([GAMMA, LONG], nlp=nlp, min_confidence=least) for c in r.claims()}

    assert ids(0.9) <= ids(0.5) <= ids(0.0)
    assert ids(0.0) - ids(0.9)


def test_a_title_without_abstract_is_read(nlp: Language) -> None:
    (record,) = extract([EMPTY], nlp=nlp)
    assert record.comparisons == ()
    assert record.sentences == ((0, len("Title Only")),)


def test_an_abstract_beyond_the_encoders_window_is_read_to_its_end(nlp: Language) -> None:
    (record,) = extract([LONG], nlp=nlp)
    last = max(m.end for e in record.entities for m in e.mentions)
    assert last > len(LONG.text) - 60


@pytest.mark.slow
def test_the_pipeline_survives_the_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == list(PIPES)
    assert next(extract([GAMMA], nlp=again)).to_json() == next(extract([GAMMA], nlp=nlp)).to_json()


@Language.factory("only_one_claim")
def only_one_claim(nlp: Language, name: str) -> object:
    """Stands for any other extractor: it sets `doc._.claims` and nothing else."""

    def read(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
        claim = Comparison(start=0, end=6, confidence=0.75, s="A", o="B", v="better")
        doc._.claims = Claims((), (claim,), (), (), ())
        return doc

    return read


def test_another_extractor_can_take_its_place() -> None:
    nlp = load()
    for pipe in PIPES[1:]:
        nlp.remove_pipe(pipe)
    nlp.add_pipe("only_one_claim")
    (record,) = extract([SHORT], nlp=nlp)
    assert [(c.s, c.o, c.confidence) for c in record.comparisons] == [("A", "B", 0.75)]
    assert record.comparisons[0].id
