"""From sources to a graph on disk: the whole way, one room after the other."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.paper import Paper, merge
from kg.progress import step, track
from kg.record import Record

if TYPE_CHECKING:
    import networkx as nx

    from kg.resolve.corrections_file import Corrections
    from kg.sources.problem import Problem
    from kg.store import Store

T = TypeVar("T")
Extract = Callable[[Iterable[Paper]], Iterable[Record]]

STORE, GRAPH, PAGE, RECORDS = "kg.db", "graph.json", "graph.html", "records.jsonl"
BATCH = 256
"""Records a transaction: enough that SQLite's sync does not count, few enough to hold."""


class NothingRead(Exception):
    """No source could be read, so nothing was built and what stood in the folder was left as it was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("none of the sources could be read")
        self.problems = tuple(problems)


class Changed(Exception):
    """The corrections are not those that the graph was made with."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build read and made. `listed` counts abstracts as the sources list them, `papers` different ones;
    `beaten` is a model worth asking about: the one that most claims with figures say something outperforms.
    `unmet` are the user's corrections that do not apply, or not any more."""

    out: Path
    listed: int
    papers: int
    with_claims: int
    claims: int
    nodes: int
    edges: int
    beaten: str | None
    problems: tuple[Problem, ...]
    unmet: tuple[Problem, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Made:
    """What records make: the graph, the records with the claims that the user rejected left out, and why corrections do not apply."""

    graph: nx.MultiDiGraph
    records: Sequence[Record]
    unmet: Mapping[int, str]


def build(sources: Sequence[str | Path], out: str | Path, *, extract: Extract | None = None) -> Report:
    """Read `sources`, extract what they claim, and leave `kg.db`, `graph.json`, `graph.html` and `records.jsonl` in `out`.

    A source is a file, a folder or `-`; none at all stands for the sample corpus that the package ships. `extract` yields one
    record a paper, in order; by default `kg.nlp.extract`. The files are made under other names and moved into place when all
    are complete, so that a build that fails leaves the former ones. The corrections in `out` apply to the graph, not to the records.
    Raises NothingRead when no source gives a paper and at least one could not be read; OSError or StoreError when `out` cannot be written.
    """
    from kg.sources import read, sample
    from kg.store import Store

    extract = extract or extractor()
    started = time.monotonic()
    out = Path(out)
    problems: list[Problem] = []
    listed = list(track(read(sources or [sample()], problems), "Reading"))
    papers = merge(listed)
    if problems and not papers:
        raise NothingRead(problems)

    corrections = _corrections(out, problems)
    records: list[Record] = []
    with _in_place(out) as new:
        with Store(new / STORE) as store:
            for batch in _batches(track(extract(papers), "Extracting", total=len(papers)), BATCH):
                store.add(batch)
                records += batch
            made = _make(records, corrections, store, new)
        write_records(records, new / RECORDS)
    return Report(
        out=out,
        listed=len(listed),
        papers=len(papers),
        with_claims=sum(any(r.claims()) for r in made.records),
        claims=sum(1 for r in made.records for _ in r.claims()),
        nodes=made.graph.number_of_nodes(),
        edges=made.graph.number_of_edges(),
        beaten=_most_beaten(made.graph),
        problems=tuple(problems),
        unmet=unmet(out, corrections, made.unmet),
        seconds=time.monotonic() - started,
    )


def extractor(min_confidence: float | None = None) -> Extract:
    """What reads papers where nothing else is asked for: `kg.nlp.extract`, at its own threshold or another."""
    from kg.nlp import extract

    return partial(extract, min_confidence=min_confidence)


def rebuild(out: Path, corrections: Corrections, *, instead_of: Corrections) -> Made:
    """Make the graph in `out` anew from the records that its store holds, with other corrections, which become those of `out`.

    Nothing is read or extracted. All files, that of the corrections too, are moved into place at the end; `records.jsonl` stays as it is.
    Raises Changed where `out` has others than `instead_of` by then; MissingStore, StoreError or OSError.
    """
    from kg.resolve.corrections_file import CORRECTIONS, read
    from kg.store import Store

    with _in_place(out) as new:
        with Store(out / STORE, read_only=True) as old:
            old.copy(new / STORE)
        with Store(new / STORE) as store:
            made = _make(list(store.records()), corrections, store, new)
        if corrections.lines:
            (new / CORRECTIONS).write_bytes(corrections.to_bytes())
        if read(out) != instead_of:
            raise Changed(f"{out / CORRECTIONS} was changed by another process meanwhile, so nothing was written. Try again.")
    if not corrections.lines:
        (out / CORRECTIONS).unlink(missing_ok=True)
    return made


def join(records: Sequence[Record], corrections: Corrections) -> Made:
    """The graph of what records claim, as the user's corrections have it."""
    from kg.graph import build as build_graph
    from kg.resolve import resolve
    from kg.resolve.review import review

    reviewed = review(records, corrections.numbered)
    resolution = resolve(reviewed.records, corrections.numbered)
    graph = build_graph(reviewed.records, resolution, accepted=reviewed.accepted)
    return Made(graph, reviewed.records, {**reviewed.unmet, **resolution.unmet})


def unmet(out: Path, corrections: Corrections, reasons: Mapping[int, str]) -> tuple[Problem, ...]:
    """The corrections that do not apply, each with its place and the reason that `reasons` has by line."""
    from kg.resolve.corrections import in_words, state
    from kg.resolve.corrections_file import CORRECTIONS
    from kg.sources.problem import Problem

    return tuple(
        Problem(str(out / CORRECTIONS), f"line {line}", f"{state(reasons[line])} ({in_words(correction)}): {reasons[line]}")
        for line, correction in corrections.numbered
        if line in reasons
    )


def _make(records: Sequence[Record], corrections: Corrections, store: Store, new: Path) -> Made:
    """Join the records, and write their graph to the store and to files in `new`."""
    from kg.explore import write_page
    from kg.graph import write_graph

    with step("Joining"):
        made = join(records, corrections)
        store.save_graph(made.graph)
    write_graph(made.graph, new / GRAPH)
    with step("Drawing"):
        write_page(made.graph, new / PAGE)
    return made


def _corrections(out: Path, problems: list[Problem]) -> Corrections:
    """The user's corrections in `out`; lines that cannot be read are problems, and the others apply."""
    from kg.resolve.corrections_file import CORRECTIONS, Corrections, read
    from kg.sources.problem import Problem

    try:
        found = read(out)
    except OSError as error:
        problems.append(Problem(str(out / CORRECTIONS), None, f"{error.strerror or error}; the graph is made without corrections"))
        return Corrections()
    problems += [Problem(str(out / CORRECTIONS), f"line {line}", reason) for line, reason in found.damaged]
    return found


def write_records(records: Iterable[Record], path: Path) -> None:
    """`records.jsonl`: one JSON object a line, UTF-8, in the order given. A lone surrogate becomes its JSON escape."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as lines:
        lines.writelines(record.to_json() + "\n" for record in records)


def _most_beaten(graph: nx.MultiDiGraph) -> str | None:
    """The label of the Model that most claims with a figure say something outperforms; of equals the first by name.

    Claims without one are mostly about kinds of models (`CNN`), which make a dull question.
    """
    times: dict[str, int] = {}
    for _, worse, claim in graph.edges(data=True):
        if claim["relation"] == "OUTPERFORMS" and graph.nodes[worse]["type"] == "Model":
            times[worse] = times.get(worse, 0) + ("delta" in claim or "object_value" in claim)
    return graph.nodes[min(times, key=lambda node: (-times[node], node))]["label"] if times else None


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


@contextmanager
def _in_place(out: Path) -> Iterator[Path]:
    """A folder inside `out` whose files are moved up into it at the end, each by one rename; removed with all it holds on failure."""
    out.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    try:
        yield new
        for path in sorted(new.iterdir()):
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        for path in sorted(new.iterdir()):
            path.replace(out / path.name)
    finally:
        shutil.rmtree(new, ignore_errors=True)
