"""The way in: the rows of a calendar file, and of a mail that invites or answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from netaudit import model
from netaudit.ical.answers import answer, title_key
from netaudit.ical.lines import components
from netaudit.ical.recurrence import MAX_INSTANCES
from netaudit.ical.statements import Person, Statement, plain, statement
from netaudit.ical.times import Zones
from netaudit.keys import content_key
from netaudit.model import Message, Row, Skipped

MAX_FILE_BYTES = 64 << 20
"""A calendar file is read up to here."""
MAX_PART_BYTES = 4 << 20
"""A mail's calendar part is read up to here."""
MAX_PARTS = 50
"""Calendar parts read of one mail."""

_COUNT = re.compile(r"COUNT=(\d{1,12})", re.IGNORECASE)


def rows(
    data: bytes, path: str, offset: int = 0, *, source: str = "calendar"
) -> Iterator[Row | Skipped]:
    """The events of a calendar file.

    Args:
        data: the file, at least its first `MAX_FILE_BYTES` and one byte.
        path: the file, as `source_path` names it.
        offset: where the data begin in it, in bytes.
        source: kind of source.

    Yields:
        One row of model.EVENTS for each VEVENT, followed by its attendees; `Skipped` for one
        that cannot be read; rows of model.NOTES.
    """
    if len(data) > MAX_FILE_BYTES:
        yield Skipped(path, offset + MAX_FILE_BYTES, "calendar beyond the size limit, not read")
        data = data[:MAX_FILE_BYTES]
    for place, found in _statements(data, None):
        if isinstance(found, str):
            yield Skipped(path, offset + place, found)
            continue
        yield from _rows(found, source, path, offset + place, None)
        if _is_endless(found):
            note = f"an event repeats beyond {MAX_INSTANCES:,} times; no more are counted"
            yield Row("notes", (path, note))


def events_of_message(message: Message) -> Iterator[Row]:
    """What a mail says about events: its iTIP parts, else an answer in its subject.

    The rows carry `message_key`; they belong to the mail and are no records of their own.
    """
    found = False
    for part in message.calendars[:MAX_PARTS]:
        for _, made in _statements(part[:MAX_PART_BYTES], message.sent_at):
            if isinstance(made, Statement):
                found = True
                yield from _rows(
                    made, message.source, message.source_path, message.source_offset, message.key
                )
    given = None if found else _spoken(message)
    if given:
        yield from _rows(
            given, message.source, message.source_path, message.source_offset, message.key
        )


def _spoken(message: Message) -> Statement | None:
    """The statement of an `Accepted: ...` subject: the sender's answer about a title."""
    given = answer(message.subject)
    if given is None or not message.from_address:
        return None
    title = plain(given.title)
    return Statement(
        uid="subject:" + content_key("title", title_key(title)),
        method="subject",
        stated_at=message.sent_at,
        summary=title,
        attendees=(Person(message.from_address, message.from_name, given.partstat),),
    )


def _statements(data: bytes, received_at: datetime | None) -> Iterator[tuple[int, Statement | str]]:
    """Offset and statement of each VEVENT, or the reason why it cannot be read."""
    found = components(data)
    zones = Zones([c for c in found if c.name == "VTIMEZONE"])
    for component in found:
        if component.name != "VEVENT":
            continue
        if not component.closed:
            yield component.offset, "event without END"
            continue
        made = statement(component, zones, received_at)
        yield component.offset, made or "event without UID and start"


def _is_endless(made: Statement) -> bool:
    counts = _COUNT.findall(made.recurrence or "")
    return any(int(count) > MAX_INSTANCES for count in counts)


def _rows(
    made: Statement, source: str, path: str, offset: int, message_key: str | None
) -> Iterator[Row]:
    # Two mails may carry one subject; a statement of a subject is the mail's own.
    key = content_key("answer", message_key) if made.method == "subject" else made.key()
    values = {
        "key": key,
        "uid": made.uid,
        "recurrence_id": made.recurrence_id,
        "sequence": made.sequence,
        "method": made.method,
        "stated_at": made.stated_at,
        "starts_at": made.starts_at,
        "ends_at": made.ends_at,
        "zone": made.zone,
        "recurrence": made.recurrence,
        "summary": made.summary,
        "status": made.status,
        "organiser_address": made.organiser.address or None,
        "organiser_name": made.organiser.name or None,
        "message_key": message_key,
        "source": source,
        "source_path": path,
        "source_offset": offset,
    }
    yield Row("events", tuple(values[name] for name in model.EVENTS.names))
    for person in made.attendees:
        yield Row("attendees", (key, person.address, person.name, person.partstat, person.role))
