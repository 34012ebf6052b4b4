"""Immediate needs beside long-term networking, from the owner's own data: the two columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from netaudit import needs
from netaudit.shown import records

if TYPE_CHECKING:
    from netaudit.audit import Audit


@dataclass(frozen=True)
class Measure:
    """One figure of a side: this year's, and what it was the year before (empty: unknown)."""

    figure: str
    words: str
    before: str


def sides(audit: Audit) -> list[tuple[str, list[Measure]]]:
    """Both sides with their measures; what is not known is left out."""
    found = needs.table(audit.history).dropna(subset="this_year")
    return [
        (str(side).capitalize(), [_measure(row) for row in records(rows)])
        for side, rows in found.groupby("side", sort=False)
    ]


def _measure(row: dict[str, Any]) -> Measure:
    before = row["last_year"]
    return Measure(
        f"{row['this_year']:,}",
        str(row["measure"]),
        "" if pd.isna(before) else f"{before:,} the year before",
    )
