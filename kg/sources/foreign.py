"""Forms that `kg` does not read, told by how a file begins, each with what the user can do about it."""

from __future__ import annotations

import re

EXPECTED = (
    'expected one JSON object a line: {"id": "...", "title": "...", "abstract": "..."}; '
    "or plain text: a title line, its abstract on the lines under it, a blank line; or the text of a paper-search page"
)
AS_LINES = "write it as JSON lines"
GIVE_TEXT = "give the texts of papers instead"
UNPACK = "unpack it first (only .gz is read as it is)"
SAVE_AS_TEXT = "save its text as a .txt file"

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", SAVE_AS_TEXT + ", for example with `pdftotext FILE FILE.txt`"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as text"),
    (b"\x1f\x8b", "a .gz file within a .gz file", "unpack it once: `gunzip FILE.gz`"),
    (b"BZh", "a bzip2 file", UNPACK + ": `bunzip2 FILE`"),
    (b"\xfd7zXZ", "an xz file", UNPACK + ": `unxz FILE`"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", UNPACK + ": `unzstd FILE`"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", "a kg.db is asked with `kg query`, and is no source"),
    (b"\x89PNG", "an image", GIVE_TEXT),
    (b"\xff\xd8\xff", "an image", GIVE_TEXT),
    (b"GIF8", "an image", GIVE_TEXT),
    (b"\xff\xfe", "text in UTF-16", "save it as UTF-8: `iconv -f utf-16 -t utf-8 FILE > FILE.txt`"),
    (b"\xfe\xff", "text in UTF-16", "save it as UTF-8: `iconv -f utf-16 -t utf-8 FILE > FILE.txt`"),
    (b"PAR1", "a Parquet file", AS_LINES),
)
"""How a file's first bytes are, what that means, and what to do."""

WRITTEN: tuple[tuple[str, str, str], ...] = (
    (r"(?s:\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b)", "an HTML page", SAVE_AS_TEXT),
    (r"(?s:\s*<\?xml\b|\s*<(\w+)\b[^>]*>.*</\1>)", "XML", AS_LINES),
    (r"\s*\[\s*(?:\{|\]|\"|$)", "a JSON array", "write one object a line: `jq -c '.[]' FILE > FILE.jsonl`"),
    (r"\s*\{\s*\n", "a JSON object over several lines", "write one object a line: `jq -c . FILE > FILE.jsonl`"),
    (r'\s*\{\s*"', 'JSON without "title" and "abstract"', "give every object these two"),
    (r"\s*@\w+\s*[{(]", "BibTeX", AS_LINES),
    (r"\s*TY  - ", "RIS", AS_LINES),
    (r"#!|\s*(?:from \S+ )?import [\w.]+|\s*(?:def|class) \w+.*:\s*$|\s*#include\b|\s*package \w+;?$|\"\"\"", "source code", GIVE_TEXT),
    (r"\s*\\(?:documentclass|begin|usepackage)\b|\s*%.*\n\\documentclass", "LaTeX", SAVE_AS_TEXT),
    (r".*\t.*\S", "a table", AS_LINES),
    (r'(?:"?\w[\w ]*"?[,;])*"?(?:title|abstract|id)"?(?:[,;]"?\w[\w ]*"?)+$', "a table (CSV)", AS_LINES),
    (r"(?:---\s*\n)?\s*(?:title|abstract|id|authors?)\s*:\s", "text with labels such as `title:`", "leave the labels out"),
    (r"\s*\S.*\n[=~-]{4,}\s*$", "a document with underlined headings", GIVE_TEXT),
    (r"#{1,6} ", "Markdown", "leave the # before the titles out"),
)
"""How a text of a form begins (matched at its start, without case), what it is, and what to do."""


def refuse_bytes(start: bytes) -> str | None:
    """Why a file that begins with these bytes is not read, or None where nothing speaks against reading it as text.

    Binary: a NUL byte, or more than a tenth of bytes that are neither UTF-8 text nor white space.
    """
    for magic, what, advice in MAGIC:
        if start.startswith(magic):
            return f"this is {what}; {advice}"
    text = start.decode("utf-8", "replace")
    # the last few bytes may be the beginning of a character
    strange = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\v") for c in text[:-3])
    if b"\0" in start or strange * 10 > len(text):
        return f"a binary file; {EXPECTED}"
    return None


def recognise(head: str) -> tuple[str, str] | None:
    """What a text is by its beginning, and what the user can do about it, or None."""
    for pattern, what, advice in WRITTEN:
        if re.match(pattern, head[:10_000], re.IGNORECASE | re.MULTILINE):
            return what, advice
    return None


def refuse_text(head: str) -> str:
    """Why a text that no reader takes is not read."""
    if not head.strip():
        return f"nothing in it; {EXPECTED}"
    if found := recognise(head):
        return f"this looks like {found[0]}, which is not read; {found[1]}"
    return f"unknown form; {EXPECTED}"
