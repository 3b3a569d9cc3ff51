"""Write docs/cli.md: every command's own help, so that page and program cannot disagree.

python docs/cli.py            writes the page
python docs/cli.py --check    exits with 1 if the page is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

from kg.cli import app

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The `kg` command

<!-- written by docs/cli.py from the commands' own help; do not edit -->

Data goes to stdout, everything else (progress, summaries, problems) to stderr, so that output can be piped.

| exit status | meaning |
|---|---|
| 0 | done; also when a known name has no rows |
| 1 | the name is not in the graph, or with `kg fix` means several things there: no rows on stdout, the nearest names on stderr |
| 2 | bad usage: an option that does not exist, a folder without a graph, a correction that contradicts another |
| 3 | an input, or a line of `corrections.jsonl`, could not be read; it is named on stderr with the reason, and the rest was done |
| 130 | interrupted (Ctrl-C) |
"""


def page() -> str:
    """The whole page."""
    sections = [f"## {' '.join(path)}\n\n```text\n{_help(path[1:])}\n```\n" for path in _commands(get_command(app), ("kg",))]
    return "\n".join([HEAD, *sections])


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, name))


def _help(path: tuple[str, ...]) -> str:
    result = CliRunner().invoke(app, [*path, "--help"], prog_name="kg", env={"COLUMNS": "100", "TERM": "dumb"})
    if result.exit_code:
        raise SystemExit(f"kg {' '.join(path)} --help failed: {result.output}")
    return "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif page() != PAGE.read_text(encoding="utf-8"):
        sys.exit("docs/cli.md is not what the commands say of themselves: run `python docs/cli.py`")
