"""Members of zip and tar archives as streams, in order, within limits; nothing is extracted.

Names of members are only names, links lead nowhere, members of one name are all read. What breaks
a limit or is damaged ends there and says so; the rest is read.
"""

from __future__ import annotations

import gzip
import itertools
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from netaudit.errors import UserError
from netaudit.mail.decode import safe
from netaudit.sources._files import GZIP, Tolerant, beginning
from netaudit.storage import Location

MAX_MEMBERS = 200_000
MAX_DIRECTORY_BYTES = 64 << 20
"""Of a zip's table of contents, which is read whole."""
MAX_RATIO = 200
"""Mail compresses to a twentieth at best; what unpacks to more than this is a trap."""
RATIO_FROM_BYTES = 64 << 20
MAX_TAR_HEADER_BYTES = 1 << 20
_LONG_HEADERS = frozenset(
    {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME,
     tarfile.GNUTYPE_LONGLINK}
)  # fmt: skip
TRAP = f"unpacks to more than {MAX_RATIO} times its size, not read"
DAMAGED = "the archive is cut or damaged, the rest was not read"


@dataclass
class Member:
    """One file of an archive.

    Attributes:
        name: as the archive names it, made safe to show; a second one of a name ends in `#2`.
        refused: why it is not read, or "".
        open: gives its bytes, once, while the archive stands at it.
    """

    name: str
    refused: str
    open: Callable[[], Tolerant]


def is_zip(path: Location) -> bool:
    """Whether a file is a zip."""
    return beginning(path, 4) in (b"PK\3\4", b"PK\5\6")


def zip_members(path: Location, start: int = 0, stop: int | None = None) -> Iterator[Member]:
    """The members from number `start` to `stop` of a zip.

    Raises:
        UserError: it has no readable table of contents, or one beyond the limits.
    """
    with _zip(path) as archive:
        infos = archive.infolist()
        overlapping = _overlapping(infos)
        names = _Names()
        for number, info in enumerate(infos):
            name = names.of(info.filename)
            if info.is_dir() or number < start or (stop is not None and number >= stop):
                continue
            yield Member(name, _refused(info, overlapping), _zip_opener(archive, info))


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], Tolerant]:
    return lambda: Tolerant.opening(lambda: cast("BinaryIO", archive.open(info)))


def zip_sizes(path: Location) -> list[int]:
    """Unpacked bytes of every member of a zip, as its table of contents says.

    Raises:
        UserError: as `zip_members`.
    """
    with _zip(path) as archive:
        return [info.file_size for info in archive.infolist()]


@contextmanager
def _zip(path: Location) -> Iterator[zipfile.ZipFile]:
    _check_directory(path)
    with path.open("rb") as file, _opened(path, file) as archive:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise UserError(f"{path}: more than {MAX_MEMBERS:,} members; unpack it and ingest that")
        yield archive


def _opened(path: Location, file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise UserError(f"{path}: damaged zip; download the export again") from None


def _check_directory(path: Location) -> None:
    """Refuse a zip whose table of contents would fill the memory."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    place = tail.rfind(b"PK\5\6")
    directory = int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0
    if directory == 0xFFFFFFFF:  # told in the record for large archives
        place = tail.rfind(b"PK\6\6", 0, place)
        directory = int.from_bytes(tail[place + 40 : place + 48], "little") if place >= 0 else 0
    if directory > MAX_DIRECTORY_BYTES:
        raise UserError(f"{path}: its table of contents is too large; unpack it and ingest that")


def _refused(info: zipfile.ZipInfo, overlapping: set[int]) -> str:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a link or device, not followed"
    if info.flag_bits & 1:
        return "encrypted"
    if info.header_offset in overlapping:
        return "overlaps another member, not read"
    if _is_trap(info.file_size, info.compress_size):
        return TRAP
    return ""


def _is_trap(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * packed


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Header offsets of members that begin inside another's data (a trap's way to be small)."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    return {
        late.header_offset
        for early, late in itertools.pairwise(ordered)
        if early.header_offset + early.compress_size > late.header_offset
    }


class _Names:
    """Names of members, each once."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, name: str) -> str:
        shown = safe(name)[:1000]
        self._seen[shown] = number = self._seen.get(shown, 0) + 1
        return shown if number == 1 else f"{shown}#{number}"


class _TarInfo(tarfile.TarInfo):
    """A tar header that cannot make the library read a huge one into memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> object:
        if self.type in _LONG_HEADERS and self.size > MAX_TAR_HEADER_BYTES:
            raise tarfile.ReadError("header beyond the limit")
        return super()._proc_member(archive)  # type: ignore[misc]


class _Metered(Tolerant):
    """A compressed stream that ends when it unpacks to more than `MAX_RATIO` times its size."""

    def __init__(self, stream: gzip.GzipFile, packed: BinaryIO) -> None:
        super().__init__(cast("BinaryIO", stream))
        self._packed = packed
        self._unpacked = 0

    def _block(self, size: int) -> bytes:
        data = super()._block(size)
        self._unpacked += len(data)
        if _is_trap(self._unpacked, self._packed.tell()):
            self.fault = TRAP
            return b""
        return data


def is_tar(head: bytes) -> bool:
    """Whether bytes begin as a tar archive does (ustar and its descendants)."""
    return head[257:262] == b"ustar"


def tar_members(path: Location) -> Iterator[Member]:
    """The regular members of a tar archive, gzip or not, in order, as one pass reads them.

    A cut or damaged archive ends with a refused member without a name.
    """
    with path.open("rb") as file:
        packed = file.read(3) == GZIP
        file.seek(0)
        stream = _Metered(gzip.GzipFile(fileobj=file), file) if packed else Tolerant(file)
        yield from _tar_members(stream)


def _tar_members(stream: Tolerant) -> Iterator[Member]:
    names = _Names()
    count = 0
    try:
        with tarfile.open(
            fileobj=cast("BinaryIO", stream), mode="r|", tarinfo=_TarInfo, bufsize=1 << 20
        ) as archive:
            for info in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # it would keep every header
                count += 1
                if count > MAX_MEMBERS:
                    yield _refusal("", f"more than {MAX_MEMBERS:,} members, the rest was not read")
                    return
                if info.isdir():
                    continue
                name = names.of(info.name)
                if not info.isreg() or info.issparse():
                    yield _refusal(name, "a link or device, not followed")
                else:
                    yield Member(name, "", _tar_opener(archive, info))
    except (tarfile.TarError, EOFError, OSError, ValueError):
        stream.fault = stream.fault or DAMAGED
    if stream.fault:
        yield _refusal("", stream.fault)


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], Tolerant]:
    return lambda: Tolerant.opening(lambda: cast("BinaryIO", archive.extractfile(info)))


def _refusal(name: str, reason: str) -> Member:
    return Member(name, reason, lambda: Tolerant.opening(lambda: cast("BinaryIO", None)))
