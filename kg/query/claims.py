"""Edges that state a claim as rows of an answer: labels, paper, who says it; filters and order that all questions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.query.answer import ClaimRow, counted
from kg.query.names import lineages, lookup
from kg.query.source import Source
from kg.store.rows import Edge, Node

ATTRIBUTES = ("delta", "delta_value", "delta_kind", "unit", "hedge", "condition", "subject_value", "object_value")

SURE = 0.8
"""From this confidence on a claim with figures is better evidence than one without, even if that is a little surer."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which claims to keep. Names go through `lookup`, with their variants unless `exact`; years are inclusive.

    `background=False` leaves out what a paper reports of others' results, `third_party=True` what the subject's own paper says.
    """

    dataset: str | None = None
    metric: str | None = None
    task: str | None = None
    since: int | None = None
    until: int | None = None
    background: bool = True
    third_party: bool = False
    min_confidence: float | None = None
    exact: bool = False


def claim_rows(source: Source, edges: Sequence[Edge], filters: Filters) -> tuple[list[ClaimRow], list[str]]:
    """The rows of those edges that pass, best evidence first, and notes on names and on what was left out for want of a year.

    Raises UnknownName for a dataset, metric or task that the graph does not have.
    """
    notes: list[str] = []
    for attribute in ("dataset", "metric", "task"):
        if name := getattr(filters, attribute):
            match = lookup(source, name, types=(attribute.capitalize(),), exact=filters.exact, kind=attribute)
            notes += match.notes
            allowed = match.family | {node.label for node in source.nodes(match.family).values()}
            edges = [edge for edge in edges if edge.data.get(attribute) in allowed]
    edges = [
        edge
        for edge in edges
        if (filters.background or not edge.data.get("background"))
        and (filters.min_confidence is None or (edge.data.get("confidence") or 0.0) >= filters.min_confidence)
    ]
    rows = _rows(source, edges)
    if filters.third_party:
        rows = [row for row in rows if not row["own"]]
    if filters.since is not None or filters.until is not None:
        rows, undated = _within(rows, filters.since, filters.until)
        if undated:
            notes.append(_undated_note(undated))
    accepted = {edge.data["claim"] for edge in edges if edge.data.get("accepted")}
    if told := sum(row["claim"] in accepted for row in rows):
        notes.append(f"{counted(told, 'claim')} accepted by hand, with confidence 1.")
    return by_evidence(rows), notes


def by_evidence(rows: Iterable[ClaimRow]) -> list[ClaimRow]:
    """The rows in the order "best evidence first", total and the same on every machine.

    A paper's results come before background; claims read with confidence (0.8 or more) before doubtful ones; among these those
    with a difference or both values, then with one value, then without figures; then confidence, the younger paper, and names, so
    that no two different rows tie.
    Claims of one sentence that agree in the first two stand together, at the place of the best of them.
    """
    ranked = sorted(rows, key=_rank)
    place: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(ranked):
        place.setdefault(_evidence(row), number)
    return sorted(ranked, key=lambda row: place[_evidence(row)])


def _rank(row: ClaimRow) -> tuple[Any, ...]:
    values = (row["subject_value"] is not None) + (row["object_value"] is not None)
    figures = 2 if row["delta"] is not None else values
    names = tuple(row[key] or "" for key in ("subject", "object", "dataset", "metric", "paper", "claim"))
    return *_grade(row), -figures, -(row["confidence"] or 0.0), -(row["year"] or 0), names, str(row)


def _grade(row: ClaimRow) -> tuple[bool, bool]:
    return row["background"], (row["confidence"] or 0.0) < SURE


def _evidence(row: ClaimRow) -> tuple[Any, ...]:
    return *_grade(row), row["paper"], row["sentence"]


def _rows(source: Source, edges: Sequence[Edge]) -> list[ClaimRow]:
    ends = {key for edge in edges for key in (edge.source, edge.target)}
    named = {str(edge.data[k]) for edge in edges for k in ("dataset", "metric", "task") if edge.data.get(k)}
    nodes = source.nodes(ends | named)
    labels = {key: node.label for key, node in nodes.items()}
    papers = source.paper_nodes({str(edge.data["paper"]) for edge in edges if edge.data.get("paper")})
    owns = _owners(source, edges, {paper: node.key for paper, node in papers.items()}, nodes)
    rows = []
    for edge, own in zip(edges, owns, strict=True):
        data = edge.data
        paper = papers.get(str(data.get("paper")))
        about = paper.data if paper else {}
        row: dict[str, Any] = {
            "claim": data.get("claim"),
            "relation": data["relation"],
            "subject": labels.get(edge.source, edge.source),
            "object": labels.get(edge.target, edge.target),
            **{key: labels.get(value, value) if (value := data.get(key)) else None for key in ("dataset", "metric", "task")},
            **{key: data.get(key) for key in ATTRIBUTES},
            "paper": data.get("paper"),
            "title": about.get("title") or (paper.label if paper else None),
            "url": about.get("url"),
            "year": about.get("year"),
            "sentence": data.get("sentence"),
            "confidence": data.get("confidence"),
            "background": bool(data.get("background")),
            "own": own,
        }
        rows.append(row)
    return rows  # type: ignore[return-value]  # the keys of ClaimRow, as a test holds


def _owners(source: Source, edges: Sequence[Edge], paper_keys: dict[str, str], nodes: Mapping[str, Node]) -> list[bool]:
    """For each edge whether its paper proposes the subject or a family that it is a variant of, or the subject is its unnamed method,
    under whatever name the user gave that."""
    families = lineages(source, {edge.source for edge in edges})
    proposed = {(edge.source, edge.target) for edge in source.edges("PROPOSES", sources=paper_keys.values())}
    owns = []
    for edge in edges:
        paper = str(edge.data.get("paper"))
        node = nodes.get(edge.source)
        is_unnamed = edge.source == unnamed_method(paper) or (node is not None and paper in node.data.get("method_of", ()))
        owns.append(is_unnamed or any((paper_keys.get(paper, ""), member) in proposed for member in families[edge.source]))
    return owns


def unnamed_method(paper: str) -> str:
    """The key of a paper's own method without a name: `kg.resolve.node.own_key`, whose import a quick question is spared."""
    return f"Model:THIS@{paper}"


def _within(rows: Iterable[ClaimRow], since: int | None, until: int | None) -> tuple[list[ClaimRow], list[ClaimRow]]:
    kept: list[ClaimRow] = []
    undated: list[ClaimRow] = []
    for row in rows:
        year = row["year"]
        if year is None:
            undated.append(row)
        elif (since is None or year >= since) and (until is None or year <= until):
            kept.append(row)
    return kept, undated


def _undated_note(rows: Sequence[ClaimRow]) -> str:
    titles = sorted({row["title"] or row["paper"] or "?" for row in rows})
    return f"Left out: {counted(len(rows), 'claim')} of {counted(len(titles), 'paper')} without a year: {'; '.join(titles)}."
