"""`Paper`: one abstract with what its source says of it, and when two papers are the same one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+?)(?=[.,;)\]]*(?:\s|$))", re.IGNORECASE)
ARXIV = re.compile(r"(?:arxiv[:./]|arxiv\.org/(?:abs|pdf)/)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a source gives it.

    `id` is the source's own identifier, else `identity` of the paper. `date` is ISO (`2021-11-29`, or `2021-11`, `2021`),
    `year` an integer where the source states it and None otherwise (never guessed). `sources` names every place that
    lists the paper, in sorted order.
    """

    id: str
    title: str
    abstract: str
    url: str | None = None
    date: str | None = None
    year: int | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Title, a line break, abstract: what every offset of a record counts into, in Unicode code points."""
        return f"{self.title}\n{self.abstract}"

    def to_dict(self) -> dict[str, Any]:
        """The paper's fields in the order of the record schema, absent ones left out."""
        fields: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "abstract": self.abstract,
            "url": self.url,
            "date": self.date,
            "year": self.year,
            "authors": list(self.authors) or None,
            "author_count": self.author_count,
            "sources": list(self.sources) or None,
        }
        return {k: v for k, v in fields.items() if v is not None}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Paper:
        """The inverse of `to_dict`; keys it does not know are ignored. Raises KeyError without id, title, abstract."""
        return cls(
            id=data["id"],
            title=data["title"],
            abstract=data["abstract"],
            url=data.get("url"),
            date=data.get("date"),
            year=data.get("year"),
            authors=tuple(data.get("authors") or ()),
            author_count=data.get("author_count"),
            sources=tuple(data.get("sources") or ()),
        )


def title_key(title: str) -> str:
    """A title as words joined by hyphens, without case, accents' composition or punctuation: `EdgeNeXt: A` -> `edgenext-a`.

    A title with no letter or digit at all keeps its characters, so that two such titles stay two papers.
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    words = re.findall(r"[^\W_]+", folded)
    return "-".join(words) or "-".join(folded.split())


def strong_id(*texts: str | None) -> str | None:
    """The first DOI (`doi:10.…`, lower case) or arXiv id (`arxiv:2103.14030`, no version) in the texts, or None."""
    for text in texts:
        if not text:
            continue
        if found := ARXIV.search(text):
            return f"arxiv:{found[1].lower()}"
        if found := DOI.search(text):
            return f"doi:{found[1].lower()}"
    return None


def identity(paper: Paper) -> str:
    """What makes two papers the same: DOI or arXiv id from `id` or `url`, else the normalised title."""
    return strong_id(paper.id, paper.url) or title_key(paper.title)


def merge(papers: Iterable[Paper]) -> list[Paper]:
    """One paper per identity, sorted by id, whatever the order of arrival.

    All sources are kept. Where texts differ the longest abstract wins, then the lexicographically first; other fields
    come from the first paper, in that order, that has them. A paper without DOI or arXiv id joins one of the same title
    that has it, if there is just one.
    """
    groups: dict[str, list[Paper]] = {}
    strong_of_title: dict[str, set[str]] = {}
    for paper in papers:
        key = identity(paper)
        groups.setdefault(key, []).append(paper)
        if key != (title := title_key(paper.title)):
            strong_of_title.setdefault(title, set()).add(key)
    for title, keys in strong_of_title.items():
        if title in groups and len(keys) == 1:
            groups[next(iter(keys))].extend(groups.pop(title))
    return sorted((_merged(key, same) for key, same in groups.items()), key=lambda p: p.id)


def _merged(key: str, same: list[Paper]) -> Paper:
    ordered = sorted(same, key=lambda p: (-len(p.abstract), p.abstract, p.title, p.id, p.sources))
    best = ordered[0]
    is_strong = any(strong_id(p.id, p.url) == key for p in same)

    def first(name: str) -> Any:
        return next((v for p in ordered if (v := getattr(p, name)) not in (None, ())), getattr(best, name))

    dated = next((p for p in ordered if p.date), None) or next((p for p in ordered if p.year), best)
    return replace(
        best,
        id=key if is_strong else min(p.id for p in same),
        url=first("url"),
        date=dated.date,
        year=dated.year if dated.year is not None else first("year"),
        authors=first("authors"),
        author_count=first("author_count"),
        sources=tuple(sorted({s for p in same for s in p.sources})),
    )
