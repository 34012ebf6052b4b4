"""CSV: no cell of a stranger's runs, every row stays one row, unknown stays empty."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.files.cells import as_text, guarded, write_csv
from netaudit.model import FINDINGS


@pytest.mark.parametrize(
    "name",
    ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1",
     "＠x",
     "\u00a0=1", "\u3000=1", "\tx", "\rx", "\ufeff=1", "\x00=1"],
)  # fmt: skip
def test_formula_is_guarded(name):
    assert guarded(pd.Series([name], dtype="str")).iloc[0].startswith("'")


@pytest.mark.parametrize("name", ["Ann", "a=b", "5 - 3", "'x", "", "é", "王"])
def test_plain_text_is_left_alone(name):
    assert guarded(pd.Series([name], dtype="str")).iloc[0] == name


def test_missing_stays_missing_and_index_is_kept():
    out = guarded(pd.Series([None, "=1"], index=[7, 3], dtype="str"))
    assert out.isna().tolist() == [True, False]
    assert out.index.tolist() == [7, 3]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_cell_is_one_line_that_a_spreadsheet_takes_for_text(text):
    cell = guarded(pd.Series([text], dtype="str")).iloc[0]
    assert "\n" not in cell
    assert "\r" not in cell
    assert not cell.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_file_reads_back(tmp_path):
    path = tmp_path / "findings.csv"
    frame = FINDINGS.frame(
        {
            "pattern": ["one_sided", "dormant"],
            "name": ["Ann\r\nBcc: x", "=cmd|' /C calc'!A0"],
            "score": [1 / 3, None],
            "since": pd.to_datetime(["2026-01-02T03:04:05Z", None], utc=True),
        }
    )
    write_csv(frame, path)
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"))))
    assert [row["name"] for row in rows] == ["Ann  Bcc: x", "'=cmd|' /C calc'!A0"]
    assert [row["since"] for row in rows] == ["2026-01-02T03:04:05Z", ""]
    assert [row["score"] for row in rows] == ["0.33333333", ""]
    assert list(rows[0]) == FINDINGS.names


def test_integers_with_gaps_stay_integers():
    text = as_text(pd.DataFrame({"asks_out": pd.array([3, None], dtype="Int64")}))
    assert text.to_csv(index=False).split() == ["asks_out", "3", '""']
