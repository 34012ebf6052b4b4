"""Archives of mail: Gmail Takeout's zip and tgz parts, and any zip or tar with mail in it.

Members are read as streams in the archive's order and told by their content: mboxes, messages,
calendars. Other members (photos, contacts, web pages) are none of our business and left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from netaudit import storage
from netaudit.errors import UserError
from netaudit.mail.parse import Place
from netaudit.model import Record, Skipped, Unit
from netaudit.sources import _archives, _files, _mail
from netaudit.sources._archives import Member
from netaudit.storage import Location

NAME = "takeout"
ORDER = 30
UNIT_BYTES = 32 << 20
_SNIFFED_MEMBERS = 500
"""Members that are looked at before an archive is said to hold no mail."""
_INNER = (b"PK\3\4", b"\x1f\x8b\x08", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def recognise(path: Location) -> bool:
    """A zip or tar, gzip or not, with a mailbox, message or calendar among its first members."""
    members = _members(path)
    return members is not None and any(
        _mail.reader_of(stream.peek(_mail.SNIFFED_BYTES))
        for stream in _streams(islice(members, _SNIFFED_MEMBERS))
    )


def units(path: Location) -> Iterator[Unit]:
    """Runs of a zip's members of about `UNIT_BYTES`; a tar is read in one pass.

    `start` and `stop` of a unit are numbers of members.
    """
    if not _archives.is_zip(path):
        yield Unit(NAME, str(path))
        return
    start, gathered = 0, 0
    sizes = _archives.zip_sizes(path)
    for number, size in enumerate(sizes):
        gathered += size
        if gathered >= UNIT_BYTES or number == len(sizes) - 1:
            yield Unit(NAME, str(path), start=start, stop=number + 1)
            start, gathered = number + 1, 0


def read(unit: Unit) -> Iterator[Record]:
    """Every message and event of the unit's members, and what could not be read.

    Raises:
        UserError: the archive cannot be read at all.
    """
    path = storage.at(unit.path)
    try:
        members = _members(path, unit.start, unit.stop)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    for member in members or ():
        yield from _read_member(unit, member)


def _members(path: Location, start: int = 0, stop: int | None = None) -> Iterator[Member] | None:
    """The members of an archive; None where the path is none."""
    if not _files.is_file(path):
        return None
    if _archives.is_zip(path):
        return _archives.zip_members(path, start, stop)
    if _archives.is_tar(_files.head(path, 512)):
        return _archives.tar_members(path)
    return None


def _streams(members: Iterator[Member]) -> Iterator[_files.Tolerant]:
    for member in members:
        if not member.refused:
            with member.open() as stream:
                yield stream


def _read_member(unit: Unit, member: Member) -> Iterator[Record]:
    path = f"{unit.path}!{member.name}" if member.name else unit.path
    if member.refused:
        yield Skipped(path, 0, member.refused)
        return
    with member.open() as stream:
        head = stream.peek(_mail.SNIFFED_BYTES)
        reader = _mail.reader_of(head, member.name)
        if reader is not None:
            folders = _mail.folders_of(member.name)
            yield from reader(stream, Place(NAME, path, folders, read_bodies=unit.read_bodies))
        elif head.startswith(_INNER):
            yield Skipped(path, 0, "an archive inside the archive, not read")
        elif stream.fault:
            yield Skipped(path, 0, stream.fault)
