"""What a question reads: a store, or a NetworkX graph behind the same few methods. Each question is written once, over `Source`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from kg.store.rows import Counts, Edge, Named, Node, count, loose, paper_id

if TYPE_CHECKING:
    import networkx as nx


class Source(Protocol):
    """The point questions that `Store` answers by index; see there."""

    def counts(self) -> Counts: ...
    def is_stale(self) -> bool: ...
    def named(self, forms: Iterable[str]) -> list[Named]: ...
    def spelled(self, type: str, form: str) -> list[Named]: ...
    def nodes(self, keys: Iterable[str]) -> dict[str, Node]: ...
    def paper_nodes(self, ids: Iterable[str]) -> dict[str, Node]: ...
    def edges(self, relation: str, *, sources: Iterable[str] | None = None, targets: Iterable[str] | None = None) -> list[Edge]: ...
    def surfaces(self, types: Iterable[str]) -> list[tuple[str, str]]: ...


class GraphSource:
    """A `networkx.MultiDiGraph` with the attributes that DESIGN gives it, read as a `Source`."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.graph = graph

    def counts(self) -> Counts:
        return count(self._nodes(self.graph), (Edge(*edge) for edge in self.graph.edges(data=True)))

    def is_stale(self) -> bool:
        return False

    def named(self, forms: Iterable[str]) -> list[Named]:
        wanted = set(forms)
        return [Named(name, node) for node in self._nodes(self.graph) for name in node.names() if loose(name) in wanted]

    def spelled(self, type: str, form: str) -> list[Named]:
        from kg.resolve import normal

        nodes = [node for node in self._nodes(self.graph) if node.type == type]
        return [Named(name, node) for node in nodes for name in node.names() if normal(name, type) == form]

    def nodes(self, keys: Iterable[str]) -> dict[str, Node]:
        return {node.key: node for node in self._nodes(key for key in keys if key in self.graph)}

    def paper_nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        wanted = set(ids)
        return {paper: node for node in self._nodes(self.graph) if (paper := paper_id(node)) in wanted and paper is not None}

    def edges(self, relation: str, *, sources: Iterable[str] | None = None, targets: Iterable[str] | None = None) -> list[Edge]:
        if sources is not None:
            found = self.graph.out_edges([key for key in sources if key in self.graph], data=True)
        elif targets is not None:
            found = self.graph.in_edges([key for key in targets if key in self.graph], data=True)
        else:
            found = self.graph.edges(data=True)
        return [Edge(*edge) for edge in sorted(found, key=lambda edge: edge[:2]) if edge[2]["relation"] == relation]

    def surfaces(self, types: Iterable[str]) -> list[tuple[str, str]]:
        wanted = set(types)
        return sorted({(name, node.label) for node in self._nodes(self.graph) if node.type in wanted for name in node.names()})

    def _nodes(self, keys: Iterable[str]) -> list[Node]:
        return [Node.of(key, self.graph.nodes[key]) for key in sorted(keys)]


def source_of(store: Source | nx.MultiDiGraph) -> Source:
    """A store as it is, a graph behind `GraphSource`. NetworkX is not imported for it."""
    return GraphSource(store) if hasattr(store, "in_edges") else store
