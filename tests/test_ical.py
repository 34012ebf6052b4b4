"""iCalendar: what invitations, answers and calendar files say, and what broken ones leave."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message as Mail
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netaudit import ical, model
from netaudit.ical.answers import Answer, answer
from netaudit.ical.times import Zones
from netaudit.model import Message, Row, Skipped

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "calendar"


def calendar(*events: str, method: str = "REQUEST", zones: str = "") -> bytes:
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:{method}\n" if method else "BEGIN:VCALENDAR\n"
    text = head + zones + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(uid: str = "u1", more: str = "", start: str = "DTSTART:20260305T090000Z") -> str:
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260301T080000Z\n{start}\nSUMMARY:Planning\\, part 1\n"
        "ORGANIZER;CN=Ines Brandt:MAILTO:Ines@Example.org\n" + more + "END:VEVENT\n"
    )


def read(data: bytes) -> tuple[list[dict[str, object]], list[dict[str, object]], list[Skipped]]:
    events, attendees, skipped = [], [], []
    for record in ical.rows(data, "a.ics"):
        if isinstance(record, Skipped):
            skipped.append(record)
        elif record.table == "events":
            events.append(dict(zip(model.EVENTS.names, record.values, strict=True)))
        elif record.table == "attendees":
            attendees.append(dict(zip(model.ATTENDEES.names, record.values, strict=True)))
    return events, attendees, skipped


def mail(subject: str, *parts: bytes) -> Message:
    return Message(
        key="k1", channel="mail", message_id=None, in_reply_to=None, references=None,
        sent_at=datetime(2026, 3, 2, 10, tzinfo=UTC), utc_offset_minutes=0,
        from_address="omar@example.org", from_name="Omar Haddad", sender_address=None,
        reply_to=None, subject=subject, thread_hint=None, labels="", box="", delivered_to="",
        automated_signs="", list_id=None, n_recipients=1, hidden_recipients=False, words=0,
        language=None, size_bytes=1, has_attachment=False, is_truncated=False, source="mbox",
        source_path="a.mbox", source_offset=7, calendars=parts,
    )  # fmt: skip


def test_an_invitation_is_read() -> None:
    attendees = (
        "ATTENDEE;CN=Omar Haddad;PARTSTAT=NEEDS-ACTION;"
        "ROLE=REQ-PARTICIPANT:mailto:omar@example.org\n"
        "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@example.org\n"
    )
    (row,), people, _ = read(calendar(event(more="SEQUENCE:3\nSTATUS:CONFIRMED\n" + attendees)))
    assert row["method"] == "request"
    assert row["sequence"] == 3
    assert row["organiser_address"] == "ines@example.org"
    assert row["summary"] == "Planning, part 1"
    assert row["starts_at"] == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert [(p["address"], p["partstat"], p["role"]) for p in people] == [
        ("omar@example.org", "needs-action", "required"),
        ("room4@example.org", None, "resource"),
    ]


@pytest.mark.parametrize(
    ("start", "utc", "zone"),
    [
        ("DTSTART;TZID=Europe/Berlin:20260705T090000", 7, "Europe/Berlin"),
        ("DTSTART;TZID=W. Europe Standard Time:20260705T090000", 7, "Europe/Berlin"),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260705T090000",
            7,
            "Europe/Berlin",
        ),
        ('DTSTART;TZID="(UTC+02:00) Somewhere":20260705T090000', 7, "+02:00"),
        ("DTSTART:20260705T090000", 9, None),
        ("DTSTART;TZID=No such zone:20260705T090000", 9, None),
        ("DTSTART;VALUE=DATE:20260705", 0, None),
    ],
)
def test_zones_by_every_name(start: str, utc: int, zone: str | None) -> None:
    (row,), _, _ = read(calendar(event(start=start)))
    assert row["starts_at"] == datetime(2026, 7, 5, utc, tzinfo=UTC)
    assert row["zone"] == zone


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def test_a_calendars_own_zone_serves_that_calendar_alone() -> None:
    start = "DTSTART;TZID=Customized Time Zone:20260705T090000"
    (row,), _, _ = read(calendar(event(start=start), zones=OWN_ZONE))
    assert row["starts_at"] == datetime(2026, 7, 5, 7, tzinfo=UTC)
    (other,), _, _ = read(calendar(event(start=start)))
    assert other["starts_at"] == datetime(2026, 7, 5, 9, tzinfo=UTC)


def test_a_zone_that_would_take_hours_to_expand_is_not_expanded() -> None:
    hostile = OWN_ZONE.replace("FREQ=YEARLY", "FREQ=SECONDLY")
    start = "DTSTART;TZID=Customized Time Zone:20260705T090000"
    (row,), _, _ = read(calendar(event(start=start), zones=hostile))
    assert row["starts_at"] == datetime(2026, 7, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("method", "partstat"),
    [("REPLY", "ACCEPTED"), ("REPLY", "DECLINED"), ("REPLY", "TENTATIVE"), ("COUNTER", "DECLINED")],
)
def test_answers_in_mail(method: str, partstat: str) -> None:
    part = calendar(
        event(more=f"ATTENDEE;PARTSTAT={partstat}:mailto:omar@example.org\n"), method=method
    )
    rows = list(ical.events_of_message(mail("Re: Planning", part)))
    made = dict(zip(model.EVENTS.names, rows[0].values, strict=True))
    person = dict(zip(model.ATTENDEES.names, rows[1].values, strict=True))
    assert (made["method"], made["message_key"], made["source_path"]) == (
        method.lower(),
        "k1",
        "a.mbox",
    )
    assert (person["address"], person["partstat"]) == ("omar@example.org", partstat.lower())


@pytest.mark.parametrize(
    ("subject", "partstat", "title"),
    [
        (
            "Accepted: Planning @ Tue Feb 4, 2020 9:30pm - 10pm (CET) (a@example.org)",
            "accepted",
            "Planning",
        ),
        ("Tentatively Accepted: Planning", "tentative", "Planning"),
        ("Declined: Planning: the sequel", "declined", "Planning: the sequel"),
        ("Zugesagt: Planung", "accepted", "Planung"),
        ("Abgelehnt: Planung", "declined", "Planung"),
        ("Mit Vorbehalt: Planung", "tentative", "Planung"),
        ("Accepté\u00a0: Réunion", "accepted", "Réunion"),
        ("Refusé : Réunion", "declined", "Réunion"),
        ("Provisoire : Réunion", "tentative", "Réunion"),
        ("Aceptada: Reunión", "accepted", "Reunión"),
        ("Rechazado: Reunión", "declined", "Reunión"),
        ("Provisional: Reunión", "tentative", "Reunión"),
    ],
)
def test_answers_in_subjects(subject: str, partstat: str, title: str) -> None:
    assert answer(subject) == Answer(partstat, title)
    rows = list(ical.events_of_message(mail(subject)))
    assert rows[0].values[model.EVENTS.names.index("method")] == "subject"
    assert rows[1].values[1:4] == ("omar@example.org", "Omar Haddad", partstat)


@pytest.mark.parametrize(
    "subject",
    ["Re: Accepted: Planning", "Planning accepted", "Accepted:", "", "Fwd: Declined: x", "Q: x"],
)
def test_other_subjects_answer_nothing(subject: str) -> None:
    assert answer(subject) is None


def test_an_itip_part_counts_rather_than_the_subject() -> None:
    part = calendar(
        event(more="ATTENDEE;PARTSTAT=DECLINED:mailto:omar@example.org\n"), method="REPLY"
    )
    rows = [
        r for r in ical.events_of_message(mail("Accepted: Planning", part)) if r.table == "events"
    ]
    assert len(rows) == 1


def test_what_is_broken_stays_alone() -> None:
    data = calendar(
        event("u1"),
        "BEGIN:VEVENT\nSUMMARY:nothing else\nEND:VEVENT\n",
        "BEGIN:VEVENT\nUID:cut\nDTSTART:20260101T000000Z\n",
        event("u2", more="SEQUENCE:many\nDTEND:soon\nRRULE:" + "X" * 600 + "\n"),
    )
    events, _, skipped = read(data)
    assert [e["uid"] for e in events] == ["u1", "u2"]
    assert [s.reason for s in skipped] == ["event without UID and start", "event without END"]
    assert events[1]["recurrence"] is None
    assert data[skipped[1].offset :].startswith(b"BEGIN:VEVENT\r\nUID:cut")


def test_a_stream_cut_anywhere_keeps_its_whole_events() -> None:
    data = calendar(event("u1"), event("u2"))
    first_end = data.index(b"END:VEVENT") + len(b"END:VEVENT")
    for stop in range(len(data)):
        events, _, skipped = read(data[:stop])
        assert len(events) + len(skipped) == data[:stop].count(b"BEGIN:VEVENT\r") + (
            data[:stop].endswith(b"BEGIN:VEVENT")
        )
        assert stop < first_end or events[0]["uid"] == "u1"


def test_dates_of_a_recurrence_are_kept_in_utc() -> None:
    more = "RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20260312T100000,20260319T100000\n"
    (row,), _, _ = read(calendar(event(more=more)))
    assert (
        row["recurrence"] == "RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE:20260312T090000Z,20260319T090000Z"
    )


def test_a_recurrence_without_measure_is_told() -> None:
    rows = list(ical.rows(calendar(event(more="RRULE:FREQ=DAILY;COUNT=50000\n")), "a.ics"))
    notes = [r for r in rows if isinstance(r, Row) and r.table == "notes"]
    assert notes == [
        Row("notes", ("a.ics", "an event repeats beyond 10,000 times; no more are counted"))
    ]


def test_a_file_states_when_the_event_was_made_not_when_it_was_exported() -> None:
    (row,), _, _ = read(calendar(event(more="CREATED:20250101T000000Z\n"), method=""))
    assert row["stated_at"] == datetime(2025, 1, 1, tzinfo=UTC)
    old = event(start="DTSTART:20240101T090000Z")
    (row,), _, _ = read(calendar(old, method=""))
    assert row["stated_at"] == datetime(2024, 1, 1, 9, tzinfo=UTC)


def test_one_statement_in_two_files_has_one_key() -> None:
    (first,), _, _ = read(calendar(event()))
    (second,), _, _ = read(calendar(event()).replace(b"\r\n", b"\n"))
    (other,), _, _ = read(calendar(event(more="STATUS:CANCELLED\n")))
    assert first["key"] == second["key"] != other["key"]


def test_utf_16_and_folded_letters() -> None:
    folded = calendar(event()).replace(b"SUMMARY:Planning", "SUMMARY:Plän".encode()[:-2] + b"\r\n ")
    text = calendar(event(more="COMMENT:ü\n")).decode()
    for data in (text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode(), folded):
        assert len(read(data)[0]) == 1


lines = st.sampled_from(
    ["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM",
     "BEGIN:VTIMEZONE", "END:VTIMEZONE", "UID:1", "DTSTART:20260101T000000Z", "DTSTART:0000",
     "DTSTART;TZID=../../etc:00010101T000000", "RRULE:FREQ=DAILY", "DURATION:-P1D", "METHOD:REPLY",
     "DURATION:P99999999999D", "ATTENDEE;PARTSTAT=:x", "ORGANIZER:", "EXDATE:,", "DTSTAMP:P1D", " "]
)  # fmt: skip


@given(st.lists(st.one_of(lines, st.text(max_size=20)), max_size=30))
def test_any_stream_is_read(texts: list[str]) -> None:
    for record in ical.rows("\n".join(texts).encode("utf-8", "replace"), "a.ics"):
        if isinstance(record, Row) and record.table == "events":
            assert len(record.values) == len(model.EVENTS.names)


@given(st.binary(max_size=200), st.text(max_size=60))
@settings(max_examples=200)
def test_any_mail_is_read(part: bytes, subject: str) -> None:
    list(ical.events_of_message(mail(subject, b"BEGIN:VEVENT\n" + part, part)))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_time_is_read(value: str, zone: str) -> None:
    Zones([]).moment(value, {"TZID": zone})
    Zones([]).moment("20260101T000000", {"TZID": zone})


def real_parts() -> Iterator[tuple[str, bytes]]:
    for path in sorted(DATA.rglob("*.eml")):
        whole: Mail = email.message_from_bytes(path.read_bytes())
        for part in whole.walk():
            if part.get_content_type() in ("text/calendar", "application/ics"):
                data = part.get_payload(decode=True)
                assert isinstance(data, bytes)
                yield path.name, data


def said(pattern: str, text: str) -> list[str]:
    return re.findall(rf"(?m)^{pattern}\r?$", text)


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="the calendar mails do not stand beside the project")
def test_real_invitations_say_what_their_text_says() -> None:
    n = 0
    for name, data in real_parts():
        text = re.sub(r"\r?\n[ \t]", "", data.decode("utf-8", "replace"))
        body = text[text.index("BEGIN:VEVENT") :]
        events, _, skipped = read(data)
        assert not skipped, name
        assert [e["uid"] for e in events] == said("UID:(.*?)", body), name
        method = (said("METHOD:(.*?)", text) or ["PUBLISH"])[0].lower()
        assert {e["method"] for e in events} == {method}, name
        organisers = [o.lower() for o in said("ORGANIZER.*?:(?:mailto:|MAILTO:)(.*?)", body)]
        assert [e["organiser_address"] for e in events if e["organiser_address"]] == organisers, (
            name
        )
        n += len(events)
    assert n >= 55


def test_addresses_hold_no_control_characters() -> None:
    invited = "ATTENDEE;CN=Ben:mailto:ben@exam\x04ple.org\nATTENDEE:mailto:e\x1b[2Jve@example.org\n"
    _, attendees, _ = read(calendar(event(more=invited)))
    assert {person["address"] for person in attendees} <= {"ben@exam", "[2jve@example.org"}
