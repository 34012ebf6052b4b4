"""Senders that say the same again and again to somebody who never writes to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import lookup, subjects

if TYPE_CHECKING:
    from netaudit.robots.mail import Mail

MIN_MESSAGES = 8
"""So many messages show a habit."""
MIN_OF_KIND = 3
"""Messages whose subjects begin alike are of a kind from so many on."""
KINDS_SHARE = 0.7
"""So large a share of messages of some kind: a machine's, or a circular."""
ANSWERS_SHARE = 0.1
"""Who answers or passes on more than this share is a person."""
_WORD = re.compile(r"[^\W\d_]+")


def repeaters(mail: Mail, candidates: np.ndarray) -> np.ndarray:
    """Which of the candidates send messages whose subjects begin alike, and answer none.

    Args:
        mail: the mail.
        candidates: addresses, bool.
    """
    found = np.zeros(len(mail.addresses), dtype=bool)
    often = mail.senders(np.ones(len(mail.messages), dtype=bool)) >= MIN_MESSAGES
    sent = mail.of_sender(candidates & often)
    if not sent.any():
        return found
    rows = mail.messages.loc[sent, ["subject", "in_reply_to"]].fillna("")
    marked = lookup.each(rows["subject"], subjects.is_marked, False).astype(bool)
    answers = rows["in_reply_to"].ne("").to_numpy() | marked
    kinds = pd.DataFrame(
        {
            "sender": mail.sender[sent],
            "answers": answers,
            "kind": lookup.each(rows["subject"], _kind, "").astype(str),
        }
    )
    size = kinds.groupby(["sender", "kind"])["kind"].transform("size")
    kinds["of_kind"] = (size >= MIN_OF_KIND) & kinds["kind"].ne("")
    shares = kinds.groupby("sender")[["answers", "of_kind"]].mean()
    habits = shares[(shares["of_kind"] >= KINDS_SHARE) & (shares["answers"] <= ANSWERS_SHARE)]
    found[habits.index.to_numpy()] = True
    return found


def _kind(subject: str) -> str:
    """The first two words."""
    return " ".join(_WORD.findall(subject)[:2]).casefold()
