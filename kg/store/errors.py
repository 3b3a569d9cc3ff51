"""What can be wrong with a store, said with the command that helps."""


class StoreError(Exception):
    """A store that can't be read or written; the message names the file, the reason and what to type next."""


class MissingStore(StoreError):
    """There is no store, or none with a graph in it yet: `kg build` comes first."""
