"""The as-of time: stray dates do not move it, and what is later is cut off."""

import datetime as dt

import pandas as pd
import pytest
from tests.frames import OWNER, tables

from netaudit import asof
from netaudit.errors import UsageError, UserError
from netaudit.model import EVENTS, GESTURES, POSTS, TRAITS

ANN = "ann@a.example"


def _utc(*days):
    return pd.to_datetime(list(days), utc=True)


def _default(stored, automated=()):
    return asof.default(stored, stored["messages"]["key"].isin(automated), 30.0)


def _mail(*days, start=0):
    return [(f"m{start + n}", day, ANN, [OWNER]) for n, day in enumerate(days)]


@pytest.mark.parametrize(
    "day", ["2026-09-30", dt.date(2026, 9, 30), pd.Timestamp("2026-09-30"), "30 Sep 2026"]
)
def test_a_day_means_its_end(day):
    assert asof.end_of_day(day) == pd.Timestamp("2026-09-30T23:59:59.999999Z")


def test_a_moment_is_itself():
    assert asof.end_of_day("2026-09-30T12:00+02:00") == pd.Timestamp("2026-09-30T10:00Z")
    midnight = pd.Timestamp("2026-09-30T00:00Z")
    assert asof.end_of_day(midnight) == midnight


@pytest.mark.parametrize("day", ["soon", "", None, "2026-13-01", "9999999999-01-01"])
def test_no_date_is_a_clear_error(day):
    with pytest.raises(UsageError, match="2026-09-30"):
        asof.end_of_day(day)


def test_the_last_day_with_human_mail():
    stored = tables(*_mail("2024-01-01", "2024-01-20", "2024-02-01T23:30:00", "2024-02-10"))
    assert _default(stored, automated=["m3"]) == pd.Timestamp("2024-02-01T23:59:59.999999Z")


def test_stray_dates_do_not_move_it():
    stored = tables(*_mail("1979-12-31", "2024-01-01", "2024-01-20", "2044-01-04", "2044-01-04"))
    assert _default(stored).date() == dt.date(2024, 1, 20)


def test_thirty_days_are_near_and_thirty_one_are_stray():
    near = tables(*_mail("2024-01-01", "2024-01-02", "2024-02-01"))
    assert _default(near).date() == dt.date(2024, 2, 1)
    far = tables(*_mail("2024-01-01", "2024-01-02", "2024-02-02"))
    assert _default(far).date() == dt.date(2024, 1, 2)


def test_other_activity_keeps_a_day_from_being_stray_but_calendar_starts_do_not():
    given = _mail("2024-01-01", "2024-01-02", "2024-06-01")
    gestures = GESTURES.conform(
        pd.DataFrame({"key": ["g"], "made_at": _utc("2024-06-20"), "source_offset": [1]})
    )
    assert _default(tables(*given, gestures=gestures)).date() == dt.date(2024, 6, 1)
    events = EVENTS.conform(
        pd.DataFrame(
            {"key": ["e"], "starts_at": _utc("2024-06-20"), "sequence": 0, "source_offset": 1}
        )
    )
    assert _default(tables(*given, events=events)).date() == dt.date(2024, 1, 2)


def test_a_box_of_scattered_mail_has_its_last_day():
    assert _default(tables(*_mail("2023-01-01", "2024-01-01"))).date() == dt.date(2024, 1, 1)


def test_spam_does_not_count():
    spam = dict(key="s", day="2024-01-15", sender=ANN, to=[OWNER], box="spam")
    assert _default(tables(*_mail("2024-01-01", "2024-01-10"), spam)).date() == dt.date(2024, 1, 10)


def test_without_mail_other_activity_counts_and_without_anything_it_is_an_error():
    posts = POSTS.conform(
        pd.DataFrame({"key": ["p", "q"], "posted_at": _utc("2024-03-01", None), "source_offset": 1})
    )
    assert _default(tables(posts=posts)).date() == dt.date(2024, 3, 1)
    with pytest.raises(UserError, match="--as-of"):
        _default(tables())


def test_everything_later_is_cut_and_undated_mail_too():
    given = [*_mail("2024-01-01", "2024-03-01", None)]
    traits = TRAITS.conform(pd.DataFrame({"key": ["m0", "m1", "p", "q"], "version": 1}))
    posts = pd.DataFrame({"key": ["p", "q"], "posted_at": _utc("2024-03-01", None)})
    events = pd.DataFrame(
        {
            "key": ["carried", "filed", "later", "unknown"],
            "message_key": ["m1", None, None, None],
            "stated_at": _utc("2024-01-01", "2024-01-01", "2024-03-01", None),
            "starts_at": _utc("2024-01-01", "2024-06-01", "2024-01-01", "2024-06-01"),
            "sequence": 0,
        }
    )
    stored = tables(
        *given,
        traits=traits,
        posts=POSTS.conform(posts.assign(source_offset=1)),
        events=EVENTS.conform(events.assign(source_offset=1)),
    )
    cut = asof.cut(stored, asof.end_of_day("2024-02-01"))
    found = {name: cut[name]["key"].tolist() for name in ("messages", "recipients", "traits")}
    assert found == {"messages": ["m0"], "recipients": ["m0"], "traits": ["m0", "q"]}
    assert cut["posts"]["key"].tolist() == ["q"], "undated, it stays"
    assert cut["events"]["key"].tolist() == ["filed"]
