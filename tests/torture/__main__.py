"""All long runs, as many at a time as there are processors; 1 when one of them found something.

    python -m tests.torture [--runs N]

Each run's table is printed when the run is over.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

RUNS = ("corpora", "regexes", "crashes", "sameness")
"""Modules of this package; each prints its table and exits with something else than 0 on a find."""
FUZZED = ("linkedin", "new_text", "message", "splitting", "calendar", "addresses", "dates")
"""Targets of `fuzz`, the longest first."""


def main() -> int:
    """Run every module, and every target of `fuzz` for `--runs` executions."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", default="1000000")
    runs = options.parse_args().runs
    commands: list[Sequence[str]] = [("fuzz", target, "--runs", runs) for target in FUZZED]
    commands[2:2] = [(name,) for name in reversed(RUNS)]
    failed = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done in as_completed([pool.submit(_run, command) for command in commands]):
            name, code, seconds, printed = done.result()
            print(f"\n== {name}, {seconds:,.0f} s\n{printed.rstrip()}", flush=True)
            if code:
                failed.append(name)
    print(f"\nfound something: {', '.join(sorted(failed))}" if failed else "\nnothing found")
    return int(bool(failed))


def _run(command: Sequence[str]) -> tuple[str, int, float, str]:
    """The name of a run, its exit code, how long it took and what it printed."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"{__package__}.{command[0]}", *command[1:]],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    printed = done.stdout.decode("utf-8", "replace").split("\n")
    lines = [line.rpartition("\r")[2] for line in printed]
    return " ".join(command[:2]), done.returncode, time.monotonic() - start, "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
