"""Titles and abstracts told apart by how they are written, where a text does not mark them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Role = Literal["title", "abstract"]

SENTENCE_BREAK = re.compile(r"[a-z0-9)\]%}][.!?][\"'”’)]*\s+[\"'“‘($\\]*[A-Z0-9]")
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]}]*$")
ELLIPSIS = re.compile(r"(?:(?<!\.)\.\.+|…)[\"'”’)]*$")
URL_END = re.compile(r"(?:https?:\S+|\\url\{\S+\}|\w\.(?:com|org|io|net|ai)/\S*)\)?$")
FUNCTION_WORD = re.compile(r"\b(?:we|our|this|these|is|are|was|were|has|have|been|which|that|can|it|its|their|by|such|both|while)\b")
LONGEST_WRAPPED_LINE = 200
"""A text whose lines are all shorter than this may have been wrapped to a width; longer lines are whole paragraphs."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text that is a title or (a part of) an abstract. `line` counts from one.

    `after_notes`: authors or a date stood between it and the paragraph before. `first`: a page begins with it.
    """

    line: int
    text: str
    after_notes: bool = False
    first: bool = False


def prose_score(text: str) -> float:
    """How much a paragraph reads like an abstract (positive) rather than like a title (negative), about -6 to 12.

    Length, sentence breaks, a full stop at the end and function words speak for prose; capitalised words against it.
    """
    score = max(-3.0, min(5.0, (len(text) - 170) / 40))
    score += min(2, len(SENTENCE_BREAK.findall(text))) * 1.5
    score += 1.5 if SENTENCE_END.search(text) and not ELLIPSIS.search(text) and not text.endswith("?") else -1.0
    score += min(4, len(FUNCTION_WORD.findall(text))) * 0.5
    return score - (1.5 if _is_capitalised(text) else 0.0)


def roles(paragraphs: Sequence[Paragraph]) -> list[Role]:
    """Which paragraphs are titles and which belong to abstracts: the cheapest reading of the sequence as a whole.

    A paper is a title and an abstract of one or more paragraphs. Titles without abstract and abstracts without title cost
    something, and so does taking for a title what reads like prose; so one odd paragraph does not shift all that follow.
    An abstract's paragraph that follows both an abstract and notes is one whose title is missing.
    Viterbi's algorithm (https://doi.org/10.1109/TIT.1967.1054010) over the two roles, linear in the number of paragraphs.
    """
    if not paragraphs:
        return []
    states: tuple[Role, Role] = ("title", "abstract")
    cost: dict[Role, float] = {"title": 0.0, "abstract": 0.0}
    back: list[dict[Role, Role]] = []
    before: Paragraph | None = None
    for paragraph in paragraphs:
        score = prose_score(paragraph.text)
        seems: dict[Role, float] = {"title": max(0.0, score), "abstract": max(0.0, -score)}
        step: dict[Role, Role] = {}
        total: dict[Role, float] = {}
        for state in states:
            ways = {past: cost[past] + _step_cost(past, state, before, paragraph) for past in states}
            step[state] = min(states, key=lambda past: ways[past])
            total[state] = ways[step[state]] + seems[state]
        back.append(step)
        cost, before = total, paragraph
    state = min(states, key=lambda s: cost[s])
    found = [state]
    for step in reversed(back[1:]):
        state = step[state]
        found.append(state)
    return found[::-1]


def _step_cost(past: Role, now: Role, before: Paragraph | None, paragraph: Paragraph) -> float:
    """What it costs to read `paragraph` as `now` when the one before it is `past`."""
    if before is None or paragraph.first:
        return 0.0 if now == "title" else 8.0
    if past == "title":
        if now == "title":
            return 5.0
        return 1.0 if paragraph.after_notes else 0.0
    ended = _is_ended(before.text)
    if now == "title":
        return 0.0 if ended or paragraph.after_notes else 1.5
    goes_on = paragraph.text[:1].islower()
    cost = (3.0 if ended else 0.0) if goes_on else (3.0 if ended else 4.0)
    return cost + (1.0 if paragraph.after_notes else 0.0)


def join(lines: Sequence[str]) -> str:
    """Lines of one paragraph as one line. A word divided at its hyphen keeps the hyphen and gets no space."""
    text = ""
    for line in map(str.strip, lines):
        divided = re.search(r"\w-$", text) and re.match(r"(?!(?:and|or|to)\b)[a-z]", line)
        text += line if not text or divided else f" {line}"
    return text


def is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether the break between two lines was made by wrapping: the next line's first word did not fit into the width."""
    return width <= LONGEST_WRAPPED_LINE and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def unwrap(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The paragraphs in a block of lines without a blank one, each with the index of its first line.

    A block was wrapped where all its lines but the last fill its width, or where most of them break off within a sentence. Its
    first line may be a title all the same. In other blocks only a full line that goes on in lower case was wrapped.
    """
    width = max(map(len, lines), default=0)
    breaks = list(pairwise(lines))
    full = [is_wrapped(line, following, width) for line, following in breaks]
    ended = [_is_ended(line) for line, _ in breaks]
    goes_on = [following[:1].islower() and not end for (_, following), end in zip(breaks, ended, strict=True)]
    fills = len(breaks) > 1 and all(full[1:]) and 3 * sum(ended[1:]) <= len(ended[1:])
    breaks_off = len(breaks) > 1 and 2 * sum(goes_on) >= len(breaks)
    is_paragraph = fills or breaks_off
    paragraphs: list[tuple[int, list[str]]] = [(0, [lines[0]])] if lines else []
    for i, (line, following) in enumerate(breaks):
        if (is_paragraph and (goes_on[i] or i > 0 or (full[i] and not _is_capitalised(line)))) or (goes_on[i] and full[i]):
            paragraphs[-1][1].append(following)
        else:
            paragraphs.append((i + 1, [following]))
    return [(i, join(parts)) for i, parts in paragraphs]


def _is_ended(text: str) -> bool:
    return bool(SENTENCE_END.search(text) or URL_END.search(text))


def _is_capitalised(text: str) -> bool:
    words = text.split()
    return sum(w[:1].isupper() for w in words) > len(words) / 2
