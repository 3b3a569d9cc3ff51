"""JSON lines: one object `{"id", "title", "abstract"}` a line, optionally with `url`, `date`, `year`, `authors`, `author_count`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from kg.paper import Paper, identity
from kg.sources.problem import Report, quote

FORM = 'one JSON object a line: {"id": "...", "title": "...", "abstract": "..."}'
OBJECT = re.compile(r"\s*\{\s*(?:\"|\})")
TEXT_FIELD = re.compile(r'"(?:title|abstract)"\s*:\s*(?:"|null)')
LINES_TRIED = 50
KEYS = ("id", "title", "abstract", "url", "date", "year", "authors", "author_count")
SURROGATE = re.compile("[\ud800-\udfff]")
ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d\d:\d\d\S*)?")


class _Unfit(ValueError):
    """A record, or a field of it, that does not have the form; its text is the reason."""


class _Object(dict[str, Any]):
    """A JSON object that knows which of its keys were written twice with different values."""

    twice: tuple[str, ...] = ()


def sniff(head: str) -> bool:
    """Whether the lines begin as objects, and any of the first ones has a title or an abstract; some may be broken."""
    lines = list(islice((line for line in head.split("\n") if line.strip()), LINES_TRIED))
    objects = [line for line in lines if OBJECT.match(line)]
    begins = any(OBJECT.match(line) for line in lines[:3]) or 2 * len(objects) > len(lines)
    return begins and any(TEXT_FIELD.search(line) for line in objects)


def read(lines: Iterable[str], source: str, report: Report) -> Iterator[Paper]:
    """A paper for every line that holds one, read line by line; blank lines are passed over.

    `title` and `abstract` are kept character by character, and so is `id` (a whole number becomes its digits); without an `id` it
    is the paper's identity. The abstract may be `""` or null where the source has none, the title likewise; not both. A line that is
    no such object, or that says one of these three twice, is reported and left out; an optional field of the wrong type is reported
    and the paper is kept without it. Half of a surrogate pair is no character: it is read as U+FFFD and reported.
    """
    for number, line in enumerate(lines, start=1):
        where = f"line {number}"
        if line.strip():
            try:
                yield _paper(_parse(line), source, lambda reason, where=where: report(where, reason))  # type: ignore[misc]
            except _Unfit as unfit:
                report(where, f"{unfit}; expected {FORM}; left out")


def _parse(line: str) -> _Object:
    try:
        value = json.loads(line, object_pairs_hook=_object)
    except RecursionError:
        raise _Unfit("JSON nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _Unfit(f"no valid JSON ({error.msg} at column {error.colno})") from None
    except ValueError as error:  # an integer of thousands of digits
        raise _Unfit(f"no usable JSON ({error})") from None
    if not isinstance(value, _Object):
        raise _Unfit(f"{_kind(value)} and no object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    fields = _Object(pairs)
    if len(fields) < len(pairs):
        fields.twice = tuple(k for k in KEYS if any(name == k and value != fields[k] for name, value in pairs))
    return fields


def _paper(data: _Object, source: str, note: Callable[[str], None]) -> Paper:
    """The paper of a record. Raises _Unfit without title and abstract; `note` is told what else is wrong with it."""
    if required := [k for k in data.twice if k in ("id", "title", "abstract")]:
        raise _Unfit(f'"{required[0]}" stands there twice with different values')
    for key in data.twice:
        note(f'"{key}" stands there twice with different values; left unknown')
    title, abstract = (_text(data, key, note) for key in ("title", "abstract"))
    if not title.strip() and not abstract.strip():
        raise _Unfit('"title" and "abstract" are both empty')
    given_id = _id(data, note)
    if not given_id and not title.strip():
        raise _Unfit('neither an "id" nor a "title", so nothing to call the paper by')

    def optional(key: str, read_field: Callable[[Any], Any]) -> Any:
        value = data.get(key)
        if value is None or key in data.twice:
            return None
        try:
            return read_field(value)
        except _Unfit as unfit:
            note(f'"{key}" {unfit}; left unknown')
            return None

    def text(value: Any) -> str | None:
        if not isinstance(value, str):
            raise _Unfit(f"is {_kind(value)}, expected a string")
        return _characters(value, note) or None

    def names(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise _Unfit(f"is {_kind(value)}, expected a list of names")
        entries = [v.get("name") if isinstance(v, dict) else v for v in value]
        if wrong := [v for v in entries if not isinstance(v, str)]:
            raise _Unfit(f"holds {_kind(wrong[0])}, expected a list of names as strings")
        return tuple(_characters(str(v), note) for v in entries if str(v).strip())

    day = optional("date", _date)
    year = optional("year", _whole_number)
    paper = Paper(
        id=given_id,
        title=title,
        abstract=abstract,
        url=optional("url", text),
        date=day,
        year=int(day[:4]) if year is None and day else year,
        authors=optional("authors", names) or (),
        author_count=optional("author_count", _whole_number),
        sources=(source,),
    )
    return paper if given_id else replace(paper, id=identity(paper))


def _text(data: _Object, key: str, note: Callable[[str], None]) -> str:
    if key not in data:
        near = next((k for k in data if k.strip().casefold() == key), None)
        raise _Unfit(f'no "{key}"' + (f" (there is {quote(near)}: case and spaces count)" if near else ""))
    value = data[key]
    if value is not None and not isinstance(value, str):
        raise _Unfit(f'"{key}" is {_kind(value)}, expected a string')
    return _characters(value or "", note)


def _id(data: _Object, note: Callable[[str], None]) -> str:
    value: Any = data.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise _Unfit(f'"id" is {_kind(value)}, expected a string')
    return _characters(value, note) if isinstance(value, str) and value.strip() else ""


def _characters(text: str, note: Callable[[str], None]) -> str:
    """The text with every lone surrogate as U+FFFD, one for one, since neither a file nor a database can hold it."""
    if not SURROGATE.search(text):
        return text
    note(f"half of a surrogate pair, which is no character, was read as � in {quote(SURROGATE.sub('�', text))}")
    return SURROGATE.sub("\ufffd", text)


def _whole_number(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip()):
        return int(value)
    if isinstance(value, float) and value.is_integer():  # as tables with gaps write it: 2021.0
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Unfit(f"is {_kind(value)}, expected a whole number")
    if not 0 <= value < 10**9:
        raise _Unfit("is out of range, expected a whole number")
    return value


def _date(value: Any) -> str:
    found = ISO_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise _Unfit(f"is {quote(value) if isinstance(value, str) else _kind(value)}, expected a date such as 2021-11-29, 2021-11 or 2021")
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise _Unfit(f"is {quote(value)}, and no such day exists") from None
    return "-".join(part for part in found.groups() if part)


def _kind(value: Any) -> str:
    """What a JSON value is, for a message."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return f"{json.dumps(value)} (no number that JSON knows)"
    kinds: tuple[tuple[type, str], ...] = ((bool, "true or false"), (int, "a number"), (float, "a number"), (str, "a string"))
    kinds += ((list, "a list"), (dict, "an object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "null")
