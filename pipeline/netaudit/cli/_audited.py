"""What commands share that look at an audit: its date, its settings, the steps shown meanwhile."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from netaudit.errors import UsageError, UserError
from netaudit.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from netaudit.api import Audit

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Last day that counts, like 2026-09-30."),
]
Quarter = Annotated[
    str | None,
    typer.Option("--quarter", metavar="QUARTER", help="As of a quarter's end, like 2026Q3."),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DATE",
        help="First day whose contact counts; overrules `[as_of] since`. Without either, all do.",
    ),
]
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")


def day(as_of: str | None, quarter: str | None) -> dt.date | None:
    """The as-of day that options name; None for the archive's own.

    Raises:
        UsageError: both are given, or one is no date.
    """
    if as_of is not None and quarter is not None:
        raise UsageError("--as-of and --quarter both name a date; give one of them")
    if quarter is not None:
        return quarter_end(quarter)
    return None if as_of is None else date("--as-of", as_of)


def date(option: str, text: str) -> dt.date:
    """A date given to an option.

    Raises:
        UsageError: it is none.
    """
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


def settings_of(path: Path | None, me: list[str], since: str | None = None) -> Settings:
    """The settings in force, with the zone to show times in and the owner's addresses.

    Raises:
        UsageError: the file is no settings file, or names an unknown zone, or `since` is no date.
    """
    settings = load(path, folder=Path.cwd())
    if since is not None:
        counts = dataclasses.replace(settings.as_of, since=date("--since", since).isoformat())
        settings = dataclasses.replace(settings, as_of=counts)
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
def steps() -> Iterator[Callable[[str], None]]:
    """Shows the step at hand on standard error, where that is a terminal."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("", spinner="dots") as status:
        yield status.update


def make_room() -> None:
    """Fit the process for an audit: for one big job, and done.

    Memory that Arrow no longer needs goes back to the machine at once; the pool it would be kept in
    held half as much again as the tables. Rubbish is looked for less often: an audit makes millions
    of small objects, and hardly any cycles. Each full look goes through all of them; a tenth of the
    time that people take to be told apart went there.
    """
    import pyarrow as pa  # noqa: PLC0415

    pa.set_memory_pool(pa.system_memory_pool())
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def audited(
    out: Path, settings: Settings, when: dt.date | None, tell: Callable[[str], None]
) -> Audit:
    """The audit of an output folder's archive.

    Raises:
        UserError: there is no archive, or no address in it is the owner's.
    """
    tell("reading the archive")
    from netaudit.api import Archive  # noqa: PLC0415

    make_room()
    archive = Archive(out, settings)
    tell("weighing every relationship")
    audit = archive.audit(when)
    check_owner(audit)
    return audit


def check_owner(audit: Audit) -> None:
    """Nothing can be said of an archive without an owner.

    Raises:
        UserError: it has none.
    """
    if not audit.owner.addresses and not audit.owner.profiles:
        raise UserError(
            "no address of yours was found in the archive; name it: netaudit report --me ADDRESS"
        )
