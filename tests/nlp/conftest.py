"""The gold annotation, for the tests that measure against it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def gold_train() -> list[dict[str, Any]]:
    """Records of the gold's `train.jsonl`. Without the data folder the test is skipped, or fails where KG_CI=1."""
    path = Path(os.environ.get("KG_SHARED", "../shared")) / "gold" / "train.jsonl"
    if not path.exists():
        reason = f"{path} is missing: set KG_SHARED to the data folder to measure against the gold"
        if os.environ.get("KG_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
