"""A real Dask scheduler and real workers on loopback, as processes."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PIPELINE = Path(__file__).parents[1] / "pipeline"
SCHEDULER = "distributed.cli.dask_scheduler"
WORKER = "distributed.cli.dask_worker"
PLAIN = ("--host", "127.0.0.1", "--no-dashboard")


@dataclass(frozen=True)
class Dask:
    """A cluster that runs.

    Attributes:
        address: the scheduler's.
        processes: the scheduler, then the workers.
    """

    address: str
    processes: tuple[subprocess.Popen[str], ...]


@contextlib.contextmanager
def running(
    folder: Path, preloads: Sequence[str], environment: Mapping[str, str] | None = None
) -> Iterator[Dask]:
    """A scheduler and one worker for each preload (a script's path, "" for none).

    Args:
        folder: where the workers keep what they spill, and their settings.
        preloads: run by a worker before anything else.
        environment: of the workers, beside this process's.
    """
    told = environment or {}
    with contextlib.ExitStack() as stack:
        scheduler = _start(stack, {}, SCHEDULER, "--port", "0", *PLAIN)
        address = _await(scheduler, r"Scheduler at:\s+(tcp://\S+)")
        workers = []
        for number, preload in enumerate(preloads):
            local = folder / f"worker{number}"
            options = ["--nthreads", "1", "--local-directory", str(local), *PLAIN]
            options += ["--preload", preload] if preload else []
            workers.append(_start(stack, told, WORKER, address, *options))
        for worker in workers:
            _await(worker, r"Registered to:\s+(\S+)")
        yield Dask(address, (scheduler, *workers))


def _start(
    stack: contextlib.ExitStack, told: Mapping[str, str], module: str, *options: str
) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *options], text=True, errors="replace",
        env={**os.environ, **told, "PYTHONPATH": str(PIPELINE), "PYTHONWARNINGS": ""},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stderr is not None:
        process.stderr.close()


def _await(process: subprocess.Popen[str], pattern: str) -> str:
    """What a process says of itself in its log; the rest of the log is read away."""
    assert process.stderr is not None
    log = []
    for line in process.stderr:
        log.append(line)
        found = re.search(pattern, line)
        if found:
            threading.Thread(target=_drain, args=[process], daemon=True).start()
            return found[1]
    raise RuntimeError("".join(log))


def _drain(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    with contextlib.suppress(ValueError, OSError):
        for _ in process.stderr:
            pass
