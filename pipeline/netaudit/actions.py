"""This quarter's list: the few people to act on, with the reason and the smallest next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import answers as answers_
from netaudit import candidates, steps
from netaudit.model import ACTIONS

if TYPE_CHECKING:
    from netaudit.audit import Audit

MOST = 10
VARIETY = 0.7
"""The second person of a step counts so much of its own value, the third the square of it..."""
AWKWARD_DAYS = 1095.0
"""A silence of this length halves what reconnecting is worth: it takes more to break it."""


def choose(audit: Audit, answers: pd.DataFrame | None = None, most: int = MOST) -> pd.DataFrame:
    """People to act on, the most worthwhile first.

    The value of a candidate is what its step is worth (`steps.WEIGHT`), times how sure it is, times
    the depth of the exchange so far (the logarithm of the messages exchanged, counted as those of
    the side that wrote less), times how fresh its evidence is. One row a person, the most valuable;
    the more often a step is on the list already, the less another one of it counts.

    Args:
        audit: as of a date.
        answers: model.ANSWERS, what the owner said in reviews: what was done, put off or left out
            in an earlier one does not come back before its time; those of this day's review stay
            on the list and are marked.
        most: rows at most.

    Returns:
        model.ACTIONS; one row per person.
    """
    found = candidates.find(audit)
    given = answers_.of_people(answers, audit)
    found = found[~answers_.is_settled(found, given, audit.as_of)]
    if found.empty:
        return ACTIONS.empty()
    ties = audit.relationships.set_index("person_id").loc[found["person_id"]]
    value = found["weight"] * found["step"].map(steps.WEIGHT) * _depth(ties).to_numpy()
    value *= _freshness(found, ties, audit)
    found = found.assign(score=value, name=ties["name"].array, addresses=ties["addresses"].array)
    order = ["score", "person_id", "reason"]
    found = found.sort_values(order, ascending=[False, True, True], kind="stable")
    found = found.drop_duplicates("person_id")
    found["score"] *= VARIETY ** found.groupby("step").cumcount()
    chosen = found.sort_values(order, ascending=[False, True, True], ignore_index=True).head(most)
    return ACTIONS.conform(answers_.marked(chosen, given, audit.as_of))


def _depth(ties: pd.DataFrame) -> pd.Series:
    """How much was exchanged: a monologue is no more than the few messages of its other side."""
    fewer = ties[["n_in_direct", "n_out_direct"]].min(axis=1)
    return pd.Series(np.log(2 + 2 * fewer.to_numpy()), index=ties.index)


def _freshness(found: pd.DataFrame, ties: pd.DataFrame, audit: Audit) -> np.ndarray:
    """How much of its value is left: evidence ages, long silences are harder to break."""
    age_days = (audit.as_of - found["told_at"]).dt.total_seconds() / 86_400
    aged = 0.5 ** (age_days.fillna(0.0) / audit.settings.strength.half_life_days)
    awkward = 0.5 ** (ties["silent_days"].fillna(0.0) / AWKWARD_DAYS)
    return np.where(found["step"].eq(steps.RECONNECT), awkward, aged)
