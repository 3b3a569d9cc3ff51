"""Figures that a claim may carry: `2.2%`, `83.3\\%`, `+2.6`, `4.25x`, `26 ms`, `1.3M`, `half`, `two orders of magnitude`.

`find` proposes; which figure belongs to which claim is for a model to say. So it rather finds one too many, and leaves
out only numbers that are plainly part of something else: a name (`ResNet-50`, `ViT-B/16`, `top-1`, `3D`), a year, a
reference (`[12]`, `Table 3`), a list mark (`(1)`), a size (`224 x 224`), an address. A unit of measurement (`ms`, `dB`,
`FPS`, `%`, `times`) belongs to the figure; the name of a metric (`5.4 mIoU`, `3.2 BLEU points`) does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["percent", "factor", "number", "measure", "word"]


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A figure in place: code points `[start, end)` of the text searched.

    `kind` is `percent` (a share, or percentage points), `factor` (`4x`, `three times`), `measure` (a unit of measurement
    follows), `word` (`half`, `an order of magnitude`, `O(n^2)`) or `number`.
    """

    start: int
    end: int
    text: str
    kind: Kind


UNITS: tuple[tuple[Kind, str, str], ...] = (
    # kind, what follows the number (a regular expression), an example of a whole figure
    ("percent", r"\s?(?:absolute )?percent(?:age)?(?:[ -]points?)?(?!\w)", "8 percentage points"),
    ("percent", r"\s?(?:\\,\s?)?\{?\\?%\}?(?:[ -]?points?(?!\w)|p(?!\w))?", r"83.3\%"),
    ("percent", r"\s?pp(?!\w)", "6.90 pp"),
    ("factor", r"\$\{?\\(?:times|texttimes)\}?\$(?!\s?\d)", r"35$\times$"),
    ("factor", r"\s?\{?\\(?:times|texttimes)(?![a-zA-Z])\}?(?!\$?\s?\d)", r"5\times"),
    ("factor", r"\$ imes\$(?!\s?\d)", "2.42$ imes$"),  # what is left of \times where "\t" was read as a tab
    ("factor", r"[xX](?![a-z0-9_]|-[a-z]|\s\d)|\s[xX](?!\w|-[a-z]|\s\d)", "4.25x"),
    ("factor", r"\s?×(?!\s?\d)", "4 ×"),
    ("factor", r"[\s-]?times(?!\w)", "4.25 times"),
    ("factor", r"[\s-]?folds?(?!\w)", "2-fold"),
    ("measure", r"\s?(?:nano|micro|milli)?(?:seconds?|secs?)(?!\w)", "10 microseconds"),
    ("measure", r"\s?(?:[nmuµμ]?s|msec)(?!\w)", "26 ms"),
    ("measure", r"[\s-]?(?:[CGT]PU[ -]|node[ -])?(?:minutes?|mins?|hours?|hrs?|days?|weeks?)(?!\w)", "200 GPU-hours"),
    ("measure", r"\s?dB(?!\w)", "0.28 dB"),
    ("measure", r"\s?[KMGTkmg]i?[Bb](?!\w)|\s?(?:kilo|mega|giga|tera)bytes?(?!\w)", "4.14MB"),
    ("measure", r"\s?(?:FPS|fps)(?!\w)|\s?[Ff]rames?(?: per |/| / )s(?:ec(?:ond)?)?(?!\w)", "28 frames per second"),
    ("measure", r"\s?(?:[kKMG]?Hz|br?pm)(?!\w)", "1000 Hz"),
    ("measure", r"\s?[KMGTP](?:FLOPS?|FLOPs|flops?|MACs?|MAdds?|OPS|OPs)(?!\w)", "2.4 GFLOPs"),
    ("measure", r"\s?(?:[mk]?Wh?|[mk]?J)(?!\w)", "2.6W"),
    ("measure", r"\s?(?:[cmkµμ]m|meters?|metres?|(?:centi|milli|kilo)met(?:er|re)s?)(?!\w)|\sm(?!\w)", "0.39 meters"),
    ("measure", r"\s?(?:°C?|\^?\{?\\?circ\}?(?!\w)|deg(?:rees?)?(?!\w))", "2 degrees"),
    ("measure", r"\s?(?:m?N(?:/mm)?|mT|m[VA])(?!\w)", "0.23 N/mm"),
    ("measure", r"\s?(?:nats?|bits?)/(?:dim|pixel|token|char)(?!\w)|\s?bp[pd](?!\w)", "0.42 nats/pixel"),
)
"""Units that belong to the figure. What is not here (`points`, `mAP`, `BLEU`, `parameters`) stays outside it."""

NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|hundred|thousand"

WORDS: tuple[tuple[Kind, str, str], ...] = (
    # kind, a figure in words (a regular expression, `NUMBER` stands for the number words), an example
    ("word", r"(?:(?:an?|several|many|multiple|NUMBER|\d+(?:[-–]\d+)?)[ -])?orders?[ -]of[ -]magnitudes?", "two orders of magnitude"),
    ("factor", r"(?:NUMBER)(?:(?: to | or |-)(?:NUMBER))?(?:[ -]times|[ -]?folds?)", "three to six times"),
    ("measure", r"(?:NUMBER)[ -](?:[CGT]PU[ -])?(?:seconds?|minutes?|hours?|days?|weeks?)", "one GPU hour"),
    ("percent", r"(?:NUMBER)[ -]percent", "ten percent"),
    ("number", r"(?:NUMBER)[ -](?:million|billion|trillion)", "two billion"),
    ("word", r"half(?![ -](?:precision|space|plane|life|way|quadratic|a[ -]century))|halv(?:es?|ed|ing)", "half"),
    ("word", r"(?:an?|one|two|three)[ -](?:third|quarter|fourth|fifth|tenth)s?", "a quarter"),
    ("word", r"twice|thrice|doubl(?:es|ed|ing)|tripl(?:es|ed|ing)|double(?= (?:the|that|of)\b)", "doubling"),
    ("word", r"(?:dozens of|tens of|hundreds of|several|multiple|a few) (?:milli)?(?:seconds|minutes|hours|days)", "dozens of seconds"),
    (
        "word",
        r"(?:nearly-|near-)?(?:linear|quadratic|cubic|exponential|logarithmic)(?= (?:\w+ )?(?:time|complexity|cost|speed-?ups?)\b)",
        "linear",
    ),
    ("word", r"1/\d+(?:rd|th)?|\d/\d+(?:rds|ths)|2/3|3/4", "1/5th"),
)
"""Figures in words, and fractions."""

_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,2} \d{3}(?![\d.,])|0,\d+|\d+,\d{1,2}(?=\s?\\?%)|\d+:\d(?=\s?\\?%)|\d+(?:\.\d+)?|\.\d+)"
)
_FONT = r"\{?\\(?:mathbf|textbf|mathit|mathrm|text|textit|emph|boldsymbol|bm|bf)\s?\{?"
_POWER = r"\s?(?:\\times|×|\\cdot)\s?10\s?\^\s?\{?-?\d+\}?|\^\{?-?\d+\}?"
_SIZE = r"\s?[MGBK](?!\w)|[kTm](?!\w|/s\b)|[ -]?(?:thousand|million|billion|trillion)(?!\w)"
_SPREAD = rf"\s?(?:±|\$?\\pm\$?|\+/?-|pm|Â±)\s?{_DIGITS}(?:\s?\\?%)?"
_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern, _) in enumerate(UNITS))
_ATOM = re.compile(
    r"(?:(?<![A-Za-z0-9_])|(?<=\bsim)|(?<=\dsim))(?<!\d[.,:])(?<!\d,\s\d\d\d[.,])"
    r"(?P<about>(?<![-\d%xX×}$])(?<![\d%xX×}$] )[~∼≈<>≤≥]\s?|\\sim\s?)?"
    r"(?P<sign>\+|(?<![\w)\]}%$*])[-−–])?"
    rf"(?P<font>{_FONT})?{_DIGITS}(?:{_POWER})?(?(font)\}}?)(?P<size>{_SIZE})?(?:\+(?=\s?\\?%|\s?x\b|\stimes))?(?P<spread>{_SPREAD})?"
    rf"(?P<unit>{_UNIT})?(?:(?<=%){_SPREAD})?"
)
_IN_WORDS = re.compile(
    r"(?<![\w{^-])(?:" + "|".join(f"(?P<w{i}>{p.replace('NUMBER', NUMBER_WORDS)})" for i, (_, p, _) in enumerate(WORDS)) + r")(?![\w])",
    re.IGNORECASE,
)
_NESTED = r"\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\)){1,60}\)"
_GROWTH = re.compile(
    rf"(?P<d>\$)?(?:\\(?:wide)?[tT]ilde\s?\{{)?(?:\\mathcal\s?\{{?O\}}?|\\(?:Omega|Theta)(?![a-z])|(?<![\w\\])[OΩΘ]\*?)\}}?\s?{_NESTED}(?(d)\$)"
)

_DASH = re.compile(r"\s?(?:--?-?|[–—−~∼～]|\$?\\?sim\$?)\s?")
_TO = re.compile(r"\sto\s")
_BEFORE_AND_AFTER = re.compile(
    r"(?:\b(?:from|between)\b[^\d]{0,45}|[(/]\$?|e\.g\.,? ?|\bfrom [^\s\d]{0,3}\d\S* to [^\s\d]{0,3}\d\S*.*\b(?:and|,)\s.*)$", re.IGNORECASE
)
_RANGING = re.compile(r"\b(?:rang|vary)\w*\s+from\b[^\d]{0,20}$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\b(?:tables?|fig(?:ure)?s?\.?|sec(?:tion)?s?\.?|eqs?\.?|equations?|chapters?|appendix|task|track|step|phase|theorems?|lemmas?|version|round)"
    r"\s|\[|\]\[|@\s?|[\^_]\{?-?|\b[a-zA-Z]\s?=\s?|[\[(]\d+,\s?|(?<!\w)§\s?)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19[5-9]\d|20[0-3]\d)")
_GRID_AFTER = re.compile(r"\s?(?:[x×*]|\$?\s?\\times\s?\$?|\$ imes\$?)\s?\$?\d")
_GRID_BEFORE = re.compile(r"\d\s?\$?(?:[x×*]|\s?\\times\s?\$?|\s?\$? imes\$?)\s?\$?$")
_ADDRESS = re.compile(r"(?:https?://|www\.|arxiv\.org|doi\.org|github\.com)\S+", re.IGNORECASE)


def find(text: str) -> list[Quantity]:
    """The figures of a text that a claim may carry, in order and without overlap.

    A range is one figure (`2-3%`, `1.3%-2.1%`, `4 to 8 times`, `between 0.5% and 2.7%`), but `from 80% to 85%` is two: a
    value before and one after. Signs, `~`, `<` and `>` that are glued to a number belong to it; TeX dollars around it do not.
    """
    whole = [Quantity(m.start(), m.end(), m[0], "word") for m in _GROWTH.finditer(text)]
    taken = [(q.start, q.end) for q in whole] + [m.span() for m in _ADDRESS.finditer(text)]
    words = [
        Quantity(m.start(), m.end(), m[0], WORDS[int((m.lastgroup or "w0")[1:])][0]) for m in _IN_WORDS.finditer(text) if _free(m, taken)
    ]
    taken += [(q.start, q.end) for q in words]
    atoms = [m for m in _ATOM.finditer(text) if _free(m, taken)]
    return sorted([*whole, *words, *_joined(text, atoms)])


def _free(found: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return not any(s < found.end() and found.start() < e for s, e in taken)


def _joined(text: str, atoms: list[re.Match[str]]) -> Iterator[Quantity]:
    """Single figures, or two with a range's mark between them; those that are part of a name are left out."""
    i, before, named = 0, 0, False
    while i < len(atoms):
        first = last = atoms[i]
        start = first.start()
        if i + 1 < len(atoms) and (prefix := _range(text, first, atoms[i + 1])) is not None:
            last = atoms[i + 1]
            start -= prefix
            i += 1
        i += 1
        glued = named and start == before + 1 and text[before] in "-–/"  # `400/600` of `Kinetics-400/600`
        named = glued or _part_of_something(text, first, last, before)
        if not named:
            yield Quantity(start, last.end(), text[start : last.end()], _kind(last) or _kind(first) or "number")
        before = last.end()


def _kind(atom: re.Match[str]) -> Kind | None:
    return next((kind for n, (kind, _, _) in enumerate(UNITS) if atom[f"u{n}"]), None) if atom["unit"] else None


def _range(text: str, first: re.Match[str], last: re.Match[str]) -> int | None:
    """None where the two figures make no range, else how many characters before the first belong to it (`between `)."""
    gap = text[first.end() : last.start()]
    if _kind(first) not in (None, _kind(last)) or len(gap) > 9:
        return None
    if text.endswith("between ", 0, first.start()) and gap in (" and ", " to "):
        return len("between ") if gap == " and " else 0
    if _DASH.fullmatch(gap):
        return None if _GRID_BEFORE.search(text[max(0, first.start() - 16) : first.start()]) else 0
    if gap == " " and _kind(last) and _kind(last) == (_kind(first) or "factor") and not text.startswith(" and ", last.end()):
        return 0  # the dash was lost: `26% 41%`, `2 6 times`
    if _TO.fullmatch(gap):
        ahead = text[max(0, first.start() - 80) : first.start()]
        if _RANGING.search(ahead):
            return 0
        return None if _BEFORE_AND_AFTER.search(ahead) else 0
    return None


def _part_of_something(text: str, first: re.Match[str], last: re.Match[str], before: int) -> bool:
    start, end = first.start(), last.end()
    bare = not (last["unit"] or last["size"] or first["sign"] or last["spread"])
    previous, following = text[max(0, start - 2) : start], text[end : end + 2]
    if following[:1].isalnum() and not (len(following) == 2 and following.isalpha() and "." in last[0]):  # `2D`, but `49.2AP`
        return True
    if previous[-1:] in ("-", "–", "/") and previous[:1].isalnum() and start - 1 != before and _kind(last) != "percent":
        return True
    if (previous[-1:] == "(" and previous[:1].isalpha() and bare) or (previous[-1:] in ("'", "’") and len(last[0]) == 2):
        return True  # `SE(3)`, `ICCV'17`
    if previous[-1:] in ("^", "_") or previous in ("^{", "_{"):
        return True
    if not bare:
        return False
    digits = last[0].lstrip("~∼≈<>≤≥ ")
    if following[:1] in ("-", "_") and following[1:].isalpha():
        return True
    if first is last and _YEAR.fullmatch(digits):
        return True
    ahead = text[max(0, start - 60) : start]
    if following[:1] == ")" and len(digits) == 1 and (previous[-1:] == "(" or ahead.count("(") <= ahead.count(")")):
        return True
    ahead = ahead[-20:]
    return bool(_NUMBERED.search(ahead) or _GRID_BEFORE.search(ahead) or _GRID_AFTER.match(text, end))
