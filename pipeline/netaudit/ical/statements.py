"""One VEVENT -> a row of model.EVENTS and its rows of model.ATTENDEES.

Each is a statement about an event: an invitation, an answer, a calendar's own entry. Statements
are merged into events later (`netaudit.events`), when the owner is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from icalendar.prop import vDuration

from netaudit import aliases
from netaudit.aliases import address_of, one_line
from netaudit.ical.lines import Component, Property
from netaudit.ical.times import Moment, Zones
from netaudit.keys import content_key

MAX_ATTENDEES = 500
"""Attendees kept of one event; a meeting of more is no meeting of people who know each other."""
MAX_DATES = 2_000
"""Single dates (RDATE, EXDATE) kept of one event."""
MAX_RULE = 500
"""Characters of a recurrence rule; longer ones are no rule that a calendar program writes."""

WANTED = frozenset(
    {
        "UID", "RECURRENCE-ID", "SEQUENCE", "DTSTAMP", "CREATED", "DTSTART", "DTEND", "DURATION",
        "RRULE", "EXDATE", "RDATE", "SUMMARY", "STATUS", "ORGANIZER", "ATTENDEE",
    }
)  # fmt: skip
METHODS = frozenset(
    {"publish", "request", "reply", "add", "cancel", "refresh", "counter", "declinecounter"}
)

_ESCAPED = re.compile(r"\\([\\;,nN])")
_STATES = frozenset({"accepted", "declined", "tentative", "needs-action", "delegated"})
_ROLES = {
    "CHAIR": "chair",
    "REQ-PARTICIPANT": "required",
    "OPT-PARTICIPANT": "optional",
    "NON-PARTICIPANT": "non-participant",
}
_KINDS = {"RESOURCE": "resource", "ROOM": "resource", "GROUP": "group"}


@dataclass(frozen=True)
class Person:
    """An organiser or attendee."""

    address: str
    name: str
    partstat: str | None = None
    role: str | None = None


@dataclass
class Statement:
    """What one VEVENT says; see model.EVENTS."""

    uid: str = ""
    recurrence_id: str | None = None
    sequence: int = 0
    method: str = "publish"
    stated_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str | None = None
    recurrence: str | None = None
    summary: str = ""
    status: str | None = None
    organiser: Person = Person("", "")
    attendees: tuple[Person, ...] = field(default=())

    def key(self) -> str:
        """Identity by content: the same statement in two files or mails is one."""
        people = tuple(sorted((p.address, p.name, p.partstat or "") for p in self.attendees))
        return content_key(
            "event", self.uid, self.recurrence_id, self.sequence, self.method, self.stated_at,
            self.starts_at, self.ends_at, self.recurrence, self.status, self.summary,
            self.organiser.address, people,
        )  # fmt: skip


def plain(value: str) -> str:
    """A text value unescaped, on one line, at most 500 characters."""
    return one_line(_ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value))


def statement(component: Component, zones: Zones, received_at: datetime | None) -> Statement | None:
    """What a VEVENT says, or None where it gives neither a UID nor a start.

    Args:
        component: the VEVENT.
        zones: the zones of its stream.
        received_at: date of the mail that carried it, None for a file.
    """
    properties: dict[str, list[Property]] = {}
    for item in component.properties(WANTED):
        properties.setdefault(item.name, []).append(item)
    start = _moment(properties, "DTSTART", zones)
    uid = plain(_first(properties, "UID"))
    if not uid and start is None:
        return None
    method = _method(component)
    made = Statement(method=method or "publish")
    made.uid = uid or "none:" + content_key("uid", _first(properties, "SUMMARY"), start)
    made.summary = plain(_first(properties, "SUMMARY"))
    made.status = one_line(_first(properties, "STATUS")).lower() or None
    made.sequence = _count(_first(properties, "SEQUENCE"))
    instance = _moment(properties, "RECURRENCE-ID", zones)
    made.recurrence_id = instance.at.isoformat() if instance else None
    if start:
        made.starts_at, made.zone = start.at, start.zone
        made.ends_at = _end(properties, start, zones)
        made.recurrence = _recurrence(properties, zones)
    made.stated_at = _stated_at(properties, zones, start, received_at, file=not method)
    if "ORGANIZER" in properties:
        made.organiser = _person(properties["ORGANIZER"][0])
    made.attendees = _attendees(properties.get("ATTENDEE", []))
    return made


def _method(component: Component) -> str:
    """METHOD of the stream; empty for a calendar file, which has none."""
    given = component.calendar.method if component.calendar else ""
    return given if given in METHODS else ""


def _first(properties: dict[str, list[Property]], name: str) -> str:
    return properties[name][0].value if name in properties else ""


def _moment(properties: dict[str, list[Property]], name: str, zones: Zones) -> Moment | None:
    for item in properties.get(name, []):
        return zones.moment(item.value, item.params)
    return None


def _count(value: str) -> int:
    digits = value.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _end(properties: dict[str, list[Property]], start: Moment, zones: Zones) -> datetime | None:
    end = _moment(properties, "DTEND", zones)
    if end:
        return max(end.at, start.at)
    try:
        given = _first(properties, "DURATION").strip()
        length: timedelta = vDuration.from_ical(given)  # type: ignore[no-untyped-call]
        return max(start.at + length, start.at)
    except (ValueError, OverflowError):
        pass
    try:
        return start.at + timedelta(days=1) if start.is_date else start.at
    except OverflowError:
        return start.at


def _recurrence(properties: dict[str, list[Property]], zones: Zones) -> str | None:
    """RRULE lines as given, then single dates as UTC, in the form dateutil reads."""
    lines = [
        f"RRULE:{item.value}"
        for item in properties.get("RRULE", [])[:2]
        if len(item.value) <= MAX_RULE
        and item.value.isprintable()
        and "FREQ=" in item.value.upper()
    ]
    for name in ("EXDATE", "RDATE"):
        found = [
            moment.at.strftime("%Y%m%dT%H%M%SZ")
            for item in properties.get(name, [])
            for value in item.value.split(",")[:MAX_DATES]
            if (moment := zones.moment(value, item.params))
        ]
        if found:
            lines.append(f"{name}:{','.join(found[:MAX_DATES])}")
    return "\n".join(lines) or None


def _stated_at(
    properties: dict[str, list[Property]],
    zones: Zones,
    start: Moment | None,
    received_at: datetime | None,
    *,
    file: bool,
) -> datetime | None:
    """When it was said: DTSTAMP of a message, at the latest the mail's own date.

    In a calendar file DTSTAMP is the moment of the export, which says nothing of the event: there
    it is when the event was made, else its start.
    """
    stamp = _moment(properties, "DTSTAMP", zones)
    created = _moment(properties, "CREATED", zones)
    if file:
        known = [m.at for m in (stamp, start) if m] if created is None else [created.at]
    else:
        known = [stamp.at] if stamp else []
    if received_at:
        known.append(received_at.astimezone(UTC))
    return min(known, default=None)


def _attendees(items: list[Property]) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for item in items[:MAX_ATTENDEES]:
        person = _person(item)
        if person.address and person.address not in people:
            people[person.address] = person
    return tuple(people.values())


def _person(item: Property) -> Person:
    name = plain(item.params.get("CN", ""))
    address = address_of(item.value) or address_of(item.params.get("EMAIL", "")) or address_of(name)
    if address == name.lower():
        name = ""
    state = item.params.get("PARTSTAT", "").strip().lower()
    kind = _KINDS.get(item.params.get("CUTYPE", "").upper())
    return Person(
        address=address or aliases.of_name(name),
        name=name,
        partstat=state if state in _STATES else None,
        role=kind or _ROLES.get(item.params.get("ROLE", "").upper()),
    )
