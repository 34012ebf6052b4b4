"""`netaudit report`: the archive as a page, tables, charts and a graph."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from netaudit.cli._options import DEFAULT_OUT, Me, Out, SettingsFile
from netaudit.cli._terminal import harmless
from netaudit.errors import UsageError, UserError
from netaudit.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from netaudit.api import Archive, Audit
    from netaudit.page import Earlier

_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)


def report(
    *,
    out: Out = DEFAULT_OUT,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Last day that counts, like 2026-09-30."),
    ] = None,
    quarter: Annotated[
        str | None,
        typer.Option("--quarter", metavar="QUARTER", help="As of a quarter's end, like 2026Q3."),
    ] = None,
    redact: Annotated[
        bool,
        typer.Option("--redact", help="People as pseudonyms and no text: to show to a coach."),
    ] = False,
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
) -> None:
    """Analyse the archive and write the report.

    The page, tables, charts and graph go to OUT/reports/DATE; that folder's path is the last line
    printed. Nothing later than the date changes any figure.
    """
    day = _day(as_of, quarter)
    remind = None if reminders_from is None else _date("--reminders-from", reminders_from)
    settings = _settings(settings_file, me or [])
    with _steps() as tell:
        tell("reading the archive")
        from netaudit import report as reports  # noqa: PLC0415
        from netaudit.api import Archive  # noqa: PLC0415
        from netaudit.archive import Store  # noqa: PLC0415

        archive = Archive(out, settings)
        accounting = Store(out / "archive").accounting()
        tell("weighing every relationship")
        audit = archive.audit(day)
        _check_owner(audit)
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
        earlier.year and redact.redacted(earlier.year),
        None if earlier.answers is None else redact.answers(earlier.answers, audit),
    )
    return redact.redacted(audit), before, redact.accounting(accounting)


def _day(as_of: str | None, quarter: str | None) -> dt.date | None:
    if as_of is not None and quarter is not None:
        raise UsageError("--as-of and --quarter both name a date; give one of them")
    if quarter is not None:
        return quarter_end(quarter)
    return None if as_of is None else _date("--as-of", as_of)


def _date(option: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text}: is no date like 2026-09-30") from None


def quarter_end(text: str) -> dt.date:
    """The last day of a quarter written like `2026Q3`.

    Raises:
        UsageError: it is none.
    """
    found = _QUARTER.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"--quarter {text}: is no quarter like 2026Q3")
    year, number = int(found[1]), int(found[2])
    try:
        after = dt.date(year + number // 4, number * 3 % 12 + 1, 1)
    except ValueError:
        raise UsageError(f"--quarter {text}: is no quarter like 2026Q3") from None
    return after - dt.timedelta(days=1)


def _settings(path: Path | None, me: list[str]) -> Settings:
    settings = load(path, folder=Path.cwd())
    zone = settings.report.timezone or local_zone()
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"[report] timezone: {zone!r} is no zone like Europe/Berlin") from None
    shown = dataclasses.replace(settings.report, timezone=zone)
    own = tuple(dict.fromkeys(a.strip().lower() for a in me)) or settings.owner.me
    owner = dataclasses.replace(settings.owner, me=own)
    return dataclasses.replace(settings, report=shown, owner=owner)


def local_zone() -> str:
    """This machine's zone by its IANA name; UTC where it does not say."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _localtime()):
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def _localtime() -> str:
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name if found else ""


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Shows the step at hand on standard error, where that is a terminal."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("", spinner="dots") as status:
        yield status.update


def _check_owner(audit: Audit) -> None:
    if not audit.owner.addresses and not audit.owner.profiles:
        raise UserError(
            "no address of yours was found in the archive; name it: netaudit report --me ADDRESS"
        )


def _earlier(archive: Archive, audit: Audit, out: Path, tell: Callable[[str], None]) -> Earlier:
    """Audits as of a quarter and a year before, as far as the history reaches; the journal."""
    import pandas as pd  # noqa: PLC0415

    from netaudit import journal, quarter  # noqa: PLC0415
    from netaudit.page import Earlier  # noqa: PLC0415

    first = audit.history.messages["sent_at"].min()
    last = quarter.last_day(audit.as_of)

    def before(months: int, name: str) -> Audit | None:
        day = last + pd.Timedelta(days=1) - pd.DateOffset(months=months) - pd.Timedelta(days=1)
        if not first < day:
            return None
        tell(f"weighing them as of {name}")
        return archive.audit(day.date())

    kept = journal.read(out)
    for number in kept.damaged:
        typer.echo(f"netaudit: {journal.FILE_NAME}: line {number} is no answer, left out", err=True)
    return Earlier(before(3, "a quarter ago"), before(12, "a year ago"), kept.answers)


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
    for number, row in enumerate(records(chosen.head(3)), 1):
        lines.append(f"  {number}. {words.name(row)}: {row['suggestion']}")
    return lines


def _number(n: int, beneath: int) -> str:
    """How many findings, and how many people beneath them."""
    return f"{n:,} (and {beneath:,} who had nothing else)" if beneath else f"{n:,}"
