"""Whether two names may be the name of one person, and why."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from netaudit.names.nicknames import same_person_may_be_called
from netaudit.names.reading import Name
from netaudit.names.scripts import is_latin, latin


class Agreement(Enum):
    """How two names agree, in words that follow `they have`."""

    SAME = "the same name"
    FORM = "forms of one name"
    TYPO = "names that differ by a letter"
    INITIAL = "an initial that fits the name"
    PART = "a part of the name in common"
    UNKNOWN = "names that cannot be compared"
    CONFLICT = "different names"


VOWELS = frozenset("aeiouy")
_STRENGTH = {kind: place for place, kind in enumerate(Agreement)}


def weakest(*kinds: Agreement) -> Agreement:
    """The kind that decides where several parts of a name are compared."""
    return max(kinds, key=_STRENGTH.__getitem__)


@lru_cache(maxsize=1 << 18)
def compare(one: Name, other: Name) -> Agreement:
    """How two names agree, whatever the order of given and family name in either."""
    if not (one.is_full and other.is_full):
        return _compare_parts(one, other)
    if is_latin(one.family) != is_latin(other.family):
        return _compare_scripts(one, other)
    if one.generation and other.generation and one.generation != other.generation:
        return Agreement.CONFLICT
    if _turned(one, other):
        return Agreement.SAME
    straight = _compare_full(one, other)
    return _otherwise_spelt(one, other) if straight is Agreement.CONFLICT else straight


def nearly_alike(one: Name, other: Name) -> bool:
    """Whether one of two full names may be the other with an initial or a letter wrong.

    A quick look before `compare`: where it is False, only a nickname or another order, spelling or
    script of the words can make them one name.
    """
    if _has_more(one) or _has_more(other):
        return True
    if 1 in (len(one.given), len(other.given), len(one.family), len(other.family)):
        return True
    given, family = one.given == other.given, one.family == other.family
    return (given or _one_letter_off(one.given, other.given, 6)) and (
        family or _one_letter_off(one.family, other.family, 6)
    )


def _has_more(name: Name) -> bool:
    return bool(name.middle or name.nick or " " in name.family)


def _turned(one: Name, other: Name) -> bool:
    """Whether names agree with the family name at the other end.

    Only where they fit exactly: few family names are given names.
    """
    if one.given == other.family and one.family == other.given:
        return _middles_agree(one, other)
    long = one.middle or other.middle or " " in one.family + other.family
    return bool(long and splits(one) & splits(other))


def _otherwise_spelt(one: Name, other: Name) -> Agreement:
    if spellings(one) & spellings(other):
        return Agreement.TYPO  # Petrovskiy and Petrovsky
    turned_initial = _initial_of(one, other) or _initial_of(other, one)
    return Agreement.INITIAL if turned_initial else Agreement.CONFLICT


def _initial_of(short: Name, long: Name) -> bool:
    """Whether one is `Zoe B` or `B Zoe` and the other `Bohm Zoe`, in the order of neither."""
    parts = (short.given, short.family)
    letter, word = sorted(parts, key=len)
    if len(letter) != 1 or len(word) < 2 or short.middle or long.middle:
        return False
    return (word == long.family and long.given.startswith(letter)) or (
        word == long.given and long.family.startswith(letter)
    )


def _is_long(one: Name, other: Name) -> bool:
    return bool(one.middle or other.middle or " " in one.family + other.family)


@lru_cache(maxsize=1 << 17)
def splits(name: Name) -> frozenset[tuple[str, str]]:
    """A full name as (given names in one word, family name), either end taken for the family name.

    So `Ji-woo Baek`, `Baek Ji Woo` and `Jiwoo Baek` agree. None for a name with initials.
    """
    words = [name.given, *name.middle, *name.family.split()]
    if min(map(len, words)) == 1 and is_latin(name.family):
        return frozenset()
    first, last = words[0], words[-1]
    return frozenset({("".join(words[:-1]), last), ("".join(words[1:]), first)})


def _compare_scripts(one: Name, other: Name) -> Agreement:
    """A name in another script and one in Latin letters: the same, or nothing is known."""
    own, spelt = (other, one) if is_latin(one.family) else (one, other)
    if spelt.native and spelt.native in (own.given + own.family, own.family + own.given):
        return Agreement.SAME
    return Agreement.FORM if spellings(own) & spellings(spelt) else Agreement.UNKNOWN


@lru_cache(maxsize=1 << 17)
def spellings(name: Name) -> frozenset[tuple[str, str]]:
    """The forms of `splits` in Latin letters, whatever script and habit they are written in."""
    return frozenset((latin(given), latin(family)) for given, family in splits(name))


def _compare_parts(one: Name, other: Name) -> Agreement:
    if not (one.given or one.family) or not (other.given or other.family):
        return Agreement.UNKNOWN
    short, long = (other, one) if one.is_full else (one, other)
    word = short.given or short.family
    for part in (long.given, long.family, long.nick, *long.middle):
        if part and (part == word or same_person_may_be_called(part, word)):
            return Agreement.PART
    return Agreement.UNKNOWN


def _compare_full(one: Name, other: Name) -> Agreement:
    family = _compare_family(one.family, other.family)
    if family is Agreement.CONFLICT:
        return _one_of_two_families(one, other)
    given = _compare_given(one, other)
    if given is Agreement.TYPO and family is Agreement.TYPO:
        return Agreement.CONFLICT
    if not _middles_agree(one, other):
        return Agreement.CONFLICT
    return weakest(family, given)


def _compare_family(one: str, other: str) -> Agreement:
    if one.replace(" ", "") == other.replace(" ", ""):
        return Agreement.SAME if len(one) > 1 else Agreement.INITIAL
    if 1 in (len(one), len(other)):
        return Agreement.INITIAL if one[0] == other[0] else Agreement.CONFLICT
    mine, theirs = set(_long(one)), set(_long(other))
    if mine and theirs and (mine <= theirs or theirs <= mine):
        return Agreement.FORM  # Garcia Lopez and Garcia, van Berg and Berg
    return Agreement.TYPO if _one_letter_off(one, other, 6) else Agreement.CONFLICT


def _one_of_two_families(one: Name, other: Name) -> Agreement:
    """Maria Garcia Lopez, read as if Garcia were a middle name, and Maria Garcia."""
    for name, further in ((one, other), (other, one)):
        if name.given == further.given and name.family in further.middle and len(name.family) > 3:
            return Agreement.FORM
    return Agreement.CONFLICT


def _long(family: str) -> list[str]:
    return [word for word in family.split() if len(word) > 3]


def _compare_given(one: Name, other: Name) -> Agreement:
    if one.given == other.given:
        return Agreement.INITIAL if len(one.given) == 1 else Agreement.SAME
    givens = {one.given, one.nick} - {""}, {other.given, other.nick} - {""}
    if any(a == b or same_person_may_be_called(a, b) for a in givens[0] for b in givens[1]):
        return Agreement.FORM
    if one.given + "".join(one.middle) == other.given + "".join(other.middle):
        return Agreement.SAME  # Mary-Ann and Maryann
    for name, further in ((one, other), (other, one)):  # J. Robert Smith and Robert Smith
        if any(m == name.given and len(m) > 1 for m in further.middle):
            return Agreement.FORM
    if _initials_of(one, other) or _initials_of(other, one):
        return Agreement.INITIAL
    return Agreement.TYPO if _one_letter_off(one.given, other.given, 6) else Agreement.CONFLICT


def _initials_of(short: Name, long: Name) -> bool:
    """Whether one given name is the other's initial or initials: J, JP, and Jean-Pierre.

    Several with a vowel may be a name themselves: Ed, Al, Jo.
    """
    letters = short.given
    if len(letters) == 1:
        return letters == long.given[0]
    if not 2 <= len(letters) <= 3 or not VOWELS.isdisjoint(letters):
        return False
    return letters == "".join(word[0] for word in (long.given, *long.middle))


def _middles_agree(one: Name, other: Name) -> bool:
    """Whether no middle name or initial speaks against the other's."""
    if not one.middle or not other.middle:
        return True
    mine, theirs = one.middle[0], other.middle[0]
    short, long = sorted((mine, theirs), key=len)
    return long.startswith(short) or bool({*one.middle} & {*other.middle})


def _one_letter_off(one: str, other: str, at_least: int) -> bool:
    if min(len(one), len(other)) < at_least or one[0] != other[0]:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(one, other, score_cutoff=1) == 1
