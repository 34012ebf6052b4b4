"""Opening files: regular ones only, compressed or not, damaged ones as far as they go."""

from __future__ import annotations

import gzip
import stat
import zlib
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"
DAMAGED = (EOFError, OSError, zlib.error)
"""What reading a cut or damaged compressed stream raises."""


class Tolerant:
    """A compressed stream that ends where its data are cut or damaged, and then says so.

    Attributes:
        fault: why it ended early; "" while all is well.
    """

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream
        self.fault = ""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end or at the fault."""
        if self.fault:
            return b""
        try:
            # read1 hands out what was read before a fault, read would lose it
            return self._stream.read1(size)  # type: ignore[union-attr]
        except DAMAGED:
            self.fault = "compressed data are cut or damaged"
            return b""

    def close(self) -> None:
        """Close the stream below."""
        self._stream.close()


def is_file(path: Path) -> bool:
    """Whether the path is a regular file (a device or FIFO could hang)."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_gzip(path: Path) -> bool:
    """Whether a file begins as gzip does."""
    return _head(path, 3) == GZIP


def head(path: Path, size: int = 64 << 10) -> bytes:
    """The first bytes of a regular file, decompressed; none where it cannot be read."""
    data = _head(path, size)
    if not data.startswith(GZIP):
        return data
    with suppress(*DAMAGED), gzip.open(path, "rb") as file:
        stream = Tolerant(file)
        data = b""
        while len(data) < size and (block := stream.read(size)):
            data += block
        return data
    return b""


def _head(path: Path, size: int) -> bytes:
    if not is_file(path):
        return b""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""
