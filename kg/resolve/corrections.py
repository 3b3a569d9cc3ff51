"""Corrections: what the user knows better, as values and as the lines of `corrections.jsonl`.

The file is a list in the order of time. A correction about names is applied to the outcome of those above it: a name in line 5 means
what it means after lines 1 to 4. One about a claim names it by its id, so that among these only the last about a claim counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, NamedTuple

from kg.record import ENTITY_TYPES, SUPPORTED, Comparison, Result, Sota, Support

CLAIM_KINDS: dict[str, type] = {"comparison": Comparison, "result": Result, "sota": Sota, **dict.fromkeys(SUPPORTED, Support)}
"""What a claim can be, and the class that holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`name` and `also` are one thing: the node of `also` joins that of `name`."""

    type: str | None = None
    name: str
    also: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """`name` means a thing of its own in `papers`; without these another one in each paper; with `apart_from` it is not that thing."""

    type: str | None = None
    name: str
    papers: tuple[str, ...] = ()
    apart_from: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """The node of `name` is called `label`."""

    type: str | None = None
    name: str
    label: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """The claim is wrong. `paper`, `kind`, `said` and `sentence` say what it was, for whoever reads the file."""

    claim: str
    paper: str | None = None
    kind: str | None = None
    said: Mapping[str, Any] | None = None
    sentence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """The claim is right. `paper` ... `entities` (as in the gold data) bring it back where an extraction leaves it out."""

    claim: str
    paper: str | None = None
    kind: str | None = None
    said: Mapping[str, Any] | None = None
    sentence: str | None = None
    entities: tuple[Mapping[str, Any], ...] = ()
    note: str | None = None


Correction = Merge | Split | Rename | Reject | Accept
FIXES: dict[str, type[Correction]] = {"merge": Merge, "split": Split, "rename": Rename, "reject": Reject, "accept": Accept}


IN_PART = "in part: "
"""How a reason begins that is about some of a correction's papers only."""


class Numbered(NamedTuple):
    """A correction and its line in the file, from 1."""

    line: int
    correction: Correction


def kind_of(correction: Correction) -> str:
    """`merge`, `split`, `rename`, `reject` or `accept`."""
    return next(kind for kind, cls in FIXES.items() if isinstance(correction, cls))


def to_json(correction: Correction) -> str:
    """The correction's line, without the line break: keys in the order of the fields, absent ones left out."""
    said = {f.name: v for f in fields(correction) if (v := getattr(correction, f.name)) not in (None, ())}
    text = json.dumps({"fix": kind_of(correction), **said}, ensure_ascii=False)
    return text if text.isascii() or _is_unicode(text) else json.dumps({"fix": kind_of(correction), **said})


def from_json(line: str) -> Correction:
    """The inverse of `to_json`. Raises ValueError that says what was expected.

    >>> from_json('{"fix": "rename", "type": "Model", "name": "Swin", "label": "Swin Transformer"}')
    Rename(type='Model', name='Swin', label='Swin Transformer', note=None)
    """
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno}); expected an object on one line") from error
    if not isinstance(data, dict):
        raise ValueError('expected a JSON object such as {"fix": "merge", "type": "Model", "name": "A", "also": "B"}')
    kind = data.pop("fix", None)
    cls = FIXES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise ValueError(f'expected "fix" to be one of {", ".join(FIXES)}')
    known = {f.name: f.default is MISSING for f in fields(cls)}
    if unknown := [key for key in data if key not in known]:
        raise ValueError(f'{kind} has no "{unknown[0]}"; it has {", ".join(known)}')
    if missing := [key for key, needed in known.items() if needed and key not in data]:
        raise ValueError(f'{kind} lacks "{missing[0]}"')
    for key, value in data.items():
        if (expected := _expected(key, value)) is not None:
            raise ValueError(f'expected "{key}" to be {expected}')
    data = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    _check_said(data)
    made: Correction = cls(**data)
    return made


def _expected(key: str, value: Any) -> str | None:
    """What the value of a key should be, or None if it is that."""
    if key == "type":
        return None if value in ENTITY_TYPES else f"one of {', '.join(ENTITY_TYPES)}"
    if key == "kind":
        return None if value in CLAIM_KINDS else f"one of {', '.join(CLAIM_KINDS)}"
    if key == "papers":
        return None if _texts(value) else "a list of ids of papers"
    if key == "said":
        return None if isinstance(value, dict) else "an object with the fields of the claim"
    if key == "entities":
        are_entities = isinstance(value, list) and all(
            isinstance(e, dict) and _text(e.get("name")) and e.get("type") in ENTITY_TYPES and _texts(e.get("mentions")) for e in value
        )
        return None if are_entities else 'a list of objects with "name", "type" and "mentions"'
    return None if _text(value) else "a text that is not empty"


def _check_said(data: Mapping[str, Any]) -> None:
    """Whether `said` holds what a claim of this kind holds, as text. Raises ValueError."""
    if "said" not in data:
        return
    if "kind" not in data:
        raise ValueError('"said" needs a "kind" beside it')
    cls, said = CLAIM_KINDS[data["kind"]], data["said"]
    known = {f.name: f.default is MISSING for f in fields(cls) if f.name not in ("id", "kind", "start", "end", "confidence")}
    for key, value in said.items():
        if key not in known:
            raise ValueError(f'a {data["kind"]} says no "{key}"; it has {", ".join(known)}')
        if not (isinstance(value, bool) if key == "bg" else _text(value)):
            raise ValueError(f'expected "{key}" of "said" to be {"true or false" if key == "bg" else "a text that is not empty"}')
    if missing := [key for key, needed in known.items() if needed and key not in said]:
        raise ValueError(f'"said" lacks "{missing[0]}"')


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def in_words(correction: Correction) -> str:
    """What the correction says, for a reader.

    >>> in_words(Merge(type="Model", name="Swin", also="SWT")), in_words(Split(name="TIE", papers=("p1", "p2")))
    ('Model SWT is Swin', 'TIE in p1, p2 is a thing of its own')
    """
    if isinstance(correction, Reject | Accept):
        verdict = f"claim {correction.claim} is {'wrong' if isinstance(correction, Reject) else 'right'}"
        said = f": {claim_in_words(correction.kind, correction.said)}" if correction.said else ""
        return verdict + said
    kind = f"{correction.type} " if correction.type else ""
    match correction:
        case Merge():
            return f"{kind}{correction.also} is {correction.name}"
        case Rename():
            return f"{kind}{correction.name} is called {correction.label}"
    if correction.apart_from is not None:
        return f"{kind}{correction.name} is not {correction.apart_from}"
    if correction.papers:
        return f"{kind}{correction.name} in {', '.join(correction.papers)} is a thing of its own"
    return f"{kind}{correction.name} is another thing in each paper"


def state(unmet: str | None) -> str:
    """Whether a correction applies, from the reason why it does not, if there is one."""
    if unmet is None:
        return "applies"
    return "applies in part" if unmet.startswith(IN_PART) else "no longer applies"


def claim_in_words(kind: str | None, said: Mapping[str, Any]) -> str:
    """A claim's fields as a phrase: `Swin better than ViT on COCO, box AP, 2.1`."""
    if kind in SUPPORTED:
        return f"{kind.replace('_', ' ')} {said.get('name')}"
    verdict = {"comparison": "is comparable to" if said.get("v") == "comparable" else "is better than", "sota": "is state of the art"}
    head = [str(said.get("s")), verdict.get(str(kind), "reaches"), *(str(said[k]) for k in ("o", "value") if k in said)]
    setting = [str(said[k]) for k in ("m", "delta", "t") if k in said]
    on = f" on {said['d']}" if "d" in said else ""
    return ", ".join([" ".join(head) + on, *setting])
