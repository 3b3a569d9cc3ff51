"""Sentences of a paper: its title, then the sentences of its abstract.

`split` is a pure function of the text and needs no spaCy; `kg.nlp.sentencizer` sets what it finds on a Doc.
A sentence ends at `.`, `?`, `!` or `…` (with the quotes, brackets and reference marks behind it) where white space and a
likely beginning follow. Abbreviations, initials, list numbers and full stops inside brackets do not end one. A full stop
that lost its space (`frames.Additionally`) does, one inside a name or address (`ImageNet.org`, `v2.0`) does not.
"""

from __future__ import annotations

import re

NEVER_LAST = frozenset(
    "e.g i.e eg ie cf vs v.s viz w.r.t wrt s.t a.k.a aka ca avg approx resp incl esp".split(),
)
"""Abbreviations that never end a sentence, in lower case and without the last full stop."""

TITLES = frozenset(["Dr", "Mr", "Mrs", "Ms", "Prof", "St"])
"""Titles of persons, which end no sentence; capitals count (`26 ms.` may end one)."""

BEFORE_A_NUMBER = frozenset(
    "fig figs eq eqs eqn eqns sec secs sect tab tabs ref refs no nos vol ch chap alg thm prop def p pp art ver".split(),
)
"""Abbreviations that end no sentence where a number or a bracket follows (`Sec. 3`, `Eq. (2)`)."""

BEFORE_A_NAME = frozenset("al etc i.i.d ph.d inc ltd co corp u.s u.k u.s.a e.u p.m a.m".split())
"""Abbreviations that end a sentence only before one of the `BEGINNINGS` (`et al. We`, but not `et al. (2019)` or `U.S. Congress`)."""

BEGINNINGS = frozenset(
    """A Accordingly Additionally After All Also Although Among An And As At Based Because Besides Both Building But By Code
    Codes Compared Comparing Comprehensive Concretely Consequently Conventional Crucially Current Currently Despite Different
    Due During Each Empirical Empirically Especially Evaluation Even Existing Experiment Experimental Experiments Extensive
    Finally First Firstly Following For From Further Furthermore Given Hence Here How However If Importantly In Indeed
    Inspired Instead Interestingly It Its Lastly Leveraging Many Meanwhile More Moreover Most Motivated Namely Nevertheless
    Next Nonetheless Notably Numerical On Once One Our Overall Particularly Preliminary Previous Previously Prior Rather
    Recent Recently Results Second Secondly Several Similarly Simulation Since So Some Specifically Such Subsequently
    Surprisingly Thanks That The Their Then Theoretically There Therefore These They Third Thirdly This Those Though Through
    Thus To Towards Traditional Typically Under Unfortunately Unlike Using Various We What When Where Whereas Whether Which
    While Why With Within Without Yet""".split()
)
"""Words that begin sentences of abstracts, so that a name is unlikely to be what they are."""

NAMES_WITH_A_MARK = ("Yahoo!", "Jeopardy!", "GraspIt!")
"""Names that end in `!` and stand in the middle of sentences."""

_STOP = re.compile(r"(?:[.!?…]+|[。！？])[\"'”’»)\]}*$]*(?:\[\d+(?:[,–-]\s?\d+)*\])?")
_OPENING = re.compile(r"(?:[\"'“‘«(\[{*`]|\\[a-zA-Z]+\{)*")
_BEGINS = re.compile(r"[^\W\d_a-z]|[A-Z0-9$\\]|[a-z]{1,4}[A-Z]")  # `iCaRL`, `$k$-means` and other scripts may begin one
_LISTED = re.compile(r"\((?:[ivx]{1,4}|[a-h]|\d)\)\s")
_LIST_MARK = re.compile(r"(?<!\w)\w{1,3}\)$")
_LIST_NUMBER = re.compile(r"(?:^|[:;.?!]\s|(?<!\d),\s(?:and\s|or\s)?)\s*\d{1,2}$")
_INITIAL = re.compile(r"(?:\b(?:by|of|and|from|to|with|in)\s|[A-Z]\.\s?|,\s|\()$")
_REST_OF_NAME = re.compile(r"[A-Z](?:[a-z]+|\.)")
_ADDRESS = re.compile(r"://|www\.|@|[\w-]+\.\w+/")
_LOWER_WORD = re.compile(r"(?:^|[\s(\-])[a-z]{3,}$")
_CAPITAL_WORD = re.compile(r"[A-Z]\w*(?:,\s|\s[a-z])")
_BREAK = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"[\w.]*$")
_RUN = re.compile(r"\S*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def split(text: str) -> list[tuple[int, int]]:
    """Sentences `[start, end)` of title + "\\n" + abstract: the first is the title, which the first line break ends.

    No sentence begins or ends with white space, and every other character lies in exactly one. Empty text has none, an
    empty title no sentence of its own. An empty line ends a sentence too.
    """
    title_end = text.find("\n")
    if title_end < 0:
        title_end = len(text)
    ends = [title_end]
    ends += [stop.end() for stop in _STOP.finditer(text, title_end) if _ends(text, ends[0], stop)]
    ends += [m.start() for m in _BREAK.finditer(text, title_end)]
    spans: list[tuple[int, int]] = []
    start = 0
    for end in (*sorted(ends), len(text)):
        piece = text[start:end]
        if bare := piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            spans.append((begin, begin + len(bare)))
        start = end
    return spans


def _ends(text: str, abstract: int, stop: re.Match[str]) -> bool:
    end = stop.end()
    if stop[0][0] in "。！？":
        return True
    line = max(abstract, stop.start() - 300)
    before = text[line : stop.start()]
    following = text[end : end + 60]
    if not following[:1].isspace():
        return _space_is_missing(before, stop[0], following)
    following = following.lstrip()
    if _LISTED.match(following):
        return True
    bare = following[_OPENING.match(following).end() :]  # type: ignore[union-attr]
    if not _BEGINS.match(bare) or _in_brackets(before, text[end : end + 160]):
        return False
    if stop[0][0] == "!":
        return not f"{before}!".endswith(NAMES_WITH_A_MARK)
    return stop[0][0] != "." or not _is_abbreviation(before, following, bare)


def _is_abbreviation(before: str, following: str, bare: str) -> bool:
    """Whether the full stop between the texts is part of the word before it rather than a sentence's end."""
    before = before[-80:]
    word = _WORD.search(before)[0]  # type: ignore[index]
    low = word.lower()
    begins = (first := _FIRST_WORD.match(bare)) is not None and first[0] in BEGINNINGS
    if low in BEFORE_A_NAME:
        return not bare[0].isupper() if low == "etc" else not begins
    if len(word) == 1 and word.isupper():
        return not begins and _names_a_person(before[:-1], following)
    if word.isupper():  # `ST.`, `MS.` are names
        return False
    if low in BEFORE_A_NUMBER:
        return following[0] in "([$\\" or bare[0].isdigit()
    return word in TITLES or low in NEVER_LAST or before.endswith(("i. e", "e. g")) or _LIST_NUMBER.search(before) is not None


def _names_a_person(before: str, following: str) -> bool:
    """Whether an initial stands after `by`, `and`, another initial or a comma, before a name: `by J. Smith`, `J. R. R. Tolkien`."""
    return _REST_OF_NAME.match(following) is not None and _INITIAL.search(before) is not None


def _space_is_missing(before: str, stop: str, following: str) -> bool:
    """Whether a sentence begins directly behind the stop: `frames.Additionally, we`, but not `ImageNet.org`, `PyTorch.nn`."""
    first = _FIRST_WORD.match(following)
    if first is None or not before or "…" in stop:
        return False
    before = before[-80:]
    run = _RUN.search(before)[0]  # type: ignore[index]
    if _ADDRESS.search(run) or run.lower().lstrip("([\"'") in NEVER_LAST | BEFORE_A_NAME | BEFORE_A_NUMBER:
        return False
    after_word = _LOWER_WORD.search(before) is not None
    if first[0] in BEGINNINGS and following[first.end() : first.end() + 1] in (" ", "\n", ",", "'", "’"):
        return after_word or len(first[0]) > 1
    return after_word and stop in (".", "?", "!") and _CAPITAL_WORD.match(following) is not None


def _in_brackets(before: str, following: str) -> bool:
    """Whether a `(` before is still open and what follows closes it: `(as in A is B. It is C)`."""
    opened, close = before.rfind("("), following.find(")") + 1
    if opened < 0 or ")" in before[opened:] or not close or "(" in following[:close]:
        return False
    return not _LISTED.match(f"{before[opened:]} ") and not _LIST_MARK.search(following[:close])
