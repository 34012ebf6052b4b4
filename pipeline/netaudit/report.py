"""An audit as files: the page, the tables, the graph, the charts, the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netaudit import __version__, actions, languages, quarter
from netaudit.charts.drawing import draw_all
from netaudit.files import cells, network, pictures, reminders, summary, workbook
from netaudit.files.folder import replaced
from netaudit.model import ACTIONS, BLASTS, FINDINGS, OUTCOMES, RELATIONSHIPS
from netaudit.page import Earlier, render
from netaudit.page.followups import came_of
from netaudit.settings import as_mapping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from netaudit.audit import Audit


def _silent(_: str) -> None:
    """Tell nobody."""


def write(
    audit: Audit,
    accounting: Mapping[str, Any],
    out: Path,
    *,
    earlier: Earlier | None = None,
    reminders_from: dt.date | None = None,
    tell: Callable[[str], None] = _silent,
) -> Path:
    """Write the report of an audit; a report of the same date is replaced as a whole.

    Args:
        audit: as of a date.
        accounting: the `input` object of summary.json (`Store.accounting`).
        out: the output folder; the report goes to `reports/<as-of>` in it.
        earlier: audits of the same archive to compare with, and what the owner said in reviews.
        reminders_from: day of the first reminder in actions.ics; the day after as-of by default.
        tell: called with the name of each step.

    Returns:
        The report's folder, `reports/<as-of>` or `reports/<as-of>-redacted`. Its files are
        readable by the user alone.

    Raises:
        UserError: the folder cannot be written to.
    """
    target = out / "reports" / folder_name(audit)
    with replaced(target) as folder:
        fill(folder, audit, accounting, earlier=earlier, reminders_from=reminders_from, tell=tell)
    return target


def fill(
    folder: Path,
    audit: Audit,
    accounting: Mapping[str, Any],
    *,
    earlier: Earlier | None = None,
    reminders_from: dt.date | None = None,
    tell: Callable[[str], None] = _silent,
) -> None:
    """Write the whole report into a folder that is there; see `write`."""
    earlier = earlier or Earlier()
    tell("drawing charts")
    drawings = draw_all(audit)
    (folder / "charts").mkdir()
    for drawing in drawings.values():
        pictures.write(drawing, folder / "charts")
    tell("writing the page")
    page = render(audit, accounting, earlier, drawings)
    (folder / "report.html").write_bytes(page.encode("utf-8", "replace"))
    tell("writing tables and graph")
    sheets = fill_tables(folder, audit, accounting, earlier)
    workbook.write(sheets, folder / "tables.xlsx", created=audit.as_of)
    day = quarter.last_day(audit.as_of).date()
    chosen = actions.choose(audit, earlier.answers)
    reminders.write(chosen, folder / "actions.ics", as_of=day, first=reminders_from)
    graph = network.dressed(audit.graph)
    network.write_graphml(graph, folder / "graph.graphml")
    network.write_gexf(graph, folder / "graph.gexf", as_of=audit.as_of)


def fill_tables(
    folder: Path, audit: Audit, accounting: Mapping[str, Any], earlier: Earlier | None = None
) -> list[workbook.Sheet]:
    """Write the report's tables and summary into a folder that is there; they are returned."""
    earlier = earlier or Earlier()
    sheets = [
        workbook.Sheet(RELATIONSHIPS, audit.relationships),
        workbook.Sheet(FINDINGS, audit.findings),
        workbook.Sheet(BLASTS, audit.blasts),
        workbook.Sheet(ACTIONS, actions.choose(audit, earlier.answers)),
        workbook.Sheet(OUTCOMES, came_of(audit, earlier)),
    ]
    for sheet in sheets:
        cells.write_csv(sheet.frame, folder / f"{sheet.table.name}.csv")
    summary.write(_summary(audit, accounting), folder / "summary.json")
    return sheets


def folder_name(audit: Audit) -> str:
    """`2026-09-30`; a redacted report stands beside the private one, never in its place."""
    day = f"{quarter.last_day(audit.as_of):%Y-%m-%d}"
    return f"{day}-redacted" if audit.is_redacted else day


def _summary(audit: Audit, accounting: Mapping[str, Any]) -> dict[str, Any]:
    when = quarter.window(audit.as_of)
    now = quarter.figures(audit, when)
    return {
        "netaudit": __version__,
        "as_of": f"{quarter.last_day(audit.as_of):%Y-%m-%d}",
        "is_redacted": audit.is_redacted,
        "owner": {"name": audit.owner.name, "addresses": sorted(audit.owner.addresses)},
        "totals": {
            "people": len(audit.relationships),
            "by_status": audit.relationships["status"].value_counts().sort_index().to_dict(),
            "findings": audit.findings["pattern"].value_counts().sort_index().to_dict(),
            "blasts": len(audit.blasts),
            "messages": len(audit.history.messages),
        },
        "quarter": {"start": when.start, "stop": when.stop, **vars(now), "share": now.share},
        "languages": languages.count(audit.history).as_mapping(),
        "notes": list(audit.notes),
        "input": accounting,
        "settings": as_mapping(audit.settings),
    }
