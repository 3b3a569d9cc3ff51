"""The embedded store: one SQLite file, `kg.db`, that takes records in batches and answers point questions by index."""

from kg.store.errors import MissingStore, StoreError
from kg.store.rows import Counts, Edge, Named, Node
from kg.store.store import Store, content_hash

__all__ = ["Counts", "Edge", "MissingStore", "Named", "Node", "Store", "StoreError", "content_hash"]
