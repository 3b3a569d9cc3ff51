"""spaCy components that read a paper with the network: `kg_mentions`, `kg_entities`, `kg_claims`.

What they set, in order:

- `kg_mentions`   `doc.spans["mentions"]`, `["conditions"]`, `["quantities"]` and `doc.ents`, labelled by type, widened to whole
                  tokens; `doc._.kg_spans`: the same to the code point
- `kg_entities`   `doc._.kg_groups`: mentions of one thing together, under one name
- `kg_claims`     `doc._.claims`: a `kg.nlp.claims.Claims` with comparisons, results, state-of-the-art claims and lists of names

Another component can take the place of any of them by setting the same attributes; `kg.nlp.extract` reads `doc._.claims` alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import ensure_path, filter_spans, minibatch

from kg.nlp import nodes
from kg.nlp.claims import Claims, read_off
from kg.nlp.decoding import FILE, Decoding
from kg.nlp.entities import group
from kg.nlp.mentions import find_spans
from kg.nlp.nodes import Span
from kg.nlp.reading import arrange
from kg.nlp.runtime import FILES, Encoded, Network, shipped

NO_CLAIMS = Claims((), (), (), (), ())


def register_extensions() -> None:
    """The attributes that the components set, with what they hold where no component ran."""
    for name, default in (("kg_encoded", None), ("kg_spans", ()), ("kg_groups", ()), ("claims", NO_CLAIMS)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def sentences_of(doc: Doc) -> list[tuple[int, int]]:
    """The sentences of a Doc in code points, without the white space around them."""
    found = []
    for sent in doc.sents:
        text = sent.text
        start = sent.start_char + len(text) - len(text.lstrip())
        if text.strip():
            found.append((start, start + len(text.strip())))
    return found


class _WithNetwork:
    """What the components that hold a network share: one task a document, side by side, and their files on disk."""

    def __init__(self, network: Network, threads: int) -> None:
        self.network = network
        self.decoding = Decoding.read(network.folder)
        self.threads = threads or os.cpu_count() or 1
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        raise NotImplementedError

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Documents in order, several at a time; each is computed by itself, so its output does not depend on its batch."""
        with ThreadPoolExecutor(self.threads) as pool:
            for batch in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
                yield from pool.map(self, batch)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Copies the network's files into `path`."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in (*FILES, FILE):
            if (self.network.folder / name).is_file():
                shutil.copyfile(self.network.folder / name, folder / name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> _WithNetwork:
        """Uses the network in `path` from now on."""
        self.network = Network(ensure_path(path))
        self.decoding = Decoding.read(self.network.folder)
        return self


class MentionFinder(_WithNetwork):
    """Encodes the document and tags its mentions, conditions and figures."""

    def __call__(self, doc: Doc) -> Doc:
        encoded = self.network.read(doc.text, sentences_of(doc))
        spans = find_spans(doc.text, encoded, self.decoding.outside)
        doc._.kg_encoded, doc._.kg_spans = encoded, spans
        keys = {"Quantity": "quantities", "Condition": "conditions"}
        for key in ("mentions", "conditions", "quantities"):
            doc.spans[key] = [s for x in spans if keys.get(x.type, "mentions") == key and (s := _on_tokens(doc, x)) is not None]
        doc.ents = filter_spans(doc.spans["mentions"])
        return doc


class EntityGrouper:
    """Joins the mentions of one thing under one name."""

    def __init__(self) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        mentions = [s for s in doc._.kg_spans if s.type not in ("Quantity", "Condition")]
        doc._.kg_groups = tuple(group(doc.text, mentions, doc._.abbreviations or ()))
        return doc


class ClaimReader(_WithNetwork):
    """Scores relations between the document's spans and reads the claims off."""

    def __call__(self, doc: Doc) -> Doc:
        encoded: Encoded | None = doc._.kg_encoded
        if encoded is not None and len(encoded.pieces):
            sentences = sentences_of(doc)
            built = nodes.build(doc._.kg_spans, encoded.pieces, sentences)
            scores = self.network.relate(encoded, built)
            reading = arrange(doc.text, sentences, built, scores, doc._.kg_groups, self.decoding.main)
            doc._.claims = read_off(reading, self.decoding)
        doc._.kg_encoded = None  # a quarter of a megabyte that nothing needs any more
        return doc


def _on_tokens(doc: Doc, span: Span) -> DocSpan | None:
    return doc.char_span(span.start, span.end, label=span.type, alignment_mode="expand")


def _network(model: str | None) -> Network:
    return Network(Path(model) if model else shipped())


@Language.factory("kg_mentions", assigns=["doc.ents", "doc.spans"], default_config={"model": None, "threads": 0})
def make_mentions(nlp: Language, name: str, model: str | None, threads: int) -> Callable[[Doc], Doc]:
    """`model`: a folder with a network, by default the shipped one. `threads`: documents at a time, 0 for as many as there are cores."""
    return MentionFinder(_network(model), threads)


@Language.factory("kg_entities")
def make_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Needs `kg_mentions` and, for long and short forms, `kg_abbreviations`."""
    return EntityGrouper()


@Language.factory("kg_claims", default_config={"model": None, "threads": 0})
def make_claims(nlp: Language, name: str, model: str | None, threads: int) -> Callable[[Doc], Doc]:
    """Needs `kg_mentions` of the same `model` and `kg_entities`."""
    return ClaimReader(_network(model), threads)
