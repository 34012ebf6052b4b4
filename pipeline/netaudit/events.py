"""Statements about events -> the agenda, one row per event; and the meetings that took place.

An event is told many times: invited, updated, answered, called off, and kept in a calendar. The
statement of the highest revision stands, a calendar's own entry before a mail of the same one; the
owner's answer is what the calendar holds, else the latest answer sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from netaudit import ical, lookup
from netaudit.model import AGENDA, JOIN, MEETINGS

if TYPE_CHECKING:
    from datetime import datetime


class Owner(Protocol):
    """What the agenda needs to know of the owner."""

    @property
    def addresses(self) -> frozenset[str]:
        """The owner's mail addresses."""


ANSWERS = ("accepted", "declined", "tentative")
SAYS_WHAT = ("publish", "request", "cancel", "add")
"""Methods that say what an event is; the others answer or propose."""
NO_PERSON = ("resource", "non-participant", "group")
MAX_MEETING_HOURS = 20.0
"""Longer entries are trips, holidays and conferences, not meetings."""
MAX_FRUITLESS = 50
"""Rules over a year old without a second instance that are followed: each costs a second, for it
is searched to the end of time, and calendar programs write none."""
ONE_YEAR = pd.Timedelta(days=366)

_LINKEDIN = {
    "attending": "accepted",
    "attended": "accepted",
    "interested": "tentative",
    "maybe": "tentative",
    "relinquished": "declined",
    "not_attending": "declined",
    "not attending": "declined",
    "declined": "declined",
    "invited": "none",
    "pending": "none",
}
"""Statuses of LinkedIn's events; others are unknown, and counted neither way."""


def merge(tables: Mapping[str, pd.DataFrame], owner: Owner, as_of: pd.Timestamp) -> pd.DataFrame:
    """The agenda: every event the tables tell of.

    Args:
        tables: stored tables `events`, `attendees`, `recipients`; nothing stated after as-of.
        owner: whose answers count.
        as_of: instances are counted up to here.

    Returns:
        model.AGENDA, sorted by start and key; one row per UID, and one per instance of a series
        that was changed or answered by itself.
    """
    said = _statements(tables["events"])
    people = _people(tables["attendees"], owner.addresses)
    spoken = said["method"].eq("subject")
    standing = _standing(said[said["method"].isin(SAYS_WHAT)])
    answers = _answers(said, people)
    titled, lone = _by_title(answers[answers["key"].isin(said.loc[spoken, "key"])], said, standing)
    agenda = pd.concat([standing, _told_by_answer(lone, said, tables["recipients"])])
    given = _latest(
        pd.concat([answers[~answers["key"].isin(said.loc[spoken, "key"])], titled, lone])
    )
    agenda = _with_people(agenda, people, owner.addresses)
    agenda = _with_invited(agenda, said, people, tables["recipients"], owner.addresses)
    agenda = _with_answer(agenda, given)
    in_calendar = said.loc[said["is_file"] & said["source"].ne("linkedin"), "uid"]
    agenda["is_in_calendar"] = agenda["uid"].isin(in_calendar)
    agenda["n_instances"] = _count_instances(agenda, as_of)
    agenda["evidence"] = _evidence(agenda, said, pd.concat([titled, lone]))
    return AGENDA.conform(
        agenda.sort_values(["starts_at", "key"], ignore_index=True, na_position="last")
    )


def _statements(events: pd.DataFrame) -> pd.DataFrame:
    """Events with the columns `instance` (recurrence_id, empty for the series) and `is_file`."""
    said = events.drop_duplicates("key").reset_index(drop=True)
    return said.assign(
        instance=said["recurrence_id"].fillna(""),
        is_file=said["message_key"].isna(),
        title=said["summary"].fillna("").map(_title_key(said["summary"])),
    ).sort_values(
        ["sequence", "is_file", "stated_at", "key"], na_position="first", ignore_index=True
    )


def _title_key(summaries: pd.Series) -> dict[str, str]:
    return {title: ical.title_key(title) for title in summaries.fillna("").unique()}


def _people(attendees: pd.DataFrame, own: frozenset[str]) -> pd.DataFrame:
    """Attendees, each once a statement, with `is_owner` and `is_person`."""
    once = attendees.drop_duplicates(["key", "address"])
    return once.assign(is_owner=once["address"].isin(own), is_person=~once["role"].isin(NO_PERSON))


def _standing(said: pd.DataFrame) -> pd.DataFrame:
    """The last statement of each event that is no mere cancellation, and whether it was called off.

    A cancellation may leave out what it cancels; one of a whole series calls off its instances.
    """
    group = ["uid", "instance"]
    last = said.groupby(group).tail(1).set_index(group)
    calls_off = last["method"].eq("cancel") | last["status"].eq("cancelled")
    informative = said[said["method"].ne("cancel")].groupby(group).tail(1)
    only_cancelled = last.index.difference(pd.MultiIndex.from_frame(informative[group]))
    standing = pd.concat([informative.set_index(group), last.loc[only_cancelled]])
    series = calls_off[calls_off.index.get_level_values("instance") == ""]
    whole = standing.index.get_level_values("uid").isin(
        series[series].index.get_level_values("uid")
    )
    standing["is_cancelled"] = calls_off.reindex(standing.index) | whole
    return standing.reset_index()


def _looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The value of each key (`values` by key), on the index of the keys; dtypes stay."""
    return values.reindex(keys).set_axis(keys.index)


# --- answers -------------------------------------------------------------------------------------


def _answers(said: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The owner's definite answers: key, uid, instance, answer, is_file, stated_at, title."""
    own = people[people["is_owner"] & people["partstat"].isin(ANSWERS)]
    given = said.merge(own[["key", "partstat"]], on="key").rename(columns={"partstat": "answer"})
    return given[
        ["key", "uid", "instance", "answer", "is_file", "stated_at", "title", "message_key"]
    ]


def _by_title(
    spoken: pd.DataFrame, said: pd.DataFrame, standing: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers read from subjects, those whose title an earlier invitation has, and the others.

    Of several events with the title the one told of last before the answer is meant.
    """
    first = said[said["method"].isin(SAYS_WHAT)].groupby("uid")["stated_at"].min()
    known = standing.drop_duplicates(["uid", "title"])[["uid", "title"]]
    known = known.assign(told_at=_looked_up(known["uid"], first))[known["title"].ne("")]
    known = known.dropna(subset="told_at").sort_values("told_at")
    dated = spoken[spoken["stated_at"].notna() & spoken["title"].ne("")].sort_values("stated_at")
    matched = pd.merge_asof(
        dated.drop(columns="uid"), known, left_on="stated_at", right_on="told_at", by="title"
    )
    found = matched[matched["uid"].notna()].assign(instance="")
    return found[spoken.columns], spoken[~spoken["key"].isin(found["key"])]


def _told_by_answer(
    lone: pd.DataFrame, said: pd.DataFrame, recipients: pd.DataFrame
) -> pd.DataFrame:
    """Events that only the owner's own answer tells of: one per title."""
    last = said[said["key"].isin(lone["key"])].groupby("uid").tail(1)
    to = recipients[recipients["role"].eq("to")].drop_duplicates("key").set_index("key")
    return last.assign(
        is_cancelled=False,
        organiser_address=_looked_up(last["message_key"], to["address"]),
        organiser_name=_looked_up(last["message_key"], to["name"]),
    )


def _latest(answers: pd.DataFrame) -> pd.DataFrame:
    """The answer that stands for each event: the calendar's, else the latest that was sent."""
    ordered = answers.sort_values(["is_file", "stated_at", "key"], na_position="first")
    return ordered.groupby(["uid", "instance"]).tail(1)


def _with_answer(agenda: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """An instance that was not answered by itself has its series' answer."""
    own = given[["uid", "instance", "answer", "stated_at", "is_file"]]
    own = own.rename(columns={"stated_at": "answered_at"})
    own["answered_at"] = own["answered_at"].mask(own.pop("is_file"))
    series = own[own["instance"].eq("")].drop(columns="instance")
    found = agenda.merge(own, on=["uid", "instance"], how="left")
    whole = agenda[["uid"]].merge(series, on="uid", how="left")
    by_itself = found["answer"].notna()
    found["answer"] = found["answer"].where(by_itself, whole["answer"])
    found["answered_at"] = found["answered_at"].where(by_itself, whole["answered_at"])
    status = found["status"].map(_LINKEDIN).fillna("unknown")
    linkedin = found["source"].eq("linkedin")
    found["answer"] = found["answer"].fillna("none").mask(linkedin, status)
    return found


# --- people --------------------------------------------------------------------------------------


def _with_people(agenda: pd.DataFrame, people: pd.DataFrame, own: frozenset[str]) -> pd.DataFrame:
    others = people[people["is_person"] & ~people["is_owner"]]
    organisers = agenda[["key", "organiser_address"]].dropna()
    organisers = organisers[~organisers["organiser_address"].isin(own)]
    organisers = organisers.rename(columns={"organiser_address": "address"})
    present = pd.concat([others[["key", "address"]], organisers]).drop_duplicates()
    counts = present["key"].value_counts()
    return agenda.assign(
        is_organiser=agenda["organiser_address"].isin(own),
        n_people=_looked_up(agenda["key"], counts).fillna(0).astype("int64") + 1,
    )


def _with_invited(
    agenda: pd.DataFrame,
    said: pd.DataFrame,
    people: pd.DataFrame,
    recipients: pd.DataFrame,
    own: frozenset[str],
) -> pd.DataFrame:
    """The owner stands among the attendees, or an invitation was sent to the owner's address."""
    named = said.loc[said["key"].isin(people.loc[people["is_owner"], "key"]), "uid"]
    received = recipients.loc[recipients["address"].isin(own), "key"]
    came = lookup.among(said["message_key"], received)
    sent = said.loc[said["method"].eq("request") & came, "uid"]
    asked = agenda["uid"].isin(named) | agenda["uid"].isin(sent) | agenda["source"].eq("linkedin")
    return agenda.assign(is_invited=asked & ~agenda["is_organiser"])


# --- instances -----------------------------------------------------------------------------------


def instances(agenda: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Every instance begun up to as-of: `key` of the agenda and `at`.

    Instances that were changed or called off by themselves are told by their own rows of the
    agenda and left out of their series.
    """
    until = as_of.to_pydatetime()
    dated = agenda[agenda["starts_at"].notna() & (agenda["starts_at"] <= as_of)]
    changed = (
        dated[["uid", "recurrence_id"]].dropna().groupby("uid")["recurrence_id"].agg(frozenset)
    )
    single, series = dated[dated["recurrence"].isna()], dated[dated["recurrence"].notna()]
    rows: list[tuple[str, datetime]] = []
    columns = ("key", "uid", "starts_at", "recurrence", "zone", "recurrence_id")
    texts = series[list(columns)].astype(object).where(series[list(columns)].notna(), None)
    fruitless = 0
    for key, uid, start, rule, zone, instance in texts.to_numpy():  # rules expand one by one
        own = changed.get(uid, frozenset()) if instance is None else frozenset()
        followed = rule if fruitless < MAX_FRUITLESS else None
        starts = ical.instances(start.to_pydatetime(), followed, zone, until)
        fruitless += len(starts) < 2 and until - start > ONE_YEAR
        rows += [(key, at) for at in starts if at.isoformat() not in own]
    expanded = pd.DataFrame(rows, columns=["key", "at"]).astype({"key": "str"})
    expanded["at"] = pd.to_datetime(expanded["at"], utc=True).dt.as_unit("us")
    plain = single[["key", "starts_at"]].rename(columns={"starts_at": "at"})
    return pd.concat([plain, expanded]).sort_values(["at", "key"], ignore_index=True)


def _count_instances(agenda: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    counts = instances(agenda, as_of)["key"].value_counts()
    return _looked_up(agenda["key"], counts).fillna(0).astype("int64")


def meetings(
    agenda: pd.DataFrame,
    attendees: pd.DataFrame,
    owner: Owner,
    *,
    as_of: pd.Timestamp,
    max_people: int,
) -> pd.DataFrame:
    """Who the owner met.

    Events of few people that began, were not called off, and that the owner accepted or organised;
    those who declined were not there.

    Args:
        agenda: model.AGENDA of `merge`.
        attendees: model.ATTENDEES.
        owner: whose agenda it is.
        as_of: none later.
        max_people: people an event has at most, the owner among them.

    Returns:
        model.MEETINGS, one row per instance and other person.
    """
    hours = (agenda["ends_at"] - agenda["starts_at"]).dt.total_seconds() / 3600
    held = agenda[
        ~agenda["is_cancelled"]
        & (agenda["is_organiser"] | agenda["answer"].eq("accepted"))
        & agenda["n_people"].between(2, max_people)
        & ~(hours > MAX_MEETING_HOURS)
    ]
    people = _people(attendees, owner.addresses)
    there = people[people["is_person"] & ~people["is_owner"] & people["partstat"].ne("declined")]
    hosts = held[["key", "organiser_address", "organiser_name"]].set_axis(
        ["key", "address", "name"], axis=1
    )
    hosts = hosts[hosts["address"].notna() & ~hosts["address"].isin(owner.addresses)]
    present = pd.concat([there[["key", "address", "name"]], hosts])
    present = present.drop_duplicates(["key", "address"])
    found = instances(agenda, as_of).merge(held[["key", "n_people"]], on="key")
    found = found.merge(present, on="key")
    return MEETINGS.conform(found.sort_values(["at", "key", "address"], ignore_index=True))


def _evidence(agenda: pd.DataFrame, said: pd.DataFrame, spoken: pd.DataFrame) -> pd.Series:
    """Keys of the mails about each event, its answers in subjects among them; else of the event."""
    told = pd.concat([said[["uid", "message_key"]], spoken[["uid", "message_key"]]])
    told = told.dropna().drop_duplicates().sort_values(["uid", "message_key"])
    keys = told.groupby("uid")["message_key"].agg(JOIN.join).astype("str")
    return _looked_up(agenda["uid"], keys).fillna(agenda["key"])
