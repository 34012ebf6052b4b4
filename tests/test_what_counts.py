"""`--since` and a cadence by tag: one answer in status, review, who and the report."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from netaudit.cli import app

RUN = CliRunner()
pytestmark = pytest.mark.usefixtures("one_chart")
ME = "nora@home.example"
FIRST = date(2024, 1, 2)
MAIL = """From x {day:%a %b %d} 10:00:00 2024
From: {sender}
To: {to}
Subject: Plans {n}
Message-ID: <{n}@home.example>
Date: {day:%a, %d %b %Y} 10:00:00 +0000

A few words about the plans, number {n}.

"""


def run(out: Path, *words: str) -> str:
    result = RUN.invoke(app, [*words, "--out", str(out)], terminal_width=200)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Ann until May 2024, a mentor; Bob every fortnight until December; in a folder of its own."""
    folder = tmp_path_factory.mktemp("counts")
    ann = [("Ann Lee <ann@lee.example>", FIRST + timedelta(days=7 * n)) for n in range(20)]
    bob = [("Bob Ray <bob@ray.example>", FIRST + timedelta(days=14 * n)) for n in range(26)]
    mails = []
    for n, (who, day) in enumerate(ann + bob):
        ends = (who, f"Nora Vik <{ME}>") if n % 2 else (f"Nora Vik <{ME}>", who)
        mails.append(MAIL.format(day=day, n=n, sender=ends[0], to=ends[1]))
    (folder / "mail.mbox").write_text("".join(mails))
    run(folder / "out", "ingest", str(folder / "mail.mbox"), "--workers", "1", "--me", ME)
    run(folder / "out", "people", "tag", "ann@lee.example", "Mentor")
    return folder / "out"


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[cadence]\nmentor = 90\nclient = 30\n")
    return ("--settings", str(path))


def addresses(report: str) -> set[str]:
    with (Path(report.splitlines()[-1]) / "relationships.csv").open(encoding="utf-8-sig") as file:
        return {row["addresses"] for row in csv.DictReader(file)}


def test_status_says_what_counts_and_what_is_wanted(out, settings):
    assert "Counts:" not in run(out, "status")
    told = run(out, "status", "--since", "2024-06-01", *settings)
    assert "Counts: contact since 2024-06-01, 15 messages." in told
    assert "Wanted: mentor every 90 days; 1 tagged so." in told
    assert "Wanted: client every 30 days; nobody is tagged so (netaudit people tag)." in told
    found = json.loads(run(out, "status", "--since", "2024-06-01", *settings, "--json"))
    assert found["since"] == {"day": "2024-06-01", "messages": 15}
    assert found["cadence"]["mentor"] == {"days": 90.0, "tagged": 1}


def test_a_wanted_rhythm_rules_status_and_lists(out, settings, tmp_path):
    (tmp_path / "year.toml").write_text("[cadence]\nmentor = 365\n")
    yearly = ("--settings", str(tmp_path / "year.toml"))
    assert "you want to be in touch every 3 months" in run(out, "review", "--list", *settings)
    assert "Ann Lee" not in run(out, "review", "--list", *yearly)
    assert "active ·" in run(out, "who", "ann@lee.example", *yearly)
    assert "active ·" not in run(out, "who", "ann@lee.example", *settings)


def test_contact_before_since_is_in_no_list(out, settings):
    later = ("--since", "2024-06-01")
    assert "Ann Lee" in run(out, "review", "--list", *settings)
    assert "Ann Lee" not in run(out, "review", "--list", *settings, *later)
    assert addresses(run(out, "report", *later)) == {"bob@ray.example"}
    assert "January 2024" not in run(out, "who", "bob@ray.example", *later)
    wrong = RUN.invoke(app, ["review", "--since", "June", "--out", str(out)])
    assert wrong.exit_code != 0
