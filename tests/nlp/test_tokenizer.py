"""Names, figures and TeX come out as tokens that one can work with, and the text stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.util import registry

from kg.nlp.quantities import find
from kg.nlp.sentences import split
from kg.nlp.tokenizer import create_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = create_tokenizer(NLP)


def tokens(text: str) -> list[str]:
    return [token.text for token in NLP(text)]


@pytest.mark.parametrize(
    "name",
    "Swin-T ViT-B/16 top-1 M2F F1-score L_{EC} Kinetics-400/600 GTA-to-Cityscapes state-of-the-art ImageNet-1K DeiT-T/S/B SE(3) "
    "R(2+1)D YOLOv3 v2.0 ImageNet.org GPT-3.5 mAP@0.5 AP_{50} PointNet++ $k$-means T5-3B w.r.t. e.g. i.e. al. "
    r"83.3\% 83.3% +2.6 4.25x 3× 2-3% 1.3%-2.1% ~3.4% 26ms 1.3M 1,890 https://example.org/a/b.html".split(),
)
def test_one_token(name: str) -> None:
    assert tokens(f"Here {name} stands") == ["Here", name, "stands"]
    assert tokens(f"Here, “{name}” and ({name}), stand") == ["Here", ",", "“", name, "”", "and", "(", name, ")", ",", "stand"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It uses ViT. ", "It uses ViT ."),
        ("(ViT)", "( ViT )"),
        ("((((ViT)))) ......", "(((( ViT )))) ......"),
        ("frames.Additionally, we", "frames . Additionally , we"),
        ("by 5.2%.Our model", "by 5.2% . Our model"),
        ("ViT-based and BERT-like", "ViT - based and BERT - like"),
        ("CNN-Transformer hybrids", "CNN - Transformer hybrids"),
        ("LRS2/LRS3 and recall/F1", "LRS2 / LRS3 and recall / F1"),
        ("$10^5$ and $1.2\\%$", "$ 10^5 $ and $ 1.2\\% $"),
        ("Swin's models' heads", "Swin 's models ' heads"),
        ("a — b, c—d, e--f", "a — b , c — d , e -- f"),
        ("49.2AP at 26 ms.", "49.2 AP at 26 ms ."),
        ("ViT[12], ViT~\\cite{x2020y}.", "ViT [ 12 ] , ViT ~\\cite{ x2020y } ."),
        ("Fnetlee2021fnet is", "Fnet lee2021fnet is"),
        ("Transformer(ViT) is", "Transformer ( ViT ) is"),
        ("Modules (EMoE).Our work", "Modules ( EMoE ) . Our work"),
        ("\\textbf{Mamba} is **bold**", "\\textbf{ Mamba } is ** bold **"),
        ("et al. (2019) in Fig. 3 etc.", "et al. ( 2019 ) in Fig. 3 etc."),
        ("60%/70% and FID=2.3, p<0.01", "60% / 70% and FID = 2.3 , p < 0.01"),
    ],
)
def test_what_is_cut_apart(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


def test_a_config_can_name_it() -> None:
    assert registry.tokenizers.get("kg.Tokenizer.v1")() is create_tokenizer
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1"}}})
    assert [t.text for t in nlp("Swin-T (83.3\\%)")] == ["Swin-T", "(", "83.3\\%", ")"]


def test_it_survives_being_saved(tmp_path: Any) -> None:
    NLP.to_disk(tmp_path / "model")
    text = "ViT-based Swin-T (L_{EC}) at $10^5$."
    assert [t.text for t in spacy.load(tmp_path / "model")(text)] == tokens(text)


@given(st.one_of(st.text(max_size=120), st.text(alphabet="aB1(){}[]$\\%.,;:-/~*'\"“ _^+cite|", max_size=80)))
def test_the_text_is_kept(text: str) -> None:
    assert NLP(text).text == text


def test_mentions_figures_and_sentences_of_the_gold_begin_and_end_with_tokens(gold_train: list[dict[str, Any]]) -> None:
    asked = {"mentions": 0, "figures": 0, "sentences": 0}
    hit = dict(asked)
    for record in gold_train[:400]:
        text = f"{record['title']}\n{record['abstract']}"
        doc = NLP(text)
        starts, ends = {t.idx for t in doc}, {t.idx + len(t) for t in doc}
        spans = {
            "mentions": [(i, i + len(m)) for e in record["entities"] for m in e["mentions"] if (i := f" {text} ".find(f" {m} ")) >= 0],
            "figures": [(q.start, q.end) for q in find(text)],
            "sentences": split(text),
        }
        for kind, places in spans.items():
            asked[kind] += len(places)
            hit[kind] += sum(s in starts and e in ends for s, e in places)
    assert hit["sentences"] == asked["sentences"]
    assert hit["mentions"] / asked["mentions"] > 0.995
    assert hit["figures"] / asked["figures"] > 0.97
