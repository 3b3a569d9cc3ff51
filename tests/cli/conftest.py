"""The command as a user runs it, and a small graph to ask."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import by_pattern
import pytest

from kg.build import build

PAPERS = [
    {"id": "alpha", "title": "AlphaNet: a first try", "abstract": "AlphaNet outperforms BaseNet by 2.1% on TinyImages.", "year": 2021},
    {"id": "beta", "title": "BetaNet: a second try", "abstract": "BetaNet outperforms AlphaNet by 0.4% on TinyImages. It is also small."},
    {"id": "gamma", "title": "GammaNet \x1b[31mred\x07", "abstract": "=GammaNet outperforms BaseNet by 7% on <b>Roads</b>."},
    {"id": "delta", "title": "A survey", "abstract": "We look back at ten years of small networks."},
]

Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of four abstracts, three of which claim something."""
    path = tmp_path_factory.mktemp("papers") / "papers.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    return path


@pytest.fixture(scope="session")
def graph(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `kg build` leaves it."""
    folder = tmp_path_factory.mktemp("graph")
    build([papers], folder, extract=by_pattern.extract)
    return folder


@pytest.fixture
def kg(tmp_path: Path) -> Kg:
    """Runs `kg` in an empty folder, as a program of its own."""

    def run(*args: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, args)], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, **more
        )

    return run
