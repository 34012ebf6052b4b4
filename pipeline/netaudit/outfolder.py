"""What stands in an output folder beside the archive, and taking it away again."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from netaudit import journal
from netaudit.archive.files import explain
from netaudit.people import decision_file

JOURNAL = journal.FILE_NAME
OWN_FILES = (decision_file.FILE_NAME, decision_file.UNDO_NAME, JOURNAL)
REPORT_FILES = (
    "report.html", "relationships.csv", "findings.csv", "blasts.csv", "actions.csv", "outcomes.csv",
    "actions.ics", "tables.xlsx", "graph.graphml", "graph.gexf", "summary.json",
)  # fmt: skip
"""What a report's folder holds, beside its charts."""
OWNERS, ORGANISATION = "owners", "organisation"
ORGANISATION_FILES = (
    "organisation.html", "departments.csv", "department_ties.csv", "circles.csv", "members.csv",
    "ties.csv", "copies.csv", "departments.graphml", "members.graphml", "summary.json",
)  # fmt: skip
"""What the folder of an organisation's report holds."""

_REPORT = re.compile(r"\d{4,}-\d\d-\d\d(?:-redacted)?")
_UNFINISHED = re.compile(r"\.(?:new|old)-\d{4,}-\d\d-\d\d.*")
_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")


def reports(out: Path) -> list[Path]:
    """The folders of reports, also of such as a kill left unfinished, in order."""
    folder = out / "reports"
    if folder.is_symlink() or not folder.is_dir():
        return []
    found = [p for p in folder.iterdir() if p.is_dir() and not p.is_symlink()]
    return sorted(p for p in found if _REPORT.fullmatch(p.name) or _UNFINISHED.fullmatch(p.name))


def remove_reports(out: Path) -> list[Path]:
    """Remove every report; files that somebody else put beside them stay.

    Returns:
        What stays.

    Raises:
        UserError: something cannot be removed.
    """
    left: list[Path] = []
    for report in reports(out):
        try:
            if report.name.startswith(".new-"):
                shutil.rmtree(report)
                continue
            for path in _of_report(report):
                path.unlink()
        except OSError as error:
            raise explain(error, report) from None
        for folder in sorted((p for p in report.rglob("*") if p.is_dir()), reverse=True):
            remove_empty(folder)
        remove_empty(report)
        left += [path for path in report.rglob("*") if not path.is_dir()]
    remove_empty(out / "reports")
    return sorted(left)


def _of_report(report: Path) -> Iterator[Path]:
    yield from _of_owner(report)
    for owner in _inside(report / OWNERS):
        if owner.name == "mailboxes.csv":
            yield owner
        elif owner.is_dir() and not owner.is_symlink():
            yield from _of_owner(owner)
    yield from (p for p in _inside(report / ORGANISATION) if p.name in ORGANISATION_FILES)


def _of_owner(report: Path) -> Iterator[Path]:
    yield from (p for name in REPORT_FILES if (p := report / name).is_file())
    yield from (p for p in _inside(report / "charts") if p.suffix in (".svg", ".png"))


def _inside(folder: Path) -> list[Path]:
    """What a folder holds; nothing of one that stands elsewhere."""
    return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []


def temporary(out: Path) -> list[Path]:
    """Files that a killed run left half written beside the archive."""
    return [p for p in out.iterdir() if _TEMPORARY.fullmatch(p.name)] if out.is_dir() else []


def remove(paths: list[Path]) -> None:
    """Remove files, those that are there.

    Raises:
        UserError: one cannot be removed.
    """
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise explain(error, path) from None


def remove_empty(folder: Path) -> None:
    """Remove a folder if nothing is in it."""
    with contextlib.suppress(OSError):
        folder.rmdir()
