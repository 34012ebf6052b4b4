"""Topic and tone of a text by the words in it: lists that people can read, no trained weights.

A word counts once for the topic. The tone is the balance of words with a feeling, a negation
within three words turning them round, in [-1, 1]; after Hutto and Gilbert 2014 (VADER), simplified.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import exp
from typing import NamedTuple

from netaudit import bytetable
from netaudit.text.lists import sections

MAX_CHARS = 4_000
"""Characters of a text that are read."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_KEPT = bytetable.table("abcdefghijklmnopqrstuvwxyz'")
NEGATION_REACH = 3
"""Words after a negation that it turns round."""


class Topic(NamedTuple):
    """Probabilities in [0, 1]; both may be high (a friendly mail about work) or low."""

    personal: float
    professional: float


def tokens(text: str) -> list[str]:
    """The lower-case words of a text."""
    return words_of(text[:MAX_CHARS])


def words_of(text: str) -> list[str]:
    """The lower-case words of a whole text, without digits; `don't` is one."""
    lower = text.lower().replace("’", "'")
    if not lower.isascii():
        return _WORD.findall(lower)
    found = bytetable.spaced(lower, _KEPT).split()
    if "'" in lower:
        return [word for piece in found for word in _of_piece(piece)]
    return found


def _of_piece(piece: str) -> list[str]:
    return _WORD.findall(piece) if "'" in piece else [piece]


def topic(words: list[str], language: str | None) -> Topic | None:
    """How personal and how professional a text is; None in a language without lists.

    Args:
        words: `tokens` of the text and its subject.
        language: ISO 639-1 code.
    """
    lists = topics().get(language or "")
    if lists is None:
        return None
    distinct = set(words)
    return balance(len(distinct & lists[0]), len(distinct & lists[1]))


@lru_cache(maxsize=4096)
def balance(personal: int, professional: int) -> Topic:
    """The topic of a text by its numbers of personal and professional words."""
    return Topic(
        _squash(1.3 * personal - 0.65 * professional - 1.8),
        _squash(0.9 * professional - 0.5 * personal + 0.3),
    )


def tone(words: list[str], language: str | None) -> float | None:
    """Balance of feeling, in [-1, 1]; None in a language without lists, 0 without such words."""
    known = marks().get(language or "")
    if known is None:
        return None
    negating = negations()
    positive = negative = 0
    negated_at = -10
    for at in [at for at, word in enumerate(words) if word in known]:
        word = words[at]
        feeling = known[word]
        if feeling:
            if at - negated_at <= NEGATION_REACH:
                feeling = -feeling
            positive += feeling > 0
            negative += feeling < 0
        if word in negating:
            negated_at = at
    felt = positive + negative
    return (positive - negative) / (felt + 1) if felt else 0.0


def _squash(score: float) -> float:
    return round(1 / (1 + exp(-max(-30.0, min(30.0, score)))), 3)


def _entries(lines: list[str]) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


@cache
def topics() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For each language its personal and its professional words."""
    lists = sections("topic")
    languages = {name.split()[1] for name in lists}
    return {
        each: (_entries(lists[f"personal {each}"]), _entries(lists[f"professional {each}"]))
        for each in languages
    }


@cache
def marks() -> dict[str, dict[str, int]]:
    """For each language its words with a feeling, 1 or -1, and the negations, 0."""
    found: dict[str, dict[str, int]] = {}
    for name, lines in sections("tone").items():
        sign, _, language = name.partition(" ")
        if language:
            value = 1 if sign == "positive" else -1
            found.setdefault(language, {}).update(dict.fromkeys(_entries(lines), value))
    return {language: dict.fromkeys(negations(), 0) | each for language, each in found.items()}


@cache
def negations() -> frozenset[str]:
    """Words that turn a feeling round."""
    return _entries(sections("tone")["negation"])
