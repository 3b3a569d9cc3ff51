"""Abbreviations and what they stand for: `Vision Transformers (ViTs)`, `EMA (exponential moving average)`.

The algorithm is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (Pacific Symposium on Biocomputing 2003): the characters of the short form are looked for in the words
before the bracket, from right to left, the first one at the beginning of a word. To suit machine-learning names a plural
s and a version may be left over (`ViTs`, `YOLOv2`), a digit may stand for a word (`T2I`, text-to-image), and where the
initials of the words spell the short form they decide. `find` is the algorithm, `kg_abbreviations` the component.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.sentences import split

Place = tuple[int, int]

SAID_BEFORE: tuple[str, ...] = (
    *("a.k.a.", "aka", "abbreviated as", "abbreviated", "also called", "called", "denoted as", "denoted by", "denoted", "dubbed"),
    *("hereafter", "i.e.,", "i.e.", "named", "namely", "or", "referred to as", "short for", "shortened to", "termed"),
)
"""What may stand before the short form in the brackets."""

STANDS_FOR = {
    "1": ("one", "first"),
    "2": ("to", "two", "second"),
    "3": ("three", "third"),
    "4": ("for", "four"),
    "x": ("cross", "ex"),
    "&": ("and",),
}
"""Beginnings of words that a character of a short form may stand for: `T2I`, text-to-image; `XAI`, explainable AI."""

SKIPPED = frozenset("a an and as at by for from in of on or the to via with".split())
"""Words whose initials a short form may pass over."""

HEADS = frozenset(
    "algorithm approach architecture benchmark challenge corpus dataset framework method model module network scheme strategy "
    "system task technique".split()
)
"""General nouns that may follow a long form without belonging to it: `label anchored contrastive learning approach (LaCon)`."""

NO_NAME = frozenset("are has have is it not our that these this was we were where which while".split())
"""Words that a long form does not contain."""

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_SHORT = re.compile(r"(?=[^\W_])(?=.*[^\W\d_])[\w.+*$^{}\\&/-]{2,14}(?: (?:[A-Za-z][\w+-]{0,15}|v?\d[\w.]{0,3}))?")
_INNER_END = re.compile(r"[,;:=]| i\.e\.|\s(?:or|and|in|for)\s")
_SHARED_WORD = re.compile(r"(\S+) ([^\W\d]{3,}s?)")  # the `loss` of `multi-similarity loss (MS loss)`
_INDEX = re.compile(r"([A-Z])_\{?([A-Z]+)\}?")
_VERSION = re.compile(r"(?<=[^\W\d_])[ -]?[vV]?\d[\w.]*$|[+*]+$")
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'`*]+\s?$")


def find(text: str, sentences: Iterable[Place]) -> list[tuple[Place, Place]]:
    """Pairs (long form, short form), each `[start, end)` of the text, in the order of the text.

    Only what stands together in one of `sentences` is paired. A short form that is defined twice gives two pairs.
    """
    return [pair for start, end in sentences for pair in _in_sentence(text, start, end)]


def _in_sentence(text: str, start: int, end: int) -> Iterator[tuple[Place, Place]]:
    for bracket in _BRACKETS.finditer(text, start, end):
        inner = bracket.start(1)
        found = None
        if (short := _short_form(bracket[1])) is not None:
            place = (inner + short[0], inner + short[1])
            found = _long_before(text, start, bracket.start(), text[slice(*place)])
            if found is not None:
                yield found, place
        if found is None:
            yield from _long_inside(text, start, bracket)


def _short_form(inner: str) -> Place | None:
    """Where the short form stands in the text of a bracket, or None: `ViT, for short` -> `ViT`."""
    begin = len(inner) - len(inner.lstrip(" \"“‘'`*"))
    for said in SAID_BEFORE:
        if inner.startswith(f"{said} ", begin):
            begin += len(said) + 1
            break
    rest = inner[begin:]
    cut = _INNER_END.search(rest)
    bare = rest[: cut.start() if cut else None].strip(" \"”’'`*.“‘")
    if not bare or not _SHORT.fullmatch(bare) or (bare.islower() and not bare.isalpha()):
        return None
    begin += rest.index(bare)
    return begin, begin + len(bare)


def _long_before(text: str, start: int, bracket: int, short: str) -> Place | None:
    end = len(text[start:bracket].rstrip(" ~\"”’'`*“‘\n")) + start
    if shared := _SHARED_WORD.fullmatch(short):
        before = end - len(shared[2])
        if text[before:end].casefold() == shared[2].casefold():
            place = _long_before(text, start, before, shared[1])
            return (place[0], end) if place and place[1] + 1 == before else None
        if shared[2].islower():
            return None
    for form in _spellings(short):
        begin = _window(text, start, end, min(len(form) + 5, 2 * len(form)))
        words = text[begin:end]
        shorter = _without_head(words)
        for candidate, align in ((shorter, _initials), (words, _initials), (words, _schwartz_hearst)):
            if align is _schwartz_hearst and short.islower():
                continue
            if (found := align(candidate, form)) is None:
                continue
            first, last = found
            if len(shorter) > last:
                candidate = shorter
            first = _whole_compound(candidate, first)
            if _is_long(candidate[first:], short):
                return begin + first, begin + len(candidate)
    return None


def _long_inside(text: str, start: int, bracket: re.Match[str]) -> Iterator[tuple[Place, Place]]:
    """`EMA (exponential moving average)`: the word before the bracket abbreviates all that is in it."""
    before = _LAST_WORD.search(text[max(start, bracket.start() - 30) : bracket.start()])
    if before is None or not re.search(r"\S[ -]\S", bracket[1]):
        return
    short = before[0].rstrip()
    place = (bracket.start() - len(before[0]), bracket.start() - len(before[0]) + len(short))
    inner = bracket[1]
    begin = len(inner) - len(re.sub(r"^\s*(?:i\.e\.,?\s|(?:short )?for\s|an?\s|the\s)?", "", inner))
    long = inner[begin:].rstrip(" .")
    if not _SHORT.fullmatch(short) or sum(c.isupper() for c in short) < 2 or len(_WORD.findall(long)) > len(short) + 3:
        return
    found = [f for form in _spellings(short) for align in (_initials, _schwartz_hearst) if (f := align(long, form)) and f[0] == 0]
    if found and _is_long(long, short):
        yield (bracket.start(1) + begin, bracket.start(1) + begin + len(long)), place


def _spellings(short: str) -> list[str]:
    """The short form as it stands, then without what a long form need not spell: plural s, version, TeX."""
    forms = []
    if len(short) > 2 and short.endswith("s") and short[-2].isupper():
        forms.append(short[:-1])
    forms.append(short)
    forms.append(re.sub(r"([^\W\d_])\^?([23])", lambda m: m[1] * int(m[2]), forms[0]))  # `M2H2`, `S3Conv`
    forms.append(_INDEX.sub(r"\2\1", forms[0]))  # `L_{EC}`, event-contrastive loss
    forms.append(_VERSION.sub("", forms[0]))
    return [letters for form in dict.fromkeys(forms) if len(letters := re.sub(r"\\[a-z]+|[^\w&]|_", "", form)) > 1]


def _window(text: str, start: int, end: int, words: int) -> int:
    """Where the last so many words before `end` begin."""
    begins = [m.start() for m in re.compile(r"\S+").finditer(text, max(start, end - 40 * words), end)]
    return begins[-words] if len(begins) > words else begins[0] if begins else end


def _without_head(words: str) -> str:
    """The words without a general noun at their end."""
    last = re.search(r"\s(\w+)$", words)
    return words[: last.start()] if last and last[1].casefold().rstrip("s") in HEADS else words


def _whole_compound(words: str, at: int) -> int:
    """`at`, or the beginning of the compound around it where that has the same letter: `multi-modal` for `modal`."""
    run = re.search(r"[\w-]*-$", words[:at])
    return run.start() if run and run[0] and words[run.start()].casefold() == words[at].casefold() else at


def _initials(words: str, short: str) -> Place | None:
    """Where the first and the last letter of `short` stand in the words that it stands for, the last of `words` among them.

    Each character of the short form begins a word, and only small words are passed over.
    """
    begins = [(m.start(), m[0].casefold()) for m in re.finditer(r"[^\W_]+", words)]
    at = last = len(begins)
    for char in reversed(short.casefold()):
        at -= 1
        while at >= 0 and not _begins(begins[at][1], char):
            if begins[at][1] not in SKIPPED or last == len(begins):
                return None
            at -= 1
        if at < 0:
            return None
        last = min(last, at) if last == len(begins) else last
    return begins[at][0], begins[last][0]


def _begins(word: str, char: str) -> bool:
    return word.startswith((char, *STANDS_FOR.get(char, ())))


def _schwartz_hearst(words: str, short: str) -> Place | None:
    """As `_initials`, by the published algorithm: each character anywhere, from right to left, the first at a word's beginning."""
    folded = words.lower() if len(words.lower()) == len(words) else words
    at, last = len(words), -1
    for i in range(len(short) - 1, -1, -1):
        at -= 1
        while at >= 0 and not (_stands(folded, at, short[i].lower()) and (i > 0 or at == 0 or not folded[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        last = max(last, at)
    return at, last


def _stands(folded: str, at: int, char: str) -> bool:
    begins = at == 0 or not folded[at - 1].isalnum()
    return folded[at] == char or (begins and folded.startswith(STANDS_FOR.get(char, ()), at))


def _is_long(long: str, short: str) -> bool:
    """Whether the long form is one: longer than the short form, of more than it alone, and not a part of a sentence."""
    if len(long) <= len(short) or any(c in long for c in "()[];?!%") or ". " in long:
        return False
    parts = {m.casefold() for m in re.findall(r"[^\W_]+", long)}
    return not parts & {short.casefold(), short.rstrip("s").casefold()} and not parts & NO_NAME


class KgAbbreviations:
    """Sets `doc._.abbreviations`: what `find` finds, as pairs ((start, end), (start, end)) of long and short form.

    Offsets count code points of `doc.text`; they are numbers rather than Spans so that a Doc can be saved or sent to
    another process. Sentences are those of the Doc where it has them, else those of `kg.nlp.sentences.split`.
    """

    def __init__(self) -> None:
        if not Doc.has_extension("abbreviations"):
            Doc.set_extension("abbreviations", default=[])

    def __call__(self, doc: Doc) -> Doc:
        known = doc.has_annotation("SENT_START")
        sentences = [(s.start_char, s.end_char) for s in doc.sents] if known else split(doc.text)
        doc._.abbreviations = find(doc.text, sentences)
        return doc


@Language.factory("kg_abbreviations", assigns=["doc._.abbreviations"])
def create_abbreviations(nlp: Language, name: str) -> KgAbbreviations:
    """The component, for `nlp.add_pipe("kg_abbreviations")`."""
    return KgAbbreviations()
