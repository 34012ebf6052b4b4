"""Worker processes on this machine.

Workers are forked from a server process that has loaded the program once (`forkserver`): as quick
to start as forks, without their trouble with threads. Elsewhere they are started afresh.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import SynchronizedArray
from typing import Any

from netaudit.ingest import worker

STOPPED = 3
"""Exit code of a worker whose parent is gone."""


@dataclass(frozen=True)
class Pool:
    """Worker processes and what they have read so far.

    Attributes:
        executor: takes units.
        counted: bytes and messages, shared with the workers.
    """

    executor: ProcessPoolExecutor
    counted: SynchronizedArray[Any]

    @property
    def bytes_read(self) -> int:
        """Bytes of messages read."""
        return int(self.counted[0])

    @property
    def messages_read(self) -> int:
        """Messages read."""
        return int(self.counted[1])


def processors() -> int:
    """Processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def local(workers: int = 0) -> Iterator[Pool]:
    """A pool of processes; they end with the block, and when the program dies.

    Args:
        workers: how many; 0 for one a processor.
    """
    context = _context()
    counted = context.Array("Q", 2)
    executor = ProcessPoolExecutor(
        workers or processors(), context, initializer=_begin, initargs=(counted,)
    )
    try:
        yield Pool(executor, counted)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in context.active_children():
            process.terminate()
        raise
    else:
        executor.shutdown()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["netaudit.ingest.worker"])
    return context


def _begin(counted: SynchronizedArray[Any]) -> None:
    """Make this process a worker: quiet, counting, and gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def count(size_bytes: int, messages: int) -> None:
        with counted.get_lock():
            counted[0] += size_bytes
            counted[1] += messages

    worker.live = count
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(STOPPED)
