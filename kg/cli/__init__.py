"""The `kg` command: a file per command, each one call on the library."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import build, extract, fix, query, stats
from kg.cli.terminal import Group

app = typer.Typer(
    name="kg",
    cls=Group,
    help="What beats what, where, by how much, and who says so: a claim graph from paper abstracts.",
    epilog="Exit status: 0 done; 1 unknown name; 2 bad usage; 3 an input could not be read, the rest was done.",
    no_args_is_help=True,
    context_settings={"max_content_width": 100},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("build")(build.command)
app.command("extract")(extract.command)
app.add_typer(query.app, name="query")
app.add_typer(fix.app, name="fix")
app.command("stats")(stats.command)


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")] = False,
) -> None:
    pass
