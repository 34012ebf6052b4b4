"""What must hold of a reader whatever bytes it is given: one function a target.

A target returns nothing and raises where the promise is broken. `hypothesis` drives it in the
tests (test_fuzz.py), `atheris` for as long as one likes (tests/torture/fuzz.py).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from netaudit import ical, text
from netaudit.archive import parts
from netaudit.linkedin.read import is_export, records
from netaudit.mail import addresses, dates, limits, parse
from netaudit.mail.decode import clean_text
from netaudit.mail.split import LOOKBEHIND, Piece, Splitter, single
from netaudit.model import STORED, Message, Recipient, Row, Skipped

SEEDS = Path(__file__).parent / "seeds"
PLACE = parse.Place("mbox", "fuzz.mbox")
_FREE_TEXT = {"text", "recurrence"}
"""Columns that hold more than one line."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROLS_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def splitting(data: bytes) -> None:
    """The pieces of a stream join without gaps, and two ranges of it give the same pieces."""
    splitter = Splitter(BytesIO(data))
    found = list(splitter)
    for before, after in pairwise(found):
        assert before.offset + before.size == after.offset
    for piece in found:
        assert data.startswith(piece.separator + piece.data, piece.offset)
        assert 0 <= piece.body <= len(piece.data)
    if not found:
        return
    assert splitter.end == (len(data) if splitter.cut_at is None else splitter.cut_at)
    if splitter.cut_at is None:
        boundary = 1 + sum(data[:64]) % len(data)
        left = Splitter(BytesIO(data), 0, boundary)
        joined = list(left)
        expected = found[0].offset if left.end is None else left.end
        assert joined + _rest(data, boundary, expected) == found


def _rest(data: bytes, start: int, expected: int) -> list[Piece]:
    """The second range's pieces, read again where its guess does not join the first."""
    position = max(start - LOOKBEHIND, 0)
    right = Splitter(BytesIO(data[position:]), start, position=position)
    found = list(right)
    if right.first == expected or (right.first is None and expected == len(data)):
        return found
    return list(Splitter(BytesIO(data[expected:]), expected, exact=True))


def message(data: bytes) -> None:
    """A message is read without an error, and every field of it can be stored and shown."""
    found = parse.read(single(data), PLACE)
    if found is None:
        return
    check_message(found)
    assert found == parse.read(single(data), PLACE)


def header_dates(data: bytes) -> None:
    """A date is an instant of the years of mail, with a zone that exists, or honestly nothing."""
    for moment, offset in (dates.parse(data), dates.of_received(data), dates.of_separator(data)):
        if moment is None:
            assert offset is None
        else:
            assert moment.tzinfo is UTC
            assert 1969 <= moment.year <= 2101
            assert offset is None or abs(offset) <= 14 * 60


def header_addresses(data: bytes) -> None:
    """Every address that is read stands in the header, once as often, fit to be stored."""
    found = addresses.mailboxes(data)
    assert len(found) <= limits.ADDRESSES
    for address, name in (*found, addresses.first([data])):
        check_text("address", address)
        check_text("name", name)
        assert address == address.lower()
        assert len(address) <= limits.ADDRESS_CHARS
        assert len(name) <= 2 * limits.NAME_CHARS + 2
    assert all("@" in address for address, _ in found)


def calendar(data: bytes) -> None:
    """Every event of a calendar becomes rows that can be stored, or a reason."""
    for record in ical.rows(data, "fuzz.ics"):
        if isinstance(record, Row):
            check_row(record)
        else:
            check_skipped(record)


def linkedin(data: bytes) -> None:
    """Every row of a LinkedIn table becomes a record that can be stored, or a reason."""
    path = _file()
    path.write_bytes(data)
    is_export(path)
    for record in records(path):
        if isinstance(record, Message):
            check_message(record)
        elif isinstance(record, Row):
            check_row(record)
        elif isinstance(record, Skipped):
            check_skipped(record)


def new_text(data: bytes) -> None:
    """A message's new text is made of words of its body, and signals lie inside it."""
    body = clean_text(data.decode("utf-8", "replace"))
    found = text.read(body, "Lunch", sender_name="Ana Alba", sender_address="ana@example.org")
    found.text.encode()
    assert set(found.text.split()) <= set(body.split()) | {">"}
    for act in found.signals:
        check_row(Row("signals", ("0" * 32, *act)))
    if found.traits is not None:
        check_row(Row("traits", ("0" * 32, *found.traits)))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "splitting": splitting,
    "message": message,
    "dates": header_dates,
    "addresses": header_addresses,
    "calendar": calendar,
    "linkedin": linkedin,
    "new_text": new_text,
}


def seeds(name: str) -> list[bytes]:
    """The kept seeds of a target, written for it."""
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]


# --- what can be stored and shown


def check_message(found: Message) -> None:
    """Every column fits its type; headers are one line without control characters."""
    n = len(STORED["messages"].columns)
    _check_values("messages", found[:n])
    for recipient in found.recipients:
        check_recipient(recipient)
    assert len(found.calendars) <= limits.CALENDARS
    if found.body is not None:
        found.body.encode()
        assert "\0" not in found.body


def check_recipient(found: Recipient) -> None:
    """Address and name are text that can be stored."""
    for value in found:
        check_text("recipient", value)


def check_row(row: Row) -> None:
    """Every value fits its column."""
    _check_values(row.table, row.values)


def check_skipped(found: Skipped) -> None:
    """A place and a reason that can be shown."""
    check_text("path", found.path)
    check_text("reason", found.reason)
    assert found.reason
    assert found.offset >= 0


def check_text(column: str, value: str) -> None:
    """Text that every encoder and terminal takes."""
    value.encode()
    assert not (_CONTROLS_BUT_LINES if column in _FREE_TEXT else _CONTROLS).search(value), column


@cache
def _fields(table: str) -> tuple[tuple[str, pa.DataType], ...]:
    return tuple((field.name, field.type) for field in list(parts.schema(table))[:-1])


def _check_values(table: str, values: Iterable[object]) -> None:
    for (name, kind), value in zip(_fields(table), values, strict=True):
        if isinstance(value, str):
            check_text(name, value)
            assert pa.types.is_large_string(kind), name
        elif isinstance(value, bool) or value is None:
            pa.array([value], kind)
        elif isinstance(value, int):
            assert -(1 << 63) <= value < 1 << 63, name
        elif isinstance(value, datetime):
            assert value.utcoffset() is not None, name
            pa.array([value], kind)


@cache
def _file() -> Path:
    """One file to write tables into; in memory where the system has a place for that."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(dir=memory if memory.is_dir() else None)
    return Path(folder) / "table.csv"
