"""The as-of time: found from the data, and everything later cut off before any stage sees it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import lookup
from netaudit.errors import UsageError, UserError
from netaudit.interactions import LEFT_OUT_BOXES

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = pd.Timedelta(days=1)
NEVER = pd.Timestamp("9999-12-31T23:59:59Z")
"""Later than any date: cut here, a table loses its undated rows only."""
TIMES = {
    "messages": "sent_at",
    "connections": "connected_at",
    "gestures": "made_at",
    "posts": "posted_at",
}
"""What dates a row of a stored table; events are more than that."""
UNDATED_STAY = ("connections", "posts")
"""Tables whose exports leave dates out; an undated message takes part in nothing."""


def end_of_day(day: str | dt.date | pd.Timestamp) -> pd.Timestamp:
    """The as-of time that a user means.

    Args:
        day: a day (`2026-09-30`, a date, a midnight without zone): the end of that day, UTC. A
            moment with a zone or a time of day is taken as it is; without a zone it is UTC.

    Raises:
        UsageError: it is no date.
    """
    try:
        moment = pd.Timestamp(day)
    except (ValueError, TypeError):
        raise UsageError(f"as-of {day!r} is no date; write it as 2026-09-30") from None
    if pd.isna(moment):
        raise UsageError(f"as-of {day!r} is no date; write it as 2026-09-30")
    if moment.tzinfo is not None:
        return moment.tz_convert("UTC").as_unit("us")
    moment = moment.tz_localize("UTC").as_unit("us")
    is_day = moment == moment.floor("D")
    return moment + DAY - pd.Timedelta(microseconds=1) if is_day else moment


def default(
    tables: Mapping[str, pd.DataFrame], automated: pd.Series, isolated_days: float
) -> pd.Timestamp:
    """The end of the last UTC day with human mail.

    Days farther than `isolated_days` from any other activity are stray dates (1979, 2044) and are
    left out; starts of calendar events are no activity.

    Args:
        tables: model.STORED names -> frames.
        automated: bool on the index of `tables["messages"]`.
        isolated_days: see above.

    Raises:
        UserError: nothing in the archive has a date.
    """
    messages = tables["messages"]
    is_human = ~automated & ~messages["box"].isin(LEFT_OUT_BOXES)
    human = messages.loc[is_human, "sent_at"]
    activity = _days(pd.concat([tables[name][time] for name, time in TIMES.items()]))
    if not len(activity):
        raise UserError("nothing in the archive has a date: ingest a mailbox, or give --as-of")
    near = np.diff(activity) <= np.timedelta64(round(isolated_days * 86400), "s")
    kept = activity[np.append(near, False) | np.append(False, near)]
    human_days = _days(human)
    for days in (np.intersect1d(human_days, kept), human_days, kept, activity):
        if len(days):
            return end_of_day(pd.Timestamp(days[-1]))
    raise AssertionError("activity is not empty")


def _days(times: pd.Series) -> np.ndarray:
    """Distinct UTC days in order, as datetime64."""
    utc = pd.to_datetime(times.dropna(), utc=True).dt.tz_localize(None)
    return np.unique(utc.dt.floor("D").to_numpy("datetime64[s]"))


def cut(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """The tables without anything later than `as_of`, and without undated messages.

    What an export says without a date of the present (employer, own addresses, address book) stays.
    """
    out = dict(tables)
    for name, time in TIMES.items():
        at = tables[name][time]
        keep = at <= as_of
        keep = keep | at.isna() if name in UNDATED_STAY else keep
        out[name] = lookup.kept(tables[name], keep.to_numpy())
    events = tables["events"]
    told_at = events["stated_at"].fillna(events["starts_at"])
    carrier_gone = lookup.among(events["message_key"], _gone(tables, out, "messages"))
    stays = ~carrier_gone & ((told_at <= as_of) | told_at.isna())
    out["events"] = lookup.kept(events, stays.to_numpy())
    return {**out, **_belonging(tables, out)}


def since(tables: Mapping[str, pd.DataFrame], day: str) -> dict[str, pd.DataFrame]:
    """The tables without contact before a day; connections stay, and so does what has no date.

    Args:
        tables: cut at as-of; who is who and what is automated must be known already, for older
            mail tells that too.
        day: the first day that counts, UTC, like `2020-01-31`; empty for all.

    Raises:
        UsageError: it is no date.
    """
    out = dict(tables)
    if not day:
        return out
    first = first_moment(day)
    dated = {"messages": "sent_at", "gestures": "made_at", "posts": "posted_at"}
    for name, time in (*dated.items(), ("events", "starts_at")):
        out[name] = tables[name][~(tables[name][time] < first)]
    return {**out, **_belonging(tables, out)}


def _belonging(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """What belongs to the messages, events and posts that are left."""
    messages, posts = _gone(before, after, "messages"), _gone(before, after, "posts")
    out = {
        "recipients": _without(before["recipients"], messages),
        "attendees": _without(before["attendees"], _gone(before, after, "events")),
    }
    unspoken = pd.concat([messages, posts])
    return out | {name: _without(before[name], unspoken) for name in ("texts", "signals", "traits")}


def first_moment(day: str) -> pd.Timestamp:
    """When a day begins, UTC.

    Args:
        day: like `2020-01-31`.

    Raises:
        UsageError: it is no date.
    """
    try:
        return pd.Timestamp(dt.date.fromisoformat(day), tz="UTC")
    except ValueError:
        raise UsageError(f"[as_of] since: {day!r} is no date like 2020-01-31") from None


def _gone(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], name: str
) -> pd.Series:
    """The keys that were cut from a table."""
    return before[name]["key"].drop(after[name].index)


def _without(rows: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    return lookup.kept(rows, ~lookup.among(rows["key"], keys).to_numpy()) if len(keys) else rows
