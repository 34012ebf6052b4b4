"""Calendar files (.ics): one file, or a folder of them as a Takeout unpacks."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from netaudit import ical, storage
from netaudit.errors import UserError
from netaudit.ical.read import MAX_FILE_BYTES
from netaudit.model import Record, Unit
from netaudit.storage import Location, Remote

NAME = "calendar"
ORDER = 60

_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*VCALENDAR", re.IGNORECASE)
_MAX_FOLDER = 1_000


def recognise(path: Location) -> bool:
    """A file that begins a VCALENDAR, or a folder of nothing but such files."""
    return next(_files(path), None) is not None


def units(path: Location) -> Iterator[Unit]:
    """One unit a file."""
    for file in _files(path):
        yield Unit(NAME, str(file))


def read(unit: Unit) -> Iterator[Record]:
    """The events of one file, broken ones as `Skipped`.

    Raises:
        UserError: the file cannot be read.
    """
    try:
        with storage.at(unit.path).open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UserError(f"{unit.path}: cannot be read ({error.strerror})") from None
    yield from ical.rows(data, unit.path)


def _files(path: Location) -> Iterator[Location]:
    if isinstance(path, Remote):
        if _is_calendar(path):
            yield path
    elif path.is_dir() and not path.is_symlink():
        # Beside other exports each calendar is an export of its own: the folder is not claimed.
        entries = [entry for entry in sorted(path.iterdir()) if not entry.name.startswith(".")]
        if len(entries) <= _MAX_FOLDER and all(_is_plain(e) and _is_calendar(e) for e in entries):
            yield from entries
    elif _is_plain(path) and _is_calendar(path):
        yield path


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_calendar(path: Location) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError:
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    return _HEAD.match(head) is not None
