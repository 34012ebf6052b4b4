"""mbox files: mboxo, mboxrd, mboxcl, mboxcl2; LF or CRLF; gzip or not; archives of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from netaudit import storage
from netaudit.errors import UserError
from netaudit.mail.parse import Place
from netaudit.mail.split import LOOKBEHIND, Splitter, is_mbox
from netaudit.model import Record, Span, Unit
from netaudit.sources import _files, _mail
from netaudit.storage import Location

NAME = "mbox"
ORDER = 50
UNIT_BYTES = 32 << 20
"""Nominal size of the byte ranges that workers read."""


def recognise(path: Location) -> bool:
    """A file whose first message's separator stands within its first 64 kB.

    Raises:
        UserError: an mbox whose lines end in CR only.
    """
    head = _files.head(path)
    if head.startswith(b"From ") and b"\n" not in head and b"\r" in head:
        raise UserError(
            f"{path}: lines end in CR only (classic Mac OS); convert it first: "
            "tr '\\r' '\\n' < OLD > NEW"
        )
    return is_mbox(head)


def units(path: Location) -> Iterator[Unit]:
    """Byte ranges of a plain file; a compressed one is read as one piece."""
    size = path.stat().st_size
    context = "/".join(_mail.folders_of(path.name))
    if _files.is_gzip(path):
        yield Unit(NAME, str(path), context=context)
        return
    for start in range(0, size, UNIT_BYTES):
        stop = start + UNIT_BYTES
        end = stop if stop < size else None
        yield Unit(NAME, str(path), start=start, stop=end, context=context)


def read(unit: Unit) -> Iterator[Record]:
    """The messages that begin in the unit, then its `Span`.

    Raises:
        UserError: the file cannot be opened or read.
    """
    path = storage.at(unit.path)
    try:
        if _files.is_gzip(path):
            with _files.unpacked(path) as file:
                yield from _mail.read_mbox(_files.Tolerant(file), _place(unit))
        else:
            with path.open("rb", buffering=0) as plain:
                yield from _read_range(plain, unit)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None


def _place(unit: Unit) -> Place:
    folders = _mail.folders_of(storage.at(unit.path).name)
    return Place(NAME, unit.path, folders, read_bodies=unit.read_bodies)


def _read_range(file: BinaryIO, unit: Unit) -> Iterator[Record]:
    position = max(unit.start - LOOKBEHIND, 0)
    file.seek(position)
    splitter = Splitter(file, unit.start, unit.stop, position=position, exact=unit.exact)
    yield from _mail.records(splitter, _place(unit))
    if splitter.first is None or splitter.end is None:
        nowhere = unit.start if unit.exact else unit.stop
        nowhere = storage.at(unit.path).stat().st_size if nowhere is None else nowhere
        yield Span(nowhere, nowhere)
    else:
        yield Span(splitter.first, splitter.end, splitter.reach)
