"""The only ways into the graph: an edge from text cannot be added without its claim, paper, sentence and confidence."""

from __future__ import annotations

from typing import Any

import networkx as nx

FROM_TEXT = ("OUTPERFORMS", "COMPARABLE_TO", "ACHIEVES", "SOTA_ON", "PROPOSES", "EVALUATED_ON", "ADDRESSES", "BUILDS_ON")
RELATIONS = (*FROM_TEXT, "VARIANT_OF")
OPTIONAL = (
    "dataset", "metric", "task", "delta", "delta_value", "delta_kind", "unit", "hedge", "condition",
    "subject_value", "object_value", "background", "accepted",
)  # fmt: skip


def add_claim_edge(
    graph: nx.MultiDiGraph,
    source: str,
    target: str,
    *,
    relation: str,
    claim: str,
    paper: str,
    sentence: str,
    confidence: float,
    **optional: Any,
) -> None:
    """Add one edge that a sentence of a paper states.

    The edge's key is the claim's id. The same claim met twice between two nodes is one edge, with the higher confidence.

    Parameters
    ----------
    graph : MultiDiGraph
        Changed in place; both nodes must be in it.
    source, target : str
        Node keys, in the relation's direction.
    relation : str
        One of `FROM_TEXT`.
    claim, paper, sentence, confidence
        The evidence: the claim's id, the paper's id, the sentence as text, a confidence in [0, 1].
    **optional
        Any of `OPTIONAL`; what is None is left out.

    Raises
    ------
    ValueError
        For an unknown relation or attribute, missing evidence, or a node that the graph does not have.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.MultiDiGraph()
    >>> g.add_nodes_from(["Model:A", "Model:B"])
    >>> evidence = dict(claim="c1", paper="p1", sentence="A beats B.", confidence=0.9)
    >>> add_claim_edge(g, "Model:A", "Model:B", relation="OUTPERFORMS", **evidence, delta="2%")
    >>> g.edges["Model:A", "Model:B", "c1"]["sentence"]
    'A beats B.'
    """
    if relation not in FROM_TEXT:
        raise ValueError(f"{relation!r} is no relation read from text; these are: {', '.join(FROM_TEXT)}")
    if unknown := set(optional) - set(OPTIONAL):
        raise ValueError(f"an edge has no attribute {', '.join(sorted(unknown))}; it may have {', '.join(OPTIONAL)}")
    if not (claim and paper and sentence.strip()):
        raise ValueError(f"{relation} from {source!r} to {target!r} lacks evidence: claim, paper and sentence must not be empty")
    for node in (source, target):
        if node not in graph:
            raise ValueError(f"{relation} names {node!r}, which is no node of the graph")
    attributes = {"relation": relation, "claim": claim, "paper": paper, "sentence": sentence, "confidence": confidence}
    attributes |= {name: optional[name] for name in OPTIONAL if optional.get(name) is not None}
    known = graph.get_edge_data(source, target, claim)
    if known is None or _rank(attributes) > _rank(known):
        if known is not None:
            graph.remove_edge(source, target, claim)
        graph.add_edge(source, target, key=claim, **attributes)


def add_variant_edge(graph: nx.MultiDiGraph, variant: str, family: str) -> None:
    """Add the edge that says that a node is a variant of another by its name; it has no claim.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.MultiDiGraph()
    >>> add_variant_edge(g, "Model:Swin-T", "Model:Swin")
    >>> list(g.edges(keys=True, data="relation"))
    [('Model:Swin-T', 'Model:Swin', 'variant', 'VARIANT_OF')]
    """
    graph.add_edge(variant, family, key="variant", relation="VARIANT_OF")


def _rank(attributes: dict[str, Any]) -> tuple[float, str]:
    return attributes["confidence"], repr(sorted((k, v) for k, v in attributes.items() if k != "confidence"))
