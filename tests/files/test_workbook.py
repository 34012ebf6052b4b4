"""XLSX: every cell from mail is a string, filters are on, what is cut is told."""

import openpyxl
import pandas as pd
import pytest

from netaudit.files import workbook
from netaudit.model import BLASTS, FINDINGS

HOSTILE = ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1",
           "http://x.example", "mailto:a@b.example",
           "nul\x00vt\x0b", "\ufffe", "{=1}", "internal:Sheet1!A1"]  # fmt: skip


@pytest.fixture
def book(tmp_path):
    frame = FINDINGS.frame({"pattern": ["p"] * len(HOSTILE), "name": HOSTILE, "score": 0.5})
    blasts = BLASTS.frame(
        {
            "subject": ["a" * 40_000],
            "first_at": pd.to_datetime(["1899-01-01T00:00:00Z"], utc=True),
            "last_at": pd.to_datetime(["2026-01-02T03:04:00Z"], utc=True),
            "n_messages": [3],
            "n_recipients": [40],
            "evidence": ["😀" * 20_000],
        }
    )
    path = tmp_path / "tables.xlsx"
    created = pd.Timestamp("2026-09-30", tz="UTC")
    workbook.write(
        [workbook.Sheet(FINDINGS, frame), workbook.Sheet(BLASTS, blasts)], path, created=created
    )
    return openpyxl.load_workbook(path)


def test_no_cell_is_a_formula_or_a_link(book):
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "d") for cell in row)
            assert all(cell.hyperlink is None for cell in row)
    names = [cell.value for cell in book["findings"]["D"][1:]]
    assert names[:5] == HOSTILE[:5]
    assert names[10] == "nulvt"


def test_filters_and_frozen_header(book):
    assert book["findings"].auto_filter.ref == f"A1:K{len(HOSTILE) + 1}"
    assert book["findings"].freeze_panes == "C2"


def test_what_is_cut_is_told(book):
    cell = book["blasts"]["E2"].value
    assert cell.endswith(workbook.CUT)
    assert len(cell) == workbook.MAX_CELL
    assert len(book["blasts"]["M2"].value.encode("utf-16-le")) // 2 <= workbook.MAX_CELL
    about = [row[2].value for row in book["About"].iter_rows()]
    assert any("cells of subject cut at 32,767" in str(line) for line in about)


def test_times_are_times(book):
    assert book["blasts"]["D2"].value.isoformat() == "2026-01-02T03:04:00"
    assert book["blasts"]["C2"].value == "1899-01-01T00:00:00Z"
