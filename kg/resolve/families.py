"""Which node is a variant of which: `Swin-T` of `Swin`, `ImageNet-1K` of `ImageNet`, but `Swin-UNet` of nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.resolve.names import clean, normal, split_suffix
from kg.resolve.node import Node


def bases(name: str, type: str) -> Iterator[str]:
    """What a name is a variant of, nearest first: the name less one size, version, depth or year after the other.

    >>> list(bases("LLaMA-3-8B-Instruct", "Model")), list(bases("Swin-UNet", "Model")), list(bases("CIFAR-100", "Dataset"))
    (['LLaMA-3-8B', 'LLaMA-3', 'LLaMA'], [], ['CIFAR'])
    """
    name = clean(name)
    while cut := split_suffix(name, type):
        name = cut[0]
        yield name


def families(nodes: Iterable[Node], key_of: Mapping[tuple[str, str], str]) -> tuple[list[Node], tuple[tuple[str, str], ...]]:
    """Nodes of families that no paper names, and all (variant, family) pairs of keys, sorted.

    `key_of` gives the key of a (type, normal form). A variant belongs to the nearest of its bases that is a node. A family that has
    no node gets one where at least two nodes are variants of it.
    """
    named = {node.key: (node.type, node.label) for node in nodes if node.paper is None and node.type in ("Model", "Dataset")}
    known = dict(key_of)
    heirs: dict[tuple[str, str], set[str]] = defaultdict(set)
    spelled: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for key, (type, label) in named.items():
        steps = [(type, normal(base, type), base) for base in bases(label, type)]
        if not any((type, form) in known for type, form, _ in steps):
            for type, form, base in steps:
                heirs[type, form].add(key)
                spelled[type, form][base] += 1
    added: list[Node] = []
    for (type, form), variants in sorted(heirs.items()):
        if len(variants) >= 2 and (label := _spelling(spelled[type, form])) and f"{type}:{label}" not in named:
            known[type, form] = f"{type}:{label}"
            named[f"{type}:{label}"] = (type, label)
            added.append(Node(f"{type}:{label}", type, label))
    pairs = set()
    for key, (type, label) in named.items():
        for base in bases(label, type):
            if (family := known.get((type, normal(base, type)))) and family != key:
                pairs.add((key, family))
                break
    return added, tuple(sorted(pairs))


def _spelling(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))
