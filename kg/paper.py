"""`Paper`: one abstract with what its source says of it, and when two papers are the same one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
ARXIV = re.compile(
    r"(?:arxiv[:./]|(?:arxiv\.org/(?:abs|pdf|html)|huggingface\.co/papers)/)\s*(\d{4}\.\d{4,5}(?!\d)|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
BARE_ARXIV = re.compile(r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?")
"""An arXiv id as people write it who leave out what it is; believed only where it stands alone."""


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
    return next((found for text in texts if text for found in _strong_ids_in(text)), None)


def _strong_ids_in(text: str) -> list[str]:
    """The arXiv id in a text and the DOI; a DOI that arXiv gives (`10.48550/arXiv.2103.14030`) is the arXiv id."""
    found = []
    if arxiv := ARXIV.search(text) or BARE_ARXIV.fullmatch(text.strip()):
        found.append(f"arxiv:{arxiv[1].lower()}")
    if (doi := DOI.search(text)) and not doi[1].lower().startswith("10.48550/arxiv."):
        found.append(f"doi:{doi[1].lower().rstrip('.,;)]')}")
    return found


def identity(paper: Paper) -> str:
    """What makes two papers the same: DOI or arXiv id from `id` or `url`, else the normalised title, else the id."""
    return strong_id(paper.id, paper.url) or title_key(paper.title) or f"id:{paper.id}"


def merge(papers: Iterable[Paper]) -> list[Paper]:
    """One paper per identity, sorted by id, with ids that differ, whatever the order of arrival.

    Papers that share a DOI or an arXiv id are the same. One that has neither joins those of its title, if they are one paper.
    All sources are kept. Where texts differ the longest abstract wins, then the lexicographically first, with its title.
    Of other fields the one that says most wins (the date to the day, the longest list of authors), then the first.
    The id is the DOI or arXiv id where there is one, else the lexicographically first; papers that are different and
    share it (numbers, in two files) get their identity instead.
    """
    ids = _Union()
    weak: dict[str, list[Paper]] = {}
    strong: list[tuple[str, Paper]] = []
    for paper in papers:
        found = [i for text in (paper.id, paper.url) if text for i in _strong_ids_in(text)]
        if found:
            ids.join(found)
            strong.append((found[0], paper))
        else:
            weak.setdefault(identity(paper), []).append(paper)
    groups: dict[str, list[Paper]] = {}
    of_title: dict[str, set[str]] = {}
    for one_id, paper in strong:
        key = ids.root(one_id)
        groups.setdefault(key, []).append(paper)
        of_title.setdefault(title_key(paper.title), set()).add(key)
    merged: dict[str, Paper] = {}
    for title, same in weak.items():
        keys = of_title.get(title, set())
        if len(keys) == 1:
            groups[next(iter(keys))] += same
        else:
            merged[title] = _merged(min(p.id for p in same), same)
    merged |= {key: _merged(key, same) for key, same in groups.items()}
    return sorted(_with_own_ids(merged), key=lambda p: p.id)


class _Union:
    """Sets of ids that name the same paper (union-find); a set is called by its first id in sorted order: arXiv before DOI."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (above := self._above.get(name, name)) != name:
            name = above
        return name

    def join(self, names: Iterable[str]) -> None:
        roots = sorted({self.root(name) for name in names})
        self._above.update(dict.fromkeys(roots, roots[0]))


def _with_own_ids(papers: dict[str, Paper]) -> list[Paper]:
    """The papers, by key, where no two have the same id: those that do get their key. Keys differ, so this comes to an end."""
    while shared := {i for i, n in Counter(p.id for p in papers.values()).items() if n > 1}:
        papers = {key: replace(p, id=key) if p.id in shared else p for key, p in papers.items()}
    return list(papers.values())


def _merged(paper_id: str, same: list[Paper]) -> Paper:
    """One paper of several. Every field is the least by an order of its own, so that it does not matter who was merged first."""
    best = min(same, key=lambda p: (-len(p.abstract), p.abstract, p.title))
    dated = min(same, key=lambda p: (-len(p.date or ""), p.date or "", p.year is None, p.year or 0))
    return Paper(
        id=paper_id,
        title=best.title,
        abstract=best.abstract,
        url=min((p.url for p in same if p.url), default=None),
        date=dated.date,
        year=dated.year if dated.year is not None else min((p.year for p in same if p.year is not None), default=None),
        authors=min((p.authors for p in same), key=lambda a: (-len(a), a)),
        author_count=max((p.author_count for p in same if p.author_count is not None), default=None),
        sources=tuple(sorted({s for p in same for s in p.sources})),
    )
