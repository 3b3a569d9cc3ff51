"""The spaCy component `kg_sentences`: sentence starts by `kg.nlp.sentences.split`."""

from __future__ import annotations

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.sentences import split


class KgSentences:
    """Sets `token.is_sent_start` on every token of a Doc whose text is title + "\\n" + abstract; `doc.sents` follows.

    A sentence that begins inside a token begins at the next one.
    """

    def __call__(self, doc: Doc) -> Doc:
        starts = [token.idx for token in doc]
        first = {bisect_left(starts, start) for start, _ in split(doc.text)}
        for i, token in enumerate(doc):
            token.is_sent_start = i == 0 or i in first
        return doc


@Language.factory("kg_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create_sentences(nlp: Language, name: str) -> KgSentences:
    """The component, for `nlp.add_pipe("kg_sentences")`."""
    return KgSentences()
