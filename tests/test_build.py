"""The whole way, from sources to files."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import by_pattern
import networkx as nx
import pytest

from kg.build import BATCH, NothingRead, build
from kg.paper import Paper
from kg.record import Record
from kg.store import Store

FILES = {"graph.html", "graph.json", "kg.db", "records.jsonl"}
PAPERS = [
    {"id": "alpha", "title": "AlphaNet", "abstract": "AlphaNet outperforms BaseNet by 2.1% on TinyImages."},
    {
        "id": "beta",
        "title": "BetaNet",
        "abstract": "BetaNet outperforms BaseNet by 0.4% on TinyImages. BetaNet outperforms AlphaNet by 0.2% on Roads.",
    },
    {"id": "survey", "title": "A survey", "abstract": "We look back."},
]


def jsonl(path: Path, papers: Iterable[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    return path


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("graph.html", "graph.json", "records.jsonl")}


def test_it_leaves_four_files_and_says_what_is_in_them(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", [*PAPERS, PAPERS[0]])
    report = build([source], tmp_path / "out", extract=by_pattern.extract)
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert (report.listed, report.papers, report.with_claims, report.claims) == (4, 3, 2, 3)
    assert report.beaten == "BaseNet"
    assert report.problems == ()

    data = json.loads((tmp_path / "out" / "graph.json").read_text())
    graph = nx.node_link_graph(data, edges="edges")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (report.nodes, report.edges)

    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text().splitlines()]
    assert [record["id"] for record in records] == sorted(paper["id"] for paper in PAPERS)
    with Store(tmp_path / "out" / "kg.db", read_only=True) as store:
        assert [record.to_dict() for record in store.records()] == records


def test_the_same_bytes_whatever_the_order_of_arrival(tmp_path: Path) -> None:
    there = [jsonl(tmp_path / f"{n}.jsonl", [paper]) for n, paper in enumerate(PAPERS)]
    build(there, tmp_path / "a", extract=by_pattern.extract)
    build(there[::-1], tmp_path / "b", extract=by_pattern.extract)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    jsonl(tmp_path / "papers.jsonl", PAPERS)
    script = "import sys, by_pattern; from kg.build import build; build(['papers.jsonl'], sys.argv[1], extract=by_pattern.extract)"
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(by_pattern.__file__).parent)}
        subprocess.run([sys.executable, "-c", script, seed], cwd=tmp_path, env=env, check=True)
    assert digests(tmp_path / "1") == digests(tmp_path / "2")


def test_a_source_that_cannot_be_read_is_reported_and_the_rest_is_built(tmp_path: Path) -> None:
    report = build([tmp_path / "missing.jsonl", jsonl(tmp_path / "papers.jsonl", PAPERS)], tmp_path / "out", extract=by_pattern.extract)
    assert report.papers == 3
    assert ["missing.jsonl" in str(problem) for problem in report.problems] == [True]


def test_nothing_to_read_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NothingRead) as caught:
        build([tmp_path / "missing.jsonl"], tmp_path / "out", extract=by_pattern.extract)
    assert "missing.jsonl" in str(caught.value.problems[0])
    assert not (tmp_path / "out").exists()


def test_a_build_that_fails_leaves_the_former_files_and_nothing_else(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", PAPERS)
    build([source], tmp_path / "out", extract=by_pattern.extract)
    before = digests(tmp_path / "out")

    def failing(papers: Iterable[Paper]) -> Iterator[Record]:
        yield next(by_pattern.extract(papers))
        raise RuntimeError("the extractor broke")

    with pytest.raises(RuntimeError, match="the extractor broke"):
        build([source], tmp_path / "out", extract=failing)
    assert digests(tmp_path / "out") == before
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


def test_corrections_in_the_folder_apply_to_the_graph_and_not_to_the_records(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", PAPERS)
    build([source], tmp_path / "out", extract=by_pattern.extract)
    before = digests(tmp_path / "out")
    corrections = tmp_path / "out" / "corrections.jsonl"
    corrections.write_text('{"fix": "merge", "name": "BaseNet", "also": "AlphaNet"}\n{"fix": "rename", "name": "Nothing", "label": "X"}\n')
    text = corrections.read_bytes()
    report = build([source], tmp_path / "out", extract=by_pattern.extract)
    assert ["line 2: no longer applies" in str(problem) for problem in report.unmet] == [True]
    assert report.problems == ()
    assert corrections.read_bytes() == text
    after = digests(tmp_path / "out")
    assert after["records.jsonl"] == before["records.jsonl"]
    assert after["graph.json"] != before["graph.json"]
    assert "Model:AlphaNet" not in (tmp_path / "out" / "graph.json").read_text()


def test_more_papers_than_a_batch_holds(tmp_path: Path) -> None:
    source = jsonl(
        tmp_path / "papers.jsonl", ({"id": f"p{n:04}", "title": f"Title {n}", "abstract": "We look back."} for n in range(2 * BATCH + 1))
    )
    assert build([source], tmp_path / "out", extract=by_pattern.extract).papers == 2 * BATCH + 1
    with Store(tmp_path / "out" / "kg.db", read_only=True) as store:
        assert len(store) == 2 * BATCH + 1


def test_text_that_utf8_cannot_hold_stops_nothing(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"id": "p", "title": "A \\ud800 title", "abstract": "X\\udc00 outperforms Y by 1% on Z."}\n')
    build([source], tmp_path / "out", extract=by_pattern.extract)
    for line in (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines():
        json.loads(line)
    json.loads((tmp_path / "out" / "graph.json").read_text(encoding="utf-8"))


def test_without_sources_it_reads_the_sample_corpus(tmp_path: Path) -> None:
    report = build([], tmp_path / "out", extract=by_pattern.extract)
    assert report.papers >= 40
    assert str(tmp_path) not in (tmp_path / "out" / "records.jsonl").read_text()
