"""Invitations that the owner declines or leaves without an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
from scipy.special import betaincc

from netaudit import findings, phrases
from netaudit.model import FINDINGS, JOIN
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class EventAvoidance:
    """Most of the events one is invited to are declined, or begin without an answer."""

    NAME: ClassVar[str] = "event_avoidance"
    POSITIVE: ClassVar[bool] = False
    ORDER: ClassVar[int] = 70
    STEPS: ClassVar[Mapping[str, str]] = {}
    TITLE: ClassVar[str] = "Events let pass"
    MEANING: ClassVar[str] = (
        "Being there is how people come to think of you: one event a month, chosen well, does more "
        "than many that are let pass."
    )
    MAY_BE_WRONG: ClassVar[str] = (
        "Mail alone cannot prove that an invitation was ignored: an answer may have been given on "
        "the phone, in a calendar that is not in the archive, or by simply turning up. A calendar "
        "file (.ics) makes this sure."
    )

    min_invitations: int = setting(8, "invitations to events that have begun, at least")
    rate: float = setting(0.5, "share declined or unanswered beyond which it is a pattern")
    certainty: float = setting(0.9, "how probable it must be that the share is beyond that")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """At most one finding, on the owner as a whole."""
        invited = invitations(history.events, as_of)
        avoided = invited[invited["answer"].isin(["declined", "none"])]
        n, k = len(invited), len(avoided)
        probability = float(betaincc(1 + k, 1 + n - k, self.rate))
        # Where no answer of the owner's is seen at all, the archive cannot see answers.
        seen = invited["answer"].ne("none").any() or history.events["is_in_calendar"].any()
        if n < self.min_invitations or probability < self.certainty or not seen:
            return FINDINGS.empty()
        newest = avoided.sort_values(["starts_at", "key"], ascending=[False, True])
        keys = newest["evidence"].str.split(JOIN).explode().drop_duplicates()
        row = {
            "score": k / n,
            "confidence": probability,
            "since": avoided["starts_at"].min(),
            "summary": _summary(n, avoided["answer"]),
            "evidence": JOIN.join(keys.head(findings.EVIDENCE_LIMIT)),
            "suggestion": "Pick one invitation of the coming weeks and accept it; decline the "
            "others with a line, so that you are asked again.",
        }
        return findings.frame(self.NAME, pd.DataFrame([row]), history.people)


def invitations(agenda: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """What the owner was asked to come to: one row per UID.

    Args:
        agenda: model.AGENDA.
        as_of: events that begin later are left out: they can still be answered.

    Returns:
        Rows of the agenda: the series where one is known, else its first instance; without
        cancelled events and without those whose answer is unknown.
    """
    begun = agenda["starts_at"].isna() | (agenda["starts_at"] <= as_of)
    asked = agenda[agenda["is_invited"] & ~agenda["is_cancelled"] & begun]
    asked = asked[asked["answer"].ne("unknown")]
    ordered = asked.assign(_instance=asked["recurrence_id"].fillna("")).sort_values(
        ["uid", "_instance"], kind="stable"
    )
    return ordered.drop_duplicates("uid").drop(columns="_instance")


def _summary(n: int, answers: pd.Series) -> str:
    declined = int(np.count_nonzero(answers.eq("declined")))
    silent = len(answers) - declined
    return (
        f"Of {phrases.count(n, 'invitation')}, {declined:,} were declined and {silent:,} began "
        "without an answer that the archive holds; mail alone cannot prove that those were ignored."
    )
