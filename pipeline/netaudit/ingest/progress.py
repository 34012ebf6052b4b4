"""What whoever watches an ingest is told, and how much there is to do."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from typing import Protocol

from netaudit.ingest import fingerprint
from netaudit.model import Unit
from netaudit.storage import Location, is_folder

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"


class Progress(Protocol):
    """Told how an ingest goes on."""

    def begin(self, path: str, total_bytes: int | None) -> None:
        """A source is about to be read; its bytes, unpacked, where that can be known."""

    def tick(self) -> None:
        """Some time has passed."""

    def end(self) -> None:
        """The source is read, or given up."""


class Silent:
    """Nobody watches."""

    def begin(self, path: str, total_bytes: int | None) -> None:
        """Nothing."""

    def tick(self) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


def total_bytes(path: Location, units: Sequence[Unit]) -> int | None:
    """Bytes that the units hold, unpacked; None where the file does not tell."""
    try:
        if is_folder(path):
            return sum(file.stat().st_size for file in fingerprint.files(path))
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(4)
        if magic == ZIP:
            with path.open("rb") as file, zipfile.ZipFile(file) as archive:
                return sum(member.file_size for member in archive.infolist())
        if magic.startswith(GZIP):
            return _gzip_bytes(path, size)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return sum(max((size if u.stop is None else min(u.stop, size)) - u.start, 0) for u in units)


def _gzip_bytes(path: Location, size: int) -> int | None:
    """The length that a gzip file gives in its last bytes, modulo 2**32: only for smaller ones."""
    with path.open("rb") as file:
        file.seek(-4, 2)
        told = int.from_bytes(file.read(4), "little")
    return told if size < told < 100 * size and size < 1 << 29 else None
