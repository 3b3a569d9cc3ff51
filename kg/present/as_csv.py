"""An answer as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from kg.present.text import plain
from kg.query.answer import Answer

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def as_csv(answer: Answer) -> str:
    """A header and a line a row (RFC 4180 quoting, lines end in a line feed), numbers as numbers, nothing for None.

    Text goes on one line without control characters. Text that a spreadsheet would run (it begins with = + - @ or their full-width
    forms) gets an apostrophe before it, as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection), unless all of it is a
    plain number: `+2.6` stays, `-3%` becomes `'-3%`; the number of such a margin is in `delta_value`.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(row[key]) for key in answer.columns] for row in answer.rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return _cell("; ".join(str(item) for item in value))
    text = plain(str(value))
    return f"'{text}" if text.startswith(tuple("=+-@＝＋－＠")) and not NUMBER.fullmatch(text) else text
