"""Dates of headers and separator lines, as UTC, with the sender's zone where it is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

Moment = tuple[datetime | None, int | None]
"""The instant in UTC, and the sender's offset in minutes; None for what is not known."""

UNKNOWN: Moment = (None, None)
YEARS = range(1970, 2101)
"""Other years are typing errors or attacks; mail begins in 1971."""
_LARGEST_OFFSET = 14 * 60
_MONTHS = {
    name.encode(): number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_DAY = rb"\s*(?:[A-Z][a-z]{2},\s*)?(\d{1,2})\s([A-Z][a-z]{2})\s(\d{4})\s"
_USUAL = re.compile(_DAY + rb"(\d\d):(\d\d):(\d\d)\s([+-])(\d\d)(\d\d)\b")
_USUAL_DAY = re.compile(_DAY)
_MINUTES = {
    b"%02d:%02d" % (hour, minute): (hour * 60 + minute) * 60
    for hour in range(24)
    for minute in range(60)
}
"""`17:31` -> seconds since midnight."""
_SECONDS = {b":%02d" % second: min(second, 59) for second in range(100)}
_MOST_KNOWN = 20_000
_USUAL_CHARS = 100
_ZERO_ZONE = re.compile(r"(?:\+0000|\b(?:GMT|UTC?|Z|WET))\b", re.IGNORECASE)
_ISO = re.compile(r"\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_MOST = 200


def parse(raw: bytes) -> Moment:
    """The moment of a Date header; UNKNOWN where it tells none within `YEARS`.

    A time without a zone, or with an impossible one, is taken as UTC with an unknown offset.
    """
    at = raw.find(b":")
    try:
        midnight, zone = _days[raw[: at - 2]], _zones[raw[at + 6 :]]
        seconds = _MINUTES[raw[at - 2 : at + 3]] + _SECONDS[raw[at + 3 : at + 6]]
    except KeyError:
        return _any(raw)
    return midnight + timedelta(0, seconds - (zone or 0) * 60), zone


class _Days(dict[bytes, datetime]):
    """Midnight in UTC, by what a date has before its time."""

    def __missing__(self, day: bytes) -> datetime:
        match = _USUAL_DAY.fullmatch(day) if len(day) <= _USUAL_CHARS else None
        month = _MONTHS.get(match[2]) if match else None
        if match is None or month is None:
            raise KeyError(day)
        moment, _ = _moment((int(match[3]), month, int(match[1])), (0, 0, 0), 0)
        if moment is None:
            raise KeyError(day)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[day] = moment
        return moment


class _Zones(dict[bytes, int | None]):
    """The offset in minutes, by what a date has after its time."""

    def __missing__(self, rest: bytes) -> int | None:
        date = b"1 Jan 2000 00:00:00" + rest
        if len(rest) > _USUAL_CHARS or not _USUAL.match(date):
            raise KeyError(rest)
        _, zone = _any(date)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[rest] = zone
        return zone


_days, _zones = _Days(), _Zones()


def _any(raw: bytes) -> Moment:
    """The moment of a Date header."""
    match = _USUAL.match(raw)
    if match is None:
        return _unusual(raw)
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    number = _MONTHS.get(month)
    if number is None:
        return _unusual(raw)
    offset: int | None = int(hours) * 60 + int(minutes)
    if sign == b"-":
        offset = -offset if offset else None  # -0000: zone not told
    time = (int(hour), int(minute), int(second))
    return _moment((int(year), number, int(day)), time, offset)


def _moment(day: tuple[int, int, int], time: tuple[int, int, int], offset: int | None) -> Moment:
    """The moment of a (year, month, day) and an (hour, minute, second) in a zone."""
    if day[0] not in YEARS:
        return UNKNOWN
    if offset is not None and abs(offset) > _LARGEST_OFFSET:
        offset = None
    try:
        moment = datetime(*day, time[0], time[1], min(time[2], 59), tzinfo=UTC)
    except (ValueError, OverflowError):
        return UNKNOWN
    if offset:
        moment -= timedelta(minutes=offset)
    return moment, offset


def _unusual(raw: bytes) -> Moment:
    text = raw[:_MOST].decode("latin-1").strip()
    if _ISO.match(text):
        return _iso(text)
    try:
        parsed = parsedate_tz(text)
    except (ValueError, IndexError, OverflowError, TypeError):
        return UNKNOWN
    if parsed is None:
        return UNKNOWN
    year, month, day, hour, minute, second = parsed[:6]
    if 100 <= year < 1000:  # RFC 5322, 4.3: three digits count from 1900
        year += 1900
    zone = parsed[9]
    # The library gives 0 where no zone is told.
    offset = zone // 60 if zone or (zone == 0 and _ZERO_ZONE.search(text)) else None
    return _moment((year, month, day), (hour, minute, second), offset)


def _iso(text: str) -> Moment:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return UNKNOWN
    offset = moment.utcoffset()
    minutes = None if offset is None else int(offset.total_seconds() // 60)
    day = (moment.year, moment.month, moment.day)
    return _moment(day, (moment.hour, moment.minute, moment.second), minutes)


def of_separator(line: bytes) -> Moment:
    """The moment in an mbox separator's date, which is UTC unless it says otherwise."""
    from netaudit.mail.split import FROM_LINE  # noqa: PLC0415

    match = FROM_LINE.match(line)
    if match is None or not match["date"]:
        return UNKNOWN
    if (match["sender"] or b"").strip() == b"-":  # Thunderbird: when it was copied
        return UNKNOWN
    moment, _ = _unusual(match["date"])
    return moment, None


def of_received(raw: bytes) -> Moment:
    """The moment at which a server took the message, from its Received header."""
    moment, _ = parse(raw.rpartition(b";")[2])
    return moment, None
