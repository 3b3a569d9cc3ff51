"""graph.json: what networkx reads, the same bytes every time, and never half a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import beats, record

from kg.graph import build, read_graph, write_graph
from kg.record import Record


def papers() -> list[Record]:
    return [
        record(
            "b",
            "Größer beats <b>B</b> on “Ω”.",
            Model=["Größer", "B"],
            Dataset=["Ω"],
            comparisons=[beats("Größer", "B", d="Ω", delta="2x", m="speed")],
        ),
        record("a", "B-T is best.", Model=["B-T", "B"], sota=[{"s": "B-T"}]),
    ]


def test_networkx_reads_it_with_its_defaults(tmp_path: Path) -> None:
    graph = build(papers())
    write_graph(graph, tmp_path / "graph.json")
    with (tmp_path / "graph.json").open(encoding="utf-8") as file:
        assert nx.utils.graphs_equal(nx.node_link_graph(json.load(file)), graph)
    assert nx.utils.graphs_equal(read_graph(tmp_path / "graph.json"), graph)


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from made import record, beats\nfrom kg.graph import build, write_graph\n"
        "names = ['Swin', 'Swin Transformer', 'ViT', 'CAT', 'Swin-T', 'PVT-T', 'PVT-S']\n"
        "rs = [record(f'p{i}', 'A sentence.', Model={n: [n, n + 's'] for n in names[i:i + 4]}, proposes=names[i:i + 2],"
        " comparisons=[beats(names[i], names[i + 1])]) for i in range(4)]\n"
        "write_graph(build(rs), sys.argv[1])\n"
    )
    support = str(Path(__file__).parents[1] / "support")
    for seed in ("0", "1", "2"):
        out = str(tmp_path / seed)
        subprocess.run([sys.executable, "-c", code, out, support, os.getcwd()], check=True, env=os.environ | {"PYTHONHASHSEED": seed})
    assert len({(tmp_path / seed).read_bytes() for seed in "012"}) == 1


def test_writing_again_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    write_graph(build(papers()), path)
    before = path.read_bytes()
    write_graph(read_graph(path), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["graph.json"]


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    write_graph(build(papers()), path)
    before = path.read_bytes()
    broken = nx.MultiDiGraph()
    broken.add_node("x", what=object())
    with pytest.raises(TypeError):
        write_graph(broken, path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["graph.json"]


@pytest.mark.parametrize(("text", "word"), [("", "not JSON"), ("[1]", "node-link"), ('{"nodes": []}', "node-link"), ("{", "not JSON")])
def test_a_file_that_is_no_graph_is_named_with_the_reason(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "graph.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word) as error:
        read_graph(path)
    assert str(path) in str(error.value)
    assert "kg build" in str(error.value)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, one: str, two: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(one, label=two)
    graph.add_edge(one, two, key="k", sentence=one)
    path = tmp_path_factory.mktemp("text") / "graph.json"
    write_graph(graph, path)
    assert nx.utils.graphs_equal(read_graph(path), graph)


def test_a_lone_surrogate_survives(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="\ud835 is half a letter")
    write_graph(graph, tmp_path / "graph.json")
    assert read_graph(tmp_path / "graph.json").nodes["a"]["label"] == "\ud835 is half a letter"
