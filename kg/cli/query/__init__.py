"""`kg query QUESTION`: a file per question."""

from __future__ import annotations

import typer

from kg.cli.query import outperforms

app = typer.Typer(help="Ask the graph; every answer comes with its evidence.", no_args_is_help=True, rich_markup_mode=None)
app.command("outperforms")(outperforms.command)
