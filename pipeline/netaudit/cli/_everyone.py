"""`netaudit report --everyone`: a report for each owner of an archive, and one on all of them."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netaudit.cli._audited import steps
from netaudit.cli._terminal import harmless
from netaudit.errors import UsageError, UserError
from netaudit.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.archive import Store
    from netaudit.everyone import Written
    from netaudit.organisation import Mailboxes

EveryoneOption = Annotated[
    bool,
    typer.Option(
        "--everyone", help="A report for each owner that the exports tell, and one on all."
    ),
]
OwnersFile = Annotated[
    Path | None,
    typer.Option(
        "--owners",
        metavar="FILE",
        help="The same for the people of a CSV with name, addresses and perhaps sources.",
    ),
]
DepartmentsFile = Annotated[
    Path | None,
    typer.Option(
        "--departments",
        metavar="FILE",
        help="With --everyone: who belongs to which department, a CSV with address, department.",
    ),
]
WithPeople = Annotated[
    bool,
    typer.Option(
        "--with-people",
        help="With --everyone: tables of people, their ties and copies beside those of groups.",
    ),
]
Pages = Annotated[
    bool,
    typer.Option(
        "--pages", help="With --everyone: the whole report for each owner, not tables alone."
    ),
]
Workers = Annotated[
    int,
    typer.Option("--workers", min=0, help="With --everyone: processes; 0: one a processor."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="With --everyone: on a Dask cluster (tcp://host:8786) whose workers see the archive.",
    ),
]


@dataclass(frozen=True)
class Wanted:
    """The options that go with --everyone."""

    owners: Path | None
    departments: Path | None
    with_people: bool
    pages: bool
    workers: int
    scheduler: str | None

    def check_alone(self) -> None:
        """They mean nothing without it.

        Raises:
            UsageError: one is given.
        """
        given = {
            "--departments": self.departments is not None,
            "--with-people": self.with_people,
            "--pages": self.pages,
            "--workers": bool(self.workers),
            "--scheduler": self.scheduler is not None,
        }
        for option, is_given in given.items():
            if is_given:
                raise UsageError(f"{option}: goes with --everyone or --owners")


def check(*, redact: bool, me: list[str] | None, reminders_from: str | None) -> None:
    """Options of one owner's report.

    Raises:
        UsageError: one of them is given.
    """
    given = {"--redact": redact, "--me": bool(me), "--reminders-from": reminders_from is not None}
    for option, is_given in given.items():
        if is_given:
            raise UsageError(f"{option}: is for one owner's report, not for --everyone's")


def report(out: Path, settings: Settings, when: dt.date | None, wanted: Wanted) -> None:
    """Write all reports and say what was found."""
    listed = None if wanted.departments is None else _departments(wanted.departments)
    with steps() as tell:
        tell("finding out whose the exports are")
        from netaudit import everyone  # noqa: PLC0415
        from netaudit.archive import Store  # noqa: PLC0415
        from netaudit.people import decision_file  # noqa: PLC0415

        store = Store(out / "archive")
        boxes = _boxes(store, wanted.owners)
        asked = everyone.Asked(
            settings, decision_file.load(out), when, listed, wanted.with_people, wanted.pages
        )
        with _executor(wanted, store) as executor:
            written = everyone.write(store, out, boxes, asked, executor=executor, tell=tell)
    _print(written)


def _boxes(store: Store, owners: Path | None) -> Mailboxes:
    from netaudit import everyone  # noqa: PLC0415
    from netaudit.organisation import mailboxes  # noqa: PLC0415

    sources = everyone.sources(store)
    if owners is None:
        found = mailboxes.infer(sources)
    else:
        found = mailboxes.assign(mailboxes.read(_text(owners), owners.name), sources)
    if not found.all:
        raise UserError(
            "the archive's exports are nobody's that is known; name their owners with --owners FILE"
        )
    return found


def _departments(path: Path) -> pd.Series:
    from netaudit.organisation import departments  # noqa: PLC0415

    return departments.read(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is no text in UTF-8; save it as CSV in UTF-8") from None


def _executor(wanted: Wanted, store: Store) -> AbstractContextManager[Executor]:
    """A cluster's workers, or processes of this machine."""
    from netaudit.ingest import cluster, pool  # noqa: PLC0415

    if wanted.scheduler is not None:
        return cluster.reports(wanted.scheduler, store.folder.path.absolute())
    return pool.plain(wanted.workers)


def _print(written: Written) -> None:
    for line in (*written.doubts, *written.mailboxes["doubts"]):
        if line:
            typer.echo(f"netaudit: {harmless(line)}", err=True)
    figures = written.organisation.figures
    owners = f"{len(written.mailboxes):,} owners' reports in owners/"
    typer.echo(f"{owners}, the organisation's in organisation/.")
    since = f"{written.organisation.since:%Y-%m-%d}"
    typer.echo(f"{figures['people']:,} people, {figures['messages']:,} messages since {since}.")
    for note in written.organisation.notes:
        typer.echo(harmless(note))
    typer.echo(str(written.folder))
