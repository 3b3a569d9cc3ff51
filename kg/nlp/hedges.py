"""How exactly a difference is meant (`up to`, `over`, `on average`, `about`) and of what kind it is, by the words around it: tables."""

from __future__ import annotations

import re

from kg.record import DeltaKind, Hedge

BEFORE: tuple[tuple[Hedge, str, str], ...] = (
    # hedge, what stands right before the figure, an example with the figure as #
    ("max", r"up to|as much as|as many as|a maximum of|at most", "wins by up to # points"),
    ("min", r"over|more than|at least|greater than|exceeding|no less than|above", "wins by more than #"),
    ("mean", r"(?:an )?average(?:s|d)?(?: \w+)?(?: of)?|on average(?: by)?|averaging|a mean(?: \w+)? of", "an average gain of #"),
    ("approx", r"about|nearly|around|approximately|roughly|almost|close to|circa|~", "wins by about #"),
)

AFTER: tuple[tuple[Hedge, str, str], ...] = (
    # hedge, what follows the figure within its clause, an example
    ("mean", r"[^,;.]{0,40}\bon average\b", "wins by # points on average"),
    ("min", r"\s?(?:\+|or more)(?!\w)", "wins by # or more"),
)

_BEFORE = [(h, re.compile(rf"(?i)(?<!\w)(?:{p})(?:\s(?:an?|the|absolute|relative|additional))?\s?[$(]?$")) for h, p, _ in BEFORE]
_AFTER = [(h, re.compile(rf"(?i){p}")) for h, p, _ in AFTER]
_FACTOR = re.compile(
    r"(?i)\d\s?-?\s?(?:x|times|folds?)\b|\\times|×|orders? of magnitude|\d/\d|\b(?:twice|half|third|quarter)\b|\b(?:doubl|halv|tripl)"
)
_ABSOLUTE_BEFORE = re.compile(r"(?i)\babsolute(?:ly)?\b")
_RELATIVE_BEFORE = re.compile(r"(?i)\brelative(?:ly)?\b")
_ABSOLUTE_AFTER = re.compile(r"(?i)\s?(?:absolute\b|(?:\w+ )?(?:percentage )?points?\b|pp\b)")
_RELATIVE_AFTER = re.compile(r"(?i)\s?relative\b")


def hedge(before: str, after: str) -> Hedge | None:
    """The hedge on a figure with the sentence before and after it."""
    for h, pattern in _BEFORE:
        if pattern.search(before):
            return h
    return next((h for h, pattern in _AFTER if pattern.match(after)), None)


def kind(figure: str, before: str, after: str) -> DeltaKind | None:
    """The kind of a difference where its wording shows it, else None; `before` and `after` are what stands right beside it."""
    if _FACTOR.search(figure):
        return "factor"
    if _ABSOLUTE_AFTER.match(after) or _ABSOLUTE_BEFORE.search(before):
        return "absolute"
    return "relative" if _RELATIVE_BEFORE.search(before) or _RELATIVE_AFTER.match(after) else None
