"""What the commands share at their ends: streams, refusals, exit statuses, answers, options."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from kg.present import FORMATS, Format

if TYPE_CHECKING:
    from kg.query import Answer
    from kg.sources import Problem
    from kg.store import Store

UNKNOWN_NAME, BAD_USAGE, UNREADABLE, INTERRUPTED = 1, 2, 3, 130

OUTPUT = Path("output")
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder that `kg build` wrote.")]
As = Annotated[Format, typer.Option("--format", "-f", metavar="FORMAT", help=f"How to print the answer: {', '.join(FORMATS)}.")]


class Group(TyperGroup):
    """The root command: an interrupt is a plain line, and a reader that has seen enough is no error."""

    def invoke(self, ctx: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # papers are UTF-8 whatever the locale; a lone surrogate becomes its JSON escape
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            say("Interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the last flush, at exit, fails again
            raise typer.Exit from None
        return result


def say(message: str) -> None:
    """A line on stderr, other people's text in it made harmless."""
    from kg.present.text import plain

    typer.echo(plain(message), err=True)


def refuse(message: object, status: int) -> NoReturn:
    """Say why on stderr and leave with `status`."""
    say(str(message))
    raise typer.Exit(status)


def name_problems(problems: Iterable[Problem]) -> int:
    """Name on stderr each input that could not be read; the exit status that follows from it."""
    status = 0
    for problem in problems:
        say(str(problem))
        status = UNREADABLE
    return status


def answer(folder: Path, ask: Callable[[Store], Answer], format: Format) -> None:
    """Print what `ask` finds in the folder's store; leave with the status for a missing one or an unknown name."""
    from kg.build import STORE
    from kg.query import UnknownName
    from kg.store import MissingStore, Store, StoreError

    try:
        with Store(folder / STORE, read_only=True) as store:
            found = ask(store)
    except UnknownName as unknown:
        if format == "json":
            typer.echo("[]")
        refuse(unknown, UNKNOWN_NAME)
    except MissingStore as error:
        refuse(error, BAD_USAGE)
    except StoreError as error:
        refuse(error, UNREADABLE)
    show(found, format)


def show(found: Answer, format: Format) -> None:
    """Print an answer on stdout, and beside formats that hold rows and nothing else what was read on stderr."""
    from kg.present import render

    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal or "COLUMNS" in os.environ else None
    sys.stdout.write(render(found, format, width, color=is_terminal and "NO_COLOR" not in os.environ))
    if format in ("json", "csv"):
        say(f"Read: {found.read}.")
        for note in found.notes:
            say(note)
