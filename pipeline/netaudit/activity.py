"""`p_active`: how likely is another direct message within 180 days, and why.

A logistic regression on seven figures of a tie, each a plain reading of the mailbox: how its
silence compares with its own rhythm, how much recent contact there was, how old it is, whether
the two answer each other, and what happens *around* it: whether the person still turns up in group
mail, which carries most of what plain gaps miss. Silence is counted in days on which the owner
wrote to anybody, so that holidays, weekends and a silent month of the owner are no sign about a
tie. Each weight is bound to the sign that can be explained (more silence never speaks for
contact); on the mailboxes it was measured on, that costs nothing.

The coefficients stand in `activity.json`; `benchmarks/activity.py` fits them on real mailboxes and
prints how they do on mailboxes that were not used for fitting (docs/methods.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import pandas as pd

HORIZON_DAYS = 180
INTERVAL_FLOOR_DAYS = 3.0
"""Added to every interval, so that a burst of one week is not taken for a daily rhythm."""
PRIOR_INTERVAL_DAYS = 60.0
"""Taken for the rhythm of a tie with contact on one day only."""

LEAST_TIES = 10
"""From so many ties on an owner's average is worth comparing with."""

FEATURES: dict[str, str] = {
    "rhythm": "silence since the last direct contact, in the tie's own mean intervals",
    "recent_days": "days with direct contact, each halved every 90 days",
    "age": "days since the first direct contact",
    "presence": "mails the person stands on in any role, each halved every 30 days",
    "unseen": "days since the person stood on any mail",
    "replies": "share of the direct messages that answer one, by headers or by the subject's mark",
    "is_single": "contact on one day only",
}


THEMES: dict[str, tuple[str, ...]] = {
    "contact": ("rhythm", "recent_days", "is_single"),
    "surroundings": ("presence", "unseen"),
    "age": ("age",),
    "replies": ("replies",),
}
"""Figures that are one reason together."""


@dataclass(frozen=True)
class Model:
    """A fitted logistic regression.

    Attributes:
        intercept: log-odds of an average tie.
        weight: log-odds per unit of each feature.
        centre: mean of each feature over the ties it was fitted on.
    """

    intercept: float
    weight: dict[str, float]
    centre: dict[str, float]


@cache
def fitted() -> Model:
    """The model that ships with the package."""
    text = resources.files("netaudit").joinpath("activity.json").read_text(encoding="utf-8")
    values = json.loads(text)
    return Model(float(values["intercept"]), dict(values["weight"]), dict(values["centre"]))


def features(direct: pd.DataFrame, presence: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The figures of every tie with direct contact up to as-of.

    Args:
        direct: direct messages: `person_id`, `at` (UTC), `direction` (in, out), `is_reply`.
        presence: who stands on which message in any role: `person_id`, `key`, `at`.
        as_of: everything later is left out.

    Returns:
        Index `person_id` (sorted), columns FEATURES: logarithms of one plus days or counts, but
        `replies` in [0, 1] and `is_single` 0 or 1.
    """
    direct = direct[direct["at"] <= as_of]
    presence = presence[presence["at"] <= as_of]
    if direct.empty:
        return pd.DataFrame(columns=list(FEATURES), dtype="float64")
    days = _contact_days(direct, as_of)
    tie = days.groupby("person_id")["age_days"].agg(["size", "min", "max"])
    silence = _active_silence(direct, tie["min"], as_of)
    interval = ((tie["max"] - tie["min"]) / (tie["size"] - 1).clip(lower=1)).where(
        tie["size"] > 1, PRIOR_INTERVAL_DAYS
    )
    seen = _age_days(presence["at"], as_of).groupby(presence["person_id"]).min()
    unseen = seen.reindex(tie.index).fillna(tie["min"])
    return pd.DataFrame(
        {
            "rhythm": np.log1p(silence / (interval + INTERVAL_FLOOR_DAYS)),
            "recent_days": np.log1p(_decayed(days["person_id"], days["age_days"], 90.0)),
            "age": np.log1p(tie["max"]),
            "presence": np.log1p(
                _decayed(presence["person_id"], _age_days(presence["at"], as_of), 30.0)
            ).reindex(tie.index, fill_value=0.0),
            "unseen": np.log1p(unseen),
            "replies": direct.groupby("person_id")["is_reply"].mean(),
            "is_single": (tie["size"] == 1).astype("float64"),
        },
        index=tie.index,
    )[list(FEATURES)]


def p_active(figures: pd.DataFrame, model: Model | None = None) -> pd.Series:
    """Probability of a direct message, either way, within 180 days.

    Args:
        figures: from `features`.
        model: the shipped one by default.

    Returns:
        One probability a tie, in (0, 1), on the index of the figures.
    """
    log_odds = contributions(figures, model).sum(axis=1) + (model or fitted()).intercept
    return pd.Series(1.0 / (1.0 + np.exp(-log_odds)), index=figures.index, name="p_active")


def contributions(figures: pd.DataFrame, model: Model | None = None) -> pd.DataFrame:
    """What each figure adds to the log-odds of further contact, against an average tie.

    Returns:
        The shape of `figures`; positive speaks for further contact.
    """
    model = model or fitted()
    weight = pd.Series(model.weight, dtype="float64")[list(FEATURES)]
    centre = pd.Series(model.centre, dtype="float64")[list(FEATURES)]
    return (figures[list(FEATURES)] - centre) * weight


def reasons(figures: pd.DataFrame, model: Model | None = None, most: int = 3) -> pd.DataFrame:
    """What speaks most for or against further contact with each person.

    Figures that tell of the same thing count together (`THEMES`). They are compared with the
    owner's average tie, or with the average of the mailboxes that the model was fitted on where the
    owner has fewer than `LEAST_TIES`.

    Returns:
        `person_id`, `theme`, `log_odds` (signed), strongest first, at most `most` rows a person.
    """
    effects = contributions(figures, model)
    if len(figures) >= LEAST_TIES:
        effects = effects - effects.mean()
    effects = pd.DataFrame({name: effects[list(some)].sum(axis=1) for name, some in THEMES.items()})
    table = pd.DataFrame(
        {
            "person_id": np.repeat(figures.index.to_numpy(), len(THEMES)),
            "theme": np.tile(list(THEMES), len(figures)),
            "log_odds": effects.to_numpy().ravel(),
        }
    )
    table = table.assign(size=table["log_odds"].abs()).sort_values(
        ["person_id", "size", "theme"], ascending=[True, False, True]
    )
    return table.groupby("person_id").head(most).drop(columns="size").reset_index(drop=True)


def _age_days(at: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    age: pd.Series = (as_of - at).dt.total_seconds() / 86400.0
    return age


def _decayed(person: pd.Series, age_days: pd.Series, half_life_days: float) -> pd.Series:
    return (0.5 ** (age_days / half_life_days)).groupby(person).sum()


def _contact_days(direct: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Distinct UTC days of contact, the latest moment of each: `person_id`, `age_days`."""
    frame = pd.DataFrame(
        {
            "person_id": direct["person_id"],
            "day": direct["at"].dt.floor("D"),
            "age_days": _age_days(direct["at"], as_of),
        }
    )
    return frame.groupby(["person_id", "day"])["age_days"].min().reset_index()


def _active_silence(direct: pd.DataFrame, gap: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """The gap counted in the owner's active days, stretched to the scale of calendar days."""
    owner = direct.loc[direct["direction"] == "out", "at"].dt.floor("D").drop_duplicates()
    ages = np.sort(_age_days(owner, as_of).to_numpy(dtype="float64"))
    if len(ages) < 30:  # too few to know the owner's rhythm
        return gap
    window = min(365.0, float(ages[-1]) + 1.0)
    rate = max(float(np.searchsorted(ages, window, side="right")) / window, 0.02)
    active = np.searchsorted(ages, gap.to_numpy(dtype="float64") - 1.0, side="right")
    return pd.Series(active / rate, index=gap.index)
