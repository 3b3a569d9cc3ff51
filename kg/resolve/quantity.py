"""A comparison's difference as a number: `delta_value`, its kind and its unit, from the copied text and the sentence around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.record import Comparison
from kg.resolve.amounts import Amount, amount
from kg.resolve.cues import cue
from kg.resolve.metrics import direction
from kg.resolve.metrics import unit as metric_unit

_ERROR = re.compile(r"\berrors?\b", re.IGNORECASE)
_TIME = re.compile(r"time|latency|duration|delay", re.IGNORECASE)
_CONTRADICTION = "the text says more of what is better less, or less of what is better more"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A difference as a number, or why it is none.

    `value` is subject minus object in the metric's own unit where `kind` is `absolute`, a signed fraction of the object where it is
    `relative`, subject over object where it is `factor`. It is None where that is not known; `reason` then says why. `unit` is
    the one the delta is written with, for an absolute difference without one the metric's.
    """

    value: float | None = None
    kind: str | None = None
    unit: str | None = None
    reason: str | None = None


def quantify(claim: Comparison, sentence: str = "") -> Quantity:
    """What a comparison's `delta` is worth, without arithmetic on anything unknown.

    `sentence` is the claim's evidence; without it, cues such as `faster` or `only ... of` are not seen.

    >>> def value(delta, metric, kind, sentence="", **more):
    ...     claim = Comparison(s="A", o="B", v="better", delta=delta, m=metric, delta_kind=kind, start=0, end=0, confidence=1.0, **more)
    ...     return quantify(claim, sentence).value
    >>> value("2.2%", "top-1 accuracy", "absolute"), value("1.5ms", "latency", "absolute")
    (2.2, -1.5)
    >>> value("28%", "FLOPs", "relative"), value("8.4%", "computational costs", "relative", "with only 8.4% of its computational costs")
    (-0.28, -0.916)
    >>> value("half", "error", "factor"), value("4.25 times", "speed", "factor"), value("4x", "latency", "factor")
    (0.5, 4.25, 0.25)
    >>> value("2%", "accuracy", "unknown"), value("1-3%", "accuracy", "absolute")
    (None, None)
    """
    if not claim.delta:
        return Quantity(reason="no difference is given")
    read = amount(claim.delta)
    subject, other = _single(claim.sv), _single(claim.ov)
    kind = _kind(claim, read, subject, other)
    unit = "x" if kind == "factor" else read.unit
    if read.value is None:
        return Quantity(None, kind, unit, read.reason)
    says = cue(claim.delta, sentence) if sentence else None
    rising = _rising(claim, read, says, subject, other)
    value: float | None = None
    reason: str | None = "points or a share of the object's value: the text does not say"
    if kind == "absolute":
        value, reason = _absolute(claim, read.value, rising)
        unit = unit or (metric_unit(claim.m) if claim.m and read.value >= 1 else None)
    elif kind == "relative":
        value, reason = _relative(claim, read.value, rising, says, sentence)
    elif kind == "factor":
        value, reason = _factor(claim, read, rising, says, sentence)
    if value is None:
        return Quantity(None, kind, unit, reason)
    return Quantity(float(f"{value:.6g}"), kind, unit)


def reverse(value: float, kind: str) -> float | None:
    """The same difference with subject and object exchanged.

    >>> reverse(2.2, "absolute"), reverse(-0.5, "relative"), reverse(4.0, "factor")
    (-2.2, 1.0, 0.25)
    """
    if kind == "absolute":
        return -value
    if kind == "relative":
        return float(f"{1 / (1 + value) - 1:.6g}") if value > -1 else None
    return float(f"{1 / value:.6g}") if value else None


def _single(text: str | None) -> float | None:
    return amount(text).value if text else None


def _kind(claim: Comparison, read: Amount, subject: float | None, other: float | None) -> str:
    """The claim's own kind; where it is missing or unknown, what both values or else the delta's own text show."""
    if claim.delta_kind and claim.delta_kind != "unknown":
        return claim.delta_kind
    if read.value is not None and subject is not None and other is not None:
        gap = abs(subject - other)
        if abs(gap - read.value) <= 0.006 * max(1.0, read.value):
            return "absolute"
        if other and read.unit == "%" and abs(gap / abs(other) * 100 - read.value) <= 0.6:
            return "relative"
    if claim.delta_kind:
        return claim.delta_kind
    if read.is_factor:
        return "factor"
    if read.unit == "%":
        counted = claim.m and direction(claim.m) == "lower" and not metric_unit(claim.m)
        return "relative" if counted else "unknown"
    return "absolute" if read.unit or (claim.m and direction(claim.m)) else "unknown"


def _rising(claim: Comparison, read: Amount, says: str | None, subject: float | None, other: float | None) -> bool | None:
    """Whether the subject's figure is the larger one: by both figures, else by the metric's direction, else by what the text calls it."""
    if subject is not None and other is not None and subject != other:
        return subject > other
    if claim.v == "comparable":
        return None
    if claim.m:
        better = direction(claim.m)
        return None if better is None else better == "higher"
    if says in ("faster", "less"):
        return says == "faster"
    if read.unit in ("dB", "FPS") or read.plus:
        return True
    return False if read.unit in ("ms", "s", "min", "h", "d") else None


def _unknown_direction(claim: Comparison) -> str:
    if claim.v == "comparable":
        return "comparable: the difference may go either way"
    return f"whether more {claim.m} is better is not known" if claim.m else "the text names no metric"


def _absolute(claim: Comparison, value: float, rising: bool | None) -> tuple[float | None, str | None]:
    if rising is None:
        return None, _unknown_direction(claim)
    return (value if rising else -value), None


def _relative(claim: Comparison, value: float, rising: bool | None, says: str | None, sentence: str) -> tuple[float | None, str | None]:
    share = value / 100
    if says == "share":
        if claim.v == "comparable" or (rising is not None and (share > 1) == rising):
            return share - 1, None
        return None, "a share: of which value the text does not say"
    if rising is None:
        return None, _unknown_direction(claim)
    if rising and says == "less" and _ERROR.search(sentence):
        return None, "a share of the error, not of the metric"
    if not rising and says == "faster" and _TIME.search(claim.m or ""):
        return None, "faster by a share: of the time or of the speed, the text does not say"
    if says == ("less" if rising else "more"):
        # `B needs 50% more energy`: the figure is the object's, as a fraction of the subject.
        if _stands_after(claim.o, claim.delta, sentence):
            return None, _CONTRADICTION
        return reverse(-share if rising else share, "relative"), None
    if not rising and share > 1:
        return None, "a reduction by more than the whole"
    return (share if rising else -share), None


def _factor(claim: Comparison, read: Amount, rising: bool | None, says: str | None, sentence: str) -> tuple[float | None, str | None]:
    assert read.value is not None
    value = read.value / 100 if read.unit == "%" else read.value
    if rising is None:
        return None, _unknown_direction(claim)
    if says == ("less" if rising else "more") and _stands_after(claim.o, claim.delta, sentence):
        return None, _CONTRADICTION
    return (value if (value > 1) == rising else 1 / value), None


def _stands_after(name: str, figure: str | None, sentence: str) -> bool:
    """Whether a name follows a figure in the sentence, as the object of `more ... than` does."""
    at = sentence.find(figure or "")
    return at >= 0 and sentence.find(name, at) >= 0
