"""How much was read and what came of it."""

from __future__ import annotations

from kg.query import stats
from kg.query.source import Source


def test_counts_papers_nodes_and_edges(source: Source) -> None:
    answer = stats(source)
    assert answer.columns == ("what", "kind", "count")
    assert [tuple(row.values()) for row in answer.rows] == [
        ("papers", "read", 5),
        ("papers", "with claims", 3),
        ("papers", "without a year", 2),
        ("nodes", "Baseline", 2),
        ("nodes", "Dataset", 3),
        ("nodes", "Metric", 1),
        ("nodes", "Model", 10),
        ("nodes", "Paper", 5),
        ("nodes", "Task", 2),
        ("nodes", "all", 23),
        ("edges", "COMPARABLE_TO", 1),
        ("edges", "OUTPERFORMS", 8),
        ("edges", "PROPOSES", 3),
        ("edges", "VARIANT_OF", 5),
        ("edges", "all", 17),
    ]
    assert answer.read == "5 papers, 3 of them with claims"
