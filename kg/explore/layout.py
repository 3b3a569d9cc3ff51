"""Where each node stands: computed once, before the page is opened, so that nothing moves by itself.

The compared models are laid out by Fruchterman and Reingold's forces (1991), each connected component on its own, and moved apart until
their names have room; components are packed around the largest; every other node is put beside what it is joined to. Lengths
are pixels of the page at zoom 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.explore.select import View, components

Place = tuple[float, float]
Positions = dict[str, tuple[int, int]]
Points = NDArray[np.float64]

EDGE = 92.0
"""Length of an edge that most are near to."""
ROOM = (76.0, 36.0)
"""Width and height that a node takes with its name."""
BETWEEN = (118.0, 74.0)
"""Least distances, across and down, of nodes of different components."""
WIDER = 1.2
"""A map's width over its height."""
BRIDGE = 0.25
"""Pull of an edge between two groups, where one inside a group pulls with 1."""
SLOT = (40.0, 30.0)
"""Width and height of the room of a node that is not in the first view."""
CELL = 16.0
"""Edge of the squares in which `pack` looks for room."""
SPIRAL, FARTHEST = 30_000, 8000.0
"""Places that `pack` tries for a part, and the largest distance that it looks at; the last place is taken if none is free."""
GOLDEN = math.pi * (3 - math.sqrt(5))
"""The golden angle: turning by it step after step fills a disc evenly."""


def positions(graph: nx.MultiDiGraph, view: View, sizes: Mapping[str, float]) -> Positions:
    """A whole-numbered place for every node of `view.kept`, whose radii are `sizes`; the same graph gives the same places."""
    placed = backbone_positions(view, sizes)
    placed.update(beside(graph.subgraph(view.kept), placed, sizes))
    return {n: (round(x), round(y)) for n, (x, y) in sorted(placed.items())}


def backbone_positions(view: View, sizes: Mapping[str, float]) -> dict[str, Place]:
    """Places of the compared models: components laid out by force, then packed, the largest in the middle."""
    group_of = {n: i for i, group in enumerate(view.groups) for n in group.members}
    parts = components(view.backbone)
    packed = pack([component(view.backbone, nodes, group_of, sizes) for nodes in parts])
    return {n: (x, y) for nodes, points in zip(parts, packed, strict=True) for n, (x, y) in zip(nodes, points.tolist(), strict=True)}


def component(backbone: nx.Graph, nodes: Sequence[str], group_of: Mapping[str, int], sizes: Mapping[str, float]) -> Points:
    """Points of one connected component about its centre; edges inside a group pull harder than edges between groups."""
    index = {n: i for i, n in enumerate(nodes)}
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    for u, v in sorted((min(index[u], index[v]), max(index[u], index[v])) for u, v in backbone.edges(nodes)):
        numbered.add_edge(u, v, weight=1.0 if group_of.get(nodes[u]) == group_of.get(nodes[v]) else BRIDGE)
    found = nx.spring_layout(numbered, k=2.2 / math.sqrt(len(nodes)), iterations=min(50 + 4 * len(nodes), 500), seed=7, method="force")
    points = np.array([found[i] for i in range(len(nodes))], dtype=np.float64)
    if len(nodes) == 2:
        points = np.array([[0.0, -1.0], [0.0, 1.0]])
    lengths = [float(np.linalg.norm(points[u] - points[v])) for u, v in numbered.edges]
    points *= EDGE / max(float(np.median(lengths)), 1e-9) if len(nodes) > 2 else 30.0
    radii = np.array([sizes[n] for n in nodes])
    return apart(points - points.mean(axis=0), np.maximum(ROOM[0] / 2, radii + 8), np.maximum(ROOM[1] / 2, radii + 8))


def apart(points: Points, half_widths: Points, half_heights: Points, rounds: int = 400) -> Points:
    """The points moved, each time by the shorter way, until rectangles of these half sizes around them hardly overlap."""
    points = points.copy()
    width, height = half_widths[:, None] + half_widths[None], half_heights[:, None] + half_heights[None]
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None])
    for _ in range(rounds):
        diff = points[:, None] - points[None]
        over_x, over_y = width - np.abs(diff[..., 0]), height - np.abs(diff[..., 1])
        over = (over_x > 1) & (over_y > 1) & (order != 0)
        if not over.any():
            break
        across = over & (over_x / width < over_y / height)
        # Where two lie on one another the order of the nodes says which way each goes.
        way_x, way_y = (np.where(diff[..., i] != 0, np.sign(diff[..., i]), order) for i in (0, 1))
        points[:, 0] += np.where(across, over_x * way_x, 0.0).sum(axis=1) / 4
        points[:, 1] += np.where(over & ~across, over_y * way_y, 0.0).sum(axis=1) / 4
    return points


def pack(parts: Sequence[Points]) -> list[Points]:
    """Parts moved so that none comes near another: each, in the given order, as near the middle as there is room."""
    reach = sum(float(np.abs(part).max()) for part in parts) + sum(BETWEEN) * len(parts) if parts else 0.0
    half = int(min(reach, FARTHEST) / CELL) + 1
    taken = np.zeros((2 * half, 2 * half), dtype=bool)
    margin_x, margin_y = (int(b / CELL) for b in BETWEEN)
    steps = np.arange(SPIRAL)
    spiral = np.stack([WIDER * np.cos(steps * GOLDEN), np.sin(steps * GOLDEN)], axis=-1) * CELL * np.sqrt(steps)[:, None]
    packed: list[Points] = []
    for part in parts:
        cells = np.clip(((part[None] + spiral[:, None]) / CELL + half).astype(int), 0, 2 * half - 1)
        free = ~taken[cells[..., 0], cells[..., 1]].any(axis=1)
        at = int(free.argmax()) if free.any() else SPIRAL - 1
        packed.append(part + spiral[at])
        for x, y in cells[at].tolist():
            taken[max(x - margin_x, 0) : x + margin_x + 1, max(y - margin_y, 0) : y + margin_y + 1] = True
    return packed


def beside(graph: nx.MultiDiGraph, placed: Mapping[str, Place], sizes: Mapping[str, float]) -> dict[str, Place]:
    """Places for the nodes not yet placed: free ones near the middle of their placed neighbours, what is apart in a ring around."""
    places = dict(placed)
    neighbours = {n: sorted(set(graph.pred[n]) | set(graph.succ[n])) for n in sorted(graph)}
    reach = max((math.hypot(x, y) for x, y in placed.values()), default=0.0)
    taken = {
        (i, j)
        for n, (x, y) in placed.items()
        for i in range(slot(x - sizes[n], y)[0], slot(x + sizes[n], y)[0] + 1)
        for j in range(slot(x, y - sizes[n])[1], slot(x, y + sizes[n])[1] + 1)
    }
    tried: dict[tuple[int, int], int] = {}
    waiting = [n for n in neighbours if n not in places]
    while waiting:
        ready = [(n, near) for n in waiting if (near := [places[m] for m in neighbours[n] if m in places])]
        if not ready:
            # A part of its own: its most connected node starts outside, and the rest follows it.
            start = max(waiting, key=lambda n: (len(neighbours[n]), n))
            reach += 6.0
            turn = len(places) * GOLDEN
            ready = [(start, [(reach * WIDER * math.cos(turn), reach * math.sin(turn))])]
        for n, near in ready:
            x, y = (sum(c) / len(near) for c in zip(*near, strict=True))
            middle = slot(x, y)
            for step in range(tried.get(middle, 1), SPIRAL):
                far = SLOT[1] * math.sqrt(step)
                spot = x + far * math.cos(step * GOLDEN), y + far * math.sin(step * GOLDEN)
                if slot(*spot) not in taken:
                    break
            tried[middle] = step
            taken.add(slot(*spot))
            places[n] = spot
        waiting = [n for n in waiting if n not in places]
    return {n: places[n] for n in places if n not in placed}


def slot(x: float, y: float) -> tuple[int, int]:
    """The square of the map that a place lies in; `beside` puts one node into each."""
    return round(x / SLOT[0]), round(y / SLOT[1])
