"""The words of many ASCII texts at once: arrays of where they stand, no object a word.

A batch of some hundred texts costs a few dozen array operations, where taking texts apart alone
makes an object a word. Places are offsets in `Texts.data`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

_PAD = 16
"""Characters after the last text, so that `Words.packed` may look beyond it."""
LONGEST = 16
"""Characters of the longest word that `Words.packed` tells from every other."""
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)] + [(1 << 64) - 1] * 8, np.uint64)


class Texts:
    """Texts in one array, in lower case, each between line breaks.

    Args:
        texts: ASCII.

    Attributes:
        data: the characters.
        starts: of each text in them.
        ends: likewise.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.data = ("\n" + "\n".join(texts) + "\n" * _PAD).lower().encode("ascii")
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self.ends = np.cumsum(lengths + 1)
        self.starts = self.ends - lengths

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def chars(self) -> np.ndarray:
        """The characters, uint8."""
        return np.frombuffer(self.data, np.uint8)

    def members(self, table: bytes) -> np.ndarray:
        """What a table of 256 bytes gives for each character, uint8; to be changed freely."""
        return np.frombuffer(bytearray(self.data.translate(table)), np.uint8)

    def words(self, table: bytes) -> Words:
        """The runs of characters to which a table gives 1 and not 0."""
        return self.runs(self.members(table))

    def runs(self, kept: np.ndarray) -> Words:
        """The runs of characters that are kept (1, not 0)."""
        edges = np.flatnonzero(kept[1:] != kept[:-1]) + 1
        return Words(self, edges[::2], edges[1::2])

    def with_apostrophes(self, table: bytes) -> Words:
        """Runs like `words`, of which two with an apostrophe between them are one: `don't`."""
        kept = self.members(table)
        at = np.flatnonzero(self.chars == ord("'"))
        at = at[(kept[at - 1] & kept[at + 1]).astype(bool)]
        kept[at] = 1
        found = self.runs(kept)
        run = np.searchsorted(found.starts, at, "right")
        if not (run[1:] == run[:-1]).any():
            return found
        rank = np.arange(len(at)) - np.searchsorted(run, run)
        kept[at[rank % 2 == 1]] = 0  # the second of `rock'n'roll` parts what the first has joined
        return self.runs(kept)


class Packed(NamedTuple):
    """Words as two numbers each, the same only for the same words; 0, 0 for what is too long."""

    low: np.ndarray
    high: np.ndarray


class Words:
    """Places of words, in order.

    Attributes:
        texts: what they stand in.
        starts, ends: of each word.
        first: for each text the number of its first word, and at the end how many there are.
    """

    def __init__(self, texts: Texts, starts: np.ndarray, ends: np.ndarray) -> None:
        self.texts = texts
        self.starts = starts
        self.ends = ends
        self.first = np.append(np.searchsorted(starts, texts.starts), len(starts))

    @property
    def counts(self) -> np.ndarray:
        """How many words each text has."""
        return np.diff(self.first)

    @cached_property
    def text(self) -> np.ndarray:
        """The number of the text that each word stands in."""
        return np.repeat(np.arange(len(self.texts)), self.counts)

    def kept(self, keep: np.ndarray) -> Words:
        """Some of them."""
        return Words(self.texts, self.starts[keep], self.ends[keep])

    def within(self, limit: int) -> Words:
        """The words of the first so many characters of each text; one that is cut stays as cut."""
        if not len(self.texts) or (self.texts.ends - self.texts.starts).max() <= limit:
            return self
        last = (self.texts.starts + limit)[self.text]
        some = self.kept(self.starts < last)
        last = last[self.starts < last]
        ends = np.minimum(some.ends, last)
        ends -= (ends < some.ends) & (self.texts.chars[ends - 1] == ord("'"))
        return Words(self.texts, some.starts, ends)

    def packed(self) -> Packed:
        """The words as numbers."""
        lengths = self.ends - self.starts
        eight = np.ndarray(len(self.texts.data) - 7, "<u8", self.texts.data, strides=(1,))
        short = np.where(lengths > LONGEST, 0, lengths)
        low = eight[self.starts] & _MASKS[short]
        high = np.zeros(len(low), np.uint64)
        long = np.flatnonzero(short > 8)
        high[long] = eight[self.starts[long] + 8] & _MASKS[short[long] - 8]
        return Packed(low, high)
