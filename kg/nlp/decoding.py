"""What lies between scores and claims, chosen on held-out folds and shipped beside the weights as `decoding.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "decoding.json"

FLOOR = 0.03
"""What the network holds for less likely than this is no claim at any threshold."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """Probabilities from which an attribute counts as said, and how a score becomes a confidence.

    `outside` is added to the score of no mention at all: recall for precision. `plain` is for metrics and datasets of claims without a
    figure, `further` for those beside the ones that figures bring with them.

    `calibration` holds for each kind of claim (a verdict, `result`, `sota`, or one of the record's lists) the slope and
    intercept of Platt's scaling (Platt 1999): confidence = sigmoid(slope * logit(score) + intercept). A kind without an
    entry keeps its score. `min_confidence` is the default threshold of `kg extract` and `kg build`.
    """

    outside: float = 1.5
    main: float = 0.4
    delta: float = 0.5
    value: float = 0.4
    metric: float = 0.2
    dataset: float = 0.2
    plain: float = 0.7
    further: float = 0.9
    background: float = 0.5
    condition: float = 0.4
    min_confidence: float = 0.5
    calibration: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def confidence(self, kind: str, score: float) -> float:
        """The calibrated probability of a claim, to three decimals: rounded before any threshold sees it."""
        slope, intercept = self.calibration.get(kind, (1.0, 0.0))
        score = min(max(score, 1e-6), 1 - 1e-6)
        return round(1 / (1 + math.exp(-(slope * math.log(score / (1 - score)) + intercept))), 3)

    @classmethod
    def read(cls, folder: Path) -> Decoding:
        """What stands in `folder`; the defaults where it has no `decoding.json`."""
        path = folder / FILE
        if not path.is_file():
            return cls()
        data = json.loads(path.read_text(encoding="utf-8"))
        data["calibration"] = {k: (float(a), float(b)) for k, (a, b) in data.get("calibration", {}).items()}
        return cls(**data)

    def write(self, folder: Path) -> None:
        """Into `folder`, in a form that can be read and compared."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")
