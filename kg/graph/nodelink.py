"""graph.json: node-link data that `networkx.node_link_graph` reads, the same bytes for the same graph."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx


def write_graph(graph: nx.MultiDiGraph, path: str | os.PathLike[str]) -> None:
    """Write a graph as node-link JSON, nodes and edges sorted; the file appears whole or not at all.

    Parameters
    ----------
    graph : MultiDiGraph
        Whose attributes are JSON values.
    path : path-like
        Replaced if it exists; its folder must exist.

    Examples
    --------
    >>> import json, tempfile, networkx as nx
    >>> from pathlib import Path
    >>> g = nx.MultiDiGraph()
    >>> _ = g.add_edge("b", "a", key="k", relation="OUTPERFORMS")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_graph(g, Path(folder, "graph.json"))
    ...     h = nx.node_link_graph(json.loads(Path(folder, "graph.json").read_text()))
    >>> list(h.edges(keys=True, data=True))
    [('b', 'a', 'k', {'relation': 'OUTPERFORMS'})]
    """
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        # A lone surrogate, which UTF-8 has no bytes for, becomes its JSON escape.
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(_lines(graph))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_graph(path: str | os.PathLike[str]) -> nx.MultiDiGraph:
    """Read a graph that `write_graph` wrote.

    Raises
    ------
    FileNotFoundError
        Where there is no such file.
    ValueError
        Where the file holds no graph of this kind, with what was expected.
    """
    with open(path, encoding="utf-8") as file:
        try:
            data = json.load(file)
        except json.JSONDecodeError as error:
            raise ValueError(f"{os.fspath(path)}: not JSON ({error}); expected the graph.json that `kg build` writes") from error
    if not isinstance(data, dict) or not {"nodes", "edges"} <= data.keys():
        raise ValueError(f"{os.fspath(path)}: no node-link graph (an object with `nodes` and `edges`); expected what `kg build` writes")
    return nx.node_link_graph(data, edges="edges")


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    """The file's text in pieces, one node or edge a line, so that a large graph is never a second time in memory."""
    head = {"directed": graph.is_directed(), "multigraph": graph.is_multigraph(), "graph": dict(sorted(graph.graph.items()))}
    yield json.dumps(head, ensure_ascii=False, sort_keys=True)[:-1] + ', "nodes": [\n'
    yield from _items({"id": key, **attributes} for key, attributes in sorted(graph.nodes(data=True)))
    yield '],\n"edges": [\n'
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3])
    yield from _items({"source": s, "target": t, "key": k, **attributes} for s, t, k, attributes in edges)
    yield "]}\n"


def _items(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = ""
    for item in items:
        yield before + json.dumps(item, ensure_ascii=False)
        before = ",\n"
    yield "\n"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
