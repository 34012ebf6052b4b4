"""`netaudit report`: one folder's path as the last line, clear errors, nothing else."""

import json
import re
import stat
from pathlib import Path

import pytest
from tests.letters import write_mbox
from typer.testing import CliRunner

from netaudit.cli import app
from netaudit.cli._audited import local_zone, quarter_end
from netaudit.errors import UsageError, UserError

RUN = CliRunner()


def run(*arguments):
    return RUN.invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command")
    write_mbox(folder / "mail.mbox", hostile=True)
    result = run("ingest", folder / "mail.mbox", "--out", folder / "out", "--workers", "1")
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture(scope="module")
def result(out):
    return run("report", "--out", out, "--as-of", "2026-09-30")


def test_last_line_is_the_folder(result, out):
    assert result.exit_code == 0, result.output
    folder = Path(result.stdout.splitlines()[-1])
    assert folder == out / "reports" / "2026-09-30"
    assert (folder / "report.html").stat().st_size > 500_000
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_summary_is_short_and_harmless(result):
    lines = result.stdout.splitlines()
    assert 5 <= len(lines) <= 12
    assert lines[0] == "Nora Lindqvist, July to September 2026"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", result.output)


def test_accounting_and_owner_are_those_of_the_archive(result):
    folder = Path(result.stdout.splitlines()[-1])
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    total = summary["input"]
    assert total["read"] == total["kept"] + total["duplicate"] + total["skipped"] > 1000
    assert summary["owner"]["addresses"] == ["nora.lindqvist@example.org"]
    assert "What changed" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as-of", "yesterday"], "is no date like 2026-09-30"),
        (["--quarter", "Q3"], "is no quarter like 2026Q3"),
        (["--quarter", "2026Q3", "--as-of", "2026-09-30"], "give one of them"),
    ],
)
def test_wrong_dates_are_refused(out, arguments, told):
    result = run("report", "--out", out, *arguments)
    assert isinstance(result.exception, UsageError)
    assert told in str(result.exception)


def test_no_archive_says_what_to_do(tmp_path):
    result = run("report", "--out", tmp_path)
    assert isinstance(result.exception, UserError)
    assert "run `netaudit ingest` first" in str(result.exception)
    assert not (tmp_path / "reports").exists()


def test_unknown_zone_is_refused(tmp_path):
    path = tmp_path / "netaudit.toml"
    path.write_text('[report]\ntimezone = "Mars/Olympus"\n')
    result = run("report", "--out", tmp_path, "--settings", path)
    assert "no zone like" in str(result.exception)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026Q3", "2026-09-30"), ("2026q4", "2026-12-31"), ("2024-Q1", "2024-03-31")],
)
def test_quarter_end(text, day):
    assert quarter_end(text).isoformat() == day


@pytest.mark.parametrize(
    ("zone", "found"), [("Europe/Oslo", "Europe/Oslo"), (":Asia/Tokyo", "Asia/Tokyo")]
)
def test_zone_of_the_environment(monkeypatch, zone, found):
    monkeypatch.setenv("TZ", zone)
    assert local_zone() == found
