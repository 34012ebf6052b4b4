"""A display name, read into the parts of a person's name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache

from netaudit.names.folding import fold, is_disguised
from netaudit.names.words import LEGAL_FORMS, NOT_IN_NAMES

MAX_CHARACTERS = 200
"""Longer display names are no names."""


class Kind(Enum):
    """What a display name is."""

    PERSON = "a person's name"
    PART = "one word: a given name, a family name, a login"
    RELAYED = "a person's name on an address that is not theirs (X via Y, on behalf of)"
    ADDRESS = "an address or a link"
    NOBODY = "an organisation, a role, nothing"
    DISGUISED = "holds characters that hide what it is"


@dataclass(frozen=True, slots=True)
class Name:
    """A name, its words folded.

    Attributes:
        text: as shown, white space and quotes trimmed.
        kind: what it is; the parts are empty for ADDRESS, NOBODY and DISGUISED.
        given: first given name, or its initial.
        middle: further given names or initials.
        family: family name with its particles (`van der berg`).
        nick: what stood in quotes or brackets.
        generation: jr, sr, ii, iii, iv or empty.
    """

    text: str
    kind: Kind
    given: str = ""
    middle: tuple[str, ...] = ()
    family: str = ""
    nick: str = ""
    generation: str = ""

    @property
    def is_full(self) -> bool:
        """A person's name with a given name (or initial) and a family name."""
        return bool(self.kind is Kind.PERSON and self.given and self.family)

    @property
    def key(self) -> str:
        """Given and family name in alphabetical order: the same for `Jane Doe` and `Doe, Jane`."""
        return " ".join(sorted((self.given, self.family.replace(" ", ""))))


_RELAY = re.compile(
    r"\s+\(?(?:via|on behalf of|im auftrag von|i\.a\. von|de la part de|en nombre de|per conto di"
    r"|em nome de|namens|för)\s+.*",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS = re.compile(r"\s*[(\[{<]([^)\]}>]*)[)\]}>]?")
_TAIL = re.compile(
    r"\s+[-–—|•·:@]+\s+.*|\s*[|/].*|\s+(?:at|from|bei|of|de chez)\s+[A-Z].*", re.DOTALL
)
_ADDRESS = re.compile(r"\S@\S|://|^www\.", re.IGNORECASE)
_QUOTED = re.compile(r"(?<!\w)[\"“”„'‘’]([^\"“”„'‘’]+)[\"“”„'‘’](?!\w)")
_GENERATIONS = {"jr": "jr", "junior": "jr", "jnr": "jr", "sr": "sr", "senior": "sr", "snr": "sr",
                "ii": "ii", "iii": "iii", "iv": "iv"}  # fmt: skip
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=1 << 18)
def read(text: str) -> Name:
    """A display name of a mail, a LinkedIn export or an address book.

    Args:
        text: decoded; `Doe, Jane (Legal)`, `"Dr. Jane van der Berg, Ph.D."`, `Jane via Lists`.

    Returns:
        the name; never an error.
    """
    shown = _trimmed(text)
    if is_disguised(shown):
        return Name(shown, Kind.DISGUISED)
    if _ADDRESS.search(shown):
        return Name(shown, Kind.ADDRESS)
    person = _RELAY.sub("", shown)
    name = _read_plain(shown, person)
    if person != shown and name.kind in (Kind.PERSON, Kind.PART):
        return replace(name, kind=Kind.RELAYED)
    return name


def _trimmed(text: str) -> str:
    printable = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    shown = _SPACE.sub(" ", printable[:MAX_CHARACTERS]).strip(" \"'`,;.<>\ufeff")
    return unicodedata.normalize("NFKC", shown)


def _read_plain(shown: str, person: str) -> Name:
    nicks = [*_BRACKETS.findall(person), *_QUOTED.findall(person)]
    bare = _QUOTED.sub(" ", _BRACKETS.sub(" ", person))
    bare = _TAIL.sub("", bare).strip(" ,")
    words = fold(bare).split()
    if not words or len(words) > 7 or _is_impersonal(words) or any(c.isdigit() for c in bare):
        return Name(shown, Kind.NOBODY)
    name = _by_words(shown, bare, words) or _by_parser(shown, bare)
    nick = next((n for n in map(fold, nicks) if n and " " not in n), "")
    return replace(name, nick=nick if nick not in NOT_IN_NAMES else "")


def _is_impersonal(words: list[str]) -> bool:
    return any(word in NOT_IN_NAMES for word in words) or words[-1] in LEGAL_FORMS


def _by_words(shown: str, bare: str, words: list[str]) -> Name | None:
    """The common plain cases; None where the parser has to look."""
    if len(words) == 1:
        return _one_word(shown, words[0]) if "," not in bare else None
    if "," in bare or len(words) > 3 or _needs_parser().intersection(words):
        return None
    if len(bare.split()) != len(words):  # Mary-Ann, O'Neil are for the parser
        return None
    return Name(shown, Kind.PERSON, words[0], tuple(words[1:-1]), words[-1])


def _one_word(shown: str, word: str) -> Name:
    if 2 <= len(word) <= 4 and all(_is_east_asian(c) for c in word):
        return Name(shown, Kind.PERSON, word[1:], (), word[0])
    return Name(shown, Kind.PART, word)


def _is_east_asian(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("CJK UNIFIED", "HANGUL"))


@cache
def _needs_parser() -> frozenset[str]:
    from nameparser import Lexicon  # noqa: PLC0415  (slow to import, needed where mail is read)

    known = Lexicon.default()
    words = known.titles | known.suffix_words | known.suffix_acronyms | known.particles
    words |= known.bound_given_names | known.conjunctions | known.maiden_markers
    return frozenset(fold(word) for word in words) - {""}


def _by_parser(shown: str, bare: str) -> Name:
    from nameparser import parse  # noqa: PLC0415

    parsed = parse(bare)
    given, family = fold(parsed.given), fold(parsed.family)
    middle = tuple(fold(parsed.middle).split())
    generations = (_GENERATIONS.get(word) for word in fold(parsed.suffix).split())
    generation = next((g for g in generations if g), "")
    if not given and middle:
        given, middle = middle[0], middle[1:]
    if given and family:
        first, *more = given.split()
        return Name(shown, Kind.PERSON, first, (*more, *middle), family, "", generation)
    word = given or family
    return _one_word(shown, word.replace(" ", "")) if word else Name(shown, Kind.NOBODY)
