"""What the tests of the readers share."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from written import Read

from kg.paper import Paper
from kg.sources import Problem, read


@pytest.fixture
def read_text(tmp_path: Path) -> Read:
    """Reads a text or bytes as the file `input.txt`: its papers and its problems."""

    def read_it(content: str | bytes) -> tuple[list[Paper], list[Problem]]:
        path = tmp_path / "input.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        return list(read([path], problems)), problems

    return read_it


@pytest.fixture
def give_stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Makes bytes the standard input."""

    def give(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))

    return give
