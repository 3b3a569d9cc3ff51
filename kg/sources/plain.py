"""Plain text: a title line, the abstract under it in one or more lines, a blank line before the next paper.

Two spellings of it that people write are read as well: with a blank line between title and abstract too, and with none at all. Since any
text file could be taken for this, `sniff` asks that most of it read like titles with abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.paper import Paper, identity
from kg.sources.foreign import recognise
from kg.sources.problem import Report, quote
from kg.sources.prose import SENTENCE_END, Paragraph, is_wrapped, join, prose_score, roles, unwrap

FORM = "a title line, its abstract on the lines under it, a blank line"
FEWEST_WORDS = 6
LONGEST_TITLE = 300
LONGEST_ABSTRACT = 20_000
WORD = re.compile(r"[(\"'“‘\[]*[^\W\d_]+(?:[-'’/.][^\W_]+)*[)\"'”’\].,;:!?%]*")
CODE = re.compile(r"[{}<>=;|\\`~^]|\w\(\)|::|\w_\w|[#*]{2}|^\s*[#*>-]\s", re.MULTILINE)
NOT_A_TITLE = re.compile(
    r"[#%/;@<>{}|`*=]|\d+[.)]\s|[-+•]\s|\[\w+\]$|\w+:$|.*[{;,\\]$|"
    r"\d{4}-\d\d-\d\d|import [\w.]+$|from \S+ import\b|(?:def|class) \w+.*:$|copyright (?:\(c\)|©|\d)|usage:",
    re.IGNORECASE,
)
COMMON_WORD = re.compile(
    r"\b(?:the|a|an|of|and|or|to|in|on|at|by|for|from|with|without|as|than|over|we|our|this|these|that|which|it|its|is|are|was|were|"
    r"be|been|has|have|can|not|but|more|when|while|their)\b",
    re.IGNORECASE,
)
MATHS = re.compile(r"\$[^$]*\$|\\[%&_#$]")
NUMBER = re.compile(r"\W*\d[\d.,×x%]*\w?\W*")
KEYED = re.compile(r"[A-Z][\w-]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines, at least one, without a blank line between them; `line` counts from one."""

    line: int
    lines: list[str]


def sniff(head: str) -> bool:
    """Whether at least half of the text reads like titles with abstracts of a sentence or more, and none of the forms in `foreign`."""
    if recognise(head):
        return False
    blocks = _blocks(head.split("\n"))
    if _is_spaced(blocks):
        return True
    found = [paper for block in blocks for paper in _split(block)]
    if 2 * sum(len(b.lines) > 2 and all(map(KEYED.match, b.lines[:3])) for b in blocks) > len(blocks):  # `Key: value` files
        return False
    return 2 * sum(_is_title(title) and _is_prose(abstract) for _, title, abstract in found) >= max(len(found), 1)


def read(lines: Iterable[str], source: str, report: Report) -> Iterator[Paper]:
    """The papers of the text in its order; their id is their identity. A title or an abstract that stands alone is reported."""
    blocks = _blocks(lines)
    parts = _spaced(blocks) if _is_spaced(blocks) else (part for block in blocks for part in _split(block))
    for line, title, abstract in parts:
        if title and abstract:
            paper = Paper(id="", title=title, abstract=abstract, sources=(source,))
            yield replace(paper, id=identity(paper))
        elif title:
            report(f"line {line}", f"a title without an abstract: {quote(title)}; expected {FORM}; left out")
        else:
            report(f"line {line}", f"text without a title: {quote(abstract)}; expected {FORM}; left out")


def _blocks(lines: Iterable[str]) -> list[_Block]:
    numbered = enumerate((line.strip() for line in lines), start=1)
    groups = (list(group) for is_text, group in groupby(numbered, key=lambda pair: bool(pair[1])) if is_text)
    return [_Block(group[0][0], [line for _, line in group]) for group in groups]


def _split(block: _Block) -> Iterator[tuple[int, str, str]]:
    """A block as line, title, abstract; "" for what it lacks. A block in which titles and abstracts alternate gives several."""
    lines = block.lines
    if len(lines) == 1:
        is_text = prose_score(lines[0]) > 0
        yield (block.line, "", lines[0]) if is_text else (block.line, lines[0], "")
    elif _alternates(lines):
        for i in range(0, len(lines), 2):
            yield block.line + i, lines[i], lines[i + 1]
    elif len(lines[0]) > LONGEST_TITLE or _flows_on(lines):
        yield block.line, "", join(lines)
    else:
        yield block.line, lines[0], join(lines[1:])


def _alternates(lines: Sequence[str]) -> bool:
    """Whether lines without a blank one between them are titles and abstracts of one line each."""
    if len(lines) <= 2 or len(lines) % 2:
        return False
    scores = [prose_score(line) for line in lines]
    width = max(map(len, lines))
    is_broken = any(is_wrapped(title, abstract, width) for title, abstract in zip(lines[::2], lines[1::2], strict=True))
    return max(scores[::2]) < 0 < min(scores[1::2]) and not is_broken


def _flows_on(lines: Sequence[str]) -> bool:
    """Whether the first line is the beginning of a wrapped sentence and so no title."""
    width = max(map(len, lines))
    return lines[1][0].islower() and is_wrapped(lines[0], lines[1], width)


def _is_spaced(blocks: Sequence[_Block]) -> bool:
    """Whether a blank line parts titles from abstracts too: every block is one paragraph, and the two kinds take turns."""
    paragraphs = [join(block.lines) for block in blocks if len(unwrap(block.lines)) == 1]
    if len(paragraphs) < len(blocks) or len(blocks) < 2:
        return False
    parts = list(_spaced(blocks))
    whole = sum(_is_title(title) and _is_prose(abstract) for _, title, abstract in parts)
    return 2 * whole > len(blocks) * 0.9


def _spaced(blocks: Sequence[_Block]) -> list[tuple[int, str, str]]:
    """Paragraphs as line, title, abstract; "" for what is lacking."""
    paragraphs = [Paragraph(block.line, join(block.lines), first=i == 0) for i, block in enumerate(blocks)]
    parts: list[tuple[int, str, list[str]]] = []
    for paragraph, role in zip(paragraphs, roles(paragraphs), strict=True):
        if role == "title":
            parts.append((paragraph.line, paragraph.text, []))
        elif parts:
            parts[-1][2].append(paragraph.text)
        else:
            parts.append((paragraph.line, "", [paragraph.text]))
    return [(line, title, join(texts)) for line, title, texts in parts]


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and prose_score(text) < 1.5 and not NOT_A_TITLE.match(text) and bool(re.search(r"[^\W\d_]", text))


def _is_prose(text: str) -> bool:
    text = MATHS.sub("", text)
    words = text.split()
    return (
        len(words) >= FEWEST_WORDS
        and len(text) <= LONGEST_ABSTRACT
        and sum(bool(WORD.fullmatch(w) or NUMBER.fullmatch(w)) for w in words) >= 0.7 * len(words)
        and len(CODE.findall(text)) <= 0.12 * len(words)
        and len(COMMON_WORD.findall(text)) >= 0.1 * len(words)
        and any(SENTENCE_END.search(w) for w in words[FEWEST_WORDS - 1 :])
    )
