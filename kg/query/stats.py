"""How much was read, and what the graph is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.query.answer import Answer, read_line
from kg.query.source import Source, source_of

if TYPE_CHECKING:
    import networkx as nx


def stats(store: Source | nx.MultiDiGraph) -> Answer:
    """Counts of papers, nodes by type and edges by relation: rows of `what` (papers, nodes, edges), `kind` and `count`."""
    counts = source_of(store).counts()
    papers = {"read": counts.papers, "with claims": counts.with_claims, "without a year": counts.undated}
    groups = {"papers": papers, "nodes": {**counts.nodes, "all": sum(counts.nodes.values())}}
    groups["edges"] = {**counts.edges, "all": sum(counts.edges.values())}
    rows: list[dict[str, Any]] = [{"what": what, "kind": k, "count": n} for what, group in groups.items() for k, n in group.items()]
    return Answer("What the graph is made of", ("what", "kind", "count"), rows, read_line(counts))
