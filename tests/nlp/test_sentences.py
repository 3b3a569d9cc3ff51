"""Sentences end where a reader would say so."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.sentences import split


def sentences(abstract: str, title: str = "A Title") -> list[str]:
    text = f"{title}\n{abstract}"
    return [text[s:e] for s, e in split(text)][1:]


@pytest.mark.parametrize(
    "abstract",
    [
        # sentences are parted by " | "
        "Ours is fast. | It is small.",
        "We follow Liu et al. (2019) and Wu et al. [3] here. | We gain.",
        "This is due to Liu et al. | We gain.",
        "Some models, e.g. ViT, or i.e. Swin, vs. CNNs, cf. Fig. 3 and Sec. 4.1, w.r.t. time, are slow. | Ours is not.",
        "It gains 2.5% (83.3% vs. 80.8%). | It costs 0.5 ms.",
        "There are lions, birds, etc. | We count them.",
        "It needs dogs, cats, etc. in images. | We count them.",
        "See Eq. (2), Tab. 1, Ref. [7] and Figs. 2 and 3. | It holds.",
        "We extend Yolo v2. | It is fast.",
        "We train on frames.| Additionally, we test.",
        "It gains 5.2%.| Our code is out.",
        "See https://example.org/a.B?c=D. | It is there.",
        "The site ImageNet.org and the call torch.nn.Linear of PyTorch v2.0 are known. | We use them.",
        "Is it so? | It is!",
        "He said “it works.” | We agree.",
        'They call it "frames." | We agree.',
        "It is slow... | We are fast.",
        "It works, by J. Smith and A. B. Jones, in the U.S. Army. | We agree.",
        "Given data $X$ and task A. | We agree.",
        "Known from [12, 13]. | $k$-means is used.",
        "It is old. | iCaRL is new.",
        "It is **good**. | \\textbf{Mamba} is better.",
        "We ask Yahoo! Answers about it. | It knows.",
        "It is known (as in John met Mary. They left) to all. | We know.",
        "We trust the results.[4] | They hold.",
        "It has two parts\n\n | The first is small.",
        "It is done. | (ii) It is tested.",
        "Results are better.| The code is out.",
        "这是一个模型。| 它很快。",
        "Position, i. e. Cartesian position, is known. | It takes 26 ms. | 3 runs suffice.",
        "It beats the E2E ST. | Compared to others, it is small.",
    ],
)
def test_sentences_end(abstract: str) -> None:
    expected = [part.strip() for part in abstract.split("|")]
    assert sentences(abstract.replace("\n\n | ", "\n\n").replace(" | ", " ").replace("|", "").replace("  ", " ")) == expected


@pytest.mark.parametrize(
    "abstract",
    [
        "We make two things: 1) a model, 2) a corpus, and (3) a test.",
        "We ask: 1. what it is, and 2. Why it is.",
        "It uses no. 5 of the list, approx. 7 days and Dr. Who.",
        "It gains 0.5 points in i.i.d. Gaussian noise",
        "It is slow . . . and small",
        "We use node.js and the module torch.nn. functional",
    ],
)
def test_one_sentence(abstract: str) -> None:
    assert sentences(abstract) == [abstract]


def test_the_title_is_one_sentence_whatever_it_holds() -> None:
    text = "Is It? Yes! A Study of Dr. X. And More: v2.0\nWe say so. It is."
    assert [text[s:e] for s, e in split(text)] == ["Is It? Yes! A Study of Dr. X. And More: v2.0", "We say so.", "It is."]


def test_what_is_empty() -> None:
    assert split("") == []
    assert split("\n") == []
    assert split("Title\n") == [(0, 5)]
    assert split("Title") == [(0, 5)]
    assert split("\n One. Two. ") == [(2, 6), (7, 11)]


pieces = st.lists(
    st.sampled_from(
        [
            "We",
            "gain",
            "e.g.",
            "et al.",
            ".",
            "?",
            "! ",
            " ",
            "\n",
            "\n\n",
            "(",
            ")",
            "“",
            "”",
            "2.5%",
            "1.",
            "[3]",
            "…",
            "A",
            "i.e.",
            "。",
            '"',
            "$x$",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(pieces, st.text(max_size=200)))
def test_every_character_but_white_space_lies_in_one_sentence(text: str) -> None:
    spans = split(text)
    covered = [i for s, e in spans for i in range(s, e)]
    assert covered == sorted(set(covered))
    assert "".join(c for i, c in enumerate(text) if i not in set(covered)).strip() == ""
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)
    title = text.split("\n", 1)[0].strip()
    assert title == "" or text[slice(*spans[0])] == title


def test_splitting_needs_no_spacy() -> None:
    code = "import sys, kg.nlp.sentences, kg.nlp.quantities; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_component_sets_the_same_sentences() -> None:
    import spacy

    import kg.nlp.sentencizer  # noqa: F401  (registers the factory)

    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    text = "A Model. Of Things?\nIt works, e.g. here. It gains 2.5% (Fig. 3). Why? It is good."
    doc = nlp(text)
    assert [s.text.strip() for s in doc.sents] == [text[s:e] for s, e in split(text)]
    assert list(nlp("").sents) == []


def test_boundaries_of_the_gold(gold_train: list[dict[str, Any]]) -> None:
    hit = found = asked = 0
    for record in gold_train:
        gold = {tuple(s)[1] for s in record["sentences"][1:-1]}
        mine = {end for _, end in split(f"{record['title']}\n{record['abstract']}")[1:-1]}
        hit, found, asked = hit + len(gold & mine), found + len(mine), asked + len(gold)
    assert 2 * hit / (found + asked) > 0.995
