"""What the owner said in reviews, against what there is to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.model import ANSWERS
from netaudit.quarter import last_day

if TYPE_CHECKING:
    from netaudit.audit import Audit

DONE, SNOOZE, IGNORE, SKIP = "done", "snooze", "ignore", "skip"
TAG, NOTE = "tag", "note"
FINAL = (DONE, SNOOZE, IGNORE, SKIP)
"""Answers after which the next person comes; tags and notes are beside them."""
REST_DAYS = 180.0
"""What was done does not come back so soon, unless something new happened."""


def of_people(answers: pd.DataFrame | None, audit: Audit) -> pd.DataFrame:
    """The answers with the persons they mean today.

    Args:
        answers: model.ANSWERS, in the order in which they were given.
        audit: says who is who.

    Returns:
        model.ANSWERS and `person_id`; those up to the audit's day, of people who are known.
    """
    given = ANSWERS.empty() if answers is None else ANSWERS.check(answers)
    known = audit.people.aliases.dropna(subset="person_id").drop_duplicates("alias")
    person = given["who"].map(known.set_index("alias")["person_id"]).astype("str")
    given = given.assign(person_id=person)
    return given[person.notna() & (given["as_of"] <= audit.as_of)]


def final(given: pd.DataFrame) -> pd.DataFrame:
    """The answer that stands for each person and day of review: the last that is no tag or note."""
    decided = given[given["answer"].isin(FINAL)]
    return decided.drop_duplicates(["person_id", "as_of"], keep="last")


def is_settled(found: pd.DataFrame, given: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """Which candidates an earlier review has dealt with.

    Put off: until its day. Done: for some months (`REST_DAYS`), unless there is evidence that is
    younger than the review. Skipped ones come back.

    Args:
        found: `netaudit.candidates`.
        given: from `of_people`.
        as_of: the day of the list; answers of that day's own review change nothing.

    Returns:
        bool on the index of `found`.
    """
    earlier = final(given[given["as_of"] < last_day(as_of)])
    latest = earlier.sort_values("as_of", kind="stable").drop_duplicates("person_id", keep="last")
    said = latest.set_index("person_id").reindex(found["person_id"]).set_axis(found.index)
    until = pd.to_datetime(said["until"], utc=True, errors="coerce")
    is_waiting = said["answer"].eq(SNOOZE) & (until > as_of)
    is_recent = as_of - said["as_of"] < pd.Timedelta(days=REST_DAYS)
    is_new = found["told_at"] >= said["as_of"] + pd.Timedelta(days=1)
    return is_waiting | (said["answer"].isin([DONE, IGNORE]) & is_recent & ~is_new)


def marked(chosen: pd.DataFrame, given: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The list with the answers of the same day's review beside it: `answer`, `until`, `note`."""
    today = given[given["as_of"] == last_day(as_of)]
    said = final(today).set_index("person_id").reindex(chosen["person_id"])
    return chosen.assign(
        answer=said["answer"].array,
        until=said["until"].array,
        note=notes(today).reindex(chosen["person_id"]).array,
    )


def notes(given: pd.DataFrame) -> pd.Series:
    """Every person's notes, in order, as one text by person_id."""
    told = given[given["answer"].eq(NOTE)]
    return told.groupby("person_id")["note"].agg(" / ".join).astype("str")


def resumed(chosen: pd.DataFrame, answers: pd.DataFrame, audit: Audit) -> pd.DataFrame:
    """The list of a review that goes on: nobody new takes the place of who was answered.

    A decision may take a person off the list (left out, tagged); the list gets shorter by it.

    Args:
        chosen: model.ACTIONS with the answers so far.
        answers: model.ANSWERS.
        audit: of the list.
    """
    given = final(of_people(answers, audit))
    today = given.loc[given["as_of"].eq(last_day(audit.as_of)), "person_id"]
    n_gone = int((~today.isin(chosen["person_id"])).sum())
    is_open = chosen["answer"].isna()
    room = len(chosen) - n_gone - int((~is_open).sum())
    return chosen[~is_open | (is_open.cumsum() <= room)].reset_index(drop=True)
