"""The list of people to act on as calendar reminders, RFC 5545: `actions.ics`.

Events, as no task (VTODO) is taken in by Google Calendar or Outlook: a quarter of an hour each, on
one working day after the other, shown as free time, with an alarm. They are meant for calendars
that may stand on other people's machines: they hold the name and the step, and nothing that was
read from mail.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from netaudit import __version__, steps
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from icalendar import Event

NAME_WIDTH = 80
AT = dt.time(9)
"""Local time wherever the calendar is looked at (a floating time)."""
LENGTH = dt.timedelta(minutes=15)
BEFORE = dt.timedelta(minutes=5)
"""How long before it the alarm goes off."""
OPEN = ("", "skip", "snooze")
"""Answers after which a person still wants a reminder; the one put off on its day."""


def write(
    chosen: pd.DataFrame, path: Path, *, as_of: dt.date, first: dt.date | None = None
) -> None:
    """Write the reminders.

    Args:
        chosen: model.ACTIONS; people whom the owner has dealt with get none.
        path: where to.
        as_of: the report's day; with the person it makes the UID, so that the reminders of a
            quarter that are imported twice are the same ones.
        first: day of the first reminder; the day after as-of by default. Saturdays and Sundays are
            left out.
    """
    path.write_bytes(calendar(chosen, as_of=as_of, first=first))


def calendar(chosen: pd.DataFrame, *, as_of: dt.date, first: dt.date | None = None) -> bytes:
    """The reminders as one iCalendar stream; see `write`."""
    from icalendar import Calendar  # noqa: PLC0415

    made = Calendar()
    made.add("prodid", f"-//netaudit//netaudit {__version__}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    day = first or as_of + dt.timedelta(days=1)
    for row in records(chosen[chosen["answer"].fillna("").isin(OPEN)]):
        if row["answer"] == "snooze":
            made.add_component(_event(row, as_of, dt.date.fromisoformat(str(row["until"]))))
            continue
        day = _working_day(day)
        made.add_component(_event(row, as_of, day))
        day += dt.timedelta(days=1)
    return bytes(made.to_ical())


def _working_day(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _event(row: dict[str, object], as_of: dt.date, day: dt.date) -> Event:
    from icalendar import Alarm, Event  # noqa: PLC0415

    title = f"{steps.WORDS[str(row['step'])]} {_name(row)}"
    event = Event()
    event.add("uid", _uid(str(row["person_id"]), as_of))
    # When it was stated: the report's day, so that the same report gives the same file.
    event.add("dtstamp", dt.datetime.combine(as_of, dt.time(23, 59, 59), dt.UTC))
    event.add("dtstart", dt.datetime.combine(day, AT))
    event.add("dtend", dt.datetime.combine(day, AT) + LENGTH)
    event.add("summary", title)
    event.add("description", f"{shorten(row['suggestion'], 300)} (netaudit, {as_of.isoformat()})")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -BEFORE)
    event.add_component(alarm)
    return event


def _name(row: dict[str, object]) -> str:
    name = shorten(row["name"], NAME_WIDTH)
    return name or shorten(row["addresses"], NAME_WIDTH).split(";")[0] or "(no name)"


def _uid(person_id: str, as_of: dt.date) -> str:
    quarter = f"{as_of.year}Q{(as_of.month + 2) // 3}"
    digest = hashlib.sha256(f"{person_id} {quarter}".encode()).hexdigest()[:24]
    return f"{quarter}-{digest}@netaudit"
