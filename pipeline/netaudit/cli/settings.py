"""`netaudit settings`: every setting in force, as a file to start from."""

from __future__ import annotations

from pathlib import Path

import typer

from netaudit.cli._options import SettingsFile
from netaudit.settings import load


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("settings")(settings)


def settings(settings_file: SettingsFile = None) -> None:
    """Print every setting with its meaning and the value in force.

    The output is a valid settings file: `netaudit settings > netaudit.toml`, then change what you
    like.
    """
    from netaudit.files.toml import settings_toml  # noqa: PLC0415
    from netaudit.patterns import configured  # noqa: PLC0415

    effective = load(settings_file, folder=Path.cwd())
    typer.echo(settings_toml(effective, configured(effective.patterns)), nl=False)
