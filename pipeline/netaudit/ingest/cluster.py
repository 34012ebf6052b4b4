"""Workers of a Dask cluster, as an executor.

The tasks, their outcomes and a few checks are all that goes over the network: each worker reads its
byte range (or its owner's part of the archive) from storage that all see and writes its files
there. Parts are named by their content, so a unit that is read twice because its worker died gives
the same files once.

The scheduler and its workers are trusted with the mail and with running code; see docs/scale.md.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import netaudit
from netaudit import storage
from netaudit.archive.files import FILE_MODE, TEMPORARY, Folder
from netaudit.errors import UserError
from netaudit.ingest import pool
from netaudit.ingest.worker import Outcome, Task, reader
from netaudit.settings import Ingest
from netaudit.storage import Location, Remote

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T", bound="Named")
R = TypeVar("R")

CONNECT_SECONDS = 15
RETRIES = 3
"""How often a unit is read again whose worker died or lost its storage."""
SAMPLE_BYTES = 4096


@dataclass(frozen=True)
class View:
    """What a worker is and sees: its program, and a digest of each path's beginning."""

    program: str
    seen: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def connect(address: str, folder: Path, paths: Sequence[Location]) -> Iterator[Workers]:
    """A cluster's workers as an executor, checked before the first unit is read.

    Args:
        address: the scheduler's, such as `tcp://host:8786`.
        folder: the archive's, made if there is none.
        paths: exports that all workers must see as this process does.

    Raises:
        UserError: Dask is not installed, nobody answers at the address, a worker is of another
            version or does not see the storage.
    """
    with _client(address) as client:
        _check(client, folder, paths)
        yield Workers(client)


@contextlib.contextmanager
def reports(address: str, folder: Path) -> Iterator[Executor]:
    """A cluster's workers as an executor of other tasks than reading exports.

    Args:
        address: the scheduler's.
        folder: the archive's; all workers must see it.

    Raises:
        UserError: as `connect`.
    """
    with _client(address) as client:
        _check(client, folder, ())
        yield Guarded(client)


@contextlib.contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError:
        raise UserError(
            "--scheduler: needs Dask; install it with `pip install 'netaudit[cluster]'`"
        ) from None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError) as error:
        # A timeout is an OSError, too; Dask's own words name hosts and internals.
        raise UserError(
            f"--scheduler {address}: nobody answers there ({type(error).__name__}); "
            "is `dask scheduler` running, and its port open?"
        ) from None
    with client:
        yield client


def view(paths: Sequence[str]) -> View:
    """What this process is and sees; run on every worker."""
    return View(program(), {path: _sample(path) for path in paths})


def program() -> str:
    """The version of this program and of all that shapes its records."""
    return f"{netaudit.__version__}/{reader(Ingest()).version}"


def _sample(path: str) -> str:
    """Size and beginning of a file; of a folder that it is one."""
    try:
        place = storage.at(path)
        if place.is_dir():
            return "folder"
        with place.open("rb", buffering=0) as file:
            start = hashlib.sha256(file.read(SAMPLE_BYTES)).hexdigest()
        return f"{place.stat().st_size} {start}"
    except OSError as error:
        return error.strerror or type(error).__name__
    except UserError as error:
        return str(error)


def _check(client: Client, folder: Path, paths: Sequence[Location]) -> None:
    """Have each worker look at the sources and at a file that was just put into the archive."""
    archive = Folder(folder)
    archive.prepare()
    probe = folder / f".{secrets.token_hex(8)}{TEMPORARY}"
    probe.touch(mode=FILE_MODE)
    names = [str(probe), *map(str, paths)]
    try:
        probe.write_bytes(secrets.token_bytes(32))
        here = view(names)
        workers = _views(client, names)
    finally:
        probe.unlink(missing_ok=True)
    if not workers:
        raise UserError("--scheduler: it has no workers; start some with `dask worker`")
    for worker, there in sorted(workers.items()):
        if there.program != here.program:
            raise UserError(
                f"worker {worker}: runs netaudit {there.program}, this is {here.program}; "
                "install the same version everywhere"
            )
        for name in names:
            if there.seen.get(name) != here.seen[name]:
                what = str(folder) if name == str(probe) else name
                raise UserError(f"worker {worker}: {_unseen(what, there.seen.get(name, ''))}")


def _unseen(what: str, told: str) -> str:
    """That a worker does not see something, and the cure."""
    if not isinstance(storage.at(what), Remote):
        return (
            f"does not see {what} as this process does; "
            "put it on storage that all workers share, under the same path"
        )
    if told.startswith(what):
        return f"{told} (give the worker the environment that this process has)"
    return f"does not see {what} as this process does; is it the same store and account there?"


def _views(client: Client, names: list[str]) -> dict[str, View]:
    try:
        return dict(client.run(view, names))
    except Exception as error:
        # Whatever another version of Python or of a package makes of it.
        raise UserError(
            f"--scheduler: a worker cannot run this program ({type(error).__name__}); "
            "install the same netaudit on every worker"
        ) from None


class Named(Protocol):
    """A task that can be told from others."""

    @property
    def name(self) -> str:
        """What it is about, for errors; no mail text."""


def guarded(run: Callable[[T], R], task: T) -> R:
    """Run a task on a worker; whatever goes wrong comes back in one line, without mail text.

    Raises:
        UserError: also for what is no error of the user's: another exception may not survive the
            way back, and what it says may hold what was read.
    """
    error: UserError
    try:
        return run(task)
    except UserError as told:
        error = type(told)(str(told))
    except Exception as unforeseen:
        error = UserError(f"{task.name}: the worker failed ({type(unforeseen).__name__})")
    raise error


class Guarded(Executor):
    """Dask's executor, with its errors in one line."""

    def __init__(self, client: Client) -> None:
        self._inner: Executor = client.get_executor(  # type: ignore[no-untyped-call]
            pure=False, retries=RETRIES
        )

    def submit(self, run: Callable[[T], R], task: T, /) -> Future[R]:  # type: ignore[override]
        """Have a task run; the future raises UserError when it cannot be."""
        promise: Future[R] = Future()
        inner = self._inner.submit(guarded, run, task)
        promise.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        inner.add_done_callback(lambda done: self._settle(promise, task, done))
        return promise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the workers; Dask's executor cancels what it does not wait for."""
        self._inner.shutdown(wait=wait and not cancel_futures)

    def done(self, task: Any, outcome: Any) -> None:
        """Called with each task that is done."""

    def _settle(self, promise: Future[R], task: Named, done: Future[Any]) -> None:
        if not promise.set_running_or_notify_cancel() or done.cancelled():
            return
        error = done.exception()
        if error is None:
            self.done(task, done.result())
            promise.set_result(done.result())
        elif isinstance(error, UserError):
            promise.set_exception(error)
        else:
            self.failed(promise, task, error)

    def failed(self, promise: Future[Any], task: Any, error: BaseException) -> None:
        """Called with each task that no worker could run; the promise is running."""
        promise.set_exception(
            UserError(
                f"{task.name}: the workers that took it failed ({type(error).__name__}); "
                "is there enough memory on them?"
            )
        )


class Workers(Guarded):
    """Readers of units.

    A unit that brought several workers down is read by processes of this machine, alone and
    without the message at which they die, as a unit of theirs would be.

    Attributes:
        digests: takes ranges of files to digest.
        bytes_read: bytes of the byte ranges that are read.
        messages_read: records that are read.
    """

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self._careful = pool.Processes(1, pool.start_method())
        self.digests: Executor = Guarded(client)
        self.bytes_read = 0
        self.messages_read = 0

    @property
    def executor(self) -> Executor:
        """Takes units."""
        return self

    def done(self, task: Task, outcome: Outcome) -> None:
        """Count what was read."""
        self.bytes_read += max((task.unit.stop or 0) - task.unit.start, 0)
        self.messages_read += outcome.records

    def failed(self, promise: Future[Any], task: Any, error: BaseException) -> None:
        """Read carefully what killed workers; what else went wrong is told."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        if isinstance(error, KilledWorker):
            self._careful.mend(promise, task)
        else:
            super().failed(promise, task, error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the workers and end the processes."""
        self._careful.shutdown(wait=wait, cancel_futures=cancel_futures)
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
