"""Exports into the archive: recognise, read, keep; source by source, on an executor.

find.py         which exports the named paths are
fingerprint.py  what a path holds, as digests
reuse.py        what of it the archive has already
worker.py       one unit: records, texts, parts
chain.py        byte ranges put together
pool.py         an executor on this machine

Each source is committed when it is whole; what is read again changes nothing.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from netaudit import sources
from netaudit.archive import Entry, Store, Writing
from netaudit.archive.files import StorageError
from netaudit.errors import UserError
from netaudit.ingest import fingerprint, reuse, worker
from netaudit.ingest.chain import Chain
from netaudit.ingest.find import Found, find
from netaudit.ingest.fingerprint import Content
from netaudit.ingest.progress import Progress, Silent, total_bytes
from netaudit.ingest.result import Ingested, Result, State
from netaudit.ingest.worker import Outcome, Task
from netaudit.model import Unit
from netaudit.settings import Settings
from netaudit.storage import Location

__all__ = ["Ingested", "Progress", "Result", "State", "run"]

IN_FLIGHT = 64
"""Units handed to the executor at a time."""
TICK_SECONDS = 0.1


def run(
    paths: Sequence[Location],
    store: Store,
    settings: Settings,
    executor: Executor,
    progress: Progress | None = None,
    *,
    me: Sequence[str] = (),
    digests: Executor | None = None,
) -> Result:
    """Read exports into the archive.

    Args:
        paths: files, folders and URLs as the user named them.
        store: the archive, made if there is none.
        settings: what to read and keep.
        executor: where units are read; its workers see the same files.
        progress: who watches.
        me: the owner's addresses, kept in the archive; none to leave those it has.
        digests: where files are looked through for what the archive has already; None for here.

    Raises:
        UserError: the archive cannot be written, is in use, damaged or of another version. Sources
            committed before stay.
    """
    finding = find(paths)
    if not finding.found:
        return Result((), finding.failures, finding.notes)
    ingested: list[Ingested] = []
    failures = list(finding.failures)
    with store.writing() as writing:
        if me and tuple(me) != writing.manifest.me:
            writing.commit(writing.manifest.having(me=tuple(me)))
        ingest = _Ingest(writing, settings, executor, progress or Silent(), digests)
        for found in finding.found:
            try:
                ingested.append(ingest.source(found))
            except StorageError:
                raise
            except UserError as error:
                failures.append(str(error))
                writing.sweep()
    return Result(tuple(ingested), tuple(failures), finding.notes)


class _Ingest:
    """One run over an archive whose lock is held."""

    def __init__(
        self,
        writing: Writing,
        settings: Settings,
        executor: Executor,
        progress: Progress,
        digests: Executor | None,
    ) -> None:
        self._writing = writing
        self._reader = worker.reader(settings.ingest)
        self._executor = executor
        self._progress = progress
        self._digests = digests

    def source(self, found: Found) -> Ingested:
        """Bring one export into the archive."""
        path = str(found.path)
        content = fingerprint.of(found.path, self._digests)
        known = [
            entry
            for entry in self._writing.manifest.sources
            if entry.kind == found.kind and entry.reader == self._reader
        ]
        known = [entry for entry in known if self._writing.is_whole(entry)]
        for entry in known:
            if entry.path == path and entry.digest == content.digest:
                return Ingested(path, found.kind, entry.id, State.UNCHANGED)
        return self._read(found, content, known)

    def _read(self, found: Found, content: Content, known: list[Entry]) -> Ingested:
        path = str(found.path)
        units = list(sources.by_name(found.kind).units(found.path))
        pieces = reuse.pieces(found.path, content, units, known)
        chain = Chain(path, units, pieces)
        self._progress.begin(
            path, total_bytes(found.path, [u for i, u in enumerate(units) if i not in pieces])
        )
        try:
            self._run(chain, path)
        except StorageError:
            raise
        except UserError:
            _check_same(found, content)
            raise
        finally:
            self._progress.end()
        if not any(p.rows or p.forgotten for piece in chain.pieces for p in piece.parts):
            raise UserError(f"{path}: holds no messages and nothing else to keep")
        _check_same(found, content)
        entry = Entry(
            found.kind,
            path,
            content.size,
            content.digest,
            content.chunks,
            self._reader,
            tuple(chain.pieces),
        )
        copies = [other.path for other in known if other.digest == content.digest]
        earlier = self._commit(found.path, entry, content)
        outcomes = chain.outcomes
        return Ingested(
            path,
            found.kind,
            entry.id,
            _state(len(outcomes), len(pieces)),
            records=sum(outcome.records for outcome in outcomes),
            cut=tuple(itertools.chain.from_iterable(o.cut for o in outcomes))[: worker.TOLD_CUT],
            n_cut=sum(outcome.n_cut for outcome in outcomes),
            notes=tuple(note for outcome in outcomes for note in outcome.notes)[
                : worker.TOLD_NOTES
            ],
            n_notes=sum(outcome.n_notes for outcome in outcomes),
            copy_of=copies[0] if copies and not outcomes else "",
            earlier=earlier,
        )

    def _run(self, chain: Chain, root: str) -> None:
        """Read the chain's units on the executor, wrong guesses again."""
        waiting: dict[Future[Outcome], int] = {}

        def submit(i: int, unit: Unit) -> None:
            unit = dataclasses.replace(unit, read_bodies=self._reader.read_text)
            folder, forgotten = (
                self._writing.folder.path.absolute(),
                self._writing.manifest.forgotten,
            )
            task = Task(folder, root, unit, self._reader, forgotten)
            waiting[self._executor.submit(worker.read_unit, task)] = i

        todo = iter([i for i in range(len(chain.units)) if i not in chain.known])
        try:
            again = chain.advance()
            while True:
                if again is not None:
                    submit(*again)
                for i in _some(todo, IN_FLIGHT - len(waiting)):
                    submit(i, chain.units[i])
                if not waiting:
                    return
                again = self._next(chain, waiting)
        except UserError:
            for future in waiting:
                future.cancel()
            wait(waiting)
            raise

    def _next(self, chain: Chain, waiting: dict[Future[Outcome], int]) -> tuple[int, Unit] | None:
        """Wait for one outcome and take it."""
        done: set[Future[Outcome]] = set()
        while not done:
            done, _ = wait(waiting, timeout=TICK_SECONDS, return_when=FIRST_COMPLETED)
            self._progress.tick()
        future = done.pop()
        return chain.add(waiting.pop(future), future.result())

    def _commit(self, path: Location, entry: Entry, content: Content) -> tuple[str, ...]:
        """Put the source into the archive in place of the contents it supersedes.

        Returns:
            The ids of earlier contents of its path that stay.
        """
        manifest = self._writing.manifest
        earlier = [old for old in manifest.sources if old.path == entry.path]
        kept = [
            old for old in earlier if not reuse.superseded(self._writing, path, content, old, entry)
        ]
        others = [old for old in manifest.sources if old.path != entry.path]
        self._writing.commit(manifest.having(sources=(*others, *kept, entry)))
        if len(kept) < len(earlier):
            self._writing.sweep()
        return tuple(old.id for old in kept)


def _check_same(found: Found, content: Content) -> None:
    """Refuse a source that is not what it was before it was read."""
    if fingerprint.stamp(found.path) != content.stamp:
        raise UserError(f"{found.path}: was changed while it was read; ingest it again")


def _state(n_read: int, n_known: int) -> State:
    """What happened to a source of which some units were read and others known."""
    if not n_known:
        return State.READ
    return State.GROWN if n_read else State.COPY


def _some(items: Iterator[int], count: int) -> Iterator[int]:
    """Up to `count` further items."""
    for _ in range(count):
        item = next(items, None)
        if item is None:
            return
        yield item
