"""All members of an export in order: the way in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from netaudit import aliases
from netaudit.errors import UserError
from netaudit.linkedin import dates, kinds, tables
from netaudit.linkedin.export import Guarded, Member, members
from netaudit.linkedin.kinds import Kind
from netaudit.linkedin.messages import message
from netaudit.linkedin.owner import OwnProfile
from netaudit.linkedin.recipients import Known, links
from netaudit.linkedin.rows import Cells, Lines, Table, Unread, head, rows, text_of
from netaudit.linkedin.tables import File
from netaudit.model import Record, Row, Skipped
from netaudit.storage import Location, StoreError, is_folder

HEAD_BYTES = 1 << 16
SHOWN_NAMES = 5
MAX_LOOKED_AT = 5_000
"""Members looked at to tell an export."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")
_OTHER_EXPORT = re.compile(rb"From \S|BEGIN:VCALENDAR|PK\x03\x04|\x1f\x8b")


@dataclass
class _Export:
    """What is remembered from file to file."""

    path: Location
    owner: OwnProfile = field(default_factory=OwnProfile)
    owner_file: str = ""
    found: set[str] = field(default_factory=set)
    empty: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def is_export(path: Location) -> bool:
    """Whether a path holds LinkedIn tables: one certain header, or two likely ones.

    The tables of a folder lie in it, some perhaps further down; one table beside other files is no
    export: it may be the user's downloads.
    """
    try:
        with members(path) as found:
            needed = 2 if is_folder(path) and len(found) > 1 else 1
            certain: set[str] = set()
            likely: set[str] = set()
            for member in found[:MAX_LOOKED_AT]:
                if is_folder(path) and "/" in member.name:
                    continue
                kind = _kind(member) if member.is_table or len(found) == 1 else None
                if kind:
                    likely.add(kind.name)
                    certain |= {kind.name} if kind.is_certain else set()
                if (certain and len(likely) >= needed) or (len(likely) > 1 and len(found) > 1):
                    return True
    except StoreError:
        raise
    except UserError:
        pass
    return False


def _kind(member: Member) -> Kind | None:
    with Guarded(member) as stream:
        data = stream.read(HEAD_BYTES) or b""
    table = head(Lines(text_of(io.BytesIO(data))))
    return table.kind if table else None


def records(path: Location) -> Iterator[Record]:
    """Every row of an export: a record or `Skipped`; then notes on what it lacks.

    Raises:
        UserError: the whole path cannot be read.
    """
    export = _Export(path)
    with members(path) as found:
        for member in found:
            yield from _member(export, member, _label(path, member))
        profile = export.owner.found()
        if profile:
            yield tables.owner_profile(export.owner_file or str(path), profile)
        yield from _notes(export, n_members=len(found))


def _label(path: Location, member: Member) -> str:
    if is_folder(path):
        return f"{path}/{member.name}"
    return str(path) if member.name == path.name else f"{path}!{member.name}"


def _member(export: _Export, member: Member, label: str) -> Iterator[Record]:
    if member.is_archive and not is_folder(export.path):
        yield Skipped(label, 0, "an archive inside the export is not opened")
        return
    if not member.is_table and member.name != export.path.name:
        if _is_other_export(export, member):
            yield Skipped(label, 0, "another export beside this one; ingest it by its own name")
        else:
            export.unused.append(member.name)
        return
    with Guarded(member) as stream:
        lines = Lines(text_of(stream))
        table = head(lines)
        file = _survey(label, member, lines, table) if table else None
        fault = stream.fault
    if table and file:
        export.found.add(table.kind.name)
        yield from _rows(export, member, table, file)
    elif not fault:
        _set_aside(export, member)
    if fault:
        yield Skipped(label, 0, fault)


def _is_other_export(export: _Export, member: Member) -> bool:
    """Whether a file beside the tables of a folder is mail, a calendar or an archive."""
    if not is_folder(export.path):
        return False
    with Guarded(member) as stream:
        return _OTHER_EXPORT.match(stream.read(64) or b"") is not None


def _set_aside(export: _Export, member: Member) -> None:
    known = {aliases.fold(kind.name).replace(" ", "") for kind in kinds.KINDS}
    with Guarded(member) as stream:
        text = text_of(stream).read(4_096)
    if not text.strip() or ("," not in text and text.count("\n") < 3):
        export.empty.append(member.name)
    elif aliases.fold(member.stem).replace(" ", "") in known:
        export.strange.append(member.name)
    else:
        export.unused.append(member.name)


def _survey(label: str, member: Member, lines: Lines, table: Table) -> File:
    """A first reading: how the file writes dates, its latest day, who is named beside a link."""
    file = File(label, member.stem)
    times: set[str] = set()
    for row in rows(lines, table):
        if isinstance(row, Cells):
            times.add(row.values.get(table.kind.date, "")[:40])
            if table.kind is kinds.MESSAGES:
                _learn(file.known, row.values)
    file.day_first = dates.is_day_first(times)
    found = (dates.moment(time, day_first=file.day_first) for time in times)
    file.latest = max((time for time in found if time), default=None)
    return file


def _learn(known: Known, cells: Mapping[str, str]) -> None:
    """Names that stand beside one link: the sender, and a single addressee."""
    known.add(cells.get("from", ""), aliases.profile(cells.get("senderprofileurl", "")))
    addressees = links(cells.get("recipientprofileurls", ""))
    if len(addressees) == 1:
        known.add(cells.get("to", ""), addressees[0])


def _rows(export: _Export, member: Member, table: Table, file: File) -> Iterator[Record]:
    count = undated = 0
    with Guarded(member) as stream:
        lines = Lines(text_of(stream))
        head(lines)
        for row in rows(lines, table):
            count += 1
            if isinstance(row, Unread):
                yield Skipped(file.path, row.number, row.reason)
                continue
            row = Cells(row.number, _clean(row.values))  # noqa: PLW2901
            undated += _is_undated(table.kind, file, row)
            _remember(export, table.kind, file, row)
            if table.kind is kinds.MESSAGES:
                yield message(file, row.values, row.number)
            else:
                yield tables.READERS[table.kind](file, row.values, row.number)
    if count == 0:
        export.empty.append(member.name)
    if undated:
        yield Row("notes", (file.path, f"{undated:,} rows hold a date that could not be read"))


def _clean(cells: dict[str, str]) -> dict[str, str]:
    """The cells without control characters and half characters; line ends are LF."""
    return {
        name: value if value.isprintable() else _CONTROL.sub("", _LINE_END.sub("\n", value))
        for name, value in cells.items()
    }


def _is_undated(kind: Kind, file: File, row: Cells) -> bool:
    return bool(row.values.get(kind.date)) and file.time(row.values, kind.date) is None


def _remember(export: _Export, kind: Kind, file: File, row: Cells) -> None:
    """What a row says of the owner's own profile."""
    cells, owner = row.values, export.owner
    if kind is kinds.PROFILE:
        owner.names.add(aliases.fold(f"{cells.get('firstname', '')} {cells.get('lastname', '')}"))
    elif kind is kinds.INVITATIONS:
        is_out = cells.get("direction", "").upper().startswith("OUT")
        own = aliases.profile(cells.get("inviterprofileurl" if is_out else "inviteeprofileurl", ""))
        if own:
            owner.invited[own] += 1
            export.owner_file = file.path
    elif kind is kinds.MESSAGES:
        sender = aliases.profile(cells.get("senderprofileurl", ""))
        people = frozenset({*links(cells.get("recipientprofileurls", "")), sender} - {""})
        if people:
            owner.spoke(cells.get("conversationid", ""), people)
            _learn(owner.known, cells)
            export.owner_file = export.owner_file or file.path


def _notes(export: _Export, *, n_members: int) -> Iterator[Row]:
    path = str(export.path)
    absent = [kind.name for kind in kinds.EXPECTED if kind.name not in export.found]
    if absent and n_members > 1:
        yield Row("notes", (path, f"holds no {', '.join(absent)}"))
    for what, names in (
        ("empty", export.empty),
        ("header not understood", export.strange),
        ("of no use here, not read", export.unused),
    ):
        if names:
            more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
            plain = sorted(re.split(r"[\\/]", name)[-1] for name in names)
            shown = ", ".join(plain[:SHOWN_NAMES])
            yield Row("notes", (path, f"{what}: {shown}{more}"))
