"""Where nodes stand: readable, whole numbers, the same every time."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.explore.layout import BETWEEN, CELL, apart, pack, positions
from kg.explore.network import radii
from kg.explore.select import choose

places = st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), min_size=1, max_size=12)


def test_every_node_has_a_place_of_its_own(graph: nx.MultiDiGraph) -> None:
    view = choose(graph)
    found = positions(graph, view, radii(graph, view))
    assert sorted(found) == sorted(graph)
    assert len(set(found.values())) == len(found)


def test_the_order_of_arrival_does_not_matter(graph: nx.MultiDiGraph) -> None:
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    view, again = choose(graph), choose(other)
    assert positions(graph, view, radii(graph, view)) == positions(other, again, radii(other, again))


@settings(deadline=None)
@given(places)
def test_names_have_room(points: list[tuple[float, float]]) -> None:
    n = len(points)
    moved = apart(np.array(points), np.full(n, 40.0), np.full(n, 20.0), rounds=2000)
    diff = np.abs(moved[:, None] - moved[None])
    close = (diff[..., 0] < 78) & (diff[..., 1] < 38)
    np.fill_diagonal(close, False)
    assert not close.any()


@settings(max_examples=25, deadline=None)
@given(st.lists(places, min_size=1, max_size=6))
def test_components_stand_apart(parts: Sequence[list[tuple[float, float]]]) -> None:
    packed = pack([np.array(part) for part in parts])
    for i, part in enumerate(packed):
        for other in packed[:i]:
            diff = np.abs(part[:, None] - other[None])
            assert not ((diff[..., 0] < BETWEEN[0] - 2 * CELL) & (diff[..., 1] < BETWEEN[1] - 2 * CELL)).any()


def test_an_empty_graph_has_no_places() -> None:
    empty = nx.MultiDiGraph()
    assert positions(empty, choose(empty), {}) == {}
