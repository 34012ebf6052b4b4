"""The tables in one workbook: formatted, filters on, no live formula or link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netaudit.shown import legal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from netaudit.model import Table

MAX_CELL = 32_767
"""Characters a cell holds."""
MAX_ROWS = 1_048_575
"""Rows a sheet holds under its header."""
CUT = " … (cut; whole in the CSV)"
_OPTIONS = {
    # What comes from mail stays text: nothing is read into it.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
    "remove_timezone": True,
    "nan_inf_to_errors": False,
}
_SHARES = (
    "reciprocity",
    "rate",
    "share",
    "score",
    "confidence",
    "p_active",
    "similarity",
    "initiated",
)


@dataclass(frozen=True)
class Sheet:
    """One table of the workbook; the sheet's name is the table's."""

    table: Table
    frame: pd.DataFrame


def write(sheets: Sequence[Sheet], path: Path, *, created: pd.Timestamp) -> None:
    """Write the workbook: a sheet for each table and one that explains the columns.

    What does not fit (cells over 32,767 characters, rows over a million) is cut and told on the
    sheet `About`; the CSV files hold all of it.

    Args:
        sheets: the tables.
        path: where to.
        created: time that stands in the file's properties, so that the same report gives the same
            file.
    """
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": created.tz_localize(None).to_pydatetime(warn=False)})
        formats = _formats(book)
        told = [note for sheet in sheets for note in _write_sheet(book, sheet, formats)]
        _write_about(book, sheets, told, formats)


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A4D", "valign": "top"}
        ),
        "text": book.add_format({"valign": "top"}),
        "wrap": book.add_format({"valign": "top", "text_wrap": True}),
        "time": book.add_format(
            {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"}
        ),
        "share": book.add_format({"valign": "top", "num_format": "0.00"}),
        "number": book.add_format({"valign": "top", "num_format": "#,##0.0"}),
        "count": book.add_format({"valign": "top", "num_format": "#,##0"}),
    }


def _write_sheet(book: Any, sheet: Sheet, formats: Mapping[str, Any]) -> Iterator[str]:
    page = book.add_worksheet(sheet.table.name)
    frame = sheet.frame
    if len(frame) > MAX_ROWS:
        yield f"{sheet.table.name}: the first {MAX_ROWS:,} of {len(frame):,} rows"
        frame = frame.head(MAX_ROWS)
    for place, name in enumerate(frame.columns):
        column = frame[name]
        page.write_string(0, place, str(name), formats["head"])
        if str(column.dtype) in ("str", "object", "string"):
            cut = _write_texts(page, place, column, formats["text"])
            if cut:
                yield f"{sheet.table.name}: {cut:,} cells of {name} cut at {MAX_CELL:,} characters"
        elif str(column.dtype).startswith("datetime64"):
            _write_times(page, place, column, formats)
        else:
            _write_numbers(page, place, column, formats[_number_format(str(name), column)])
        page.set_column(place, place, _width(str(name), column))
    page.freeze_panes(1, 2)
    if len(frame.columns):
        page.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _number_format(name: str, column: pd.Series) -> str:
    if str(column.dtype) in ("int64", "Int64"):
        return "count"
    return "share" if any(word in name for word in _SHARES) else "number"


def _width(name: str, column: pd.Series) -> float:
    if str(column.dtype) not in ("str", "object", "string"):
        return max(len(name) + 3.0, 16.0 if str(column.dtype).startswith("datetime64") else 9.0)
    longest = column.head(500).str.len().quantile(0.9) if len(column) else 0.0
    return float(min(max(len(name) + 3, (longest if longest == longest else 0) + 2), 60))  # noqa: PLR0124


def _write_texts(page: Any, place: int, column: pd.Series, style: Any) -> int:
    cut = 0
    for row, text in enumerate(column, start=1):
        if not isinstance(text, str) or not text:
            continue
        cell = legal(text)
        if len(cell.encode("utf-16-le")) // 2 > MAX_CELL:
            cell, cut = _fitting(cell), cut + 1
        page.write_string(row, place, cell, style)
    return cut


def _fitting(text: str) -> str:
    """The longest beginning that fits with its mark; a cell counts UTF-16 units."""
    units = text.encode("utf-16-le")[: 2 * (MAX_CELL - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT


def _write_times(page: Any, place: int, column: pd.Series, formats: Mapping[str, Any]) -> None:
    naive = column.dt.tz_convert("UTC").dt.tz_localize(None)
    for row, moment in enumerate(naive, start=1):
        if moment != moment:  # noqa: PLR0124
            continue
        if moment.year < 1900:
            page.write_string(row, place, moment.isoformat() + "Z", formats["text"])
        else:
            page.write_datetime(row, place, moment.to_pydatetime(warn=False), formats["time"])


def _write_numbers(page: Any, place: int, column: pd.Series, style: Any) -> None:
    known = column.astype("Float64").astype("float64")
    for row, (value, there) in enumerate(zip(known, column.notna(), strict=True), start=1):
        if there and abs(value) != float("inf"):
            page.write_number(row, place, value, style)


def _write_about(
    book: Any, sheets: Sequence[Sheet], told: Sequence[str], formats: Mapping[str, Any]
) -> None:
    page = book.add_worksheet("About")
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 22)
    page.set_column(2, 2, 90)
    for place, head in enumerate(("table", "column", "meaning")):
        page.write_string(0, place, head, formats["head"])
    lines = [
        (s.table.name, c, meaning) for s in sheets for c, (_, meaning) in s.table.columns.items()
    ]
    lines += [("", "times", "UTC"), *(("", "cut", note) for note in told)]
    for row, line in enumerate(lines, start=1):
        for place, text in enumerate(line):
            page.write_string(row, place, text, formats["wrap"])
    page.freeze_panes(1, 0)
