"""Records in the schema of the gold data: corrections as training records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.record import SUPPORTED, THIS, Comparison, Entity, Record
from kg.resolve import Resolution, normal, resolve
from kg.resolve.corrected import corrected
from kg.resolve.corrections import Numbered, Rename
from kg.resolve.node import NAMED
from kg.resolve.review import claims_of, review

SOURCE = "corrections"
"""What the records give as their `source`."""
FIELDS = {
    "comparisons": ("s", "o", "v", "d", "m", "delta", "sv", "ov", "t", "cond", "q", "delta_kind", "sent", "bg"),
    "results": ("s", "d", "m", "value", "t", "sent"),
    "sota": ("s", "d", "t", "sent"),
}


def corrected_records(records: Sequence[Record], corrections: Sequence[Numbered]) -> Iterator[dict[str, Any]]:
    """Gold records of the papers that corrections touch, as corrected, in the order of the records.

    A correction touches a paper if it changes what is annotated there or confirms a claim of it: a rejected claim is gone, an accepted one
    is there, two entities that are one thing are one. That names of two papers mean one thing, or two, is no annotation of either. What
    nobody corrected is as the extractor has it.
    """
    reviewed = review(records, corrections)
    plain = resolve(reviewed.records)
    fixed = corrected(plain, reviewed.records, corrections)
    renamed = {c.label for line, c in corrections if isinstance(c, Rename) and line not in fixed.unmet}
    for before, after in zip(records, reviewed.records, strict=True):
        record = _renamed(after, _names(after, plain, fixed, renamed))
        confirmed = any(id in reviewed.accepted for id, _, _ in claims_of(after))
        if confirmed or gold_record(record) != gold_record(before):
            yield gold_record(record)


def gold_record(record: Record) -> dict[str, Any]:
    """The record as the gold data has it: a mention is a surface form, a claim's evidence the number of its sentence."""
    paper = record.paper

    def claims(kind: str) -> list[dict[str, Any]]:
        found = []
        for claim in getattr(record, kind):
            said = {key: getattr(claim, key, None) for key in FIELDS[kind]} | {"sent": _sentence(record, claim.start)}
            found.append({key: value for key, value in said.items() if value is not None and value is not False})
        return found

    return {
        "id": paper.id,
        "source": SOURCE,
        "title": paper.title,
        "abstract": paper.abstract,
        "sentences": [list(sentence) for sentence in record.sentences],
        "entities": [
            {"name": e.name, "type": e.type, "mentions": list(dict.fromkeys(m.text for m in e.mentions))} for e in record.entities
        ],
        "proposes": list(record.proposes),
        **{kind: claims(kind) for kind in FIELDS},
        **{kind: list(getattr(record, kind)) for kind in SUPPORTED if kind != "proposes"},
    }


def _sentence(record: Record, start: int) -> int:
    """The number of the sentence that holds a place, or of the last before it."""
    return max((number for number, (begin, _) in enumerate(record.sentences) if begin <= start), default=0)


def _names(record: Record, plain: Resolution, fixed: Resolution, renamed: set[str]) -> dict[str, str]:
    """Names of a record that are others after corrections: of entities that became one, and of renamed ones that the text calls so."""
    paper = record.paper.id
    one: dict[str, dict[str, str]] = {}
    for entity in record.entities:
        if entity.type in NAMED:
            key = fixed.node(paper, entity.name, entity.type)
            one.setdefault(key, {})[entity.name] = plain.node(paper, entity.name, entity.type)
    names: dict[str, str] = {}
    for key, before in one.items():
        type, label = fixed.nodes[key].type, fixed.nodes[key].label
        first = min(before, key=lambda name: (name != label, normal(name, type) != normal(label, type)))
        if len(set(before.values())) > 1:
            names |= dict.fromkeys(before, first)
        forms = {m.text for e in record.entities if e.name in before for m in e.mentions}
        if label in renamed and label in forms and label not in {e.name for e in record.entities} - before.keys():
            names |= {first: label} | {name: label for name in before if names.get(name) == first}
        if key == fixed.node(paper, THIS):
            names[THIS] = names.get(first, first)
    return {old: new for old, new in names.items() if old != new}


def _renamed(record: Record, names: Mapping[str, str]) -> Record:
    """The record with other names; entities of one name are one, and what then says nothing or the same again is left out."""
    if not names:
        return record

    def other(name: str) -> str:
        return names.get(name, name)

    entities: dict[str, Entity] = {}
    for e in record.entities:
        held = entities.get(other(e.name))
        mentions = sorted({*e.mentions, *(held.mentions if held else ())})
        entities[other(e.name)] = Entity(other(e.name), held.type if held else e.type, tuple(mentions))
    claims: dict[str, Any] = {}
    for kind in FIELDS:
        found = (
            replace(c, **{key: other(name) for key in ("s", "o", "d", "m", "t") if (name := getattr(c, key, None))})
            for c in getattr(record, kind)
        )
        claims[kind] = tuple(dict.fromkeys(c for c in found if not (isinstance(c, Comparison) and c.s == c.o)))
    lists: dict[str, Any] = {kind: tuple(dict.fromkeys(map(other, getattr(record, kind)))) for kind in SUPPORTED}
    return replace(record, entities=tuple(entities.values()), **claims, **lists)
