"""What the store hands out: nodes, edges, names and counts of a graph, as values without a database behind them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

CLAIM_RELATIONS: tuple[str, ...] = ("OUTPERFORMS", "COMPARABLE_TO", "ACHIEVES", "SOTA_ON")
"""The relations that state a claim; a paper with none of them was read and says nothing that can be compared."""


class Node(NamedTuple):
    """A node of the graph: `key` is `type:canonical-name`, `data` all its attributes."""

    key: str
    type: str
    label: str
    data: Mapping[str, Any]

    @classmethod
    def of(cls, key: str, data: Mapping[str, Any]) -> Node:
        """The node of a graph with this key and these attributes."""
        return cls(key, data["type"], data.get("label") or key, data)

    def names(self) -> list[str]:
        """The label and every other surface form, sorted."""
        return sorted({self.label, *self.data.get("aliases", ())})


class Edge(NamedTuple):
    """An edge between two node keys with all its attributes."""

    source: str
    target: str
    data: Mapping[str, Any]


class Named(NamedTuple):
    """A node and one of the surface forms that it goes by."""

    surface: str
    node: Node


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was read: papers, those with claims, those without a year (ids); nodes by type, edges by relation."""

    papers: int = 0
    with_claims: int = 0
    undated: int = 0
    nodes: Mapping[str, int] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)


def count(nodes: Iterable[Node], edges: Iterable[Edge]) -> Counts:
    """Counts over a whole graph, in one pass over each of the two."""
    types: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    undated = 0
    for node in nodes:
        types[node.type] += 1
        undated += node.type == "Paper" and node.data.get("year") is None
    claiming: set[str] = set()
    for edge in edges:
        relation = edge.data["relation"]
        relations[relation] += 1
        if relation in CLAIM_RELATIONS and (paper := edge.data.get("paper")):
            claiming.add(paper)
    return Counts(types["Paper"], len(claiming), undated, dict(sorted(types.items())), dict(sorted(relations.items())))


def loose(name: str) -> str:
    """A name without case, spaces, hyphens and other punctuation: `Swin-T`, `swin t` and `SwinT` are all `swint`.

    A name without any letter or digit keeps its characters.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", folded) or folded.strip()


def paper_id(node: Node) -> str | None:
    """The id of the paper that a Paper node stands for; None for any other node."""
    if node.type != "Paper":
        return None
    return str(node.data.get("paper") or node.key.partition(":")[2])
