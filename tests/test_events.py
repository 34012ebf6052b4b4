"""Statements become one agenda: updates, answers and cancellations of one event are one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pandas as pd
import pytest

from netaudit import events, ical
from netaudit.ical import recurrence
from netaudit.model import STORED, Message, Recipient, Row, Skipped

ME, INES = "me@home.example", "ines@holm.example"
AS_OF = pd.Timestamp("2026-06-30T23:59:59Z")


class Owner(NamedTuple):
    addresses: frozenset[str] = frozenset({ME, "me@old.example"})


def vevent(
    *more: str,
    uid: str = "u1",
    start: str = "20260305T090000Z",
    organiser: str = INES,
    seq: int = 0,
) -> str:
    lines = (
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start}", f"SEQUENCE:{seq}", "SUMMARY:Planning",
        f"ORGANIZER;CN=Ines:mailto:{organiser}", *more, "END:VEVENT",
    )  # fmt: skip
    return "\n".join(lines)


def attendee(address: str = ME, partstat: str = "NEEDS-ACTION", more: str = "") -> str:
    return f"ATTENDEE;PARTSTAT={partstat}{more}:mailto:{address}"


def part(*vevents: str, method: str = "") -> bytes:
    head = ["BEGIN:VCALENDAR", *([f"METHOD:{method}"] if method else [])]
    return "\n".join([*head, *vevents, "END:VCALENDAR"]).encode()


def mail(key: str, day: str, sender: str, to: str, *parts: bytes, subject: str = "") -> Message:
    return Message(
        key=key, channel="mail", message_id=None, in_reply_to=None, references=None,
        sent_at=datetime.fromisoformat(day).replace(tzinfo=UTC), utc_offset_minutes=0,
        from_address=sender, from_name="", sender_address=None, reply_to=None, subject=subject,
        thread_hint=None, labels="", box="", delivered_to="", automated_signs="", list_id=None,
        n_recipients=1, hidden_recipients=False, words=0, language=None, size_bytes=1,
        has_attachment=False, is_truncated=False, source="mbox", source_path="a.mbox",
        source_offset=0, recipients=(Recipient("to", to, ""),), calendars=parts,
    )  # fmt: skip


def tables(*sources: Message | bytes) -> dict[str, pd.DataFrame]:
    """Stored tables of mails and calendar files."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for source in sources:
        found: Iterable[Row | Skipped]
        if isinstance(source, bytes):
            found = ical.rows(source, "a.ics")
        else:
            found = ical.events_of_message(source)
            rows["recipients"] += [(source.key, *recipient) for recipient in source.recipients]
        for row in found:
            assert isinstance(row, Row)
            rows[row.table].append(row.values)
    return {
        name: table.conform(pd.DataFrame(rows[name], columns=table.names))
        for name, table in STORED.items()
    }


def agenda(*sources: Message | bytes) -> pd.DataFrame:
    return events.merge(tables(*sources), Owner(), AS_OF)


def only(frame: pd.DataFrame) -> Any:
    assert len(frame) == 1, frame
    return frame.iloc[0]


def asked(key: str = "m1", day: str = "2026-03-01", *more: str, **how: Any) -> Message:
    return mail(key, day, INES, ME, part(vevent(attendee(), *more, **how), method="REQUEST"))


def replied(partstat: str, day: str = "2026-03-02", key: str = "r1") -> Message:
    return mail(key, day, ME, INES, part(vevent(attendee(partstat=partstat)), method="REPLY"))


def test_nothing_gives_an_empty_agenda() -> None:
    found = agenda()
    assert found.empty
    assert events.meetings(found, tables()["attendees"], Owner(), as_of=AS_OF, max_people=8).empty


def test_an_invitation_without_answer() -> None:
    row = only(agenda(asked()))
    assert row["is_invited"]
    assert not row["is_organiser"]
    assert (row["answer"], row["n_people"], row["n_instances"]) == ("none", 2, 1)
    assert row["evidence"] == "m1"
    assert not row["is_in_calendar"]


@pytest.mark.parametrize("partstat", ["accepted", "declined", "tentative"])
def test_a_reply_answers(partstat: str) -> None:
    row = only(agenda(asked(), replied(partstat.upper())))
    assert row["answer"] == partstat
    assert row["answered_at"] == pd.Timestamp("2026-03-02", tz="UTC")
    assert row["evidence"] == "m1; r1"


def test_the_latest_reply_stands_whatever_the_order() -> None:
    mails = [asked(), replied("DECLINED", "2026-03-02"), replied("ACCEPTED", "2026-03-03", "r2")]
    assert only(agenda(*mails))["answer"] == only(agenda(*reversed(mails)))["answer"] == "accepted"


def test_somebody_elses_reply_is_not_the_owners() -> None:
    reply = mail(
        "r1", "2026-03-02", INES, ME, part(vevent(attendee(INES, "DECLINED")), method="REPLY")
    )
    assert only(agenda(asked(), reply))["answer"] == "none"


def test_the_owners_calendar_overrules_the_mail() -> None:
    file = part(vevent(attendee("me@old.example", "ACCEPTED")))
    row = only(agenda(asked(), replied("DECLINED"), file))
    assert row["answer"] == "accepted"
    assert row["is_in_calendar"]


def test_an_update_moves_the_event_and_a_late_copy_of_the_first_does_not() -> None:
    moved = asked("m2", "2026-03-02", start="20260310T090000Z", seq=1)
    late = asked("m3", "2026-03-04")
    row = only(agenda(asked(), moved, late))
    assert row["starts_at"] == pd.Timestamp("2026-03-10T09:00Z")


def test_a_cancellation_calls_off_and_a_new_invitation_calls_back() -> None:
    cancelled = "BEGIN:VEVENT\nUID:u1\nSEQUENCE:1\nSTATUS:CANCELLED\nEND:VEVENT"
    off = mail("c", "2026-03-03", INES, ME, part(cancelled, method="CANCEL"))
    row = only(agenda(asked(), off))
    assert row["is_cancelled"]
    assert row["starts_at"] == pd.Timestamp("2026-03-05T09:00Z")
    assert not only(agenda(asked(), off, asked("m3", "2026-03-04", seq=2)))["is_cancelled"]


@pytest.mark.parametrize(
    ("subject", "answer"),
    [("Declined: Planning @ Thu Mar 5 2026", "declined"), ("Zugesagt: Planning", "accepted")],
)
def test_a_subject_answers_the_invitation_of_its_title(subject: str, answer: str) -> None:
    row = only(agenda(asked(), mail("s", "2026-03-02", ME, INES, subject=subject)))
    assert (row["uid"], row["answer"], row["evidence"]) == ("u1", answer, "m1; s")


def test_a_subject_before_the_invitation_is_about_another_event() -> None:
    found = agenda(asked(), mail("s", "2026-02-02", ME, INES, subject="Declined: Planning"))
    assert sorted(found["answer"]) == ["declined", "none"]


def test_an_answer_alone_tells_of_an_invitation() -> None:
    found = agenda(
        mail("s1", "2026-03-01", ME, INES, subject="Tentative: Off-site"),
        mail("s2", "2026-03-02", ME, INES, subject="Declined: Off-site"),
        mail("s3", "2026-03-02", INES, ME, subject="Declined: Lunch"),
    )
    row = only(found)
    assert row["is_invited"]
    assert (row["answer"], row["organiser_address"], row["evidence"]) == (
        "declined",
        INES,
        "s1; s2",
    )


def test_an_invitation_to_a_list_is_none_to_the_owner() -> None:
    listed = mail("m1", "2026-03-01", INES, "list@x.example", part(vevent(), method="REQUEST"))
    assert not only(agenda(listed))["is_invited"]


def test_the_owners_own_event_is_no_invitation() -> None:
    row = only(agenda(part(vevent(attendee(INES, "ACCEPTED"), organiser=ME))))
    assert row["is_organiser"]
    assert not row["is_invited"]


def test_rooms_and_the_owners_two_addresses_are_no_more_people() -> None:
    room = attendee("room@x.example", more=";CUTYPE=ROOM")
    assert only(agenda(asked("m", "2026-03-01", attendee("me@old.example"), room)))["n_people"] == 2


WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=6"


def test_a_series_is_one_row_and_counts_its_instances() -> None:
    row = only(agenda(asked("m", "2026-03-01", WEEKLY)))
    assert row["n_instances"] == 6


def test_a_changed_instance_leaves_its_series() -> None:
    moved = vevent(
        attendee(partstat="DECLINED"), "RECURRENCE-ID:20260312T090000Z", start="20260313T150000Z"
    )
    series = vevent(attendee(partstat="ACCEPTED"), WEEKLY)
    found = agenda(part(series, moved)).set_index("starts_at")
    assert found["n_instances"].tolist() == [5, 1]
    assert found["answer"].tolist() == ["accepted", "declined"]


def test_a_called_off_instance_leaves_the_others() -> None:
    off = vevent("RECURRENCE-ID:20260312T090000Z", "STATUS:CANCELLED", start="20260312T090000Z")
    days = met(part(vevent(attendee(partstat="ACCEPTED"), WEEKLY), off))
    assert days == [(day, INES) for day in ("03-05", "03-19", "03-26", "04-02", "04-09")]


def met(*sources: Message | bytes, most: int = 8) -> list[tuple[str, str]]:
    stored = tables(*sources)
    found = events.merge(stored, Owner(), AS_OF)
    rows = events.meetings(found, stored["attendees"], Owner(), as_of=AS_OF, max_people=most)
    return [(f"{at:%m-%d}", who) for at, who in zip(rows["at"], rows["address"], strict=True)]


def test_an_accepted_event_is_a_meeting_with_those_who_did_not_decline() -> None:
    others = [attendee("a@x.example", "ACCEPTED"), attendee("b@x.example", "DECLINED")]
    invitation = asked("m", "2026-03-01", *others)
    assert met(invitation) == []
    assert met(invitation, replied("ACCEPTED")) == [("03-05", "a@x.example"), ("03-05", INES)]
    assert met(invitation, replied("ACCEPTED"), most=3) == []


@pytest.mark.parametrize(
    "more", [("STATUS:CANCELLED",), ("DTEND:20260309T090000Z",)], ids=["called off", "a trip"]
)
def test_what_is_no_meeting(more: tuple[str, ...]) -> None:
    assert met(part(vevent(attendee(partstat="ACCEPTED"), *more))) == []


def test_what_lies_ahead_is_no_meeting_yet() -> None:
    assert met(part(vevent(attendee(partstat="ACCEPTED"), start="20260801T090000Z"))) == []


def test_a_public_events_status_is_the_answer() -> None:
    stored = tables()
    stored["events"] = STORED["events"].conform(
        pd.DataFrame(
            {
                "key": list("abc"), "uid": list("abc"), "sequence": 0, "method": "publish",
                "starts_at": pd.Timestamp("2026-01-01", tz="UTC"), "source": "linkedin",
                "status": ["attending", "relinquished", "glowing"], "source_offset": 1,
            }
        )
    )  # fmt: skip
    found = events.merge(stored, Owner(), AS_OF)
    assert found["is_invited"].all()
    assert found["answer"].tolist() == ["accepted", "declined", "unknown"]


# --- recurrence ----------------------------------------------------------------------------------

START = datetime(2026, 3, 10, 8, tzinfo=UTC)
UNTIL = datetime(2026, 6, 30, tzinfo=UTC)


def days(rule: str | None, zone: str | None = None, start: datetime = START) -> list[str]:
    return [f"{at:%m-%dT%H}" for at in recurrence.instances(start, rule, zone, UNTIL)]


def test_the_hour_on_the_wall_stays_in_summer_time() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20260401T000000Z"
    assert days(rule, "Europe/Berlin") == ["03-10T08", "03-17T08", "03-24T08", "03-31T07"]
    assert days(rule) == days(rule, "+01:00") == ["03-10T08", "03-17T08", "03-24T08", "03-31T08"]


def test_days_of_the_week_are_the_zones() -> None:
    late = datetime(2026, 3, 10, 3, tzinfo=UTC)  # Monday evening in New York
    assert days("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2", "America/New_York", late) == [
        "03-10T03",
        "03-17T03",
    ]


def test_single_dates_join_and_leave() -> None:
    rule = "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260311T080000Z\nRDATE:20260320T080000Z"
    assert days(rule) == ["03-10T08", "03-12T08", "03-20T08"]


@pytest.mark.parametrize(
    "rule",
    [
        None, "RRULE:FREQ=SECONDLY", "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:nonsense", "RRULE:",
        "RRULE:FREQ=DAILY;BYDAY=XX", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=DAILY;UNTIL=00000000",
    ],
)  # fmt: skip
def test_rules_that_cannot_be_followed_leave_the_first_instance(rule: str | None) -> None:
    assert days(rule)[:1] == ["03-10T08"]


def test_endless_series_are_bounded() -> None:
    long_ago = datetime(1980, 1, 1, tzinfo=UTC)
    rule = "RRULE:FREQ=DAILY;COUNT=50000"
    assert len(recurrence.instances(long_ago, rule, None, UNTIL)) == recurrence.MAX_INSTANCES
    assert len(recurrence.instances(datetime(1, 1, 1, tzinfo=UTC), rule, None, UNTIL)) == 1
