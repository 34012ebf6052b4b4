"""A forget that was interrupted is finished by the next command that works with the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path

PENDING = (
    "A forget was interrupted: reports, decisions and the journal may still name the person. "
    "The next ingest, report, review or forget finishes it."
)


def finished(out: Path) -> None:
    """Finish what an interrupted forget left beside the archive, and say so.

    Raises:
        UserError: the archive is in use or damaged, or something cannot be written.
    """
    from netaudit import forget  # noqa: PLC0415

    if forget.finish(out):
        typer.echo("An interrupted forget was finished.", err=True)
