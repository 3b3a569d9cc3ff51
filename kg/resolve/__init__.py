"""From names in papers to things: one node per thing across papers, and the families that variants belong to."""

from kg.resolve.names import normal
from kg.resolve.node import Node
from kg.resolve.resolution import Resolution, resolve

__all__ = ["Node", "Resolution", "normal", "resolve"]
