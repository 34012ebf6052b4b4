"""The archive's tables as of one manifest, duplicates resolved.

A record's number (`parts.RECORD`) plus the numbers used by the parts before it is its *global
number*: arrays over global numbers say which records are kept and where, and take the rows that
belong to them along.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netaudit.archive import parts, resolve
from netaudit.archive.files import Folder
from netaudit.archive.manifest import Entry, Manifest
from netaudit.archive.resolve import Ints
from netaudit.model import RECORD_TABLES, STORED

THREADS = 2
"""More read no faster."""
UNKNOWN_TIME = np.iinfo(np.int64).max
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


@dataclass(frozen=True)
class Loaded:
    """All rows of a table, in the order of sources and parts.

    Attributes:
        rows: the columns; those whose values repeat as dictionaries.
        numbers: the record's global number, for each row.
        sources: the source's position in the manifest, for each row.
    """

    rows: pa.Table
    numbers: Ints
    sources: Ints

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, name: str) -> pa.Array:
        """A column in one piece."""
        return _whole(self.rows.column(name))

    def codes(self, name: str) -> tuple[pa.DictionaryArray, Ints]:
        """A column without missing values as a dictionary, and its codes."""
        values = _dictionary(self.column(name))
        return values, values.indices.to_numpy(zero_copy_only=False).astype(np.int64)

    def take(self, order: Ints) -> Loaded:
        """The rows in another order."""
        return Loaded(_taken(self.rows, order), self.numbers[order], self.sources[order])


@dataclass(frozen=True)
class Resolved:
    """The kept records of a table.

    Attributes:
        frame: one row per key.
        kept: the place in `frame` of each record by global number, -1 for those not kept.
        read: the same for the copy whose text counts.
        counts: records and kept ones, each for each source.
        bounds: first and last time for each source, in microseconds.
    """

    frame: pd.DataFrame
    kept: Ints
    read: Ints
    counts: tuple[Ints, Ints]
    bounds: tuple[Ints, Ints]


class Snapshot:
    """The tables of one manifest."""

    def __init__(self, folder: Folder, manifest: Manifest) -> None:
        self._folder = folder
        self._sources = manifest.sources
        self._parts = [(i, p) for i, entry in enumerate(manifest.sources) for p in entry.parts]
        self._bases = np.cumsum([0, *(part.records for _, part in self._parts)], dtype=np.int64)
        self._resolved: dict[str, Resolved] = {}

    def table(self, name: str) -> pd.DataFrame:
        """The kept rows of a stored table."""
        if name in RECORD_TABLES:
            return self._records(name).frame
        if name in PARENTS:
            return self._belonging(name)
        frame = self._frame(name, self._load(name).rows)
        return frame.sort_values(list(frame.columns), ignore_index=True)

    @cached_property
    def accounting(self) -> dict[str, Any]:
        """The `input` object of summary.json."""
        read, kept = np.zeros((2, len(self._sources)), dtype=np.int64)
        for name in RECORD_TABLES:
            counts = self._records(name).counts
            read += counts[0]
            kept += counts[1]
        skipped = self._skipped()
        sources = [
            _account(entry, int(read[i]), int(kept[i]), skipped[i])
            for i, entry in enumerate(self._sources)
        ]
        totals = {n: sum(s[n] for s in sources) for n in ("read", "kept", "duplicate", "skipped")}
        return {"sources": sources, **totals}

    @cached_property
    def spans(self) -> list[tuple[str | None, str | None]]:
        """First and last day of each source's records."""
        bounds = [self._records(name).bounds for name in RECORD_TABLES]
        first = np.min([b[0] for b in bounds], axis=0)
        last = np.max([b[1] for b in bounds], axis=0)
        return [(_day(a), _day(b)) for a, b in zip(first.tolist(), last.tolist(), strict=True)]

    def _skipped(self) -> list[Counter[str]]:
        loaded = self._load("skipped", ["reason"])
        reasons = loaded.rows.column("reason").to_pylist()
        counters: list[Counter[str]] = [Counter() for _ in self._sources]
        for source, reason in zip(loaded.sources.tolist(), reasons, strict=True):
            counters[source][reason] += 1
        return counters

    def _load(self, name: str, columns: list[str] | None = None) -> Loaded:
        columns = parts.schema(name).names if columns is None else [*columns, parts.RECORD]
        at = [i for i, (_, part) in enumerate(self._parts) if part.rows.get(name)]

        def one(i: int) -> pa.Table:
            return parts.read(self._folder, name, self._parts[i][1], columns)

        with ThreadPoolExecutor(THREADS) as threads:
            pieces = list(threads.map(one, at))
        lengths = [len(piece) for piece in pieces]
        empty = pieces[0].schema if pieces else parts.schema(name)
        rows = pa.concat_tables([*pieces, empty.empty_table().select(columns)]).unify_dictionaries()
        numbers = rows.column(parts.RECORD).to_numpy().astype(np.int64)
        numbers += np.repeat(self._bases[np.array(at, dtype=np.int64)], lengths)
        owners = np.array([self._parts[i][0] for i in at], dtype=np.int64)
        sources = np.repeat(owners, lengths)
        path = parts.PATH_COLUMNS.get(name)
        if path is not None and path in columns:
            rows = self._with_paths(rows, path, sources)
        return Loaded(rows, numbers, sources)

    def _with_paths(self, rows: pa.Table, column: str, sources: Ints) -> pa.Table:
        """The path column as a dictionary of whole paths: the source's, then what was stored."""
        below = _dictionary(_whole(rows.column(column)))
        width = max(len(below.dictionary), 1)
        combined, codes = np.unique(
            sources * width + below.indices.to_numpy().astype(np.int64), return_inverse=True
        )
        suffixes = below.dictionary.to_pylist()
        roots = [shown(entry.path) for entry in self._sources]
        values = [roots[code // width] + suffixes[code % width] for code in combined.tolist()]
        paths = pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int32()), pa.array(values, pa.large_string())
        )
        return rows.set_column(rows.schema.get_field_index(column), column, paths)

    def _in_fixed_order(self, loaded: Loaded) -> Loaded:
        """Rows by the source's file name, the member or file in it, the offset, the source.

        Sources stand in the order of file name and path already; a member's place among all
        members is found through the distinct paths.
        """
        if not len(loaded):
            return loaded
        paths, codes = loaded.codes("source_path")
        roots = [shown(entry.path) for entry in self._sources]
        names = [PurePath(root).name for root in roots]
        at = resolve.first(codes, len(paths.dictionary))
        owners = loaded.sources[at].tolist()
        places = [
            (names[i], path[len(roots[i]) :])
            for i, path in zip(owners, paths.dictionary.to_pylist(), strict=True)
        ]
        rank = {place: i for i, place in enumerate(sorted(set(places)))}
        ranks = np.array([rank[place] for place in places], dtype=np.int64)[codes]
        offsets = loaded.column("source_offset").to_numpy()
        order = resolve.in_order([ranks, offsets, loaded.sources, loaded.numbers])
        return loaded if order is None else loaded.take(order)

    def _records(self, name: str) -> Resolved:
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Resolved:
        loaded = self._in_fixed_order(self._load(name))
        keys, groups = loaded.codes("key")
        kept = resolve.first(groups, len(keys.dictionary))
        times = _times(name, loaded.rows)
        order = resolve.by_time_and_key(times[kept], keys.dictionary)
        chosen = _Choice(loaded, groups, kept)
        if name == "messages":
            chosen.of_messages()
        counted = _counted(name, loaded.rows)
        counts = (self._per_source(loaded, counted), self._per_source(loaded, counted, kept))
        return Resolved(
            self._frame(name, chosen.table(order)),
            self._places(loaded.numbers[kept[order]]),
            self._places(loaded.numbers[chosen.read[order]]),
            counts,
            self._bounds(loaded.sources, times),
        )

    def _per_source(self, loaded: Loaded, counted: resolve.Bools, rows: Ints | None = None) -> Ints:
        sources = loaded.sources if rows is None else loaded.sources[rows]
        counted = counted if rows is None else counted[rows]
        return np.bincount(sources[counted], minlength=len(self._sources))

    def _bounds(self, sources: Ints, times: Ints) -> tuple[Ints, Ints]:
        known = times != UNKNOWN_TIME
        first = np.full(len(self._sources), UNKNOWN_TIME, dtype=np.int64)
        last = np.full(len(self._sources), -UNKNOWN_TIME, dtype=np.int64)
        np.minimum.at(first, sources[known], times[known])
        np.maximum.at(last, sources[known], times[known])
        return first, last

    def _places(self, numbers: Ints) -> Ints:
        places = np.full(int(self._bases[-1]), -1, dtype=np.int64)
        places[numbers] = np.arange(len(numbers))
        return places

    def _belonging(self, name: str) -> pd.DataFrame:
        loaded = self._load(name)
        places = np.full(int(self._bases[-1]), -1, dtype=np.int64)
        base = 0
        for parent in PARENTS[name]:
            records = self._records(parent)
            own = records.kept if name in ("recipients", "attendees") else records.read
            places = np.where(own >= 0, own + base, places)
            base += len(records.frame)
        at = places[loaded.numbers]
        rows = np.flatnonzero(at >= 0)
        rows = rows[np.argsort(at[rows], kind="stable")]
        return self._frame(name, _taken(loaded.rows, rows))

    def _frame(self, name: str, rows: pa.Table) -> pd.DataFrame:
        table = STORED[name]
        columns = {c: _series(rows.column(c), kind) for c, (kind, _) in table.columns.items()}
        return table.check(pd.DataFrame(columns, copy=False))


class _Choice:
    """From which row each column of a kept record comes."""

    def __init__(self, loaded: Loaded, groups: Ints, kept: Ints) -> None:
        self._loaded = loaded
        self._groups = groups
        self._kept = kept
        self._from: dict[str, Ints] = {}
        self._united: dict[str, pa.DictionaryArray] = {}
        self.read = kept
        """The row whose text counts, for each group."""

    def of_messages(self) -> None:
        """Copies of a message complete each other."""
        rows, groups, kept = self._loaded, self._groups, self._kept
        if len(kept) == len(groups):
            return
        for column in FIRST_GIVEN:
            given = rows.column(column).is_valid().to_numpy(zero_copy_only=False)
            self._from[column] = resolve.first_or(groups, given, kept)
        self.read = resolve.first_or(groups, rows.column("words").to_numpy() >= 0, kept)
        self._from |= dict.fromkeys(FROM_READ_TEXT, self.read)
        self._from["box"] = resolve.best_box(groups, _dictionary(rows.column("box")), kept)
        for column in UNITED:
            self._united[column] = resolve.united(groups, kept, _dictionary(rows.column(column)))

    def table(self, order: Ints) -> pa.Table:
        """The kept records in the given order of groups."""
        columns = {}
        for column in self._loaded.rows.column_names:
            if column in self._united:
                columns[column] = self._united[column].take(pa.array(order))
            else:
                at = self._from.get(column, self._kept)[order]
                columns[column] = self._loaded.column(column).take(pa.array(at))
        return pa.table(columns)


def shown(path: str) -> str:
    r"""A path as text that every encoder takes: bytes that are no UTF-8 as `\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _account(entry: Entry, read: int, kept: int, skipped: Counter[str]) -> dict[str, Any]:
    return {
        "source": entry.kind,
        "path": shown(entry.path),
        "read": read + skipped.total(),
        "kept": kept,
        "duplicate": read - kept,
        "skipped": skipped.total(),
        "skipped_by_reason": dict(sorted(skipped.items())),
    }


def _counted(name: str, rows: pa.Table) -> resolve.Bools:
    """Which rows count as records: an event that a mail carried counts with its mail."""
    if name == "events":
        return rows.column("message_key").is_null().to_numpy()  # type: ignore[no-any-return]
    return np.ones(len(rows), dtype=bool)


def _times(name: str, rows: pa.Table) -> Ints:
    """The first time column in microseconds, `UNKNOWN_TIME` where missing."""
    kinds = STORED[name].columns
    column = next((c for c, (kind, _) in kinds.items() if kind == "utc"), None)
    if column is None:
        return np.full(len(rows), UNKNOWN_TIME)
    times = rows.column(column).cast(pa.int64()).fill_null(UNKNOWN_TIME)
    return times.to_numpy()  # type: ignore[no-any-return]


def _day(microseconds: int) -> str | None:
    if abs(microseconds) == UNKNOWN_TIME:
        return None
    return (
        (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).date().isoformat()
    )


def _taken(rows: pa.Table, order: Ints) -> pa.Table:
    """Rows in an order, a column at a time: only one is there twice."""
    at = pa.array(order)
    return pa.table({name: _whole(rows.column(name)).take(at) for name in rows.column_names})


def _whole(values: pa.ChunkedArray) -> pa.Array:
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()


def _dictionary(values: pa.Array) -> pa.DictionaryArray:
    return values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)


def _series(values: pa.ChunkedArray, kind: str) -> Any:
    if kind == "str":
        return pd.array(values.cast(pa.large_string()), dtype="str")
    if kind == "Int64":
        return values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return values.to_pandas()
