"""The questions, each a pure function of a store or of a graph, one file each."""

from kg.query.answer import Answer, ClaimRow
from kg.query.names import Match, UnknownName, lookup
from kg.query.outperforms import outperforms
from kg.query.stats import stats

__all__ = ["Answer", "ClaimRow", "Match", "UnknownName", "lookup", "outperforms", "stats"]
