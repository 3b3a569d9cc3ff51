"""`kg build`"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import BAD_USAGE, OUTPUT, UNREADABLE, name_problems, refuse, say

if TYPE_CHECKING:
    from kg.build import Report


def command(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", show_default=False, help="Files, folders, or - for standard input. None: the sample corpus."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files go; made if need be.")] = OUTPUT,
) -> None:
    """Make a graph of what the papers in SOURCE claim.

    Writes kg.db, graph.json, graph.html and records.jsonl to DIR. The form of a source (saved search pages, JSON lines, plain
    text) is told by its content.
    """
    from kg.build import NothingRead, build
    from kg.store import StoreError

    if not sources:
        say("No SOURCE given: reading the sample corpus that comes with kg.")
    try:
        report = build(sources or [], output)
    except NothingRead as error:
        name_problems(error.problems)
        refuse(f"Nothing could be read, so nothing was built; {output} is as it was.", UNREADABLE)
    except StoreError as error:
        refuse(error, BAD_USAGE)
    except OSError as error:
        refuse(f"Can't write to {output}: {error.strerror or error}. Choose another folder with -o DIR.", BAD_USAGE)
    status = name_problems(report.problems)
    for correction in report.unmet:
        say(str(correction))
    say(_summary(report))
    say(f"Next: {_next(report)}")
    say(f"Or open {report.out / 'graph.html'} in a browser.")
    raise typer.Exit(status)


def _summary(report: Report) -> str:
    from kg.query.answer import counted

    read = f"Read {counted(report.listed, 'abstract')}: {counted(report.papers, 'paper')}, {report.with_claims:,} with claims"
    made = f"{counted(report.nodes, 'node')} and {counted(report.edges, 'edge')}"
    return f"{read} ({report.claims:,}). Wrote {made} to {report.out} in {report.seconds:.0f} s."


def _next(report: Report) -> str:
    folder = "" if report.out == OUTPUT else f" -o {shlex.quote(str(report.out))}"
    return f"kg query outperforms --target {shlex.quote(report.beaten)}{folder}" if report.beaten else f"kg stats{folder}"
