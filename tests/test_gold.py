"""Corrections as training records."""

from __future__ import annotations

import json
from pathlib import Path

from made import beats, record

from kg.gold import corrected_records, gold_record
from kg.record import THIS, Record
from kg.resolve.corrections import Accept, Correction, Merge, Numbered, Reject, Rename, Split
from kg.resolve.review import claims_of

SENTENCE = "HatNet (HN) beats ViT by 2% and Swin on COCO."
SAID = {"Model": {"HatNet": ["HatNet"], "HN": ["HN"], "ViT": ["ViT"], "Swin": ["Swin"]}, "Dataset": ["COCO"], "proposes": ["HatNet", "HN"]}


def paper(id: str = "p", **more: object) -> Record:
    pairs = [beats("HatNet", "ViT", d="COCO", delta="2%", bg=True), beats("HN", "Swin", d="COCO")]
    return record(id, SENTENCE, title="Hats", **{**SAID, "comparisons": pairs, **more})  # type: ignore[arg-type]


def exported(papers: list[Record], *corrections: Correction) -> list[dict[str, object]]:
    return list(corrected_records(papers, [Numbered(line, c) for line, c in enumerate(corrections, 1)]))


def test_the_schema_is_that_of_the_gold_data(shared: Path) -> None:
    with (shared / "gold" / "train.jsonl").open(encoding="utf-8") as lines:
        gold = json.loads(next(lines))
    made = gold_record(paper())
    assert list(made) == list(gold)
    assert list(made["entities"][0]) == list(gold["entities"][0])
    assert made["comparisons"][0] == {"s": "HatNet", "o": "ViT", "v": "better", "d": "COCO", "delta": "2%", "sent": 1, "bg": True}


def test_a_rejected_claim_is_gone_and_an_accepted_one_there() -> None:
    found = paper()
    wrong, right = (id for id, kind, _ in claims_of(found) if kind == "comparison")
    (out,) = exported([found, paper("q")], Reject(claim=wrong))
    assert [c["o"] for c in out["comparisons"]] == ["Swin"]  # type: ignore[attr-defined]
    (out,) = exported([found, paper("q")], Accept(claim=right))
    assert out == gold_record(found)


def test_two_entities_that_are_one_thing_are_one() -> None:
    (out,) = exported([paper()], Merge(name="HatNet", also="HN"))
    entities = {e["name"]: e["mentions"] for e in out["entities"]}  # type: ignore[attr-defined]
    assert entities == {"HatNet": ["HatNet", "HN"], "ViT": ["ViT"], "Swin": ["Swin"], "COCO": ["COCO"]}
    assert out["proposes"] == ["HatNet"]
    assert [(c["s"], c["o"]) for c in out["comparisons"]] == [("HatNet", "ViT"), ("HatNet", "Swin")]  # type: ignore[attr-defined]


def test_the_unnamed_method_gets_the_name_that_the_paper_has_for_it() -> None:
    found = paper(comparisons=[beats(THIS, "ViT")])
    (out,) = exported([found], Merge(name="HatNet", also="THIS@p"))
    assert out["comparisons"] == [{"s": "HatNet", "o": "ViT", "v": "better", "sent": 1}]


def test_a_label_that_the_text_has_is_the_name() -> None:
    found = record("p", SENTENCE, Model={"HN": ["HN", "HatNet"]})
    (out,) = exported([found, record("q", "HN again.", Model=["HN"])], Rename(name="HN", label="HatNet"))
    assert [e["name"] for e in out["entities"]] == ["HatNet"]  # type: ignore[attr-defined]


def test_names_across_papers_change_no_annotation() -> None:
    papers = [record("a", "Swin.", Model=["Swin"]), record("b", "SWT.", Model=["SWT"]), record("c", "SWT.", Model=["SWT"])]
    assert exported(papers, Merge(name="Swin", also="SWT"), Split(name="SWT", papers=("c",))) == []
