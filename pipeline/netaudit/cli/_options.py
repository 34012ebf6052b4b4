"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[
    Path,
    typer.Option("--out", help="Folder of the archive and the reports.", show_default=True),
]
DEFAULT_OUT = Path("data/out")

SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", help="Settings file; else netaudit.toml of the working folder."),
]

Me = Annotated[
    list[str] | None,
    typer.Option(
        "--me", metavar="ADDRESS", help="An address of yours; repeatable. Overrules what is found."
    ),
]
