"""Worker processes on this machine.

Workers are forked from this process, where it has no threads yet, else from a server process that
has loaded the program once (`forkserver`): as quick, without a fork's trouble with threads, but the
program is loaded twice. Elsewhere they are started afresh.

A worker that dies (a library crashed, the memory was used up, a body took longer than
`worker.BODY_SECONDS` of processor time and the system ended it) breaks a `ProcessPoolExecutor` with
all that it had taken on. Here these units are read again, each alone and carefully: the body at
which a process dies is left out, and its message kept by its headers.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor as Threads
from ctypes import Array, c_uint64
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext

from netaudit import sources
from netaudit.errors import UserError
from netaudit.ingest import worker
from netaudit.ingest.worker import Outcome, Task

GC_ALLOCATIONS = 1_000_000
"""Objects made and kept before the youngest are looked through for cycles."""
STOPPED = 3
"""Exit code of a worker whose parent is gone."""
MAX_FATAL = 20
"""Messages of one unit that may crash the reader before all its bodies are left out."""
SLOTS = 64
"""Pairs of counters, so that hardly two workers share one (nothing is locked: who dies while
holding a lock would stop the others)."""


@dataclass(frozen=True)
class Pool:
    """Worker processes and what they have read so far.

    Attributes:
        executor: takes units.
        counted: shared with the workers: the body that is read carefully, then bytes and
            messages of each slot.
    """

    executor: Executor
    counted: Array[c_uint64]

    @property
    def digests(self) -> Executor | None:
        """Nobody: threads of this process digest files as quickly as other processes would."""
        return None

    @property
    def bytes_read(self) -> int:
        """Bytes of messages read."""
        return sum(self.counted[1::2])

    @property
    def messages_read(self) -> int:
        """Messages read."""
        return sum(self.counted[2::2])


def processors() -> int:
    """Processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def local(workers: int = 0, *, many_texts: bool = False, forked: bool = False) -> Iterator[Pool]:
    """A pool of processes; they end with the block, and when the program dies.

    Args:
        workers: how many; 0 for one a processor.
        many_texts: so many texts will be read that what they need is loaded once, for all workers.
        forked: this process has done nothing yet that a fork must not meet; the workers are forked
            at once, before it does.
    """
    context = start_method(many_texts=many_texts)
    counted = context.RawArray(c_uint64, 1 + 2 * SLOTS)
    executor = Processes(workers or processors(), context, counted)
    if forked and not many_texts and sys.platform == "linux" and threading.active_count() == 1:
        executor.fork()
    try:
        yield Pool(executor, counted)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    else:
        executor.shutdown()


@contextlib.contextmanager
def plain(workers: int = 0) -> Iterator[Executor]:
    """Processes that count nothing and mend nothing, for other work than reading exports.

    Args:
        workers: how many; 0 for one a processor.
    """
    executor = ProcessPoolExecutor(workers or processors(), start_method(), initializer=_follow)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


class Processes(Executor):
    """Processes that may die; none is started before there is something to read."""

    def __init__(
        self, workers: int, context: BaseContext, counted: Array[c_uint64] | None = None
    ) -> None:
        self._workers = workers
        self._context = context
        self._counted = context.RawArray(c_uint64, 1 + 2 * SLOTS) if counted is None else counted
        self._lock = threading.Lock()
        self._pool = self._new(workers, context)
        self._repairs = Threads(1)

    def fork(self) -> None:
        """Start the first processes now, as forks of this one; any others come later as usual."""
        for name in _read_by_workers():
            importlib.import_module(name)
        self._pool = self._new(self._workers, multiprocessing.get_context("fork"))
        self._pool.submit(int)

    def submit(  # type: ignore[override]
        self, read: Callable[[Task], Outcome], task: Task, /
    ) -> Future[Outcome]:
        """Have a unit read; the future raises UserError when it cannot be."""
        promise: Future[Outcome] = Future()
        with self._lock:
            try:
                inner = self._pool.submit(read, task)
            except BrokenExecutor:
                self._pool = self._new(self._workers, self._context)
                inner = self._pool.submit(read, task)
        promise.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        inner.add_done_callback(lambda done: self._settle(promise, task, done))
        return promise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._repairs.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _new(self, workers: int, context: BaseContext) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(self._counted,))

    def _settle(self, promise: Future[Outcome], task: Task, done: Future[Outcome]) -> None:
        """Hand an outcome on, or have the unit read again where its process may have died."""
        if not promise.set_running_or_notify_cancel() or done.cancelled():
            return
        error = done.exception()
        if isinstance(error, BrokenExecutor):
            self.mend(promise, task)
        elif error is not None:
            promise.set_exception(error)
        else:
            promise.set_result(done.result())

    def mend(self, promise: Future[Outcome], task: Task) -> None:
        """Have a unit read alone that brought its process down; the promise must be running."""
        self._repairs.submit(self._repair, promise, task)

    def _repair(self, promise: Future[Outcome], task: Task) -> None:
        try:
            promise.set_result(self._alone(task))
        except BaseException as error:
            promise.set_exception(error)

    def _alone(self, task: Task) -> Outcome:
        """Read a unit in a process of its own, without the bodies that bring it down.

        Raises:
            UserError: it dies elsewhere.
        """
        fatal: set[int] = set()
        while len(fatal) <= MAX_FATAL:
            self._counted[0] = 0
            read = partial(worker.read_carefully, bodies=len(fatal) < MAX_FATAL)
            with self._new(1, self._context) as process:
                try:
                    return process.submit(read, task, frozenset(fatal)).result()
                except BrokenExecutor:
                    body = int(self._counted[0])
            if body == 0 or body in fatal:
                break
            fatal.add(body)
        raise UserError(
            f"{task.unit.path}: the process that reads it dies again and again; "
            "is there enough memory? Try --workers 1"
        )


def start_method(*, many_texts: bool = False) -> BaseContext:
    """How processes are started here; see `local`."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    loaded = _read_by_workers()
    context.set_forkserver_preload([*loaded, "netaudit.text.loaded"] if many_texts else loaded)
    return context


def _read_by_workers() -> list[str]:
    """Modules that every worker needs."""
    kinds = [f"{sources.__name__}.{source.NAME}" for source in sources.all_sources()]
    return ["netaudit.ingest.worker", *kinds]


def _begin(counted: Array[c_uint64]) -> None:
    """Make this process a worker that counts."""
    _follow()
    slot = 1 + 2 * (os.getpid() % SLOTS)

    def count(size_bytes: int, messages: int) -> None:
        counted[slot] += size_bytes
        counted[slot + 1] += messages

    def at_body(number: int) -> None:
        counted[0] = number

    worker.bounded = True
    worker.live = count
    # Records hold no cycles: looking for some among thousands took 7% of a worker's time.
    gc.freeze()
    gc.set_threshold(GC_ALLOCATIONS, 100, 1000)
    worker.at_body = at_body


def _follow() -> None:
    """Make this process quiet, and gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(STOPPED)
