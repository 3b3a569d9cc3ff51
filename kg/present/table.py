"""An answer as a table that fits the terminal, whatever its width.

Claims come with their evidence: below 150 columns the sentence stands under its row, from 150 on beside it; below 76 there are
no columns at all. Text reaches rich as `Text`, never as markup.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.present.text import margin, name, paper, says, setting, web, words
from kg.query.answer import Answer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

BESIDE, COLUMNS, NARROWEST = 150, 76, 20
GAP = 2

Row = Mapping[str, Any]
CLAIM: dict[str, Callable[[Row], str]] = {
    "better": lambda row: name(row["subject"]),
    "than": lambda row: name(row["object"]),
    "on": setting,
    "metric": lambda row: words(row["metric"]),
    "margin": margin,
}
STYLES = {"better": "bold green", "than": "bold", "margin": "cyan"}


def as_table(answer: Answer, width: int, *, color: bool = False) -> str:
    """The answer's title, rows, what was read and the notes; no line is wider than `width` (at least 20)."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=color,
        force_jupyter=False,
        color_system="standard" if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    _say(console, words(answer.title), "bold")
    if not answer.rows:
        _say(console, "Nothing: no claim here says so.")
    elif "sentence" not in answer.columns or "subject" not in answer.columns:
        console.print()
        console.print(_grid(answer))
    elif console.width >= BESIDE:
        _beside(console, answer.rows)
    else:
        (_under if console.width >= COLUMNS else _narrow)(console, answer.rows)
    console.print()
    _say(console, f"Read: {words(answer.read)}.", "dim")
    for note in answer.notes:
        _say(console, words(note), "dim")
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def widths(cells: Sequence[Sequence[str]], room: int, least: int = 6) -> list[int]:
    """Column widths for these rows that sum up to `room` at most: what each needs, the widest cut down first.

    While that is enough no column gets narrower than its longest word, and none ever than `least`.
    """
    from rich.cells import cell_len

    columns = list(zip(*cells, strict=True))
    needed = [max(map(cell_len, column)) for column in columns]
    longest = [max([least, *(cell_len(word) for cell in column for word in cell.split())]) for column in columns]
    for floors in (longest, [least] * len(columns)):
        while sum(needed) > room and (wide := [n for n, floor in enumerate(floors) if needed[n] > floor]):
            needed[max(wide, key=lambda n: needed[n])] -= 1
    return needed


def _under(console: Console, rows: Sequence[Row]) -> None:
    """Each claim a row of columns; the sentence of one or more claims and its paper below them over the whole width."""
    from rich.padding import Padding

    facts = _Facts(rows, console.width)
    console.print()
    console.print(facts.header())
    for group in _by_sentence(rows):
        console.print()
        console.print(facts.grid(group))
        console.print(Padding(_sentence(group), (0, 0, 0, 2)))
        console.print(Padding(_text(_source(group), "dim"), (0, 0, 0, 2)))


def _beside(console: Console, rows: Sequence[Row]) -> None:
    """The same, with sentence and paper to the right of the claims."""
    from rich.table import Table

    facts = _Facts(rows, console.width // 2)
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(width=facts.width)
    table.add_column(width=(console.width - facts.width - 2 * GAP) * 3 // 5)
    table.add_column(width=(console.width - facts.width - 2 * GAP) * 2 // 5)
    table.add_row(facts.header(), _text("SENTENCE", "dim"), _text("PAPER", "dim"))
    for group in _by_sentence(rows):
        table.add_row()
        table.add_row(facts.grid(group), _sentence(group), _text(_source(group), "dim"))
    console.print()
    console.print(table)


def _narrow(console: Console, rows: Sequence[Row]) -> None:
    """Each claim as a few folded lines."""
    for group in _by_sentence(rows):
        console.print()
        for row in group:
            _say(console, f"{CLAIM['better'](row)} > {CLAIM['than'](row)}", "bold")
            if facts := ", ".join(fact for name in ("on", "metric", "margin") if (fact := CLAIM[name](row))):
                _say(console, facts, "cyan")
        console.print(_sentence(group))
        _say(console, _source(group), "dim")


class _Facts:
    """The columns of claims, as wide as all rows need within `room`; columns that no row fills are left out."""

    def __init__(self, rows: Sequence[Row], room: int) -> None:
        self.names = [name for name, cell in CLAIM.items() if any(cell(row) for row in rows)]
        gaps = GAP * (len(self.names) - 1)
        self.widths = widths([self.names, *([CLAIM[name](row) for name in self.names] for row in rows)], room - gaps)
        self.width = sum(self.widths) + gaps

    def header(self) -> Table:
        table = self._table()
        table.add_row(*(_text(name.upper(), "dim") for name in self.names))
        return table

    def grid(self, rows: Sequence[Row]) -> Table:
        table = self._table()
        for row in rows:
            table.add_row(*(_text(CLAIM[name](row), STYLES.get(name, "")) for name in self.names))
        return table

    def _table(self) -> Table:
        from rich.table import Table

        table = Table.grid(padding=(0, GAP, 0, 0))
        for width in self.widths:
            table.add_column(width=width, overflow="fold")
        return table


def _by_sentence(rows: Sequence[Row]) -> list[list[Row]]:
    """Neighbouring rows with the same evidence and the same to say about it, together."""
    return [list(group) for _, group in groupby(rows, key=lambda row: (row["paper"], row["sentence"], says(row)))]


def _grid(answer: Answer) -> Table:
    """Any other answer: its columns as they are but for those that no row fills, numbers to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, header_style="dim", border_style="dim")
    columns = [key for key in answer.columns if any(words(row[key]) for row in answer.rows)]
    for key in columns:
        is_number = all(isinstance(row[key], int | float) for row in answer.rows)
        table.add_column(key.upper(), justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(_text(words(row[key])) for key in columns))
    return table


def _sentence(group: Sequence[Row]) -> Text:
    text = _text(words(group[0]["sentence"]))
    text.highlight_words(sorted({label for row in group for key in ("subject", "object") if (label := name(row[key]))}), "bold")
    return text


def _source(group: Sequence[Row]) -> str:
    row = group[0]
    confidences = sorted({f"{row['confidence']:.2f}" for row in group if row["confidence"] is not None})
    sure = f"confidence {' to '.join(dict.fromkeys((confidences[0], confidences[-1])))}" if confidences else ""
    ids = ", ".join(dict.fromkeys(words(row["claim"]) for row in group if row["claim"]))
    return " · ".join(part for part in (paper(row), says(row), sure, f"claim {ids}" if ids else "", web(row["url"])) if part)


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style=style, overflow="fold")


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(_text(line, style))
