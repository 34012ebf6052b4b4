"""Rows of the parts that a manifest names, all copies of them.

A record's number (`parts.RECORD`) plus the numbers used by the parts before it is its *global
number*: arrays over global numbers say which records are kept and where, and take the rows that
belong to them along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netaudit.archive import parts
from netaudit.archive.files import Folder
from netaudit.archive.manifest import Manifest
from netaudit.archive.resolve import Ints, ints

THREADS = 2
"""More read no faster."""


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
        return whole(self.rows.column(name))

    def codes(self, name: str) -> tuple[pa.DictionaryArray, Ints]:
        """A column without missing values as a dictionary, and its codes."""
        values = as_dictionary(self.column(name))
        return values, ints(values.indices)

    def take(self, order: Ints) -> Loaded:
        """The rows in another order."""
        return Loaded(taken(self.rows, order), self.numbers[order], self.sources[order])


class Rows:
    """Loads tables as of one manifest.

    Attributes:
        sources: the manifest's.
        roots: their paths, fit to be shown.
        n_records: global numbers in use.
    """

    def __init__(self, folder: Folder, manifest: Manifest) -> None:
        self._folder = folder
        self.sources = manifest.sources
        self.roots = [shown(entry.path) for entry in self.sources]
        self._parts = [(i, p) for i, entry in enumerate(self.sources) for p in entry.parts]
        self._bases = np.cumsum([0, *(part.records for _, part in self._parts)], dtype=np.int64)
        self.n_records = int(self._bases[-1])

    def load(self, name: str, columns: Sequence[str] | None = None) -> Loaded:
        """The columns (by default all) of a table's rows.

        Raises:
            UserError: a file is missing or damaged.
        """
        wanted = [*(parts.schema(name).names[:-1] if columns is None else columns), parts.RECORD]
        at = self._holding(name)

        def one(i: int) -> pa.Table:
            return parts.read(self._folder, name, self._parts[i][1], wanted)

        with ThreadPoolExecutor(THREADS) as threads:
            pieces = list(threads.map(one, at))
        lengths = [len(piece) for piece in pieces]
        form = (pieces[0].schema if pieces else parts.schema(name)).empty_table().select(wanted)
        rows = pa.concat_tables([*pieces, form]).unify_dictionaries()
        numbers = ints(whole(rows.column(parts.RECORD)))
        numbers = numbers + np.repeat(self._bases[np.array(at, dtype=np.int64)], lengths)
        owners = np.array([self._parts[i][0] for i in at], dtype=np.int64)
        sources = np.repeat(owners, lengths)
        path = parts.PATH_COLUMNS.get(name)
        if path is not None and path in wanted:
            rows = self._with_paths(rows, path, sources)
        return Loaded(rows, numbers, sources)

    def chosen(
        self, name: str, column: str, choose: Callable[[pa.Array, Ints], pa.BooleanArray]
    ) -> pa.Table:
        """The key and a column of some of a table's rows, read part by part: no more is held.

        Args:
            name: of the table.
            column: that is read only where rows of a part are chosen.
            choose: which rows, by their keys and their records' global numbers.

        Raises:
            UserError: a file is missing or damaged.
        """
        schema = parts.schema(name)
        found = [pa.schema([schema.field("key"), schema.field(column)]).empty_table()]
        for i in self._holding(name):
            part = self._parts[i][1]
            rows = parts.read(self._folder, name, part, ["key", parts.RECORD])
            numbers = ints(whole(rows.column(parts.RECORD))) + self._bases[i]
            mine = choose(whole(rows.column("key")), numbers)
            if mine.true_count:
                rows = parts.read(self._folder, name, part, ["key", column])
                found.append(rows.filter(mine))
        return pa.concat_tables(found)

    def _holding(self, name: str) -> list[int]:
        """The parts with rows of a table."""
        return [i for i, (_, part) in enumerate(self._parts) if part.rows.get(name)]

    def _with_paths(self, rows: pa.Table, column: str, sources: Ints) -> pa.Table:
        """The path column as a dictionary of whole paths: the source's, then what was stored."""
        below = as_dictionary(whole(rows.column(column)))
        width = max(len(below.dictionary), 1)
        combined, codes = np.unique(sources * width + ints(below.indices), return_inverse=True)
        suffixes = below.dictionary.to_pylist()
        values = [self.roots[code // width] + suffixes[code % width] for code in combined.tolist()]
        paths = pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int32()), pa.array(values, pa.large_string())
        )
        return rows.set_column(rows.schema.get_field_index(column), column, paths)


def taken(rows: pa.Table, order: Ints) -> pa.Table:
    """Rows in an order, a column at a time: only one is there twice."""
    at = pa.array(order)
    return pa.table({name: whole(rows.column(name)).take(at) for name in rows.column_names})


def emptying(rows: pa.Table) -> Iterator[tuple[str, pa.Array]]:
    """The columns by name, each in one piece; of those that were given out nothing is kept here.

    Where nobody else holds the table, only one column of it is in memory twice.
    """
    for name in rows.column_names:
        column = whole(rows.column(name))
        rows = rows.drop_columns(name)
        yield name, column
        del column


def whole(values: pa.ChunkedArray) -> pa.Array:
    """A column's values in one piece."""
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()


def as_dictionary(values: pa.Array) -> pa.DictionaryArray:
    """Values as a dictionary, if they are none yet."""
    return values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)


def shown(path: str) -> str:
    r"""A path as text that every encoder takes: bytes that are no UTF-8 as `\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
