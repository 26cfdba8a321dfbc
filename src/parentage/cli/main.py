"""The command: parses arguments, calls one library function, prints, and turns errors into one line and a status."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from parentage.errors import ParentageError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Who are this open-weight model's parents? Evidence from the bits that a stranger can check.",
)


@app.callback()
def _parentage() -> None:
    """Keep `audit` a command of its own: others come beside it."""


@app.command()
def audit(
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="Folder, hf://org/name@revision, URL, or case.toml")
    ],
    candidate: Annotated[
        list[str] | None, typer.Option(metavar="ID=MODEL", help="A possible parent; may be given up to eight times")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where verdict.json and report.html go")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Read an index-keyed sample of every tensor")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read every byte")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly verdict.json")] = False,
) -> None:
    """Audit SUBJECT against candidates: identical, merge, fine-tune, shared origin, independent, or inconclusive."""
    from parentage.cli.audit import run

    raise typer.Exit(run(subject, candidate or [], out=out, sample=sample, full=full, as_json=as_json))


def run() -> None:
    """Run the command line; every error that is raised on purpose becomes one line on standard error."""
    try:
        app()
    except ParentageError as error:
        sys.stderr.write(f"parentage: {error}\n")
        raise SystemExit(error.exit_status) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
