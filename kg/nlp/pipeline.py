"""The spaCy pipeline that reads papers, and `extract`: papers in, records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.nlp.claims import Claims
from kg.nlp.decoding import Decoding
from kg.nlp.runtime import shipped
from kg.paper import Paper
from kg.record import SUPPORTED, Comparison, Record, Result, Sota, claim_id

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

C = TypeVar("C", Comparison, Result, Sota)

PIPES: tuple[str, ...] = ("kg_sentences", "kg_mentions", "kg_abbreviations", "kg_entities", "kg_claims")
"""The components in their order."""


def load(threads: int = 0, model: Path | None = None) -> Language:
    """The shipped pipeline, or the one with the network in the folder `model`. `threads`: documents read at a time, 0 for one a core."""
    import spacy

    from kg.nlp import components, register

    register()
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1"}}})
    for pipe in PIPES:
        config = {"threads": threads, "model": str(model) if model else None}
        nlp.add_pipe(pipe, config=config if pipe in ("kg_mentions", "kg_claims") else {})
    components.register_extensions()
    return nlp


def extract(papers: Iterable[Paper], *, nlp: Language | None = None, min_confidence: float | None = None) -> Iterator[Record]:
    """A record a paper, in order, as they come. Claims below `min_confidence` are left out, by default the network's own."""
    nlp = nlp or load()
    least = _default_confidence(nlp) if min_confidence is None else min_confidence
    for doc, paper in nlp.pipe(((p.text, p) for p in papers), as_tuples=True, batch_size=64):
        yield record(paper, doc, least)


def _default_confidence(nlp: Language) -> float:
    """The threshold that was chosen with the pipeline's network; the shipped one's where another extractor takes its place."""
    reader = nlp.get_pipe("kg_claims") if "kg_claims" in nlp.pipe_names else None
    decoding: Decoding = getattr(reader, "decoding", None) or Decoding.read(shipped())
    return decoding.min_confidence


def record(paper: Paper, doc: Doc, min_confidence: float) -> Record:
    """The record that a processed document makes."""
    from kg.nlp.components import sentences_of

    claims: Claims = doc._.claims
    text = paper.text

    def kept(found: tuple[C, ...]) -> tuple[C, ...]:
        return tuple(replace(c, id=claim_id(paper.id, text[c.start : c.end], c)) for c in found if c.confidence >= min_confidence)

    comparisons, results, sota = kept(claims.comparisons), kept(claims.results), kept(claims.sota)
    support = tuple(s for s in claims.support if s.confidence >= min_confidence)
    # A competitor that is described and not named is an entity only where it takes part in a comparison.
    playing = {x for c in comparisons for x in (c.s, c.o)} | {c.s for c in results} | {c.s for c in sota}
    return Record(
        paper=paper,
        sentences=tuple(sentences_of(doc)),
        entities=tuple(e for e in claims.entities if e.type != "Baseline" or e.name in playing),
        **{kind: tuple(s.name for s in support if s.kind == kind) for kind in SUPPORTED},
        comparisons=comparisons,
        results=results,
        sota=sota,
        support=support,
    )
