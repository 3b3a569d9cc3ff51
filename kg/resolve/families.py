"""Which node is a variant of which: `Swin-T` of `Swin`, `ImageNet-1K` of `ImageNet`, but `Swin-UNet` of nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.resolve.names import clean, normal, split_suffix

if TYPE_CHECKING:
    from kg.resolve.resolution import Node


def families(nodes: Iterable[Node]) -> tuple[tuple[str, str], ...]:
    """(variant, family) pairs of node keys, sorted: a name less one size, version, depth, year ... that is a node too."""
    nodes = [n for n in nodes if n.paper is None and n.type in ("Model", "Dataset")]
    by_form: dict[tuple[str, str], str] = {}
    for node in nodes:
        for name in (node.label, *node.aliases):
            by_form.setdefault((node.type, normal(name, node.type)), node.key)
    pairs = set()
    for node in nodes:
        name = clean(node.label)
        while cut := split_suffix(name, node.type):
            name = cut[0]
            family = by_form.get((node.type, normal(name, node.type)))
            if family and family != node.key:
                pairs.add((node.key, family))
                break
    return tuple(sorted(pairs))
