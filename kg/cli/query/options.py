"""Options that questions share, as types of their parameters."""

from __future__ import annotations

from typing import Annotated

import typer

Target = Annotated[str, typer.Option(metavar="NAME", help="A model, in any spelling that a paper uses.")]
Exact = Annotated[bool, typer.Option("--exact", help="This node alone, without its variants (Swin without Swin-T).")]
Dataset = Annotated[str | None, typer.Option(metavar="NAME", help="Only claims on this dataset.")]
Metric = Annotated[str | None, typer.Option(metavar="NAME", help="Only claims by this metric.")]
Task = Annotated[str | None, typer.Option(metavar="NAME", help="Only claims about this task.")]
Since = Annotated[int | None, typer.Option(metavar="YEAR", help="Only papers of this year or later; undated ones are named.")]
Until = Annotated[int | None, typer.Option(metavar="YEAR", help="Only papers of this year or earlier; undated ones are named.")]
NoBackground = Annotated[bool, typer.Option("--no-background", help="Leave out what papers report of others' results.")]
ThirdParty = Annotated[bool, typer.Option("--third-party", help="Leave out what the winner's own paper says.")]
MinConfidence = Annotated[float | None, typer.Option(metavar="P", min=0, max=1, help="Only claims read with at least this confidence.")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many rows, the best evidence first.")]
