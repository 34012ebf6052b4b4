"""A report for each owner of an archive of many people's exports, and one on all of them."""

from __future__ import annotations

import dataclasses
import shutil
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netaudit import __version__, organisation, owner, report
from netaudit import audit as audits
from netaudit.archive import Store
from netaudit.errors import UserError
from netaudit.files import cells, network, summary
from netaudit.files.folder import replaced
from netaudit.model import COPIES, JOIN, MAILBOXES, STORED
from netaudit.organisation import graphs, mailboxes
from netaudit.outfolder import ORGANISATION, OWNERS
from netaudit.page import organisation as page
from netaudit.quarter import last_day
from netaudit.settings import Owner as OwnerSettings
from netaudit.settings import as_mapping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    import pandas as pd

    from netaudit.organisation import Mailbox, Mailboxes, Organisation
    from netaudit.people import Decisions
    from netaudit.settings import Settings

OF_TEXT = ("texts", "signals", "traits")
"""Tables that the organisation's view does without."""


@dataclass(frozen=True)
class Asked:
    """What is to be written.

    Attributes:
        settings: thresholds; the owner's addresses in them are not looked at.
        decisions: on who is who.
        as_of: a day or moment; None for the last day with human mail of anybody.
        departments: department by address, or None.
        with_people: people's names, ties and copies beside the groups.
        with_pages: the whole report for each owner, not its tables alone.
    """

    settings: Settings
    decisions: Decisions
    as_of: str | dt.date | pd.Timestamp | None = None
    departments: pd.Series | None = None
    with_people: bool = False
    with_pages: bool = False


@dataclass(frozen=True)
class OwnReport:
    """One owner's report, to be written by whoever is free.

    Attributes:
        archive: the archive's folder.
        mailbox: whose.
        settings: with the owner's addresses.
        decisions: on who is who.
        as_of: the end of the last day that counts.
        folder: which is made and filled.
        with_page: the whole report, not its tables alone.
    """

    archive: Path
    mailbox: Mailbox
    settings: Settings
    decisions: Decisions
    as_of: pd.Timestamp
    folder: Path
    with_page: bool

    @property
    def name(self) -> str:
        """Whose it is."""
        return self.mailbox.name


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes:
        folder: the report's.
        organisation: what is told of it.
        mailboxes: model.MAILBOXES.
        doubts: a line for each export without an owner, and the like.
    """

    folder: Path
    organisation: Organisation
    mailboxes: pd.DataFrame
    doubts: tuple[str, ...]


def sources(store: Store) -> list[mailboxes.Source]:
    """The archive's exports, each with the owner that it tells by itself."""
    return [
        mailboxes.Source(entry.id, entry.path, _owner_of(store, entry.id))
        for entry in store.manifest.sources
    ]


def _owner_of(store: Store, source: str) -> owner.Owner:
    alone = store.only({source})
    tables = {name: alone.table(name) for name in ("messages", "recipients", "owned")}
    return owner.find(tables, OwnerSettings(), owner.LISTED)


def write(
    store: Store,
    out: Path,
    boxes: Mailboxes,
    asked: Asked,
    *,
    executor: Executor,
    tell: Callable[[str], None] = lambda _: None,
) -> Written:
    """Write every owner's report and the organisation's; the folder appears whole or not at all.

    Args:
        store: the archive.
        out: the output folder; the reports go to `reports/<as-of>` in it.
        boxes: whose exports are in the archive.
        asked: what is to be written.
        executor: takes the owners' reports, one a task.
        tell: called with the name of each step.

    Raises:
        UserError: nothing has a date, or the folder cannot be written to.
    """
    tell("finding out who everybody is")
    everybody = organisation.gather(
        _tables(store), boxes.all, asked.settings,
        as_of=asked.as_of, decisions=asked.decisions, listed=asked.departments,
    )  # fmt: skip
    tell("weighing the organisation")
    found = organisation.build(everybody, asked.settings)
    target = out / "reports" / f"{last_day(found.as_of):%Y-%m-%d}"
    with replaced(target) as folder:
        owners = folder.absolute() / OWNERS
        owners.mkdir()
        tasks = [_own(store, box, found.as_of, owners, asked) for box in boxes.all]
        counts = _run(tasks, executor, tell)
        rows = _index(store, boxes.all, counts)
        cells.write_csv(rows, owners / f"{MAILBOXES.name}.csv")
        tell("writing the organisation's report")
        _write(store, found, folder / ORGANISATION, asked)
    return Written(target, found, rows, boxes.doubts)


def _tables(store: Store) -> dict[str, pd.DataFrame]:
    return {
        name: table.empty() if name in OF_TEXT else store.table(name)
        for name, table in STORED.items()
    }


def _own(store: Store, box: Mailbox, as_of: pd.Timestamp, folder: Path, asked: Asked) -> OwnReport:
    told = OwnerSettings(me=box.addresses, not_me=asked.settings.owner.not_me)
    return OwnReport(
        store.folder.path.absolute(),
        box,
        dataclasses.replace(asked.settings, owner=told),
        asked.decisions,
        as_of,
        folder / box.id,
        asked.with_pages,
    )


def own_report(task: OwnReport) -> int:
    """Write one owner's report: what a report of their exports alone would say.

    Returns:
        Messages in their exports up to as-of.

    Raises:
        UserError: the archive or the folder cannot be read or written.
    """
    alone = Store(task.archive).only(set(task.mailbox.sources))
    tables = {name: alone.table(name) for name in STORED}
    found = audits.audit(tables, task.settings, task.as_of, task.decisions, naming=owner.LISTED)
    # A worker that died may have left a part of it.
    shutil.rmtree(task.folder, ignore_errors=True)
    task.folder.mkdir(mode=0o700)
    fill = report.fill if task.with_page else report.fill_tables
    fill(task.folder, found, alone.accounting)
    return int((tables["messages"]["sent_at"] <= task.as_of).sum())


def _run(tasks: Sequence[OwnReport], executor: Executor, tell: Callable[[str], None]) -> list[int]:
    futures = [executor.submit(own_report, task) for task in tasks]
    counts = []
    for number, (task, future) in enumerate(zip(tasks, futures, strict=True), 1):
        tell(f"weighing the relationships of {task.mailbox.name} ({number:,} of {len(tasks):,})")
        try:
            counts.append(future.result())
        except BrokenExecutor:
            raise UserError(
                f"{task.mailbox.name}: the process that weighed their mail died; is there enough "
                "memory? Try --workers 1"
            ) from None
    return counts


def _index(store: Store, boxes: Iterable[Mailbox], counts: list[int]) -> pd.DataFrame:
    boxes = list(boxes)
    paths = {entry.id: entry.path for entry in store.manifest.sources}
    return MAILBOXES.frame(
        {
            "owner_id": [box.id for box in boxes],
            "name": [box.name for box in boxes],
            "addresses": [JOIN.join(box.addresses) for box in boxes],
            "sources": [JOIN.join(paths[source] for source in box.sources) for box in boxes],
            "n_messages": counts,
            "doubts": [JOIN.join(box.doubts) for box in boxes],
        }
    )


def _write(store: Store, found: Organisation, folder: Path, asked: Asked) -> None:
    folder.mkdir()
    copies = store.copies()
    told = _summary(store, found, copies, asked)
    for name in ("departments", "department_ties", "circles"):
        cells.write_csv(getattr(found, name), folder / f"{name}.csv")
    network.write_graphml(
        network.dressed(graphs.of_departments(found)), folder / "departments.graphml"
    )
    summary.write(told, folder / "summary.json")
    text = page.render(found, told, asked.settings)
    (folder / "organisation.html").write_bytes(text.encode("utf-8", "replace"))
    if asked.with_people:
        cells.write_csv(found.members, folder / "members.csv")
        cells.write_csv(found.ties, folder / "ties.csv")
        cells.write_csv(COPIES.check(copies), folder / "copies.csv")
        network.write_graphml(network.dressed(graphs.of_people(found)), folder / "members.graphml")


def _summary(
    store: Store, found: Organisation, copies: pd.DataFrame, asked: Asked
) -> dict[str, Any]:
    accounting = store.accounting()
    sources = copies.groupby("key")["source_id"].nunique()
    return {
        "netaudit": __version__,
        "as_of": f"{last_day(found.as_of):%Y-%m-%d}",
        "since": f"{found.since:%Y-%m-%d}",
        "has_people": asked.with_people,
        "figures": dict(found.figures),
        "in_several_sources": int((sources > 1).sum()),
        "notes": list(found.notes),
        "input": {name: accounting[name] for name in accounting if name != "sources"},
        "settings": as_mapping(asked.settings)["organisation"],
    }
