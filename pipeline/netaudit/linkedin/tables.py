"""Rows of every file but messages.csv -> records of model.py. One row makes one record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from netaudit import aliases, model
from netaudit.aliases import address_of, one_line
from netaudit.keys import content_key
from netaudit.linkedin import dates, kinds
from netaudit.linkedin.kinds import Kind
from netaudit.linkedin.recipients import Known
from netaudit.model import Row

SOURCE = "linkedin"
MAX_TEXT = 1_000_000
"""Characters of one text that are kept."""

_BETWEEN_PIECES = re.compile(r'"\r?\n"')
_BETWEEN_ADDRESSES = re.compile(r"[,;|\s]+")

Cells = Mapping[str, str]


@dataclass
class File:
    """What is known of a file before its rows are read.

    Attributes:
        path: as `source_path` names it.
        stem: the file's name, lower case: two files share one header and differ in it alone.
        day_first: a spreadsheet wrote the day before the month.
        latest: the latest time in the file: its export is at least that young.
        known: names and links that stand together in it.
        hidden: how many hidden members each day connected so far.
    """

    path: str
    stem: str
    day_first: bool = False
    latest: datetime | None = None
    known: Known = field(default_factory=Known)
    hidden: Counter[str] = field(default_factory=Counter)

    def time(self, cells: Cells, column: str) -> datetime | None:
        """The time of a column, in UTC."""
        return dates.moment(cells.get(column, ""), day_first=self.day_first)


def _row(table: model.Table, file: File, number: int, values: Mapping[str, object]) -> Row:
    given = {"source": SOURCE, "source_path": file.path, "source_offset": number, **values}
    return Row(table.name, tuple(given.get(name) for name in table.names))


def _name(cells: Cells, prefix: str = "") -> str:
    parts = (cells.get(f"{prefix}firstname", ""), cells.get(f"{prefix}lastname", ""))
    return one_line(" ".join(part for part in parts if part))


def _text(value: str) -> str | None:
    return value[:MAX_TEXT] or None


def connection(file: File, cells: Cells, number: int) -> Row:
    """Connections.csv; a hidden member has a day and nothing else."""
    at = file.time(cells, "connectedon")
    name, profile = _name(cells), aliases.profile(cells.get("url", ""))
    address = address_of(cells.get("emailaddress", ""))
    organisation, position = one_line(cells.get("company", "")), one_line(cells.get("position", ""))
    who = profile or address or aliases.of_name(name)
    if who:
        key = content_key("connection", who, at, address, organisation, position)
    else:
        day = at.isoformat() if at else cells.get("connectedon", "")
        file.hidden[day] += 1
        key = content_key("connection", "", day, file.hidden[day])
    values = {
        "key": key,
        "connected_at": at,
        "name": None if aliases.is_hidden(name) else name,
        "profile": profile or None,
        "address": address or None,
        "organisation": organisation or None,
        "position": position or None,
        "stated_at": file.latest,
    }
    return _row(model.CONNECTIONS, file, number, values)


def _gesture(file: File, number: int, kind: str, direction: str | None, **values: object) -> Row:
    key = content_key(
        kind, direction, values.get("made_at"), values.get("profile") or values.get("name"),
        values.get("text"),
    )  # fmt: skip
    return _row(
        model.GESTURES, file, number, {"key": key, "kind": kind, "direction": direction, **values}
    )


def invitation(file: File, cells: Cells, number: int) -> Row:
    """Invitations.csv: to connect, with or without a note."""
    is_out = cells.get("direction", "").upper().startswith("OUT")
    name = one_line(cells.get("to" if is_out else "from", ""))
    url = cells.get("inviteeprofileurl" if is_out else "inviterprofileurl", "")
    return _gesture(
        file,
        number,
        "invitation",
        "out" if is_out else "in",
        made_at=file.time(cells, "sentat"),
        name=name or None,
        profile=aliases.profile(url) or None,
        text=_text(cells.get("message", "")),
    )


def endorsement(file: File, cells: Cells, number: int) -> Row:
    """Endorsement_Received_Info.csv and Endorsement_Given_Info.csv."""
    is_out = "endorseefirstname" in cells
    side = "endorsee" if is_out else "endorser"
    return _gesture(
        file,
        number,
        "endorsement",
        "out" if is_out else "in",
        made_at=file.time(cells, "endorsementdate"),
        name=_name(cells, side) or None,
        profile=aliases.profile(cells.get(f"{side}publicurl", "")) or None,
        text=_text(cells.get("skillname", "")),
        status=one_line(cells.get("endorsementstatus", "")).lower() or None,
    )


def recommendation(file: File, cells: Cells, number: int) -> Row:
    """Recommendations_Given.csv and _Received.csv: only the file's name says which."""
    ways = (("given", "out"), ("received", "in"))
    return _gesture(
        file,
        number,
        "recommendation",
        next((way for word, way in ways if word in file.stem), None),
        made_at=file.time(cells, "creationdate"),
        name=_name(cells) or None,
        organisation=one_line(cells.get("company", "")) or None,
        text=_text(cells.get("text", "")),
        status=one_line(cells.get("status", "")).lower() or None,
    )


def _post(kind: str, link: str, words: str = "", mark: str = "") -> Callable[..., Row]:
    """A reader of posts: the columns of the link, of the owner's words, of what tells two apart."""

    def read(file: File, cells: Cells, number: int) -> Row:
        at = file.time(cells, "date")
        text = _words(cells.get(words, ""))
        target = "".join(cells.get(link, "")[:2_000].split())
        values = {
            "key": content_key(kind, at, target, text, cells.get(mark, "")),
            "kind": kind,
            "posted_at": at,
            "text": text,
            "link": target or None,
        }
        return _row(model.POSTS, file, number, values)

    return read


def _words(value: str) -> str | None:
    """The owner's words: shares hold each line as a quoted piece of its own."""
    text = value.strip()
    if _BETWEEN_PIECES.search(text):
        text = _BETWEEN_PIECES.sub("\n", text.removeprefix('"').removesuffix('"'))
        text = text.replace('""', '"')
    return _text(text)


def event(file: File, cells: Cells, number: int) -> Row:
    """Events.csv: public events the owner was asked to or signed up for."""
    starts, ends = dates.span(cells.get("eventtime", ""), day_first=file.day_first)
    name, status = one_line(cells.get("eventname", "")), one_line(cells.get("status", "")).lower()
    uid = "linkedin:" + content_key("linkedin event", name, starts, cells.get("externalurl", ""))
    values = {
        "key": content_key("linkedin event", uid, status),
        "uid": uid,
        "sequence": 0,
        "method": "publish",
        "stated_at": starts,
        "starts_at": starts,
        "ends_at": ends,
        "summary": name,
        "status": status or None,
    }
    return _row(model.EVENTS, file, number, values)


def _owned(file: File, number: int, kind: str, value: str) -> Row:
    values = {"key": content_key("owned", kind, value), "kind": kind, "value": value}
    return _row(model.OWNED, file, number, values)


def owner_name(file: File, cells: Cells, number: int) -> Row:
    """Profile.csv: whose export it is."""
    return _owned(file, number, "name", _name(cells))


def owner_address(file: File, cells: Cells, number: int) -> Row:
    """Email Addresses.csv."""
    return _owned(file, number, "address", address_of(cells.get("emailaddress", "")))


def owner_employer(file: File, cells: Cells, number: int) -> Row:
    """Positions.csv."""
    return _owned(file, number, "employer", one_line(cells.get("companyname", "")))


def owner_profile(path: str, profile: str) -> Row:
    """What the rows of an export say together: the owner's own profile."""
    return _owned(File(path, ""), 0, "profile", profile)


def contact(file: File, cells: Cells, number: int) -> Row:
    """Contacts.csv and ImportedContacts.csv: an address book the owner once uploaded."""
    name = _name(cells)
    parts = _BETWEEN_ADDRESSES.split(cells.get("emails", ""))[:50]
    addresses = model.joined(address_of(part) for part in parts)
    organisation, position = one_line(cells.get("companies", "")), one_line(cells.get("title", ""))
    values = {
        "key": content_key("contact", name, addresses, organisation, position),
        "name": name or None,
        "addresses": addresses,
        "profile": aliases.profile(cells.get("profileurl", cells.get("url", ""))) or None,
        "organisation": organisation or None,
        "position": position or None,
    }
    return _row(model.CONTACTS, file, number, values)


READERS: dict[Kind, Callable[[File, Cells, int], Row]] = {
    kinds.CONNECTIONS: connection,
    kinds.INVITATIONS: invitation,
    kinds.ENDORSED: endorsement,
    kinds.ENDORSED_BY: endorsement,
    kinds.RECOMMENDATIONS: recommendation,
    kinds.SHARES: _post("share", "sharelink", "sharecommentary", "sharedurl"),
    kinds.COMMENTS: _post("comment", "link", "message"),
    kinds.REACTIONS: _post("reaction", "link", mark="type"),
    kinds.VOTES: _post("vote", "link", mark="optiontext"),
    kinds.REPOSTS: _post("repost", "link"),
    kinds.EVENTS: event,
    kinds.PROFILE: owner_name,
    kinds.ADDRESSES: owner_address,
    kinds.POSITIONS: owner_employer,
    kinds.CONTACTS: contact,
}
