"""Which messages are automated, by the signs in their headers and by their sender."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import lookup
from netaudit.model import JOIN
from netaudit.names import local
from netaudit.names.words import FREE_MAIL
from netaudit.robots.mail import distinct_pairs

if TYPE_CHECKING:
    from netaudit.robots.mail import Mail

AUTOMATIC = ("auto-submitted", "auto-reply", "auto-generated", "null-return-path")
"""Signs that a machine wrote this very message, whoever its sender is."""
THROUGH_LIST = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "precedence")
"""Signs that a list server sets on what people post, too."""
MIN_POSTERS = 3
"""A list with so many senders is a discussion, not a newsletter."""


def has(signs: pd.Series, wanted: tuple[str, ...]) -> np.ndarray:
    """Which messages bear one of the signs.

    Args:
        signs: `automated_signs` of messages.
        wanted: signs.
    """
    pattern = re.compile(rf"(?:^|; )(?:{'|'.join(map(re.escape, wanted))})(?:; |$)")
    return lookup.each(signs, lambda text: pattern.search(text) is not None, False)


def automated(mail: Mail, answered: np.ndarray) -> np.ndarray:
    """Which messages are automated by their own signs.

    Args:
        mail: the mail.
        answered: addresses that the owner wrote to and a person answered from.

    Returns:
        bool by message.
    """
    telling = _telling(mail)
    no_reply = mail.of_sender(mail.each(local.asks_for_no_reply))
    marked = telling.ne("").to_numpy() | no_reply
    people = mail.of_sender(answered | mail.is_own)
    found: np.ndarray = has(telling, AUTOMATIC) | (marked & ~people & ~_is_post(mail, telling))
    return found


def _telling(mail: Mail) -> pd.Series:
    """The signs of each message, without Feedback-ID where a mail service gives it to everybody."""
    free = mail.of_sender(mail.each(lambda a: a.rpartition("@")[2] in FREE_MAIL))
    signs = mail.messages["automated_signs"].fillna("")
    drop = re.compile(r"(?:^|; )feedback-id(?=; |$)")
    without = lookup.each(signs, lambda text: drop.sub("", text).lstrip(JOIN), "")
    return pd.Series(np.where(free, without, signs), index=signs.index, dtype="str")


def _is_post(mail: Mail, telling: pd.Series) -> np.ndarray:
    """What people post to a list: only signs of list servers, and a list with several senders."""
    allowed = {"", *THROUGH_LIST}
    by_server = lookup.each(telling, lambda text: allowed.issuperset(text.split(JOIN)), True)
    lists, names = pd.factorize(mail.messages["list_id"])
    listed = (lists >= 0) & (mail.sender >= 0)
    pairs, _ = distinct_pairs(lists[listed], mail.sender[listed])
    discusses = np.bincount(pairs, minlength=len(names)) >= MIN_POSTERS
    found: np.ndarray = np.append(discusses, False)[lists] & by_server
    return found
