"""The report as files: complete, private, strict, the same every time."""

import csv
import json
import stat

import networkx as nx
import openpyxl
import pytest
from tests import fictional

from netaudit import report
from netaudit.charts import CHARTS
from netaudit.model import BLASTS, FINDINGS, RELATIONSHIPS

EXPECTED = {"report.html", "relationships.csv", "findings.csv", "blasts.csv", "actions.csv",
            "actions.ics", "outcomes.csv", "graph.graphml", "graph.gexf", "summary.json",
            "tables.xlsx"}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return report.write(fictional.audit(hostile=True), fictional.ACCOUNTING, out)


def test_every_file_is_there_and_private(folder):
    assert (folder.parent.name, folder.name) == ("reports", "2026-09-30")
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    pictures = {f"charts/{chart.name}.{kind}" for chart in CHARTS for kind in ("svg", "png")}
    assert files == EXPECTED | pictures
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("table", [RELATIONSHIPS, FINDINGS, BLASTS], ids=lambda t: t.name)
def test_tables_follow_the_contract(folder, table):
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == table.names
    book = openpyxl.load_workbook(folder / "tables.xlsx", read_only=True)
    head = next(book[table.name].iter_rows(values_only=True))
    assert list(head) == table.names
    book.close()
    assert all(len(row) == len(table.names) for row in rows)


def test_no_cell_begins_as_a_formula(folder):
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        texts = [cell for cell in cells if not cell.replace(".", "").replace("-", "").isdigit()]
        assert not [cell for cell in texts if cell.strip().startswith(("=", "+", "-", "@"))]


def test_summary_is_strict_json_and_accounts_for_the_input(folder):
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["as_of"] == "2026-09-30"
    assert summary["owner"] == {"name": "Nora Lindqvist", "addresses": [fictional.ME]}
    assert summary["input"] == fictional.ACCOUNTING
    assert summary["settings"]["strength"]["half_life_days"] == 180.0
    assert summary["totals"]["people"] == 64


def test_graphs_read_back(folder):
    audit = fictional.audit(hostile=True)
    for again in (nx.read_graphml(folder / "graph.graphml"), nx.read_gexf(folder / "graph.gexf")):
        assert set(again) == set(audit.graph)
        assert again.number_of_edges() == audit.graph.number_of_edges()


@pytest.mark.slow
def test_the_same_report_every_time(folder, tmp_path):
    again = report.write(fictional.audit(hostile=True), fictional.ACCOUNTING, tmp_path)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(folder)).read_bytes(), path.name


def test_steps_are_told(tmp_path):
    told = []
    report.write(fictional.audit(), fictional.ACCOUNTING, tmp_path, tell=told.append)
    assert told == ["drawing charts", "writing the page", "writing tables and graph"]
