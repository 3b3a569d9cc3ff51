"""Judged claims: rejected ones leave, accepted ones are certain and survive an extraction that leaves them out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import beats, record

from kg.paper import Paper
from kg.record import Record
from kg.resolve.corrections import Accept, Correction, Numbered, Reject, Rename
from kg.resolve.review import Reviewed, claims_of, entities_said, judgement, review

SENTENCE = "Swin beats ViT and rivals on COCO."


def paper(**more: object) -> Record:
    said = {"Model": ["Swin", "ViT"], "Dataset": ["COCO"], "Baseline": ["rivals"], "proposes": ["Swin"], "evaluated_on": ["COCO"]}
    pairs = [beats("Swin", "ViT", d="COCO"), beats("Swin", "rivals", d="COCO")]
    return record("p", SENTENCE, **{**said, "comparisons": pairs, **more})  # type: ignore[arg-type]


def numbered(*corrections: Correction) -> list[Numbered]:
    return [Numbered(line, correction) for line, correction in enumerate(corrections, 1)]


def reviewed(found: Record, *corrections: Correction) -> Reviewed:
    return review([found], numbered(*corrections))


def ids(found: Record) -> dict[str, str]:
    """The id of each claim, by what it is about."""
    return {getattr(claim, "o", None) or f"{kind} {claim.name}": id for id, kind, claim in claims_of(found)}  # type: ignore[union-attr]


def accepted(found: Record, id: str) -> Accept:
    """An acceptance as it stands in the file."""
    said = judgement(found, id)
    assert said is not None
    return Accept(**said, entities=entities_said(found, said["said"]))


def test_a_rejected_claim_leaves_and_the_others_stay() -> None:
    found = paper()
    after = reviewed(found, Reject(claim=ids(found)["ViT"])).records[0]
    assert [c.o for c in after.comparisons] == ["rivals"]
    assert after.entities == found.entities


def test_a_competitor_without_a_name_leaves_with_its_last_claim() -> None:
    found = paper()
    after = reviewed(found, Reject(claim=ids(found)["rivals"])).records[0]
    assert "rivals" not in {e.name for e in after.entities}


def test_an_entry_of_a_list_can_be_rejected() -> None:
    found = paper()
    after = reviewed(found, Reject(claim=ids(found)["proposes Swin"])).records[0]
    assert (after.proposes, after.evaluated_on) == ((), ("COCO",))
    assert [s.name for s in after.support] == ["COCO"]


def test_an_accepted_claim_is_certain() -> None:
    found = paper()
    id = ids(found)["ViT"]
    after = reviewed(found, Accept(claim=id))
    assert [c.confidence for c in after.records[0].comparisons] == [1.0, 0.9]
    assert after.accepted == {id}


@pytest.mark.parametrize("about", ["ViT", "rivals", "proposes Swin"])
def test_an_accepted_claim_comes_back_where_it_is_left_out(about: str) -> None:
    found = paper()
    id = ids(found)[about]
    without = reviewed(found, Reject(claim=id)).records[0]
    moved = replace(without.paper, title="A longer title than before")
    shift = len(moved.title) - len(without.paper.title)
    without = replace(without, paper=moved, sentences=tuple((s + shift, e + shift) for s, e in found.sentences))
    after = reviewed(without, accepted(found, id))
    assert after.unmet == {}
    back = {i: claim for i, _, claim in claims_of(after.records[0])}
    assert back[id].confidence == 1.0
    assert moved.text[back[id].start : back[id].end] == SENTENCE
    assert {e.name: e.type for e in after.records[0].entities} == {e.name: e.type for e in found.entities}
    assert set(after.records[0].proposes) == set(found.proposes)


def test_what_no_longer_applies_says_why() -> None:
    found = paper()
    id = ids(found)["ViT"]
    gone = replace(found, paper=Paper("p", "Title", "Other text."), sentences=((0, 5), (6, 17)), comparisons=(), support=(), entities=())
    assert reviewed(gone, accepted(found, id)).unmet == {1: "the text of p no longer has its sentence"}
    assert reviewed(gone, Accept(claim="nothing")).unmet == {1: "no claim has this id"}
    assert reviewed(gone, Reject(claim="nothing", paper="q")).unmet == {1: "the paper q is not here"}
    altered = replace(accepted(found, id), said={"s": "Swin", "o": "DeiT", "v": "better"})
    assert "not those of the claim" in reviewed(replace(found, comparisons=()), altered).unmet[1]
    assert reviewed(gone, accepted(found, id)).records == [gone]


def test_a_rejected_claim_that_is_read_otherwise_now_is_pointed_out() -> None:
    found = paper()
    said = judgement(found, ids(found)["ViT"])
    assert said is not None
    again = paper(comparisons=[beats("Swin", "ViT", d="COCO", delta="2%")], Metric=[])
    reason = reviewed(again, Reject(**said)).unmet[1]
    assert f"it now makes {ids(again)['ViT']}: Swin is better than ViT on COCO, 2%" in reason


def test_of_several_judgements_the_last_counts_and_the_first_says_so() -> None:
    found = paper()
    id = ids(found)["ViT"]
    after = reviewed(found, Reject(claim=id), Accept(claim=id))
    assert (after.accepted, after.unmet) == ({id}, {1: "line 2 says the opposite"})
    assert reviewed(found, Reject(claim=id), Reject(claim=id)).unmet == {}


def test_records_that_nothing_is_about_are_the_same_objects() -> None:
    found = paper()
    assert reviewed(found, Rename(name="Swin", label="X")).records[0] is found
    assert reviewed(found, Reject(claim="nothing")).records[0] is found
