"""A display name, read into the parts of a person's name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache

from netaudit.names.folding import fold, is_disguised
from netaudit.names.frequency import RARE_GIVEN, given_share
from netaudit.names.nicknames import groups
from netaudit.names.words import LEGAL_FORMS, MACHINE_USERS, NOT_IN_NAMES, PLACEHOLDERS

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
        quoted: the nick is what the bearer is called, not a note (Legal) in brackets.
        native: the name in another script as it stood beside one in Latin letters, no spaces.
    """

    text: str
    kind: Kind
    given: str = ""
    middle: tuple[str, ...] = ()
    family: str = ""
    nick: str = ""
    generation: str = ""
    quoted: bool = False
    native: str = ""

    def __hash__(self) -> int:  # names are looked up by the million
        return hash((self.text, self.given, self.family))

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
    r"\s+-[A-Z]\s*$|\s+[-–—|•·:@]+\s+.*|\s*[|/].*|\s+(?:at|from|bei|of|de chez)\s+[A-Z].*",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\S@\S|://|^www\.", re.IGNORECASE)
_QUOTED = re.compile(r"(?<!\w)[\"“”„'‘’]([^\"“”„'‘’]+)[\"“”„'‘’](?!\w)")
GENERATIONS = {"jr": "jr", "junior": "jr", "jnr": "jr", "sr": "sr", "senior": "sr", "snr": "sr",
               "ii": "ii", "iii": "iii", "iv": "iv"}  # fmt: skip
"""Folded word after a name -> the generation it tells of."""
_SPACE = re.compile(r"\s+")
_CAMEL = re.compile(r"([A-Z][a-z]{2,})([A-Z][a-z]{2,})")
"""JaneDoe"""


def is_given(word: str) -> bool:
    """Whether a folded word is known as a given name."""
    return bool(groups(word)) or given_share(word) > RARE_GIVEN


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
    printable = text
    if not text.isprintable():
        printable = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    shown = _SPACE.sub(" ", printable[:MAX_CHARACTERS]).strip(" \"'`,;.<>\ufeff")
    return unicodedata.normalize("NFKC", shown)


def _read_plain(shown: str, person: str) -> Name:
    latin, native = _scripts_apart(person) if not person.isascii() else (person, "")
    name = _read_words(shown, latin)
    return replace(name, native=native) if native and name.is_full else name


def _scripts_apart(text: str) -> tuple[str, str]:
    """A name written in two scripts, `Xiaoming Wang (王小明)`: the Latin one and the other."""
    words = fold(text).split()
    other = "".join(word for word in words if not word.isascii())
    if not other or len(words) - sum(not word.isascii() for word in words) < 2:
        return text, ""
    latin = (w for w in re.split(r"[\s()\[\]（）]+", text) if fold(w).isascii())
    return " ".join(latin).strip(), other


def _read_words(shown: str, person: str) -> Name:
    quoted = _QUOTED.findall(person)
    nicks = [*quoted, *_BRACKETS.findall(person)]
    bare = without_notes(person)
    words = fold(bare).split()
    if not words or len(words) > 7 or _is_impersonal(words) or any(c.isdigit() for c in bare):
        return Name(shown, Kind.NOBODY)
    name = _by_words(shown, bare, words) or _by_parser(shown, bare)
    if name.kind is Kind.PART and len(nicks) == 1 and " " in nicks[0].strip():
        full = _read_words(shown, nicks[0])  # login (Jane Doe)
        return replace(full, nick=name.given, quoted=True) if full.is_full else name
    nick = next((n for n in map(fold, nicks) if n and " " not in n), "")
    nick = nick if nick not in NOT_IN_NAMES else ""
    return replace(name, nick=nick, quoted=bool(nick and quoted))


def without_notes(text: str) -> str:
    """A name without what stands in brackets or quotes, or after a dash (`Jane Doe - Legal`)."""
    bare = _QUOTED.sub(" ", _BRACKETS.sub(" ", text))
    return _TAIL.sub("", bare).strip(" ,")


def _is_impersonal(words: list[str]) -> bool:
    if any(word in NOT_IN_NAMES for word in words) or words[-1] in LEGAL_FORMS:
        return True
    return " ".join(words) in PLACEHOLDERS or (len(words) == 1 and words[0] in MACHINE_USERS)


def _by_words(shown: str, bare: str, words: list[str]) -> Name | None:
    """The common plain cases; None where the parser has to look."""
    if len(words) == 1:
        joined = _CAMEL.fullmatch(bare)
        if joined and is_given(given := fold(joined[1])):
            return Name(shown, Kind.PERSON, given, (), fold(joined[2]))
        return _one_word(shown, words[0]) if "," not in bare else None
    if "," in bare or len(words) > 3 or needs_parser().intersection(words):
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
def needs_parser() -> frozenset[str]:
    """Folded words that are no plain part of a name: titles, suffixes, particles."""
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
    generations = (GENERATIONS.get(word) for word in fold(parsed.suffix).split())
    generation = next((g for g in generations if g), "")
    if not given and middle:
        given, middle = middle[0], middle[1:]
    if given and family:
        first, *more = given.split()
        return Name(shown, Kind.PERSON, first, (*more, *middle), family, "", generation)
    word = given or family
    return _one_word(shown, word.replace(" ", "")) if word else Name(shown, Kind.NOBODY)
