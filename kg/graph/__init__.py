"""The graph of claims: a `networkx.MultiDiGraph` whose every edge from text carries its evidence, and its file."""

from kg.graph.build import build
from kg.graph.nodelink import read_graph, write_graph

__all__ = ["build", "read_graph", "write_graph"]
