"""An answer as JSON: a list of objects, every key always there, null where the text does not say."""

from __future__ import annotations

import json
import re

from kg.query.answer import Answer

HIDDEN = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def as_json(answer: Answer) -> str:
    """A list of objects with the answer's columns as keys. Characters that a terminal would obey or hide are escaped: nothing is lost."""
    rows = [{key: row[key] for key in answer.columns} for row in answer.rows]
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
