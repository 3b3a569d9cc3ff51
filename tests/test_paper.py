"""When two papers are the same one, and what becomes of what each source says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.paper import Paper, identity, merge, strong_id, title_key

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TITLES = ("AlphaNet", "alphanet!", "Alpha-Net", "Beta: a model", "Gamma", "?!", "")
IDS = ("1", "2", "alphanet", "arXiv:2103.14030v2", "https://arxiv.org/abs/2103.14030", "10.1000/XYZ.7", "arxiv:2010.11929", "")
URLS = (None, "https://doi.org/10.1000/xyz.7", "https://arxiv.org/pdf/2010.11929v1.pdf", "https://example.org/a", "https://example.org/b")


def papers_of(
    titles: tuple[str, ...] = TITLES, ids: tuple[str, ...] = IDS, urls: tuple[str | None, ...] = URLS
) -> st.SearchStrategy[Paper]:
    return st.builds(
        Paper,
        id=st.sampled_from(ids),
        title=st.sampled_from(TITLES),
        abstract=st.sampled_from(("", "Short.", "Shorx.", "A longer abstract.")),
        url=st.sampled_from(urls),
        date=st.sampled_from((None, "2021", "2021-03", "2021-03-25", "2020-10-22")),
        authors=st.sampled_from(((), ("A. Author",), ("B. Writer",), ("A. Author", "B. Writer"))),
        author_count=st.sampled_from((None, 1, 8)),
        sources=st.sampled_from(((), ("a.txt",), ("b.txt",), ("a.txt", "c.txt"))),
    ).map(lambda p: replace(p, year=int(p.date[:4]) if p.date else None))


any_papers = st.lists(papers_of(), max_size=7)


@given(
    st.builds(
        Paper,
        id=text,
        title=text,
        abstract=text,
        url=st.none() | text,
        date=st.none() | text,
        year=st.none() | st.integers(),
        authors=st.lists(text).map(tuple),
        author_count=st.none() | st.integers(),
        sources=st.lists(text).map(tuple),
    )
)
def test_to_dict_and_back(paper: Paper) -> None:
    data = paper.to_dict()
    assert Paper.from_dict(data) == paper
    assert Paper.from_dict(json.loads(json.dumps(data))) == paper
    assert None not in data.values()
    assert [] not in data.values()


def test_fields_stand_in_the_order_of_the_schema() -> None:
    paper = Paper("i", "t", "a", "u", "2021", 2021, ("x",), 1, ("s",))
    assert list(paper.to_dict()) == ["id", "title", "abstract", "url", "date", "year", "authors", "author_count", "sources"]
    assert paper.text == "t\na"


def test_keys_of_no_meaning_are_ignored_and_missing_ones_raise() -> None:
    assert Paper.from_dict({"id": "i", "title": "t", "abstract": "a", "venue": "X"}) == Paper("i", "t", "a")
    with pytest.raises(KeyError):
        Paper.from_dict({"id": "i", "title": "t"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EdgeNeXt: A Model", "EDGENEXT  - a model."),
        ("ViT-B/16", "ViT B 16"),
        ("Ünder", "U\u0308nder"),
        ("ﬁne ²", "fine 2"),
        ("$BT^2$", "BT 2"),
    ],
)
def test_titles_that_are_the_same(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(("one", "other"), [("PVT v2", "PVT v3"), ("?", "!"), ("模型一", "模型二"), ("Über", "Uber"), ("", "A")])
def test_titles_that_are_not(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("arXiv:2103.14030v2", "arxiv:2103.14030"),
        ("arxiv.org/abs/2103.14030", "arxiv:2103.14030"),
        ("https://arxiv.org/pdf/2103.14030v1.pdf", "arxiv:2103.14030"),
        ("https://arxiv.org/html/2103.14030", "arxiv:2103.14030"),
        ("https://huggingface.co/papers/2103.14030", "arxiv:2103.14030"),
        ("https://doi.org/10.48550/arXiv.2103.14030", "arxiv:2103.14030"),
        ("2103.14030", "arxiv:2103.14030"),
        ("2103.14030v3", "arxiv:2103.14030"),
        ("http://arxiv.org/abs/cs/0703123v1", "arxiv:cs/0703123"),
        ("arxiv:math.GT/0703123", "arxiv:math.gt/0703123"),
        ("10.1000/XYZ.7", "doi:10.1000/xyz.7"),
        ("https://doi.org/10.1000/xyz(7)-a", "doi:10.1000/xyz(7)-a"),
        ("see doi:10.1000/xyz.", "doi:10.1000/xyz"),
        ("(10.1000/xyz)", "doi:10.1000/xyz"),
        ("2113.14030", None),  # there is no 13th month
        ("12103.14030", None),
        ("version 2103.14030", None),
        ("https://example.org/2103.14030", None),
        ("10.5 points", None),
        ("", None),
        (None, None),
    ],
)
def test_identifiers_as_people_write_them(given: str | None, expected: str | None) -> None:
    assert strong_id(given) == expected


def test_identity_is_the_identifier_else_the_title_else_the_id() -> None:
    assert identity(Paper("7", "AlphaNet", "", url="https://arxiv.org/abs/2103.14030")) == "arxiv:2103.14030"
    assert identity(Paper("7", "AlphaNet: Cracks", "")) == "alphanet-cracks"
    assert identity(Paper("7", "", "")) != identity(Paper("8", "", ""))
    assert identity(Paper("alphanet", "", "")) != identity(Paper("7", "AlphaNet", ""))


@given(any_papers, st.randoms())
def test_the_order_of_arrival_does_not_matter(papers: list[Paper], random: object) -> None:
    shuffled = papers.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merge(papers)


@given(any_papers)
def test_ids_differ_and_are_sorted_and_no_source_is_lost(papers: list[Paper]) -> None:
    merged = merge(papers)
    ids = [p.id for p in merged]
    assert ids == sorted(set(ids))
    assert {s for p in merged for s in p.sources} == {s for p in papers for s in p.sources}
    assert {p.title for p in merged} <= {p.title for p in papers}
    assert max((len(p.abstract) for p in merged), default=0) == max((len(p.abstract) for p in papers), default=0)
    assert len(merged) <= len({identity(p) for p in papers})


@given(any_papers)
def test_merging_again_changes_nothing(papers: list[Paper]) -> None:
    """Unless one identifier stands at two titles, of which one is then forgotten."""
    papers = [replace(p, title="Beta: a model") if strong_id(p.id, p.url) else p for p in papers]
    assert merge(merge(papers)) == merge(papers)


@settings(max_examples=200)
@given(*[st.lists(papers_of(ids=("7", "alphanet", "x", ""), urls=(None, "https://example.org/a")), max_size=5)] * 2)
def test_papers_may_be_merged_in_portions(some: list[Paper], more: list[Paper]) -> None:
    """Where no two papers share an id by chance, it does not matter which were merged before."""
    some, more = ([replace(p, id=f"{title_key(p.title)}-{p.id}") for p in part if title_key(p.title)] for part in (some, more))
    assert merge(merge(some) + more) == merge(some + more)


def test_the_longest_abstract_wins_then_the_first() -> None:
    short, b, a = (Paper("x", "AlphaNet", abstract, sources=(abstract,)) for abstract in ("Is.", "It is b.", "It is a."))
    for order in permutations((short, b, a)):
        (merged,) = merge(order)
        assert merged.abstract == "It is a."
        assert merged.sources == ("Is.", "It is a.", "It is b.")


def test_every_field_comes_from_the_source_that_says_most() -> None:
    listed = Paper("alphanet", "AlphaNet", "A long abstract.", sources=("page.txt",))
    dated = Paper("7", "Alphanet", "Short.", date="2021-03-25", year=2021, author_count=8, sources=("other.txt",))
    linked = Paper("8", "ALPHANET", "", url="https://arxiv.org/abs/2103.14030", date="2021", year=2021, authors=("A. Author",))
    for order in permutations((listed, dated, linked)):
        assert merge(order) == [
            Paper(
                "arxiv:2103.14030",
                "AlphaNet",
                "A long abstract.",
                "https://arxiv.org/abs/2103.14030",
                "2021-03-25",
                2021,
                ("A. Author",),
                8,
                ("other.txt", "page.txt"),
            )
        ]


def test_a_doi_and_an_arxiv_id_of_one_paper_are_the_same() -> None:
    both = Paper("10.1000/xyz", "AlphaNet", "", url="https://arxiv.org/abs/2103.14030")
    arxiv = Paper("arXiv:2103.14030v1", "AlphaNet (preprint)", "An abstract.")
    doi = Paper("doi:10.1000/XYZ", "AlphaNet", "")
    for order in permutations((both, arxiv, doi)):
        (merged,) = merge(order)
        assert (merged.id, merged.title) == ("arxiv:2103.14030", "AlphaNet (preprint)")


def test_two_papers_of_one_title_stay_two_and_a_third_joins_neither() -> None:
    one = Paper("arxiv:2103.14030", "Editorial", "One.")
    two = Paper("arxiv:2010.11929", "Editorial", "Two.")
    unknown = Paper("e", "Editorial", "Three.")
    for order in permutations((one, two, unknown)):
        assert merge(order) == [two, one, unknown]


def test_different_papers_under_one_number_get_ids_of_their_own() -> None:
    """Two files whose records are both numbered from one."""
    papers = [Paper("1", "AlphaNet", "A."), Paper("1", "BetaNet", "B."), Paper("2", "Gamma", "C.")]
    assert [(p.id, p.title) for p in merge(papers)] == [("2", "Gamma"), ("alphanet", "AlphaNet"), ("betanet", "BetaNet")]


def test_papers_without_a_title_are_not_thrown_together() -> None:
    assert len(merge([Paper("1", "", "A."), Paper("2", "", "B."), Paper("1", "", "A.")])) == 2
