"""Papers made up at random, and written out in every form that `kg.sources` reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st

from kg.paper import Paper, title_key
from kg.sources import Problem

Read = Callable[[str | bytes], tuple[list[Paper], list[Problem]]]
"""What the fixture `read_text` is."""

NAMES = ("Larch", "eP-Wren", "MossNet", "Q2-Former", "3D-Heron", "$K^2$Net", "SubscribeNet", "ViT-X/16", "Über-T", "Новая")
TOPICS = ("Image Segmentation", "speech recognition", "Graph Learning", "retrieval with few labels", "Point Clouds", "Dialogue")
TITLES = (
    "{name}: a new look at {topic}",
    "{topic} with {name}",
    "Is {name} all you need for {topic}?",
    "{name}",
    "A Survey of {topic}",
    "{topic} without {name} or ....",
    "{name}, {topic} and the rest! What now?",
)
SENTENCES = (
    "We propose {name}, which is trained on {n} images and needs no labels.",
    "It outperforms {other} by {n}.4% on Roads, e.g. at {n} FLOPs (cf. Tab. 2).",
    "However, {topic} has remained hard for models such as {other} and {name}.",
    "In this work we show that {other} et al. are slower than ours by a factor of {n}.5 in our tests.",
    "Accuracy is {n}.3\\% on the first set and {n}.1\\% on the second, while memory is halved!",
    "Can {topic} be solved by {other} alone?",
)
ENDINGS = ("", " Code is available at https://example.org/{name}", " The project page is at https://example.org.")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADING_SPACED = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nApr 21\n\n"
)
HEADING_COMPACT = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A title and an abstract of two to seven sentences, as papers have them."""

    random = Random(draw(st.integers(0, 2**16)))  # one draw a text: drawing is slow

    def fill(template: str) -> str:
        name, other, topic = random.choice(NAMES), random.choice(NAMES), random.choice(TOPICS)
        return template.format(name=name, other=other, topic=topic, n=random.randint(1, 99))

    title = fill(draw(st.sampled_from(TITLES)))
    sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=7))
    return title, (" ".join(map(fill, sentences)) + fill(draw(st.sampled_from(ENDINGS)))).strip()


def paper(title: str, abstract: str, day: tuple[int, int, int] | None = None, author_count: int | None = None) -> Paper:
    """A paper as a reader of text gives it, without its source."""
    date = "{:04}-{:02}-{:02}".format(*day) if day else None
    return Paper(title_key(title), title, abstract, date=date, year=day[0] if day else None, author_count=author_count)


days = st.tuples(st.integers(1995, 2030), st.integers(1, 12), st.integers(1, 28))
plain_papers = st.lists(texts().map(lambda t: paper(*t)), min_size=1, max_size=5)
noted_papers = st.lists(
    st.builds(lambda t, day, n: paper(*t, day=day, author_count=n), texts(), st.none() | days, st.integers(1, 2500)), min_size=1, max_size=5
)


def as_spaced_page(papers: Sequence[Paper], votes: Sequence[int | None] = ()) -> str:
    """The layout with blank lines; under a paper its number of authors and its date, if it has them."""
    parts = []
    for i, p in enumerate(papers):
        parts += [p.title, p.abstract]
        if p.author_count is not None:
            vote = votes[i % len(votes)] if votes else None
            parts.append(f"  • {p.author_count} authors\n·\n{_day(p)}{'' if vote is None else f' {vote}'}")
    return HEADING_SPACED + "\n\n".join(parts)


def _day(p: Paper) -> str:
    if p.date is None:
        return "Jan 29"
    year, month, day = map(int, p.date.split("-"))
    return f"{MONTHS[month - 1]} {day}, {year}"


def as_compact_page(papers: Sequence[Paper]) -> str:
    """The layout without blank lines, its button glued to the first title."""
    return HEADING_COMPACT + "\n".join(f"{p.title}\n{p.abstract}" for p in papers)


def as_jsonl(papers: Sequence[Paper]) -> str:
    return "".join(json.dumps(p.to_dict()) + "\n" for p in papers)


def as_plain(papers: Sequence[Paper]) -> str:
    return "\n\n".join(f"{p.title}\n{p.abstract}" for p in papers) + "\n"
