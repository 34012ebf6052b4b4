"""The archive's tables as of one manifest, duplicates resolved."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netaudit import memory
from netaudit.archive import index, resolve
from netaudit.archive.files import Folder
from netaudit.archive.index import Index
from netaudit.archive.manifest import Manifest
from netaudit.archive.parts import RECORD
from netaudit.archive.resolve import Ints
from netaudit.archive.rows import Loaded, Rows, as_dictionary, emptying, whole
from netaudit.model import COPIES, RECORD_TABLES, STORED, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

FIRST_GIVEN = (
    *("message_id", "in_reply_to", "references", "thread_hint"),
    *("sender_address", "reply_to", "list_id"),
)
"""Columns of a message that the first copy with a value gives."""
UNITED = ("labels", "delivered_to", "automated_signs")
"""Columns of a message that unite the values of all copies."""
FROM_READ_TEXT = ("words", "language")
"""Columns that the first copy whose text was read gives."""
PARENTS = {
    "recipients": ("messages",),
    "attendees": ("events",),
    "texts": ("messages", "posts"),
    "signals": ("messages", "posts"),
    "traits": ("messages", "posts"),
}
"""Tables whose rows belong to a record of another."""
OF_TEXT = frozenset({"texts", "signals", "traits"})


class Snapshot:
    """The tables of one manifest."""

    def __init__(self, folder: Folder, manifest: Manifest) -> None:
        self._rows = Rows(folder, manifest)
        self._indexes: dict[str, Index] = {}

    def table(self, name: str, without: Collection[str] = ()) -> pd.DataFrame:
        """The kept rows of a stored table, some of its columns left out."""
        columns = [column for column in STORED[name].columns if column not in without]
        found = self._read(name, columns) if columns else STORED[name].empty()
        memory.give_back()
        return found

    def values(self, name: str, column: str, keys: pd.Series) -> pd.Series:
        """A column of texts of a table that belongs to records, for some of their keys.

        Only what was asked for is held, so that a column of any size may be looked into.

        Args:
            name: a table of PARENTS.
            column: its column.
            keys: of the records.

        Returns:
            The values on the index of the keys; missing where the table has no such key.
        """
        import pandas as pd  # noqa: PLC0415

        from netaudit import lookup  # noqa: PLC0415  (with pandas)

        places = self._places(name)
        wanted = lookup.texts(keys)

        def is_wanted(theirs: pa.Array, numbers: Ints) -> pa.BooleanArray:
            return pc.and_(pc.is_in(theirs, wanted), pa.array(places[numbers] >= 0))

        found = self._rows.chosen(name, column, is_wanted)
        at = pc.index_in(wanted, whole(found["key"]))
        return pd.Series(_series(whole(found[column]).take(at), "str"), index=keys.index)

    def _read(self, name: str, columns: list[str]) -> pd.DataFrame:
        if name in RECORD_TABLES:
            return _frame(name, columns, self._records(name, columns))
        if name in PARENTS:
            return _frame(name, columns, self._belonging(name, columns))
        rows = emptying(self._rows.load(name, columns).rows)
        frame = _frame(name, columns, rows).drop_duplicates()
        return frame.sort_values(list(frame.columns), ignore_index=True)

    def copies(self) -> pd.DataFrame:
        """Every copy of each message that the sources hold more than once: model.COPIES."""
        import pandas as pd  # noqa: PLC0415

        found = self._index("messages")
        columns = [c for c in COPIES.columns if c in STORED["messages"].columns]
        loaded = self._rows.load("messages", columns)
        if found.reorder is not None:
            loaded = loaded.take(found.reorder)
        several = np.bincount(found.groups, minlength=len(found.kept)) > 1
        rank = np.empty(len(found.order), dtype=np.int64)
        rank[found.order] = np.arange(len(found.order))
        rows = np.flatnonzero(several[found.groups])
        rows = rows[np.argsort(rank[found.groups[rows]], kind="stable")]
        at = pa.array(rows)
        given = {c: _series(loaded.column(c).take(at), COPIES.columns[c][0]) for c in columns}
        ids = pd.Series([entry.id for entry in self._rows.sources], dtype="str")
        given["source_id"] = ids.array[loaded.sources[rows]]
        given["is_kept"] = found.kept[found.groups[rows]] == rows
        return COPIES.frame(given)

    @cached_property
    def accounting(self) -> dict[str, Any]:
        """The `input` object of summary.json."""
        indexes = [self._index(name) for name in RECORD_TABLES]
        read = np.sum([found.n_read for found in indexes], axis=0).tolist()
        kept = np.sum([found.n_kept for found in indexes], axis=0).tolist()
        skipped = self._skipped()
        forgotten = [sum(part.forgotten for part in entry.parts) for entry in self._rows.sources]
        sources = [
            {
                "source": entry.kind,
                "path": self._rows.roots[i],
                "read": read[i] + skipped[i].total() + forgotten[i],
                "kept": kept[i],
                "duplicate": read[i] - kept[i],
                "skipped": skipped[i].total(),
                "forgotten": forgotten[i],
                "skipped_by_reason": dict(sorted(skipped[i].items())),
            }
            for i, entry in enumerate(self._rows.sources)
        ]
        names = ("read", "kept", "duplicate", "skipped", "forgotten")
        totals = {n: sum(s[n] for s in sources) for n in names}
        return {"sources": sources, **totals}

    @property
    def spans(self) -> list[tuple[str | None, str | None]]:
        """First and last day of each source's records."""
        indexes = [self._index(name) for name in RECORD_TABLES]
        first = np.min([found.first for found in indexes], axis=0).tolist()
        last = np.max([found.last for found in indexes], axis=0).tolist()
        return [(index.day(a), index.day(b)) for a, b in zip(first, last, strict=True)]

    @property
    def counts(self) -> dict[str, int]:
        """Kept records by table."""
        return {name: len(self._index(name).order) for name in RECORD_TABLES}

    def _index(self, name: str) -> Index:
        if name not in self._indexes:
            self._indexes[name] = index.build(self._rows, name)
        return self._indexes[name]

    def _skipped(self) -> list[Counter[str]]:
        loaded = self._rows.load("skipped", ["reason"])
        reasons = loaded.column("reason").to_pylist()
        counters: list[Counter[str]] = [Counter() for _ in self._rows.sources]
        for source, reason in zip(loaded.sources.tolist(), reasons, strict=True):
            counters[source][reason] += 1
        return counters

    def _records(self, name: str, wanted: list[str]) -> Iterator[tuple[str, pa.Array]]:
        found = self._index(name)
        loaded = self._rows.load(name, wanted)
        if found.reorder is not None:
            loaded = loaded.take(found.reorder)
        at, united = _completed(loaded, found) if name == "messages" else ({}, {})
        columns = emptying(loaded.rows)
        del loaded  # its columns go one by one
        for column, values in columns:
            if column in united:
                yield column, _taken(united[column], found.order)
            else:
                yield column, _taken(values, at.get(column, found.kept)[found.order])

    def _places(self, name: str) -> Ints:
        """Where what belongs to each record stands in a table, by global number; -1 nowhere."""
        places = np.full(self._rows.n_records, -1, dtype=np.int64)
        base = 0
        for parent in PARENTS[name]:
            found = self._index(parent)
            own = found.read_places if name in OF_TEXT else found.places
            places = np.where(own >= 0, own + base, places)
            base += len(found.order)
        return places

    def _belonging(self, name: str, wanted: list[str]) -> Iterator[tuple[str, pa.Array]]:
        loaded = self._rows.load(name, wanted)
        at = self._places(name)[loaded.numbers]
        rows = np.flatnonzero(at >= 0)
        rows = rows[np.argsort(at[rows], kind="stable")]
        columns = emptying(loaded.rows)
        del loaded
        for column, values in columns:
            yield column, _taken(values, rows)


def _taken(values: pa.Array, order: Ints) -> pa.Array:
    """Values in an order; as they stand in it, they are not copied."""
    is_same = len(order) == len(values) and bool((np.diff(order, prepend=-1) == 1).all())
    return values if is_same else values.take(pa.array(order))


def _completed(
    loaded: Loaded, found: Index
) -> tuple[dict[str, Ints], dict[str, pa.DictionaryArray]]:
    """How copies of a message complete each other.

    Returns:
        Column -> the row of each group that gives it; column -> its value for each group.
    """
    groups, kept = found.groups, found.kept
    if len(kept) == len(groups):
        return {}, {}
    at = {}
    for column in (c for c in FIRST_GIVEN if c in loaded.rows.column_names):
        given = resolve.bools(loaded.column(column).is_valid())
        at[column] = resolve.first_or(groups, given, kept)
    at |= dict.fromkeys(FROM_READ_TEXT, found.read)
    at["box"] = resolve.best_box(groups, as_dictionary(loaded.column("box")), kept)
    united = {
        column: resolve.united(groups, kept, as_dictionary(loaded.column(column)))
        for column in UNITED
        if column in loaded.rows.column_names
    }
    return at, united


def _frame(name: str, wanted: list[str], columns: Iterator[tuple[str, pa.Array]]) -> pd.DataFrame:
    """Arrow columns as a frame of the table's wanted columns."""
    import pandas as pd  # noqa: PLC0415  (accounting and ingest do without it)

    table = Table(name, {column: STORED[name].columns[column] for column in wanted})
    given = {c: _series(values, table.columns[c][0]) for c, values in columns if c != RECORD}
    return table.check(pd.DataFrame(given, copy=False))


def _series(values: pa.Array, kind: str) -> Any:
    import pandas as pd  # noqa: PLC0415

    if kind == "str":
        return pd.array(values.cast(pa.large_string()), dtype="str")
    if kind == "Int64":
        return values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return values.to_pandas()
