"""The store keeps what it is given, whole or not at all, and says what to type when it can't."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.paper import Paper
from kg.record import Comparison, Entity, Mention, Record, Result
from kg.store import MissingStore, Store, StoreError
from kg.store.rows import loose
from kg.store.schema import APPLICATION_ID, VERSION


def record(id: str, title: str = "Alpha: A Model", abstract: str = "Alpha beats Beta on Set.", delta: str = "2%") -> Record:
    paper = Paper(id=id, title=title, abstract=abstract, sources=("here",))
    end = len(paper.text)
    return Record(
        paper,
        ((0, len(title)), (len(title) + 1, end)),
        (Entity("Alpha", "Model", (Mention(0, 5, "Alpha"),)), Entity("Beta", "Model", ())),
        proposes=("Alpha",),
        comparisons=(Comparison(s="Alpha", o="Beta", v="better", delta=delta, start=len(title) + 1, end=end, confidence=0.9, id="c1"),),
        results=(Result(s="Alpha", value="71.2%", start=len(title) + 1, end=end, confidence=0.8, id="c2"),),
    )


def graph(names: str = "ab") -> nx.MultiDiGraph:
    made = nx.MultiDiGraph()
    made.add_node("Paper:p", type="Paper", label="P", title="P", paper="p", year=2024, aliases=[])
    for name in names:
        made.add_node(f"Model:{name}", type="Model", label=name.upper(), aliases=[f"{name}-long"])
    for better, worse in pairwise(names):
        made.add_edge(f"Model:{better}", f"Model:{worse}", key="k1", relation="OUTPERFORMS", claim="c", paper="p", confidence=0.5)
    return made


def same(one: nx.MultiDiGraph, other: nx.MultiDiGraph) -> bool:
    return dict(one.nodes(data=True)) == dict(other.nodes(data=True)) and sorted(one.edges(keys=True, data=True), key=str) == sorted(
        other.edges(keys=True, data=True), key=str
    )


def test_gives_back_every_record_sorted_by_paper(tmp_path: Path) -> None:
    records = [record(id) for id in ("b", "a", "doi:10.1/x", "ä", "Z", "中")]
    with Store(tmp_path / "kg.db") as store:
        assert store.add(records[:2]) == 2
        store.add(records[2:])
        assert list(store.records()) == sorted(records, key=lambda r: r.paper.id)
        assert [p.id for p in store.papers()] == sorted(r.paper.id for r in records)
        assert store.record("ä") == records[3]
        assert store.record("none") is None
        assert len(store) == 6


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=30)), max_size=8), st.randoms())
def test_order_of_arrival_and_batches_do_not_matter(pairs: list[tuple[str, str]], chance: random.Random) -> None:
    records = list({id: record(id, abstract=text) for id, text in pairs}.values())
    shuffled = chance.sample(records, len(records))
    with Store(":memory:") as one, Store(":memory:") as other:
        one.add(records)
        for each in shuffled:
            other.add([each])
        assert [r.to_json() for r in one.records()] == [r.to_json() for r in other.records()]


def test_a_paper_read_again_replaces_the_former_record_and_its_claims(tmp_path: Path) -> None:
    with Store(tmp_path / "kg.db") as store:
        store.add([record("p"), record("q")])
        store.add([record("p", delta="3%")])
        assert [c.delta for r in store.records() for c in r.comparisons] == ["3%", "2%"]
    rows = (
        sqlite3.connect(tmp_path / "kg.db")
        .execute("SELECT paper, kind, delta, value, sentence FROM claims ORDER BY paper, kind")
        .fetchall()
    )
    evidence = "Alpha beats Beta on Set."
    assert rows == [
        ("p", "comparison", "3%", None, evidence),
        ("p", "result", None, "71.2%", evidence),
        ("q", "comparison", "2%", None, evidence),
        ("q", "result", None, "71.2%", evidence),
    ]


def test_the_last_of_two_records_of_one_paper_in_a_batch_stays() -> None:
    with Store(":memory:") as store:
        assert store.add([record("p"), record("p", delta="3%")]) == 1
        assert [c.delta for r in store.records() for c in r.comparisons] == ["3%"]
        assert store._connection.execute("SELECT count(*) FROM claims").fetchone() == (2,)


def test_knows_what_is_read_already() -> None:
    papers = [record(id).paper for id in "abc"]
    with Store(":memory:") as store:
        store.add([record("a"), record("b")], extractor="1")
        assert [p.id for p in store.unread(papers, extractor="1")] == ["c"]
        assert [p.id for p in store.unread([record("a", abstract="Another text.").paper], extractor="1")] == ["a"]
        assert [p.id for p in store.unread(papers, extractor="2")] == ["a", "b", "c"]


def test_a_batch_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def failing():  # type: ignore[no-untyped-def]
        yield record("a")
        raise RuntimeError("the reader broke")

    with Store(tmp_path / "kg.db") as store:
        store.add([record("z")])
        with pytest.raises(RuntimeError):
            store.add(failing())
        assert [p.id for p in store.papers()] == ["z"]


def test_text_that_utf8_has_no_bytes_for_is_kept() -> None:
    odd = record("p\ud800", title="T\udfff", abstract="Alpha \ud83d beats \x00 Beta.")
    made = graph()
    made.nodes["Model:a"]["aliases"] = ["A\ud800"]
    with Store(":memory:") as store:
        store.add([odd])
        store.save_graph(made)
        assert list(store.records()) == [odd]
        assert list(store.unread([odd.paper])) == []
        assert same(store.graph(), made)


def test_names_never_become_sql(tmp_path: Path) -> None:
    evil = "x'; DROP TABLE papers; --"
    made = graph()
    made.add_node(f"Model:{evil}", type="Model", label=evil, aliases=[evil, '"', "%"])
    with Store(tmp_path / "kg.db") as store:
        store.add([record(evil, title=evil)])
        store.save_graph(made)
        assert [named.node.label for named in store.named([loose(evil)])] == [evil]
        assert store.edges(evil, sources=[evil]) == []
        assert len(store) == 1


def test_gives_back_the_graph_and_replaces_it_whole(tmp_path: Path) -> None:
    with Store(tmp_path / "kg.db") as store:
        store.save_graph(graph("abc"))
        assert same(store.graph(), graph("abc"))
        store.save_graph(graph("bx"))
        assert same(store.graph(), graph("bx"))
        assert store.nodes(["Model:a", "Model:x"]).keys() == {"Model:x"}
        assert store.counts().nodes == {"Model": 2, "Paper": 1}
        assert store.counts().edges == {"OUTPERFORMS": 1}


def test_a_graph_that_cannot_be_saved_leaves_the_former(tmp_path: Path) -> None:
    bad = graph("xyz")
    bad.nodes["Model:z"]["aliases"] = [object()]
    with Store(tmp_path / "kg.db") as store:
        store.save_graph(graph("ab"))
        with pytest.raises((TypeError, ValueError)):
            store.save_graph(bad)
        assert same(store.graph(), graph("ab"))


def test_says_when_records_are_newer_than_the_graph(tmp_path: Path) -> None:
    with Store(tmp_path / "kg.db") as store:
        store.add([record("a")])
        with pytest.raises(MissingStore, match=r"no graph yet.*kg build -o"):
            store.counts()
        store.save_graph(graph())
        assert not store.is_stale()
        store.add([record("b")])
        assert store.is_stale()


def test_a_closed_store_is_one_file(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add([record("a")])
        store.save_graph(graph())
    assert os.listdir(tmp_path) == ["kg.db"]
    with Store(tmp_path, read_only=True) as store:
        assert store.counts().papers == 1
    assert os.listdir(tmp_path) == ["kg.db"]


def test_reading_never_makes_a_file_and_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(MissingStore, match=r"There is no .*kg\.db yet.*kg build -o"):
        Store(tmp_path / "kg.db", read_only=True)
    with pytest.raises(MissingStore, match="kg build"):
        Store(tmp_path / "none" / "kg.db", read_only=True)
    assert os.listdir(tmp_path) == []


def test_reading_changes_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save_graph(graph())
    before = (tmp_path / "kg.db").read_bytes()
    with Store(tmp_path, read_only=True) as store:
        store.graph()
        with pytest.raises(StoreError, match="reading only"):
            store.add([record("a")])
        with pytest.raises(StoreError, match="reading only"):
            store.save_graph(graph("xyz"))
    assert (tmp_path / "kg.db").read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id,title\n1,Some CSV that is long enough to be no header\n" * 20, "not an SQLite file"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "no kg.db|damaged|empty"),
        ("CREATE TABLE other (x)", "of another program"),
        (f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION + 1}", "newer kg.*pip install --upgrade"),
        (f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 0; CREATE TABLE papers (x)", "older kg.*kg build -o"),
    ],
)
def test_a_file_of_something_else_is_named_and_left_alone(tmp_path: Path, content: bytes | str, words: str, read_only: bool) -> None:
    path = tmp_path / "kg.db"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        made = sqlite3.connect(path)
        made.executescript(content)
        made.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=words) as refused:
        Store(path, read_only=read_only)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add([record(f"{n:04}") for n in range(200)])
        store.save_graph(graph())
    whole = (tmp_path / "kg.db").read_bytes()
    (tmp_path / "kg.db").write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    damaged = pytest.raises(StoreError, match=r"kg\.db is damaged .*kg build -o")
    with Store(tmp_path, read_only=True) as store:
        with damaged:
            list(store.records())
        with damaged:
            store.counts()


def test_an_empty_file_is_filled_by_a_build_and_refused_by_a_query(tmp_path: Path) -> None:
    (tmp_path / "kg.db").touch()
    with pytest.raises(MissingStore, match=r"is empty.*kg build"):
        Store(tmp_path, read_only=True)
    with Store(tmp_path) as store:
        assert len(store) == 0


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"can't be written.*-o DIR"):
        Store(tmp_path / "file" / "kg.db")


def test_paths_with_characters_of_urls(tmp_path: Path) -> None:
    folder = tmp_path / "100% #1? ä"
    with Store(folder / "kg.db") as store:
        store.save_graph(graph())
    with Store(folder, read_only=True) as store:
        assert store.counts().papers == 1


def test_a_reader_sees_the_last_finished_state_while_another_writes(tmp_path: Path) -> None:
    with Store(tmp_path) as writer:
        writer.add([record("a")])
        writer.save_graph(graph("ab"))
        writer._connection.execute("BEGIN IMMEDIATE")
        writer._connection.execute("DELETE FROM papers")
        writer._connection.execute("DELETE FROM edges")
        with Store(tmp_path, read_only=True) as reader:
            assert len(reader) == 1
            assert same(reader.graph(), graph("ab"))
        writer._connection.execute("ROLLBACK")


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    with Store(tmp_path) as first, Store(tmp_path) as second:
        first._connection.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, lambda: None)
        waiting: list[int] = []
        thread = threading.Thread(target=lambda: waiting.append(_add_elsewhere(tmp_path)))
        release.start()
        thread.start()
        release.join()
        first._connection.execute("COMMIT")
        thread.join()
        assert waiting == [1]
        assert len(second) == 1


def _add_elsewhere(folder: Path) -> int:
    with Store(folder) as store:
        return store.add([record("elsewhere")])


WRITER = """
import sys, json
sys.path.insert(0, {tests!r})
from test_store import graph, record
from kg.store import Store
with Store({path!r}) as store:
    for batch in range(10_000):
        store.add([record(f"{{batch:05}}-{{n}}") for n in range(20)])
        print("batch", batch, flush=True)
        store.save_graph(graph("abcdefghij"[: 2 + batch % 8]))
        print("graph", 2 + batch % 8, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_instant_it_is_the_old_or_the_new_state(tmp_path: Path, seed: int) -> None:
    script = WRITER.format(tests=str(Path(__file__).parent), path=str(tmp_path / "kg.db"))
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline()]
    time.sleep(random.Random(seed).uniform(0.0, 0.4))
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    batches = sum(line.startswith("batch") for line in said)
    with Store(tmp_path, read_only=True) as store:
        papers = len(store)
        assert papers % 20 == 0
        assert papers // 20 in (batches, batches + 1)
        if graphs := [int(line.split()[1]) for line in said if line.startswith("graph")]:
            models = store.counts().nodes["Model"]
            assert models in (graphs[-1], 2 + len(graphs) % 8)
            assert same(store.graph(), graph("abcdefghij"[:models]))
    with Store(tmp_path) as store:
        store.add([record("after")])
        assert len(store) == papers + 1
    assert os.listdir(tmp_path) == ["kg.db"]


def test_a_copy_holds_everything_also_while_the_store_is_written(tmp_path: Path) -> None:
    with Store(tmp_path / "one.db") as store:
        store.add([record("a")])
        store.save_graph(graph())
        with Store(tmp_path / "one.db", read_only=True) as reader:
            reader.copy(tmp_path / "two.db")
    with Store(tmp_path / "two.db", read_only=True) as copy:
        assert list(copy.records()) == [record("a")]
        assert same(copy.graph(), graph())
    assert {path.name for path in tmp_path.iterdir()} == {"one.db", "two.db"}


READER = """
import os, sys
from kg.store import Store
if os.getuid() == 0:
    os.setuid(65534)  # root may write everywhere
print(Store(sys.argv[1], read_only=True).counts().papers)
"""


def test_a_folder_that_cannot_be_written_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store(folder) as store:
            store.save_graph(graph())
        closed = sqlite3.connect(folder / "kg.db")
        closed.execute("PRAGMA journal_mode = WAL")  # as a writer leaves it while somebody reads
        closed.close()
        folder.chmod(0o555)
        found = subprocess.run([sys.executable, "-c", READER, name], capture_output=True, text=True, check=False)
        folder.chmod(0o755)
    assert found.stdout == "1\n", found.stderr
