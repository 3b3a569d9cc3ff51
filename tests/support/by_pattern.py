"""An extractor that knows one sentence: `X outperforms Y by 2.1% on Z.` It stands in where the model is not what is tested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.paper import Paper
from kg.record import Comparison, Entity, Mention, Record, Support, claim_id

CLAIM = re.compile(r"(?P<s>\S+) outperforms (?P<o>\S+) by (?P<delta>\S+) on (?P<d>\S+)\.")


def extract(papers: Iterable[Paper]) -> Iterator[Record]:
    """One record a paper, in order, with the comparisons that its text states in those words."""
    for paper in papers:
        mentions: dict[tuple[str, str], list[Mention]] = {}
        comparisons = []
        for found in CLAIM.finditer(paper.text):
            for group, kind in (("s", "Model"), ("o", "Model"), ("d", "Dataset")):
                start, end = found.span(group)
                mentions.setdefault((found[group], kind), []).append(Mention(start, end, found[group]))
            start, end = found.span()
            claim = Comparison(
                s=found["s"], o=found["o"], v="better", d=found["d"], delta=found["delta"], start=start, end=end, confidence=0.9
            )
            comparisons.append(replace(claim, id=claim_id(paper.id, found[0], claim)))
        own = comparisons[0].s if comparisons else None
        yield Record(
            paper,
            sentences=((0, len(paper.title)), (len(paper.title) + 1, len(paper.text))),
            entities=tuple(Entity(name, kind, tuple(found)) for (name, kind), found in mentions.items()),
            proposes=(own,) if own else (),
            comparisons=tuple(comparisons),
            support=tuple(Support(kind="proposes", name=c.s, start=c.start, end=c.end, confidence=0.9) for c in comparisons[:1]),
        )
