"""Other people's text made harmless for a terminal, and rows in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

HEDGES: Mapping[str, str] = {"max": "up to ", "min": "over ", "mean": "on average ", "approx": "about "}


def plain(text: str) -> str:
    """The text on one line and without characters that command a terminal: controls become `�`; those that only turn or hide
    text (bidirectional marks, zero-width characters) go away."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    return "".join(_harmless(character) for character in line)


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return "�"
    if category in ("Cf", "Zl", "Zp"):
        return ""
    return character


def words(value: Any) -> str:
    """A cell: text made harmless, numbers with thousands separated, nothing for None, yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value)
    return plain(str(value))


def name(label: Any) -> str:
    """A label in a row that names the paper already: what belongs to one paper alone has that paper's title in its label."""
    text = words(label)
    if text.startswith("method of “") and text.endswith("”"):
        return "the paper's method"
    return re.sub(r" \(in “.*”\)$", "", text)


def setting(row: Mapping[str, Any]) -> str:
    """What was compared on: the dataset, else the task, with the condition: `ImageNet-1K, zero-shot`."""
    return ", ".join(part for part in (words(row.get("dataset") or row.get("task")), words(row.get("condition"))) if part)


def margin(row: Mapping[str, Any]) -> str:
    """By how much, as the text has it: `up to 2.2%`, `2.5% (83.3% vs 80.8%)`, `83.3% vs 80.8%`, `at 83.3%`."""
    delta = f"{HEDGES.get(str(row.get('hedge')), '')}{words(row.get('delta'))}" if row.get("delta") else ""
    ours, theirs = words(row.get("subject_value")), words(row.get("object_value"))
    if ours and theirs:
        values = f"{ours} vs {theirs}"
    elif ours:
        values = f"at {ours}"
    else:
        values = f"vs {theirs}" if theirs else ""
    return f"{delta} ({values})" if delta and values else delta or values


def says(row: Mapping[str, Any]) -> str:
    """Who says so: the subject's own paper, or another; and whether it is background there."""
    who = "self-reported" if row.get("own") else "third party"
    return f"background, {who}" if row.get("background") else who


def paper(row: Mapping[str, Any]) -> str:
    """The paper's title, else its id, with the year where it is known."""
    name = words(row.get("title")) or words(row.get("paper"))
    return f"{name} ({row['year']})" if row.get("year") is not None else name


def web(url: Any) -> str:
    """The address if it is one of the web without anything but an address in it, else nothing."""
    text = str(url or "")
    return text if re.fullmatch(r"https?://[\w.~:/?#@!$&*+,;=%-]+", text, re.ASCII) else ""
