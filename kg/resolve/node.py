"""`Node`: a thing of the graph, and how a node that belongs to one paper says whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.record import THIS, Record
from kg.resolve.names import unmarked

NAMED = ("Model", "Dataset", "Metric", "Task")
"""Types whose nodes are shared by papers. A Baseline, like `THIS`, belongs to its paper alone."""
_LISTED_AS = {"proposes": "Model", "evaluated_on": "Dataset", "addresses": "Task", "builds_on": "Model"}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph. `aliases` are all its surface forms, sorted; `paper` is set where it belongs to one paper alone.

    `method_of` are papers whose own method, without a name there, the user says it is.
    """

    key: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    paper: str | None = None
    method_of: tuple[str, ...] = ()


def things(record: Record) -> list[tuple[str, str, set[str]]]:
    """What a record speaks of: (type, name, surface forms) of its entities, and of names in its claims that are none of them.

    Such a name, which no extractor makes, has the type that its place in the claim asks for.
    """
    found: list[tuple[str, str, set[str]]] = [
        (entity.type, entity.name, {unmarked(entity.name, entity.type), *(m.text for m in entity.mentions)}) for entity in record.entities
    ]
    known: set[str | None] = {None, "", THIS, *(e.name for e in record.entities)}
    places: list[tuple[str, str | None]] = []
    for claim in record.claims():
        places += [("Model", claim.s), ("Model", getattr(claim, "o", None)), ("Dataset", claim.d)]
        places += [("Metric", getattr(claim, "m", None)), ("Task", claim.t)]
    places += [(_LISTED_AS.get(s.kind, "Model"), s.name) for s in record.support]
    for type, name in places:
        if name not in known:
            known.add(name)
            found.append((type, str(name), {str(name)}))
    return found


def own_key(paper_id: str) -> str:
    """The key of a paper's own method that has no name."""
    return f"Model:{THIS}@{paper_id}"


def main_method(record: Record) -> str:
    """The name of the paper's own method: the first Model that it proposes, else `THIS`."""
    models = {e.name for e in record.entities if e.type == "Model"}
    return next((name for name in record.proposes if name in models), THIS)


def of_paper(name: str, title: str) -> str:
    """A label that says whose a thing is: `state-of-the-art methods (in “EdgeNeXt: Efficiently…”)`."""
    return f"{name} (in “{short_title(title, 40)}”)"


def short_title(title: str, width: int = 60) -> str:
    """A title cut at a word's end with an ellipsis where it is longer than `width` characters.

    >>> short_title("A Very Long Title Indeed", 12)
    'A Very Long…'
    """
    text = " ".join(title.split())
    if len(text) <= width:
        return text
    cut = text[: width + 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else text[:width]).rstrip(" ,;:-") + "…"
