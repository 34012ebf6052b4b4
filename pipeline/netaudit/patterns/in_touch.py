"""in_touch: a tie whose last contact lies within its own rhythm, or the one the owner wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from netaudit import findings, phrases
from netaudit.relationships import exchange
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class InTouch:
    """A two-way tie silent for no longer than its usual pause.

    A tag with a cadence of its own (`[cadence]`, `mentor = 90`) takes the place of the rhythm.
    """

    NAME: ClassVar[str] = "in_touch"
    POSITIVE: ClassVar[bool] = True
    ORDER: ClassVar[int] = 30
    STEPS: ClassVar[Mapping[str, str]] = {}
    TITLE: ClassVar[str] = "In touch"
    MEANING: ClassVar[str] = "You hear from each other as often as usual."
    MAY_BE_WRONG: ClassVar[str] = "A lively tie may be about one project and end with it."

    min_days: int = setting(4, "different days with direct contact, and both ways, at least")
    grace_days: float = setting(7.0, "a pause of so many days is always within the rhythm")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings as of a time, the likeliest to go on first."""
        ties = history.relationships.set_index("person_id")
        ties = ties[
            (ties["n_contact_days"] >= self.min_days)
            & (ties["n_in_direct"] > 0)
            & (ties["n_out_direct"] > 0)
        ]
        ties = ties.assign(limit=self.limit_days(ties), is_wanted=ties["wanted_days"].notna())
        ties = ties[ties["silent_days"] <= ties["limit"]]
        messages = exchange(history.interactions)
        messages = messages[messages["person_id"].isin(ties.index) & (messages["at"] <= as_of)]
        rows = ties.assign(
            score=ties["p_active"],
            confidence=ties["p_active"],
            since=_since(messages, ties["limit"]),
            evidence=findings.evidence(messages, limit=10),
        )
        rows["summary"] = [
            f"The last direct message with {row['name']} is "
            f"{phrases.count(row['silent_days'], 'day')} old; "
            + (
                f"you want to be in touch every {phrases.span(row['limit'])}."
                if row["is_wanted"]
                else f"the usual pause is {phrases.span(max(row['cadence_days'], 1))}."
            )
            for row in rows.to_dict("records")
        ]
        return findings.frame(self.NAME, rows.reset_index(), history.people)

    def limit_days(self, ties: pd.DataFrame) -> pd.Series:
        """How long each of model.RELATIONSHIPS may be silent and still be in touch, in days."""
        return ties["wanted_days"].fillna(ties["cadence_days"].clip(lower=self.grace_days))


def _since(messages: pd.DataFrame, limit: pd.Series) -> pd.Series:
    """Since when no pause has been longer than a person's limit: the message that ended the last.

    Without such a pause, since the first message.
    """
    person = messages["person_id"]
    pause = messages["at"].groupby(person).diff().dt.days
    begins = pause.isna() | (pause > limit.reindex(person).set_axis(messages.index))
    latest: pd.Series = messages["at"][begins].groupby(person[begins]).max()
    return latest
