"""What the user says of names, applied to a resolution: one node for two names, several for one, another label.

Corrections are applied in their order, each to the outcome of those before it. One that does not apply changes nothing and says why; so
does one that a later one undoes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.record import ENTITY_TYPES, Record
from kg.resolve.corrections import IN_PART, Merge, Numbered, Rename, Split
from kg.resolve.families import bases
from kg.resolve.name_table import Ambiguous, NameTable, NotFound, Unmet, Use, forms
from kg.resolve.names import clean, normal, unmarked
from kg.resolve.node import NAMED, Node, of_paper, own_key
from kg.resolve.resolution import Resolution, label_of

Holds = Callable[[], bool]
"""Whether what a correction was for is still so."""
UNDONE = "a later correction undoes it"


def corrected(found: Resolution, records: Iterable[Record], corrections: Iterable[Numbered]) -> Resolution:
    """The resolution with the corrections of names among `corrections` applied; `unmet` says which do not apply, and why."""
    table = NameTable(found, list(records))
    return table.resolution(apply(table, corrections))


def apply(table: NameTable, corrections: Iterable[Numbered]) -> dict[int, str]:
    """Change the table by each correction of names, in order; by line why one does not apply, or no longer or only in part does."""
    unmet: dict[int, str] = {}
    goals: dict[int, Holds] = {}
    for line, correction in corrections:
        try:
            match correction:
                case Merge():
                    goals[line] = merge(table, correction)
                case Split():
                    goals[line], left_out = split(table, correction)
                    if left_out:
                        unmet[line] = f"{IN_PART}{_unused(table, correction.name, left_out)}"
                case Rename():
                    rename(table, correction)
        except Unmet as reason:
            unmet[line] = str(reason)
    return unmet | {line: UNDONE for line, holds in goals.items() if not holds()}


# Merge


def merge(table: NameTable, correction: Merge) -> Holds:
    """Let the node of `also` join that of `name`. Raises Unmet."""
    key, other = pair(table, correction)
    types = {table.nodes[k].type for k in (key, other)}

    def meant(name: str, key: str) -> list[str]:
        current = table.current(key)
        return table.find(name, *types) or ([current] if current else [])

    if key != other:
        key = join(table, key, other)
    return lambda: meant(correction.name, key) == meant(correction.also, key) and len(meant(correction.name, key)) == 1


def join(table: NameTable, key: str, other: str) -> str:
    """Let the second node be the first, which keeps its label; the key of both."""
    node, joins = table.nodes[key], table.nodes[other]
    table.remember(joins)
    table.nodes[key] = replace(
        node,
        aliases=tuple(sorted({*_known_by(node), *_known_by(joins)})),
        paper=node.paper if joins.paper else None,
        method_of=tuple(sorted({*_methods(node), *_methods(joins)})),
    )
    table.move(other, key)
    if table.nodes[key].paper == node.paper:
        return key
    table.remember(node)  # its key says that it belongs to one paper, which is no longer so
    return table.relabel(key, node.label)


def pair(table: NameTable, correction: Merge) -> tuple[str, str]:
    """The two nodes of a merge: of one type, and of things that papers can share."""
    if correction.type is None:
        found = [table.find(correction.name), table.find(correction.also)]
        kinds = [{table.nodes[key].type for key in keys} for keys in found]
        if all(kinds) and not kinds[0] & kinds[1]:
            raise Unmet(f"{found[0][0]} and {found[1][0]} are of different types; only things of one type can be one")
        both: list[str] = [type for type in ENTITY_TYPES if type in kinds[0] & kinds[1]]
    else:
        both = [correction.type]
    key, other = table.the(correction.name, *both), table.the(correction.also, *both)
    if table.nodes[key].type != table.nodes[other].type:
        raise Ambiguous(correction.name, table.find(correction.name, *both))
    if "Baseline" in both and table.nodes[key].type == "Baseline" and key != other:
        raise Unmet("a Baseline is a competitor that one sentence describes; it is never the same as another")
    return key, other


def _known_by(node: Node) -> tuple[str, ...]:
    """The forms of a node, and where it is a family that no paper names its label."""
    return node.aliases or (() if node.paper else (node.label,))


def _methods(node: Node) -> tuple[str, ...]:
    return (node.paper, *node.method_of) if node.paper and node.key == own_key(node.paper) else node.method_of


# Rename


def rename(table: NameTable, correction: Rename) -> None:
    """Call the node of `name` something else. Raises Unmet, also where another node goes by that label, or papers mean another by it."""
    key = table.the(correction.name, *_types(correction.type))
    node, label = table.nodes[key], " ".join(correction.label.split())
    form = normal(label, node.type)
    others = {other.key for other in table.nodes.values() if other.type == node.type and normal(other.label, node.type) == form}
    if meant := table.shared.get((node.type, form)):
        others.add(meant)
    if others := others - {key}:
        raise Unmet(f"{label!r} is {', '.join(sorted(others))} already; if the two are one thing, merge them")
    table.remember(node)
    table.nodes[key] = replace(node, aliases=_known_by(node))
    table.relabel(key, label)


# Split


def split(table: NameTable, correction: Split) -> tuple[Holds, list[str]]:
    """Let a name mean something else in some papers; also those of the papers that do not use it. Raises Unmet."""
    type = correction.type or table.nodes[table.the(correction.name)].type
    if type not in NAMED:
        raise Unmet("a Baseline belongs to its paper alone already")
    if correction.apart_from is not None:
        return _split_from(table, correction.name, type, correction.apart_from), []
    uses = table.uses_by_name(correction.name, type)
    if not uses:
        key = table.the(correction.name, type)
        uses = table.uses_of(key)
        if not uses:
            raise Unmet(f"{key} is one paper's unnamed method, or a family that no paper names")
    if not correction.papers:
        return _split_each(table, correction.name, type, uses), []
    left_out = sorted(set(correction.papers) - {use.paper for use in uses})
    if uses := [use for use in uses if use.paper in correction.papers]:
        return _apart(table, [uses]), left_out
    raise Unmet(_unused(table, correction.name, left_out))


def _unused(table: NameTable, name: str, papers: Sequence[str]) -> str:
    """Why a name means nothing in these papers: they are not there, or do not use it."""
    reasons = [f"no paper has the id {paper!r}" for paper in papers if paper not in table.records]
    return "; ".join(reasons + [f"{paper} does not speak of {name}" for paper in papers if paper in table.records])


def _split_each(table: NameTable, name: str, type: str, uses: Sequence[Use]) -> Holds:
    """Another node for each paper that means the node of the name."""
    meant = {table.node_of(use) for use in uses}
    if all(table.nodes[key].paper for key in meant) and len(meant) == len({use.paper for use in uses}):
        return lambda: True  # it is another thing in each paper already
    key = table.the(name, type)
    by_paper: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if table.node_of(use) == key:
            by_paper[use.paper].append(use)
    if len(by_paper) < 2:
        raise Unmet(f"only {', '.join(by_paper) or 'no paper'} speaks of {key} by that name: there is nothing to take apart")
    return _apart(table, list(by_paper.values()))


def _apart(table: NameTable, groups: Sequence[Sequence[Use]]) -> Holds:
    """A node of its own for each group of uses; whether they are still apart from what is left and not all one again."""
    made: list[str] = []
    sources: set[str] = set()
    for uses in groups:
        owner, type, form = uses[0].paper, uses[0].type, normal(uses[0].name, uses[0].type)
        meant = {table.node_of(use) for use in uses}
        if len(meant) == 1 and (key := min(meant)) and table.nodes[key].paper and len(table.uses_of(key)) == len(uses):
            made.append(key)
            continue
        label = of_paper(label_of(Counter(use.label for use in uses), type), table.records[owner].paper.title)
        key = table.add(Node(f"{type}:{form}@{owner}", type, label, forms(uses), owner)).key
        _hand_over(table, uses, key)
        made.append(key)
        sources |= meant
    left = _clear_up(table, sources, [use for uses in groups for use in uses])
    return lambda: _are_apart(table, made, left)


def _are_apart(table: NameTable, made: Sequence[str], left: Iterable[str]) -> bool:
    now = {table.current(key) for key in made}
    return not now & {table.current(key) for key in left} and (len(made) == 1 or len(now) > 1)


def _hand_over(table: NameTable, uses: Iterable[Use], key: str) -> None:
    for use in uses:
        table.point((use.paper, use.type, use.name), key)


def _clear_up(table: NameTable, sources: Iterable[str], moved: Sequence[Use]) -> set[str]:
    """The nodes that `moved` were taken from, as what is left of them; a name that nobody calls them by means them no more."""
    for type, form in sorted({(use.type, normal(use.name, use.type)) for use in moved}):
        if not any(normal(use.name, type) == form for key in sources for use in table.uses_of(key)):
            table.former.pop((type, form), None)
            if table.shared.get((type, form), "") in sources:
                table.point((type, form), None)
    return {left for key in sorted(sources) if (left := table.recount(key, moved))}


def _split_from(table: NameTable, name: str, type: str, other: str) -> Holds:
    """A node for a name, in all papers that use it, apart from the node that it was taken for."""
    rest = table.the(other, type)
    if (key := table.the(name, type)) != rest:
        return lambda: table.current(key) != table.current(rest)
    form, is_spelling = normal(name, type), normal(name, type) == normal(other, type)
    label = clean(unmarked(name, type))
    uses = [use for use in table.uses_by_name(name, type) if table.node_of(use) == key and (not is_spelling or use.label == label)]
    if not uses:
        raise Unmet(f"no paper that speaks of {key} calls it {name!r}")
    if len(uses) == len(table.uses_of(key)):
        raise Unmet(f"all papers that speak of {key} call it {name!r}: there is nothing to take apart")
    made = table.add(Node(f"{type}:@", type, label_of(Counter(use.label for use in uses), type), forms(uses))).key
    _hand_over(table, uses, made)
    if not is_spelling:
        table.point((type, form), made)
    left = table.recount(key, uses)
    made = table.relabel(made, table.nodes[made].label)
    _regroup(table, made, left)
    return lambda: table.current(made) != (table.current(left) if left else None)


def _regroup(table: NameTable, made: str, left: str | None) -> None:
    """The families of a new node: the one that it is a variant of, and variants of it that were held to be of the other."""

    def family(key: str) -> str | None:
        node = table.nodes[key]
        found = (table.shared.get((node.type, normal(base, node.type))) for base in bases(node.label, node.type))
        return next((f for f in found if f and f != key), None)

    if nearest := family(made):
        table.families.add((made, nearest))
    for variant in sorted(v for v, f in table.families if f == left and v != made):
        if family(variant) == made:
            table.families = table.families - {(variant, str(left))} | {(variant, made)}


def _types(type: str | None) -> tuple[str, ...]:
    return (type,) if type else ()


__all__ = ["Ambiguous", "NotFound", "Unmet", "apply", "corrected"]
