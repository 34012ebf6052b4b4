"""To whom the owner wrote, and a person answered: whatever their mail's headers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import subjects
from netaudit.robots.signs import AUTOMATIC, has

if TYPE_CHECKING:
    from netaudit.robots.mail import Mail

ANSWER_DAYS = 30
"""A person answered: in the same conversation, within so many days."""
_COLUMNS = ["message_id", "in_reply_to", "subject", "sent_at"]


def answered(mail: Mail) -> np.ndarray:
    """Addresses that the owner wrote to and that a person answered from, with signs: bool."""
    found = np.zeros(len(mail.addresses), dtype=bool)
    out = _written(mail)
    written = np.zeros(len(mail.addresses), dtype=bool)
    written[out["address"]] = True
    signs = mail.messages["automated_signs"].fillna("")
    candidates = mail.of_sender(written & ~mail.is_own) & signs.ne("").to_numpy()
    candidates &= ~has(signs, (*AUTOMATIC, "feedback-id", "campaign"))
    if not candidates.any():
        return found
    back = mail.messages.loc[candidates, _COLUMNS].assign(address=mail.sender[candidates])
    out = out[out["address"].isin(back["address"])]
    for rows in (_by_reference(back, out), _by_subject(back, out)):
        found[rows] = True
    return found


def _written(mail: Mail) -> pd.DataFrame:
    """What the owner wrote, a row for each address it went to."""
    by_owner = mail.of_sender(mail.is_own)[mail.message]
    rows = mail.messages[_COLUMNS].iloc[mail.message[by_owner]]
    found: pd.DataFrame = rows.assign(address=mail.to[by_owner]).dropna(subset="sent_at")
    return found


def _by_reference(back: pd.DataFrame, out: pd.DataFrame) -> pd.Series:
    """Addresses whose mail names what it answers."""
    asked = out[["address", "message_id", "sent_at"]].dropna().drop_duplicates()
    pairs = back.merge(
        asked, left_on=["address", "in_reply_to"], right_on=["address", "message_id"],
        suffixes=("", "_out"),
    )  # fmt: skip
    days = (pairs["sent_at"] - pairs["sent_at_out"]).dt.total_seconds() / 86_400
    return pairs.loc[days.between(0, ANSWER_DAYS), "address"]


def _by_subject(back: pd.DataFrame, out: pd.DataFrame) -> pd.Series:
    """Addresses whose mail has the subject of what the owner wrote there shortly before."""
    sides = []
    for rows in (back, out):
        side = rows[["address", "sent_at"]].assign(subject=subjects.bases(rows["subject"]))
        sides.append(side[side["subject"].ne("")].dropna().sort_values("sent_at"))
    before = sides[1].assign(asked=True)
    found = pd.merge_asof(
        sides[0],
        before,
        on="sent_at",
        by=["address", "subject"],
        tolerance=pd.Timedelta(days=ANSWER_DAYS),
    )
    return found.loc[found["asked"].notna(), "address"]
