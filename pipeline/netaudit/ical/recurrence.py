"""Instances of a recurring event, within bounds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dateutil.rrule import rrulestr

from netaudit.ical.times import as_zone

MAX_YEARS = 50
"""A series that began longer ago counts as one instance: its start is an error."""
MAX_INSTANCES = 10_000
"""Instances of one recurring event that are ever counted."""

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_STAMP = "%Y%m%dT%H%M%SZ"
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?")


def instances(
    starts_at: datetime, recurrence: str | None, zone: str | None, until: datetime
) -> list[datetime]:
    """The starts of an event's instances, in order, each once.

    Args:
        starts_at: start of the first, in UTC.
        recurrence: `model.EVENTS.recurrence`; None for a single event.
        zone: `model.EVENTS.zone`: the hour on the wall stays, whatever summer time does.
        until: none later than this; aware.

    Returns:
        At most `MAX_INSTANCES` times in UTC. A rule that cannot be read, that repeats within a
        day, or that began more than `MAX_YEARS` before `until` gives its first instance alone.
    """
    if starts_at > until:
        return []
    if not recurrence or (until - starts_at) > timedelta(days=366 * MAX_YEARS):
        return [starts_at]
    found = {starts_at}
    left_out: set[datetime] = set()
    for line in recurrence.split("\n"):
        name, _, value = line.partition(":")
        if name == "RRULE":
            found.update(_ruled(starts_at, value, zone, until))
        elif name in ("RDATE", "EXDATE"):
            dates = {datetime.strptime(d, _STAMP).replace(tzinfo=UTC) for d in value.split(",")}
            (found if name == "RDATE" else left_out).update(dates)
    return sorted(at for at in found - left_out if at <= until)[:MAX_INSTANCES]


def _ruled(starts_at: datetime, rule: str, zone: str | None, until: datetime) -> Iterator[datetime]:
    given = (part.partition("=") for part in rule.split(";"))
    parts = {name.strip().upper(): value.strip() for name, equals, value in given if equals}
    count = parts.pop("COUNT", "")
    last = min(until, _end(parts.pop("UNTIL", "")) or until)
    if parts.get("FREQ", "").upper() not in _FREQUENCIES or not _is_step(
        parts.get("INTERVAL", "1")
    ):
        return
    bound = min(int(count), MAX_INSTANCES) if count.isdigit() else MAX_INSTANCES
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        local = starts_at.astimezone(as_zone(zone))
        series = rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%SZ}", dtstart=local)
        for at in itertools.islice(series, bound):
            yield at.astimezone(UTC)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
        return  # a rule of no calendar program: the first instance stands


def _is_step(interval: str) -> bool:
    return interval.isdigit() and 0 < int(interval) < 10_000


def _end(text: str) -> datetime | None:
    """The last time of UNTIL; a mere date is its whole day."""
    match = _UNTIL.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(match[n]) for n in (1, 2, 3))
    hour, minute, second = (int(match[n] or default) for n, default in ((4, 23), (5, 59), (6, 59)))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
