"""`kg extract`"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import name_problems

if TYPE_CHECKING:
    from kg.sources import Problem


def command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="Files, folders, or - for standard input.")],
    min_confidence: Annotated[
        float | None,
        typer.Option(metavar="P", min=0, max=1, help="Leave out claims below it; 0 prints all.", show_default="the extractor's own"),
    ] = None,
) -> None:
    """Print what each abstract says, one JSON object a line.

    Records come in the order of the input, one for every abstract, as soon as they are made; nothing is merged.
    """
    from kg.nlp import extract
    from kg.progress import track
    from kg.sources import read

    problems: list[Problem] = []
    records = extract(read(sources, problems), min_confidence=min_confidence)
    for record in records if sys.stdout.isatty() else track(records, "Extracting"):
        sys.stdout.write(record.to_json() + "\n")
        sys.stdout.flush()
    raise typer.Exit(name_problems(problems))
