"""What beats what, where, by how much, and who says so: claims read from paper abstracts, joined into a graph."""

__version__: str


def __getattr__(name: str) -> str:
    """`__version__` when it is asked for: to look it up takes half as long as all else that a quick question imports."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("whatbeats")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0.0.0"
