"""One node per thing across papers: which names mean the same, and what each node is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.record import THIS, Record
from kg.resolve.families import families
from kg.resolve.names import abbreviates, clean, normal, signature, synonyms

NAMED = ("Model", "Dataset", "Metric", "Task")
"""Types whose nodes are shared by papers. A Baseline, like `THIS`, belongs to its paper alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph. `aliases` are all its surface forms, sorted; `paper` is set where it belongs to one paper alone."""

    key: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    paper: str | None = None


@dataclass(slots=True)
class Resolution:
    """The nodes that records speak of, the node of each name in each paper, and (variant, family) pairs of keys."""

    nodes: dict[str, Node] = field(default_factory=dict)
    families: tuple[tuple[str, str], ...] = ()
    _shared: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _local: dict[tuple[str, str, str], str] = field(default_factory=dict, repr=False)

    def node(self, paper_id: str, name: str, *types: str) -> str:
        """The key of the node that `name` means in a paper; with several types the first under which the paper knows it.

        Raises KeyError for a name that no record of the paper holds.
        """
        if name == THIS:
            return own_key(paper_id)
        for type in types:
            form = normal(name, type)
            if (key := self._local.get((paper_id, type, form))) or (key := self._shared.get((type, form))):
                return key
        raise KeyError(f"{name!r} is no {' or '.join(types)} of paper {paper_id!r}")

    def find(self, name: str, *types: str) -> list[str]:
        """Keys of the shared nodes that a name can mean: by normal form first, else by any surface form; sorted.

        Case, hyphens, plural and known synonyms do not matter. Several nodes answer where a name is ambiguous.
        """
        wanted = types or NAMED
        found = {node.key for node in self.nodes.values() if node.type in wanted and node.paper is None and self._means(node, name)}
        return sorted(found)

    def _means(self, node: Node, name: str) -> bool:
        return normal(name, node.type) in {normal(a, node.type) for a in (node.label, *node.aliases)}


def own_key(paper_id: str) -> str:
    """The key of a paper's own method that has no name."""
    return f"Model:{THIS}@{paper_id}"


def main_method(record: Record) -> str:
    """The name of the paper's own method: the first Model that it proposes, else `THIS`."""
    models = {e.name for e in record.entities if e.type == "Model"}
    return next((name for name in record.proposes if name in models), THIS)


def short_title(title: str, width: int = 60) -> str:
    """A title cut at a word's end with an ellipsis where it is longer than `width` characters."""
    text = " ".join(title.split())
    if len(text) <= width:
        return text
    return text[:width].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def resolve(records: Iterable[Record]) -> Resolution:
    """The nodes of all records: the same whatever their order.

    Names join by normal form (`names.normal`). An abbreviation joins the long form that a paper gives it; where papers
    give it different ones, each is a node, and papers that give none mean the one that clearly prevails or, failing
    that, a node of their own. Costs time in proportion to the names, sorting apart.
    """
    names = _Names()
    local: dict[str, Node] = {}
    for record in records:
        names.read(record)
        for node in _own_nodes(record):
            local[node.key] = node
    return names.resolution(local)


def _own_nodes(record: Record) -> Iterator[Node]:
    paper = record.paper
    builds_on = record.builds_on or any(s.kind == "builds_on" for s in record.support)
    if any(THIS in (c.s, getattr(c, "o", "")) for c in record.claims()) or (builds_on and main_method(record) == THIS):
        yield Node(own_key(paper.id), "Model", f"method of “{short_title(paper.title)}”", paper=paper.id)
    forms: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, set[str]] = defaultdict(set)
    for entity in record.entities:
        if entity.type not in NAMED:
            form = normal(entity.name, entity.type)
            labels[form].add(clean(entity.name))
            forms[form] += [entity.name, *(m.text for m in entity.mentions)]
    for form, aliases in forms.items():
        label = f"{min(labels[form])} (in “{short_title(paper.title, 40)}”)"
        yield Node(f"Baseline:{form}@{paper.id}", "Baseline", label, tuple(sorted(set(aliases))), paper.id)


class _Names:
    """What is counted while records are read, and the joining of names when all have been."""

    def __init__(self) -> None:
        self.labels: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.surfaces: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.meanings: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.local: dict[tuple[str, str, str], str] = {}

    def read(self, record: Record) -> None:
        for entity in record.entities:
            type = entity.type
            form = normal(entity.name, type)
            if type not in NAMED:
                self.local[record.paper.id, type, form] = f"{type}:{form}@{record.paper.id}"
                continue
            self.labels[type, form][clean(entity.name)] += 1
            forms = {m.text for m in entity.mentions} | {entity.name}
            self.surfaces[type, form].update(forms)
            for text in forms - {entity.name}:
                other = normal(text, type)
                if other == form:
                    continue
                if abbreviates(entity.name, text):
                    self.meanings[type, form][other].add(record.paper.id)
                elif abbreviates(text, entity.name):
                    self.meanings[type, other][form].add(record.paper.id)

    def resolution(self, local: dict[str, Node]) -> Resolution:
        shared: dict[tuple[str, str], str] = {}
        nodes = dict(local)
        for type in NAMED:
            self._join(type, nodes, shared)
        ordered = {key: nodes[key] for key in sorted(nodes)}
        return Resolution(ordered, families(ordered.values()), shared, self.local)

    def _join(self, type: str, nodes: dict[str, Node], shared: dict[tuple[str, str], str]) -> None:
        forms = sorted(f for t, f in self.labels if t == type)
        parent: dict[str, str] = {}

        def root(form: str) -> str:
            while form in parent:
                form = parent[form]
            return form

        def join(a: str, b: str) -> None:
            a, b = sorted((root(a), root(b)))
            if a != b:
                parent[b] = a

        for t, short in sorted(self.meanings):
            if t == type:
                self._senses(type, short, join)
        groups: dict[str, list[str]] = defaultdict(list)
        for form in forms:
            groups[root(form)].append(form)
        for members in groups.values():
            labels: Counter[str] = Counter()
            aliases: set[str] = set()
            for form in members:
                labels.update(self.labels[type, form])
                aliases.update(self.surfaces[type, form])
            label = min(labels, key=lambda n: (-labels[n], n))
            key = f"{type}:{label}"
            nodes[key] = Node(key, type, label, tuple(sorted(aliases)))
            for form in members:
                shared[type, form] = key

    def _senses(self, type: str, short: str, join: object) -> None:
        senses: dict[str, set[str]] = defaultdict(set)
        for long, papers in self.meanings[type, short].items():
            senses[signature(long)] |= papers
        if len(senses) == 1 and short not in synonyms(type):
            for long in self.meanings[type, short]:
                join(short, long)  # type: ignore[operator]
