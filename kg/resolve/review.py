"""Claims that the user has judged, in the records: rejected ones leave, accepted ones are certain and come back where they are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.record import SUPPORTED, THIS, Claim, Comparison, Entity, Mention, Record, Result, Sota, Support, claim_id, support_id
from kg.resolve.corrections import CLAIM_KINDS, Accept, Numbered, Reject, claim_in_words
from kg.resolve.node import NAMED

LISTS = {"comparison": "comparisons", "result": "results", "sota": "sota"} | dict.fromkeys(SUPPORTED, "support")
"""Where a record holds claims of a kind."""
CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The records with the user's judgement, ids of the accepted claims, and by line why a correction does not apply."""

    records: Sequence[Record]
    accepted: frozenset[str] = frozenset()
    unmet: Mapping[int, str] = field(default_factory=dict)


def review(records: Sequence[Record], corrections: Iterable[Numbered]) -> Reviewed:
    """Records as the rejections and acceptances among `corrections` leave them; those that none is about are the same objects.

    Of several corrections about one claim the last counts. Other corrections are passed over.
    """
    unmet: dict[int, str] = {}
    last: dict[str, tuple[int, Reject | Accept]] = {}
    for line, judged in corrections:
        if isinstance(judged, Reject | Accept):
            if (before := last.get(judged.claim)) and type(before[1]) is not type(judged):
                unmet[before[0]] = f"line {line} says the opposite"
            last[judged.claim] = line, judged
    if not last:
        return Reviewed(records)
    left = dict(last)
    reviewed, at = list(records), {record.paper.id: number for number, record in enumerate(records)}
    rejected = {claim for claim, (_, c) in last.items() if isinstance(c, Reject)}
    accepted = last.keys() - rejected
    for number, record in enumerate(records):
        held = {id for id, _, _ in claims_of(record)} & last.keys()
        if held:
            reviewed[number] = _judged(record, held & rejected, held & accepted)
            for id in held:
                left.pop(id, None)
    for line, judged in sorted(left.values(), key=lambda numbered: numbered[0]):
        place = at.get(judged.paper or "")
        try:
            if place is None:
                raise ValueError(_without_paper(judged))
            if not isinstance(judged, Accept):
                raise ValueError(f"{judged.paper} makes no such claim any more{_instead(records[place], judged)}")
            reviewed[place] = _restored(reviewed[place], judged)
        except ValueError as error:
            unmet[line] = str(error)
    kept = {claim for claim in accepted if last[claim][0] not in unmet}
    return Reviewed(reviewed, frozenset(kept), unmet)


def claims_of(record: Record) -> Iterator[tuple[str, str, Claim | Support]]:
    """Everything that a record claims: (id, kind, claim), entries of its lists of names included."""
    for kind, name in (("comparison", "comparisons"), ("result", "results"), ("sota", "sota")):
        for claim in getattr(record, name):
            yield claim.id, kind, claim
    for support in record.support:
        yield support_id(record.paper.id, record.paper.text[support.start : support.end], support), support.kind, support


def _judged(record: Record, rejected: set[str], accepted: set[str]) -> Record:
    """The record without the rejected claims, and with certainty for the accepted ones."""
    kept: dict[str, Any] = {name: [] for name in LISTS.values()}
    gone: set[tuple[str, str]] = set()
    for id, kind, claim in claims_of(record):
        if id not in rejected:
            kept[LISTS[kind]].append(replace(claim, confidence=CERTAIN) if id in accepted else claim)
        elif isinstance(claim, Support):
            gone.add((kind, claim.name))
    gone -= {(support.kind, support.name) for support in kept["support"]}
    lists: dict[str, Any] = {kind: tuple(name for name in getattr(record, kind) if (kind, name) not in gone) for kind in SUPPORTED}
    claims: dict[str, Any] = {name: tuple(found) for name, found in kept.items()}
    found = replace(record, **claims, **lists)
    return _without_idle(found) if rejected else found


def _without_idle(record: Record) -> Record:
    """The record without Baselines of which nothing is claimed: a competitor that is not named is there for its claims only."""
    playing = {name for claim in record.claims() for name in (claim.s, getattr(claim, "o", None))}
    return replace(record, entities=tuple(e for e in record.entities if e.type != "Baseline" or e.name in playing))


def _restored(record: Record, judged: Accept) -> Record:
    """The record with a claim that its extraction left out. Raises ValueError where the claim is not one of this text."""
    if judged.said is None or judged.kind is None or judged.sentence is None:
        raise ValueError(f"{record.paper.id} makes no such claim, and the line does not say what was claimed")
    text = record.paper.text
    places = [(start, end) for start, end in record.sentences if text[start:end] == judged.sentence]
    if not places and (start := text.find(judged.sentence)) >= 0:
        places = [(start, start + len(judged.sentence))]
    if not places:
        raise ValueError(f"the text of {record.paper.id} no longer has its sentence")
    claim = _claim(judged, *places[0])
    made = support_id if isinstance(claim, Support) else claim_id
    if made(record.paper.id, judged.sentence, claim) != judged.claim:  # type: ignore[arg-type]
        raise ValueError('"said" and "sentence" are not those of the claim with this id')
    if not isinstance(claim, Support):
        claim = replace(claim, id=judged.claim)
    else:
        record = replace(record, **{claim.kind: tuple(dict.fromkeys((*getattr(record, claim.kind), claim.name)))})  # type: ignore[arg-type]
    names = {e.name for e in record.entities}
    entities = [_entity(e, text) for e in judged.entities if e["name"] not in names and e["name"] != THIS]
    held = LISTS[judged.kind]
    return replace(record, entities=(*record.entities, *entities), **{held: (*getattr(record, held), claim)})  # type: ignore[arg-type]


def _claim(judged: Accept, start: int, end: int) -> Comparison | Result | Sota | Support:
    assert judged.kind is not None
    kind = {"kind": judged.kind} if judged.kind in SUPPORTED else {}
    made: Comparison | Result | Sota | Support
    made = CLAIM_KINDS[judged.kind](**kind, **(judged.said or {}), start=start, end=end, confidence=CERTAIN)
    return made


def _entity(data: Mapping[str, Any], text: str) -> Entity:
    places = [(at, form) for form in data["mentions"] if (at := text.find(form)) >= 0]
    return Entity(data["name"], data["type"], tuple(Mention(at, at + len(form), form) for at, form in sorted(places)))


def _without_paper(judged: Reject | Accept) -> str:
    return f"the paper {judged.paper} is not here" if judged.paper else "no claim has this id"


def _instead(record: Record, judged: Reject) -> str:
    """What the paper says now of the same two things in the same sentence: likely what the user would reject as well."""
    said, text = judged.said or {}, record.paper.text
    for id, kind, claim in claims_of(record):
        same = all(getattr(claim, key, None) == said.get(key) for key in ("s", "o", "name"))
        if said and kind == judged.kind and same and text[claim.start : claim.end] == judged.sentence:
            return f"; it now makes {id}: {claim_in_words(kind, fields_said(claim))}"
    return ""


def fields_said(claim: Claim | Support) -> dict[str, Any]:
    """What a claim says: its fields but id, place and confidence, absent ones left out."""
    from kg.record import claim_dict

    if isinstance(claim, Support):
        return {"name": claim.name}
    return {key: value for key, value in claim_dict(claim).items() if key not in ("id", "start", "end", "confidence")}


def judgement(record: Record, id: str) -> dict[str, Any] | None:
    """What a Reject or Accept of a claim of this record holds beside its id; None where the record makes no such claim."""
    for held, kind, claim in claims_of(record):
        if held == id:
            sentence = record.paper.text[claim.start : claim.end]
            return {"claim": id, "paper": record.paper.id, "kind": kind, "said": fields_said(claim), "sentence": sentence}
    return None


def entities_said(record: Record, said: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The entities that a claim's fields name, as the gold data has them, in the record's order."""
    names = {said.get(key) for key in ("s", "o", "d", "m", "t", "name")}
    return tuple(
        {"name": e.name, "type": e.type, "mentions": list(dict.fromkeys(m.text for m in e.mentions)) or [e.name]}
        for e in record.entities
        if e.name in names and e.type in (*NAMED, "Baseline")
    )
