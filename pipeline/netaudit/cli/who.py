"""`netaudit who PERSON`: one relationship in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from netaudit.cli._audited import AsOf, Quarter, Since, audited, day, settings_of, steps
from netaudit.cli._options import DEFAULT_OUT, Me, Out, SettingsFile
from netaudit.cli._terminal import show


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(who)


def who(
    person: Annotated[
        list[str],
        typer.Argument(metavar="PERSON...", help="A name, or nearly; an address; a person_id."),
    ],
    *,
    out: Out = DEFAULT_OUT,
    as_of: AsOf = None,
    quarter: Quarter = None,
    since: Since = None,
    months: Annotated[
        int, typer.Option("--months", min=6, max=120, help="Months of the timeline.")
    ] = 36,
    me: Me = None,
    settings_file: SettingsFile = None,
) -> None:
    """Show one relationship: timeline, balance, replies, findings with their evidence.

    Which way it goes by month, how even it is and how sure that is, who answers and who opens, what
    further contact depends on, and what makes the addresses one person's.
    """
    when = day(as_of, quarter)
    settings = settings_of(settings_file, me or [], since)
    with steps() as tell:
        audit = audited(out, settings, when, tell)
        from netaudit.cli._meant import meant  # noqa: PLC0415
        from netaudit.cli._portrait import portrait  # noqa: PLC0415

        parts = portrait(audit, meant(audit, " ".join(person)), months)
    for place, part in enumerate(parts):
        show(["", *part] if place else part, is_titled=not place)
