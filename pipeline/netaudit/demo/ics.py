"""Calendar files and the calendar parts of invitations (RFC 5545, RFC 5546)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from netaudit.demo.gatherings import Gathering
from netaudit.demo.people import Person
from netaudit.demo.story import Story

_PARTSTAT = {"none": "needs-action", "organised": "accepted"}


def export(story: Story) -> bytes:
    """The owner's calendar file."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Nora Lindgaard")
    calendar.add("x-wr-timezone", story.owner.zone)
    for gathering in story.gatherings:
        if gathering.in_calendar:
            for event in _kept(gathering, story.owner):
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def part(gathering: Gathering, method: str, owner: Person, stated_at: datetime) -> bytes:
    """The calendar part of one mail: REQUEST, REPLY or CANCEL."""
    calendar = _calendar()
    calendar.add("method", method)
    event = _event(gathering, stated_at)
    updates = gathering.moved_from is not None
    first = updates and stated_at <= gathering.invited_at
    if method == "REQUEST":
        start = gathering.moved_from if first and gathering.moved_from else gathering.starts_at
        _times(event, start, gathering.hours)
        event["sequence"] = 0 if first else int(updates)
        _attendees(event, gathering, owner, {})
    elif method == "REPLY":
        _times(event, gathering.starts_at, gathering.hours)
        event["sequence"] = int(updates)
        event.add("attendee", _address(owner, stated_at, gathering.answer), encode=False)
    else:
        _times(event, gathering.starts_at, gathering.hours)
        event.add("status", "CANCELLED")
        _attendees(event, gathering, owner, {})
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//netaudit//demo//EN")
    calendar.add("version", "2.0")
    return calendar


def _kept(gathering: Gathering, owner: Person) -> list[Event]:
    """The event as the calendar holds it in the end, with exceptions of a series."""
    answers = {**gathering.answers, owner.id: _owner_partstat(gathering)}
    event = _event(gathering, gathering.invited_at)
    _times(event, gathering.starts_at, gathering.hours)
    event.add("status", "CANCELLED" if gathering.cancelled else "CONFIRMED")
    _attendees(event, gathering, owner, answers)
    if not gathering.rule:
        return [event]
    name, _, count = gathering.rule.partition(";COUNT=")
    event.add("rrule", {"freq": name.removeprefix("FREQ="), "count": int(count)})
    event.add("exdate", [when.astimezone(UTC) for when in gathering.exceptions])
    moved = _event(gathering, gathering.invited_at)
    instance = gathering.starts_at + timedelta(weeks=5)
    moved.add("recurrence-id", instance.astimezone(UTC))
    _times(moved, instance + timedelta(hours=3), gathering.hours)
    moved.add("status", "CONFIRMED")
    _attendees(moved, gathering, owner, answers)
    return [event, moved]


def _owner_partstat(gathering: Gathering) -> str:
    if gathering.answered_by == "subject":
        return "needs-action"
    return _PARTSTAT.get(gathering.answer, gathering.answer)


def _event(gathering: Gathering, stated_at: datetime) -> Event:
    event = Event()
    event.add("uid", gathering.uid)
    event.add("dtstamp", stated_at.astimezone(UTC))
    event.add("summary", gathering.summary)
    event.add("sequence", gathering.sequence)
    event.add("organizer", _address(gathering.organiser, stated_at, ""), encode=False)
    return event


def _times(event: Event, start: datetime, hours: float) -> None:
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", (start + timedelta(hours=hours)).astimezone(UTC))


def _attendees(event: Event, gathering: Gathering, owner: Person, answers: dict[str, str]) -> None:
    people = gathering.attendees
    if owner not in people:
        people = (*people, owner)
    for person in people:
        answer = answers.get(person.id, "needs-action")
        event.add("attendee", _address(person, gathering.invited_at, answer), encode=False)


def _address(person: Person, at: datetime, answer: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.mailbox(at).address}")
    if person.calendar_name:
        address.params["cn"] = vText(person.calendar_name)
    if answer:
        address.params["role"] = vText("REQ-PARTICIPANT")
        address.params["partstat"] = vText(answer.upper())
    return address
