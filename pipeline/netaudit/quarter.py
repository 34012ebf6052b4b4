"""A quarter of a history against the one before and the same one a year ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit.patterns import of_kind
from netaudit.patterns.dormant import Dormant

if TYPE_CHECKING:
    from netaudit.audit import Audit

MONTHS = 3
DORMANT = ("dormant", "cooling")


@dataclass(frozen=True)
class Window:
    """The three months that end with a day: `start` <= time < `stop`, both UTC."""

    start: pd.Timestamp
    stop: pd.Timestamp

    def earlier(self, months: int) -> Window:
        """The same window some months earlier."""
        back = pd.DateOffset(months=months)
        return Window(self.start - back, self.stop - back)

    @property
    def name(self) -> str:
        """`July to September 2026`, or with days where it is no calendar quarter."""
        last = self.stop - pd.Timedelta(days=1)
        if self.start.day == 1:
            year = "" if self.start.year == last.year else f" {self.start.year}"
            return f"{self.start:%B}{year} to {last:%B %Y}"
        return f"{self.start.day} {self.start:%B %Y} to {last.day} {last:%B %Y}"

    def holds(self, times: pd.Series) -> pd.Series:
        """Whether each time lies in the window; missing ones do not."""
        return (times >= self.start) & (times < self.stop)


def last_day(as_of: pd.Timestamp) -> pd.Timestamp:
    """The day that ends with `as_of`, which may be its last instant or the next midnight."""
    return (as_of - pd.Timedelta(microseconds=1)).floor("D")


def window(as_of: pd.Timestamp) -> Window:
    """The three months that end with as-of."""
    stop = last_day(as_of) + pd.Timedelta(days=1)
    return Window(stop - pd.DateOffset(months=MONTHS), stop)


@dataclass(frozen=True)
class Figures:
    """What happened in a window.

    Attributes:
        people: humans with direct contact.
        sent, received: direct messages.
        answered: share of the direct messages received that the owner answered in time, of those
            old enough to tell; NaN without any.
        new_people: humans whose first direct contact lies in it.
    """

    people: int
    sent: int
    received: int
    answered: float
    new_people: int

    @property
    def share(self) -> float:
        """The owner's share of the direct messages; NaN without any."""
        total = self.sent + self.received
        return self.sent / total if total else float("nan")


def figures(audit: Audit, when: Window) -> Figures:
    """The figures of a window that ends at as-of or earlier."""
    contacts = audit.history.interactions
    direct = contacts[contacts["is_direct"] & contacts["kind"].eq("message")]
    inside = direct[when.holds(direct["at"])]
    messages = inside.drop_duplicates(["key", "direction"])
    first = direct.groupby("person_id")["at"].min()
    return Figures(
        people=int(inside["person_id"].nunique()),
        sent=int((messages["direction"] == "out").sum()),
        received=int((messages["direction"] == "in").sum()),
        answered=_answered(inside, audit),
        new_people=int(when.holds(first).sum()),
    )


def _answered(inside: pd.DataFrame, audit: Audit) -> float:
    within = pd.Timedelta(days=audit.settings.replies.within_days)
    due = inside[(inside["direction"] == "in") & (inside["at"] <= audit.as_of - within)]
    took = due["answered_at"] - due["at"]
    return float((took <= within).mean()) if len(due) else float("nan")


@dataclass(frozen=True)
class Changes:
    """Who became what since an earlier audit; frames of model.RELATIONSHIPS as of now."""

    new_people: pd.DataFrame
    gone_quiet: pd.DataFrame
    revived: pd.DataFrame
    one_sided: pd.DataFrame
    balanced: pd.DataFrame


def quiet(audit: Audit) -> pd.DataFrame:
    """The relationships that were a real exchange and are cooling or dormant.

    Whoever was only ever on a mailing has the status `dormant` too, and nothing to fall silent.
    """
    ties = audit.relationships
    return ties[_silence(audit).is_tie(ties) & ties["status"].isin(DORMANT)]


def _silence(audit: Audit) -> Dormant:
    return of_kind(audit.patterns, Dormant)


def changes(now: Audit, before: Audit) -> Changes:
    """What changed between two audits of one archive.

    Ties go quiet or come back where there was a real exchange (`Dormant.is_tie`): an answer to a
    mailing revives nothing. Who went quiet was alive before and is cooling or dormant now; who came
    back was dormant, not merely late.
    """
    silence = _silence(now)
    rows = now.relationships.assign(
        messages=now.relationships["n_in_direct"] + now.relationships["n_out_direct"]
    )
    rows = rows[rows["messages"] > 0].sort_values(
        ["messages", "person_id"], ascending=[False, True], ignore_index=True
    )
    old = before.relationships.set_index("person_id")
    status = rows["person_id"].map(old["status"]).fillna("")
    was_tie = rows["person_id"].isin(old.index[silence.is_tie(old)])
    went = silence.is_tie(rows) & rows["status"].isin(DORMANT) & ~status.isin(["", *DORMANT])
    known = rows["person_id"].isin(old.index[old["n_in_direct"] + old["n_out_direct"] > 0])
    return Changes(
        new_people=rows[~known],
        gone_quiet=rows[went],
        revived=rows[rows["status"].eq("active") & status.eq("dormant") & was_tie],
        one_sided=rows[_became(rows, old, "one_sided")],
        balanced=rows[_became(rows, old, "reciprocal")],
    )


def _became(rows: pd.DataFrame, old: pd.DataFrame, pattern: str) -> pd.Series:
    def has(patterns: pd.Series) -> pd.Series:
        return patterns.fillna("").str.contains(rf"(?:^|; ){pattern}(?:;|$)")

    before = rows["person_id"].map(has(old["patterns"])).fillna(value=False).astype("bool")
    return has(rows["patterns"]) & ~before
