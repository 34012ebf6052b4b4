"""Dates: the instant in UTC and the sender's zone, or honestly nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.mail import dates
from netaudit.mail.dates import of_received, of_separator, parse


@pytest.mark.parametrize(
    ("text", "moment", "offset"),
    [
        ("Wed, 22 Jun 2016 21:27:30 +0200", "2016-06-22T19:27:30", 120),
        ("Wed, 22 Jun 2016 21:27:30 +0200 (CEST)", "2016-06-22T19:27:30", 120),
        ("22 Jun 2016 21:27:30 -0730", "2016-06-23T04:57:30", -450),
        ("22 Jun 16 21:27:30 +0000", "2016-06-22T21:27:30", 0),
        ("Wed, 22 Jun 2016 21:27 EST", "2016-06-23T02:27:00", -300),
        ("Wed, 22 Jun 2016 21:27:30 GMT", "2016-06-22T21:27:30", 0),
        ("Wed, 22 Jun 2016 21:27:30 -0000", "2016-06-22T21:27:30", None),
        ("Wed, 22 Jun 2016 21:27:30", "2016-06-22T21:27:30", None),
        ("Wed, 22 Jun 2016 21:27:30 +9999", "2016-06-22T21:27:30", None),
        ("2016-06-22T21:27:30+02:00", "2016-06-22T19:27:30", 120),
        ("Wed Jun 22 21:27:30 2016", "2016-06-22T21:27:30", None),
        ("Fri, 31 Dec 1999 23:59:60 +0000", "1999-12-31T23:59:59", 0),
        ("Mon, 31 Dec 1979 16:00:00 -0800 (PST)", "1980-01-01T00:00:00", -480),
        ("Sat, 01 Jan 104 00:00:00 +0000", "2004-01-01T00:00:00", 0),
        ("Tue, 22 Mar 2044 10:00:00 +0000", "2044-03-22T10:00:00", 0),
        ("Thu, 30 Feb 2016 10:00:00 +0000", None, None),
        ("Wed, 22 Jun 2016 25:00:00 +0000", None, None),
        ("Wed, 22 Jun 0000 10:00:00 +0000", None, None),
        ("Wed, 22 Jun 9999 10:00:00 +0000", None, None),
        ("Wed, 22 Jun " + "9" * 21 + " 10:00:00 +0000", None, None),
        ("Wed, 22 Jun 2016 10:00:00 +" + "9" * 30, "2016-06-22T10:00:00", None),
        ("Wed, 22 Jun 2016 " + "2" * 22 + ":27:30 +0200", None, None),
        ("22 Jun 16 2666666666666661:27 EST", None, None),
        ("yesterday", None, None),
        ("", None, None),
        ("\0\xff", None, None),
    ],
)
def test_forms(text, moment, offset):
    expected = None if moment is None else datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert parse(text.encode("latin-1")) == (expected, offset)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2100, 12, 30)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_every_date_that_is_written_is_read(moment, minutes):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    local = moment.astimezone(_zone(minutes))
    assert parse(format_datetime(local).encode()) == (moment, minutes)


def _zone(minutes):
    from datetime import timezone

    return timezone(timedelta(minutes=minutes))


@given(st.binary(max_size=60))
def test_anything_else_is_no_error(raw):
    parse(raw)
    parse(b"Wed, 22 Jun 2016 " + raw)


def test_separators_and_received():
    moment = datetime(2016, 6, 22, 19, 27, 30, tzinfo=UTC)
    assert of_separator(b"From 15@xxx Wed Jun 22 19:27:30 +0000 2016\n")[0] == moment
    assert of_separator(b"From a at b.c  Wed Jun 22 19:27:30 2016\r\n")[0] == moment
    assert of_separator(b"From - Wed Jun 22 19:27:30 2016\n")[0] is None
    assert of_separator(b"From - \n")[0] is None
    received = b"from a by b with SMTP id x;\r\n Wed, 22 Jun 2016 12:27:30 -0700 (PDT)"
    assert of_received(received)[0] == moment


@given(
    st.from_regex(
        r"( ?(Fri|Sun), )?(3|31|0) (Mar|Feb|Okt) (2011|1969|200) "
        r"[ 0-2][0-9]:[0-6][0-9](:[0-6][0-9])?( [+-](0[01]00|1530|0000)|)( \(X\)|1)?",
        fullmatch=True,
    )
)
def test_days_and_zones_that_are_known_change_nothing(text):
    raw = text.encode()
    assert parse(raw) == parse(raw) == dates._any(raw)
