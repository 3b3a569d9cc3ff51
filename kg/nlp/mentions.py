"""Tag scores -> the mentions, conditions and figures of a text, one form read the same way wherever it stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.nlp import quantities
from kg.nlp.decode import spans_of
from kg.nlp.labels import CONDITION_TAGS, MENTION_TYPES, TAGS
from kg.nlp.nodes import Span
from kg.nlp.runtime import Encoded, log_softmax

_WORDS = "a|an|the|and|or|of|for|with|in|on|by|to|from|at|as|than|our|its|their|this|these|that|is|are|we|it|both|using"
_FIRST = re.compile(rf"(?:(?:{_WORDS}|{_WORDS.title()})(?:\s+|$)|[\s\"'“”‘’,;:]+)")
# Only in lower case: `Model A` ends in a name.
_LAST = re.compile(rf"(?:(?:^|\s+)(?:{_WORDS})$|[\s\"'“”‘’,;:]+$)")


def find_spans(text: str, encoded: Encoded, outside: float = 0.0) -> tuple[Span, ...]:
    """Mentions, conditions and figures of an encoded text; figures inside a mention belong to its name.

    `outside` is added to the score of the tag `O` before the best tags are sought.
    """
    scores = log_softmax(encoded.tags)
    scores[:, TAGS.index("O")] += outside
    found = (trimmed(text, span) for span in spans_of(scores, encoded.pieces, text, TAGS))
    mentions = consistent(text, [span for span in found if span is not None])
    conditions = spans_of(log_softmax(encoded.conditions), encoded.pieces, text, CONDITION_TAGS)
    candidates = (Span(q.start, q.end, "Quantity") for q in quantities.find(text))
    figures = [q for q in candidates if not _touches(q, mentions)]
    return tuple(sorted((*mentions, *conditions, *figures)))


def trimmed(text: str, span: Span) -> Span | None:
    """A mention without the function words, quotes and marks at its edges; None where nothing else is left."""
    start, end = span.start, span.end
    while edge := _FIRST.match(text[start:end]):
        start += edge.end()
    while edge := _LAST.search(text[start:end]):
        end = start + edge.start()
    named = any(c.isalpha() for c in text[start:end])
    return Span(start, end, span.type) if named else None


def consistent(text: str, mentions: Sequence[Span]) -> list[Span]:
    """Mentions with one type a surface form, and every other place where a form stands by itself.

    A name that is found once is a name everywhere in the abstract; the tagger sees each place by itself and misses some.
    Of several types the most frequent one counts, of equals the first in `MENTION_TYPES`.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        votes[text[m.start : m.end]][m.type] += 1
    types = {form: min(n, key=lambda t: (-n[t], MENTION_TYPES.index(t))) for form, n in votes.items()}
    kept = [Span(m.start, m.end, types[text[m.start : m.end]]) for m in mentions]
    for form in sorted(types, key=lambda f: (-len(f), f)):
        if types[form] == "Baseline" or len(form) < 2:
            continue  # a description of competitors means different ones in different sentences
        for start, end in occurrences(text, form):
            span = Span(start, end, types[form])
            if not _touches(span, kept):
                kept.append(span)
    return sorted(set(kept))


def occurrences(text: str, form: str) -> list[tuple[int, int]]:
    """Places where `form` stands in `text` as a whole word."""
    left = r"(?<![A-Za-z0-9])" if form[:1].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if form[-1:].isalnum() else ""
    return [m.span() for m in re.finditer(left + re.escape(form) + right, text)]


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < o.end and o.start < span.end for o in others)
