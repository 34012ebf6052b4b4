"""When silence means something: the one rule for the status column and the pattern `dormant`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netaudit.settings import setting

STATUSES = ("new", "one_off", "dormant", "cooling", "active")


@dataclass(frozen=True)
class Silence:
    """How long a silence is, against the calendar, the tie's own rhythm and what is likely to come.

    The bounds were chosen on real mailboxes by what happened next (docs/methods.md). A cadence that
    the owner wants for a tag takes the place of calendar and rhythm.
    """

    min_days: int = setting(4, "different days with direct contact, and both ways, to be a tie")
    cooling_days: float = setting(90.0, "cooling: silent for longer than this")
    cooling_times: float = setting(3.0, "cooling: and longer than so many own mean intervals")
    dormant_days: float = setting(120.0, "dormant: cooling, and silent for longer than this")
    dormant_below: float = setting(
        0.25, "dormant: and a further message within 180 days less likely than this"
    )
    unknown_days: float = setting(
        180.0, "dormant without any direct message: silent for longer than this"
    )
    wanted_times: float = setting(
        2.0, "dormant where a cadence is wanted: silent for longer than so many of it"
    )
    revive_days: float = setting(1095.0, "dormant: valued and silent for so long, worth reviving")

    def is_cooling(self, ties: pd.DataFrame) -> pd.Series:
        """Whether a silence is longer than usual, or than wanted; unknown intervals count as none.

        Args:
            ties: `silent_days`, `interval_days`, `wanted_days`, `p_active`.
        """
        return ties["silent_days"] > self.usual_days(ties)

    def is_dormant(self, ties: pd.DataFrame) -> pd.Series:
        """Whether a silence is so long that it will rather last; arguments of `is_cooling`."""
        silent, likely = ties["silent_days"], ties["p_active"]
        lasts = (likely < self.dormant_below) | (likely.isna() & (silent > self.unknown_days))
        return lasts & (silent > self.quiet_days(ties))

    def usual_days(self, ties: pd.DataFrame) -> pd.Series:
        """The longest silence that is no sign yet: as wanted, else by calendar and rhythm."""
        rhythm = self.cooling_times * ties["interval_days"].fillna(0.0)
        return ties["wanted_days"].fillna(rhythm.clip(lower=self.cooling_days))

    def quiet_days(self, ties: pd.DataFrame) -> pd.Series:
        """The longest silence that is not called dormant, however unlikely further contact is."""
        usual = self.usual_days(ties)
        usual = usual.where(ties["wanted_days"].isna(), self.wanted_times * usual)
        return usual.clip(lower=self.dormant_days)

    def is_tie(self, relationships: pd.DataFrame) -> pd.Series:
        """Whether there was an exchange to fall silent: both ways, on several days."""
        return (
            (relationships["n_contact_days"] >= self.min_days)
            & (relationships["n_in_direct"] > 0)
            & (relationships["n_out_direct"] > 0)
        )


def status(
    relationships: pd.DataFrame, as_of: pd.Timestamp, silence: Silence, new_days: float
) -> np.ndarray:
    """The status of each relationship.

    Args:
        relationships: with `first_contact`, `one_day` (bool: contact on one day only),
            `silent_days`, `interval_days`, `wanted_days` and `p_active`.
        as_of: the end of the last day that counts.
        silence: the rule for dormant and cooling.
        new_days: first contact within so many days is new.

    Returns:
        One of STATUSES, or None where there was no contact.
    """
    first = relationships["first_contact"]
    conditions = [
        first.isna(),
        first > as_of - pd.Timedelta(days=new_days),
        relationships["one_day"],
        silence.is_dormant(relationships),
        silence.is_cooling(relationships),
    ]
    choices = [None, "new", "one_off", "dormant", "cooling"]
    return np.select(conditions, choices, default="active")  # type: ignore[arg-type]
