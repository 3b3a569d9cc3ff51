"""Files, folders and standard input in, papers out: which reader takes what, and what becomes of the rest."""

from __future__ import annotations

import difflib
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kg.paper import Paper
from kg.sources import jsonl, pages, plain
from kg.sources.foreign import EXPECTED, refuse_bytes, refuse_text
from kg.sources.problem import Problem, Report

STDIN = "-"
GZIP = b"\x1f\x8b"
LINK = "a link to a folder, which is not followed; give that folder as a source of its own"
HEAD = 65_536
"""How many characters of a text its form is told by."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form of input. `sniff` says by a text's first lines whether it has it; `read` takes its lines, the name for
    `Paper.sources`, and whom to tell of problems."""

    name: str
    sniff: Callable[[str], bool]
    read: Callable[[Iterable[str], str, Report], Iterator[Paper]]


FORMATS: tuple[Format, ...] = (
    Format("JSON lines", jsonl.sniff, jsonl.read),
    Format("a paper-search page", pages.sniff, pages.read),
    Format("plain text", plain.sniff, plain.read),
)
"""All forms that are read; the first whose `sniff` agrees reads the text."""


def read(sources: Iterable[str | Path], problems: list[Problem]) -> Iterator[Paper]:
    """The papers of files, folders and `-` (standard input), lazily, in the order of the input and as they stand there.

    A folder is read with all folders below it, files in the order of their paths; hidden files are passed over. The form
    is told by content, and any of them may be packed with gzip. Whatever can't be read is appended to `problems` with the
    reason, and the rest goes on. `Paper.sources` holds the file's name, in a folder its path from there, never an absolute path.
    """
    for source in sources:
        name = os.fspath(source)
        if name == STDIN:
            yield from _read_stream(sys.stdin.buffer, STDIN, _reporter(STDIN, problems))
            continue
        path = Path(name)
        if path.is_dir():
            yield from _read_folder(path, problems)
        elif path.exists():
            yield from _read_file(path, path.name, problems)
        else:
            problems.append(Problem(name, None, _missing(path)))


def _reporter(source: str, problems: list[Problem]) -> Report:
    return lambda where, reason: problems.append(Problem(source, where, reason))


def _missing(path: Path) -> str:
    if os.path.lexists(path):
        return "a link to a file that does not exist; give an existing file or folder, or - for standard input"
    try:
        near = difflib.get_close_matches(path.name, sorted(p.name for p in path.parent.iterdir()), n=1)
    except (OSError, ValueError):
        near = []
    advice = f"did you mean {path.parent / near[0]}?" if near else "give an existing file or folder, or - for standard input"
    return f"no such file or folder; {advice}"


def _read_folder(folder: Path, problems: list[Problem]) -> Iterator[Paper]:
    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), None, f"a folder that can't be read: {error.strerror}"))

    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [path for path in (Path(place, name) for name in folders) if path.is_symlink()]
        problems += [Problem(str(path), None, LINK) for path in sorted(links)]
        found += [Path(place, name) for name in files if not name.startswith(".")]
    if not found:
        problems.append(Problem(str(folder), None, "no files in this folder; give a folder with texts of papers in it"))
    for path in sorted(found, key=lambda p: p.relative_to(folder).parts):
        if path.is_file():
            yield from _read_file(path, path.relative_to(folder).as_posix(), problems)
        else:
            reason = "a link to a file that does not exist" if path.is_symlink() else "no regular file"
            problems.append(Problem(str(path), None, f"{reason}; left out"))


def _read_file(path: Path, name: str, problems: list[Problem]) -> Iterator[Paper]:
    report = _reporter(str(path), problems)
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, name, report)
    except OSError as error:
        report(None, f"can't be read: {error.strerror or error}")


def _read_stream(stream: BinaryIO, name: str, report: Report) -> Iterator[Paper]:
    buffer = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    if buffer.peek(len(GZIP)).startswith(GZIP):
        buffer = io.BufferedReader(gzip.GzipFile(fileobj=buffer))
    try:
        reason = refuse_bytes(buffer.peek())
    except (OSError, EOFError, zlib.error) as error:
        reason = f"a .gz file that can't be unpacked ({error})"
    if reason:
        report(None, reason)
        return
    lines = _lines(buffer, report)
    start: list[str] = []
    size = 0
    for line in lines:
        start.append(line)
        size += len(line) + 1
        if size >= HEAD:
            break
    head = "\n".join(start)
    reader = next((form for form in FORMATS if form.sniff(head)), None)
    if reader is None:
        report(None, refuse_text(head))
        return
    is_silent = True

    def speak(where: str | None, reason: str) -> None:
        nonlocal is_silent
        is_silent = False
        report(where, reason)

    for paper in reader.read(chain(start, lines), name, speak):
        is_silent = False
        yield paper
    if is_silent:
        report(None, f"this looks like {reader.name}, and no paper is in it; {EXPECTED}")


def _lines(stream: Iterable[bytes], report: Report) -> Iterator[str]:
    """The lines of a text in UTF-8 without their ends (LF, CRLF or CR). Bytes that are no text are read as U+FFFD and reported."""
    number = 0
    try:
        for line in stream:
            text = line.decode("utf-8", "replace")
            is_damaged = "\ufffd" in text and line.decode("utf-8", "ignore") != text
            for part in (text.removeprefix("\ufeff") if number == 0 else text).rstrip("\r\n").split("\r"):
                number += 1
                if is_damaged and "\ufffd" in part:
                    report(f"line {number}", "bytes that are no UTF-8 were read as �; save the file as UTF-8 and read it again")
                yield part
    except (OSError, EOFError, zlib.error) as error:
        report(f"after line {number}", f"can't be read on ({error}); what comes before was read")
