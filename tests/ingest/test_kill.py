"""A kill at any moment leaves the old or the new archive."""

import os
import re
import subprocess
import sys
from pathlib import Path


def test_killed_at_every_step_that_touches_the_disk(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.ingest.kill", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    told = re.match(r"killed at (\d+) steps, (\d+) times the old state", done.stdout)
    assert told
    assert int(told[1]) > 20
    assert 10 < int(told[2]) < int(told[1])
