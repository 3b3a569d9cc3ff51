"""A copied figure (`2.2%`, `17,388 times`, `half`, `0.28 dB`) as a number with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.resolve import tables

_NUMBER = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?![\d.])|\d+(?:\.\d+)?|\.\d+")
_HEDGE = re.compile(
    r"^(?:up to|as (?:much|many) as|(?:more|less|fewer) than|at (?:least|most)|about|around|nearly|almost|over|only|roughly|approximately"
    r"|an additional|an average of|by|leq|geq|sim|~|≈|<|>|≤|≥|\+)\s*",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:x|times|folds?)\b|×", re.IGNORECASE)
_FRACTION = re.compile(r"(?:an? |one[- ]|the )?(\d+) ?/ ?(\d+)(?:th|rd|nd)?(?: .*)?")
_ORDERS = re.compile(r"(?:(?:an?|the|(?P<count>\w+)) )?(?P<plural>orders?)[- ]of[- ]magnitude", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure's `value` in its `unit`, or None with the `reason`.

    `is_factor` where it multiplies (`4x`, `half`), `plus` where it is written with a sign `+`.
    """

    value: float | None = None
    unit: str | None = None
    is_factor: bool = False
    plus: bool = False
    reason: str | None = None


@lru_cache(maxsize=1 << 16)
def amount(text: str) -> Amount:
    """Read a figure as it is copied from a text.

    >>> amount("2.2%").value, amount("17,388 times").value, amount("half").value, amount("two orders of magnitude").value
    (2.2, 17388.0, 0.5, 100.0)
    >>> amount("0.7M").value, amount("0.28 dB").unit, amount("8 percentage points").unit
    (700000.0, 'dB', 'points')
    >>> amount("14-38%").reason, amount("orders of magnitude").reason
    ('a range', 'no number')
    """
    plain = _plain(text)
    plus = plain.startswith("+")
    while (rest := _HEDGE.sub("", plain)) != plain:
        plain = rest
    percent = "%" if "%" in plain else None
    if found := _ORDERS.match(plain):
        return _orders(found)
    is_factor = _TIMES.search(plain) is not None or "factor" in plain
    if (found := _FRACTION.fullmatch(plain)) and float(found[2]):
        return Amount(float(found[1]) / float(found[2]), "x", True)
    numbers = list(_NUMBER.finditer(plain))
    if not numbers:
        return _in_words(plain, is_factor)
    if len(numbers) > 1:
        return Amount(None, "x" if is_factor else percent, is_factor, plus, "a range")
    value = float(re.sub("[, ]", "", numbers[0][0]))
    if value == 0:
        return Amount(None, percent, is_factor, plus, "no difference")
    if is_factor:
        return Amount(value, "x", True, plus)
    scale, unit = _unit(plain[numbers[0].end() :].strip(" -+()"))
    return Amount(value * scale, unit or percent, False, plus)


def _plain(text: str) -> str:
    for tex, sign in (("\\times", "x"), ("\\texttimes", "x"), ("imes$", "x"), ("\\sim", "~"), ("～", "~"), ("∼", "~")):
        text = text.replace(tex, sign)
    text = re.sub(r"[\u2010-\u2015\u2212]|--", "-", re.sub(r"[$\\{}]", "", text))
    return " ".join(text.split())


@cache
def _written(kind: str) -> dict[str, str]:
    return {form: row["means"] for row in tables.table("units.tsv") if row["kind"] == kind for form in row["written"].split("|")}


def _unit(tail: str) -> tuple[float, str | None]:
    """What follows a number: by how much it is scaled, and its unit. An unknown single word is taken for a unit as it stands."""
    scale = 1.0
    head, _, rest = tail.partition(" ")
    if head in _written("scale"):
        scale, tail = float(_written("scale")[head]), rest.strip()
    short = tail if tail and " " not in tail and len(tail) <= 12 else None
    return scale, _written("unit").get(tail.lower(), short)


def _orders(found: re.Match[str]) -> Amount:
    count = found["count"]
    power = 1 if count is None and found["plural"].lower() == "order" else None
    if count:
        power = int(count) if count.isdigit() else int(_written("count").get(count.lower(), 0))
    return Amount(float(10**power), "x", True) if power else Amount(None, "x", True, reason="no number")


def _in_words(text: str, is_factor: bool) -> Amount:
    words = re.findall(r"[a-z]+", text.lower())
    factors = [float(_written("factor")[w]) for w in words if w in _written("factor")]
    counts = [float(_written("count")[w]) for w in words if w in _written("count")]
    if len(factors) == 1 and len(counts) <= 1:
        return Amount(factors[0] * (counts[0] if counts and factors[0] < 1 else 1), "x", True)
    if is_factor and len(counts) == 1:
        return Amount(counts[0], "x", True)
    return Amount(None, "x" if is_factor else None, is_factor, reason="a range" if is_factor and len(counts) > 1 else "no number")
