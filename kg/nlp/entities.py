"""Mentions -> entities within one text: which surface forms name the same thing, and which of them labels it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.nlp.nodes import Span

HEADS = frozenset(
    """transformer network model dataset benchmark algorithm method framework architecture corpus challenge database loss
    module layer score task metric net""".split()
)
"""Nouns that a name may carry or leave: `Swin` is `Swin Transformer`, `GLUE` the `GLUE benchmark`."""


@dataclass(frozen=True, slots=True)
class Group:
    """An entity of one text: its label, its type and its mentions in order."""

    name: str
    type: str
    spans: tuple[Span, ...]


def form(text: str) -> str:
    """A surface form with case, hyphenation, TeX marks and plural s taken off."""
    text = re.sub(r"\\[a-z]+\{([^}]*)\}", r"\1", text)
    text = re.sub(r"[\\${}^]", "", text).casefold()
    text = re.sub(r"_(?=\d)", "", text)
    text = re.sub(r"[\s\-–—_/]+", " ", text).strip(" .,;:()[]\"'`“”‘’")
    return re.sub(r"(?<=[a-z]{2})s\b", "", text)


def group(text: str, mentions: Sequence[Span], abbreviations: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> list[Group]:
    """The entities of `text`, in order of first mention. `abbreviations` are pairs of places (long form, short form)."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(key: tuple[str, str]) -> tuple[str, str]:
        while parent[key] != key:
            key = parent[key]
        return key

    def join(a: tuple[str, str], b: tuple[str, str]) -> None:
        a, b = sorted((root(a), root(b)))
        parent[b] = a

    keys = {span: (span.type, form(text[span.start : span.end])) for span in mentions}
    for key in sorted(keys.values()):
        parent.setdefault(key, key)
    short_forms: set[tuple[str, str]] = set()
    for long, short in abbreviations:
        for full, brief in _abbreviated(mentions, long, short):
            join(keys[full], keys[brief])
            short_forms.add(keys[brief])
    for a, b in _same_but_for_heads(sorted(parent)):
        # `Dilated Attention (DA)` and `Dilated Attention Transformer (DAT)`: two short forms are two things.
        if not all(any(root(s) == root(k) for s in short_forms) for k in (a, b)):
            join(a, b)

    grouped: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in sorted(mentions):
        grouped[root(keys[span])].append(span)
    groups = [Group(_label(text, spans, keys, short_forms), spans[0].type, tuple(spans)) for spans in grouped.values()]
    return _distinct(sorted(groups, key=lambda g: g.spans[0]))


def _abbreviated(mentions: Sequence[Span], long: tuple[int, int], short: tuple[int, int]) -> list[tuple[Span, Span]]:
    """Mentions that stand where an abbreviation pair stands: the long one at least ends there."""
    shorts = [m for m in mentions if m.start < short[1] and m.end > short[0] and abs(m.end - m.start - (short[1] - short[0])) <= 2]
    longs = [m for m in mentions if m.start < long[1] and m.end > long[0] and abs(m.end - long[1]) <= 1]
    return [(a, b) for a in longs for b in shorts if a != b and a.type == b.type]


def _same_but_for_heads(keys: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of forms of one type that differ by a head noun at the end; a metric also where the short form ends just one longer one."""
    known = set(keys)
    pairs = []
    endings: Counter[tuple[str, str]] = Counter()
    longer: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, name in keys:
        words = name.split()
        for cut in range(1, len(words)):
            if all(w in HEADS for w in words[cut:]) and (kind, " ".join(words[:cut])) in known:
                pairs.append(((kind, name), (kind, " ".join(words[:cut]))))
            ending = (kind, " ".join(words[cut:]))
            if kind == "Metric" and ending in known:
                endings[ending] += 1
                longer[ending] = (kind, name)
    return pairs + [(a, longer[a]) for a, n in sorted(endings.items()) if n == 1]


def _label(text: str, spans: Sequence[Span], keys: dict[Span, tuple[str, str]], short_forms: set[tuple[str, str]]) -> str:
    """The short form where there is one, else for a metric or task the longest, else the most frequent form; singular."""
    forms = Counter(text[s.start : s.end] for s in spans)
    shorts = Counter(text[s.start : s.end] for s in spans if keys[s] in short_forms)
    if shorts:
        best = min(shorts, key=lambda f: (-shorts[f], len(f), f))
    elif spans[0].type == "Metric":
        best = min(forms, key=lambda f: (-len(form(f)), -forms[f], f))
    else:
        first = {text[s.start : s.end]: -k for k, s in reversed(list(enumerate(spans)))}
        # The title writes in capitals what the text does not: a form of the text counts first.
        best = min(forms, key=lambda f: (-forms[f], first[f], f))
    return singular(best, forms)


PLURAL_HEADS = re.compile(
    r"(?i)(?:transformer|network|model|machine|field|forest|tree|autoencoder|encoder|decoder|convolution|gan|process|field|net|adapter|agent|prompt|layer|module|flow|map|graph|baseline|method|task)s$"
)


def singular(name: str, seen: Iterable[str] = ()) -> str:
    """`CNNs` -> `CNN`, `Transformers` -> `Transformer`; a name that merely ends in s keeps it."""
    if not name.endswith("s") or name.endswith(("ss", "us", "is", "FLOPs", "MACs", "OPs")):
        return name
    if name[:-1] in seen or re.search(r"[A-Z0-9]s$", name) or PLURAL_HEADS.search(name):
        return name[:-1]
    # A word with a capital inside that ends in s is a plural acronym more often than a name: `ViTs`, `LSTMs`, `DeiTs`.
    return name[:-1] if re.fullmatch(r"[A-Z]\w*[A-Z]\w{0,2}s", name) else name


def _distinct(groups: list[Group]) -> list[Group]:
    """Names are keys in a record: the second of two equal ones gets the longest other form, or its type in brackets."""
    out: list[Group] = []
    taken: set[str] = {"THIS"}
    for g in groups:
        name = g.name
        if name in taken:
            name = f"{g.name} ({g.type.lower()})"
            count = 2
            while name in taken:
                name, count = f"{g.name} ({g.type.lower()} {count})", count + 1
        taken.add(name)
        out.append(Group(name, g.type, g.spans))
    return out
