"""Ingests of the demo's exports killed at random, whole process groups at a time.

    python -m tests.torture.crashes [--kills 200]

After each kill the archive must be readable as the old or a later state (sources are committed one
by one), and another run must give the golden archive, byte for byte. Then forgetting, purging
and correcting people are killed at every step that touches the disk (`tests.killing`).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import killing
from tests.ingest.kill import content

from netaudit import demo
from netaudit.archive import Store
from netaudit.errors import UserError

ROOT = Path(__file__).parents[2]
SLOWER = 1.03
"""A machine may become busier: kills come later until a run ends before its kill again."""
NAMES = ("demo.mbox", "demo-linkedin.zip", "demo.ics")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=200)
    kills = options.parse_args().kills
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        demo.write(folder, years=3, scale=0.3)
        at_random(folder, kills)
        for what in ("forget", "purge", "people"):
            place = folder / what
            place.mkdir()
            killing.main(what, place)
    return 0


def at_random(folder: Path, kills: int) -> None:
    chance = random.Random(20260930)
    exports, golden, out = [folder / name for name in NAMES], folder / "golden", folder / "out"
    start = time.monotonic()
    run(exports, golden)
    seconds = time.monotonic() - start
    wanted, found = content(golden), Counter[str]()
    golden_again = 0
    for n in range(kills):
        process = subprocess.Popen(
            command(exports, out), stdout=subprocess.DEVNULL, start_new_session=True, env=env()
        )
        start = time.monotonic()
        try:
            process.wait(chance.uniform(0, seconds))
            seconds = time.monotonic() - start
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            seconds *= SLOWER
        kind = state(out)
        found[kind] += 1
        if kind == f"{len(exports)} sources" or n % 4 == 3:
            run(exports, out)
            assert content(out) == wanted, f"kill {n}: another archive"
            golden_again += 1
            shutil.rmtree(out)
        print(f"\r{n + 1} of {kills}", end="", flush=True)
    told = ", ".join(f"{count} x {kind}" for kind, count in sorted(found.items()))
    print(f"\r{kills} kills at random: {told}; {golden_again} golden archives after another run")


def state(out: Path) -> str:
    """How many sources the archive has after a kill; every table of it can be read."""
    store = Store(out / "archive")
    try:
        sources = store.manifest.sources
    except UserError:
        return "no archive yet"
    store.tables()
    return f"{len(sources)} sources"


def command(exports: list[Path], out: Path) -> list[str]:
    words = ["ingest", *map(str, exports), "--out", str(out), "--workers", "2", "--no-text"]
    return [sys.executable, "-W", "ignore", "-m", "netaudit", *words]


def env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(["pipeline", *filter(None, sys.path)])}


def run(exports: list[Path], out: Path) -> None:
    subprocess.run(command(exports, out), stdout=subprocess.DEVNULL, check=True, env=env())


if __name__ == "__main__":
    sys.exit(main())
