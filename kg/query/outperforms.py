"""What beats X?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query.answer import CLAIM_COLUMNS, Answer, counted, read_line
from kg.query.claims import Filters, claim_rows
from kg.query.names import lookup
from kg.query.source import Source, source_of

if TYPE_CHECKING:
    import networkx as nx


def outperforms(
    store: Source | nx.MultiDiGraph,
    target: str,
    *,
    exact: bool = False,
    dataset: str | None = None,
    metric: str | None = None,
    task: str | None = None,
    since: int | None = None,
    until: int | None = None,
    background: bool = True,
    third_party: bool = False,
    min_confidence: float | None = None,
    limit: int | None = None,
) -> Answer:
    """The claims that something outperforms `target`, or unless `exact` one of its variants: a row a claim, best evidence first.

    Rows have the keys of `ClaimRow`; the filters are those of `Filters`. Claims inside the family (one variant beats another) are
    claims and stay. Raises UnknownName for a name that the graph does not have; a known one that nothing beats has no rows.
    """
    source = source_of(store)
    match = lookup(source, target, exact=exact, kind="model")
    filters = Filters(dataset, metric, task, since, until, background, third_party, min_confidence, exact)
    rows, notes = claim_rows(source, source.edges("OUTPERFORMS", targets=match.family), filters)
    variants = len(match.family) - len(match.nodes)
    family = f" or one of its {counted(variants, 'variant')}" if variants > 1 else " or its variant" if variants else ""
    if source.is_stale():
        notes.append("Papers came in since this graph was made; run kg build to see them.")
    return Answer(
        f"What outperforms {match.label}{family}", CLAIM_COLUMNS, rows, read_line(source.counts()), (*match.notes, *notes)
    ).limited(limit)
