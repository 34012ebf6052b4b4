"""The members of an export: a zip, a folder, or one CSV file, read as streams within limits.

Nothing is extracted: names of members are only names, and links lead nowhere. What breaks a limit
is left out and told; the rest is read.
"""

from __future__ import annotations

import io
import itertools
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TypeVar

from netaudit.errors import UserError
from netaudit.storage import Location, is_folder

MAX_MEMBERS = 20_000
MAX_DIRECTORY_BYTES = 8 << 20
"""Size of a zip's table of contents: it is read whole before anything else."""
MAX_MEMBER_BYTES = 1 << 30
MAX_TOTAL_BYTES = 2 << 30
MAX_RATIO = 250
"""Text compresses to a twentieth; members of more than this times their size are no text."""
RATIO_FROM_BYTES = 10 << 20
CHUNK_BYTES = 8 << 10
"""Read at once: a damaged member is lost from the chunk on in which the damage shows."""
MAX_DEPTH = 3
"""Folders below the export's own that are looked into."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass
class Member:
    """One file of an export.

    Attributes:
        name: as the archive names it, control characters replaced.
        size: bytes, as the archive says.
        refused: why it is not opened; empty for one that may be.
        start: opens it.
    """

    name: str
    size: int
    refused: str
    start: Callable[[], IO[bytes]]

    @property
    def is_table(self) -> bool:
        """Whether the name is a CSV file's; what it holds is told from its content."""
        return self.name.lower().endswith((".csv", ".tsv"))

    @property
    def is_archive(self) -> bool:
        """Whether it is an archive in the archive."""
        return self.name.lower().endswith((".zip", ".tgz", ".tar", ".gz", ".7z", ".rar"))

    @property
    def stem(self) -> str:
        """The file's name without folders and ending, lower case."""
        return re.split(r"[\\/]", self.name)[-1].rpartition(".")[0].lower()


T = TypeVar("T")


class Guarded(io.RawIOBase):
    """A stream that ends where its source breaks, and remembers why.

    Attributes:
        fault: why it ended early; empty when it did not.
    """

    def __init__(self, member: Member) -> None:
        super().__init__()
        self.fault = member.refused
        self._left = MAX_MEMBER_BYTES
        self._stream: IO[bytes] | None = None
        if not self.fault:
            self._stream = self._guarded(member.start)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end, and from the first fault on."""
        stream = self._stream
        if stream is None or self._left <= 0:
            return 0
        size = min(len(buffer), self._left, CHUNK_BYTES)
        data = self._guarded(lambda: stream.read(size)) or b""
        self._left -= len(data)
        if self._left <= 0:
            self.fault = "larger than its table of contents may say, the rest was not read"
        buffer[: len(data)] = data
        return len(data)

    def _guarded(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            self.fault = "damaged, the rest was not read"
        except NotImplementedError:
            self.fault = "compressed in a way that cannot be read"
        except RuntimeError:
            self.fault = "encrypted"
        except OSError as error:
            self.fault = f"cannot be read ({error.strerror or type(error).__name__})"
        self._stream = None
        return None

    def close(self) -> None:
        """Close the source too."""
        if self._stream is not None:
            self._stream.close()
        super().close()


@contextmanager
def members(path: Location) -> Iterator[list[Member]]:
    """The files of an export, in the archive's order; a folder's by name.

    Raises:
        UserError: the whole path cannot be read, or breaks a limit as a whole.
    """
    with ExitStack() as stack:
        try:
            found = _found(path, stack)
        except OSError as error:
            raise UserError(f"{path}: cannot be read ({error.strerror})") from None
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            raise UserError(f"{path}: damaged zip; download the export again") from None
        yield found


def _found(path: Location, stack: ExitStack) -> list[Member]:
    if is_folder(path):
        return list(_of_folder(path))
    if is_zip(path):
        file = stack.enter_context(path.open("rb"))
        return _of_zip(stack.enter_context(zipfile.ZipFile(file)), path)
    return [_of_file(path, path.name)]


def is_zip(path: Location) -> bool:
    """Whether a file is a zip whose table of contents is of a size to be read.

    Raises:
        UserError: the table of contents is too large.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return False
        file.seek(0, os.SEEK_END)
        size = file.tell()
        file.seek(max(0, size - 66_000))
        tail = file.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) < place + 22:
        return False
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    if directory == 0xFFFFFFFF:  # zip64: an export of LinkedIn is never that large
        directory = _zip64_directory(tail[:place])
    if directory > MAX_DIRECTORY_BYTES:
        raise UserError(f"{path}: its table of contents is too large for an export; left alone")
    return True


def _zip64_directory(tail: bytes) -> int:
    place = tail.rfind(b"PK\6\6")
    return int.from_bytes(tail[place + 40 : place + 48], "little") if place >= 0 else 0


def _of_zip(archive: zipfile.ZipFile, path: Location) -> list[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise UserError(f"{path}: more than {MAX_MEMBERS:,} members; left alone")
    overlapping = _overlapping(infos)
    found, total = [], 0
    for info in infos:
        member = Member(
            shown(info.filename),
            info.file_size,
            "",
            partial(archive.open, info),
        )
        if member.is_table:
            total += info.file_size
        member.refused = _refused(info, total, overlapping)
        found.append(member)
    return found


def _refused(info: zipfile.ZipInfo, total: int, overlapping: set[int]) -> str:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not followed"
    if info.header_offset in overlapping:
        return "overlaps another member, not read"
    if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * info.compress_size:
        return "compressed too far to be a table, not read"
    if info.file_size > MAX_MEMBER_BYTES or total > MAX_TOTAL_BYTES:
        return "larger than an export's tables are, not read"
    return ""


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Header offsets of members whose data begin inside another's (a bomb's way to be small)."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    return {
        late.header_offset
        for early, late in itertools.pairwise(ordered)
        if early.header_offset + early.compress_size > late.header_offset
    }


def _of_folder(folder: Path) -> Iterator[Member]:
    count = 0
    for place, folders, files in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(folders) if depth < MAX_DEPTH else []
        for name in sorted(files):
            path = Path(place) / name
            if not stat.S_ISREG(path.lstat().st_mode):
                continue
            count += 1
            if count > MAX_MEMBERS:
                raise UserError(
                    f"{folder}: more than {MAX_MEMBERS:,} files; name the export itself"
                )
            yield _of_file(path, str(path.relative_to(folder)))


def _of_file(path: Location, name: str) -> Member:
    size = path.stat().st_size
    refused = "larger than an export's tables are, not read" if size > MAX_MEMBER_BYTES else ""
    return Member(shown(name), size, refused, lambda: path.open("rb"))


def shown(name: str) -> str:
    """A member's name without what a terminal, page or table would act on."""
    return _CONTROL.sub("?", name)[:500]
