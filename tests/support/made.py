"""Records made in a line, for tests of what comes after extraction: papers whose sentences are of our own making."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.paper import Paper
from kg.record import SUPPORTED, Comparison, Entity, Mention, Record, Result, Sota, Support, claim_id

KINDS = {"comparisons": Comparison, "results": Result, "sota": Sota}


def record(id: str, sentence: str, *, title: str = "", year: int | None = None, **said: Any) -> Record:
    """A paper of one sentence. `Model=`, `Dataset=` ... give names, or name -> mentions; `comparisons=`, `proposes=` ... what it says."""
    title = title or f"Paper {id}"
    paper = Paper(id, title, sentence, year=year)
    start, end = len(title) + 1, len(title) + 1 + len(sentence)
    entities = []
    for type in ("Model", "Dataset", "Metric", "Task", "Baseline"):
        names: Mapping[str, Sequence[str]] | Sequence[str] = said.get(type, ())
        for name in names:
            forms = names[name] if isinstance(names, Mapping) else (name,)
            mentions = tuple(Mention(max(0, paper.text.find(f)), max(0, paper.text.find(f)) + len(f), f) for f in forms)
            entities.append(Entity(name, type, mentions))
    claims: dict[str, tuple[Any, ...]] = {}
    for kind, cls in KINDS.items():
        made = [cls(**{"start": start, "end": end, "confidence": 0.9} | c) for c in said.get(kind, ())]
        claims[kind] = tuple(cls(**{**_fields(c), "id": claim_id(id, sentence, c)}) for c in made)
    lists = {kind: tuple(said.get(kind, ())) for kind in SUPPORTED}
    support = tuple(Support(kind=kind, name=name, start=start, end=end, confidence=0.8) for kind, names in lists.items() for name in names)
    return Record(paper, ((0, len(title)), (start, end)), tuple(entities), **lists, **claims, support=support)


def beats(s: str, o: str, **more: Any) -> dict[str, Any]:
    """A comparison in which `s` is better."""
    return {"s": s, "o": o, "v": "better"} | more


def _fields(claim: Any) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in type(claim).__dataclass_fields__}
