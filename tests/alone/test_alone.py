"""From exports to report without a network, a program, a file elsewhere or one for others to read.

The commands run as a user runs them, in an environment of their own: every process has
`watch/sitecustomize.py` in it, the umask is 000, the home folder is empty, and where the machine
permits it there is no route to anywhere.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
COMMANDS = (
    ["demo", "demo", "--years", "2", "--scale", "0.1"],
    ["ingest", "demo/demo.mbox", "demo/demo-linkedin.zip", "demo/demo.ics", "--workers", "2"],
    ["report"],
    ["status"],
    ["forget", "forgotten@nowhere.example", "--yes"],
)


@dataclass
class Run:
    folder: Path
    output: str

    @property
    def told(self) -> list[tuple[str, str]]:
        lines = (self.folder / "watch.log").read_text().splitlines()
        return [(kind, what) for kind, _, what in (line.partition(" ") for line in lines)]


def without_route() -> list[str]:
    """A prefix that runs a command in a network namespace with nothing in it; [] where none can."""
    if not shutil.which("unshare"):
        return []
    for prefix in (["unshare", "-n"], ["unshare", "-rn"]):
        if not subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode:
            return prefix
    return []


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("alone")
    for name in ("home", "tmp", "work"):
        (folder / name).mkdir()
    path = [HERE / "watch", HERE.parents[1] / "pipeline", *filter(None, sys.path)]
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "WATCH": str(folder / "watch.log"),
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    output = ""
    for command in COMMANDS:
        done = subprocess.run(
            [*without_route(), sys.executable, "-m", "netaudit", *command],
            cwd=folder / "work",
            env=env,
            umask=0,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        output += done.stdout
    return Run(folder, output)


def test_no_connection_and_no_program(run: Run) -> None:
    assert [what for kind, what in run.told if kind == "forbidden"] == []
    assert "kept" in run.output


def test_the_watch_would_have_seen_it(run: Run) -> None:
    env = {"PYTHONPATH": str(HERE / "watch"), "WATCH": str(run.folder / "other.log")}
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert b"is forbidden here" in done.stderr
    assert "forbidden socket." in (run.folder / "other.log").read_text()


@pytest.mark.skipif(not without_route(), reason="this machine permits no network namespaces")
def test_there_was_no_route() -> None:
    code = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    code += "s.connect(('192.0.2.1', 9))"
    done = subprocess.run(
        [*without_route(), sys.executable, "-c", code], capture_output=True, check=False
    )
    assert b"unreachable" in done.stderr


def test_all_files_stand_in_the_named_folders(run: Run) -> None:
    work = run.folder / "work"
    outside = {
        what
        for kind, what in run.told
        if kind == "wrote" and not Path(what).is_relative_to(work) and not what.startswith("/dev/")
    }
    # Matplotlib keeps the list of the machine's fonts: no file of ours, and nothing of the mail.
    fonts = run.folder / "home" / ".cache" / "matplotlib"
    outside = {path for path in outside if not Path(path).is_relative_to(fonts)}
    assert not {path for path in outside if not Path(path).is_relative_to(run.folder / "tmp")}
    assert sorted(p.name for p in work.iterdir()) == ["data", "demo"]
    left = [p for p in (run.folder / "home").rglob("*") if p.is_file()]
    assert all(re.fullmatch(r"fontlist-v[\d.]+\.json", p.name) for p in left)
    assert not list((run.folder / "tmp").iterdir())


def test_files_are_for_their_owner_alone_whatever_the_umask(run: Run) -> None:
    wrong = {
        f"{path.relative_to(run.folder)}: {stat.S_IMODE(path.stat().st_mode):o}"
        for path in (run.folder / "work").rglob("*")
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert not wrong
