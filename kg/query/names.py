"""From what a user types to nodes: exact, by another form, or without case, hyphens and spaces; with or without the family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.query.answer import counted
from kg.query.source import Source, source_of
from kg.store.rows import Named, Node, loose

if TYPE_CHECKING:
    import networkx as nx

METHODS: tuple[str, ...] = ("Model", "Baseline")
"""What can win or lose a comparison, the likelier first."""

NEAREST = 5
"""How many near names an unknown one gets."""

SQUASHED, PLURAL, RESOLVED = 5, 7, 9
"""The numbers of the weaker rules that find a name: without hyphens, without a plural's `s`, by normal form."""


class UnknownName(Exception):
    """No node goes by this name. `nearest` are labels or forms that look like it, the likeliest first."""

    def __init__(self, name: str, nearest: Sequence[str], kind: str = "name") -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else " Nothing here looks like it."
        super().__init__(f"No {kind} {name!r} in this graph.{hint}")
        self.name = name
        self.nearest = tuple(nearest)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Match:
    """The nodes that a name stands for, `family` (their keys, and unless only the exact ones were asked their variants'), and a
    note where the name could also stand for something else."""

    name: str
    nodes: tuple[Node, ...]
    family: frozenset[str]
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What to call it in an answer: the node's label, or as it was typed where there are several."""
        return self.nodes[0].label if len(self.nodes) == 1 else self.name


def lookup(store: Source | nx.MultiDiGraph, name: str, *, types: Sequence[str] = METHODS, exact: bool = False, kind: str = "name") -> Match:
    """The nodes called `name`, by preference of one of `types`.

    The first rule that finds any decides: a node's key (`Model:swin`), its label, another of its forms, then label and forms without
    case, then without hyphens, spaces and punctuation, then without a plural's `s`; last, for these types, the normal form that
    names are resolved by (`swin transformer tiny` is `Swin-T`). Among types the order of `types` goes first, whatever the rule,
    other types last. Several nodes that one rule finds are all taken, and a note says so. Raises UnknownName.
    """
    source = source_of(store)
    wanted = " ".join(name.split())
    form = loose(wanted)
    found: dict[str, tuple[tuple[int, int], Node]] = {}
    by_key = source.nodes([wanted])
    candidates = [Named(node.key, node) for node in by_key.values()]
    if form:
        candidates += source.named({form, f"{form}s", form.removesuffix("s")})
    for surface, node in candidates:
        if (rule := _rule(wanted, surface, node)) is None:
            continue
        rank = (types.index(node.type) if node.type in types else len(types), rule)
        if node.key not in found or rank < found[node.key][0]:
            found[node.key] = (rank, node)
    if form and all(rank[0] == len(types) for rank, _ in found.values()):
        found |= {named.node.key: ((types.index(named.node.type), RESOLVED), named.node) for named in _resolved(source, wanted, types)}
    if not found:
        raise UnknownName(name, nearest(source, wanted, types), kind)
    best = min(rank for rank, _ in found.values())
    chosen = by_key.values() if by_key else (node for rank, node in found.values() if rank == best)
    nodes = tuple(sorted(chosen, key=lambda node: node.key))
    keys = frozenset(node.key for node in nodes)
    family = descendants(source, keys)
    others = [node for (_, rule), node in sorted(found.values()) if node.key not in family and _as_good(rule, best[1])]
    return Match(name, nodes, keys if exact else family, _notes(name, nodes, others, types))


def descendants(source: Source, keys: Iterable[str]) -> frozenset[str]:
    """The nodes themselves and all that are, over any number of steps, a VARIANT_OF one of them."""
    seen = set(keys)
    border = set(seen)
    while border:
        border = {edge.source for edge in source.edges("VARIANT_OF", targets=border)} - seen
        seen |= border
    return frozenset(seen)


def lineages(source: Source, keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each node itself and all families that it is, over any number of steps, a VARIANT_OF; one read a step, not a node."""
    families: dict[str, set[str]] = {key: set() for key in keys}
    border = set(families)
    while border:
        found = source.edges("VARIANT_OF", sources=border)
        for edge in found:
            families[edge.source].add(edge.target)
        border = {edge.target for edge in found} - families.keys()
        families |= {key: set() for key in border}
    return {key: _reach(key, families) for key in families}


def nearest(source: Source, name: str, types: Sequence[str], limit: int = NEAREST) -> tuple[str, ...]:
    """Names of nodes of these types that resemble `name`, the most alike first, one a label: the form that resembles it most.

    Likeness is the Indel similarity of RapidFuzz over loose forms, at least 60 of 100; a form that begins with the name counts as near.
    """
    from rapidfuzz import fuzz, process

    form = loose(name)
    pairs = sorted(set(source.surfaces(types)))
    forms = [loose(surface) for surface, _ in pairs]
    scored = {index: score for _, score, index in process.extract(form, forms, scorer=fuzz.ratio, score_cutoff=60, limit=20 * limit)}
    if len(form) >= 2:
        for index, other in enumerate(forms):
            if other.startswith(form):
                scored[index] = max(scored.get(index, 0.0), 90 - min(30, len(other) - len(form)))
    names: dict[str, str] = {}
    for index in sorted(scored, key=lambda index: (-scored[index], -fuzz.ratio(name, pairs[index][0]), pairs[index])):
        names.setdefault(pairs[index][1], pairs[index][0])
    return tuple(names.values())[:limit]


def _rule(wanted: str, surface: str, node: Node) -> int | None:
    """Which rule lets `wanted` name `node` by `surface`, the smaller the surer, odd by its label; None when none does."""
    other = int(surface != node.label)
    if surface == node.key and wanted == node.key:
        return 0
    if surface == wanted:
        return 1 + other
    if surface.casefold() == wanted.casefold():
        return 3 + other
    if loose(surface) == loose(wanted):
        return SQUASHED + other
    if loose(_singular(surface)) == loose(_singular(wanted)):
        return PLURAL + other
    return None


def _as_good(rule: int, best: int) -> bool:
    """Whether a user who meant another node could have typed the same: not if what was typed is a label, and only a form of the
    other, nor if it stands there letter by letter, and in the other without its punctuation."""
    return (rule % 2 == 1 or best % 2 == 0) and (rule < SQUASHED or SQUASHED <= best <= rule < PLURAL)


def _resolved(source: Source, wanted: str, types: Sequence[str]) -> list[Named]:
    from kg.resolve import normal

    return [named for type in types for named in source.spelled(type, normal(wanted, type))]


def _singular(name: str) -> str:
    """Without an `s` at a word's end: `CNNs`, but not `Swin-S`."""
    return re.sub(r"(?<=[^\W_])s$", "", name)


def _reach(key: str, families: Mapping[str, set[str]]) -> frozenset[str]:
    seen, border = {key}, {key}
    while border:
        border = {family for member in border for family in families[member]} - seen
        seen |= border
    return frozenset(seen)


def _notes(name: str, nodes: Sequence[Node], others: Sequence[Node], types: Sequence[str]) -> tuple[str, ...]:
    notes = []
    if nodes[0].type not in types:
        notes.append(f"{name} is known as a {nodes[0].type} only, not as a {types[0]}.")
    if len(nodes) > 1 and nodes[0].type == "Baseline":
        notes.append(f"{name} stands for competitors in {len(nodes)} papers, which need not be the same.")
    elif len(nodes) > 1:
        keys = f" ({_keys(nodes)}); type one of these for it alone" if len(nodes) <= NEAREST else ""
        notes.append(f"{name} stands for {counted(len(nodes), 'node')} here{keys}.")
    if others:
        notes.append(f"{name} was taken for {_keys(nodes)}; it could also be {_keys(others)}.")
    return tuple(notes)


def _keys(nodes: Sequence[Node]) -> str:
    more = f" and {len(nodes) - NEAREST} more" if len(nodes) > NEAREST else ""
    return ", ".join(node.key for node in nodes[:NEAREST]) + more
