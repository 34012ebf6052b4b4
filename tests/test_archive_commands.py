"""ingest, status and drop as a user types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from netaudit.cli import app


def mail(i: int, sender: str = "ann@example.org", to: str = "me@example.org") -> bytes:
    return (
        f"From {sender} Thu Jan  1 10:00:{i:02} 2026\n"
        f"From: <{sender}>\nTo: <{to}>\nSubject: Letter {i}\n"
        f"Date: Thu, 1 Jan 2026 10:00:{i:02} +0000\nMessage-ID: <{i}@example.org>\n\n"
        f"Dear reader,\nthis is letter number {i}.\n\n"
    ).encode()


BOX = b"".join(mail(i, f"friend{i % 3}@example.org") for i in range(12)) + b"".join(
    mail(i + 20, "me@example.org", f"friend{i % 3}@example.org") for i in range(9)
)


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "box.mbox"
    path.write_bytes(BOX)
    return path


def invoke(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=True)


def test_ingest_says_what_it_did_and_status_says_it_again(box: Path) -> None:
    first = invoke("ingest", box)
    assert first.exit_code == 0, first.output
    assert "21 read = 21 kept + 0 duplicate + 0 skipped" in first.stdout
    assert "Owner: me@example.org" in first.stdout
    assert "--me" in first.stdout
    assert not first.stderr
    again = invoke("ingest", box)
    assert "already in the archive" in again.stdout
    status = invoke("status")
    assert "2026-01-01" in status.stdout
    assert str(box) in status.stdout
    told = json.loads(invoke("status", "--json").stdout)
    assert (told["read"], told["kept"], told["sources"][0]["source"]) == (21, 21, "mbox")
    assert told["owner"]["addresses"] == ["me@example.org"]


def test_the_owner_given_at_ingest_is_remembered(box: Path) -> None:
    assert invoke("ingest", box, "--me", "Friend1@Example.org ").exit_code == 0
    assert "friend1@example.org" in json.loads(invoke("status", "--json").stdout)["me"]


def test_a_path_that_cannot_be_read_fails_and_the_rest_is_kept(box: Path) -> None:
    result = invoke("ingest", box, "missing.mbox")
    assert result.exit_code == 1
    assert "missing.mbox: is not there" in result.stderr
    assert "21 kept" in result.stdout


def test_a_cut_file_is_a_warning(box: Path) -> None:
    box.write_bytes(BOX[:-20])
    result = invoke("ingest", box)
    assert result.exit_code == 0
    assert "warning" in result.stderr
    assert f"at byte {BOX.rfind(b'From me@'):,}" in result.stderr
    assert "21 kept" in result.stdout


def test_a_wrong_address_is_wrong_usage(box: Path) -> None:
    result = invoke("ingest", box, "--me", "nonsense")
    assert result.exception is not None
    assert getattr(result.exception, "exit_code", None) == 2


def test_drop_asks_first_and_takes_one_source_out(box: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.mbox"
    other.write_bytes(BOX[: len(mail(0, "friend0@example.org"))])
    invoke("ingest", box, other)
    kept = invoke("drop", other.name)
    assert kept.exit_code == 1
    assert len(json.loads(invoke("status", "--json").stdout)["sources"]) == 2
    gone = invoke("drop", other, "--yes")
    assert gone.exit_code == 0
    assert "Ingest it again to undo" in gone.stdout
    told = json.loads(invoke("status", "--json").stdout)
    assert [source["path"] for source in told["sources"]] == [str(box)]


def test_hostile_names_reach_no_terminal(box: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "\x1b]0;owned\x07\udcff\n.mbox"
    box.rename(hostile)
    broken = tmp_path / "\x1b[2Jnone"
    done = subprocess.run(
        [sys.executable, "-m", "netaudit", "ingest", os.fsencode(hostile), os.fsencode(broken)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 1
    for output in (done.stdout, done.stderr):
        assert not set(output.replace(b"\n", b"")) & set(range(32))
        assert output.decode("utf-8").isprintable() or "\n" in output.decode("utf-8")
    assert b"21 kept" in done.stdout
    assert "Traceback" not in done.stderr.decode()
