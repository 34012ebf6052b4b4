"""Small timelines: direct messages by month, both ways, as one short text a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from netaudit.audit import Audit

MONTHS = 36
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def timelines(audit: Audit, months: int = MONTHS) -> pd.DataFrame:
    """Direct messages of the last months.

    Args:
        audit: as of a date.
        months: how many, the one of as-of the last.

    Returns:
        `out` and `in` by person_id: one base-36 digit a month, the oldest first, 35 standing for
        35 or more; people without any in that time are left out.
    """
    contacts = audit.history.interactions
    direct = contacts[contacts["is_direct"] & contacts["kind"].eq("message")]
    at = direct["at"].dt.tz_convert("UTC")
    last = audit.as_of.year * 12 + audit.as_of.month
    place = months - 1 - (last - (at.dt.year * 12 + at.dt.month)).to_numpy()
    kept = direct[place >= 0].assign(place=place[place >= 0])
    people = pd.Index(np.sort(kept["person_id"].unique()), name="person_id")
    out = pd.DataFrame(index=people)
    alphabet = np.array(list(DIGITS))
    for side in ("out", "in"):
        rows = kept[kept["direction"] == side]
        counts = np.zeros((len(people), months), dtype=np.int64)
        np.add.at(counts, (people.get_indexer(rows["person_id"]), rows["place"]), 1)
        digits = alphabet[np.minimum(counts, 35)]
        out[side] = pd.Series(["".join(line) for line in digits], index=people, dtype="str")
    return out


def path(digits: str, height: float, *, down: bool = False, most: int = 0) -> str:
    """The bars of one side as the `d` of an SVG path, one unit wide each.

    Args:
        digits: from `timelines`.
        height: of the highest bar; the base line is at 0.
        down: bars hang from the base line.
        most: messages that the highest bar stands for; 0 for the side's own most.
    """
    counts = [DIGITS.index(digit) for digit in digits]
    top = max(most, *counts, 1)
    bars = [
        f"M{x + 0.1:g} 0v{height * n / top * (1 if down else -1):.3g}h.8V0"
        for x, n in enumerate(counts)
        if n
    ]
    return "".join(bars)
