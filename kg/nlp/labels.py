"""The names of everything that the network scores, in the order of its outputs. Training and inference share this table."""

from __future__ import annotations

from kg.record import ENTITY_TYPES

MENTION_TYPES: tuple[str, ...] = ENTITY_TYPES
"""Types of the spans that the tagger finds in the text."""

TAGS: tuple[str, ...] = ("O", *(f"{p}-{t}" for t in MENTION_TYPES for p in "BI"))
"""Labels of the first tagger: one a wordpiece."""

CONDITION_TAGS: tuple[str, ...] = ("O", "B-Condition", "I-Condition")
"""Labels of the second tagger: conditions contain mentions (`at similar FLOPs`), so they have a layer of their own."""

NODE_TYPES: tuple[str, ...] = (*MENTION_TYPES, "Quantity", "Condition", "Own")
"""Kinds of nodes that relations join. `Own` stands once a sentence for the paper's own method, named there or not."""

PAIR_LABELS: tuple[str, ...] = (
    "better",  # subject -> object
    "comparable",  # subject -> object
    "background",  # subject -> object: not this paper's result
    "subject_metric",
    "subject_dataset",
    "object_metric",
    "object_dataset",
    "subject_delta",
    "object_delta",
    "subject_value",
    "object_value",
    "result",  # system -> the figure it reaches
    "quantity_metric",
    "quantity_dataset",
    "metric_dataset",
    "sota",  # system -> dataset or task; system -> itself where neither is said
    "object_condition",
)
"""Labels of an ordered pair of nodes, each scored on its own."""

NODE_LABELS: tuple[str, ...] = (
    "proposes",
    "main",  # the first of `proposes`: what `our model` stands for
    "evaluated_on",
    "addresses",
    "builds_on",
    "max",  # hedges of a figure
    "min",
    "mean",
    "approx",
    "absolute",  # kinds of a difference
    "relative",
    "factor",
    "unknown",
)
"""Labels of a single node, each scored on its own."""

HEDGES: tuple[str, ...] = ("max", "min", "mean", "approx")
DELTA_KINDS: tuple[str, ...] = ("absolute", "relative", "factor", "unknown")
ENTITY_LABELS: tuple[str, ...] = ("proposes", "main", "evaluated_on", "addresses", "builds_on")

REACH = 1
"""Two nodes are scored as a pair when their sentences are at most this far apart."""
