"""A comparison's difference as a number: `delta_value`, its kind and its unit, from the copied text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.record import Comparison
from kg.resolve.metrics import direction
from kg.resolve.metrics import unit as metric_unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` as DESIGN defines `delta_value`, or None with the `reason`; `kind` and `unit` where they are known."""

    value: float | None = None
    kind: str | None = None
    unit: str | None = None
    reason: str | None = None


def quantify(claim: Comparison, sentence: str = "") -> Quantity:
    """The number that a comparison's delta stands for."""
    if not claim.delta:
        return Quantity(reason="no delta")
    text = claim.delta.replace("\\", "")
    unit = "%" if "%" in text else None
    kind = claim.delta_kind
    numbers = re.findall(r"\d+(?:\.\d+)?|\.\d+", text)
    if len(numbers) != 1:
        return Quantity(None, kind, unit, "no single number")
    better = direction(claim.m) if claim.m else None
    value = float(numbers[0])
    if kind == "absolute" and better:
        return Quantity(value if better == "higher" else -value, kind, unit or metric_unit(claim.m or ""))
    if kind == "relative" and better:
        return Quantity(round((value if better == "higher" else -value) / 100, 6), kind, unit)
    if kind == "factor" and better:
        return Quantity(value if better == "higher" else round(1 / value, 6), kind, "x")
    return Quantity(None, kind, unit, "direction or kind unknown")
