"""Opening files: regular ones only, compressed or not, damaged ones as far as they go."""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import BinaryIO, Self, cast

from netaudit.storage import Location, Remote

GZIP = b"\x1f\x8b\x08"
DAMAGED = (
    EOFError, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error,
    zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What reading a cut, damaged or encrypted compressed stream raises."""
FAULT = "compressed data are cut or damaged"


class Tolerant:
    """A compressed stream that ends where its data are cut or damaged, and then says so.

    Attributes:
        fault: why it ended early; "" while all is well.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ahead = b""
        self.fault = ""

    @classmethod
    def opening(cls, start: Callable[[], BinaryIO]) -> Self:
        """The stream that `start` opens; one that cannot be opened is at its fault already."""
        try:
            return cls(start())
        except DAMAGED:
            stream = cls(BytesIO())
            stream.fault = FAULT
            return stream

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, or as many as there are; they are read again."""
        while len(self._ahead) < size and (block := self._more(size)):
            self._ahead += block
        return self._ahead[:size]

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end or at the fault."""
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        return self._more(size)

    def _more(self, size: int) -> bytes:
        """Further bytes of the stream, `size` where it has so many."""
        blocks: list[bytes] = []
        while size > 0 and (block := self._block(size)):
            blocks.append(block)
            size -= len(block)
        return blocks[0] if len(blocks) == 1 else b"".join(blocks)

    def _block(self, size: int) -> bytes:
        if self.fault:
            return b""
        try:
            # read1 hands out what was read before a fault, read would lose it
            return self._stream.read1(size)  # type: ignore[attr-defined,no-any-return]
        except DAMAGED:
            self.fault = FAULT
            return b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(*DAMAGED):
            self._stream.close()


def is_file(path: Location) -> bool:
    """Whether the path is a regular file (a device or FIFO could hang)."""
    if isinstance(path, Remote):
        return True
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_gzip(path: Location) -> bool:
    """Whether a file begins as gzip does."""
    return beginning(path, 3) == GZIP


def head(path: Location, size: int = 64 << 10) -> bytes:
    """The first bytes of a regular file, decompressed; none where it cannot be read."""
    data = beginning(path, size)
    if not data.startswith(GZIP):
        return data
    with suppress(*DAMAGED), unpacked(path) as file:
        return Tolerant(file).peek(size)
    return b""


@contextmanager
def unpacked(path: Location) -> Iterator[BinaryIO]:
    """The content of a gzip file."""
    with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as file:
        yield cast("BinaryIO", file)


def beginning(path: Location, size: int) -> bytes:
    """The first bytes of a regular file as they are; none where it cannot be read."""
    if not is_file(path):
        return b""
    try:
        # Of a store no more is asked for than is looked at.
        with path.open("rb", buffering=0 if isinstance(path, Remote) else -1) as file:
            return file.read(size)
    except OSError:
        return b""
