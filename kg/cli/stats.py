"""`kg stats`"""

from __future__ import annotations

from kg.cli.terminal import OUTPUT, As, Folder, answer
from kg.query import stats


def command(output: Folder = OUTPUT, format: As = "table") -> None:
    """Count papers, nodes and edges by type."""
    answer(output, stats, format)
