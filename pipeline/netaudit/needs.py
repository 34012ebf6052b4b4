"""Immediate needs against long-term networking: the owner's own figures, and last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import give_take, lookup

if TYPE_CHECKING:
    from netaudit.history import History

YEAR = pd.Timedelta(days=365)
SILENCE = pd.Timedelta(days=60)
"""A message after a longer silence starts a conversation anew."""
IMMEDIATE, LONG_TERM = "immediate needs", "long-term networking"


def table(history: History) -> pd.DataFrame:
    """The two ways of networking side by side, for the 365 days to as-of and the 365 before.

    Returns:
        side (immediate needs or long-term networking), measure (in words), this_year, last_year
        (counts, Int64; missing for a year the archive does not reach back to, and for what needs
        texts where none were read).
    """
    contacts = give_take.direct(history)
    acts = give_take.acts(history)
    opened = _opened(contacts)
    this = _year(history, contacts, acts, opened, history.as_of)
    last = _year(history, contacts, acts, opened, history.as_of - YEAR)
    start = history.interactions["at"].min()
    if pd.isna(start) or start > history.as_of - YEAR - YEAR / 2:
        last = last.mask(pd.Series(True, index=last.index))
    found = pd.DataFrame({"this_year": this, "last_year": last}).astype("Int64")
    found.index = found.index.set_names(["side", "measure"])
    if history.traits.empty:
        found.loc[found.index.get_level_values("measure").isin(_TEXT_MEASURES)] = pd.NA
    return found.reset_index()


_TEXT_MEASURES = (
    "messages in which you asked for something",
    "favours among them",
    "conversations you started with an ask",
    "conversations you started without one",
    "introductions you made",
    "things you shared unasked, and help",
    "asks you answered",
)


def _year(
    history: History,
    contacts: pd.DataFrame,
    acts: pd.DataFrame,
    opened: pd.DataFrame,
    until: pd.Timestamp,
) -> pd.Series:
    """The measures of the 365 days up to a time, by side and measure."""
    inside = contacts[contacts["at"].gt(until - YEAR) & contacts["at"].le(until)]
    done = acts[acts["at"].gt(until - YEAR) & acts["at"].le(until) & acts["direction"].eq("out")]
    asks, gives = done[done["act"].eq("ask")], done[done["act"].eq("give")]
    started = opened.loc[opened["at"].gt(until - YEAR) & opened["at"].le(until), "key"]
    with_ask = started[lookup.among(started, asks["key"])]
    mailed = history.blasts[
        history.blasts["first_at"].gt(until - YEAR) & history.blasts["first_at"].le(until)
    ]
    sides = inside.groupby("person_id")["direction"].nunique()
    days = inside["at"].dt.floor("D").groupby(inside["person_id"]).nunique()
    quick = inside[inside["direction"].eq("in")]["answered_at"].notna().sum()
    rows = {
        (IMMEDIATE, _TEXT_MEASURES[0]): asks["key"].nunique(),
        (IMMEDIATE, _TEXT_MEASURES[1]): asks.loc[asks["kind"].eq("favour"), "key"].nunique(),
        (IMMEDIATE, _TEXT_MEASURES[2]): with_ask.nunique(),
        (IMMEDIATE, "mass mailings you sent"): len(mailed),
        (IMMEDIATE, "people in touch on one day only"): int((days == 1).sum()),
        (LONG_TERM, _TEXT_MEASURES[4]): gives.loc[
            gives["kind"].eq("introduction"), "key"
        ].nunique(),
        (LONG_TERM, _TEXT_MEASURES[5]): gives.loc[
            gives["kind"].isin(["link", "help"]), "key"
        ].nunique(),
        (LONG_TERM, _TEXT_MEASURES[6]): gives.loc[gives["kind"].eq("answer"), "key"].nunique(),
        (LONG_TERM, _TEXT_MEASURES[3]): started.nunique() - with_ask.nunique(),
        (LONG_TERM, "messages to you that you answered"): int(quick),
        (LONG_TERM, "people you wrote to and who wrote to you"): int((sides == 2).sum()),
    }
    return pd.Series(rows, dtype="float64")


def _opened(contacts: pd.DataFrame) -> pd.DataFrame:
    """The messages with which the owner began a conversation after a silence."""
    gap = contacts.groupby("person_id")["at"].diff()
    opens = (gap.isna() | (gap > SILENCE)) & contacts["direction"].eq("out")
    return contacts[opens]
