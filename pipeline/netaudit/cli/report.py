"""`netaudit report`: the archive as a page, tables, charts and a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from netaudit.cli import _everyone
from netaudit.cli._audited import (
    AsOf,
    Quarter,
    Since,
    check_owner,
    date,
    day,
    make_room,
    settings_of,
    steps,
)
from netaudit.cli._forgetting import finished
from netaudit.cli._options import DEFAULT_OUT, Me, Out, SettingsFile
from netaudit.cli._terminal import harmless

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from netaudit.api import Archive, Audit
    from netaudit.page import Earlier


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)


def report(
    *,
    out: Out = DEFAULT_OUT,
    as_of: AsOf = None,
    quarter: Quarter = None,
    redact: Annotated[
        bool,
        typer.Option("--redact", help="People as pseudonyms and no text: to show to a coach."),
    ] = False,
    since: Since = None,
    me: Me = None,
    settings_file: SettingsFile = None,
    reminders_from: Annotated[
        str | None,
        typer.Option(
            "--reminders-from",
            metavar="DATE",
            help="Day of the first reminder in actions.ics; else the day after the report's.",
        ),
    ] = None,
    everyone: _everyone.EveryoneOption = False,
    owners: _everyone.OwnersFile = None,
    departments: _everyone.DepartmentsFile = None,
    with_people: _everyone.WithPeople = False,
    pages: _everyone.Pages = False,
    workers: _everyone.Workers = 0,
    scheduler: _everyone.Scheduler = None,
) -> None:
    """Analyse the archive and write the report.

    The page, tables, charts and graph go to OUT/reports/DATE; that folder's path is the last line
    printed. Nothing later than the date changes any figure.

    Of an archive of many people's exports --everyone (or --owners) writes a report for each owner
    and one on all of them, as groups.
    """
    when = day(as_of, quarter)
    wanted = _everyone.Wanted(owners, departments, with_people, pages, workers, scheduler)
    if everyone or owners is not None:
        _everyone.check(redact=redact, me=me, reminders_from=reminders_from)
        finished(out)
        _everyone.report(out, settings_of(settings_file, [], since), when, wanted)
        return
    wanted.check_alone()
    remind = None if reminders_from is None else date("--reminders-from", reminders_from)
    settings = settings_of(settings_file, me or [], since)
    finished(out)
    with steps() as tell:
        tell("reading the archive")
        from netaudit import report as reports  # noqa: PLC0415
        from netaudit.api import Archive  # noqa: PLC0415

        make_room()
        archive = Archive(out, settings)
        accounting = archive.accounting
        tell("weighing every relationship")
        audit = archive.audit(when)
        check_owner(audit)
        earlier = _earlier(archive, audit, out, tell)
        doubts = audit.owner.doubts
        if redact:
            tell("leaving out names and texts")
            audit, earlier, accounting = _redacted(audit, earlier, accounting)
        folder = reports.write(
            audit, accounting, out, earlier=earlier, reminders_from=remind, tell=tell
        )
    for doubt in doubts:
        typer.echo(f"netaudit: {harmless(doubt)}", err=True)
    typer.echo("\n".join(map(harmless, _told(audit, earlier))))
    typer.echo(str(folder))


def _redacted(
    audit: Audit, earlier: Earlier, accounting: dict[str, Any]
) -> tuple[Audit, Earlier, dict[str, Any]]:
    from netaudit import redact  # noqa: PLC0415
    from netaudit.page import Earlier  # noqa: PLC0415

    before = Earlier(
        earlier.quarter and redact.redacted(earlier.quarter),
        earlier.n_quiet_year_ago,
        None if earlier.answers is None else redact.answers(earlier.answers, audit),
    )
    return redact.redacted(audit), before, redact.accounting(accounting)


def _earlier(archive: Archive, audit: Audit, out: Path, tell: Callable[[str], None]) -> Earlier:
    """What was a quarter and a year before, as far as the history reaches; the journal."""
    import pandas as pd  # noqa: PLC0415

    from netaudit import journal, quarter  # noqa: PLC0415
    from netaudit.page import Earlier  # noqa: PLC0415

    first = audit.history.messages["sent_at"].min()
    last = quarter.last_day(audit.as_of)

    def before(months: int) -> dt.date | None:
        day = last + pd.Timedelta(days=1) - pd.DateOffset(months=months) - pd.Timedelta(days=1)
        return day.date() if first < day else None

    n_quiet = earlier = None
    if (a_year_ago := before(12)) is not None:
        tell("weighing them as of a year ago")
        n_quiet = len(quarter.quiet(archive.ties(a_year_ago), audit.patterns))
    if (a_quarter_ago := before(quarter.MONTHS)) is not None:
        tell("weighing them as of a quarter ago")
        earlier = archive.audit(a_quarter_ago)
    kept = journal.read(out)
    for number in kept.damaged:
        typer.echo(f"netaudit: {journal.FILE_NAME}: line {number} is no answer, left out", err=True)
    return Earlier(earlier, n_quiet, kept.answers)


def _told(audit: Audit, earlier: Earlier) -> list[str]:
    from netaudit import actions, quarter  # noqa: PLC0415
    from netaudit.page import sections, top, words  # noqa: PLC0415
    from netaudit.shown import records  # noqa: PLC0415

    chosen = actions.choose(audit, earlier.answers)
    found = sections.counts(audit.findings)
    counts = [f"{p.TITLE}: {_number(*found[p.NAME])}" for p in audit.patterns if p.NAME in found]
    who = audit.owner.name or ", ".join(sorted(audit.owner.addresses)[:1])
    lines = [
        f"{who}, {quarter.window(audit.as_of).name}",
        *top.sentences(audit, chosen),
        "; ".join(counts) or "No findings: too little data to be sure of anything.",
    ]
    for number, row in enumerate(records(top.still_open(chosen).head(3)), 1):
        lines.append(f"  {number}. {words.name(row)}: {row['suggestion']}")
    return lines


def _number(n: int, beneath: int) -> str:
    """How many findings, and how many people beneath them."""
    return f"{n:,} (and {beneath:,} who had nothing else)" if beneath else f"{n:,}"
