"""`netaudit demo`: a fictional person's exports, to see a full report in a minute."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to write to; made where missing.")
    ],
    seed: Annotated[int, typer.Option(help="Another number tells another life.")] = 1,
    years: Annotated[int, typer.Option(min=2, max=10, help="Length of the story.")] = 4,
    scale: Annotated[float, typer.Option(min=0.01, max=1.0, help="Share of the population.")] = 1.0,
) -> None:
    """Write a fictional professional's mailbox, LinkedIn export and calendar.

    With them comes a folder `truth` that says what is true of that life. The same options write
    the same files, byte for byte.
    """
    from netaudit import demo as stage  # noqa: PLC0415  (only when asked for)

    paths = stage.write(folder, seed=seed, years=years, scale=scale)
    names = " ".join(f"'{path}'" if " " in str(path) else str(path) for path in paths)
    typer.echo("Nora Lindgaard, her mail and everybody in it are invented. Next:", err=True)
    typer.echo(f"  netaudit ingest {names} --out OUT && netaudit report --out OUT", err=True)
    for path in paths:
        typer.echo(path)
