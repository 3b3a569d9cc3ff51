"""Where each node stands: computed once, before the page is opened, so that nothing moves by itself.

The compared models are laid out by ForceAtlas2 (Jacomy et al., 2014), each connected component on its own; components are
packed around the largest, and every other node is put beside what it is joined to. Lengths are the page's own pixels at zoom 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.explore.select import View

Positions = dict[str, tuple[int, int]]
Points = NDArray[np.float64]

EDGE = 110.0
"""Typical length of an edge."""
GOLDEN = math.pi * (3 - math.sqrt(5))


def positions(graph: nx.MultiDiGraph[str], view: View) -> Positions:
    """A whole-numbered place for every node of `view.kept`; the same graph gives the same places."""
    placed = backbone_positions(view)
    placed.update(beside(graph.subgraph(view.kept), placed))
    return {n: (round(x), round(y)) for n, (x, y) in sorted(placed.items())}


def backbone_positions(view: View) -> dict[str, tuple[float, float]]:
    """Places of the compared models: components laid out by force, then packed, the largest in the middle."""
    group_of = {n: i for i, group in enumerate(view.groups) for n in group.members}
    components = sorted((sorted(c) for c in nx.connected_components(view.backbone)), key=lambda c: (-len(c), c))
    laid = [component(view.backbone, nodes, group_of) for nodes in components]
    places: dict[str, tuple[float, float]] = {}
    for nodes, points, (dx, dy) in zip(components, laid, pack([radius(p) for p in laid]), strict=True):
        places.update({n: (x + dx, y + dy) for n, (x, y) in zip(nodes, points.tolist(), strict=True)})
    return places


def component(backbone: nx.Graph[str], nodes: Sequence[str], group_of: Mapping[str, int]) -> Points:
    """Points of one connected component about its centre; edges inside a group pull harder than edges between groups."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    if len(nodes) == 2:
        return np.array([[0.0, -EDGE / 3], [0.0, EDGE / 3]])
    index = {n: i for i, n in enumerate(nodes)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    for u, v in sorted((min(index[u], index[v]), max(index[u], index[v])) for u, v in backbone.edges(nodes)):
        numbered.add_edge(u, v, weight=1.0 if group_of.get(nodes[u]) == group_of.get(nodes[v]) else 0.25)
    start = nx.circular_layout(numbered)
    found = nx.forceatlas2_layout(numbered, pos=start, max_iter=400, linlog=False, scaling_ratio=2.0, weight="weight", seed=7)
    points = np.array([found[i] for i in range(len(nodes))], dtype=np.float64)
    points -= points.mean(axis=0)
    lengths = [float(np.linalg.norm(points[u] - points[v])) for u, v in numbered.edges]
    points *= EDGE / max(float(np.median(lengths)), 1e-9)
    return apart(points, 46.0)


def apart(points: Points, gap: float, rounds: int = 60) -> Points:
    """The points pushed away from each other until all are about `gap` apart, those that lie together in a fixed direction."""
    points = points.copy()
    n = len(points)
    for _ in range(rounds):
        diff = points[:, None] - points[None]
        distance = np.hypot(diff[..., 0], diff[..., 1])
        np.fill_diagonal(distance, np.inf)
        close = distance < gap
        if not close.any():
            break
        same = distance < 1e-6
        angle = GOLDEN * (np.arange(n)[:, None] - np.arange(n)[None])
        diff = np.where(same[..., None], np.stack([np.cos(angle), np.sin(angle)], axis=-1), diff)
        distance = np.where(same, 1.0, distance)
        push = np.where(close, (gap - np.minimum(distance, gap)) / (2 * distance), 0.0)
        points += (diff * push[..., None]).sum(axis=1) * 0.9
    return points


def radius(points: Points) -> float:
    """Half the room that a component takes."""
    return float(np.hypot(points[:, 0], points[:, 1]).max()) + EDGE / 2


def pack(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Centres of circles that do not overlap: each, in the given order, on a spiral as near the middle as there is room."""
    centres: list[tuple[float, float]] = []
    for i, r in enumerate(radii):
        if i == 0:
            centres.append((0.0, 0.0))
            continue
        step = 0
        while True:
            far = radii[0] * 0.55 + 9.0 * math.sqrt(step)
            x, y = far * math.cos(step * GOLDEN) * 1.15, far * math.sin(step * GOLDEN)
            if all(math.hypot(x - cx, y - cy) >= r + cr for (cx, cy), cr in zip(centres, radii, strict=False)):
                centres.append((x, y))
                break
            step += 1
    return centres


def beside(graph: nx.MultiDiGraph[str], placed: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Places for the nodes not yet placed: near the middle of their placed neighbours, the rest in a ring around all."""
    places = dict(placed)
    neighbours = {n: sorted(set(graph.pred[n]) | set(graph.succ[n])) for n in sorted(graph)}
    reach = max((math.hypot(x, y) for x, y in placed.values()), default=0.0)
    waiting = [n for n in neighbours if n not in places]
    taken: dict[tuple[int, int], int] = {}
    while waiting:
        ready = [(n, near) for n in waiting if (near := [places[m] for m in neighbours[n] if m in places])]
        if not ready:
            # A part of its own: its most connected node starts outside, and the rest follows it.
            start = max(waiting, key=lambda n: (len(neighbours[n]), n))
            reach += 6.0
            angle = len(places) * GOLDEN
            ready = [(start, [(reach * 1.15 * math.cos(angle), reach * math.sin(angle))])]
        for n, near in ready:
            x, y = (sum(c) / len(near) for c in zip(*near, strict=True))
            cell = (round(x / EDGE), round(y / EDGE))
            turn = taken[cell] = taken.get(cell, 0) + 1
            far = EDGE * 0.35 * math.sqrt(turn)
            places[n] = (x + far * math.cos(turn * GOLDEN), y + far * math.sin(turn * GOLDEN))
        waiting = [n for n in waiting if n not in places]
    return {n: places[n] for n in places if n not in placed}


def bounds(places: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of some places."""
    xs, ys = zip(*places, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
