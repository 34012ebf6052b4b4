"""When silence means something: the one rule for the status column and the pattern `dormant`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from netaudit.settings import setting

STATUSES = ("new", "one_off", "dormant", "cooling", "active")


@dataclass(frozen=True)
class Silence:
    """How long a silence is, against the calendar and against the tie's own rhythm.

    Eight times the own mean interval: Navarro, Miritello, Canales, Moro 2017, "Temporal patterns
    behind the strength of persistent ties".
    """

    min_days: int = setting(4, "different days with direct contact, and both ways, to be a tie")
    cooling_days: float = setting(90.0, "cooling: silent for longer than this")
    cooling_times: float = setting(3.0, "cooling: and longer than so many own mean intervals")
    dormant_days: float = setting(180.0, "dormant: silent for longer than this")
    dormant_times: float = setting(8.0, "dormant: and longer than so many own mean intervals")
    revive_days: float = setting(1095.0, "dormant: valued and silent for so long, worth reviving")

    def is_cooling(self, gap_days: pd.Series, interval_days: pd.Series) -> pd.Series:
        """Whether a silence is longer than usual; unknown intervals count as none."""
        return self._longer(gap_days, interval_days, self.cooling_days, self.cooling_times)

    def is_dormant(self, gap_days: pd.Series, interval_days: pd.Series) -> pd.Series:
        """Whether a silence is so long that it will rather last."""
        return self._longer(gap_days, interval_days, self.dormant_days, self.dormant_times)

    @staticmethod
    def _longer(gap: pd.Series, interval: pd.Series, days: float, times: float) -> pd.Series:
        return (gap > days) & (gap > times * interval.fillna(0.0))

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
        relationships: with `first_contact`, `one_day` (bool: contact on one day only), `gap_days`
            (to the last direct contact, else to the last contact) and `interval_days`.
        as_of: the end of the last day that counts.
        silence: the rule for dormant and cooling.
        new_days: first contact within so many days is new.

    Returns:
        One of STATUSES, or None where there was no contact.
    """
    gap, interval = relationships["gap_days"], relationships["interval_days"]
    first = relationships["first_contact"]
    conditions = [
        first.isna(),
        first > as_of - pd.Timedelta(days=new_days),
        relationships["one_day"],
        silence.is_dormant(gap, interval),
        silence.is_cooling(gap, interval),
    ]
    choices = [None, "new", "one_off", "dormant", "cooling"]
    return np.select(conditions, choices, default="active")  # type: ignore[arg-type]
