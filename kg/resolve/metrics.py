"""Which way a metric is better, and the unit of its figures: read from the table `metrics.tsv`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from kg.resolve import tables
from kg.resolve.names import clean

Direction = Literal["higher", "lower"]


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((tables.wording(r["names"]), r["direction"], r["unit"]) for r in tables.table("metrics.tsv"))


@lru_cache(maxsize=1 << 16)
def _rule(metric: str) -> tuple[str, str]:
    name = re.sub(r"[\s_()/,-]+", " ", clean(metric)).strip()
    name = re.sub(r"\s*@\s*", "@", name)
    return next(((direction, unit) for pattern, direction, unit in _rules() if pattern.search(name)), ("", ""))


def direction(metric: str) -> Direction | None:
    """Whether more of a metric is better (`higher`) or less (`lower`); None where the table does not know it.

    >>> direction("error rate"), direction("memory reduction"), direction("charm")
    ('lower', 'higher', None)
    """
    found = _rule(metric)[0]
    return found if found in ("higher", "lower") else None  # type: ignore[return-value]


def unit(metric: str) -> str | None:
    """The unit of a metric's figures where the table gives it one: `%`, `points`, `dB`, `s`, `x`."""
    return _rule(metric)[1] or None
