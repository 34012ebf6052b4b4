"""Which side of the owner's mail, and which months, the archive does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit import lookup, subjects
from netaudit.history import once

if TYPE_CHECKING:
    from netaudit.history import History

MIN_MESSAGES = 20
"""Below it nothing can be said of what is missing."""
LEAST_SHARE = 0.05
"""One side writes less than this share of a box whose other half is probably missing, ..."""
LEAST_REPLIES = 10
LEAST_LINKED = 0.1
"""... and of so many answers from the other side, fewer than this answer a message in the box."""
GAP_DAYS = 60
"""A silence of the whole box that is worth a question."""
BUSY_SHARE = 0.2
"""Only where there is mail on so many of the days apart from it."""


@dataclass(frozen=True)
class Missing:
    """A side of the mail that is missing, wholly or mostly.

    Attributes:
        direction: out (what the owner sent) or in.
        n: messages of that side that are there.
        n_all: messages both ways.
        n_replies: direct answers of the other side.
        n_linked: those that answer a message in the archive.
    """

    direction: str
    n: int
    n_all: int
    n_replies: int
    n_linked: int


@once
def missing_side(history: History) -> Missing | None:
    """The side of the mail that the archive does not hold; None where both are there.

    A box without a single message of one side is plain. One with a few is told by the answers of
    the other side: whoever answers has been written to, and where hardly any answer meets what it
    answers, that was not exported (or an assistant sent it).
    """
    contacts = history.interactions
    contacts = contacts[contacts["kind"].eq("message")]
    sent = contacts.drop_duplicates("key")["direction"].value_counts()
    total = int(sent.sum())
    if total < MIN_MESSAGES:
        return None
    direction = "out" if sent.get("out", 0) < sent.get("in", 0) else "in"
    other = "in" if direction == "out" else "out"
    marked = history.messages.loc[subjects.are_replies(history.messages["subject"]), "key"]
    direct = contacts[contacts["is_direct"] & contacts["direction"].eq(other)]
    replies = direct[lookup.among(direct["key"], marked)]
    n, n_linked = int(sent.get(direction, 0)), int(replies["answers_key"].notna().sum())
    is_mostly = (
        n < LEAST_SHARE * total
        and len(replies) >= LEAST_REPLIES
        and n_linked < LEAST_LINKED * len(replies)
    )
    return Missing(direction, n, total, len(replies), n_linked) if not n or is_mostly else None


def gaps(messages: pd.DataFrame, isolated_days: float) -> pd.DataFrame:
    """Long stretches without messages in a box that is busy otherwise; stray dates left out.

    Args:
        messages: `at` (UTC).
        isolated_days: a day farther than this from any other is stray.

    Returns:
        `first` and `last` silent day (UTC), and `days`, in the order of time.
    """
    days = messages["at"].dt.floor("D").drop_duplicates().sort_values()
    before, after = days.diff().dt.days, -days.diff(-1).dt.days
    days = days[(before <= isolated_days) | (after <= isolated_days)]
    apart = days.diff().dt.days
    long = apart > GAP_DAYS
    busy = len(days) / max(apart[~long].sum(), 1)
    found = pd.DataFrame(
        {
            "first": days.shift() + pd.Timedelta(days=1),
            "last": days - pd.Timedelta(days=1),
            "days": apart - 1,
        }
    )
    is_told = len(messages) >= MIN_MESSAGES and busy >= BUSY_SHARE
    told: pd.DataFrame = found[long & is_told].reset_index(drop=True)
    return told


def silent_share(history: History, since: pd.Series) -> pd.Series:
    """The share of each silence in which the archive holds no mail at all, either way.

    Args:
        history: up to as-of.
        since: the beginning of each silence, UTC.

    Returns:
        In [0, 1] on the index of `since`.
    """
    contacts = history.interactions
    messages = contacts[contacts["kind"].eq("message")]
    found = gaps(messages, history.settings.as_of.isolated_days)
    start = since.dt.floor("D")
    silent = pd.Series(0.0, index=since.index)
    for first, last in zip(found["first"], found["last"], strict=True):  # a handful
        inside = (last - start.clip(lower=first)).dt.days + 1
        silent += inside.clip(lower=0)
    length = (history.as_of.floor("D") - start).dt.days.clip(lower=1)
    share: pd.Series = (silent / length).clip(upper=1.0)
    return share
