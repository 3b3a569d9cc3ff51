"""The sample corpus that the package ships."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample() -> Path:
    """The folder of the sample corpus, to be given to `kg.sources.read`. Its card lies one level up: all that is in the folder is read."""
    return Path(str(files("kg") / "data" / "sample" / "pages"))
