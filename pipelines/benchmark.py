"""Time and peak memory of `kg build` and of one query; `python -m pipelines.benchmark [SOURCE ...]`, by default the seed pages.

Both run as commands of their own, as a user would, and include the start of Python.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipelines.paths import SHARED


def timed(*command: str) -> float:
    """Seconds of wall clock that a command takes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kg", *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = (
        [line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.is_file() else []
    )
    return names[0] if names else platform.processor()


def main() -> None:
    sources = sys.argv[1:] or [str(SHARED / "seeds")]
    print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        seconds = timed("build", *sources, "-o", folder)
        built = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with open(Path(folder) / "records.jsonl", encoding="utf-8") as records:
            papers = sum(1 for _ in records)
        print(f"kg build: {papers} papers in {seconds:.1f} s, {papers / seconds:.0f} a second, peak memory {built:.0f} MB")
        for name in ("kg.db", "graph.json", "graph.html", "records.jsonl"):
            print(f"  {name}: {(Path(folder) / name).stat().st_size / 1e6:.1f} MB")
        seconds = timed("query", "outperforms", "--target", "Swin", "-o", folder)
        print(f"kg query outperforms --target Swin: {seconds:.2f} s")


if __name__ == "__main__":
    main()
