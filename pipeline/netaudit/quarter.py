"""A quarter of a history against the one before and the same one a year ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit.patterns import of_kind
from netaudit.patterns.dormant import Dormant
from netaudit.patterns.reciprocal import Reciprocal
from netaudit.relationships import exchange, personal_messages, sides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netaudit.audit import Audit
    from netaudit.patterns import Pattern

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
    """What happened in a window, the owner's mass mailings left out.

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
    direct = personal_messages(audit.history)
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


def quiet(ties: pd.DataFrame, patterns: Iterable[Pattern]) -> pd.DataFrame:
    """The relationships that were a real exchange and are cooling or dormant.

    Whoever was only ever on a mailing has the status `dormant` too, and nothing to fall silent.

    Args:
        ties: model.RELATIONSHIPS.
        patterns: with their thresholds.
    """
    silence = of_kind(patterns, Dormant)
    return ties[silence.is_tie(ties) & ties["status"].isin(DORMANT)]


def ids_today(before: Audit, now: Audit) -> dict[str, str]:
    """Who the people of an earlier audit are today: their ids then -> their ids now.

    A person who turned out to be another one has the id of that one; the addresses and profiles of
    both tell.
    """
    then, today = (_aliases(audit)["person_id"] for audit in (before, now))
    same = dict(zip(then, today.reindex(then.index), strict=True))
    ids = before.relationships["person_id"]
    found = ids.map(same)
    return dict(zip(ids, found.where(found.notna(), ids), strict=True))


def _aliases(audit: Audit) -> pd.DataFrame:
    """The addresses and profiles of people, by alias."""
    known = audit.people.aliases.dropna(subset="person_id")
    known = known[known["kind"].isin(["address", "profile"])]
    return known.drop_duplicates("alias").set_index("alias")


def changes(now: Audit, before: Audit) -> Changes:
    """What changed between two audits of one archive.

    New is who had no direct message before, the owner's mailings left out. Ties go quiet or come
    back where there was a real exchange (`Dormant.is_tie`): an answer to a mailing revives nothing.
    Who went quiet was alive before and is cooling or dormant now; who came back was dormant, not
    merely late. A tie became one-sided, or balanced, that was known before and began otherwise
    (`_began_within`): one that was so all along, and of which only now enough is known to say so,
    has not changed.
    """
    silence = of_kind(now.patterns, Dormant)
    rows = now.relationships.assign(
        messages=now.relationships["n_in_direct"] + now.relationships["n_out_direct"]
    )
    rows = rows[rows["messages"] > 0].sort_values(
        ["messages", "person_id"], ascending=[False, True], ignore_index=True
    )
    old = _as_known_today(before, now)
    status = rows["person_id"].map(old["status"]).fillna("")
    was_tie = rows["person_id"].isin(old.index[silence.is_tie(old)])
    went = silence.is_tie(rows) & rows["status"].isin(DORMANT) & ~status.isin(["", *DORMANT])
    first = rows["person_id"].map(personal_messages(now.history).groupby("person_id")["at"].min())
    known = first <= before.as_of
    began = rows["person_id"].map(_began_within(now))
    return Changes(
        new_people=rows[first > before.as_of],
        gone_quiet=rows[went],
        revived=rows[rows["status"].eq("active") & status.eq("dormant") & was_tie],
        one_sided=rows[known & began.eq(True) & _became(rows, old, "one_sided")],
        balanced=rows[known & began.eq(False) & _became(rows, old, "reciprocal")],
    )


def _as_known_today(before: Audit, now: Audit) -> pd.DataFrame:
    """The earlier relationships by today's id, with `messages`; of several the one with most."""
    old = before.relationships
    old = old.assign(
        person_id=old["person_id"].map(ids_today(before, now)),
        messages=old["n_in_direct"] + old["n_out_direct"],
    )
    most = old.sort_values("messages", ascending=False, kind="stable")
    return most.drop_duplicates("person_id").set_index("person_id")


def _began_within(now: Audit) -> pd.Series:
    """Whether a tie began neither one-sided nor leaning that way: bool by person_id.

    The owner's share of the first third of the exchange lies between the bounds of `Reciprocal`.
    """
    even = of_kind(now.patterns, Reciprocal)
    messages = exchange(now.history.interactions).sort_values(["person_id", "at", "key"])
    place = messages.groupby("person_id").cumcount()
    n = messages.groupby("person_id")["key"].transform("size")
    first = sides(messages[place < n / 3])
    share = first["out"] / (first["out"] + first["into"])
    return (share > even.lowest) & (share < even.highest)


def _became(rows: pd.DataFrame, old: pd.DataFrame, pattern: str) -> pd.Series:
    def has(patterns: pd.Series) -> pd.Series:
        return patterns.fillna("").str.contains(rf"(?:^|; ){pattern}(?:;|$)")

    before = rows["person_id"].map(has(old["patterns"])).fillna(value=False).astype("bool")
    return has(rows["patterns"]) & ~before
