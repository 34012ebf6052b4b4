"""`netaudit drop`: one source out of the archive."""

from __future__ import annotations

from typing import Annotated

import typer

from netaudit.cli._options import DEFAULT_OUT, Out
from netaudit.cli._terminal import harmless


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(drop)


def drop(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Id or path, as `netaudit status` shows them.")
    ],
    out: Out = DEFAULT_OUT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take one source out of the archive.

    What other sources hold too stays. The export itself is not touched: ingest it again to undo.
    """
    from netaudit.archive import Store  # noqa: PLC0415

    store = Store(out / "archive")
    for entry in store.find(source):
        what = f"{harmless(entry.path)} ({entry.kind}, {entry.id})"
        if not yes:
            typer.confirm(f"Take {what} out of the archive?", abort=True, err=True)
        store.drop(entry)
        typer.echo(f"Taken out: {what}. Ingest it again to undo.")
