"""Names in other scripts than Latin, in Latin letters, so that both spellings can be compared.

The letters are anyascii's (pinyin for Chinese characters); what languages and habits write
differently (Petrovskiy, Petrovsky, Petrovskij) becomes one form. A Japanese name in Chinese
characters cannot be read without a dictionary, and vowels that Arabic and Hebrew leave out are
lost: such names find no spelling in Latin letters, which says nothing against their bearer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from netaudit.names.folding import fold

_HABITS = (
    ("sch", "sh"), ("shch", "sh"), ("tch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"),
    ("ts", "c"), ("tz", "c"), ("cz", "ch"), ("ks", "x"), ("w", "v"), ("oy", "u"), ("ou", "u"),
    ("iy", "i"), ("yy", "i"), ("ij", "i"), ("yi", "i"), ("ie", "e"), ("ye", "e"), ("je", "e"),
    ("j", "i"), ("y", "i"), ("gi", "i"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_LATIN = re.compile(r"[a-z0-9]*", re.ASCII)


def is_latin(word: str) -> bool:
    """Whether a folded word is written in Latin letters."""
    return word.isascii()


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """A folded word in Latin letters, spelling habits taken away; "" where none can be told."""
    plain = romanised(word)
    for habit, letters in _HABITS:
        plain = plain.replace(habit, letters)
    return _TWICE.sub(r"\1", plain)


def romanised(word: str) -> str:
    """A folded word in Latin letters, folded; "" where none can be told."""
    if word.isascii():
        return word
    from anyascii import anyascii  # noqa: PLC0415  (needed for few archives)

    return "".join(_LATIN.findall(fold(anyascii(word))))
