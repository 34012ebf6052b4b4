"""Which message names which: the ids in the headers as numbers, taken apart once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netaudit import lookup

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class References:
    """The ids of messages and those they name, as numbers from 0; -1 for none.

    Attributes:
        count: the numbers are below it.
        own: Message-ID of each message.
        answered: In-Reply-To of each message.
        row: the message, for each id of References; ascending.
        named: those ids, of each message the oldest first.
    """

    count: int
    own: np.ndarray
    answered: np.ndarray
    row: np.ndarray
    named: np.ndarray

    @property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The first and the last id of each message's References."""
        first = np.full(len(self.own), -1)
        last = first.copy()
        first[self.row[::-1]] = self.named[::-1]
        last[self.row] = self.named
        return first, last

    def originals(self) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of messages, by row, of which the first names the second in any header."""
        replies = np.flatnonzero(self.answered >= 0)
        row = np.concatenate([self.row, replies])
        named = np.concatenate([self.named, self.answered[replies]])
        known = np.flatnonzero(self.own >= 0)
        known = known[np.argsort(self.own[known], kind="stable")]
        stored = self.own[known]
        start, stop = (np.searchsorted(stored, named, side) for side in ("left", "right"))
        pair, place = lookup.ranges(start, stop)
        return row[pair], known[place]


def of(messages: pd.DataFrame) -> References:
    """The references of model.MESSAGES, in any order."""
    own, answered, references = (
        lookup.texts(messages[column]) for column in ("message_id", "in_reply_to", "references")
    )
    split = pc.utf8_split_whitespace(references)
    row, named = pc.list_parent_indices(split), split.flatten()
    known = pc.not_equal(named, "")  # (what spaces at the ends leave)
    row, named = row.filter(known), named.filter(known)
    codes = _numbered(pa.chunked_array([own, answered, named]))
    count = len(messages)
    return References(
        int(codes.max(initial=-1)) + 1,
        codes[:count],
        codes[count : 2 * count],
        row.to_numpy().astype(np.int64),
        codes[2 * count :],
    )


def _numbered(texts: pa.ChunkedArray) -> np.ndarray:
    """Texts as numbers; -1 where they are missing or empty."""
    if not len(texts):
        return np.empty(0, dtype=np.int64)
    encoded = texts.dictionary_encode().chunks  # of one dictionary
    codes = np.concatenate([part.indices.fill_null(-1).to_numpy() for part in encoded])
    empty = pc.index(encoded[0].dictionary, "").as_py()
    return np.where(codes == empty, -1, codes).astype(np.int64)
