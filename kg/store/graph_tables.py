"""A graph into the store's tables and out again. Values go as parameters only: names from papers never become SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.store.rows import Counts, Edge, Named, Node, count, loose, paper_id
from kg.store.schema import GRAPH_INDEXES, GRAPH_TABLES, statements

if TYPE_CHECKING:
    import networkx as nx


def dumps(value: Any) -> str:
    """JSON that SQLite can hold: a lone surrogate, which UTF-8 has no bytes for, stays an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return text if _is_unicode(text) else json.dumps(value)


def storable(text: str) -> str:
    """Text as it is, or with lone surrogates spelled out where it has any."""
    return text if _is_unicode(text) else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write(connection: sqlite3.Connection, graph: nx.MultiDiGraph) -> Counts:
    """Replace nodes, aliases and edges by those of `graph`, inside the caller's transaction; what was counted on the way.

    Rows go in sorted order, and the indexes are made afterwards, which is faster than keeping them up to date.
    """
    for statement in statements(GRAPH_TABLES):
        connection.execute(statement)
    nodes = [Node.of(key, data) for key, data in sorted(graph.nodes(data=True))]
    numbers = {node.key: number for number, node in enumerate(nodes, 1)}
    connection.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?)", (_node_row(numbers[n.key], n) for n in nodes))
    connection.executemany("INSERT INTO aliases VALUES (?, ?, ?, ?)", (row for n in nodes for row in _alias_rows(numbers[n.key], n)))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (e[0], e[1], e[3]["relation"], str(e[2])))
    connection.executemany(
        "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, numbers[s], numbers[t], d["relation"], dumps(key), *(_text(d.get(k)) for k in ("claim", "paper", "dataset")), dumps(d))
            for number, (s, t, key, d) in enumerate(edges, 1)
        ),
    )
    for statement in statements(GRAPH_INDEXES):
        connection.execute(statement)
    return count(nodes, (Edge(s, t, d) for s, t, _, d in edges))


def read(connection: sqlite3.Connection) -> nx.MultiDiGraph:
    """The whole graph, with the attributes and edge keys that it was saved with."""
    import networkx as nx

    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    keys: dict[int, str] = {}
    for number, key, data in connection.execute("SELECT number, key, data FROM nodes ORDER BY number"):
        keys[number] = key
        graph.add_node(key, **json.loads(data))
    for source, target, key, data in connection.execute("SELECT source, target, key, data FROM edges ORDER BY number"):
        graph.add_edge(keys[source], keys[target], json.loads(key), **json.loads(data))
    return graph


NODE = "n.key, n.type, n.label, n.data"
_KEYS = "SELECT number FROM nodes WHERE key IN (SELECT value FROM json_each(?))"


def named(connection: sqlite3.Connection, forms: Iterable[str]) -> Iterator[Named]:
    """Every node that one of the loose forms names, with the surface form that matches."""
    query = f"""SELECT a.surface, {NODE} FROM aliases a JOIN nodes n ON n.number = a.node
                WHERE a.loose IN (SELECT value FROM json_each(?)) ORDER BY n.number, a.surface"""
    for surface, key, kind, label, data in connection.execute(query, (dumps(sorted(forms)),)):
        yield Named(surface, Node(key, kind, label, json.loads(data)))


def spelled(connection: sqlite3.Connection, kind: str, form: str) -> Iterator[Named]:
    """Every node of a type with a surface form of this normal form."""
    query = f"""SELECT a.surface, {NODE} FROM aliases a JOIN nodes n ON n.number = a.node
                WHERE a.normal = ? AND n.type = ? ORDER BY n.number, a.surface"""
    for surface, key, type, label, data in connection.execute(query, (storable(form), kind)):
        yield Named(surface, Node(key, type, label, json.loads(data)))


def nodes(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[Node]:
    """The nodes of these keys, in the order of their keys."""
    query = f"SELECT {NODE} FROM nodes n WHERE n.key IN (SELECT value FROM json_each(?)) ORDER BY n.number"
    for key, kind, label, data in connection.execute(query, (dumps(sorted(keys)),)):
        yield Node(key, kind, label, json.loads(data))


def papers(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[tuple[str, Node]]:
    """Paper nodes by the papers' ids."""
    query = f"SELECT n.paper, {NODE} FROM nodes n WHERE n.paper IN (SELECT value FROM json_each(?)) ORDER BY n.number"
    for paper, key, kind, label, data in connection.execute(query, (dumps(sorted(ids)),)):
        yield paper, Node(key, kind, label, json.loads(data))


EDGES_FROM = f"""SELECT s.key, t.key, e.data FROM edges e JOIN nodes s ON s.number = e.source JOIN nodes t ON t.number = e.target
                 WHERE e.relation = ? AND e.source IN ({_KEYS}) ORDER BY e.number"""
EDGES_TO = f"""SELECT s.key, t.key, e.data FROM edges e JOIN nodes s ON s.number = e.source JOIN nodes t ON t.number = e.target
               WHERE e.relation = ? AND e.target IN ({_KEYS}) ORDER BY e.number"""
EDGES = """SELECT s.key, t.key, e.data FROM edges e JOIN nodes s ON s.number = e.source JOIN nodes t ON t.number = e.target
           WHERE e.relation = ? ORDER BY e.number"""


def edges(connection: sqlite3.Connection, relation: str, sources: Iterable[str] | None, targets: Iterable[str] | None) -> Iterator[Edge]:
    """Edges of one relation, of all nodes or from `sources` or to `targets` (one of the two), in saved order."""
    if sources is not None:
        found = connection.execute(EDGES_FROM, (relation, dumps(sorted(sources))))
    elif targets is not None:
        found = connection.execute(EDGES_TO, (relation, dumps(sorted(targets))))
    else:
        found = connection.execute(EDGES, (relation,))
    for source, target, data in found:
        yield Edge(source, target, json.loads(data))


def surfaces(connection: sqlite3.Connection, types: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every surface form with the label of its node, for nodes of these types."""
    query = """SELECT DISTINCT a.surface, n.label FROM nodes n JOIN aliases a ON a.node = n.number
               WHERE n.type IN (SELECT value FROM json_each(?)) ORDER BY a.surface, n.label"""
    yield from connection.execute(query, (dumps(sorted(types)),))


def _text(value: Any) -> str | None:
    return None if value is None else storable(str(value))


def _node_row(number: int, node: Node) -> tuple[Any, ...]:
    return number, storable(node.key), node.type, storable(node.label), _text(paper_id(node)), dumps(dict(node.data))


def _alias_rows(number: int, node: Node) -> list[tuple[int, str, str, str | None]]:
    from kg.resolve import normal

    is_paper = node.type == "Paper"
    return [(number, storable(n), storable(loose(n)), None if is_paper else storable(normal(n, node.type))) for n in node.names()]
