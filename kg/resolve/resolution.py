"""One node per thing across papers: which names mean the same, and what each node is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.record import THIS, Record
from kg.resolve.corrections import Numbered
from kg.resolve.families import families
from kg.resolve.names import clean, normal, singular, unmarked
from kg.resolve.node import NAMED, Node, main_method, of_paper, own_key, short_title, things
from kg.resolve.senses import Sense, Senses, Uses, senses


@dataclass(slots=True)
class Resolution:
    """The nodes that records speak of, the node of each name in each paper, and (variant, family) pairs of keys.

    `unmet` says by line why a correction about names does not apply.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    families: tuple[tuple[str, str], ...] = ()
    unmet: Mapping[int, str] = field(default_factory=dict)
    _shared: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _local: dict[tuple[str, str, str], str] = field(default_factory=dict, repr=False)
    _index: dict[tuple[str, str], list[str]] = field(default_factory=dict, repr=False)

    def node(self, paper_id: str, name: str, *types: str) -> str:
        """The key of the node that `name` means in a paper; with several types the first under which it is known.

        Raises KeyError for a name that no record holds.
        """
        if name == THIS:
            return self._local.get((paper_id, "Model", THIS), own_key(paper_id))
        for type in types:
            if key := self._local.get((paper_id, type, name)) or self._shared.get((type, normal(name, type))):
                return key
        raise KeyError(f"{name!r} is no {' or '.join(types)} of paper {paper_id!r}")

    def find(self, name: str, *types: str) -> list[str]:
        """Keys of the nodes that a name can mean, by type in the order given, then sorted; several where it is ambiguous.

        Case, hyphens, plural and known synonyms do not matter. A node whose name it is comes before one that was once called so.
        """
        if not self._index:
            index: dict[tuple[str, str], set[str]] = defaultdict(set)
            for node in self.nodes.values():
                for alias in (node.label, *node.aliases) if node.type in NAMED else ():
                    index[node.type, normal(alias, node.type)].add(node.key)
            self._index.update((form, sorted(keys)) for form, keys in index.items())
        found: list[str] = []
        for type in types or NAMED:
            form = normal(name, type)
            own = self._shared.get((type, form))
            found += [own] if own else self._index.get((type, form), [])
        return found


def resolve(records: Iterable[Record], corrections: Sequence[Numbered] = ()) -> Resolution:
    """The nodes of all records: the same whatever their order. The user's corrections of names win.

    Names join by normal form (`names.normal`). An abbreviation joins the long form that papers give it; where they give
    different ones, each is a node, and papers that give none mean the one that clearly prevails or, failing that, a node of
    their own. Where most papers that speak of a name each introduce it themselves, it is a different thing in each. What one
    paper compares with each other stays two nodes. No two names are compared: the cost is that of sorting them.

    >>> from kg.paper import Paper
    >>> from kg.record import Entity
    >>> papers = [Record(Paper(n, n, ""), (), (Entity(n, "Model", ()),)) for n in ("Swin", "Swin Transformers", "SWIN", "Swin-T")]
    >>> resolution = resolve(papers)
    >>> list(resolution.nodes), resolution.families
    (['Model:Swin', 'Model:Swin-T'], (('Model:Swin-T', 'Model:Swin'),))
    """
    records = list(records)
    uses = Uses()
    for record in records:
        uses.read(record)
    company = uses.company(records)
    found = _Nodes({type: senses(uses.of[type], type, company) for type in NAMED}).of(records)
    if not corrections:
        return found
    from kg.resolve.corrected import corrected  # it stands on this module

    return corrected(found, records, corrections)


@dataclass(slots=True)
class _Called:
    """How a thing is called: in how many papers by which label, and all surface forms."""

    labels: Counter[str] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)


class _Nodes:
    """The second pass over the records: each name's sense is known, the nodes get their labels and aliases."""

    def __init__(self, found: dict[str, Senses]) -> None:
        self.senses = found
        self.called: dict[tuple[str, Sense], _Called] = defaultdict(_Called)
        self.things: dict[tuple[str, str], Sense] = {}
        self.deviant: dict[tuple[str, str, str], Sense] = {}
        self.owned: dict[tuple[str, str, str], _Called] = defaultdict(_Called)
        self.nodes: dict[str, Node] = {}
        self.local: dict[tuple[str, str, str], str] = {}

    def of(self, records: list[Record]) -> Resolution:
        for record in records:
            apart = _names_apart(record)
            for type, name, texts in things(record):
                if type in NAMED:
                    self._name(record, type, name, texts, apart)
            for name, node in _own_nodes(record):
                self.nodes[node.key] = node
                self.local[record.paper.id, node.type, name] = node.key
        titles = {record.paper.id: record.paper.title for record in records}
        for (key, type, owner), own in self.owned.items():
            label = of_paper(label_of(own.labels, type), titles[owner])
            self.nodes[key] = Node(key, type, label, tuple(sorted(own.surfaces)), owner)
        keys = self._keys()
        shared = {at: keys[at[0], thing] for at, thing in self.things.items()}
        for (paper, type, name), thing in self.deviant.items():
            self.local[paper, type, name] = keys[type, thing]
        families_added, pairs = families([self.nodes[k] for k in sorted(self.nodes)], shared)
        self.nodes |= {node.key: node for node in families_added}
        shared |= {(n.type, normal(n.label, n.type)): n.key for n in families_added}
        return Resolution({key: self.nodes[key] for key in sorted(self.nodes)}, pairs, _shared=shared, _local=self.local)

    def _name(self, record: Record, type: str, name: str, texts: set[str], apart: dict[tuple[str, str], set[str]]) -> None:
        paper, found = record.paper, self.senses[type]
        form = normal(name, type)
        label = clean(unmarked(name, type))
        sense = found.of(paper.id, form, label)
        thing = found.thing(sense)
        if any(found.thing(found.of(paper.id, normal(other, type), other)) == thing for other in apart.get((type, name), ())):
            self._own(record, type, name, label, paper.id, texts)
            return
        if sense.meaning.startswith("@"):
            self._own(record, type, name, form, sense.meaning[1:], texts)
            return
        called = self.called[type, thing]
        called.labels[label if not sense.meaning else f"{label} ({found.long_form[sense]})"] += 1
        called.surfaces |= texts
        if sense.meaning:
            self.deviant[paper.id, type, name] = thing
        else:
            self.things[type, form] = thing

    def _own(self, record: Record, type: str, name: str, key: str, owner: str, texts: set[str]) -> None:
        """A thing of one paper, or of several that speak of one thing by a name that others use for other things."""
        own = self.owned[f"{type}:{key}@{owner}", type, owner]
        own.labels[clean(unmarked(name, type))] += 1
        own.surfaces |= texts
        self.local[record.paper.id, type, name] = f"{type}:{key}@{owner}"

    def _keys(self) -> dict[tuple[str, Sense], str]:
        """A key for every shared thing, and its node; a label that two things would have is told apart by a number."""
        keys: dict[tuple[str, Sense], str] = {}
        for (type, thing), called in sorted(self.called.items()):
            label = label_of(called.labels, type)
            key, number = f"{type}:{label}", 1
            while key in self.nodes:
                number += 1
                key = f"{type}:{label} [{number}]"
            keys[type, thing] = key
            self.nodes[key] = Node(key, type, key.removeprefix(f"{type}:"), tuple(sorted(called.surfaces)))
        return keys


def label_of(labels: Counter[str], type: str) -> str:
    """The most frequent name, a Model's plural counted for its singular where that is a name too; of equals the shortest (`Swin`)."""
    counts: Counter[str] = Counter()
    for name, count in labels.items():
        counts[one if type == "Model" and (one := singular(name)) in labels else name] += count
    return min(counts, key=lambda name: (-counts[name], len(name), name.isupper() or name.islower(), name))


def _names_apart(record: Record) -> dict[tuple[str, str], set[str]]:
    """For the longer of two names of one type that the record compares, or builds one on the other, the shorter: they are two things."""
    types: dict[str, list[str]] = defaultdict(list)
    for entity in record.entities:
        types[entity.name].append(entity.type)
    apart: dict[tuple[str, str], set[str]] = defaultdict(set)
    pairs = [(c.s, c.o) for c in record.comparisons]
    pairs += [(main_method(record), s.name) for s in record.support if s.kind == "builds_on"]
    for pair in pairs:
        first, second = sorted(pair, key=lambda n: (len(n), n))
        for type in set(types[first]) & set(types[second]) if first != second else ():
            apart[type, second].add(first)
    return apart


def _own_nodes(record: Record) -> Iterator[tuple[str, Node]]:
    """The nodes of one paper alone, each with the name that means it there: its unnamed method, and its Baselines."""
    paper = record.paper
    builds_on = record.builds_on or any(s.kind == "builds_on" for s in record.support)
    if any(THIS in (c.s, getattr(c, "o", "")) for c in record.claims()) or (builds_on and main_method(record) == THIS):
        yield THIS, Node(own_key(paper.id), "Model", f"method of “{short_title(paper.title)}”", paper=paper.id)
    forms: dict[tuple[str, str], list[tuple[str, set[str]]]] = defaultdict(list)
    for type, name, texts in things(record):
        if type not in NAMED:
            forms[type, normal(name, type)].append((name, texts))
    for (type, form), entities in forms.items():
        label = of_paper(min(clean(name) for name, _ in entities), paper.title)
        aliases = tuple(sorted(set().union(*(texts for _, texts in entities))))
        for name, _ in entities:
            yield name, Node(f"{type}:{form}@{paper.id}", type, label, aliases, paper.id)
