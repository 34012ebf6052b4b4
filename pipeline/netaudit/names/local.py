"""The local part of an address: the mailbox it stands for, and the name it may hold."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from netaudit.names.folding import fold
from netaudit.names.frequency import RARE_GIVEN, given_share
from netaudit.names.nicknames import forms, groups
from netaudit.names.reading import Kind, Name
from netaudit.names.words import FREE_MAIL, IMPERSONAL, NO_REPLY

_GMAIL = ("gmail.com", "googlemail.com")
_SEPARATORS = re.compile(r"[^\w]+|_+|\d+")


@lru_cache(maxsize=1 << 17)
def mailbox(address: str) -> str:
    """The address of the box that an address delivers to: `+tag` off, Gmail's dots off.

    Other domains' dots, and anything that is no plain address, stay as they are.
    """
    local, at, domain = address.rpartition("@")
    if not at or not local:
        return address
    head = local.partition("+")[0] or local
    if domain in _GMAIL:
        return f"{head.replace('.', '') or head}@gmail.com"
    return f"{head}@{domain}"


def organisation(address: str) -> str:
    """The registered domain of an address, about: `ect.acme.com` is `acme.com`.

    Empty for mail services that anybody may use, and where there is no domain. Second levels that
    are no organisation's (`co.uk`, `com.au`, `ac.jp`) are known by their shortness.
    """
    domain = address.rpartition("@")[2]
    if domain in FREE_MAIL or "@" not in address:
        return ""
    labels = domain.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    found = ".".join(labels[-keep:])
    return "" if found in FREE_MAIL else found


def words(address: str) -> tuple[str, ...]:
    """The words of the local part, folded, digits and `+tag` left out."""
    local = address.rpartition("@")[0].partition("+")[0]
    return tuple(fold(" ".join(_SEPARATORS.split(local))).split())


@lru_cache(maxsize=1 << 17)
def letters(address: str) -> str:
    """The letters of the local part, folded."""
    return fold("".join(_SEPARATORS.split(address.rpartition("@")[0].partition("+")[0]))).replace(
        " ", ""
    )


def asks_for_no_reply(address: str) -> bool:
    """Whether the local part says that nobody reads what is sent there."""
    plain = re.sub(r"[^a-z]", "", address.rpartition("@")[0].lower())
    return any(piece in plain for piece in NO_REPLY)


@lru_cache(maxsize=1 << 18)
def read(address: str) -> Name | None:
    """The name that a local part spells: `jane.doe`, `doe_j`, `j.r.doe`; None where it does not."""
    found = words(address)
    if not 2 <= len(found) <= 4 or IMPERSONAL.intersection(found) or len(max(found, key=len)) < 3:
        return None
    if not all(word.isalpha() for word in found):
        return None
    *given, family = found
    if len(family) < 2:
        given, family = [family, *given[1:]], given[0]
    if _is_given(family) and not _is_given(given[0]):  # doe.jane
        given, family = [family, *given[1:]], given[0]
    raw = _SEPARATORS.split(address.rpartition("@")[0].partition("+")[0])
    shown = " ".join(word.title() for word in raw if word)
    if fold(shown).split()[0] != given[0]:
        shown = " ".join(reversed(shown.split()))
    return Name(shown, Kind.PERSON, given[0], tuple(given[1:]), family)


def _is_given(word: str) -> bool:
    return bool(groups(word)) or given_share(word) > RARE_GIVEN


class Spelling(Enum):
    """How a local part agrees with a name, strongest first."""

    FULL = "given and family name"
    INITIAL = "initial and family name"
    GIVEN_INITIAL = "given name and initial"
    FAMILY = "family name"
    GIVEN = "given name"
    INITIALS = "initials"
    NONE = "nothing"


def spelling(address: str, name: Name) -> Spelling:
    """How much of a name the local part spells, in any order, with any form of the given name."""
    return _spellings(name).get(letters(address), Spelling.NONE)


@lru_cache(maxsize=1 << 17)
def _spellings(name: Name) -> dict[str, Spelling]:
    """Every local part that a name may be spelt as, letters only -> how."""
    family = name.family.replace(" ", "")
    if not name.given or not family:
        return {name.given: Spelling.GIVEN} if len(name.given) > 1 else {}
    givens = forms(name.given) | ({name.nick} if name.nick else set())
    initials = {given[0] for given in givens}
    middles = "".join(m[0] for m in name.middle)
    cut = {(initial + family)[:8] for initial in initials}  # eight letters, the old login
    rising = (
        (Spelling.INITIALS, _orders({i + m for i in initials for m in ("", middles)}, family[0])),
        (Spelling.GIVEN, givens),
        (Spelling.FAMILY, {family}),
        (Spelling.GIVEN_INITIAL, _orders(givens, family[0])),
        (Spelling.INITIAL, {login for login in cut if len(login) >= 7}),
        (Spelling.INITIAL, _orders({i + m for i in initials for m in ("", middles)}, family)),
        (Spelling.FULL, _orders({g + m for g in givens for m in ("", middles)}, family))
        if len(name.given) > 1
        else (Spelling.INITIAL, set()),
    )
    return {
        fold(spelt): kind for kind, all_spelt in rising for spelt in all_spelt if len(spelt) > 1
    }


def _orders(firsts: frozenset[str] | set[str], last: str) -> set[str]:
    return {first + last for first in firsts} | {last + first for first in firsts}
