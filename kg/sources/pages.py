"""Text dumps of paper-search pages: a title, an abstract, and on some pages the number of authors and a date.

Two layouts are known. One has a blank line between any two parts, a heading of several lines, and may have notes under a
paper (`  • 4 authors`, `·`, `Nov 17, 2025`). The other has no blank lines, and the `Subscribe` button of its heading is glued to
the first title. One grammar reads both and what lies in between: lines known to be the page's own go, notes are read, and
what is left is told apart into titles and abstracts by how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.paper import Paper, identity
from kg.sources.foreign import recognise
from kg.sources.notes import BULLETS, HEADING, Note, combine, is_known, names_submitter_next, read_note
from kg.sources.problem import Report, quote
from kg.sources.prose import SENTENCE_END, Paragraph, join, prose_score, roles, unwrap

BUTTON = "Subscribe"
INVISIBLE = "\ufeff\u200b"
CURATOR = re.compile(r"^\s*by\s*AK and the research community\s*$", re.MULTILINE)


def sniff(head: str) -> bool:
    """Whether the text begins like such a page: by its heading, its curator's line, or notes that count authors."""
    if HEADING.search(head) or CURATOR.search(head):
        return True
    if recognise(head):
        return False
    lines = [line for line in head.split("\n") if line.strip()]
    counted = any((note := read_note(line)) is not None and note.author_count is not None for line in lines)
    return counted and any(prose_score(line) > 0 for line in lines)


def read(lines: Iterable[str], source: str, report: Report) -> Iterator[Paper]:
    """The papers of a page in its order; their id is their identity. What is no paper and no known line is reported.

    A title that has no abstract is a paper all the same where notes with a count of authors stand under it. Any other such line may
    as well be a button that is not known yet, and is reported instead.
    """
    for item in _items(_blocks(_numbered(lines))):
        note = combine(item.notes)
        where = f"line {item.line}"
        if not item.title:
            report(where, f"an abstract without a title: {quote(item.abstract[0])}; expected its title on a line above it; left out")
        elif not item.abstract and note.author_count is None:
            report(where, f"a title without an abstract, or a line that belongs to no paper: {quote(item.title)}; left out")
        else:
            paper = Paper(
                id="",
                title=item.title,
                abstract=join(item.abstract),
                date=note.date,
                year=note.year,
                author_count=note.author_count,
                sources=(source,),
            )
            yield replace(paper, id=identity(paper))


@dataclass(slots=True)
class _Block:
    """Lines of text with no other line between them, and the notes that follow. `first`: a page begins with it."""

    line: int
    lines: list[str]
    first: bool
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """A paper in the making. No title: the page lacks it."""

    line: int
    title: str = ""
    abstract: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def _numbered(lines: Iterable[str]) -> list[tuple[int, str]]:
    """The lines with their numbers; a heading glued to its neighbours (`cat a.txt b.txt`) gets a line of its own."""
    split = [
        (number, part.strip(INVISIBLE))
        for number, line in enumerate(lines, start=1)
        for part in (re.split(f"({HEADING.pattern})", line, flags=re.IGNORECASE) if HEADING.search(line) else [line])
    ]
    kept = [(number, part) for number, part in split if part.strip()]
    glued = {
        number
        for (number, part), (_, after) in pairwise(kept)
        if part.endswith("new") and part.strip() != "new" and HEADING.fullmatch(after.strip())
    }
    return [(number, part[: -len("new")] if number in glued and part.endswith("new") else part) for number, part in split]


def _blocks(numbered: list[tuple[int, str]]) -> list[_Block]:
    """The text of the pages in blocks, each with its notes; what the pages themselves say is gone."""
    blocks: list[_Block] = []
    is_open = names_submitter = has_heading = has_button = False
    at_start = True  # until the first title of a page: dates up to here are the page's own
    for number, line in numbered:
        bare = line.strip()
        if not bare:
            is_open = False
        elif names_submitter and len(bare.split()) == 1:
            is_open = names_submitter = False
        elif HEADING.fullmatch(bare):
            is_open = has_button = False
            at_start = has_heading = True
        elif is_known(bare):
            is_open = False
            has_button = has_button or bare == BUTTON
            names_submitter = names_submitter_next(bare)
        elif (note := read_note(bare)) is not None:
            if note.author_count is not None and is_open and _is_organisation(blocks[-1].lines[-1]):
                blocks[-1].lines.pop()
            if blocks and not at_start:
                blocks[-1].notes.append(note)
            is_open = False
        else:
            text = _without_button(bare, certain=has_heading) if at_start and not has_button else bare
            if is_open:
                blocks[-1].lines.append(text)
            else:
                blocks.append(_Block(number, [text], at_start))
            is_open, at_start, names_submitter = True, False, False
    return blocks


def _without_button(text: str, *, certain: bool) -> str:
    """A page's first title without the button's word before it; `certain` where a heading, which has one, stands above it."""
    rest = text.removeprefix(BUTTON)
    if rest == text or not rest or rest[0].isspace():
        return text
    return rest if certain or not (rest[0].islower() or rest[0] in "'’-") else text


def _is_organisation(line: str) -> bool:
    """Whether the list item right above the number of authors is a name, as that of their institute, and not text."""
    return line[0] in BULLETS and len(line) < 80 and prose_score(line) < 0 and not SENTENCE_END.search(line)


def _items(blocks: list[_Block]) -> Iterator[_Item]:
    """The papers of all pages, with those whose title or abstract is missing."""
    paragraphs: list[Paragraph] = []
    notes: list[list[Note]] = []
    after_notes = False
    for block in blocks:
        for i, (offset, text) in enumerate(unwrap(block.lines)):
            paragraphs.append(Paragraph(block.line + offset, text, after_notes=after_notes, first=block.first and i == 0))
            notes.append([])
            after_notes = False
        if block.notes and notes:
            notes[-1] += block.notes
            after_notes = True
    item: _Item | None = None
    for paragraph, role, noted in zip(paragraphs, roles(paragraphs), notes, strict=True):
        begins = item is None or paragraph.first or role == "title" or (paragraph.after_notes and bool(item.abstract))
        if item is None or begins:
            if item is not None:
                yield item
            item = _Item(paragraph.line, title=paragraph.text if role == "title" else "")
        if role == "abstract":
            item.abstract.append(paragraph.text)
        item.notes += noted
    if item is not None:
        yield item
