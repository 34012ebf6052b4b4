"""Threads: which messages belong to one conversation.

By the references of the headers, as mail readers do (Jamie Zawinski's algorithm, RFC 5256 THREAD),
by the mail service's own thread id, and, where an answer has neither (some programs and
conversions drop them), by the subject together with the two people.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from netaudit import lookup, nearest, subjects
from netaudit import references as headers
from netaudit.references import References

SUBJECT_DAYS = 90
"""An answer without references joins a message of the same subject at most so many days before."""
DAY = 86_400_000_000
"""Microseconds."""


def threads(
    messages: pd.DataFrame, recipients: pd.DataFrame, references: References | None = None
) -> pd.Series:
    """The thread of each message.

    Args:
        messages: model.MESSAGES, one row per key, in any order.
        recipients: model.RECIPIENTS of these messages with `message`, the position of their
            message, for answers without references.
        references: of these messages, where they are known already.

    Returns:
        A str series named `thread` on the index of `messages`: the key of the thread's first
        message. The same messages give the same threads in any order.
    """
    count = len(messages)
    if not count:
        return pd.Series([], index=messages.index, dtype="str", name="thread")
    left, right, nodes, linked = _header_links(
        messages, headers.of(messages) if references is None else references
    )
    more_left, more_right = _subject_links(messages, recipients, ~linked)
    ends = (np.concatenate([left, more_left]), np.concatenate([right, more_right]))
    edges = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(nodes, nodes))
    _, component = connected_components(edges, directed=False)
    return _named_by_first(messages, component[:count])


def _named_by_first(messages: pd.DataFrame, component: np.ndarray) -> pd.Series:
    """The key of the first message, by time and key, of each message's component."""
    rows = lookup.by_time(messages["sent_at"], messages["key"])
    first = np.empty(int(component.max()) + 1, dtype=np.int64)
    first[component[rows[::-1]]] = rows[::-1]
    names = messages["key"].array[first[component]]
    return pd.Series(names, index=messages.index, dtype="str", name="thread")


def _header_links(
    messages: pd.DataFrame, references: References
) -> tuple[np.ndarray, np.ndarray, int, np.ndarray]:
    """Edges between messages and the ids and hints they name.

    Nodes are messages (by position), then distinct Message-IDs, stored or only referred to, and
    thread hints. Of References the first and the last suffice: every answer names the root.

    Returns:
        edges' ends, the number of nodes, and which messages are linked to another stored one or
        name a thread.
    """
    count = len(messages)
    stored = np.zeros(references.count + 1, dtype=bool)
    stored[references.own] = True
    stored[-1] = False
    parents = [references.answered, *references.ends]
    hint, hints = _hints(messages)
    linked = np.logical_or.reduce([stored[ids] for ids in parents]) | (hint >= 0)
    hint = np.where(hint >= 0, hint + references.count, -1)
    names = np.concatenate([references.own, *parents, hint])
    known = np.flatnonzero(names >= 0)
    return known % count, count + names[known], count + references.count + hints, linked


def _hints(messages: pd.DataFrame) -> tuple[np.ndarray, int]:
    """The mail service's thread of each message, -1 for none, and how many there are at most."""
    hint, names = pd.factorize(messages["thread_hint"].replace("", None))
    channel, channels = pd.factorize(messages["channel"])
    width = max(len(channels), 1)
    return np.where(hint < 0, -1, hint * width + channel), len(names) * width


def _subject_links(
    messages: pd.DataFrame, recipients: pd.DataFrame, unlinked: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Edges from answers that no header links to the last message of their subject and pair."""
    nothing = np.empty(0, dtype=np.int64)
    answers = np.asarray(subjects.are_replies(messages["subject"])) & unlinked
    if not answers.any():
        return nothing, nothing
    base = subjects.bases(messages["subject"]).reset_index(drop=True)
    subject = pd.factorize(base)[0]
    asked = np.zeros(len(base), dtype=bool)
    asked[subject[answers]] = True
    wanted = asked[subject] & base.ne("").to_numpy() & messages["sent_at"].notna().to_numpy()
    row, pair = _pairs(messages, recipients, wanted)
    at = messages["sent_at"].to_numpy("datetime64[us]").astype("int64")[row]
    order = np.lexsort([row, at])
    row, at, pair = row[order], at[order], pair[order]
    group = pd.factorize(subject[row] * (int(pair.max(initial=0)) + 1) + pair)[0]
    asking = np.flatnonzero(answers[row])
    earlier = nearest.before(
        nearest.Rows(group[asking], at[asking]), nearest.Rows(group, at), SUBJECT_DAYS * DAY
    )
    return row[asking[earlier >= 0]], row[earlier[earlier >= 0]]


def _pairs(
    messages: pd.DataFrame, recipients: pd.DataFrame, wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Wanted messages and their pairs of sender and recipient, each pair as one number."""
    shown = recipients[wanted[recipients["message"].to_numpy()]]
    rows = shown["message"].to_numpy()
    both = pd.concat([messages["from_address"].iloc[rows], shown["address"]])
    codes = pd.factorize(both)[0].reshape(2, -1) + 1
    low, high = codes.min(axis=0), codes.max(axis=0)
    pair, pairs = pd.factorize(low * (int(codes.max(initial=0)) + 1) + high)
    row, pair = np.divmod(lookup.distinct(rows * max(len(pairs), 1) + pair), max(len(pairs), 1))
    return row, pair
