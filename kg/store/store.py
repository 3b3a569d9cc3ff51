"""`Store`: the records that were read and the graph made of them, in one SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.store import graph_tables, opening
from kg.store.errors import MissingStore, StoreError
from kg.store.graph_tables import dumps, storable
from kg.store.rows import Counts, Edge, Named, Node

if TYPE_CHECKING:  # a question reads no records, so it is spared their import
    import networkx as nx

    from kg.paper import Paper
    from kg.record import Record


def content_hash(paper: Paper) -> str:
    """Sixteen hexadecimal digits over all that a source says of the paper; another text, date or source gives others."""
    return hashlib.sha256(dumps(paper.to_dict()).encode()).hexdigest()[:16]


class Store:
    """A store in the file `path` (or `kg.db` in the folder `path`), made on first use unless `read_only`.

    Every writing method is one transaction: a process that is killed in the middle leaves what was there before. Raises StoreError
    for a file that is none of ours, MissingStore where a read-only one has nothing to read; both messages say what to type.
    Use it as a context manager, or `close` it.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path) / "kg.db" if Path(path).is_dir() else Path(path)
        self.read_only = read_only
        self._connection = (opening.for_reading if read_only else opening.for_writing)(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the file. A second call does nothing."""
        if self.read_only:
            self._connection.close()
        else:
            opening.close_writer(self._connection)

    def copy(self, path: Path) -> None:
        """Write all that the store holds to a new file, also while others write to this one."""
        with self._reading() as connection, closing(sqlite3.connect(path)) as other:
            connection.backup(other)
            other.execute("PRAGMA journal_mode = DELETE")  # the copy is at rest: one file

    # Records

    def add(self, records: Iterable[Record], *, extractor: str = "") -> int:
        """Write a batch of records in one transaction, each replacing an earlier one of the same paper; how many papers they are of.

        `extractor` is the version of what read them. The iterable is used up before the transaction begins.
        """
        papers: dict[str, tuple[str, ...]] = {}
        claims: dict[str, list[tuple[Any, ...]]] = {}
        for record in records:
            paper = storable(record.paper.id)
            papers[paper] = (paper, content_hash(record.paper), extractor, dumps(record.to_dict()))
            claims[paper] = [_claim_row(paper, record, claim) for claim in record.claims()]
        with self._transaction() as connection:
            for table, column in (("claims", "paper"), ("papers", "id")):
                connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(paper,) for paper in papers])
            connection.executemany("INSERT INTO papers (id, content, extractor, record) VALUES (?, ?, ?, ?)", papers.values())
            for rows in claims.values():
                connection.executemany(f"INSERT INTO claims VALUES (NULL, {', '.join('?' * 16)})", rows)
            if papers:
                _set_meta(connection, "records", int(_meta(connection, "records") or 0) + 1)
        return len(papers)

    def unread(self, papers: Iterable[Paper], *, extractor: str = "") -> Iterator[Paper]:
        """Those of the papers that are new, have changed, or were read by another version of the extractor, in their order."""
        for paper in papers:
            with self._reading() as connection:
                found = connection.execute("SELECT content, extractor FROM papers WHERE id = ?", (storable(paper.id),)).fetchone()
            if found != (content_hash(paper), extractor):
                yield paper

    def records(self) -> Iterator[Record]:
        """Every record, sorted by paper id."""
        from kg.record import Record

        return map(Record.from_dict, self._objects())

    def papers(self) -> Iterator[Paper]:
        """Every paper, sorted by id."""
        from kg.paper import Paper

        return map(Paper.from_dict, self._objects())

    def record(self, paper: str) -> Record | None:
        """The record of one paper, by its id."""
        from kg.record import Record

        with self._reading() as connection:
            found = connection.execute("SELECT record FROM papers WHERE id = ?", (storable(paper),)).fetchone()
        return Record.from_dict(json.loads(found[0])) if found else None

    def __len__(self) -> int:
        """How many papers there are."""
        with self._reading() as connection:
            return int(connection.execute("SELECT count(*) FROM papers").fetchone()[0])

    def _objects(self) -> Iterator[dict[str, Any]]:
        with self._reading() as connection:
            for (record,) in connection.execute("SELECT record FROM papers ORDER BY id"):
                yield json.loads(record)

    # The graph

    def save_graph(self, graph: nx.MultiDiGraph) -> None:
        """Replace nodes, aliases and edges by those of `graph`, in one transaction."""
        with self._transaction() as connection:
            counts = graph_tables.write(connection, graph)
            _set_meta(connection, "counts", asdict(counts))
            _set_meta(connection, "graph", int(_meta(connection, "records") or 0))

    def graph(self) -> nx.MultiDiGraph:
        """The whole graph. For one question the methods below read less."""
        with self._graph() as connection:
            return graph_tables.read(connection)

    def is_stale(self) -> bool:
        """Whether records came in after the graph was saved."""
        with self._graph() as connection:
            return bool(_meta(connection, "graph") != (_meta(connection, "records") or 0))

    def counts(self) -> Counts:
        """How much the graph was made of. Raises MissingStore where there is no graph yet."""
        with self._graph() as connection:
            return Counts(**_meta(connection, "counts"))

    def named(self, forms: Iterable[str]) -> list[Named]:
        """Every node that one of the loose forms (`kg.store.rows.loose`) names."""
        with self._graph() as connection:
            return list(graph_tables.named(connection, forms))

    def spelled(self, type: str, form: str) -> list[Named]:
        """Every node of this type with a surface form whose normal form (`kg.resolve.normal`) is `form`."""
        with self._graph() as connection:
            return list(graph_tables.spelled(connection, type, form))

    def nodes(self, keys: Iterable[str]) -> dict[str, Node]:
        """The nodes of these keys; unknown keys are left out."""
        with self._graph() as connection:
            return {node.key: node for node in graph_tables.nodes(connection, keys)}

    def paper_nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """The Paper nodes of these paper ids; unknown ids are left out."""
        with self._graph() as connection:
            return dict(graph_tables.papers(connection, ids))

    def edges(self, relation: str, *, sources: Iterable[str] | None = None, targets: Iterable[str] | None = None) -> list[Edge]:
        """Edges of one relation: all of them, or those from `sources`, or those to `targets`."""
        with self._graph() as connection:
            return list(graph_tables.edges(connection, relation, sources, targets))

    def surfaces(self, types: Iterable[str]) -> list[tuple[str, str]]:
        """Every surface form with the label of its node, for nodes of these types."""
        with self._graph() as connection:
            return list(graph_tables.surfaces(connection, types))

    # SQLite

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise opening.unusable(self.path, error) from error

    @contextmanager
    def _graph(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            if _meta(connection, "graph") is None:
                raise MissingStore(f"{self.path} has no graph yet (an unfinished build?). Make it with: kg build -o {self.path.parent}")
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise StoreError(f"{self.path} was opened for reading only.")
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _meta(connection: sqlite3.Connection, name: str) -> Any:
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return json.loads(found[0]) if found else None


def _set_meta(connection: sqlite3.Connection, name: str, value: Any) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, dumps(value)))


def _claim_row(paper: str, record: Record, claim: Any) -> tuple[Any, ...]:
    from kg.record import KIND_OF

    def text(name: str) -> str | None:
        value = getattr(claim, name, None)
        return None if value is None else storable(value)

    value = text("sv") or text("value")
    return (
        *(claim.id, paper, KIND_OF[type(claim)], storable(claim.s), text("v"), text("o"), text("d"), text("m"), text("t")),
        *(text("delta"), value, text("ov"), text("cond"), int(getattr(claim, "bg", False)), claim.confidence),
        storable(record.paper.text[claim.start : claim.end]),
    )
