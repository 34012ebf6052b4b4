"""Replies: which message answers which, between the same two people.

An answer names what it answers in In-Reply-To or References. Where it names nothing that is in the
archive, it is the next message in the other direction with the same subject (marks of replies and
forwards taken away); in a chat service, with the same conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from netaudit import balance, lookup, nearest, subjects
from netaudit import references as headers
from netaudit.nearest import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from netaudit.references import References
    from netaudit.settings import Replies

DAY = 86_400_000_000
"""Microseconds."""


def link(
    interactions: pd.DataFrame,
    messages: pd.DataFrame,
    settings: Replies,
    references: References | None = None,
) -> tuple[pd.Series, pd.Series]:
    """What each interaction answers, and when it was answered.

    Args:
        interactions: model.INTERACTIONS sorted by time, on a range index.
        messages: model.MESSAGES of them, on a range index.
        settings: how long an answer without references may take.
        references: of these messages, where they are known already.

    Returns:
        `answers_key` (str: the latest message it answers) and `answered_at` (utc: the first
        answer), both on the index of `interactions`.
    """
    contacts = _Contacts.of(interactions, messages)
    count = len(interactions)
    original, answer = np.full(count, -1), np.full(count, count)
    references = headers.of(messages) if references is None else references
    answers, originals = _by_headers(contacts, references)
    np.maximum.at(original, answers, originals)  # rows are sorted by time
    np.minimum.at(answer, originals, answers)
    rest, within = (original < 0) & ~contacts.silent, round(settings.within_days * DAY)
    for out in (True, False):
        own = np.flatnonzero(rest & (contacts.out == out))
        others = np.flatnonzero(contacts.out != out)
        some, found = _by_subject(contacts, own, others, nearest.before, within)
        original[some] = found
        some, found = _by_subject(contacts, others, own, nearest.after, within)
        answer[some] = np.minimum(answer[some], found)
    keys = interactions["key"].array.take(original, allow_fill=True)
    times = interactions["at"].array.take(np.where(answer < count, answer, -1), allow_fill=True)
    return (
        pd.Series(keys, interactions.index, name="answers_key"),
        pd.Series(times, interactions.index, name="answered_at"),
    )


@dataclass(frozen=True)
class _Contacts:
    """Interactions as numbers.

    Attributes:
        message: row of each one's message.
        person: a number for each person.
        topic: a number for each person and subject.
        silent: the subject says nothing of what is answered.
        out: whether it is the owner's.
        at: microseconds.
    """

    message: np.ndarray
    person: np.ndarray
    topic: np.ndarray
    silent: np.ndarray
    out: np.ndarray
    at: np.ndarray

    @classmethod
    def of(cls, interactions: pd.DataFrame, messages: pd.DataFrame) -> Self:
        """The interactions that messages are."""
        is_chat = messages["channel"].ne("mail") & messages["thread_hint"].notna()
        topic = subjects.bases(messages["subject"])
        if is_chat.any():
            topic = topic.where(~is_chat, "chat " + messages["thread_hint"].astype("str"))
        # An empty subject says nothing; `Re:` alone still says that something is answered.
        silent = topic.eq("") & ~subjects.are_replies(messages["subject"])
        topics, names = pd.factorize(topic)
        message = lookup.positions(interactions["key"], messages["key"])
        person = pd.factorize(interactions["person_id"])[0].astype(np.int64)
        return cls(
            message,
            person,
            pd.factorize(person * (len(names) + 1) + topics[message])[0],
            silent.to_numpy()[message],
            interactions["direction"].eq("out").to_numpy(),
            interactions["at"].to_numpy("datetime64[us]").astype("int64"),
        )

    def rows(self, chosen: np.ndarray) -> Rows:
        """Some of them, by topic and time."""
        return Rows(self.topic[chosen], self.at[chosen])


def _by_headers(contacts: _Contacts, references: References) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of interactions, an answer and its original, that the headers link."""
    message, original = references.originals()
    by_message = np.argsort(contacts.message, kind="stable")
    ordered = contacts.message[by_message]
    start, stop = (np.searchsorted(ordered, message, side) for side in ("left", "right"))
    pair, place = lookup.ranges(start, stop)
    answer = by_message[place]
    width = int(contacts.person.max(initial=0)) + 1
    packed = contacts.message * width + contacts.person
    by_pair = np.argsort(packed, kind="stable")
    wanted = original[pair] * width + contacts.person[answer]
    place = np.minimum(np.searchsorted(packed[by_pair], wanted), max(len(packed) - 1, 0))
    found = by_pair[place]
    both = packed[found] == wanted
    both &= (contacts.out[answer] != contacts.out[found]) & (answer > found)
    return answer[both], found[both]


def _by_subject(
    contacts: _Contacts,
    some: np.ndarray,
    others: np.ndarray,
    find: Callable[[Rows, Rows, int], np.ndarray],
    within: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Those of some interactions that have one of the others near on their topic, and that one."""
    found = find(contacts.rows(some), contacts.rows(others), within)
    return some[found >= 0], others[found[found >= 0]]


def rates(interactions: pd.DataFrame, as_of: pd.Timestamp, settings: Replies) -> pd.DataFrame:
    """How often, and how soon, direct messages were answered.

    Only messages at least `within_days` old count: younger ones may still be answered.

    Args:
        interactions: model.INTERACTIONS.
        as_of: the end of the last day that counts.
        settings: how long an answer may take.

    Returns:
        index person_id; columns `reply_rate_in`, `reply_hours_in` (their messages, answered by the
        owner), `reply_rate_out`, `reply_hours_out` (the owner's, answered by them), with
        `asked_in`, `asked_out`, the number of messages behind the rates, and the bounds of their
        90% intervals, `reply_rate_in_low` and so on.
    """
    within = pd.Timedelta(days=settings.within_days)
    base = interactions[
        interactions["is_direct"]
        & interactions["kind"].eq("message")
        & (interactions["at"] <= as_of - within)
    ]
    delay = base["answered_at"] - base["at"]
    work = pd.DataFrame(
        {
            "person_id": base["person_id"],
            "direction": base["direction"],
            "reply_rate": (delay <= within).astype("float64"),
            "reply_hours": delay.where(delay <= within).dt.total_seconds() / 3600,
        }
    )
    grouped = work.groupby(["person_id", "direction"])
    found = grouped["reply_rate"].agg(reply_rate="mean", asked="size")
    found["reply_hours"] = grouped["reply_hours"].median()
    hits = found["reply_rate"] * found["asked"]
    low, high = balance.rate_interval(hits, found["asked"])
    found = found.assign(low=low, high=high)
    by_direction = found.reset_index("direction")
    sides = [
        by_direction[by_direction["direction"] == side]
        .drop(columns="direction")
        .add_suffix(f"_{side}")
        .rename(columns={f"{end}_{side}": f"reply_rate_{side}_{end}" for end in ("low", "high")})
        for side in ("in", "out")
    ]
    both: pd.DataFrame = pd.concat(sides, axis=1).astype("float64").sort_index()
    return both
