"""Words of many ASCII texts read at once, with the results that reading each alone has.

What `netaudit.text.languages` and `netaudit.text.words` say of one text is said here of some
hundred, by array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from netaudit import bytetable
from netaudit.chararrays import Texts, Words
from netaudit.text import languages
from netaudit.text import words as lexicon
from netaudit.text.vocabulary import Vocabulary
from netaudit.text.words import Topic

_SPACE = bytetable.members(" \t\n\v\f\r\x1c\x1d\x1e\x1f")
_LETTERS = bytetable.members("abcdefghijklmnopqrstuvwxyz")


class Lists(NamedTuple):
    """The lists of words as arrays by the numbers of a vocabulary.

    Attributes:
        known: the vocabulary.
        votes: (words, languages) parts of `languages.VOTES.one`.
        topics: by language read, bit 0 for a personal word and bit 1 for a professional one.
        feelings: by language read, 1, -1 or 0.
        marks: by language read, whether it is in the lists of tone.
        negations: whether it turns a feeling round.
    """

    known: Vocabulary
    votes: np.ndarray
    topics: dict[str, np.ndarray]
    feelings: dict[str, np.ndarray]
    marks: dict[str, np.ndarray]
    negations: np.ndarray


@cache
def _lists() -> Lists:
    topics, marks, votes = lexicon.topics(), lexicon.marks(), languages.VOTES.shares()
    listed = [*votes, *(word for sides in topics.values() for side in sides for word in side)]
    known = Vocabulary([*listed, *(word for each in marks.values() for word in each)])

    def of(values: dict[str, int]) -> np.ndarray:
        return np.array([values.get(word, 0) for word in known.words], np.int8)

    none = (0,) * len(languages.VOTES.languages)
    return Lists(
        known,
        np.array([votes.get(word, none) for word in known.words], np.int32),
        {
            each: of(dict.fromkeys(sides[0], 1)) | of(dict.fromkeys(sides[1], 2))
            for each, sides in topics.items()
        },
        {each: of(values) for each, values in marks.items()},
        {each: of(dict.fromkeys(values, 1)).astype(bool) for each, values in marks.items()},
        of(dict.fromkeys(lexicon.negations(), 1)).astype(bool),
    )


class Listed(NamedTuple):
    """Words, and their numbers in the vocabulary of the lists."""

    words: Words
    numbers: np.ndarray


def listed(texts: Texts) -> Listed:
    """The words of texts that `words.tokens` gives."""
    words = texts.with_apostrophes(_LETTERS).within(lexicon.MAX_CHARS)
    return Listed(words, _lists().known.numbers(words.packed()))


def counts(texts: Texts) -> list[int]:
    """How many words with white space around them each text has."""
    found: list[int] = texts.runs(texts.members(_SPACE) ^ 1).counts.tolist()
    return found


def told(texts: Sequence[str], found: Listed) -> list[str | None]:
    """`languages.language` of each text."""
    words, numbers = found
    head = words.within(languages.MAX_CHARS)
    if head is not words:
        numbers = _lists().known.numbers(head.packed())
    letters = _sums(head.ends - head.starts, head.first[:-1], head.first[1:])
    begin = np.arange(len(numbers)) - head.first[head.text] < languages.FIRST_WORDS
    chosen = _voted(numbers[begin], np.minimum(head.counts, languages.FIRST_WORDS))
    late = np.where(chosen < 0, head.counts, 0)
    chosen = np.maximum(chosen, _voted(numbers[chosen[head.text] < 0], late))
    codes: list[str | None] = [None] * len(texts)
    for at in np.flatnonzero(letters >= languages.MIN_LETTERS).tolist():
        place = int(chosen[at])
        codes[at] = (
            languages.VOTES.languages[place] if place >= 0 else languages.by_model(texts[at])
        )
    return codes


def _voted(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The language that has clearly the most votes of the words of each text, -1 where none has.

    Args:
        numbers: of the words of all texts.
        counts: how many of them each text has.
    """
    after = np.cumsum(counts)
    total = _sums(_lists().votes[numbers], after - counts, after)
    most = total.max(axis=1, initial=0)
    second = np.partition(total, -2, axis=1)[:, -2]
    needed = np.maximum(languages.MIN_VOTES, languages.MIN_SHARE * counts)
    clear = (most >= languages.VOTES.one * needed) & (most >= languages.MARGIN * second)
    return np.where(clear, total.argmax(axis=1), -1)


def _sums(values: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """The sums of stretches of rows."""
    upto = np.zeros((len(values) + 1, *values.shape[1:]), np.int32)
    np.cumsum(values, axis=0, out=upto[1:])
    return np.asarray(upto[stop] - upto[start])


def topics(found: Listed, subjects: Listed, codes: Sequence[str | None]) -> list[Topic | None]:
    """`words.topic` of each text and its subject; None for a text without words.

    Args:
        found: the texts' words.
        subjects: those of the texts' subjects.
        codes: the language of each text.
    """
    count = len(codes)
    topics: list[Topic | None] = [None] * count
    numbers = np.append(found.numbers, subjects.numbers)
    text = np.append(found.words.text, subjects.words.text)
    for code, sides in _lists().topics.items():
        theirs = np.fromiter((each == code for each in codes), bool, count)
        theirs &= found.words.counts > 0
        keep = (sides[numbers] > 0) & theirs[text]
        pairs = _sorted_distinct(text[keep] * len(sides) + numbers[keep])
        of, number = np.divmod(pairs, len(sides))
        personal = np.bincount(of[sides[number] & 1 > 0], minlength=count)
        professional = np.bincount(of[sides[number] & 2 > 0], minlength=count)
        for at in np.flatnonzero(theirs).tolist():
            topics[at] = lexicon.balance(int(personal[at]), int(professional[at]))
    return topics


def _sorted_distinct(numbers: np.ndarray) -> np.ndarray:
    ordered = np.sort(numbers)
    return np.asarray(ordered[np.diff(ordered, prepend=-1) != 0])


def tones(found: Listed, codes: Sequence[str | None]) -> list[float | None]:
    """`words.tone` of each text.

    Args:
        found: the texts' words.
        codes: the language of each text.
    """
    lists, count = _lists(), len(codes)
    tones: list[float | None] = [None] * count
    for code, feelings in lists.feelings.items():
        theirs = np.fromiter((each == code for each in codes), bool, count)
        marked = np.flatnonzero(lists.marks[code][found.numbers] & theirs[found.words.text])
        number, text = found.numbers[marked], found.words.text[marked]
        negated = _reached(marked, lists.negations[number], text)
        felt = feelings[number] * np.where(negated, -1, 1)
        positive = np.bincount(text[felt > 0], minlength=count)
        negative = np.bincount(text[felt < 0], minlength=count)
        balance = (positive - negative) / (positive + negative + 1)
        for at in np.flatnonzero(theirs).tolist():
            tones[at] = float(balance[at])
    return tones


def _reached(at: np.ndarray, negates: np.ndarray, text: np.ndarray) -> np.ndarray:
    """Whether a negation stands so few words before, in the same text."""
    reach = lexicon.NEGATION_REACH
    apart = at + text * (reach + 1)
    last = np.maximum.accumulate(np.where(negates, apart, -reach - 1))
    before = np.append(-reach - 1, last[:-1])[: len(at)]
    return np.asarray(apart - before <= reach)
