"""`kg stats`"""

from __future__ import annotations

import json
from pathlib import Path


def test_it_counts_papers_nodes_and_edges_by_type(kg, graph: Path) -> None:
    done = kg("stats", "-o", graph, "--format", "json")
    counted = {(row["what"], row["kind"]): row["count"] for row in json.loads(done.stdout)}
    assert counted["papers", "read"] == 4
    assert counted["papers", "with claims"] == 3
    assert counted["papers", "without a year"] == 3
    assert counted["nodes", "Model"] == 4
    assert counted["nodes", "Dataset"] == 2
    assert counted["edges", "OUTPERFORMS"] == 3


def test_the_counts_are_those_of_graph_json(kg, graph: Path) -> None:
    data = json.loads((graph / "graph.json").read_text())
    counted = {(row["what"], row["kind"]): row["count"] for row in json.loads(kg("stats", "-o", graph, "-f", "json").stdout)}
    assert counted["nodes", "all"] == len(data["nodes"])
    assert counted["edges", "all"] == len(data["edges"])


def test_a_table_for_people(kg, graph: Path) -> None:
    done = kg("stats", "-o", graph)
    assert done.returncode == 0
    assert "OUTPERFORMS" in done.stdout
    assert "4 papers, 3 of them with claims" in done.stdout
