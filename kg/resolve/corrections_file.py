"""`corrections.jsonl`: a correction a line, beside the graph. What is in it and cannot be read stays in it, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.resolve.corrections import Correction, Numbered, from_json, to_json

CORRECTIONS = "corrections.jsonl"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The lines of the file: those that are corrections, those that are damaged with the reason, and all of them as they stand."""

    lines: tuple[str, ...] = ()
    numbered: tuple[Numbered, ...] = ()
    damaged: tuple[tuple[int, str], ...] = ()

    def with_added(self, correction: Correction) -> Corrections:
        """With a line more, at the end."""
        return parse([*self.lines, to_json(correction)])

    def without(self, line: int) -> Corrections:
        """Without a line, damaged or not. Raises KeyError where that line holds nothing."""
        if line not in {number for number, _ in (*self.numbered, *self.damaged)}:
            raise KeyError(line)
        return parse([*self.lines[: line - 1], *self.lines[line:]])

    def to_bytes(self) -> bytes:
        """The file's content; no lines, no bytes."""
        return "".join(line + "\n" for line in self.lines).encode("utf-8", "surrogateescape")


def parse(lines: list[str]) -> Corrections:
    """Lines, without their line breaks, as corrections; empty ones are passed over.

    >>> parse(['{"fix": "reject", "claim": "0123456789ab"}', "", "{}"]).damaged
    ((3, 'expected "fix" to be one of merge, split, rename, reject, accept'),)
    """
    numbered, damaged = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if not _is_utf8(line):
                raise ValueError("not UTF-8; save the file as UTF-8")
            numbered.append(Numbered(number, from_json(line)))
        except (ValueError, RecursionError) as error:
            damaged.append((number, str(error)))
    return Corrections(tuple(lines), tuple(numbered), tuple(damaged))


def read(folder: Path) -> Corrections:
    """What stands in `folder`; nothing where there is no such file. Raises OSError where it cannot be read."""
    try:
        content = (folder / CORRECTIONS).read_bytes()
    except FileNotFoundError:
        return Corrections()
    # Line breaks as editors write them, but none that may stand inside a JSON string (U+2028, which `splitlines` breaks at).
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return parse(text.removesuffix("\n").split("\n") if text else [])


def _is_utf8(line: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in line)
