"""Runs a command and measures it: wall and CPU seconds, peak memory of all its processes.

Processes that outlive the one that started them (a server that forks workers) come to this one,
which waits for them: else their CPU seconds would be nobody's. What ran before goes on running.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SAMPLE_SECONDS = 0.05
_SET_CHILD_SUBREAPER = 36
"""prctl(2)."""


@dataclass(frozen=True)
class Run:
    """One run of a command.

    Attributes:
        wall: seconds from start to end.
        cpu: user and system seconds of all its processes.
        peak_mb: greatest sum of the proportional set sizes of all its processes, in MB.
        output: what it printed.
        code: its exit code.
    """

    wall: float
    cpu: float
    peak_mb: float
    output: str
    code: int


def run(command: Sequence[str]) -> Run:
    """Run a command once."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others = children(os.getpid())
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        list(command), text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    watch = _Watch(process.pid)
    watch.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - start
    while ours := children(os.getpid()) - others:
        for pid in ours:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
    watch.stop()
    after = os.times()
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return Run(wall, cpu, watch.peak_kb / 1024, output, process.returncode)


def middle(runs: Sequence[Run]) -> Run:
    """Medians of several runs; output and code are the last one's."""
    return Run(
        median(r.wall for r in runs),
        median(r.cpu for r in runs),
        max(r.peak_mb for r in runs),
        runs[-1].output,
        runs[-1].code,
    )


class _Watch(threading.Thread):
    """Samples the memory of a process and all its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_kb = 0
        self._pid = pid
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(SAMPLE_SECONDS):
            self.peak_kb = max(self.peak_kb, sum(_pss_kb(p) for p in family(self._pid)))

    def stop(self) -> None:
        self._end.set()
        self.join()


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        found += sorted(children(parent))
    return found


def children(pid: int) -> set[int]:
    """The processes that a process started, or was given, and that are not waited for yet."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found.update(map(int, (task / "children").read_text().split()))
    return found


def _pss_kb(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
