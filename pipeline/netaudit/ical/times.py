"""Dates, times and zones of iCalendar, by every name that programs give to zones.

A zone's name is tried as an IANA name, as a Windows one, by its last parts
(`/freeassociation.sourceforge.net/Europe/Berlin`), as an offset (`(UTC+01:00) ...`), and then by
the calendar's own VTIMEZONE. Floating times and zones that nobody knows are taken as UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.prop import vDDDTypes
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from netaudit.ical.lines import Component

_OFFSET = re.compile(r"\(?(?:UTC|GMT)\s*([+-])(\d{1,2}):?(\d{2})?\b", re.IGNORECASE)
_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_MAX_ZONE_LINES = 60
_YEARLY_ONLY = re.compile(r"^RRULE.*FREQ=(?!YEARLY)", re.IGNORECASE)


class Moment(NamedTuple):
    """A time as UTC, the zone it was written in (None: UTC), and whether it was a mere date."""

    at: datetime
    zone: str | None
    is_date: bool


class Zones:
    """The zones of one stream; nothing of it outlives the stream."""

    def __init__(self, definitions: list[Component]) -> None:
        self._definitions = {c.first("TZID").strip('"'): c for c in definitions[:200]}
        self._known: dict[str, tuple[tzinfo, str | None]] = {}

    def zone(self, tzid: str) -> tuple[tzinfo, str | None]:
        """The zone of a TZID parameter and the name to keep it by (None for UTC)."""
        name = tzid.strip().strip('"')
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> tuple[tzinfo, str | None]:
        for candidate in _candidates(name):
            found = iana(candidate)
            if found:
                return found, None if found.key in ("UTC", "Etc/UTC") else found.key
        definition = self._definitions.get(name)
        if definition:
            located = iana(definition.first("X-LIC-LOCATION"))
            if located:
                return located, located.key
        offset = _OFFSET.search(name)
        if offset:
            return _fixed(offset)
        own = _defined(definition) if definition else None
        return (own, None) if own else (UTC, None)

    def moment(self, value: str, params: dict[str, str]) -> Moment | None:
        """The time a DTSTART, DTEND, RECURRENCE-ID or the like gives; None where it is broken."""
        try:
            read = vDDDTypes.from_ical(value.strip())  # type: ignore[no-untyped-call]
        except (ValueError, KeyError, OverflowError):
            return None
        if isinstance(read, datetime):
            return self._instant(read, params)
        if isinstance(read, date):
            return Moment(datetime(read.year, read.month, read.day, tzinfo=UTC), None, True)
        return None

    def _instant(self, read: datetime, params: dict[str, str]) -> Moment | None:
        zone, name = (read.tzinfo, None) if read.tzinfo else self.zone(params.get("TZID", ""))
        try:
            local = read.replace(tzinfo=zone)
            at = local.astimezone(UTC)
            if name is None and zone is not UTC:
                name = _offset_name(local.utcoffset())
        except (ValueError, OverflowError):
            return None
        return Moment(at, name, False)


def iana(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):  # unknown, a folder, characters of no file name
        return None


def as_zone(name: str | None) -> tzinfo:
    """The zone kept in `model.EVENTS.zone`: an IANA name, `+HH:MM`, or None for UTC."""
    if not name:
        return UTC
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:6])))
    return iana(name) or UTC


def _candidates(name: str) -> list[str]:
    parts = name.strip("/").split("/")
    tails = ["/".join(parts[-n:]) for n in (3, 2) if len(parts) > n]
    return [name, _WINDOWS.get(name.casefold(), ""), *tails]


def _fixed(match: re.Match[str]) -> tuple[tzinfo, str | None]:
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    delta = timedelta(minutes=-minutes if match[1] == "-" else minutes)
    if abs(delta) >= timedelta(hours=24):
        return UTC, None
    return timezone(delta), _offset_name(delta)


def _offset_name(offset: timedelta | None) -> str | None:
    minutes = round((offset or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else None


def _defined(definition: Component) -> tzinfo | None:
    """The zone that a VTIMEZONE defines; None where it is broken or would take long to expand."""
    lines = definition.lines
    if len(lines) > _MAX_ZONE_LINES or any(_YEARLY_ONLY.match(line) for line in lines):
        return None
    text = "\r\n".join(["BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE", ""])
    try:
        component = cast("Timezone", Timezone.from_ical(text))
        zone: tzinfo = component.to_tz(lookup_tzid=False)
        datetime(2020, 6, 1, tzinfo=zone).utcoffset()
    except Exception:  # hostile definitions raise whatever they reach
        return None
    return zone
