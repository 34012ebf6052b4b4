"""Readers that bring their process down, as a crashing library would."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from netaudit.ingest import worker
from netaudit.ingest.worker import Outcome, Task
from netaudit.mail import body

_read = body.read
_read_unit = worker.read_unit
_read_carefully = worker.read_carefully


def _deadly(read: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(found: Any, piece: Any, **options: Any) -> Any:
        if b"DIE" in piece.data:
            os.kill(os.getpid(), signal.SIGSEGV)
        while b"HANG" in piece.data:
            pass
        return read(found, piece, **options)

    return wrapped


def read(task: Task) -> Outcome:
    """`worker.read_unit` with a library that crashes."""
    body.read, worker.BODY_SECONDS = _deadly(_read), 6
    return _read_unit(task)


def read_carefully(task: Task, fatal: frozenset[int], *, bodies: bool = True) -> Outcome:
    """`worker.read_carefully` with a library that crashes."""
    body.read, worker.BODY_SECONDS = _deadly(_read), 6
    return _read_carefully(task, fatal, bodies=bodies)


def hopeless(task: Task, fatal: frozenset[int], *, bodies: bool = True) -> Outcome:
    """Dies wherever it is."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
