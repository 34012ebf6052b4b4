"""Which exports of an archive are whose: found from each export, or named in a file.

An owner's report is made of their own exports alone: of what stood in their boxes, as it stood
there. What only others' boxes hold of them stays with the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit.errors import UsageError
from netaudit.names.folding import fold
from netaudit.organisation import listed

if TYPE_CHECKING:
    from netaudit.owner import Owner

COLUMNS = ("name", "addresses", "sources")
"""Of the file of owners; `sources` may be left out."""
SLUG_LENGTH = 40
_SEPARATORS = re.compile(r"[;\s]+")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Mailbox:
    """One person's exports.

    Attributes:
        name: of the owner.
        addresses: the owner's, lower case, sorted; empty where only a profile is known.
        profiles: the owner's on LinkedIn, sorted.
        sources: ids of the exports, sorted.
        doubts: lines for the user.
    """

    name: str
    addresses: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A folder's name: the owner's, and eight digits that tell namesakes apart."""
        first = next(iter((*self.addresses, *self.profiles)), self.name)
        slug = _NOT_PLAIN.sub("-", fold(self.name)).strip("-")[:SLUG_LENGTH].strip("-")
        digest = hashlib.sha256(first.encode()).hexdigest()[:8]
        return f"{slug}-{digest}" if slug else digest


@dataclass(frozen=True)
class Mailboxes:
    """Everybody whose exports are in the archive.

    Attributes:
        all: one for each owner, by id.
        doubts: a line for each export that is nobody's and each owner without one.
    """

    all: tuple[Mailbox, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """An export and whom it is taken to belong to.

    Attributes:
        id: of the archive's.
        path: where it stood.
        owner: as `owner.find` tells from it alone.
    """

    id: str
    path: str
    owner: Owner


@dataclass(frozen=True)
class Listed:
    """One line of the file of owners."""

    name: str
    addresses: tuple[str, ...]
    sources: tuple[str, ...] = ()


def infer(sources: Sequence[Source]) -> Mailboxes:
    """One mailbox for each owner that the exports tell; exports that share an alias are one's."""
    groups: list[tuple[set[str], list[Source]]] = []
    for source in sources:
        aliases = set(source.owner.aliases)
        if not aliases:
            continue
        same = [group for group in groups if group[0] & aliases]
        groups = [group for group in groups if not group[0] & aliases]
        known = aliases.union(*(group[0] for group in same))
        groups.append((known, [s for group in same for s in group[1]] + [source]))
    boxes = [_joined(members) for _, members in groups]
    lost = [_nobodys(source) for source in sources if not source.owner.aliases]
    return Mailboxes(_sorted(boxes), tuple(lost))


def assign(people: Sequence[Listed], sources: Sequence[Source]) -> Mailboxes:
    """The mailboxes of listed people: sources that the list gives them, else that are theirs.

    Args:
        people: with their addresses, and sources (id, path or file name) where told.
        sources: all of the archive's.

    Raises:
        UsageError: a source that the list names is not in the archive, or is given to two.
    """
    given = _given(people, sources)
    of_address = {address: row for row in people for address in row.addresses}
    theirs: dict[Listed, list[Source]] = {row: [] for row in people}
    lost = []
    for source in sources:
        found = {of_address[a] for a in source.owner.addresses if a in of_address}
        row = given.get(source.id) or (found.pop() if len(found) == 1 else None)
        if row is None:
            lost.append(_unlisted(source))
        else:
            theirs[row].append(source)
    without = [
        f"{row.name}: no export of the archive is theirs" for row in people if not theirs[row]
    ]
    boxes = [
        Mailbox(row.name, tuple(sorted(row.addresses)), (), tuple(sorted(s.id for s in found)))
        for row, found in theirs.items()
        if found
    ]
    return Mailboxes(_sorted(boxes), (*lost, *without))


def read(text: str, name: str) -> list[Listed]:
    """The people of a file of owners: CSV with the columns name, addresses and perhaps sources.

    Several addresses or sources in a cell are separated by `;`; rows of one name are one person.

    Args:
        text: the file's content.
        name: the file's, for errors.

    Raises:
        UsageError: a column is missing, a row has no address, or an address is given to two.
    """
    rows: dict[str, Listed] = {}
    for where, row in listed.rows(text, name, ("name", "addresses")):
        one = _row(row, where)
        before = rows.get(one.name, Listed(one.name, ()))
        addresses = _distinct(before.addresses, one.addresses)
        rows[one.name] = Listed(one.name, addresses, _distinct(before.sources, one.sources))
    _check(rows.values(), name)
    return list(rows.values())


def _row(row: Mapping[str, str], where: str) -> Listed:
    addresses = [a.lower() for a in _SEPARATORS.split(row["addresses"]) if a]
    wrong = next((a for a in addresses if "@" not in a.strip("@")), None)
    if not addresses or wrong is not None:
        raise UsageError(f"{where}: {wrong or 'nothing'!r} is no mail address")
    sources = tuple(s for part in row.get("sources", "").split(";") if (s := part.strip()))
    return Listed(row["name"] or addresses[0], tuple(addresses), sources)


def _check(rows: Iterable[Listed], name: str) -> None:
    seen: dict[str, str] = {}
    for row in rows:
        for address in row.addresses:
            if seen.setdefault(address, row.name) != row.name:
                raise UsageError(f"{name}: {address} is given to {seen[address]} and {row.name}")
    if not seen:
        raise UsageError(f"{name}: names nobody")


def _distinct(*parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))


def _given(people: Sequence[Listed], sources: Sequence[Source]) -> dict[str, Listed]:
    """Source id -> who has it by the list's word."""
    given: dict[str, Listed] = {}
    for row in people:
        for name in row.sources:
            found = [s for s in sources if name in (s.id, s.path, s.path.rpartition("/")[2])]
            if not found:
                raise UsageError(f"{name}: no source of the archive (see `netaudit status`)")
            for source in found:
                if given.setdefault(source.id, row) != row:
                    raise UsageError(f"{name}: is given to {given[source.id].name} and {row.name}")
    return given


def _joined(members: Sequence[Source]) -> Mailbox:
    """One person's box out of all exports of theirs, under the fullest name that one gives."""
    names = sorted((s.owner.name for s in members), key=lambda n: (-len(n.split()), -len(n), n))
    return Mailbox(
        names[0],
        tuple(sorted({a for s in members for a in s.owner.addresses})),
        tuple(sorted({p for s in members for p in s.owner.profiles})),
        tuple(sorted(s.id for s in members)),
        _distinct(*(s.owner.doubts for s in members)),
    )


def _nobodys(source: Source) -> str:
    if source.owner.doubts:
        return f"{source.path}: whose it is was not found ({source.owner.doubts[0]})"
    return f"{source.path}: whose it is was not found; name its owner with --owners"


def _unlisted(source: Source) -> str:
    own = ", ".join(sorted(source.owner.addresses)[:2]) or "nobody known"
    return f"{source.path}: its owner ({own}) is not listed; it gets no report"


def _sorted(boxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    return tuple(sorted(boxes, key=lambda box: box.id))
