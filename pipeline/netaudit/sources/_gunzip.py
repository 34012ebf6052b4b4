"""The content of gzip files at the speed of zlib, and all of it that stands before a fault."""

from __future__ import annotations

import gzip
import zlib
from typing import Any, BinaryIO

PACKED_BYTES = 1 << 20
_MAGIC = b"\x1f\x8b"


class Gunzip:
    """The content of a gzip file, in blocks as large as are asked for.

    `gzip.GzipFile` unpacks some kilobytes at a time, which takes half as long again. A thread that
    unpacks beside the reading was measured to bring nothing: the two wait for each other's turn.

    Args:
        packed: the file, at its beginning.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._inflate = _member()
        self._tail = b""
        self._fault: Exception | None = None

    def read1(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end.

        Raises:
            EOFError: the file is cut.
            BadGzipFile: it is damaged, or something else follows.
        """
        while self._fault is None:
            if self._inflate.eof and not self._begin():
                return b""
            data = self._tail or self._packed.read(PACKED_BYTES)
            if unpacked := self._unpacked(data, size):
                return unpacked
            if not data:
                self._fault = EOFError("cut gzip file")
        raise self._fault

    def close(self) -> None:
        """Nothing is held; the file is its opener's."""

    def _begin(self) -> bool:
        """Go on to what follows a member; False at the end of the file. Zeros are padding."""
        rest = self._tail.lstrip(b"\0")
        while len(rest) < len(_MAGIC) and (more := self._packed.read(PACKED_BYTES)):
            rest = (rest + more).lstrip(b"\0")
        if rest and not rest.startswith(_MAGIC):
            self._fault = gzip.BadGzipFile("no gzip member")
            raise self._fault
        self._tail = rest
        if rest:
            self._inflate = _member()
        return bool(rest)

    def _unpacked(self, data: bytes, size: int) -> bytes:
        before = self._inflate.copy()
        try:
            return self._step(data, size)
        except zlib.error:
            self._inflate = before
            return self._up_to_the_fault(data, size)

    def _step(self, data: bytes, size: int) -> bytes:
        unpacked: bytes = self._inflate.decompress(data, size)
        self._tail = self._inflate.unused_data or self._inflate.unconsumed_tail
        return unpacked

    def _up_to_the_fault(self, data: bytes, size: int) -> bytes:
        """Byte by byte, so that nothing is lost that can be unpacked."""
        found = bytearray()
        for place in range(len(data)):
            try:
                found += self._inflate.decompress(data[place : place + 1], size - len(found))
            except zlib.error as error:
                self._fault = gzip.BadGzipFile(str(error))
                break
            if len(found) == size:
                self._tail = self._inflate.unconsumed_tail + data[place + 1 :]
                break
        return bytes(found)


def _member() -> Any:
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
