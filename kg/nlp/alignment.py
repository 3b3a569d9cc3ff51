"""Which figure goes with which name, where a sentence lists several of both: `by 4.2 and 3.1 points on MNLI and QQP, respectively`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise, permutations
from typing import TypeVar

Name = TypeVar("Name")

MOST = 6
"""Longer lists than this are not searched for an order."""

IN_ORDER = 1.0
"""What keeping the order of the text is worth for each figure, in log probability."""

SHARE = 0.85
"""A figure belongs to a further name where its score is at least this part of the best one."""

COORDINATED = re.compile(r"\W{0,6}(?:and|or|/|vs\.?|respectively)?\W{0,6}")
"""What may stand between two figures of one list: `4.2 and 3.1`, `85.1%, 79.4%`."""

LISTED = re.compile(r"^\S+(?:\s\S+){0,3}?,?(?:\s(?:and|or|as well as))?\s(?:the\s|other\s)?$|^\S+,\s?$")
"""What may stand from one name of a list to the next: `Beta, Gamma and Delta`."""


def align(
    figures: Sequence[tuple[int, tuple[int, int]]],
    names: Sequence[tuple[Name, int]],
    score: Callable[[int, Name], float],
    least: float,
    text: str,
    *,
    nearest: bool = False,
) -> dict[int, list[Name]]:
    """The names that each figure belongs to.

    `figures` are (key, (start, end)) and `names` (name, start), places in `text` and in its order; `score` gives the
    probability that a figure belongs to a name. Lists of as many figures as names, figures and names by turns, or a sentence
    that says `respectively` are matched one to one, the order of the text counting for something; else every name likely
    enough is taken, with `nearest` only those of the nearest list of names (`beats A by 2%, and even B with half the size`).
    """
    lists = _lists(figures, names, text) if len(names) <= MOST else []
    out: dict[int, list[Name]] = {}
    for run in lists:
        best = max(permutations([name for name, _ in names]), key=lambda order: _worth(run, order, names, score))
        out.update({q: [n] for q, n in zip(run, best, strict=True)})
    if not lists:
        for q, _ in figures:
            scores = {n: score(q, n) for n, _ in (_nearest(q, figures, names, text) if nearest else names)}
            top = max(scores.values(), default=0.0)
            out[q] = [n for n in scores if scores[n] >= max(least, SHARE * top)]
    return out


def _nearest(
    key: int, figures: Sequence[tuple[int, tuple[int, int]]], names: Sequence[tuple[Name, int]], text: str
) -> list[tuple[Name, int]]:
    """The list of names nearest to a figure; names belong to one list where little but commas and `and` stands between them."""
    lists: list[list[tuple[Name, int]]] = []
    for name, place in names:
        if lists and LISTED.search(text[max(0, lists[-1][-1][1]) : max(0, place)]):
            lists[-1].append((name, place))
        else:
            lists.append([(name, place)])
    start, end = dict(figures)[key]
    return min(lists, key=lambda x: min(abs(start - p) if p < start else p - end for _, p in x), default=[])


def _worth(run: Sequence[int], order: Sequence[Name], names: Sequence[tuple[Name, int]], score: Callable[[int, Name], float]) -> float:
    fit = sum(math.log(score(q, n) + 0.05) for q, n in zip(run, order, strict=True))
    return fit + IN_ORDER * sum(a == b for a, (b, _) in zip(order, names, strict=True))


def _lists(figures: Sequence[tuple[int, tuple[int, int]]], names: Sequence[tuple[Name, int]], text: str) -> list[list[int]]:
    """The figures as lists that each run parallel to `names`; empty where they don't."""
    if len(names) < 2 or len(figures) < 2:
        return []
    runs: list[list[int]] = []
    end = -1
    for q, (start, stop) in figures:
        if runs and COORDINATED.fullmatch(text[end:start]):
            runs[-1].append(q)
        else:
            runs.append([q])
        end = stop
    if all(len(run) == len(names) for run in runs):
        return runs
    keys = [q for q, _ in figures]
    if len(keys) == len(names) and (
        re.search(r"(?i)\brespectively\b", text) or by_turns([p for _, (p, _) in figures], [p for _, p in names])
    ):
        return [keys]
    return []


def by_turns(figures: Sequence[int], names: Sequence[int]) -> bool:
    """Whether figures and names alternate: `2.1% on A and 3.5% on B`."""
    kinds = [kind for _, kind in sorted([(p, "figure") for p in figures] + [(p, "name") for p in names])]
    return all(a != b for a, b in pairwise(kinds))
