"""Which records of a table are kept, told from a few columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

import numpy as np

from netaudit.archive import resolve
from netaudit.archive.resolve import Bools, Ints
from netaudit.archive.rows import Loaded, Rows
from netaudit.model import STORED

UNKNOWN_TIME = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Index:
    """The records of a table, in their fixed order, as groups of one key each.

    Attributes:
        reorder: the fixed order of the rows as they are loaded; None where they stand in it.
        groups: each row's group.
        kept: each group's row that is kept.
        read: each group's row whose text counts.
        order: the groups by time and key.
        places: the place in `order` of each record by global number, -1 for those not kept.
        read_places: the same for the records whose text counts.
        n_read: records for each source.
        n_kept: kept ones for each source.
        first: first time for each source, in microseconds.
        last: last time for each source, in microseconds.
    """

    reorder: Ints | None
    groups: Ints
    kept: Ints
    read: Ints
    order: Ints
    places: Ints
    read_places: Ints
    n_read: Ints
    n_kept: Ints
    first: Ints
    last: Ints


def build(rows: Rows, name: str) -> Index:
    """The index of a table of records."""
    time = time_column(name)
    columns = ["key", "source_path", "source_offset", *([time] if time else [])]
    more = {"messages": ["words"], "events": ["message_key"]}.get(name, [])
    loaded = rows.load(name, [*columns, *more])
    reorder = _fixed_order(rows, loaded)
    if reorder is not None:
        loaded = loaded.take(reorder)
    keys, groups = loaded.codes("key")
    kept = resolve.first(groups, len(keys.dictionary))
    read = kept
    if name == "messages" and len(kept) < len(groups):
        read = resolve.first_or(groups, resolve.ints(loaded.column("words")) >= 0, kept)
    times = _times(loaded, time)
    order = resolve.by_time_and_key(times[kept], keys.dictionary)
    counted = _counted(name, loaded)
    n = len(rows.sources)
    first, last = _bounds(loaded.sources, times, n)
    places = _places(loaded.numbers[kept[order]], rows.n_records)
    return Index(
        reorder,
        groups,
        kept,
        read,
        order,
        places,
        places if read is kept else _places(loaded.numbers[read[order]], rows.n_records),
        np.bincount(loaded.sources[counted], minlength=n),
        np.bincount(loaded.sources[kept[counted[kept]]], minlength=n),
        first,
        last,
    )


def time_column(name: str) -> str | None:
    """The column by which a table is sorted first."""
    kinds = STORED[name].columns
    return next((column for column, (kind, _) in kinds.items() if kind == "utc"), None)


def day(microseconds: int) -> str | None:
    """A time's UTC day, None for an unknown one."""
    if abs(microseconds) == UNKNOWN_TIME:
        return None
    time = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return time.date().isoformat()


def _fixed_order(rows: Rows, loaded: Loaded) -> Ints | None:
    """Rows by the source's file name, the member or file in it, the offset, the source.

    Sources stand in the order of file name and path already; a member's place among all members
    is found through the distinct paths.
    """
    if not len(loaded):
        return None
    paths, codes = loaded.codes("source_path")
    names = [PurePath(root).name for root in rows.roots]
    owners = loaded.sources[resolve.first(codes, len(paths.dictionary))].tolist()
    places = [
        (names[i], path[len(rows.roots[i]) :])
        for i, path in zip(owners, paths.dictionary.to_pylist(), strict=True)
    ]
    rank = {place: i for i, place in enumerate(sorted(set(places)))}
    ranks = np.array([rank[place] for place in places], dtype=np.int64)[codes]
    offsets = resolve.ints(loaded.column("source_offset"))
    return resolve.in_order([ranks, offsets, loaded.sources, loaded.numbers])


def _counted(name: str, loaded: Loaded) -> Bools:
    """Which rows count as records: an event that a mail carried counts with its mail."""
    if name == "events":
        return ~resolve.bools(loaded.column("message_key").is_valid())
    return np.ones(len(loaded), dtype=bool)


def _times(loaded: Loaded, column: str | None) -> Ints:
    """Times in microseconds, `UNKNOWN_TIME` where missing."""
    if column is None:
        return np.full(len(loaded), UNKNOWN_TIME)
    return resolve.ints(loaded.column(column).cast("int64").fill_null(UNKNOWN_TIME))


def _bounds(sources: Ints, times: Ints, count: int) -> tuple[Ints, Ints]:
    known = times != UNKNOWN_TIME
    first = np.full(count, UNKNOWN_TIME, dtype=np.int64)
    last = np.full(count, -UNKNOWN_TIME, dtype=np.int64)
    np.minimum.at(first, sources[known], times[known])
    np.maximum.at(last, sources[known], times[known])
    return first, last


def _places(numbers: Ints, count: int) -> Ints:
    if not len(numbers):
        return np.broadcast_to(np.int64(-1), count)  # takes no room
    places = np.full(count, -1, dtype=np.int64)
    places[numbers] = np.arange(len(numbers))
    return places
