"""A kill at any moment of forgetting, purging or correcting people leaves the old or the new."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "steps", "states"),
    [
        ("forget", 40, "old pending done"),
        ("purge", 20, "old gone done"),
        ("people", 5, "old new"),
    ],
)
def test_killed_at_every_step(tmp_path: Path, what: str, steps: int, states: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.killing", what, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    told, _, seen = done.stdout.strip().partition(": ")
    assert int(told.split()[2]) > steps
    assert seen == states
