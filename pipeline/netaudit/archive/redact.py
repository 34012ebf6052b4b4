"""A part's tables without the forgotten.

Gone are the records that are theirs: messages from them and to nobody else, their connections,
gestures, address book entries, meetings they called or were the only guest of. In what stays they
are no addressees and no guests, and in its text their addresses, links and full names are masked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netaudit import aliases
from netaudit.archive.forgotten import Matcher
from netaudit.model import JOIN, STORED

RECORD = "record"
"""The column that numbers the records of a part."""
Tables: TypeAlias = dict[str, pa.Table]
Bools: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
Change: TypeAlias = Callable[[str | None], str | None]

UNTOUCHED = frozenset(
    ("key", "message_key", "minhash", "channel", "role", "box", "language", "source", "act", "kind",
     "direction", "partstat", "method", "zone", "recurrence", "recurrence_id", "version")
)  # fmt: skip
"""Columns whose values are the program's own words or hashes."""
NAMES = frozenset(("from_name", "name", "organiser_name"))
"""Columns that hold one name: theirs is taken out as a whole."""
ADDRESSES = frozenset(("sender_address", "reply_to"))
"""Columns that hold one address and may be missing."""
WITHOUT_NAMES = frozenset(
    ("message_id", "in_reply_to", "references", "thread_hint", "uid", "from_address", "address",
     "organiser_address", "delivered_to", "profile")
)  # fmt: skip
"""Columns of ids and addresses: no name of several words stands in them."""


TELLING = {
    "messages": ("key", "from_address"),
    "recipients": ("address",),
    "events": ("message_key", "organiser_address"),
    "attendees": ("address", "role"),
    "connections": ("profile", "address", "name"),
    "gestures": ("profile", "name"),
    "contacts": ("addresses", "profile", "name"),
}
"""The columns that tell whose a record is."""


def without(tables: Mapping[str, pa.Table], forgotten: Matcher) -> tuple[Tables, int]:
    """The tables of a part without the forgotten.

    Args:
        tables: table -> rows as `parts.schema` types them.
        forgotten: whom.

    Returns:
        The tables that still have rows; how many records are gone, as the accounting counts them.
    """
    gone = _gone(tables, forgotten)
    records = [tables[name].column(RECORD).to_numpy()[rows] for name, rows in gone.items()]
    lost = np.unique(np.concatenate(records)) if records else np.empty(0, dtype=np.int32)
    kept: Tables = {}
    for name, table in tables.items():
        left = table.filter(pa.array(~_dropped(name, table, lost, forgotten)))
        if len(left):
            kept[name] = _masked(name, left, forgotten)
    return kept, count(tables, gone)


def count(tables: Mapping[str, pa.Table], gone: Mapping[str, Bools]) -> int:
    """Records that are gone; an event that a mail carried counts with its mail."""
    total = 0
    for name, rows in gone.items():
        counted = rows
        if name == "events":
            counted = rows & _bools(tables[name].column("message_key").is_null())
        total += int(counted.sum())
    return total


def counts(tables: Mapping[str, pa.Table], forgotten: Matcher) -> Counter[str]:
    """How many records of each table go; `recipients`: how often they are taken out of others.

    Args:
        tables: table -> rows with the columns of `TELLING`.
        forgotten: whom.
    """
    gone = _gone(tables, forgotten)
    found = Counter({name: int(rows.sum()) for name, rows in gone.items()})
    if "recipients" in tables:
        rows = tables["recipients"]
        lost = tables["messages"].column(RECORD).to_numpy()[gone["messages"]]
        stays = ~np.isin(rows.column(RECORD).to_numpy(), lost)
        found["recipients"] = int(
            (stays & _which(rows.column("address"), forgotten.is_alias)).sum()
        )
    return found


def _gone(tables: Mapping[str, pa.Table], forgotten: Matcher) -> dict[str, Bools]:
    """Table -> which of its records are gone."""
    gone: dict[str, Bools] = {}
    if "messages" in tables:
        gone["messages"] = _messages(tables, forgotten)
    if "events" in tables:
        gone["events"] = _events(tables, forgotten, gone.get("messages"))
    for name in ("connections", "gestures", "contacts"):
        if name in tables:
            gone[name] = _members(tables[name], forgotten)
    return gone


def _dropped(name: str, table: pa.Table, lost: np.ndarray, forgotten: Matcher) -> Bools:
    """Rows that go: with their record, or because they are about somebody forgotten."""
    dropped: Bools = np.isin(table.column(RECORD).to_numpy(), lost)
    if name in ("recipients", "attendees"):
        dropped |= _which(table.column("address"), forgotten.is_alias)
    return dropped


def _messages(tables: Mapping[str, pa.Table], forgotten: Matcher) -> Bools:
    """Messages from them, and those whose every addressee they are."""
    messages = tables["messages"]
    gone = _which(messages.column("from_address"), forgotten.is_alias)
    if "recipients" in tables:
        rows = tables["recipients"]
        numbers = rows.column(RECORD).to_numpy()
        theirs = _which(rows.column("address"), forgotten.is_alias)
        own = messages.column(RECORD).to_numpy()
        size = int(max(numbers.max(initial=-1), own.max(initial=-1))) + 1
        every = np.bincount(numbers, minlength=size)
        found = np.bincount(numbers[theirs], minlength=size)
        gone |= ((found > 0) & (found == every))[own]
    return gone


def _events(tables: Mapping[str, pa.Table], forgotten: Matcher, gone: Bools | None) -> Bools:
    """Meetings they called, those without another guest, and those of messages that are gone."""
    events = tables["events"]
    found = _which(events.column("organiser_address"), forgotten.is_alias)
    if gone is not None and gone.any():
        keys = tables["messages"].column("key").filter(pa.array(gone)).combine_chunks()
        found |= _bools(pc.is_in(events.column("message_key"), value_set=keys))
    if "attendees" in tables:
        found |= _between_two(events, tables["attendees"], forgotten)
    return found


def _between_two(events: pa.Table, attendees: pa.Table, forgotten: Matcher) -> Bools:
    """Events one of whose guests they are, with nobody else but who invited."""
    own = events.column(RECORD).to_numpy()
    hosts = dict(zip(own.tolist(), events.column("organiser_address").to_pylist(), strict=True))
    theirs, others = set(), set()
    columns = (attendees.column(name).to_pylist() for name in (RECORD, "address", "role"))
    for number, address, role in zip(*columns, strict=True):
        if forgotten.is_alias(address):
            theirs.add(number)
        elif address and address != hosts.get(number) and role not in ("resource", "group"):
            others.add(number)
    return np.isin(own, list(theirs - others))


def _members(table: pa.Table, forgotten: Matcher) -> Bools:
    """Rows about them: by profile, by address, by name where there is nothing else."""
    found = _which(table.column("profile"), forgotten.is_alias)
    for name in ("address", "addresses"):
        if name in table.column_names:
            found |= _which(
                table.column(name),
                lambda cell: any(map(forgotten.is_alias, (cell or "").split(JOIN))),
            )
    bare = ~_which(table.column("profile"), bool)
    found |= bare & _which(
        table.column("name"), lambda name: forgotten.is_alias(aliases.of_name(name or ""))
    )
    return found


def _masked(name: str, table: pa.Table, forgotten: Matcher) -> pa.Table:
    """Rows with the forgotten masked in every text."""
    for column, (kind, _) in STORED[name].columns.items():
        if kind != "str" or column in UNTOUCHED or name == "owned":
            continue
        values = table.column(column).combine_chunks()
        changed = _mapped(values, _change(column, forgotten))
        if changed is not values:
            table = table.set_column(
                table.schema.get_field_index(column), table.schema.field(column), changed
            )
    return table


def _change(column: str, forgotten: Matcher) -> Change:
    """What becomes of a column's values."""
    if column in ADDRESSES:
        return lambda value: None if forgotten.is_alias(value) else forgotten.clean(value, False)
    if column in NAMES:
        return lambda value: value if forgotten.clean(value) == value else ""
    if column in WITHOUT_NAMES:
        return lambda value: forgotten.clean(value, names=False)
    return forgotten.clean


def _which(values: pa.ChunkedArray, test: Callable[[str | None], bool]) -> Bools:
    """Which values pass a test that is asked about each distinct one once."""
    coded = _coded(values.combine_chunks())
    passed = np.array([*map(test, coded.dictionary.to_pylist()), test(None)], dtype=bool)
    found: Bools = passed[coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    return found


def _coded(values: pa.Array) -> pa.DictionaryArray:
    return values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)


def _mapped(values: pa.Array, change: Change) -> pa.Array:
    """Values changed, each distinct one once; the same array where none does."""
    coded = pc.dictionary_encode(values)
    old = coded.dictionary.to_pylist()
    new = [change(value) for value in old]
    if new == old:
        return values
    return pa.array(new, values.type).take(coded.indices)


def _bools(values: pa.ChunkedArray) -> Bools:
    return np.asarray(values.fill_null(False).to_numpy())
