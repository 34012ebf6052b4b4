"""`netaudit purge`: everything the program keeps in an output folder away."""

from __future__ import annotations

from typing import Annotated

import typer

from netaudit.cli._options import DEFAULT_OUT, Out
from netaudit.cli._terminal import harmless


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(purge)


def purge(
    out: Out = DEFAULT_OUT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete everything netaudit keeps in an output folder: archive, reports, decisions, journal.

    Your exports are not touched, nor what else stands in the folder; a folder that is not
    netaudit's is refused.
    """
    from netaudit import outfolder  # noqa: PLC0415
    from netaudit import purge as purging  # noqa: PLC0415

    purging.check(out)
    reports = sum(not path.name.startswith(".") for path in outfolder.reports(out))
    own = [name for name in outfolder.OWN_FILES if (out / name).exists()]
    what = ["the archive", *([f"{reports:,} reports"] if reports else []), *own]
    place = harmless(str(out))
    typer.echo(f"To be deleted in {place}: {', '.join(what)}. It cannot be undone.")
    if not yes:
        typer.confirm("Delete all of it?", abort=True, err=True)
    for path in purging.run(out):
        typer.echo(f"netaudit: {harmless(str(path))}: is not netaudit's and stays", err=True)
    typer.echo(f"Deleted: all that netaudit kept in {place}.")
