"""The page as a file: one, inert, whole, the same every time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import Claims

from kg.explore import write_page
from kg.explore.page import digest, embedded, inline, page


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_names_no_address_but_those_of_papers(graph: nx.MultiDiGraph) -> None:
    html = page(graph)
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b", html)
    assert not re.search(r"<script[^>]*\bsrc=", html)
    assert "sourceMappingURL" not in html
    assert "https://example.org/ski" in html


def test_only_the_page_s_own_scripts_may_run(graph: nx.MultiDiGraph) -> None:
    html = page(graph)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) > 5
    for script in scripts:
        assert f"'sha256-{digest(script)}'" in rules


def test_the_same_graph_gives_the_same_bytes(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    write_page(graph, tmp_path / "a.html")
    write_page(other, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_every_claim_is_in_the_page_with_its_sentence(graph: nx.MultiDiGraph) -> None:
    data = data_of(page(graph))
    assert len(data["claims"]) == graph.number_of_edges()
    said = {data["sentences"][c["sentence"]] for c in data["claims"] if "sentence" in c}
    assert said == {d["sentence"] for *_, d in graph.edges(data=True) if "sentence" in d}
    drawn = sorted(i for edge in data["edges"] for i in edge["claims"])
    assert drawn == list(range(len(data["claims"]))), "each claim stands behind one edge of the map"


def test_nodes_come_from_pyvis_with_place_shape_and_type(graph: nx.MultiDiGraph) -> None:
    by_key = {n["key"]: n for n in data_of(page(graph))["nodes"]}
    swin, coco = by_key["Model:Swin Transformer"], by_key["Dataset:COCO"]
    assert (swin["group"], coco["group"]) == ("Model", "Dataset")
    assert swin["shape"] != coco["shape"]
    assert swin["size"] > by_key["Model:YakMLP"]["size"] > 0
    assert swin["aliases"] == ["Swin", "Swin Transformers"]
    assert {"x", "y"} <= swin.keys()


@settings(deadline=None)
@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_embedded_data_is_inert_and_comes_back(value: Any) -> None:
    text = embedded(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert text.isascii()
    assert json.loads(text) == value


@pytest.mark.parametrize("text", ["var a = '</script>'", "</STYLE >", "a <!-- b"])
def test_a_script_that_would_end_its_element_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="end its own element"):
        inline(text)


def test_the_title_is_text(graph: nx.MultiDiGraph) -> None:
    html = page(graph, title="<b>{{ 7 * 7 }}</b>")
    assert "<title>&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt;</title>" in html


def test_lone_surrogates_do_not_stop_the_page(claims: Claims, tmp_path: Path) -> None:
    claims.paper("p", "A title with \ud800 in it")
    write_page(claims.graph, tmp_path / "graph.html", title="\udfff")
    assert "\\ud800" in (tmp_path / "graph.html").read_text("utf-8")


def test_an_empty_graph_has_a_page() -> None:
    assert data_of(page(nx.MultiDiGraph()))["nodes"] == []


def test_importing_the_room_loads_no_pyvis() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, kg.explore; print('pyvis' in sys.modules, 'jinja2' in sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert loaded.split() == ["False", "False"]
