"""Words of names in a form that can be compared: no case, accents, or ways to spell an umlaut."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_UMLAUTS = re.compile("([aou])e")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´ʼ](?=\w)")  # O'Neil


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Words in lower case without accents and punctuation, joined by single spaces.

    `ae`, `oe`, `ue` become `a`, `o`, `u`, so that Müller, Mueller and Muller are one.
    """
    if text.isascii():
        return _fold_ascii(text)
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).casefold()
    plain = "".join(c for c in plain.translate(_LETTERS) if not unicodedata.combining(c))
    words = _UMLAUTS.sub(r"\1", _NO_LETTERS.sub(" ", plain)).strip()
    return words if words.isascii() else unicodedata.normalize("NFC", words)  # Hangul in one piece


def _fold_ascii(text: str) -> str:
    """The same for most of what there is, in a fifth of the time."""
    plain = text.lower()
    if not plain.isalpha():
        plain = _NO_LETTERS.sub(" ", _APOSTROPHES.sub("", plain))
    return plain.replace("ae", "a").replace("oe", "o").replace("ue", "u").strip()


def is_disguised(text: str) -> bool:
    """Whether a name hides what it is.

    True for bidirectional controls and other invisible characters, and for a word that mixes
    Latin with Cyrillic or Greek letters (`раypal`).
    """
    if text.isascii():
        return False
    if any(unicodedata.category(c) in ("Cf", "Co", "Cs") and c not in _HARMLESS for c in text):
        return True
    return any(len(_scripts(word)) > 1 for word in text.split() if not word.isascii())


_HARMLESS = "\u200c\u200d\u00ad\ufeff"
"""Joiners that Persian and Indic names need, soft hyphen, byte order mark."""


def _scripts(word: str) -> set[str]:
    names = {unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha()}
    return names & {"LATIN", "CYRILLIC", "GREEK"}
