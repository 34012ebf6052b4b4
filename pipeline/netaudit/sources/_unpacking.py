"""Unpacking beside reading: a thread unpacks the next block while this one's messages are read."""

from __future__ import annotations

import gzip
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, BinaryIO, Protocol

BLOCK_BYTES = 1 << 20
"""Unpacked at a time: some milliseconds, in which the interpreter is not needed. So much a fault
may cost in a zip, whose library keeps to itself what it had unpacked."""
AHEAD_FROM_BYTES = 1 << 20
"""What is shorter needs no thread; most members of an archive are, and many are only looked at."""
PACKED_BYTES = 1 << 20
_MAGIC = b"\x1f\x8b"


class Stream(Protocol):
    """What is unpacked."""

    def read1(self, size: int, /) -> bytes:
        """Up to `size` bytes, at once; none at the end."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Ahead:
    """A stream that is read a block ahead by a thread, from its first megabyte on.

    Faults are raised when their block is asked for, what stands before them was handed out then.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._thread: ThreadPoolExecutor | None = None
        self._next: Future[bytes] | None = None
        self._block = memoryview(b"")
        self._n_read = 0

    def read1(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end."""
        if self._n_read < AHEAD_FROM_BYTES:
            data = self._stream.read1(size)
            self._n_read += len(data)
            return data
        if not self._block:
            self._block = memoryview(self._taken())
        data, self._block = bytes(self._block[:size]), self._block[size:]
        return data

    def _taken(self) -> bytes:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1)
            self._next = self._ask(self._thread)
        assert self._next is not None
        block = self._next.result()
        self._next = self._ask(self._thread)
        return block

    def _ask(self, thread: ThreadPoolExecutor) -> Future[bytes]:
        return thread.submit(self._stream.read1, BLOCK_BYTES)

    def close(self) -> None:
        """Wait for the thread and close the stream."""
        if self._thread is not None:
            self._thread.shutdown()
        self._stream.close()


class Gunzip:
    """The content of a gzip file, in blocks as large as are asked for.

    `gzip.GzipFile` unpacks some kilobytes at a time: a thread would wait longer for its turn than
    it works. All that stands before a fault is handed out, as there.

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
