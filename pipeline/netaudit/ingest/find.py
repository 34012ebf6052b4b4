"""Which exports the paths are that the user named."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from netaudit import sources
from netaudit.errors import UserError
from netaudit.storage import Location, Remote, StoreError

THREADS = 16
"""Objects that are looked into at a time: each takes a dozen answers of its store."""
MAX_DEPTH = 30
"""Folders in folders that are looked into."""
KINDS = "mbox, Gmail Takeout, Maildir, .eml, LinkedIn export, iCalendar"


@dataclass(frozen=True)
class Found:
    """An export at an absolute path or a URL."""

    path: Location
    kind: str


@dataclass(frozen=True)
class Finding:
    """What there is at the paths: exports, a line for each failure, a line for each note."""

    found: tuple[Found, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...]


def find(paths: Sequence[Location]) -> Finding:
    """The exports at the paths; one that is named twice is there once."""
    found: dict[Location, Found] = {}
    failures: list[str] = []
    notes: list[str] = []
    for path in paths:
        try:
            if isinstance(path, Remote):
                more, unknown, closed = _remote(path)
            else:
                more, unknown = _at(absolute(path))
                closed = _closed(path)
        except UserError as error:
            failures.append(str(error))
            continue
        found |= {item.path: item for item in more}
        failures += closed
        if unknown:
            notes.append(f"{path}: {unknown:,} files in it are no exports and were left out")
    return Finding(tuple(found.values()), tuple(failures), tuple(notes))


def absolute(path: Path) -> Path:
    """The path from the root, links as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _remote(path: Remote) -> tuple[list[Found], int, list[str]]:
    """The export at a URL, or of the objects below it: exports, how many are none, failures."""
    if not path.is_dir():
        return [_file(path)], 0, []
    with ThreadPoolExecutor(THREADS) as threads:
        told = list(threads.map(_object, path.below()))
    found = [item for item in told if isinstance(item, Found)]
    failures = [item for item in told if isinstance(item, str)]
    if not found and not failures:
        raise UserError(f"{path}: holds no export that netaudit knows ({KINDS})")
    return found, len(told) - len(found) - len(failures), failures


def _object(item: Remote) -> Found | str | None:
    """An object as an export, a line on why it cannot be read, or None for another thing."""
    try:
        return _file(item)
    except StoreError as error:
        return str(error)
    except UserError:
        return None


def _at(path: Path) -> tuple[list[Found], int]:
    """The exports at one path, and how many files of a folder are none."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return [_file(path)], 0
        if stat.S_ISDIR(mode):
            return _folder(path)
    except FileNotFoundError:
        raise UserError(f"{path}: is not there") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UserError(f"{path}: cannot be read ({reason})") from None
    raise UserError(f"{path}: is neither a file nor a folder")


def _file(path: Location) -> Found:
    with path.open("rb") as file:
        if not file.read(1):
            raise UserError(f"{path}: is empty")
    source = sources.recognise(path)
    if source is None:
        raise UserError(f"{path}: is no export that netaudit knows ({KINDS})")
    return Found(path, source.NAME)


def _folder(path: Path) -> tuple[list[Found], int]:
    if not os.access(path, os.R_OK | os.X_OK):
        raise UserError(f"{path}: cannot be read (permission denied)")
    found, unknown = _tree(path)
    if not found:
        raise UserError(f"{path}: holds no export that netaudit knows ({KINDS})")
    return found, unknown


def _closed(path: Path) -> list[str]:
    """A line for each folder below a path that may not be looked into; the rest is read."""
    errors: list[OSError] = []
    for _ in os.walk(path, onerror=errors.append):
        pass
    return [
        f"{error.filename}: cannot be read ({(error.strerror or 'no reason told').lower()})"
        for error in errors
        if not isinstance(error, NotADirectoryError)
    ]


def _tree(folder: Path, depth: int = 0) -> tuple[list[Found], int]:
    """The folder as one export, else the exports in it; an unpacked one may lie in a subfolder."""
    source = sources.recognise(folder)
    if source is not None:
        return [Found(folder, source.NAME)], 0
    found: list[Found] = []
    unknown = 0
    for entry in sorted(folder.iterdir()):
        try:
            mode = entry.lstat().st_mode
            if stat.S_ISDIR(mode) and depth < MAX_DEPTH:
                more, others = _tree(entry, depth + 1)
            else:
                more, others = ([_file(entry)] if stat.S_ISREG(mode) else []), 0
        except (UserError, OSError):
            more, others = [], 1
        found += more
        unknown += others
    return found, unknown
