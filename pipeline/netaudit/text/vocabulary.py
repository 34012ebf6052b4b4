"""Known words looked up by the hundred thousand: a hash table of arrays, exact."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from netaudit.chararrays import LONGEST, Packed

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
_SPARE = 8


class Vocabulary:
    """ASCII words of at most `LONGEST` characters and their numbers, from 1.

    Args:
        words: each once; what is longer or not ASCII is left out, for no `Packed` word is that.

    Attributes:
        words: number -> word; "" for 0, which stands for every other word.
    """

    def __init__(self, words: Iterable[str]) -> None:
        fit = {word for word in words if word.isascii() and 0 < len(word) <= LONGEST}
        self.words = ["", *sorted(fit)]
        data = b"".join(word.encode().ljust(LONGEST, b"\0") for word in self.words)
        self._low, self._high = np.frombuffer(data, "<u8").reshape(-1, 2).T.copy()
        bits = (_SPARE * len(self.words)).bit_length()
        self._shift = np.uint64(64 - bits)
        self._table = np.zeros((1 << bits) + len(self.words), np.int32)
        slots = self._slots(Packed(self._low, self._high)).tolist()
        for number in range(1, len(self.words)):
            slot = slots[number]
            while self._table[slot]:
                slot += 1
            self._table[slot] = number

    def __len__(self) -> int:
        return len(self.words)

    def numbers(self, words: Packed) -> np.ndarray:
        """The number of each word, 0 for those that are not known."""
        slots = self._slots(words)
        found: np.ndarray = self._table[slots]
        wrong = np.flatnonzero((self._low[found] != words.low) | (self._high[found] != words.high))
        while len(wrong := wrong[found[wrong] > 0]):
            slots[wrong] += 1
            candidates = self._table[slots[wrong]]
            found[wrong] = candidates
            low, high = words.low[wrong], words.high[wrong]
            wrong = wrong[(self._low[candidates] != low) | (self._high[candidates] != high)]
        return found

    def _slots(self, words: Packed) -> np.ndarray:
        mixed = words.low * _FACTORS[0] + words.high * _FACTORS[1]
        return np.asarray(mixed >> self._shift, np.int64)
