"""What may not be read is told in a line; what may be is taken in; exit 1."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MESSAGE = b"From: Ada <ada@one.example>\nTo: me@two.example\nSubject: {}\n\nhello\n"
ROOTS_POWERS = "-dac_override,-dac_read_search"


def as_somebody(*command: str) -> subprocess.CompletedProcess[str]:
    """Run without root's power to read every file."""
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may read everything, and setpriv is not here")
        drop = ["setpriv", f"--bounding-set={ROOTS_POWERS}", f"--inh-caps={ROOTS_POWERS}"]
        command = (*drop, *command)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def ingest(out: Path, *paths: Path) -> subprocess.CompletedProcess[str]:
    names = [str(path) for path in (*paths, "--out", out)]
    return as_somebody(sys.executable, "-m", "netaudit", "ingest", *names)


def mbox(path: Path) -> Path:
    path.write_bytes(b"From ada Thu Jan  1 00:00:00 2026\n" + MESSAGE)
    return path


def test_a_closed_file_is_told_and_the_others_are_taken_in(tmp_path: Path) -> None:
    closed, open_ = mbox(tmp_path / "closed.mbox"), mbox(tmp_path / "open.mbox")
    closed.chmod(0)
    done = ingest(tmp_path / "out", closed, open_)
    assert done.returncode == 1
    assert f"{closed}: cannot be read (permission denied)" in done.stderr
    assert "1 read = 1 kept" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_closed_folder_of_a_maildir_is_told_and_the_others_are_taken_in(tmp_path: Path) -> None:
    box = tmp_path / "box"
    for name in ("cur", "new", "tmp"):
        (box / name).mkdir(parents=True)
    (box / "cur" / "1:2,S").write_bytes(MESSAGE)
    (box / "new").chmod(0)
    done = ingest(tmp_path / "out", box)
    assert done.returncode == 1
    assert f"{box / 'new'}: cannot be read (permission denied)" in done.stderr
    assert "1 read = 1 kept" in done.stdout
