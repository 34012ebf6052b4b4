"""The language of a text: function words decide where they can, py3langid where they cannot.

Function words are the most frequent words of a language and carry no topic; two or three sentences
hold several of them. Where one language has clearly the most, it is told at once (some
microseconds); else py3langid's naive Bayes model over byte n-grams (Lui & Baldwin 2012, shipped in
its wheel) is asked, and its answer taken when its probability is high enough.
"""

from __future__ import annotations

from functools import cache
from math import lcm
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple

from netaudit.text.lists import sections
from netaudit.text.words import words_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = ("en", "de", "fr", "es")
"""Languages whose acts, topic and tone are read."""

MIN_LETTERS = 12
"""Letters below which no language is told."""
MAX_CHARS = 400
"""Characters that are looked at: more change nothing."""
MIN_PROBABILITY = 0.4
"""Of the model, below which it abstains."""

FIRST_WORDS = 30
MIN_VOTES = 2
MIN_SHARE = 0.12
MARGIN = 2.5
_SAME = {"nb": "no", "nn": "no"}


class _Votes(NamedTuple):
    """Languages, and for each function word its weights packed into one number.

    A word of several languages counts a share for each, in parts of `one`, so that the votes of
    many words are one sum of whole numbers; a language has `_BITS` bits of it.
    """

    languages: tuple[str, ...]
    one: int
    packed: dict[str, int]

    def shares(self) -> dict[str, tuple[int, ...]]:
        """For each function word its weight for each language."""
        return {word: _unpacked(weights) for word, weights in self.packed.items()}


_BITS = 32


def _votes() -> _Votes:
    lists = {name: " ".join(lines).split() for name, lines in sections("function_words").items()}
    of_word: dict[str, list[int]] = {}
    for place, words in enumerate(lists.values()):
        for word in words:
            of_word.setdefault(word, []).append(place)
    one = lcm(*map(len, of_word.values()))
    packed = {
        word: sum(one // len(places) << place * _BITS for place in places)
        for word, places in of_word.items()
    }
    return _Votes(tuple(lists), one, packed)


def _unpacked(total: int) -> tuple[int, ...]:
    count = len(VOTES.languages)
    return unpack(f"<{count}I", total.to_bytes(count * _BITS // 8, "little"))


VOTES = _votes()


def language(text: str, tokens: list[str] | None = None) -> str | None:
    """ISO 639-1 code of a text's language, or None when it cannot be told.

    Args:
        text: new text; only its first `MAX_CHARS` characters are read.
        tokens: `netaudit.text.words.tokens` of the text, where they are known already.
    """
    head = text[:MAX_CHARS]
    words = words_of(head) if tokens is None or len(text) > MAX_CHARS else tokens
    if sum(map(len, words)) < MIN_LETTERS:
        return None
    return _by_function_words(words[:FIRST_WORDS]) or _by_function_words(words) or by_model(head)


def _by_function_words(words: list[str]) -> str | None:
    languages, one, packed = VOTES
    total = sum(map(packed.__getitem__, filter(packed.__contains__, words)))
    if not total:
        return None
    counts = _unpacked(total)
    *_, second, most = sorted(counts)
    if most >= one * max(MIN_VOTES, MIN_SHARE * len(words)) and most >= MARGIN * second:
        return languages[counts.index(most)]
    return None


@cache
def model() -> LanguageIdentifier:
    """What `language` asks where function words cannot tell: a second to load, 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (slow)

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def by_model(text: str) -> str | None:
    """The language of a text by the model; None when it is in doubt."""
    code, probability = model().classify(text[:MAX_CHARS])
    if probability < MIN_PROBABILITY:
        return None
    return _SAME.get(str(code), str(code))
