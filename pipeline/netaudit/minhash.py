"""Signatures of texts for finding near-duplicates, small enough to keep one a message.

MinHash (Broder 1997) over the set of a text's words, of which the lowest 16 bits are kept (b-bit
minwise hashing: Li and König 2010). The share of equal hashes estimates the Jaccard similarity of
the two sets of words, with a standard error of .04 at .8.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode, b64encode
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from netaudit import bytetable

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

HASHES = 96
"""Times two bytes makes a multiple of three, so that base64 needs no padding."""
MIN_WORDS = 20
"""Shorter texts are alike by chance."""
MAX_WORDS = 20_000
"""Words beyond it are not looked at."""

_WORD = re.compile(r"\w+")
_KEPT = bytetable.table("abcdefghijklmnopqrstuvwxyz0123456789_")


def signature(text: str) -> str | None:
    """The signature of a text as base64; None below MIN_WORDS words.

    Args:
        text: new text, without quotes and signatures.
    """
    if text.isascii():
        words = bytetable.spaced(text, _KEPT).split()[:MAX_WORDS]
    else:
        words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())[:MAX_WORDS]
    if len(words) < MIN_WORDS:
        return None
    import numpy as np  # noqa: PLC0415

    distinct = set(words)
    factors, offsets = _permutations()
    hashes = np.fromiter(map(_hashes.__getitem__, distinct), np.uint32, len(distinct))
    permuted = hashes[:, np.newaxis] * factors
    permuted += offsets
    return b64encode(np.minimum.reduce(permuted, axis=0).astype("<u2").tobytes()).decode("ascii")


def decode(signatures: pd.Series) -> np.ndarray:
    """Signatures as numbers, (texts, HASHES) of uint16; none may be missing."""
    import numpy as np  # noqa: PLC0415

    data = b64decode("".join(signatures))
    return np.frombuffer(data, dtype="<u2").reshape(-1, HASHES)


class _Hashes(dict[str, int]):
    """The hash of a word, of the last words: a few thousand make up most of all texts."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX_KEPT:
            self.clear()
        self[word] = value = _mixed(crc32(word.encode("utf-8", "surrogatepass")))
        return value


_MAX_KEPT = 1 << 16
_hashes = _Hashes()


def _mixed(value: int) -> int:
    """Every bit of the input in every bit of the output: the end of MurmurHash3 (Appleby 2011)."""
    value = ((value ^ value >> 16) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ value >> 13) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ value >> 16


@cache
def _permutations() -> np.ndarray:
    """Odd factors and offsets, (2, HASHES) of uint32: datasketch's for 32 bits and the seed 1.

    Drawn as it draws them, so that its sketches compare with ours; to import it takes every worker
    half a second.
    """
    import numpy as np  # noqa: PLC0415

    draw = np.random.RandomState(1).randint
    factors = draw(0, 1 << 31, HASHES, dtype="uint32") * 2 + 1
    return np.array([factors, draw(0, 1 << 32, HASHES, dtype="uint32")])
