"""Lines of a paper-search page that are no title and no abstract: headings, buttons, and the notes under a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HEADING = re.compile(r"get trending papers in your e-?mail inbox(?: once a day)?!?", re.IGNORECASE)
"""The line that begins every such page, in either layout; pages put together in one file are told apart by it."""

KNOWN_LINES = frozenset(
    (
        "new|subscribe|daily papers|trending papers|papers|by ak and the research community|byak and the research community|"
        "hugging face|models|datasets|spaces|posts|docs|buckets|community|solutions|enterprise|pricing|log in|sign up|"
        "today|daily|weekly|monthly|this week|this month|previous|next|load more|search|back to papers|"
        "upvote|upvotes|submitted by|published|comments|abstract|ai-generated summary|join the discussion on this paper page|"
        "view arxiv page|view pdf|arxiv|arxiv page|pdf|project page|github|add to collection|"
        "toggle theme|system theme|tos|privacy|about|careers|company|website"
    ).split("|")
)
"""Lines that such pages have around their papers, compared whole and without case."""

BULLETS = "•·∙‧●○◦▪*|–—-\u200b\ufeff"
RULES = "=_~"
_PARTS = re.compile(r"\s*[•·∙‧●○◦▪|]\s*")
_AUTHORS = re.compile(r"(\d[\d,]{0,8})\s+authors?", re.IGNORECASE)
_NUMBER = r"\d+(?:[.,]\d+)*\s*k?"
_COUNT = re.compile(
    rf"\+?{_NUMBER}(?:\s+(?:up-?votes?|likes?|comments?|stars?|citations?))?|(?:up-?votes?|likes?)\s+{_NUMBER}", re.IGNORECASE
)
_AGO = re.compile(r"(?:about |over |almost )?(?:\d+|an?) (?:minute|hour|day|week|month|year)s? ago|yesterday|today", re.IGNORECASE)
_SUBMITTED = re.compile(r"submitted by(?:\s+(\S+))?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=lambda m: -len(m)))
_DATE = re.compile(
    rf"(?:(?:published|submitted|posted|updated)(?: on)?:?\s+)?"
    rf"(?:(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH})\.?,?\s+(?P<year2>(?:19|20)\d\d)"
    rf"|(?P<year3>(?:19|20)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)"
    rf"|(?P<month4>{_MONTH})\.?,?\s+(?P<year4>(?:19|20)\d\d)"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\s+(?:{_MONTH})\.?)"
    rf"(?:\s+\d[\d,.]*k?){{0,3}}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """What the lines under a paper say of it; None where they do not. `date` is ISO."""

    date: str | None = None
    year: int | None = None
    author_count: int | None = None


def combine(notes: Iterable[Note]) -> Note:
    """The first date with its year, and the first author count, of a paper's notes."""
    found = list(notes)
    dated = next((n for n in found if n.date), None) or next((n for n in found if n.year is not None), Note())
    return Note(dated.date, dated.year, next((n.author_count for n in found if n.author_count is not None), None))


def read_note(line: str) -> Note | None:
    """The note that a line is as a whole (`• 4 authors`, `·`, `Nov 17, 2025 3`, `12 upvotes`), or None for any other line.

    A day without a year (`Jan 29`) dates nothing: `Jan 29 2025` may as well be a day and 2025 votes. What stands after a year
    is such a count.
    """
    bare = line.strip().strip(BULLETS).strip()
    if not bare.strip(RULES):
        return Note() if line.strip() else None
    notes = [_read_part(part) for part in _PARTS.split(bare) if part]
    return None if None in notes else combine(n for n in notes if n is not None)


def _read_part(part: str) -> Note | None:
    if found := _AUTHORS.fullmatch(part):
        return Note(author_count=int(found[1].replace(",", "")))
    if found := _DATE.fullmatch(part):
        return _read_date(found)
    return Note() if _COUNT.fullmatch(part) or _AGO.fullmatch(part) else None


def _read_date(found: re.Match[str]) -> Note:
    parts = {name.rstrip("234"): text for name, text in found.groupdict().items() if text}
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if year is None or month is None:
        return Note()
    number = _MONTHS.get(month.casefold()) or int(month)
    try:
        iso = date(int(year), number, int(day or 1)).isoformat()
    except ValueError:  # 30 February: the year still stands there
        return Note(year=int(year))
    return Note(date=iso if day else iso[:7], year=int(year))


def is_known(line: str) -> bool:
    """Whether a line is one of the page's own, such as a heading or a button."""
    bare = " ".join(line.strip().strip(BULLETS).split()).casefold()
    return bare in KNOWN_LINES or bool(HEADING.fullmatch(bare)) or bool(_SUBMITTED.fullmatch(bare))


def names_submitter_next(line: str) -> bool:
    """Whether the next line is the name of the user who put the paper on the page."""
    found = _SUBMITTED.fullmatch(line.strip().strip(BULLETS).strip())
    return bool(found) and found[1] is None  # type: ignore[index]
