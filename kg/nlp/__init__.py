"""Papers -> records, with spaCy: `load` gives the pipeline, `extract` runs it.

Nothing is imported until it is used: spaCy and ONNX Runtime take longer to load than a query takes to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from kg.paper import Paper
    from kg.record import Record

__all__ = ["extract", "load", "register"]


def load(threads: int = 0, model: Path | None = None) -> Language:
    """The shipped spaCy pipeline; `threads` documents are read at a time, by default one a core."""
    from kg.nlp.pipeline import load as _load

    return _load(threads, model)


def extract(papers: Iterable[Paper], *, nlp: Language | None = None, min_confidence: float | None = None) -> Iterator[Record]:
    """A record a paper, in order; claims below `min_confidence` are left out (by default what the package holds for right)."""
    from kg.nlp.pipeline import extract as _extract

    return _extract(papers, nlp=nlp, min_confidence=min_confidence)


def register() -> None:
    """Makes the tokenizer and the component factories known to spaCy (an entry point does so for installed packages)."""
    from kg.nlp import abbreviations, components, sentencizer, tokenizer  # noqa: F401
