"""Replies: which message answers which, between the same two people.

An answer names what it answers in In-Reply-To or References. Where it names nothing that is in the
archive, it is the next message in the other direction with the same subject (marks of replies and
forwards taken away); in a chat service, with the same conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from netaudit import balance, lookup, subjects

if TYPE_CHECKING:
    from netaudit.settings import Replies


def link(
    interactions: pd.DataFrame, messages: pd.DataFrame, settings: Replies
) -> tuple[pd.Series, pd.Series]:
    """What each interaction answers, and when it was answered.

    Args:
        interactions: model.INTERACTIONS sorted by time, on a range index.
        messages: model.MESSAGES of them, on a range index.
        settings: how long an answer without references may take.

    Returns:
        `answers_key` (str: the latest message it answers) and `answered_at` (utc: the first
        answer), both on the index of `interactions`.
    """
    work = _working_frame(interactions, messages)
    named = _by_headers(work, messages)
    rest = work[~work.index.isin(named["answer"])]
    before, after = _by_subject(work, rest, pd.Timedelta(days=settings.within_days))
    originals = pd.concat(
        [named.groupby("answer")["original"].max(), before]  # rows are sorted by time
    )
    answers = pd.concat([named.groupby("original")["answer"].min(), after]).groupby(level=0).min()
    answers_key = interactions["key"].reindex(originals.reindex(interactions.index))
    answered_at = interactions["at"].reindex(answers.reindex(interactions.index))
    return (
        answers_key.set_axis(interactions.index).rename("answers_key"),
        answered_at.set_axis(interactions.index).rename("answered_at"),
    )


def _working_frame(interactions: pd.DataFrame, messages: pd.DataFrame) -> pd.DataFrame:
    """Codes in place of text: `message` (row), `person`, `topic` (person and subject), `out`."""
    is_chat = messages["channel"].ne("mail") & messages["thread_hint"].notna()
    topic = subjects.bases(messages["subject"]).where(
        ~is_chat, "chat " + messages["thread_hint"].astype("str")
    )
    topic_codes = pd.factorize(topic)[0]
    message = lookup.positions(interactions["key"], messages["key"])
    person = pd.factorize(interactions["person_id"])[0].astype(np.int64)
    marked = subjects.are_replies(messages["subject"])
    return pd.DataFrame(
        {
            "message": message,
            "person": person,
            "topic": person * (len(messages) + 1) + topic_codes[message],
            # An empty subject says nothing; `Re:` alone still says that something is answered.
            "silent": (topic.eq("") & ~marked).to_numpy()[message],
            "out": interactions["direction"].eq("out").to_numpy(),
            "at": interactions["at"],
            "row": np.arange(len(interactions)),
        },
        index=interactions.index,
    )


def _by_headers(work: pd.DataFrame, messages: pd.DataFrame) -> pd.DataFrame:
    """Pairs of interactions (`answer`, `original`) that the headers link."""
    references = (messages["references"].fillna("") + " " + messages["in_reply_to"].fillna("")).str
    named = references.split().explode().dropna()
    ids = messages["message_id"]
    codes = pd.factorize(pd.concat([ids, named]))[0]
    stored = pd.DataFrame({"id": codes[: len(ids)], "original_message": np.arange(len(ids))})
    asked = pd.DataFrame({"id": codes[len(ids) :], "message": named.index})
    pairs = asked.drop_duplicates().merge(stored[stored["id"] >= 0], on="id")
    pairs = pairs[["message", "original_message"]].drop_duplicates()
    both = pairs.merge(work[["message", "person", "out", "row"]], on="message").merge(
        work[["message", "person", "out", "row"]],
        left_on=["original_message", "person"],
        right_on=["message", "person"],
        suffixes=("", "_original"),
    )
    both = both[(both["out"] != both["out_original"]) & (both["row"] > both["row_original"])]
    return pd.DataFrame({"answer": both["row"], "original": both["row_original"]})


def _by_subject(
    work: pd.DataFrame, rest: pd.DataFrame, within: pd.Timedelta
) -> tuple[pd.Series, pd.Series]:
    """For answers without usable headers: row of the original by answer, and the other way."""
    rest = rest[~rest["silent"]]
    before, after = [], []
    for out in (True, False):
        answers, originals = rest[rest["out"] == out], work[work["out"] != out]
        before.append(_nearest(answers, originals, "backward", within))
        after.append(_nearest(originals, answers, "forward", within))
    return pd.concat(before), pd.concat(after)


def _nearest(
    some: pd.DataFrame,
    others: pd.DataFrame,
    direction: Literal["backward", "forward"],
    within: pd.Timedelta,
) -> pd.Series:
    """By row of `some`: the row of the nearest of `others` on the same topic."""
    columns = ["at", "topic", "row"]
    found = pd.merge_asof(
        some[columns],
        others[columns],
        on="at",
        by="topic",
        direction=direction,
        tolerance=within,
        allow_exact_matches=False,
        suffixes=("", "_other"),
    ).dropna()
    return found.set_index("row")["row_other"].astype("int64")


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
