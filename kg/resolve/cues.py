"""What the words around a figure say it is of: a reduction, a growth, a speed, or what remains."""

from __future__ import annotations

import re
from functools import cache

from kg.resolve import tables

AFTER, BEFORE = 6, 12
"""How many words after and before a figure may speak of it."""

_TOKEN = re.compile(r"\d[\d.,]*\s*(?:%|x\b|×|times\b)?|[^\W\d_][\w'’-]*|[,;:.()]")
_STOP_AFTER = frozenset("while with compared than on for over when at without to ; : . ( ) whereas but thus in from by and".split())
_STOP_BEFORE = frozenset("; : . while whereas but".split())
_HEDGES = re.compile(
    r"\b(?:no |not )?(?:more|less|fewer|greater|higher|lower|larger|smaller|better) than\b(?=\W*(?:\d|half|an?\b|one\b|two\b))"
    r"|\bas (?:much|many|high|low|little|few) as\b|\bup to\b|\bat (?:least|most)\b",
    re.IGNORECASE,
)


_LEAD = re.compile(
    r"(?:[\s~+$(/,–-]|\\sim|\b(?:about|around|nearly|almost|approximately|roughly|over|only|just|an?|the|average|of|and|or|even|respectively)\b"
    r"|\d[\d.,]*\s*(?:\\?%|x\b|×|times\b)?)+$",
    re.IGNORECASE,
)


@cache
def _cues(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["says"], tables.wording(row["words"])) for row in tables.table("cues.tsv") if row["where"] == where)


def cue(figure: str, sentence: str) -> str | None:
    """What the words near a figure say: `less`, `more`, `faster`, `better`, `share`; None where they say nothing or it is not there.

    >>> cue("28%", "with 28% fewer FLOPs"), cue("35%", "it needs only 35% of the memory"), cue("40%", "reduces memory to 40%")
    ('less', 'share', 'share')
    >>> cue("12%", "reducing the error by 9% and 12% respectively"), cue("30%", "removing 30% of the weights")
    ('less', 'less')
    """
    for place in _places(figure, sentence):
        if says := _said_at(sentence[: place[0]], sentence[place[1] :]):
            return says
    return None


def _places(figure: str, sentence: str) -> list[tuple[int, int]]:
    """Where the figure stands by itself, those places first where a bare number is not the number of a percentage."""
    found, at = [], sentence.find(figure)
    while at >= 0:
        end = at + len(figure)
        before, after = sentence[at - 1 : at], sentence[end : end + 1]
        if not (before.isalnum() or (before in ("_", ".") and before)) and not after.isdigit():
            found.append((at, end))
        at = sentence.find(figure, at + 1)
    return sorted(found, key=lambda span: (sentence[span[1] : span[1] + 1] == "%" and "%" not in figure, span))


def _said_at(before: str, after: str) -> str | None:
    phrase, is_of = _phrase(after), re.match(r"\s*of\b", after) is not None
    for says, pattern in _cues("after")[:-1]:
        if pattern.search(phrase) and not (says == "share" and is_of):
            return says
    clause = _HEDGES.sub(" ", before + " 0")[:-2]
    lead = _LEAD.sub("", clause).rstrip()
    if re.search(r"\bto$", lead):
        return "share"
    is_step = re.search(r"\bby$", lead) is not None or re.search(r"\w of$", clause.rstrip()) is not None
    if nearest := _nearest(clause, is_step):
        return nearest
    return "share" if is_of and not is_step else None


def _phrase(after: str) -> str:
    """The noun phrase after a figure: up to a word that begins another phrase, further figures of a coordination aside."""
    words: list[str] = []
    tokens = [t.lower() for t in _TOKEN.findall(after)]
    for token, following in zip(tokens, [*tokens[1:], ""], strict=False):
        if not words:
            joins = token in ("and", "or", ",") and (following[:1].isdigit() or following in ("and", "or", "even"))
            if token[0].isdigit() or joins or token in ("respectively", "relative", "relatively", "absolute", "even", "of"):
                continue
        if token in _STOP_AFTER or token == ",":
            break
        words.append(token)
        if len(words) == AFTER:
            break
    return " ".join(words).replace("-", " ")


def _nearest(before: str, is_step: bool) -> str | None:
    """The nearest cue in the words before a figure, read backwards; after `by` or `an average of` a figure is no share."""
    tokens = [t.lower() for t in _TOKEN.findall(before)]
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 1 - BEFORE), -1):
        if tokens[index] in _STOP_BEFORE:
            return None
        near = " ".join(tokens[max(0, index - 1) : index + 1])
        for says, pattern in _cues("before"):
            if pattern.fullmatch(tokens[index]) or (" " in near and pattern.fullmatch(near)):
                is_far = tokens[index] in ("with", "under") and len(tokens) - index > 4
                if says == "share" and (is_step or is_far):
                    continue
                if says == "share" and index and (earlier := _nearest_change(tokens[max(0, index - 2) : index])):
                    return earlier
                return says
    return None


def _nearest_change(tokens: list[str]) -> str | None:
    """`adding only 2%` speaks of an addition, whatever `only` says."""
    for says, pattern in _cues("before"):
        if says == "more" and any(pattern.fullmatch(t) for t in tokens):
            return says
    return None
