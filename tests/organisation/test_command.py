"""`netaudit report --everyone`: from several people's exports to their reports and one on all."""

import csv
import html
import json
import re
import stat
from pathlib import Path

import pandas as pd
import pytest
from tests import build, cluster
from tests.organisation import office
from typer.testing import CliRunner

import netaudit
from netaudit import outfolder
from netaudit.cli import app
from netaudit.errors import UsageError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_chart")]
LAW, SALES, WORKS = office.PEOPLE.values()
OWNERS = (*LAW[:3], *WORKS[:3])


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def letter(sender, receiver, number):
    return build.message(
        f"Shall we meet about case {number}?\n",
        From=sender, To=receiver, Subject=f"case {number}",
        Date=f"Wed, {number % 28 + 1} May 2024 10:00:00 +0000",
        Message_ID=f"<{number}.{sender}>",
    )  # fmt: skip


def world():
    return [
        letter(a, b, n)
        for n, (a, b) in enumerate((a, b) for a in (*LAW, *WORKS) for b in (*LAW, *WORKS) if a != b)
    ]


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    """Each owner's export holds what they sent and got: letters between owners stand twice."""
    folder = tmp_path_factory.mktemp("office")
    for owner in OWNERS:
        mine = [raw for raw in world() if owner.encode() in raw.split(b"\n\n")[0]]
        (folder / f"{owner}.mbox").write_bytes(build.mbox(mine))
    (folder / "teams.csv").write_text(
        "address,department\n" + "".join(f"{a},{d}\n" for a, d in office.DEPARTMENTS.items())
    )
    (folder / "two.csv").write_text(
        "name,addresses\n" + "".join(f"{a.partition('@')[0]},{a}\n" for a in OWNERS[:2])
    )
    return folder


@pytest.fixture(scope="module")
def out(boxes):
    done = invoke("ingest", *sorted(boxes.glob("*.mbox")), "--out", boxes / "out", "--workers", 1)
    assert done.exit_code == 0, done.output
    return boxes / "out"


@pytest.fixture(scope="module")
def report(out, boxes):
    done = invoke("report", "--everyone", "--departments", boxes / "teams.csv", "--out", out,
                  "--workers", 1)  # fmt: skip
    assert done.exit_code == 0, done.output
    return Path(done.stdout.splitlines()[-1])


def test_every_owner_gets_a_report_of_their_own(report, out):
    rows = list(csv.DictReader((report / "owners" / "mailboxes.csv").read_text().splitlines()))
    assert sorted(row["addresses"] for row in rows) == sorted(OWNERS)
    for row in rows:
        folder = report / "owners" / row["owner_id"]
        summary = json.loads((folder / "summary.json").read_text())
        assert summary["owner"]["addresses"] == [row["addresses"]]
        assert len(pd.read_csv(folder / "relationships.csv")) == 11
    assert stat.S_IMODE((report / "owners").stat().st_mode) == 0o700


def test_an_own_report_is_that_of_the_export_alone(report, boxes, tmp_path):
    path = boxes / f"{OWNERS[0]}.mbox"
    assert invoke("ingest", path, "--out", tmp_path, "--workers", 1).exit_code == 0
    alone = invoke("report", "--out", tmp_path, "--me", OWNERS[0], "--as-of", report.name)
    assert alone.exit_code == 0, alone.output
    name = next((report / "owners").glob(f"{OWNERS[0].partition('@')[0]}*"))
    for table in ("relationships", "findings", "blasts", "actions"):
        one, other = (f / f"{table}.csv" for f in (name, Path(alone.stdout.splitlines()[-1])))
        assert one.read_bytes() == other.read_bytes()


def test_a_day_before_all_mail_gives_reports_that_say_so(out):
    done = invoke("report", "--everyone", "--out", out, "--as-of", "1999-12-31", "--workers", 1)
    assert done.exit_code == 0, done.output
    assert "No mail of people in the archive is from 1998-12-31 to 1999-12-31" in done.stdout
    folder = Path(done.stdout.splitlines()[-1])
    assert len(pd.read_csv(folder / "owners" / "mailboxes.csv")) == len(OWNERS)
    for summary in folder.glob("owners/*/summary.json"):
        assert "--me" not in summary.read_text()


def test_the_organisations_files_name_groups_and_nobody(report):
    folder = report / "organisation"
    assert {path.name for path in folder.iterdir()} == {
        "organisation.html", "departments.csv", "department_ties.csv", "circles.csv",
        "departments.graphml", "summary.json",
    }  # fmt: skip
    text = "".join(path.read_text() for path in folder.iterdir())
    assert "office.example" not in text
    assert not [name for name in office.NAMES if re.search(rf"\b[lsw]{name}\b", text)]
    assert pd.read_csv(folder / "departments.csv")["department"].tolist() == ["law", "works"]


def test_the_page_has_no_script_and_loads_nothing(report):
    page = html.unescape((report / "organisation" / "organisation.html").read_text())
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "script-src" not in page
    assert "src=" not in page.replace("style-src", "")


def test_a_letter_in_two_boxes_counts_once_and_its_copies_are_listed(report, out, boxes):
    figures = json.loads((report / "organisation" / "summary.json").read_text())
    seen = {n for n, raw in enumerate(world()) if any(o.encode() in raw for o in OWNERS)}
    twice = len(OWNERS) * (len(OWNERS) - 1)
    assert figures["figures"]["messages"] == len(seen)
    assert figures["in_several_sources"] == twice
    copies = netaudit.open(out).copies
    assert len(copies) == 2 * twice
    assert copies.groupby("key")["is_kept"].sum().eq(1).all()
    assert copies.groupby("key")["source_id"].nunique().eq(2).all()
    assert not copies.duplicated("key").iloc[0]
    assert copies.drop_duplicates("key")["is_kept"].all(), "the kept copy comes first"


def test_people_are_written_only_when_asked_for(out, boxes):
    done = invoke("report", "--owners", boxes / "two.csv", "--with-people", "--pages",
                  "--out", out, "--as-of", "2024-05-20", "--workers", 2)  # fmt: skip
    assert done.exit_code == 0, done.output
    folder = Path(done.stdout.splitlines()[-1])
    members = pd.read_csv(folder / "organisation" / "members.csv")
    assert sorted(members["addresses"]) == sorted([*LAW, *WORKS])
    assert (folder / "organisation" / "copies.csv").stat().st_size > 1000
    assert len(list(folder.glob("owners/*/report.html"))) == 2
    assert done.stderr.count("is not listed; it gets no report") == len(OWNERS) - 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--pages"], "--pages: goes with --everyone"),
        (["--departments", "teams.csv"], "--departments: goes with --everyone"),
        (["--everyone", "--redact"], "--redact: is for one owner's report"),
        (["--everyone", "--me", "a@b.c"], "--me: is for one owner's report"),
        (["--owners", "nowhere.csv"], "nowhere.csv: cannot be read"),
    ],
)
def test_options_that_do_not_go_together_are_told(out, words, told):
    done = invoke("report", "--out", out, *words)
    assert isinstance(done.exception, UsageError)
    assert told in str(done.exception)


def test_a_cluster_writes_the_same_reports(out, boxes, tmp_path):
    words = ["report", "--owners", boxes / "two.csv", "--out", out, "--as-of", "2024-05-24"]
    with cluster.running(tmp_path, ["", ""]) as found:
        done = invoke(*words, "--scheduler", found.address)
    assert done.exit_code == 0, done.output
    there = content(Path(done.stdout.splitlines()[-1]))
    done = invoke(*words, "--workers", 1)
    assert content(Path(done.stdout.splitlines()[-1])) == there
    assert len(there) > 10


def content(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_reports_of_everyone_are_removed_with_the_others(out, report):
    (report / "organisation" / "mine.txt").write_text("a note of the user's")
    assert outfolder.remove_reports(out) == [report / "organisation" / "mine.txt"]
    assert [p.name for p in (out / "reports").iterdir()] == [report.name]
    assert [p.name for p in report.iterdir()] == ["organisation"]
