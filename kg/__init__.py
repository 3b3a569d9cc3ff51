"""What beats what, where, by how much, and who says so: claims read from paper abstracts, joined into a graph."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("whatbeats")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0.0.0"
