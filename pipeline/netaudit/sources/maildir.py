"""Maildir and Maildir++: one file a message, folders as `.Sub.Folder` or as nested folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from netaudit import storage
from netaudit.mail.labels import decode_folder
from netaudit.mail.parse import Place
from netaudit.mail.split import looks_like_message
from netaudit.model import Record, Skipped, Unit
from netaudit.sources import _folders, _mail
from netaudit.storage import Location

NAME = "maildir"
ORDER = 20
_FLAGS = re.compile(r"[:;!_]2,([A-Za-z]*)$")
_BOXES = (("T", "trash"), ("D", "draft"))


def recognise(path: Location) -> bool:
    """A folder that is a Maildir or holds nothing but Maildirs, with a message in one of them."""
    if not storage.is_folder(path):
        return False
    try:
        boxes = list(_maildirs(path))
        if not boxes or (path not in boxes and any(map(_folders.is_plain, path.iterdir()))):
            return False
        return any(looks_like_message(_head(file)) for box in boxes for file in _messages(box)[:20])
    except OSError:
        return False


def units(path: Location) -> Iterator[Unit]:
    """Runs of files; `start` and `stop` are their numbers in the order of `_listing`."""
    count = sum(1 for _ in _listing(Path(str(path))))
    for start, stop in _folders.runs(count):
        yield Unit(NAME, str(path), start=start, stop=stop)


def read(unit: Unit) -> Iterator[Record]:
    """The messages of the unit's files; anything else in their folders is `Skipped`."""
    root = Path(unit.path)
    for number, (box, file) in enumerate(_listing(root)):
        if unit.stop is not None and number >= unit.stop:
            return
        if number >= unit.start:
            yield from _read_file(unit, box, file)


def _maildirs(root: Path) -> Iterator[Path]:
    """The Maildirs at and below a folder, in a fixed order."""
    for place, folders, _ in os.walk(root):
        here = Path(place)
        if {"cur", "new"} <= set(folders):
            yield here
        if len(here.parts) - len(root.parts) >= _folders.MAX_DEPTH:
            folders.clear()
        folders[:] = sorted(name for name in folders if name not in ("cur", "new", "tmp"))


def _messages(box: Path) -> list[Path]:
    """Everything in `cur` and `new` but hidden files and folders; `tmp` holds no whole messages."""
    return [
        Path(entry.path)
        for name in ("cur", "new")
        for entry in _entries(box / name)
        if not entry.name.startswith(".") and not entry.is_dir(follow_symlinks=False)
    ]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing if it may not be looked into (told by the finder)."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except PermissionError:
        return []


def _listing(root: Path) -> Iterator[tuple[Path, Path]]:
    """Every Maildir with each of its files."""
    for box in _maildirs(root):
        for file in _messages(box):
            yield box, file


def _head(file: Path) -> bytes:
    if not _folders.is_plain(file):
        return b""
    with _folders.opened(file) as stream:
        return stream.peek(_mail.SNIFFED_BYTES)


def _read_file(unit: Unit, box: Path, file: Path) -> Iterator[Record]:
    root = Path(unit.path)
    path = _folders.shown(root, file)
    if not _folders.is_plain(file):
        yield Skipped(path, 0, "a link or device, not followed")
        return
    match = _FLAGS.search(file.name)
    flags = match[1] if match else ""
    flagged = next((name for flag, name in _BOXES if flag in flags), "")
    folders = _folder_of(root, box)
    place = Place(NAME, path, folders, box=flagged, read_bodies=unit.read_bodies)
    try:
        stream = _folders.opened(file)
    except OSError as error:
        yield Skipped(path, 0, f"cannot be read ({error.strerror or 'not a regular file'})")
        return
    with stream:
        yield from _mail.read_message(stream, place)


def _folder_of(root: Path, box: Path) -> tuple[str, ...]:
    """The label of a Maildir: its path below the root, `.` of Maildir++ as `/`."""
    parts = [
        part
        for name in box.relative_to(root).parts
        for part in (name[1:].split(".") if name.startswith(".") else [name])
    ]
    name = "/".join(decode_folder(part) for part in parts if part)
    return (name,) if name else _mail.folders_of(root.name)
