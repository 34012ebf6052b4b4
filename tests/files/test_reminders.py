"""actions.ics: imports cleanly, says nothing that was read from mail, survives hostile names."""

import datetime as dt

import pandas as pd
import pytest
from icalendar import Calendar
from tests import fictional

from netaudit.files import reminders
from netaudit.model import ACTIONS

AS_OF = dt.date(2026, 9, 30)  # a Wednesday


def listed(*rows):
    base = {"person_id": "p1", "name": "Mara Okonkwo", "addresses": "mara@x.example",
            "step": "answer", "reason": "reply_owed", "summary": "Mara asked: “a secret”",
            "suggestion": "Answer in a line.", "score": 1.0}  # fmt: skip
    return ACTIONS.conform(pd.DataFrame([base | row for row in rows]))


def events(chosen, **more):
    data = reminders.calendar(chosen, as_of=AS_OF, **more)
    return data, list(Calendar.from_ical(data).walk("VEVENT"))


def test_one_reminder_a_working_day():
    people = [{"person_id": f"p{n}"} for n in range(4)]
    _, found = events(listed(*people))
    assert [event["dtstart"].to_ical() for event in found] == [
        b"20261001T090000", b"20261002T090000", b"20261005T090000", b"20261006T090000",
    ]  # fmt: skip
    assert events(listed({}), first=dt.date(2026, 11, 1))[1][0].decoded("dtstart").day == 2


def test_it_holds_the_step_and_nothing_from_mail():
    data, (event,) = events(listed({}))
    assert event["summary"] == "Answer Mara Okonkwo"
    assert "Answer in a line." in event["description"]
    assert b"secret" not in data
    assert b"mara@x.example" not in data
    assert event.walk("VALARM")[0]["trigger"].to_ical() == b"-PT5M"


def test_the_same_person_and_quarter_have_the_same_uid():
    _, (one,) = events(listed({}))
    later = reminders.calendar(listed({"step": "thank"}), as_of=dt.date(2026, 8, 15))
    (other,) = Calendar.from_ical(later).walk("VEVENT")
    assert one["uid"] == other["uid"]
    next_quarter = reminders.calendar(listed({}), as_of=dt.date(2026, 12, 31))
    assert Calendar.from_ical(next_quarter).walk("VEVENT")[0]["uid"] != one["uid"]
    _, two = events(listed({}, {"person_id": "p2"}))
    assert two[0]["uid"] != two[1]["uid"]


def test_answered_people_get_none_and_the_one_put_off_its_day():
    rows = [{"person_id": f"p{n}", "answer": answer, "until": "2026-11-15"}
            for n, answer in enumerate(["done", "ignore", "snooze", "skip", None])]  # fmt: skip
    _, found = events(listed(*rows))
    assert [event.decoded("dtstart").date() for event in found] == [
        dt.date(2026, 11, 15), dt.date(2026, 10, 1), dt.date(2026, 10, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("name", [*fictional.HOSTILE, "a\r\nBEGIN:VALARM\r\n", "c;d,e\\n:f"])
def test_hostile_names_stay_in_their_line(name):
    data, (event,) = events(listed({"name": name}))
    lines = data.split(b"\r\n")
    assert lines.count(b"BEGIN:VALARM") == 1
    assert all(len(line) <= 75 for line in lines)
    assert not any(c in data.replace(b"\r\n", b"") for c in b"\x00\x0b\x1b\r\n")
    assert str(event["summary"]).startswith("Answer ")


def test_an_empty_list_is_a_valid_calendar():
    data, found = events(ACTIONS.empty())
    assert found == []
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
