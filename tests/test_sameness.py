"""Zone, locale, hash seed, order, workers and chunk size change no byte of tables and reports.

Exempt: times that a page shows in the user's own zone, which `[report] timezone` fixes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from netaudit import demo

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow
BASE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
OTHERS = {
    "far east, Turkish, three workers, small chunks, the other way round": (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "42"},
        3, 20_000, -1,
    ),
    "half an hour off, no UTF-8": (
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
         "PYTHONHASHSEED": "7"}, 1, 1 << 30, 1,
    ),
}  # fmt: skip


def digests(
    folder: Path, exports: Path, env: dict[str, str], workers: int, chunk: int, step: int
) -> str:
    paths = [exports / name for name in ("demo.mbox", "demo-linkedin.zip", "demo.ics")][::step]
    program = [sys.executable, "-W", "ignore", "-m", "tests.sameness"]
    done = subprocess.run(
        [*program, folder, str(workers), str(chunk), *paths],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **env,
             "PYTHONPATH": os.pathsep.join([str(ROOT / "pipeline"), *filter(None, sys.path)])},
        cwd=ROOT, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    demo.write(folder, years=2, scale=0.1)
    return folder


@pytest.fixture(scope="module")
def base(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return digests(tmp_path_factory.mktemp("base"), exports, BASE, 1, 1 << 25, 1)


@pytest.mark.parametrize("other", OTHERS)
def test_the_same_answer(exports: Path, base: str, tmp_path: Path, other: str) -> None:
    env, workers, chunk, step = OTHERS[other]
    assert base.count("\n") == 19
    assert digests(tmp_path, exports, env, workers, chunk, step).splitlines() == base.splitlines()
