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

from netaudit import lookup, subjects

SUBJECT_DAYS = 90
"""An answer without references joins a message of the same subject at most so many days before."""


def threads(messages: pd.DataFrame, recipients: pd.DataFrame) -> pd.Series:
    """The thread of each message.

    Args:
        messages: model.MESSAGES, one row per key, in any order.
        recipients: model.RECIPIENTS of these messages with `message`, the position of their
            message, for answers without references.

    Returns:
        A str series named `thread` on the index of `messages`: the key of the thread's first
        message. The same messages give the same threads in any order.
    """
    count = len(messages)
    if not count:
        return pd.Series([], index=messages.index, dtype="str", name="thread")
    left, right, nodes, linked = _header_links(messages)
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
    messages: pd.DataFrame,
) -> tuple[np.ndarray, np.ndarray, int, np.ndarray]:
    """Edges between messages and the ids and hints they name.

    Nodes are messages (by position), then distinct Message-IDs, stored or only referred to, and
    thread hints. Of References the first and the last suffice: every answer names the root.

    Returns:
        edges' ends, the number of nodes, and which messages are linked to another stored one or
        name a thread.
    """
    references = messages["references"].str.strip()
    hint = (
        "hint " + messages["channel"].astype("str") + " " + messages["thread_hint"].astype("str")
    ).where(messages["thread_hint"].notna())
    parents = [
        messages["in_reply_to"],
        references.str.replace(r"\s.*", "", regex=True),
        references.str.replace(r".*\s", "", regex=True),
    ]
    names = pd.concat([messages["message_id"], *parents, hint], ignore_index=True)
    codes, distinct = pd.factorize(names.replace("", None))
    count = len(messages)
    rows = np.tile(np.arange(count), len(parents) + 2)
    known = codes >= 0
    stored = np.zeros(len(distinct) + 1, dtype=bool)
    stored[codes[:count]] = True
    stored[-1] = False
    by_column = codes.reshape(-1, count)
    linked = stored[by_column[1:4]].any(axis=0) | (by_column[4] >= 0)
    return rows[known], count + codes[known], count + len(distinct), linked


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
    pairs = _pairs(messages, recipients, wanted)
    pairs["subject"] = subject[pairs["row"]]
    pairs["at"] = messages["sent_at"].array[pairs["row"].to_numpy()]
    pairs = pairs.sort_values(["at", "row"], kind="stable")
    found = pd.merge_asof(
        pairs[answers[pairs["row"]]],
        pairs,
        on="at",
        by=["subject", "pair"],
        allow_exact_matches=False,
        tolerance=pd.Timedelta(days=SUBJECT_DAYS),
        suffixes=("", "_before"),
    ).dropna(subset="row_before")
    return found["row"].to_numpy(), found["row_before"].to_numpy(dtype=np.int64)


def _pairs(messages: pd.DataFrame, recipients: pd.DataFrame, wanted: np.ndarray) -> pd.DataFrame:
    """One row per wanted message and pair of sender and recipient, the pair as one code."""
    shown = recipients[wanted[recipients["message"].to_numpy()]]
    rows = shown["message"].to_numpy()
    both = pd.concat([messages["from_address"].iloc[rows], shown["address"]])
    codes = pd.factorize(both)[0].reshape(2, -1)
    low, high = codes.min(axis=0), codes.max(axis=0)
    pair = low * (int(codes.max(initial=0)) + 1) + high
    return pd.DataFrame({"row": rows, "pair": pair}).drop_duplicates()
