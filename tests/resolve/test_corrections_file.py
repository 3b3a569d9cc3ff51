"""The file of corrections: hand-edited, damaged, and kept as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.resolve.corrections import Merge, Reject
from kg.resolve.corrections_file import CORRECTIONS, Corrections, parse, read

MERGE = '{"fix": "merge", "name": "A", "also": "B"}'
REJECT = '{"fix":"reject",   "claim":"c1"}'


def test_no_file_holds_no_corrections(tmp_path: Path) -> None:
    assert read(tmp_path) == Corrections()


def test_a_damaged_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / CORRECTIONS).write_text(f"{MERGE}\n\n{{oops\n{REJECT}\n")
    found = read(tmp_path)
    assert [(n, type(c)) for n, c in found.numbered] == [(1, Merge), (4, Reject)]
    assert [n for n, _ in found.damaged] == [3]


@pytest.mark.parametrize("text", [f"{MERGE}\r\n{REJECT}\r\n", f"\ufeff{MERGE}\n{REJECT}", f"{MERGE}\n{REJECT}\n"])
def test_line_breaks_and_marks_of_editors_are_no_damage(tmp_path: Path, text: str) -> None:
    (tmp_path / CORRECTIONS).write_bytes(text.encode())
    assert read(tmp_path).lines == (MERGE, REJECT)
    assert read(tmp_path).damaged == ()


def test_what_is_not_utf8_is_damage_of_its_line_alone_and_stays_as_it_is(tmp_path: Path) -> None:
    content = MERGE.encode() + b'\n{"fix": "reject", "claim": "\xff"}\n'
    (tmp_path / CORRECTIONS).write_bytes(content)
    found = read(tmp_path)
    assert ("UTF-8" in found.damaged[0][1], len(found.numbered)) == (True, 1)
    assert found.to_bytes() == content


def test_adding_and_taking_out_leave_the_other_lines_as_they_are() -> None:
    found = parse([MERGE, "{oops", REJECT])
    more = found.with_added(Reject(claim="c2", note="a\u2028b"))
    assert more.lines[:3] == found.lines
    assert more.numbered[-1].line == 4
    assert more.without(4) == found
    assert more.without(2).lines == (MERGE, REJECT, more.lines[3])
    with pytest.raises(KeyError):
        found.without(4)


def test_a_line_that_unicode_breaks_is_one_line(tmp_path: Path) -> None:
    found = parse([]).with_added(Reject(claim="c2", note="a\u2028b\x85c"))
    (tmp_path / CORRECTIONS).write_bytes(found.to_bytes())
    assert read(tmp_path) == found
