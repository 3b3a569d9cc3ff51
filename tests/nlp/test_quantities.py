"""Figures are found whole, and numbers that belong to names are not."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.quantities import UNITS, WORDS, find


def texts(text: str) -> list[str]:
    return [q.text for q in find(text)]


@pytest.mark.parametrize(("kind", "example"), [(kind, example) for kind, _, example in (*UNITS, *WORDS)])
def test_every_row_of_the_tables_finds_its_example(kind: str, example: str) -> None:
    assert [(q.text, q.kind) for q in find(f"This needs {example} cost of the other.")] == [(example, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It gains 2.2% with 28% fewer FLOPs.", ["2.2%", "28%"]),
        (r"It gains 83.3\% and $1.2\%$ and $\mathbf{85.4}$ here.", [r"83.3\%", r"1.2\%", r"\mathbf{85.4}"]),
        ("An increase of +2.6 and of 10.8 mIoU.", ["+2.6", "10.8"]),
        ("It is 4.25x or 4.25 times or 3× faster.", ["4.25x", "4.25 times", "3×"]),
        (r"It is $3\times$, 5\times, and 35$\times$ faster.", [r"3\times", r"5\times", r"35$\times$"]),
        ("It is an order of magnitude or two orders of magnitude smaller.", ["an order of magnitude", "two orders of magnitude"]),
        ("It cuts the error in half at twice the speed with a third of the memory.", ["half", "twice", "a third"]),
        ("It has 1.3M parameters, 7B more, 16.3 million or 1,890 in all.", ["1.3M", "7B", "16.3 million", "1,890"]),
        ("It runs in 26 ms at 30FPS with 4.1 GFLOPs and 2 GB.", ["26 ms", "30FPS", "4.1 GFLOPs", "2 GB"]),
        ("It gains 3.2 points, 1.3 BLEU points and 8 percentage points.", ["3.2", "1.3", "8 percentage points"]),
        (
            "It gains 2-3%, 1.3%-2.1%, 4 to 8 times and between 0.5% and 2.7%.",
            ["2-3%", "1.3%-2.1%", "4 to 8 times", "between 0.5% and 2.7%"],
        ),
        ("It gains 1.5%~1.9% and 12% ∼ 20%.", ["1.5%~1.9%", "12% ∼ 20%"]),
        ("It rises from 80.1% to 85.2% and from 33.1 to 36.2 mAP.", ["80.1%", "85.2%", "33.1", "36.2"]),
        ("Gains range from 1.2% to 7.9%.", ["1.2% to 7.9%"]),
        ("It is better by 2.5% (83.3% vs. 80.8%).", ["2.5%", "83.3%", "80.8%"]),
        ("It reaches 87.3\\% mAP, 49.2AP and 0.638.", ["87.3\\%", "49.2", "0.638"]),
        ("It has an error of 96.0% ± 0.5% or 3.1 ± 0.2 mm.", ["96.0% ± 0.5%", "3.1 ± 0.2 mm"]),
        ("About ~3.4% and >40% more.", ["~3.4%", ">40%"]),
        ("It needs $O(n^2)$ time rather than O(n log(n)).", ["$O(n^2)$", "O(n log(n))"]),
    ],
)
def test_figures(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ResNet-50, ViT-B/16, CIFAR-10, Kinetics-400/600 and YOLOv3 by top-1 accuracy, F1 and Recall@10.",
        "We train 3D and 2D models of 4-bit weights, of 12-layer depth, in 5-shot mode.",
        "As shown in 2019 (Smith et al., 2020) and by others [12], [3, 14], see Table 3 and Fig. 2.",
        "We make: (1) a model, (2) a corpus; 3) a test.",
        "Images of 224 x 224 and 32x32 and 224$\\times$224 pixels with AP$_{90}$.",
        "Code: https://example.org/a/12.5/model and arxiv.org/abs/2103.14030.",
        "half-precision and halfway, thirdly, and doubly robust.",
    ],
)
def test_numbers_of_names_and_references_are_no_figures(text: str) -> None:
    assert texts(text) == []


def test_the_kind_says_what_the_figure_is() -> None:
    assert [q.kind for q in find("By 2%, 3x, 4.1, 26 ms, half.")] == ["percent", "factor", "number", "measure", "word"]


def test_nothing_in_nothing() -> None:
    assert find("") == find("No figure here.") == []


figure_like = st.text(alphabet=st.sampled_from("0123456789.,%-–~+$\\{}()/ xX×KMmst±half to times"), max_size=60)


@given(st.one_of(figure_like, st.text(max_size=80)))
def test_figures_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find(text)
    assert all(text[q.start : q.end] == q.text and q.text == q.text.strip() != "" for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_figures_of_the_gold_are_found(gold_train: list[dict[str, Any]]) -> None:
    asked = hit = 0
    for record in gold_train:
        text = f"{record['title']}\n{record['abstract']}"
        for claim in (*record["comparisons"], *record["results"]):
            sentence = text[slice(*record["sentences"][claim["sent"]])]
            wanted = [claim[k] for k in ("delta", "sv", "ov", "value") if k in claim and claim[k] in sentence]
            asked += len(wanted)
            hit += sum(w in {q.text for q in find(sentence)} for w in wanted)
    assert asked > 2500
    assert hit / asked > 0.94
