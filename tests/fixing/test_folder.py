"""Corrections of a graph on disk: at once, at every later build, and back again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import by_pattern
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.build import Changed, build, rebuild
from kg.fixing import NotThere, Refused, add, listed, training_records, undo
from kg.paper import Paper
from kg.query import UnknownName, outperforms
from kg.record import Record
from kg.resolve.corrections import Accept, Correction, Merge, Reject, Rename, Split
from kg.resolve.corrections_file import CORRECTIONS, Corrections, read
from kg.store import MissingStore, Store

PAPERS = [
    {"id": "alpha", "title": "AlphaNet: a first try", "abstract": "AlphaNet outperforms BaseNet by 2.1% on TinyImages."},
    {
        "id": "beta",
        "title": "BetaNet",
        "abstract": "BetaNet outperforms AlphaNet by 0.4% on Small-Images. BetaNet outperforms BN by 1% on Roads.",
    },
    {"id": "gamma", "title": "GammaNet", "abstract": "GammaNet outperforms BN by 7% on Roads. GammaNet outperforms Alpha by 1% on Roads."},
    {"id": "survey", "title": "A survey", "abstract": "We look back."},
]


def made(folder: Path, papers: Iterable[dict[str, str]] = PAPERS) -> Path:
    source = folder.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    build([source], folder, extract=by_pattern.extract)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return made(tmp_path / "out")


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("graph.html", "graph.json", "records.jsonl")}


def claims(folder: Path) -> dict[str, tuple[str, str]]:
    """Claims of who beats whom: id -> labels."""
    with Store(folder, read_only=True) as store:
        labels = {key: node.label for key, node in store.nodes({e.source for e in store.edges("OUTPERFORMS")}).items()}
        labels |= {key: node.label for key, node in store.nodes({e.target for e in store.edges("OUTPERFORMS")}).items()}
        return {e.data["claim"]: (labels[e.source], labels[e.target]) for e in store.edges("OUTPERFORMS")}


def claim(folder: Path, better: str, worse: str) -> str:
    return next(id for id, ends in claims(folder).items() if ends == (better, worse))


ALL: list[Correction] = [
    Merge(name="AlphaNet", also="Alpha"),
    Merge(type="Dataset", name="TinyImages", also="Small-Images"),
    Rename(name="BN", label="Bare Net"),
    Split(name="Bare Net", papers=("gamma",)),
]


def test_a_correction_applies_at_once_and_at_every_later_build(out: Path, tmp_path: Path) -> None:
    before = digests(out)
    for correction in ALL:
        add(out, correction)
    add(out, Reject(claim=claim(out, "AlphaNet", "BaseNet")))
    add(out, Accept(claim=claim(out, "BetaNet", "AlphaNet")))
    now = digests(out)
    assert now["records.jsonl"] == before["records.jsonl"]
    assert set(claims(out).values()) == {
        ("BetaNet", "AlphaNet"), ("BetaNet", "Bare Net"), ("GammaNet", "AlphaNet"), ("GammaNet", "BN (in “GammaNet”)"),
    }  # fmt: skip
    text = (out / CORRECTIONS).read_bytes()
    made(out, reversed(PAPERS))
    assert digests(out) == now
    assert (out / CORRECTIONS).read_bytes() == text


def test_claims_keep_their_ids_whatever_their_names_come_to_mean(out: Path) -> None:
    before = claims(out)
    for correction in ALL:
        add(out, correction)
    assert claims(out).keys() == before.keys()
    made(out, [paper | {"title": f"Another title for {paper['id']}"} for paper in PAPERS])
    assert claims(out).keys() == before.keys()


def test_an_accepted_claim_is_certain_in_every_answer(out: Path) -> None:
    add(out, Accept(claim=claim(out, "BetaNet", "AlphaNet")))
    with Store(out, read_only=True) as store:
        answer = outperforms(store, "AlphaNet", min_confidence=0.99)
        assert [(row["subject"], row["confidence"]) for row in answer.rows] == [("BetaNet", 1.0)]
        assert "1 claim accepted by hand, with confidence 1." in answer.notes
    assert '"accepted": true' in (out / "graph.json").read_text()


called = st.sampled_from(["AlphaNet", "Alpha", "BaseNet", "BN", "BetaNet", "GammaNet", "Roads", "TinyImages", "New"])
said = st.one_of(
    st.builds(Merge, name=called, also=called),
    st.builds(Rename, name=called, label=called),
    st.builds(Split, name=called, papers=st.sampled_from([(), ("beta",), ("beta", "gamma")])),
)


@settings(max_examples=12)
@given(st.lists(said, min_size=1, max_size=3), st.integers(0, 2))
def test_undoing_restores_the_graph_byte_for_byte(corrections: list[Correction], first: int) -> None:
    with TemporaryDirectory() as folder:
        out = made(Path(folder) / "out")
        states = [digests(out)]
        for correction in corrections:
            try:
                add(out, correction)
            except (Refused, UnknownName):
                continue
            states.append(digests(out))
        while len(states) > 1:
            states.pop()
            undo(out, len(states))
            assert digests(out) == states[-1]
        assert not (out / CORRECTIONS).exists()


def test_undoing_one_in_the_middle_is_as_if_it_had_never_been(out: Path, tmp_path: Path) -> None:
    other = Path(copytree(out, tmp_path / "other"))
    for correction in ALL[:3]:
        add(out, correction)
    undo(out, 2)
    for correction in (ALL[0], ALL[2]):
        add(other, correction)
    assert digests(out) == digests(other)
    assert read(out) == read(other)


@pytest.mark.parametrize(
    ("correction", "error", "says"),
    [
        (Merge(name="AlphaNett", also="BN"), UnknownName, "AlphaNet"),
        (Merge(name="AlphaNet", also="Roads"), Refused, "different types"),
        (Merge(name="AlphaNet", also="alpha-net"), Refused, "one thing already"),
        (Rename(name="Nothing like it", label="X"), UnknownName, "Nothing here looks like it"),
        (Rename(name="AlphaNet", label="BaseNet"), Refused, "merge"),
        (Rename(name="AlphaNet", label="AlphaNet"), Refused, "already"),
        (Split(name="BN", papers=("beta", "delta")), NotThere, "delta"),
        (Split(name="BN", papers=("alpha",)), NotThere, "2 do: beta, gamma"),
        (Split(name="GammaNet"), Refused, "nothing to take apart"),
        (Split(name="BN", apart_from="AlphaNet"), Refused, "two things already"),
        (Reject(claim="0123"), NotThere, "No claim has the id '0123'"),
        (Accept(claim="0123"), NotThere, "--paper"),
        (Accept(claim="0123", paper="GammaNett"), NotThere, "gamma"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(out: Path, correction: Correction, error: type[Exception], says: str) -> None:
    before = digests(out)
    with pytest.raises(error) as caught:
        add(out, correction)
    assert says in str(caught.value)
    assert digests(out) == before
    assert {path.name for path in out.iterdir()} == {"graph.html", "graph.json", "kg.db", "records.jsonl"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Merge(name="AlphaNet", also="BN"), Split(name="BN")),
        (Merge(name="AlphaNet", also="BN"), Merge(name="BN", also="AlphaNet")),
        (Split(name="BN", papers=("beta",)), Merge(name="BN", also="Model:bn@beta")),
    ],
)
def test_what_contradicts_an_earlier_correction_says_what_to_undo(out: Path, first: Correction, second: Correction) -> None:
    add(out, first)
    with pytest.raises(Refused, match="kg fix undo 1"):
        add(out, second)
    undo(out, 1)
    if not isinstance(second, Merge) or second.also == "AlphaNet":
        add(out, second)


def test_a_claim_is_not_rejected_and_accepted(out: Path) -> None:
    id = claim(out, "AlphaNet", "BaseNet")
    add(out, Reject(claim=id))
    with pytest.raises(Refused, match="kg fix undo 1"):
        add(out, Accept(claim=id))
    with pytest.raises(Refused, match="already"):
        add(out, Reject(claim=id))


def test_a_label_a_key_and_a_title_are_as_good_as_names(out: Path) -> None:
    add(out, Split(name="BN", papers=("GammaNet", "Paper:beta")))
    assert read(out).numbered[0].correction == Split(type="Model", name="BN", papers=("beta", "gamma"))
    change = add(out, Merge(name="AlphaNet", also="BN (in “BetaNet”)"))
    assert read(out).numbered[1].correction == Merge(type="Model", name="AlphaNet", also="bn@beta")
    assert change.unmet == ()


def test_what_a_name_is_not_tells_which_of_two_types_is_meant(tmp_path: Path) -> None:
    abstract = "Nets outperforms Roads by 1% on Ways. Ways outperforms Roads by 2% on Roads."
    out = made(tmp_path / "out", [{"id": "p", "title": "P", "abstract": abstract}])
    add(out, Merge(name="Ways", also="Roads", type="Dataset"))
    with pytest.raises(Refused, match="kg fix undo 1"):
        add(out, Split(name="Ways", apart_from="Dataset:Roads"))
    undo(out, 1)
    with pytest.raises(NotThere, match="Dataset:Ways, Model:Ways"):
        add(out, Rename(name="Ways", label="Paths"))


def test_a_claim_between_two_that_are_one_leaves_the_graph_and_is_named(out: Path) -> None:
    id = claim(out, "AlphaNet", "BaseNet")
    assert add(out, Merge(name="AlphaNet", also="BaseNet")).gone == (id,)
    assert undo(out, 1).came == (id,)


def too_careful(papers: Iterable[Paper]) -> Iterator[Record]:
    for record in by_pattern.extract(papers):
        yield replace(record, comparisons=tuple(c for c in record.comparisons if c.o != "Alpha"), entities=record.entities[:-2])


def test_a_claim_that_was_left_out_can_be_accepted_and_stays(out: Path, tmp_path: Path) -> None:
    id = claim(out, "GammaNet", "Alpha")
    source = out.with_suffix(".jsonl")
    build([source], out, extract=too_careful)
    before = digests(out)
    assert id not in claims(out)
    with pytest.raises(NotThere):
        add(out, Accept(claim=id, paper="beta"), extract=by_pattern.extract)
    assert add(out, Accept(claim=id, paper="gamma"), extract=by_pattern.extract).came == (id,)
    assert claims(out)[id] == ("GammaNet", "Alpha")
    assert digests(out)["records.jsonl"] == before["records.jsonl"]
    now = digests(out)
    build([source], out, extract=too_careful)
    assert digests(out) == now
    undo(out, 1)
    assert digests(out) == before


def test_what_no_longer_applies_is_reported_and_kept(out: Path) -> None:
    add(out, Merge(name="AlphaNet", also="Alpha"))
    add(out, Reject(claim=claim(out, "GammaNet", "BN")))
    text = (out / CORRECTIONS).read_bytes()
    source = out.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS[:2]))
    report = build([source], out, extract=by_pattern.extract)
    assert [str(problem).split(": ")[0] for problem in report.unmet] == [
        f"{out / CORRECTIONS}, line 1", f"{out / CORRECTIONS}, line 2"
    ]  # fmt: skip
    assert all("no longer applies" in str(problem) for problem in report.unmet)
    assert [row["state"] for row in listed(out).rows] == ["no longer applies"] * 2
    assert (out / CORRECTIONS).read_bytes() == text
    made(out)
    assert [row["state"] for row in listed(out).rows] == ["applies"] * 2


def test_what_no_longer_applies_because_of_a_correction_is_told(out: Path) -> None:
    add(out, Rename(name="BN", label="Bare"))
    add(out, Merge(name="AlphaNet", also="Bare"))
    change = undo(out, 1)
    assert ["'Bare'" in str(problem) for problem in change.unmet] == [True]


def test_a_damaged_line_is_named_and_the_rest_applies(out: Path) -> None:
    add(out, Merge(name="AlphaNet", also="Alpha"))
    now = digests(out)
    with (out / CORRECTIONS).open("a") as file:
        file.write('{"fix": "merge"}\n')
    report = build([out.with_suffix(".jsonl")], out, extract=by_pattern.extract)
    assert [str(problem) for problem in report.problems] == [f'{out / CORRECTIONS}, line 2: merge lacks "name"']
    assert digests(out) == now
    assert [row["state"] for row in listed(out).rows] == ["applies", "can't be read"]
    add(out, Rename(name="BN", label="Bare"))
    assert (out / CORRECTIONS).read_text().splitlines()[1] == '{"fix": "merge"}'
    undo(out, 2)
    assert read(out).damaged == ()


def test_corrections_that_cannot_be_read_stop_no_build(out: Path) -> None:
    (out / CORRECTIONS).mkdir()
    report = build([out.with_suffix(".jsonl")], out, extract=by_pattern.extract)
    assert [CORRECTIONS in str(problem) for problem in report.problems] == [True]


def test_two_at_a_time_lose_nothing(out: Path) -> None:
    before = digests(out)
    seen = read(out)
    add(out, Rename(name="BN", label="Bare"))
    with pytest.raises(Changed, match="Try again"):
        rebuild(out, Corrections().with_added(Rename(name="BN", label="Bear")), instead_of=seen)
    assert digests(out) != before
    assert len(read(out).numbered) == 1


def test_without_a_graph_there_is_nothing_to_correct(tmp_path: Path) -> None:
    with pytest.raises(MissingStore, match="kg build"):
        add(tmp_path / "nowhere", Rename(name="A", label="B"))
    assert not (tmp_path / "nowhere").exists()


def test_training_records_are_of_the_papers_that_corrections_touch(out: Path) -> None:
    assert training_records(out) == []
    add(out, Reject(claim=claim(out, "GammaNet", "BN")))
    (record,) = training_records(out)
    assert record["id"] == "gamma"
    assert [c["o"] for c in record["comparisons"]] == ["Alpha"]
