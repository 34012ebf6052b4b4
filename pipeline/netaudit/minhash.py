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

    from netaudit.chararrays import Texts, Words

HASHES = 96
"""Times two bytes makes a multiple of three, so that base64 needs no padding."""
MIN_WORDS = 20
"""Shorter texts are alike by chance."""
MAX_WORDS = 20_000
"""Words beyond it are not looked at."""

_WORD = re.compile(r"\w+")
_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_KEPT = bytetable.table(_CHARS)
_MEMBERS = bytetable.members(_CHARS)


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


def signatures(texts: Texts) -> list[str | None]:
    """`signature` of many texts at once, at a quarter of the time."""
    import numpy as np  # noqa: PLC0415

    words = texts.words(_MEMBERS)
    counts = words.counts
    counts[counts < MIN_WORDS] = 0
    rank = np.arange(len(words.starts)) - words.first[words.text]
    words = words.kept((rank < MAX_WORDS) & (counts[words.text] > 0))
    long = np.flatnonzero(counts)
    found: list[str | None] = [None] * len(texts)
    if len(long):
        hashes, first = _distinct(_crc32(words), words)
        lowest = _lowest(hashes, first[long])
        for at, row in zip(long.tolist(), lowest.astype("<u2"), strict=True):
            found[at] = b64encode(row.tobytes()).decode("ascii")
    return found


def _crc32(words: Words) -> np.ndarray:
    """CRC-32 of each word, character by character of all of them; of very long ones each alone."""
    import numpy as np  # noqa: PLC0415

    lengths = np.minimum(words.ends - words.starts, _LONG)
    order = np.argsort((_LONG - lengths).astype(np.uint8), kind="stable")
    at = words.starts[order]
    chars, table = words.texts.chars, _crc_table()
    longer = len(order) - np.cumsum(np.bincount(lengths, minlength=_LONG))[: _LONG - 1]
    crc = np.full(len(order), 0xFFFFFFFF, np.uint32)
    for place, count in enumerate(longer[: int(lengths.max(initial=0))].tolist()):
        part = crc[:count]
        part[:] = table[(part ^ chars[at[:count] + place]) & 0xFF] ^ (part >> 8)
    found = np.empty_like(crc)
    found[order] = ~crc
    data = memoryview(words.texts.data)
    for place in np.flatnonzero(lengths == _LONG).tolist():
        found[place] = crc32(data[words.starts[place] : words.ends[place]])
    return found


_LONG = 48
"""Characters of a word that is very long."""


@cache
def _crc_table() -> np.ndarray:
    """What each byte does to the remainder (polynomial 0xEDB88320), 256 of uint32."""
    import numpy as np  # noqa: PLC0415

    table: np.ndarray = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = (table >> 1) ^ np.where(table & 1, np.uint32(0xEDB88320), np.uint32(0))
    return table


def _distinct(crc: np.ndarray, words: Words) -> tuple[np.ndarray, np.ndarray]:
    """The hashes of words, nearly all that repeat within a text left out; where each text begins.

    A repeated hash changes no minimum, so that those which share a place with another may stay.
    """
    import numpy as np  # noqa: PLC0415

    hashes = _all_mixed(crc)
    place = (words.text << _PLACES) + (hashes >> np.uint32(32 - _PLACES))
    last = np.empty(len(words.texts) << _PLACES, np.int32)
    number = np.arange(len(hashes), dtype=np.int32)
    last[place] = number
    holder = last[place]
    keep = (holder == number) | (hashes[holder] != hashes)
    return hashes[keep], np.append(0, np.cumsum(keep))[words.first[:-1]]


_PLACES = 10


def _all_mixed(values: np.ndarray) -> np.ndarray:
    """`_mixed` of each."""
    import numpy as np  # noqa: PLC0415

    for factor, shift in ((0x85EBCA6B, 16), (0xC2B2AE35, 13)):
        values = (values ^ (values >> np.uint32(shift))) * np.uint32(factor)
    return np.asarray(values ^ (values >> np.uint32(16)))


def _lowest(hashes: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The least of each permutation's values for each text, (texts, HASHES) of uint32."""
    import numpy as np  # noqa: PLC0415

    found = np.empty((HASHES, len(first)), np.uint32)
    permuted = np.empty_like(hashes)
    for (factor, offset), row in zip(_permutations().T, found, strict=True):
        np.multiply(hashes, factor, out=permuted)
        np.add(permuted, offset, out=permuted)
        np.minimum.reduceat(permuted, first, out=row)
    return found.T


def decode(signatures: pd.Series) -> np.ndarray:
    """Signatures as numbers, (texts, HASHES) of uint16; none may be missing."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    if not len(signatures):
        return np.empty((0, HASHES), dtype="<u2")
    texts = pa.array(signatures.array, pa.large_string())
    texts = pa.concat_arrays([texts] if isinstance(texts, pa.Array) else texts.chunks)
    _, offsets, letters = texts.buffers()
    start, stop = np.frombuffer(offsets, np.int64)[[texts.offset, texts.offset + len(texts)]]
    data = b64decode(memoryview(letters)[start:stop])
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
