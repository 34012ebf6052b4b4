"""Records into Parquet parts, and back.

A file of a part holds its table's columns as `model` declares them, except that a source's path
is left out of `source_path` (or `path`): what is stored follows it (a member, a file of a
folder). So a part tells nothing of where its source stood, and two exports that begin alike share
the parts of what they have in common. One column more, `record`, numbers the records of a part;
rows of other tables that belong to a record (recipients, texts, attendees) bear its number.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from netaudit.archive import redact
from netaudit.archive.files import Folder
from netaudit.archive.forgotten import Forgotten, matcher
from netaudit.archive.manifest import Part
from netaudit.errors import UserError
from netaudit.model import RECORD_TABLES, STORED, Message, Recipient, Row, Skipped

RECORD = redact.RECORD
UNSTORABLE = "holds a value that cannot be stored"
MESSAGE_COLUMNS = len(STORED["messages"].columns)
PATH_COLUMNS = {
    name: column
    for name, table in STORED.items()
    for column in ("path", "source_path")
    if column in table.columns
}
"""Table -> its column that begins with the source's path."""
REPEATED = frozenset(
    (
        *("channel", "sender_address", "reply_to", "from_address", "from_name", "labels", "box"),
        *("delivered_to", "list_id", "automated_signs", "language", "source", "source_path"),
        *("path", "reason", "role", "address", "name", "act", "kind", "direction"),
        *("organisation", "status", "partstat", "method"),
    )
)
"""Columns whose values repeat: only these are written with a dictionary."""

_TYPES = {
    "str": pa.large_string(),
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "utc": pa.timestamp("us", tz="UTC"),
}
_REPEATED_TYPE = pa.dictionary(pa.int32(), pa.string())


@cache
def schema(table: str) -> pa.Schema:
    """The Parquet schema of a stored table."""
    declared = STORED[table].columns
    fields = [pa.field(name, _TYPES[kind]) for name, (kind, _) in declared.items()]
    return pa.schema([*fields, pa.field(RECORD, pa.int32())])


class PartWriter:
    """Gathers records and writes them as parts.

    Args:
        folder: the archive's.
        root: the source's path, with which every record's path begins.
        forgotten: whose records are left out.
    """

    def __init__(self, folder: Folder, root: str, forgotten: Forgotten | None = None) -> None:
        self._folder = folder
        self._root = root
        self._forgotten = forgotten
        self.parts: list[Part] = []
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[str, list[Sequence[object]]] = defaultdict(list)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._recipients: list[Recipient] = []
        self._events: dict[object, int] = {}
        self.records = 0
        """Records since the last flush."""

    def message(self, message: Message) -> None:
        """Add a message with its recipients."""
        self._rows["messages"].append(message[:MESSAGE_COLUMNS])
        self._numbers["messages"].append(self.records)
        if message.recipients:
            self._recipients += message.recipients
            self._numbers["recipients"] += [self.records] * len(message.recipients)
        self.records += 1

    def belonging(self, row: Row) -> None:
        """Add a row that belongs to the record added last: a text, a signal, a trait."""
        self._rows[row.table].append(row.values)
        self._numbers[row.table].append(self.records - 1)

    def row(self, row: Row) -> None:
        """Add a record of any other table; attendees follow their event."""
        if row.table == "attendees":
            number = self._events.get(row.values[0])
            if number is None:
                raise ValueError("attendees must follow their event")
            self._rows[row.table].append(row.values)
            self._numbers[row.table].append(number)
            return
        if row.table == "events":
            self._events[row.values[0]] = self.records
        self._rows[row.table].append(row.values)
        self._numbers[row.table].append(self.records)
        self.records += 1

    def skipped(self, skipped: Skipped) -> None:
        """Add something that could not be read."""
        self.row(Row("skipped", skipped))

    def flush(self) -> None:
        """Write what was gathered as one part, durably; nothing for nothing.

        Raises:
            OSError: it cannot be written; no file with a part's name is left half.
        """
        if not self.records:
            return
        tables, gone = self._tables(), 0
        if self._forgotten:
            tables, gone = redact.without(tables, matcher(self._forgotten))
        self.parts.append(_put(self._folder, tables, self.records, gone))
        self._clear()

    def _tables(self) -> dict[str, pa.Table]:
        tables = {}
        for name in RECORD_TABLES:
            if self._rows[name]:
                tables[name] = self._sifted(name)
        for name in self._rows.keys() - tables.keys():
            if self._rows[name]:
                tables[name] = self._table(name, self._rows[name], self._numbers[name])
        if self._recipients:
            tables["recipients"] = self._recipient_table()
        return tables

    def _sifted(self, name: str) -> pa.Table:
        """The table of records; the few that Arrow cannot hold become skipped ones."""
        rows, numbers = self._rows[name], self._numbers[name]
        try:
            return self._table(name, rows, numbers)
        except (pa.ArrowException, ValueError, TypeError, OverflowError):
            good = [self._holds(name, row) for row in rows]
        at = STORED[name].names
        path, offset = at.index("source_path"), at.index("source_offset")
        for row, fits in zip(rows, good, strict=True):
            if not fits:
                self.skipped(Skipped(str(row[path]), int(str(row[offset])), UNSTORABLE))
        rows = [row for row, fits in zip(rows, good, strict=True) if fits]
        numbers = [number for number, fits in zip(numbers, good, strict=True) if fits]
        return self._table(name, rows, numbers)

    def _holds(self, name: str, row: Sequence[object]) -> bool:
        try:
            self._table(name, [row], [0])
        except (pa.ArrowException, ValueError, TypeError, OverflowError):
            return False
        return True

    def _table(
        self, name: str, rows: Sequence[Sequence[object]], numbers: Sequence[int]
    ) -> pa.Table:
        fields = schema(name)
        # A tuple for each column; without rows zip would give none.
        columns: list[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * (len(fields) - 1)
        if name in PATH_COLUMNS:
            at = fields.get_field_index(PATH_COLUMNS[name])
            columns[at] = self._below_root(columns[at])
        arrays = [_array(v, field) for v, field in zip([*columns, numbers], fields, strict=True)]
        return pa.Table.from_arrays(arrays, schema=fields)

    def _below_root(self, paths: Sequence[object]) -> list[str]:
        cut = len(self._root)
        below = {path: str(path)[cut:] for path in set(paths) if str(path).startswith(self._root)}
        try:
            return [below[path] for path in paths]
        except KeyError:
            raise ValueError("a record's path must begin with its source's") from None

    def _recipient_table(self) -> pa.Table:
        numbers = pa.array(self._numbers["recipients"], pa.int32())
        keys: list[object] = [None] * self.records
        for number, row in zip(self._numbers["messages"], self._rows["messages"], strict=True):
            keys[number] = row[0]
        fields = schema("recipients")
        columns = zip(*self._recipients, strict=True)
        arrays = [_array(v, f) for v, f in zip(columns, list(fields)[1:-1], strict=True)]
        key = pa.array(keys, pa.large_string()).take(numbers)
        return pa.Table.from_arrays([key, *arrays, numbers], schema=fields)


def _put(folder: Folder, tables: dict[str, pa.Table], records: int, gone: int) -> Part:
    """Write the files of a part, durably."""
    data = {name: as_parquet(name, table) for name, table in tables.items()}
    rows = {name: table.num_rows for name, table in tables.items()}
    return put(folder, records, data, rows, gone)


def _array(values: Sequence[object], field: pa.Field) -> pa.Array:
    try:
        return pa.array(values, field.type)
    except UnicodeEncodeError:
        # A lone surrogate out of a broken encoding.
        clean = [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values]
        return pa.array(clean, field.type)


def put(
    folder: Folder,
    records: int,
    data: Mapping[str, bytes | memoryview],
    rows: Mapping[str, int],
    forgotten: int = 0,
) -> Part:
    """Write the files of a part, named by their content, durably.

    Args:
        folder: the archive's.
        records: records numbered in it.
        data: table -> its Parquet file.
        rows: table -> its rows.
        forgotten: records that were left out.

    Raises:
        OSError: they cannot be written; no file with a part's name is left half.
    """
    digest = hashlib.sha256()
    for table in sorted(data):
        digest.update(f"{table} {len(data[table])}\n".encode())
        digest.update(data[table])
    name = digest.hexdigest()[:32]
    for table in sorted(data):
        folder.put(f"{table}/{name}.parquet", data[table])
    return Part(name, records, {table: rows[table] for table in sorted(data)}, forgotten)


def as_parquet(name: str, table: pa.Table) -> memoryview:
    """A table as the bytes of its Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=1,
        use_dictionary=[column for column in schema(name).names if column in REPEATED],
        write_statistics=False,
        write_page_checksum=True,
    )
    return memoryview(sink.getvalue())


def read(folder: Folder, table: str, part: Part, columns: Sequence[str]) -> pa.Table:
    """Columns of one file of a part; what an older program did not write is missing values.

    Columns whose values repeat are read as dictionaries: several times faster.

    Raises:
        UserError: the file is missing or damaged, or lacks what cannot be missing.
    """
    path = folder.path / table / f"{part.name}.parquet"
    repeated = [column for column in columns if column in REPEATED]
    cure = "ingest its export again, or take it out with `netaudit drop`"
    try:
        with pq.ParquetFile(
            path, page_checksum_verification=True, read_dictionary=repeated
        ) as file:
            if file.metadata.num_rows != part.rows[table]:
                raise UserError(f"{path}: has lost rows; {cure}")
            known = set(file.schema_arrow.names)
            found = file.read(columns=[c for c in columns if c in known], use_threads=False)
    except FileNotFoundError:
        raise UserError(f"{path}: is missing; {cure}") from None
    except (OSError, pa.ArrowException):
        raise UserError(f"{path}: cannot be read or is damaged; {cure}") from None
    lacking = set(columns) - known
    if any(STORED[table].columns[column][0] in ("int64", "bool") for column in lacking):
        raise UserError(f"{path}: was written by an older program; {cure}")
    for column in lacking:
        kind = _REPEATED_TYPE if column in REPEATED else schema(table).field(column).type
        found = found.append_column(column, pa.nulls(len(found), kind))
    return found.select(list(columns))


def tables_of(folder: Folder, part: Part) -> dict[str, pa.Table]:
    """All tables of a part, typed as they were written.

    Raises:
        UserError: a file is missing or damaged.
    """
    return {
        table: read(folder, table, part, schema(table).names).combine_chunks().cast(schema(table))
        for table in part.rows
    }


def theirs(folder: Folder, part: Part, forgotten: Forgotten) -> Counter[str]:
    """How many records of each table are of the forgotten, and `recipients` of what stays.

    Raises:
        UserError: a file is missing or damaged.
    """
    tables = {
        table: read(folder, table, part, [*columns, RECORD])
        for table, columns in redact.TELLING.items()
        if table in part.rows
    }
    return redact.counts(tables, matcher(forgotten))


def forgetting(folder: Folder, part: Part, forgotten: Forgotten) -> Part:
    """A part without the forgotten: another, durably written; the same where nothing is theirs.

    Raises:
        OSError: it cannot be written.
        UserError: a file is missing or damaged.
    """
    tables = tables_of(folder, part)
    left, gone = redact.without(tables, matcher(forgotten))
    if left == tables:
        return part
    return _put(folder, left, part.records, part.forgotten + gone)


def holds_all(folder: Folder, old: Sequence[Part], new: Sequence[Part]) -> bool:
    """Whether the keys of all records of some parts are among those of others."""
    for table in RECORD_TABLES:
        had, has = (
            pa.chunked_array(
                [
                    chunk
                    for part in side
                    if part.rows.get(table)
                    for chunk in read(folder, table, part, ["key"]).column("key").chunks
                ],
                pa.large_string(),
            )
            for side in (old, new)
        )
        if len(had) and not pc.all(pc.is_in(had, value_set=has.combine_chunks())).as_py():
            return False
    return True
