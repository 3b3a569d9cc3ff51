"""`NameTable`: which name means which node in which paper, in a form that can be changed; what corrections work on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from kg.record import ENTITY_TYPES, THIS, Record
from kg.resolve.names import clean, normal, unmarked
from kg.resolve.node import NAMED, Node, things
from kg.resolve.resolution import Resolution, label_of

Slot = tuple[str, str] | tuple[str, str, str]
"""Where a name's node stands: (type, normal form) for all papers, (paper, type, name) for one."""


class Unmet(Exception):
    """Why a correction does not apply."""


class NotFound(Unmet):
    """No node goes by this name."""

    def __init__(self, name: str, type: str | None, elsewhere: Sequence[str] = ()) -> None:
        known = f"; there is {', '.join(elsewhere)}" if elsewhere else ""
        super().__init__(f"no {type or 'node'} is called {name!r}{known}")
        self.name, self.type = name, type


class Ambiguous(Unmet):
    """Several nodes go by this name."""

    def __init__(self, name: str, keys: Sequence[str], most: int = 8) -> None:
        more = f" and {len(keys) - most} more" if len(keys) > most else ""
        super().__init__(f"{name!r} could be {', '.join(keys[:most])}{more}; say which by --type or by its key")
        self.name, self.keys = name, tuple(keys)


class Use(NamedTuple):
    """An entity of a paper: its type, its name there, its surface forms."""

    record: Record
    type: str
    name: str
    texts: frozenset[str]

    @property
    def paper(self) -> str:
        return self.record.paper.id

    @property
    def label(self) -> str:
        return clean(unmarked(self.name, self.type))


class NameTable:
    """The nodes of a resolution, the names that mean them, and the families, all of which may be changed.

    `moved` leads from a key that a node had to the one it has; `former` from the (type, normal form) of a label that was merged or
    renamed to a key that it had then.
    """

    def __init__(self, found: Resolution, records: Sequence[Record]) -> None:
        self.nodes = dict(found.nodes)
        self.families = set(found.families)
        self.shared = dict(found._shared)
        self.local = dict(found._local)
        self.moved: dict[str, str] = {}
        self.former: dict[tuple[str, str], str] = {}
        self.records = {record.paper.id: record for record in records}

    def resolution(self, unmet: Mapping[int, str]) -> Resolution:
        """The table as it is now, as a value."""
        nodes = {key: self.nodes[key] for key in sorted(self.nodes)}
        return Resolution(nodes, tuple(sorted(self.families)), unmet, self.shared, self.local)

    # Names

    def find(self, name: str, *types: str) -> list[str]:
        """Keys of the nodes that a name can mean, sorted: by its key or what follows the colon, by what papers mean by the name, by its
        label, now or before it was corrected; only where there is none of these, in any type, by a form that papers use beside its name."""
        wanted = " ".join(name.split())
        kind, colon, rest = wanted.partition(":")
        if colon and kind in (types or ENTITY_TYPES) and (key := self.exact(rest, kind)):
            return [key]
        types = types or ENTITY_TYPES
        found = {key for type in types if (key := self.exact(wanted, type))}
        done = {self.nodes[key].type for key in found}
        form = {type: normal(wanted, type) for type in types if type not in done}
        others = [node for node in self.nodes.values() if node.type in form] if form else []
        found |= {node.key for node in others if normal(node.label, node.type) == form[node.type]}
        if not found:
            found = {node.key for node in others if any(normal(alias, node.type) == form[node.type] for alias in node.aliases)}
        return sorted(found)

    def the(self, name: str, *types: str) -> str:
        """The one node that a name means. Raises NotFound or Ambiguous."""
        keys = self.find(name, *types)
        if not keys:
            raise NotFound(name, types[0] if types else None, self.find(name) if types else ())
        if len(keys) > 1:
            raise Ambiguous(name, keys)
        return keys[0]

    def current(self, key: str) -> str | None:
        """The key that a node of this key, now or formerly, has now; None where there is none."""
        while key not in self.nodes:
            if key not in self.moved:
                return None
            key = self.moved[key]
        return key

    def exact(self, name: str, type: str) -> str | None:
        """The node of this key, of what papers mean by this name, or of one that it had before it was corrected."""
        if (key := f"{type}:{name}") in self.nodes:
            return key
        form = type, normal(name, type)
        return self.shared.get(form) or self.current(self.former.get(form, ""))

    # Uses

    def node_of(self, use: Use) -> str:
        """The node that a paper's entity means."""
        return self.local.get((use.paper, use.type, use.name)) or self.shared[use.type, normal(use.name, use.type)]

    def uses_by_name(self, name: str, type: str) -> list[Use]:
        """Every entity with a name of this normal form, by paper, whatever it means."""
        form = normal(name, type)
        return [use for paper in self._papers[type, form] for use in self._uses(paper, type) if normal(use.name, type) == form]

    def uses_of(self, key: str) -> list[Use]:
        """Every entity that means this node, by paper."""
        papers = {paper for slot in self._slots[key] if len(slot) == 2 for paper in self._papers[slot]}
        papers |= {slot[0] for slot in self._slots[key] if len(slot) == 3}
        return [use for paper in sorted(papers) for use in self._uses(paper, self.nodes[key].type) if self.node_of(use) == key]

    def _uses(self, paper: str, type: str) -> list[Use]:
        record = self.records[paper]
        return [Use(record, type, name, frozenset(texts)) for held, name, texts in things(record) if held == type]

    @cached_property
    def _papers(self) -> dict[tuple[str, str], list[str]]:
        """The papers that have an entity of a (type, normal form), sorted."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for paper in sorted(self.records):
            for at in sorted({(type, normal(name, type)) for type, name, _ in things(self.records[paper]) if type in NAMED}):
                found[at].append(paper)
        return found

    @cached_property
    def _slots(self) -> dict[str, set[Slot]]:
        """Where each node stands."""
        slots: dict[str, set[Slot]] = defaultdict(set)
        for at, key in self.shared.items():
            slots[key].add(at)
        for place, key in self.local.items():
            slots[key].add(place)
        return slots

    # Changes

    def point(self, slot: Slot, key: str | None) -> None:
        """Let a name mean another node, or with None nothing."""
        table: dict[Slot, str] = self.shared if len(slot) == 2 else self.local  # type: ignore[assignment]
        if (old := table.pop(slot, None)) is not None:
            self._slots[old].discard(slot)
        if key is not None:
            table[slot] = key
            self._slots[key].add(slot)

    def add(self, node: Node) -> Node:
        """Take in a node, under a key of its own; the node as it is then."""
        key, number = node.key, 1
        while key in self.nodes:
            number += 1
            key = f"{node.key} [{number}]"
        self.moved.pop(key, None)
        self.nodes[key] = replace(node, key=key)
        return self.nodes[key]

    def move(self, old: str, new: str) -> None:
        """All that is said of one node is said of another; the first is no more."""
        for slot in sorted(self._slots[old]):
            self.point(slot, new)
        pairs = ((new if v == old else v, new if f == old else f) for v, f in self.families)
        self.families = {(v, f) for v, f in pairs if v != f}
        del self.nodes[old]
        self.moved[old] = new

    def remember(self, node: Node) -> None:
        """Let the name of a node that is about to be merged or renamed still find it."""
        for name in (node.label, node.key.partition(":")[2]):
            self.former[node.type, normal(name, node.type)] = node.key

    def relabel(self, key: str, label: str) -> str:
        """Call a node `label`; its key then, another one if papers share the node."""
        node = self.nodes[key]
        if node.paper is not None or key == f"{node.type}:{label}":
            self.nodes[key] = replace(node, label=label)
            return key
        made = self.add(replace(node, key=f"{node.type}:{label}", label=label))
        self.move(key, made.key)
        return made.key

    def drop(self, key: str) -> None:
        """A node that no paper speaks of any more goes."""
        for slot in sorted(self._slots[key]):
            self.point(slot, None)
        self.families = {pair for pair in self.families if key not in pair}
        del self.nodes[key]

    def recount(self, key: str, moved: Iterable[Use]) -> str | None:
        """After `moved` went from a node: its key with the label and forms of what is left; None where nothing is.

        The label stays unless it went with them. A family that has variants stays without papers of its own.
        """
        node, uses, gone = self.nodes[key], self.uses_of(key), {use.label for use in moved}
        if not uses and not any((paper, "Model", THIS) in self._slots[key] for paper in node.method_of):
            if node.paper is None and any(family == key for _, family in self.families):
                self.nodes[key] = replace(node, aliases=())
                return key
            self.drop(key)
            return None
        self.nodes[key] = replace(node, aliases=forms(uses))
        labels = Counter(use.label for use in uses)
        if uses and node.paper is None and node.label in gone - labels.keys():
            return self.relabel(key, label_of(labels, node.type))
        return key


def forms(uses: Iterable[Use]) -> tuple[str, ...]:
    """All surface forms, sorted."""
    return tuple(sorted({text for use in uses for text in use.texts}))
