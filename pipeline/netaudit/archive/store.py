"""The archive as the rest of the program sees it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from netaudit.archive import manifest as manifests
from netaudit.archive import parts
from netaudit.archive.files import TEMPORARY, Folder, StorageError, explain
from netaudit.archive.forgotten import Forgotten
from netaudit.archive.manifest import Entry, Manifest, Part
from netaudit.archive.snapshot import Snapshot
from netaudit.errors import UserError
from netaudit.model import STORED

if TYPE_CHECKING:
    import pandas as pd


class Store:
    """Reads an archive, and writes it under its lock.

    Args:
        folder: `<out>/archive`; it need not exist before `writing`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Folder(folder)
        self._snapshot: tuple[Manifest, Snapshot] | None = None

    @property
    def manifest(self) -> Manifest:
        """What the archive holds now.

        Raises:
            UserError: there is no archive, or it is damaged or of another version.
        """
        found = manifests.load(self.folder)
        if found is None:
            raise UserError(
                f"{self.folder.path.parent}: holds no archive; run `netaudit ingest` first, "
                "or name another folder with --out"
            )
        return found

    @property
    def is_pending(self) -> bool:
        """Whether a forget was interrupted; not where there is no archive yet.

        Raises:
            UserError: the archive is damaged or of another version.
        """
        found = manifests.load(self.folder)
        return found is not None and found.forgotten.is_pending

    @property
    def me(self) -> tuple[str, ...]:
        """The owner's addresses that were given when ingesting."""
        return self.manifest.me

    def table(self, name: str, without: Collection[str] = ()) -> pd.DataFrame:
        """The kept rows of a stored table, one per key, by time and key.

        The same rows in the same order whatever the order of ingests was.

        Args:
            name: one of `model.STORED`.
            without: columns to leave out; without any the table has no rows.

        Raises:
            KeyError: there is no such table in `model.STORED`.
            UserError: there is no archive, or a file of it is missing or damaged.
        """
        return self._now().table(STORED[name].name, without)

    def tables(
        self, without: Mapping[str, Collection[str]] = MappingProxyType({})
    ) -> dict[str, pd.DataFrame]:
        """All stored tables by name, of some not all columns; see `table`."""
        now = self._now()
        return {name: now.table(name, without.get(name, ())) for name in STORED}

    def values(self, name: str, column: str, keys: pd.Series) -> pd.Series:
        """A column of texts, signals or traits for some keys (`Snapshot.values`).

        Raises:
            UserError: there is no archive, or a file of it is missing or damaged.
        """
        return self._now().values(name, column, keys)

    def copies(self) -> pd.DataFrame:
        """Who had what: every copy of each message that stands in the sources more than once.

        Returns:
            model.COPIES, by the message's time and key, the copy that is kept first.
        """
        return self._now().copies()

    def accounting(self) -> dict[str, Any]:
        """What was read, kept, a duplicate, skipped: the `input` object of summary.json."""
        return self._now().accounting

    def status(self) -> dict[str, Any]:
        """The accounting, for each source also its id and span of dates; and kept rows by table."""
        manifest, now = self.manifest, self._now()
        found = now.accounting
        sources = [
            {"id": entry.id, **account, "first": span[0], "last": span[1]}
            for entry, account, span in zip(
                manifest.sources, found["sources"], now.spans, strict=True
            )
        ]
        return {**found, "sources": sources, "rows": now.counts, "me": list(manifest.me)}

    def only(self, sources: Collection[str]) -> Snapshot:
        """The archive as if it held these sources alone: their copies, with their labels.

        Args:
            sources: ids (`Entry.id`); unknown ones are left out.

        Raises:
            UserError: there is no archive.
        """
        manifest = self.manifest
        kept = [entry for entry in manifest.sources if entry.id in sources]
        return Snapshot(self.folder, manifest.having(sources=kept))

    def find(self, source: str) -> list[Entry]:
        """The sources with an id, or at a path (one path may have earlier contents too).

        Raises:
            UserError: there is none.
        """
        entries = self.manifest.sources
        path = os.path.abspath(source)  # noqa: PTH100  (links stay)
        found = [entry for entry in entries if entry.id == source or entry.path in (source, path)]
        if not found:
            known = ", ".join(entry.id for entry in entries) or "none"
            raise UserError(f"{source}: is no source of the archive (known: {known})")
        return found

    def drop(self, entry: Entry) -> None:
        """Take one source out; what others hold too stays.

        Raises:
            UserError: the archive is in use or cannot be written.
        """
        with self.writing() as writing:
            rest = [other for other in writing.manifest.sources if other != entry]
            writing.commit(writing.manifest.having(sources=rest))
            writing.sweep()

    def theirs(self, forgotten: Forgotten) -> Counter[str]:
        """How many records (copies counted too) would go if these were forgotten, by table.

        Under `recipients`: from how many messages that stay they would be taken out.
        """
        found: Counter[str] = Counter()
        for part in {part.name: part for e in self.manifest.sources for part in e.parts}.values():
            found += parts.theirs(self.folder, part, forgotten)
        return found

    def _now(self) -> Snapshot:
        manifest = self.manifest
        if self._snapshot is None or self._snapshot[0] != manifest:
            self._snapshot = (manifest, Snapshot(self.folder, manifest))
        return self._snapshot[1]

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """Hold the archive's lock, made if there is none; what no manifest names is swept.

        Raises:
            UserError: another process is writing, or the folder cannot be written.
        """
        known = manifests.load(self.folder)
        self.folder.prepare()
        with self.folder.locked():
            # Read again: another process may have finished between.
            known = manifests.load(self.folder)
            writing = Writing(self.folder, known or Manifest())
            writing.sweep()
            yield writing


class Writing:
    """The archive while its lock is held."""

    def __init__(self, folder: Folder, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    def commit(self, manifest: Manifest) -> None:
        """Make the manifest the archive's, at once or not at all.

        Raises:
            UserError: it cannot be written (the archive is as it was).
        """
        tables = {name.split("/")[0] for name in manifest.file_names()}
        try:
            self.folder.sync("", *sorted(tables))
            self.folder.put(manifests.NAME, manifests.dump(manifest))
            self.folder.sync("")
        except OSError as error:
            raise explain(error, self.folder.path) from None
        self.manifest = manifest

    def sweep(self) -> None:
        """Remove parts that the manifest does not name, and what a killed run left behind."""
        with contextlib.suppress(OSError):
            for name in self._left():
                self.folder.remove(name)

    def _left(self) -> list[str]:
        """Files that the manifest does not name."""
        wanted = self.manifest.file_names()
        found = [f"{table}/{name}" for table in STORED for name in self.folder.names(table)]
        left = [name for name in found if name not in wanted]
        return left + [name for name in self.folder.names("") if name.endswith(TEMPORARY)]

    def forget(
        self,
        aliases: Iterable[str],
        names: Iterable[str],
        tell: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> None:
        """Take people out of every part, now and in later ingests.

        The manifest says from then on that files beside the archive are still to be cleaned
        (`Forgotten.is_pending`) until `settle`.

        Args:
            aliases: their addresses, profiles and `name:...`.
            names: their names.
            tell: called with the parts done and all of them.

        Raises:
            UserError: a part is damaged, or the archive cannot be written.
        """
        forgotten = self.manifest.forgotten.adding(aliases, names)
        old = {part.name: part for entry in self.manifest.sources for part in entry.parts}
        new: dict[str, Part] = {}
        try:
            for name, part in old.items():
                tell(len(new), len(old))
                new[name] = parts.forgetting(self.folder, part, forgotten)
        except OSError as error:
            raise explain(error, self.folder.path) from None
        sources = [_with_parts(entry, new) for entry in self.manifest.sources]
        pending = dataclasses.replace(forgotten, is_pending=True)
        self.commit(dataclasses.replace(self.manifest.having(sources=sources), forgotten=pending))
        self.settle(is_pending=True)

    def settle(self, *, is_pending: bool = False) -> None:
        """Make sure that nothing of the forgotten is left in files that no manifest names.

        Raises:
            UserError: files cannot be removed.
        """
        self.sweep()
        if left := self._left():
            place = self.folder.path / left[0]
            raise StorageError(f"{place}: cannot be removed; remove it and run this again")
        if not is_pending:
            forgotten = dataclasses.replace(self.manifest.forgotten, is_pending=False)
            self.commit(dataclasses.replace(self.manifest, forgotten=forgotten))

    def is_whole(self, entry: Entry) -> bool:
        """Whether every part file of a source is there."""
        names = {table: self.folder.names(table) for part in entry.parts for table in part.rows}
        return all(f"{p.name}.parquet" in names[t] for p in entry.parts for t in p.rows)


def _with_parts(entry: Entry, parts: dict[str, Part]) -> Entry:
    """The source with other parts in the place of its own."""
    pieces = [
        dataclasses.replace(piece, parts=tuple(parts[part.name] for part in piece.parts))
        for piece in entry.pieces
    ]
    return dataclasses.replace(entry, pieces=tuple(pieces))
