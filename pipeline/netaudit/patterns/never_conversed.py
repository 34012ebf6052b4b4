"""LinkedIn connections with whom no word was ever exchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from netaudit import aliases, connections, findings, phrases, steps
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class NeverConversed:
    """A connection of some months, and no message either way, on any channel, to any alias."""

    NAME: ClassVar[str] = "never_conversed"
    POSITIVE: ClassVar[bool] = False
    ORDER: ClassVar[int] = 50
    STEPS: ClassVar[Mapping[str, str]] = {"": steps.WRITE}
    TITLE: ClassVar[str] = "Connected, never spoken to"
    MEANING: ClassVar[str] = (
        "These connections are names so far. Weak ties pay, so they are no fault: the list begins "
        "with those you have most in common with, where a few words come easiest."
    )
    MAY_BE_WRONG: ClassVar[str] = (
        "You may have talked in person, by phone or on a channel that is not in the archive. "
        "Left out is whoever has a namesake you talked with: perhaps the same person. Nothing is "
        "said where the archive holds no LinkedIn messages at all."
    )

    min_days: float = setting(90.0, "days since connecting, at least")
    weight_employer: float = setting(0.4, "share of the score for an employer of the owner's own")
    weight_colleagues: float = setting(0.3, "share for people at their employer the owner talks to")
    weight_gestures: float = setting(0.2, "share for endorsements exchanged")
    weight_seen: float = setting(0.1, "share for standing on the same mails as the owner")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """One finding per connection; the score says how much it has in common with the owner."""
        fates = connections.fates(history)
        rows = fates[fates["fate"].eq("never") & fates["person_id"].notna()]
        rows = rows[(as_of - rows["connected_at"]) >= pd.Timedelta(days=self.min_days)]
        if not history.messages["channel"].eq("linkedin").any():
            rows = rows.iloc[:0]  # an export without messages cannot tell
        common = self._common(history, fates, rows)
        weights = {
            "employer": self.weight_employer,
            "colleagues": self.weight_colleagues,
            "gestures": self.weight_gestures,
            "seen": self.weight_seen,
        }
        score = (common[list(weights)] * pd.Series(weights)).sum(axis=1)
        return findings.frame(
            self.NAME,
            pd.DataFrame(
                {
                    "person_id": rows["person_id"],
                    "score": score,
                    "confidence": 1.0,
                    "since": rows["connected_at"],
                    "summary": _summary(rows, common),
                    "evidence": rows["key"],
                    "suggestion": _suggestion(common),
                }
            ),
            history.people,
        )

    def _common(self, history: History, fates: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
        """What each has in common with the owner, on the index of `rows`.

        employer (0 or 1), n_colleagues, colleagues (n/(n+2)), n_gestures, gestures (n/(n+1)),
        n_seen, seen (n/(n+2)).
        """
        own = history.owned.loc[history.owned["kind"].eq("employer"), "value"]
        own = own.dropna().map(aliases.fold)
        organisation = fates["organisation"].fillna("").map(aliases.fold)
        talked = organisation[fates["fate"].isin(["conversed", "silent"]) & organisation.ne("")]
        theirs = organisation.loc[rows.index]
        common = pd.DataFrame({"employer": (theirs.isin(own) & theirs.ne("")).astype("float64")})
        common["n_colleagues"] = _counted(theirs, talked)
        common["n_gestures"] = _counted(
            rows["person_id"],
            history.gestures.loc[history.gestures["kind"].ne("invitation"), "person_id"],
        )
        # Who never exchanged a word with the owner stands only on other people's mails to both.
        beside = history.people["person_id"].array[history.addressed["person"].to_numpy()]
        common["n_seen"] = _counted(rows["person_id"], pd.Series(beside))
        for name, half in (("colleagues", 2), ("gestures", 1), ("seen", 2)):
            common[name] = common[f"n_{name}"] / (common[f"n_{name}"] + half)
        return common


def _counted(keys: pd.Series, among: pd.Series) -> pd.Series:
    """How often each key stands among others."""
    counts = among.value_counts()
    return counts.reindex(keys).fillna(0).astype("int64").set_axis(keys.index)


def _summary(rows: pd.DataFrame, common: pd.DataFrame) -> pd.Series:
    since = "Connected since " + rows["connected_at"].dt.strftime("%B %Y").astype("str")
    organisation = rows["organisation"].fillna("")
    employer = (" You both know " + organisation + " from inside.").where(
        common["employer"] > 0, ""
    )
    people = common["n_colleagues"].map(lambda n: phrases.count(n, "person", "people"))
    colleagues = (
        " You have talked with " + people.astype("str") + " at " + organisation + "."
    ).where((common["n_colleagues"] > 0) & common["employer"].eq(0), "")
    gestures = pd.Series(" One of you endorsed the other.", index=rows.index).where(
        common["n_gestures"] > 0, ""
    )
    seen = pd.Series(" You have stood on the same mails.", index=rows.index).where(
        common["n_seen"] > 0, ""
    )
    first: pd.Series = since + ", without a message either way."
    for more in (employer, colleagues, gestures, seen):
        first = first + more.astype("str")
    return first


def _suggestion(common: pd.DataFrame) -> pd.Series:
    near = common[["employer", "n_colleagues", "n_gestures", "n_seen"]].sum(axis=1) > 0
    return pd.Series(
        "Let it rest, or say hello when there is an occasion.", index=common.index, dtype="str"
    ).mask(near, "Two lines about what you have in common would open the conversation.")
