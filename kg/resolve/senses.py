"""What a name means in which paper: senses of names, told apart by the long forms that papers give and by who introduces the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.record import Record
from kg.resolve.abbreviations import abbreviates, signatures
from kg.resolve.families import bases
from kg.resolve.names import clean, listed, normal, spells_out, synonym_names, unmarked
from kg.resolve.node import NAMED, things

PREVAILS = 3
"""How many times as many papers as any other must give a meaning for it to be what papers mean that give none."""
RARE = 4
"""In how many papers at most a name is rare: one that two of them share says that they speak of one thing."""
COINED = 3
"""A name is its introducers' alone if they are at least one in so many of the papers that speak of it."""


_LISTED = ""
"""Stands for the long forms that the tables list; sorts before all texts."""


class Sense(NamedTuple):
    """A normal form in one of its meanings: `""` the main or only one, `@` and a paper's id that paper's alone, else a long form."""

    form: str
    meaning: str = ""


@dataclass(slots=True)
class Meaning:
    """One long form of an abbreviation, in its spellings: which papers give it, its normal forms, how often each text."""

    papers: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    texts: Counter[str] = field(default_factory=Counter)

    def add(self, other: Meaning) -> None:
        """Take in what is known of another spelling."""
        self.papers |= other.papers
        self.forms |= other.forms
        self.texts.update(other.texts)


@dataclass(slots=True)
class Use:
    """How a name is used: by how many papers, which of them introduce it, and which long forms papers give it, each by its text."""

    papers: int = 0
    introduced_by: set[str] = field(default_factory=set)
    meanings: dict[str, Meaning] = field(default_factory=lambda: defaultdict(Meaning))


class Uses:
    """How the names of each type are used in all records, counted in one pass and in any order."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Use]] = {type: defaultdict(Use) for type in NAMED}

    def read(self, record: Record) -> None:
        """Count one paper's names."""
        seen: set[tuple[str, str]] = set()
        paper = record.paper.id
        older = _older(record)
        for type, name, texts in things(record):
            if type not in NAMED:
                continue
            uses, form = self.of[type], normal(name, type)
            if (type, form) not in seen:
                uses[form].papers += 1
                seen.add((type, form))
            if name in record.proposes and (type, form) not in older:
                uses[form].introduced_by.add(paper)
            called = unmarked(name, type)
            for text in sorted(texts - {called}):
                other = normal(text, type)
                if other == form:
                    continue
                for short, long, short_form, long_form in ((called, text, form, other), (text, called, other, form)):
                    if abbreviates(short, long):
                        meaning = uses[short_form].meanings[clean(long).casefold()]
                        meaning.papers.add(paper)
                        if spells_out(long, type):
                            meaning.forms.add(long_form)
                        meaning.texts[clean(long)] += 1

    def company(self, records: Iterable[Record]) -> dict[str, set[str]]:
        """For papers that introduce a name that others introduce too: the normal forms of the rare Models and Tasks they speak of."""
        shared = [use.introduced_by for uses in self.of.values() for use in uses.values() if len(use.introduced_by) > 1]
        found: dict[str, set[str]] = {paper: set() for papers in shared for paper in papers}
        for record in records:
            if (rare := found.get(record.paper.id)) is not None:
                forms = [(type, normal(name, type)) for type, name, _ in things(record) if type in ("Model", "Task")]
                rare.update(form for type, form in forms if self.of[type][form].papers <= RARE)
        return found


def _older(record: Record) -> set[tuple[str, str]]:
    """What a paper cannot introduce: what it says it builds on, and what a thing that it introduces is a variant of."""
    builds_on = {*record.builds_on, *(s.name for s in record.support if s.kind == "builds_on")}
    found = {("Model", normal(name, "Model")) for name in builds_on}
    for type in ("Model", "Dataset"):
        found |= {(type, normal(base, type)) for name in record.proposes for base in bases(name, type)}
    return found


@dataclass(slots=True)
class Senses:
    """The outcome for one type: which sense a paper means by a form where not the main one, and which senses are one thing."""

    special: dict[tuple[str, str], str] = field(default_factory=dict)
    long_form: dict[Sense, str] = field(default_factory=dict)
    _parent: dict[Sense, Sense] = field(default_factory=dict)

    def of(self, paper_id: str, form: str, name: str) -> Sense:
        """What a paper means by a name of a normal form; a name that a meaning does not spell out has the main one."""
        sense = Sense(form, self.special.get((paper_id, form), ""))
        long = self.long_form.get(sense)
        return sense if long is None or abbreviates(name, long) else Sense(form)

    def thing(self, sense: Sense) -> Sense:
        """The sense that stands for all that mean the same."""
        while sense in self._parent:
            sense = self._parent[sense]
        return sense

    def join(self, a: Sense, b: Sense) -> None:
        """Say that two senses are one thing."""
        a, b = sorted((self.thing(a), self.thing(b)))
        if a != b:
            self._parent[b] = a


def senses(uses: dict[str, Use], type: str, company: Mapping[str, set[str]]) -> Senses:
    """Tell the senses of one type's names apart and join abbreviations with their long forms.

    A meaning that prevails among the papers that give one is the main one, and what papers mean that give none. A form that
    the tables list has its listed meaning as the main one. Papers that introduce a name without a long form mean their own thing
    by it where introducers are many among those who speak of it; but those that also share a rare name, which `company` gives
    by paper, mean the same.
    """
    found = Senses()
    for form in sorted(uses):
        use = uses[form]
        meanings = _grouped(use.meanings, synonym_names(type).get(form, ()))
        ordered = sorted(meanings, key=lambda s: (-len(meanings[s].papers), s))
        main = _LISTED if form in listed(type) else _prevailing([len(meanings[s].papers) for s in ordered], ordered)
        for text in ordered:
            meaning = meanings[text]
            sense = Sense(form, "" if text == main else text)
            if sense.meaning:
                found.long_form[sense] = min(meaning.texts, key=lambda t: (-meaning.texts[t], t))
                for paper in meaning.papers:
                    found.special[paper, form] = text
            for long in sorted(meaning.forms):
                found.join(sense, Sense(long))
        if form not in listed(type):
            _coinages(form, use, meanings, company, found)
    return found


def _grouped(meanings: dict[str, Meaning], listed_names: Iterable[str]) -> dict[str, Meaning]:
    """Long forms that mean the same as one Meaning, under the least of their texts, or `_LISTED` where the tables list it.

    They mean the same where a signature is another's or begins it, where they have one normal form, and where one paper gives both.
    """
    group: dict[str, str] = {}

    def top(item: str) -> str:
        while item in group:
            item = group[item]
        return item

    def join(a: str, b: str) -> None:
        a, b = sorted((top(a), top(b)))
        if a != b:
            group[b] = a

    signed: dict[str, str] = {}
    signs = {text: signatures(text) for text in meanings}
    for name in listed_names:
        for sign in signatures(name):
            signed[sign] = _LISTED
    for text in sorted(signs):
        for sign in signs[text]:
            join(text, signed.setdefault(sign, text))
        for paper in meanings[text].papers:
            join(text, signed.setdefault(f"@{paper}", text))
        for form in meanings[text].forms:
            join(text, signed.setdefault(f"={form}", text))
    for text in sorted(signs):
        for sign in signs[text]:
            words = sign.split()
            for length in range(2, len(words)):
                if (shorter := signed.get(" ".join(words[:length]))) is not None:
                    join(text, shorter)
    together: dict[str, Meaning] = defaultdict(Meaning)
    for text in sorted(meanings):
        together[top(text)].add(meanings[text])
    return together


def _prevailing(counts: list[int], ordered: list[str]) -> str | None:
    if len(counts) == 1 or (counts and counts[0] >= max(2, PREVAILS * counts[1])):
        return ordered[0]
    return None


def _coinages(form: str, use: Use, meanings: dict[str, Meaning], company: Mapping[str, set[str]], found: Senses) -> None:
    """Give papers that introduce a much introduced name without a long form, and share no rare one, a sense of their own each."""
    explained = {paper for meaning in meanings.values() for paper in meaning.papers}
    first_with: dict[str, str] = {}
    leader: dict[str, str] = {}
    for paper in sorted(use.introduced_by - explained):
        rare = sorted(company.get(paper, set()) - {form})
        leader[paper] = min((leader[first_with[name]] for name in rare if name in first_with), default=paper)
        for name in rare:
            first_with.setdefault(name, paper)
    kinds = len(set(leader.values())) + sum(1 for m in meanings.values() if m.papers & use.introduced_by)
    if kinds >= 2 and COINED * kinds >= use.papers:
        for paper, first in leader.items():
            found.special[paper, form] = f"@{first}"
