"""A correction as the user types it, made complete and checked against what is there before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.build import Extract, extractor
from kg.record import ENTITY_TYPES, Record
from kg.resolve.corrected import pair
from kg.resolve.corrections import Accept, Merge, Numbered, Reject, Rename, Split, in_words
from kg.resolve.name_table import NameTable
from kg.resolve.review import claims_of, entities_said, judgement

MOST = 5
"""How many papers a message names."""


class Refused(Exception):
    """A correction that contradicts what is there, or says nothing new; nothing was written. The message says what to type instead."""


class NotThere(Refused):
    """A claim or paper that the graph does not have, or a name that means several things in it."""


def settled(table: NameTable, earlier: Iterable[Numbered], correction: Merge | Split | Rename) -> Merge | Split | Rename:
    """A correction of names with its type, and with names that find the same node whatever papers come in.

    Raises Unmet where a name means nothing or several things, NotThere for a paper, Refused for what is so already.
    """
    match correction:
        case Merge():
            key, other = pair(table, correction)
            if key == other:
                raise Refused(f"{correction.name} and {correction.also} are one thing already: {key}{_because(table, earlier, key)}.")
            type = table.nodes[key].type
            return replace(correction, type=type, name=_lasting(table, correction.name, key), also=_lasting(table, correction.also, other))
        case Rename():
            key = table.the(correction.name, *_types(correction.type))
            type, label = table.nodes[key].type, " ".join(correction.label.split())
            if label == table.nodes[key].label:
                raise Refused(f"{key} is called {label!r} already.")
            return replace(correction, type=type, name=_lasting(table, correction.name, key), label=label)
    return _settled_split(table, correction)


def _settled_split(table: NameTable, split: Split) -> Split:
    kind, name = _typed(split.name, split.type)
    if kind is None and split.apart_from is not None:
        both = {table.nodes[key].type for key in table.find(name)} & {table.nodes[key].type for key in table.find(split.apart_from)}
        kind = min(both) if len(both) == 1 else None
    kind = kind or table.nodes[table.the(name)].type
    uses = table.uses_by_name(name, kind)
    if not uses:
        key = table.the(name, kind)
        name, uses = _lasting(table, name, key), table.uses_of(key)
    papers = tuple(sorted({_paper(table.records, paper) for paper in split.papers}))
    using = sorted({use.paper for use in uses})
    if silent := sorted(set(papers) - set(using)):
        told = f" {len(using)} do: {', '.join(using[:MOST])}{', …' if len(using) > MOST else ''}." if using else ""
        raise NotThere(f"{', '.join(silent)} does not speak of {name}.{told}")
    other = split.apart_from
    if other is not None:
        rest = table.the(other, kind)
        other = _lasting(table, other, rest)
        if (key := table.the(name, kind)) != rest:
            raise Refused(f"{name} and {other} are two things already: {key} and {rest}.")
    return replace(split, type=kind, name=name, papers=papers, apart_from=other)


def _typed(name: str, type: str | None) -> tuple[str | None, str]:
    """The type that a key begins with, and the rest of it; a plain name as it is."""
    kind, colon, rest = name.partition(":")
    return (kind, rest) if colon and kind in ENTITY_TYPES and type in (None, kind) else (type, " ".join(name.split()))


def _lasting(table: NameTable, name: str, key: str) -> str:
    """How the file calls a node: by the name that the user typed if papers mean it by that, else by its key without the type."""
    type, _, rest = key.partition(":")
    typed = _typed(name, type)[1]
    return typed if table.exact(typed, type) == key else rest


def _paper(records: Mapping[str, Record], name: str) -> str:
    """The id of the paper that a user means by its id, key or title. Raises NotThere."""
    wanted = name.removeprefix("Paper:").strip()
    if wanted in records:
        return wanted
    titled = sorted(id for id, record in records.items() if record.paper.title.casefold() == wanted.casefold())
    if len(titled) == 1:
        return titled[0]
    near = ", ".join(titled or _near(wanted, records))
    raise NotThere(f"No paper has the id or title {name!r}.{f' Did you mean {near}?' if near else ''}")


def _near(wanted: str, records: Mapping[str, Record]) -> list[str]:
    """Ids of papers whose id or title begins with a text, else has it in it, else looks like it."""
    text = wanted.casefold()
    names = {id: (id.casefold(), record.paper.title.casefold()) for id, record in sorted(records.items())}
    begin = [id for id, both in names.items() if any(name.startswith(text) for name in both)]
    if held := begin or [id for id, both in names.items() if any(text in name for name in both)]:
        return held[:MOST]
    from rapidfuzz import fuzz

    alike = {id: max(fuzz.ratio(text, name) for name in both) for id, both in names.items()}
    return sorted((id for id, score in alike.items() if score >= 60), key=lambda id: (-alike[id], id))[:MOST]


def _because(table: NameTable, earlier: Iterable[Numbered], key: str) -> str:
    """Which corrections made a node of several."""
    lines = [line for line, c in earlier if isinstance(c, Merge) and key in table.find(c.name, *_types(c.type))]
    return f" (because of {', '.join(f'correction {line}: kg fix undo {line}' for line in lines)})" if lines else ""


def _types(type: str | None) -> tuple[str, ...]:
    return (type,) if type else ()


def judged(records: Sequence[Record], earlier: Iterable[Numbered], verdict: Reject | Accept, extract: Extract | None) -> Reject | Accept:
    """A judgement of a claim with all that the claim said. Raises Refused where the claim is judged already, NotThere for no such claim.

    An Accept with a paper may be of a claim that the paper's record leaves out as too unlikely: the paper is then read once more, by
    `extract` (by default `kg.nlp.extract`, with no threshold).
    """
    id = verdict.claim.strip().lower()
    for line, other in earlier:
        if isinstance(other, Reject | Accept) and other.claim == id:
            does = "accepts" if isinstance(other, Accept) else "rejects"
            if type(other) is type(verdict):
                raise Refused(f"Correction {line} {does} that claim already ({in_words(other)}).")
            raise Refused(f"Correction {line} {does} that claim ({in_words(other)}). To change that, first: kg fix undo {line}")
    for record in records:
        if said := judgement(record, id):
            return _complete(verdict, record, said)
    if isinstance(verdict, Accept) and verdict.paper is not None:
        by_id = {record.paper.id: record for record in records}
        paper = by_id[_paper(by_id, verdict.paper)].paper
        record = next(iter((extract or extractor(min_confidence=0))([paper])))
        if said := judgement(record, id):
            return _complete(verdict, record, said)
        raise NotThere(f"No claim of {paper.id} has the id {verdict.claim!r}, however unlikely. See: kg extract --min-confidence 0")
    raise NotThere(_no_claim(records, verdict, id))


def _complete(verdict: Reject | Accept, record: Record, said: dict[str, object]) -> Reject | Accept:
    made = replace(verdict, **said)  # type: ignore[arg-type]
    if isinstance(made, Accept) and made.said is not None:
        return replace(made, entities=entities_said(record, made.said))
    return made


def _no_claim(records: Sequence[Record], verdict: Reject | Accept, id: str) -> str:
    begin = sorted(held for record in records for held, _, _ in claims_of(record) if len(id) >= 4 and held.startswith(id))
    if begin:
        return f"No claim has the id {verdict.claim!r}. Did you mean {', '.join(begin[:MOST])}?"
    below = ""
    if isinstance(verdict, Accept):
        below = " One that was too unlikely to be kept (kg extract --min-confidence 0) needs its paper: kg fix accept ID --paper ID"
    return f"No claim has the id {verdict.claim!r}. Answers give a claim's id below its sentence, and as `claim` in JSON.{below}"
