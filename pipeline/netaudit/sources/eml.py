"""Single messages: .eml and Apple's .emlx files, and folders of them (MH folders, exports)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from netaudit import sources, storage
from netaudit.errors import UserError
from netaudit.mail.decode import safe
from netaudit.mail.parse import Place
from netaudit.model import Record, Skipped, Unit
from netaudit.sources import _files, _folders, _mail
from netaudit.storage import Location

NAME = "eml"
ORDER = 70
_LOOKED_AT = 300
"""Files of a folder that are looked into before it is claimed."""


def recognise(path: Location) -> bool:
    """A message, or a folder that holds messages and no other export.

    A folder of mail and other exports is not claimed as a whole: its files are, one by one.
    """
    if not storage.is_folder(path):
        return _mail.is_message(_files.head(path, _mail.SNIFFED_BYTES))
    files = list(_folders.walk(path))
    others = [file for file in files if not file.name.lower().endswith(_mail.MESSAGE_NAMES)]
    named = islice((file for file in files if file.name.lower().endswith(_mail.MESSAGE_NAMES)), 20)
    kinds = [_kind(file) for file in (*named, *others[:_LOOKED_AT])]
    return NAME in kinds and not set(kinds) - {NAME, ""}


def _kind(file: Path) -> str:
    try:
        found = sources.recognise(file)
    except UserError:  # another source's, and broken
        return "broken"
    return found.NAME if found else ""


def units(path: Location) -> Iterator[Unit]:
    """One unit for a file, runs of files for a folder (`start` and `stop` are their numbers)."""
    if not storage.is_folder(path):
        yield Unit(NAME, str(path))
        return
    count = sum(1 for _ in _folders.walk(path))
    for start, stop in _folders.runs(count):
        yield Unit(NAME, str(path), start=start, stop=stop)


def read(unit: Unit) -> Iterator[Record]:
    """The messages of the unit's files; files that are none are `Skipped`.

    Raises:
        UserError: the one file of the unit cannot be read.
    """
    if unit.stop is None:
        try:
            stream = _files.Tolerant(storage.at(unit.path).open("rb"))
        except OSError as error:
            raise UserError(f"{unit.path}: cannot be read ({error.strerror})") from None
        with stream:
            yield from _mail.read_message(
                stream, Place(NAME, unit.path, read_bodies=unit.read_bodies)
            )
        return
    for file in islice(_folders.walk(Path(unit.path)), unit.start, unit.stop):
        yield from _read_file(unit, file)


def _read_file(unit: Unit, file: Path) -> Iterator[Record]:
    root = Path(unit.path)
    path = _folders.shown(root, file)
    try:
        stream = _folders.opened(file)
    except OSError as error:
        yield Skipped(path, 0, f"cannot be read ({error.strerror or 'not a regular file'})")
        return
    with stream:
        named = file.name.lower().endswith(_mail.MESSAGE_NAMES)
        if named or _mail.is_message(stream.peek(_mail.SNIFFED_BYTES)):
            folder = file.parent.relative_to(root).as_posix()
            folders = _mail.folders_of(root.name) if folder == "." else (safe(folder),)
            yield from _mail.read_message(
                stream, Place(NAME, path, folders, read_bodies=unit.read_bodies)
            )
        else:
            yield Skipped(path, 0, "no mail")
