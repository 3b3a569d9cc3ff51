"""`kg fix`: a command per kind of correction, and what can be done with those that are there."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from kg.cli.terminal import BAD_USAGE, OUTPUT, UNKNOWN_NAME, UNREADABLE, As, Folder, refuse, say, show

if TYPE_CHECKING:
    from kg.fixing import Change
    from kg.resolve.corrections import Correction

T = TypeVar("T")

app = typer.Typer(
    help="Correct the graph, for good: every later `kg build` into the folder applies the corrections in its corrections.jsonl.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
MOST = 8
"""How many claims a line names."""

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="A name as papers have it, a label, or a node's key.")]
Claim = Annotated[str, typer.Argument(metavar="CLAIM_ID", show_default=False, help="The claim's id, as answers give it.")]
Type = Annotated[
    Literal["Model", "Dataset", "Metric", "Task", "Baseline"] | None,
    typer.Option("--type", metavar="T", case_sensitive=False, help="Model, Dataset, Metric, Task or Baseline, where a name is several."),
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; stands in the file for whoever reads it.")]


@app.command("merge")
def merge(
    name: Annotated[str, typer.Argument(metavar="A", show_default=False, help="A name of the node that stays.")],
    also: Annotated[str, typer.Argument(metavar="B", show_default=False, help="A name of the node that joins it.")],
    type: Type = None,
    note: Note = None,
    output: Folder = OUTPUT,
) -> None:
    """Two names are one thing: B's node joins A's."""
    from kg.resolve.corrections import Merge

    _correct(output, Merge(type=type, name=name, also=also, note=note))


@app.command("split")
def split(
    name: Name,
    paper: Annotated[list[str] | None, typer.Option(metavar="P", help="A paper's id or title; may be given several times.")] = None,
    apart_from: Annotated[str | None, typer.Option("--from", metavar="OTHER", help="Another name of the node: NAME is not that.")] = None,
    type: Type = None,
    note: Note = None,
    output: Folder = OUTPUT,
) -> None:
    """A name means several things.

    With --paper it means one thing of its own in these papers; with --from it is another thing than OTHER, in all papers;
    with neither it is another thing in each paper.
    """
    from kg.resolve.corrections import Split

    if paper and apart_from is not None:
        refuse("Give --paper or --from, not both.", BAD_USAGE)
    _correct(output, Split(type=type, name=name, papers=tuple(paper or ()), apart_from=apart_from, note=note))


@app.command("rename")
def rename(
    name: Name,
    label: Annotated[str, typer.Argument(metavar="NEW", show_default=False, help="What the node is called.")],
    type: Type = None,
    note: Note = None,
    output: Folder = OUTPUT,
) -> None:
    """Call a node something else."""
    from kg.resolve.corrections import Rename

    if not label.strip():
        refuse("NEW is empty; a node is called something.", BAD_USAGE)
    _correct(output, Rename(type=type, name=name, label=label, note=note))


@app.command("reject")
def reject(claim: Claim, note: Note = None, output: Folder = OUTPUT) -> None:
    """A claim is wrong: it leaves the graph and every answer."""
    from kg.resolve.corrections import Reject

    _correct(output, Reject(claim=claim, note=note))


@app.command("accept")
def accept(
    claim: Claim,
    paper: Annotated[str | None, typer.Option(metavar="P", help="Whose it is, for a claim that was too unlikely to be kept.")] = None,
    note: Note = None,
    output: Folder = OUTPUT,
) -> None:
    """A claim is right: it stays whatever the threshold, with confidence 1.

    A claim that `kg extract --min-confidence 0` prints and `kg build` leaves out is found with --paper, which reads that
    paper once more.
    """
    from kg.resolve.corrections import Accept

    _correct(output, Accept(claim=claim, paper=paper, note=note))


@app.command("list")
def list_(output: Folder = OUTPUT, format: As = "table") -> None:
    """List the corrections, each with its number and whether it applies."""
    from kg.fixing import listed
    from kg.resolve.corrections_file import CORRECTIONS

    answer = _try(lambda: listed(output))
    if answer.rows or format in ("json", "csv"):
        show(answer, format)
    else:
        say(f"No corrections in {output / CORRECTIONS}. Make one with: kg fix merge, split, rename, reject or accept")
    raise typer.Exit(UNREADABLE if any(row["fix"] is None for row in answer.rows) else 0)


@app.command("undo")
def undo(
    number: Annotated[int, typer.Argument(metavar="N", min=1, show_default=False, help="The correction's number in `kg fix list`.")],
    output: Folder = OUTPUT,
) -> None:
    """Take a correction back: the graph is as if it had never been made. Those after it count one less."""
    from kg.fixing import undo as take_back

    change = _try(lambda: take_back(output, number))
    _report(f"Undone: {_said(change)}.", change)


@app.command("export")
def export(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write them.", show_default="stdout")] = None,
    output: Folder = OUTPUT,
) -> None:
    """Write the papers that corrections touch as training records, in the schema of the gold data.

    One JSON object a line: the records as corrected. What nobody corrected in them is as the extractor has it.
    """
    from kg.fixing import training_records
    from kg.query.answer import counted

    records = _try(lambda: training_records(output))
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    if out is None:
        typer.echo(text, nl=False)
    else:
        try:
            out.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            refuse(f"Can't write {out}: {error.strerror or error}.", BAD_USAGE)
    say(f"{counted(len(records), 'record')} of papers whose annotations the corrections change or confirm.")


def _correct(output: Path, correction: Correction) -> None:
    from kg.fixing import add

    change = _try(lambda: add(output, correction))
    folder = "" if output == OUTPUT else f" -o {shlex.quote(str(output))}"
    _report(f"Corrected: {_said(change)}.", change)
    say(f"To take it back: kg fix undo {change.line}{folder}")


def _said(change: Change) -> str:
    from kg.resolve.corrections import in_words

    return in_words(change.correction) if change.correction else f"line {change.line}, which was damaged"


def _report(done: str, change: Change) -> None:
    from kg.query.answer import counted
    from kg.resolve.corrections import Merge

    say(done)
    which = " between the two" if isinstance(change.correction, Merge) else ""
    for claims, what in ((change.gone, "left the graph"), (change.came, "came into the graph")):
        if claims:
            more = f" and {len(claims) - MOST} more" if len(claims) > MOST else ""
            say(f"{counted(len(claims), 'claim')}{which} {what}: {', '.join(claims[:MOST])}{more}.")
    for problem in change.unmet:
        say(str(problem))
    say(f"The graph has {counted(change.nodes, 'node')} and {counted(change.edges, 'edge')} now.")


def _try(do: Callable[[], T]) -> T:
    """What `do` gives; a message and the exit status where it gives nothing."""
    from kg.build import Changed
    from kg.fixing import NotThere, Refused
    from kg.query import UnknownName
    from kg.store import MissingStore, StoreError

    try:
        return do()
    except (UnknownName, NotThere) as error:
        refuse(error, UNKNOWN_NAME)
    except (Refused, Changed, MissingStore) as error:
        refuse(error, BAD_USAGE)
    except StoreError as error:
        refuse(error, UNREADABLE)
    except OSError as error:
        refuse(f"{error.filename or 'A file'}: {error.strerror or error}.", BAD_USAGE)
