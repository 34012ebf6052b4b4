"""Folders of many small files: listed once in a fixed order, read in runs, links not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from netaudit.mail.decode import safe
from netaudit.sources._files import Tolerant

UNIT_FILES = 1_000
"""Files of one unit."""
MAX_DEPTH = 20


def walk(folder: Path) -> Iterator[Path]:
    """The regular, not hidden files below a folder, in a fixed order."""
    depth = len(folder.parts)
    for place, folders, names in os.walk(folder):
        here = Path(place)
        deeper = len(here.parts) - depth < MAX_DEPTH
        folders[:] = sorted(name for name in folders if deeper and not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and is_plain(here / name):
                yield here / name


def is_plain(path: Path) -> bool:
    """Whether the path itself is a regular file: no link, device or FIFO."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def runs(count: int) -> Iterator[tuple[int, int]]:
    """Start and stop of runs of `UNIT_FILES` files."""
    for start in range(0, count, UNIT_FILES):
        yield start, min(start + UNIT_FILES, count)


def opened(path: Path) -> Tolerant:
    """A file's bytes; it cannot hang and leads nowhere, even if it was exchanged meanwhile.

    Raises:
        OSError: it cannot be opened.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return Tolerant(os.fdopen(handle, "rb"))


def shown(root: Path, file: Path) -> str:
    """The `source_path` of a file below a folder, safe to show whatever its name."""
    return f"{root}/{safe(file.relative_to(root).as_posix())}"
