"""Fill in the outputs that README.md shows: each block after a line `<!-- run: COMMAND -->` is what the command prints on the sample graph.

python docs/readme.py            writes README.md
python docs/readme.py --check    exits with 1, and says where, if README.md shows anything else
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"(?P<mark><!-- run: (?P<command>.+?) -->)\n```(?P<form>\w*)\n.*?^```$", re.DOTALL | re.MULTILINE)
UNSETTLED = re.compile(r"(?<=confidence )[\d.]+( to [\d.]+)?|(?<=of )[\d,]+(?= rows)")
"""What may differ between types of processor: last digits of confidences, and with them the order of rows and how many there are."""


def filled(text: str, run: Callable[[str], str]) -> str:
    """The text with each block replaced by its command and what `run` gives for it."""

    def block(found: re.Match[str]) -> str:
        command, form = found["command"], found["form"]
        prompt = f"$ {command}\n" if form == "console" else ""
        return f"{found['mark']}\n```{form}\n{prompt}{run(command).rstrip()}\n```"

    return BLOCK.sub(block, text)


def runner(folder: Path) -> Callable[[str], str]:
    """Runs a shell line in `folder`, where `output` holds the graph to ask, with this Python's `kg`; gives its stdout."""
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "PYTHONPATH")}
    env |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}

    def run(command: str) -> str:
        done = subprocess.run(command, shell=True, cwd=folder, env=env, capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"{command}: exit status {done.returncode}\n{done.stderr.decode()}")
        return done.stdout.decode()

    return run


def settled(text: str) -> list[str]:
    """The lines, in no order, without what may differ between types of processor."""
    return sorted(UNSETTLED.sub("…", text).splitlines())


def main(check: bool) -> None:
    shown = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        run = runner(Path(folder))
        run("kg build")
        fresh = filled(shown, run)
    if not check:
        PAGE.write_text(fresh, encoding="utf-8")
    elif settled(shown) != settled(fresh):
        sys.stdout.writelines(difflib.unified_diff(shown.splitlines(True), fresh.splitlines(True), "README.md", "what the commands print"))
        sys.exit("README.md shows other output than its commands print: run `python docs/readme.py`")


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
