"""A user's mail cannot enter the history, wherever they put it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PRIVATE = [
    "data/raw/Takeout.zip",
    "data/raw/takeout/All mail.mbox",
    "data/raw/notes.txt",
    "data/raw/linkedin/Connections.csv",
    "data/raw/Maildir/cur/1700000000.M1P1.host:2,S",
    "data/raw/demo/truth/people.json",
    "data/out/archive/manifest.json",
    "data/out/archive/messages/part.parquet",
    "data/out/reports/2026-09-30/report.html",
    "data/out/demo/reports/2026-09-30/relationships.csv",
    "inbox.mbox",
    "mail/inbox.mbox.gz",
    "letter.eml",
    "notebooks/calendar.ics",
    "Basic_LinkedInDataExport_01-01-2026.zip",
    "takeout-20260101-001.tgz",
    "sager/archive/messages/part.parquet",
]
SHARED = ["data/raw/README.md", "data/out/README.md", "README.md", "tests/mail/sample.eml"]


def ignored(path: str) -> bool:
    """Whether git would leave the path out."""
    command = ["git", "check-ignore", "-q", "--no-index", path]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


@pytest.fixture(autouse=True)
def _checkout():
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")


@pytest.mark.parametrize("path", PRIVATE)
def test_private_files_are_ignored(path):
    assert ignored(path)


@pytest.mark.parametrize("path", SHARED)
def test_the_projects_own_files_are_not(path):
    assert not ignored(path)
