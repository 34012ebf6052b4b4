"""The messages, events and posts behind a finding, resolved from their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit import lookup
from netaudit.model import JOIN
from netaudit.page.words import SUBJECT_WIDTH
from netaudit.shown import shorten

if TYPE_CHECKING:
    from netaudit.history import History
    from netaudit.page.words import Clock

SHOWN = 12
WORDS = {"in": "to you", "out": "from you", "both": "together"}
SENTENCE_WIDTH = 280


@dataclass(frozen=True)
class Item:
    """One piece of evidence: when, which way, what it is about, the sentences that tell."""

    at: str
    direction: str
    subject: str
    sentences: tuple[str, ...] = ()


class Evidence:
    """Looks up keys; made once for a report."""

    def __init__(self, history: History, clock: Clock, wanted: pd.Series) -> None:
        """Prepare the records that the given findings' `evidence` cells name."""
        keys = pd.Series(lookup.split(wanted.dropna(), JOIN)[1].unique(), dtype="str")
        records = pd.concat(_records(history, keys), ignore_index=True).drop_duplicates("key")
        contacts = _of(keys, history.interactions)
        direction = contacts.drop_duplicates("key").set_index("key")["direction"]
        records["direction"] = records["key"].map(direction)
        own = lookup.among(records["key"], _own_keys(history))
        records.loc[records["direction"].isna() & own, "direction"] = "out"
        records = records.sort_values("at", na_position="first", ignore_index=True)
        self._records = records[["at", "direction", "subject", "key"]]
        self._place = dict(zip(records["key"], records.index, strict=True))
        self._clock = clock
        signals = history.signals
        signals = _of(keys, signals) if len(signals) else signals
        self._sentences = signals.groupby("key")["sentence"].agg(list).to_dict()

    def of(self, cell: object, shown: int = SHOWN) -> tuple[list[Item], int]:
        """The newest pieces of evidence of one finding, newest first, and how many there are."""
        keys = [key for key in cell.split(JOIN) if key] if isinstance(cell, str) else []
        places = sorted({self._place[key] for key in keys if key in self._place}, reverse=True)
        items = [
            Item(
                self._clock.moment(at),
                WORDS.get(str(direction), ""),
                shorten(subject, SUBJECT_WIDTH) or "(no subject)",
                tuple(shorten(text, SENTENCE_WIDTH) for text in self._sentences.get(key, [])[:3]),
            )
            for at, direction, subject, key in self._records.iloc[places[:shown]].itertuples(
                index=False, name=None
            )
        ]
        return items, len(set(keys))


def _of(keys: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of these keys."""
    return rows[lookup.among(rows["key"], keys)]


def _records(history: History, keys: pd.Series) -> list[pd.DataFrame]:
    """Everything the keys stand for: `key`, `at`, `subject`."""
    columns = (
        (history.messages, "sent_at", "subject"),
        (history.events, "starts_at", "summary"),
        (history.posts, "posted_at", "text"),
        (history.connections, "connected_at", "name"),
        (history.gestures, "made_at", "text"),
    )
    return [
        _of(keys, frame[["key", at, subject]]).set_axis(["key", "at", "subject"], axis=1)
        for n, (frame, at, subject) in enumerate(columns)
        if n == 0 or (len(frame) and {"key", at, subject} <= set(frame.columns))
    ]


def _own_keys(history: History) -> pd.Series:
    messages = history.messages
    own = messages["from_address"].isin(history.owner.addresses)
    keys: pd.Series = pd.concat([messages.loc[own, "key"], history.posts["key"]])
    return keys
