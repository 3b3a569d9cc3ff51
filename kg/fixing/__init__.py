"""Corrections of a graph on disk: checked before they are written to `corrections.jsonl`, and the graph follows at once."""

from kg.fixing.check import NotThere, Refused
from kg.fixing.folder import Change, add, listed, training_records, undo

__all__ = ["Change", "NotThere", "Refused", "add", "listed", "training_records", "undo"]
