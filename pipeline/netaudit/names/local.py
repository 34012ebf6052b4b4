"""The local part of an address: the mailbox it stands for, and the name it may hold."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from netaudit.names.folding import fold
from netaudit.names.nicknames import forms
from netaudit.names.reading import Kind, Name, is_given
from netaudit.names.words import FREE_MAIL, IMPERSONAL, NO_REPLY

_GMAIL = ("gmail.com", "googlemail.com")
_SEPARATORS = re.compile(r"[^\w]+|_+|\d+")
_CODE_HOSTS = ("users.noreply.github.com", "users.noreply.gitlab.com")
"""Code hosts give every user an address `<number>+<login>@` (or `<number>-<login>@`)."""
_NUMBERED_LOGIN = re.compile(r"\d+[+-](.+)")
_REWRITTEN = re.compile(
    r"(?:srs0[=+-][^=]+=[^=]+=(?P<domain>[^=]+)=(?P<local>.+)"
    r"|(?:prvs=[^=]+=|bounces?[+-])?(?P<head>[^=]+)=(?:40)?(?P<tail>[\w-]+(?:\.[\w-]+)+))"
)
"""Senders as list servers and forwarders rewrite them: `jane=40doe.org@`, `jane=doe.org@`."""
_INTERNAL = re.compile(r"(?:^|\.)(?:local|localdomain|localhost|internal|lan|home|arpa|\(none\))$")
"""Ends of the names that machines give themselves."""


@lru_cache(maxsize=1 << 17)
def personal_part(address: str) -> str:
    """The local part without `+tag`; on a code host the login alone."""
    local, _, domain = address.rpartition("@")
    numbered = _NUMBERED_LOGIN.fullmatch(local) if domain in _CODE_HOSTS else None
    return numbered[1] if numbered else local.partition("+")[0] or local


@lru_cache(maxsize=1 << 17)
def mailbox(address: str) -> str:
    """The address of the box that an address delivers to: `+tag` off, Gmail's dots off.

    What a list server or forwarder wrote into the local part is taken back. Other domains' dots,
    and anything that is no plain address, stay as they are.
    """
    local, at, domain = address.rpartition("@")
    if not at or not local:
        return address
    rewritten = _REWRITTEN.fullmatch(local) if "=" in local else None
    if rewritten:
        return mailbox(
            f"{rewritten['local'] or rewritten['head']}@{rewritten['domain'] or rewritten['tail']}"
        )
    head = personal_part(address)
    if domain in _GMAIL:
        return f"{head.replace('.', '') or head}@gmail.com"
    return f"{head}@{domain}"


def organisation(address: str) -> str:
    """The registered domain of an address, about: `ect.acme.com` is `acme.com`.

    Empty for mail services that anybody may use, and where there is no domain. Second levels that
    are no organisation's (`co.uk`, `com.au`, `ac.jp`) are known by their shortness.
    """
    domain = address.rpartition("@")[2]
    if domain in FREE_MAIL or "@" not in address or "." not in domain or _INTERNAL.search(domain):
        return ""
    labels = domain.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    found = ".".join(labels[-keep:])
    return "" if found in FREE_MAIL else found


@lru_cache(maxsize=1 << 17)
def words(address: str) -> tuple[str, ...]:
    """The words of the local part, folded, digits and `+tag` left out."""
    return tuple(fold(" ".join(_SEPARATORS.split(personal_part(address)))).split())


@lru_cache(maxsize=1 << 17)
def letters(address: str) -> str:
    """The letters of the local part, folded."""
    return fold("".join(_SEPARATORS.split(personal_part(address)))).replace(" ", "")


@lru_cache(maxsize=1 << 17)
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
    if not all(word.isalpha() for word in found) or found[-1] in ("com", "net", "org"):
        return None
    *given, family = found
    if len(family) < 2:
        given, family = [family, *given[1:]], given[0]
    if is_given(family) and not is_given(given[0]):  # doe.jane
        given, family = [family, *given[1:]], given[0]
    raw = _SEPARATORS.split(personal_part(address))
    shown = " ".join(word.title() for word in raw if word)
    if fold(shown).split()[0] != given[0]:
        shown = " ".join(reversed(shown.split()))
    return Name(shown, Kind.PERSON, given[0], tuple(given[1:]), family)


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
    given, family = name.given, name.family.replace(" ", "")
    if is_given(family) and not is_given(given) and len(given) > 1:  # Doe Jane
        given, family = family, given
    if not given or not family:
        return {given: Spelling.GIVEN} if len(given) > 1 else {}
    givens = forms(given) | ({name.nick} if name.nick else set())
    if len(family) == 1:  # Jane D.
        return dict.fromkeys(_orders(givens, family), Spelling.GIVEN_INITIAL) | dict.fromkeys(
            givens, Spelling.GIVEN
        )
    initials = {given[0] for given in givens}
    middles = "".join(m[0] for m in name.middle)
    cut = {(initial + family)[:8] for initial in initials}  # eight letters, the old login
    rising = (
        (Spelling.INITIALS, _orders({i + m for i in initials for m in ("", middles)}, family[0])),
        (Spelling.GIVEN, givens if not name.quoted or is_given(name.nick) else forms(given)),
        (Spelling.FAMILY, {family}),
        (Spelling.GIVEN_INITIAL, _orders(givens, family[0])),
        (Spelling.INITIAL, {login for login in cut if len(login) >= 7}),
        (Spelling.INITIAL, _orders({i + m for i in initials for m in ("", middles)}, family)),
        (Spelling.FULL, _orders({g + m for g in givens for m in ("", middles)}, family))
        if len(given) > 1
        else (Spelling.INITIAL, set()),
    )
    return {
        fold(spelt): kind for kind, all_spelt in rising for spelt in all_spelt if len(spelt) > 1
    }


def _orders(firsts: frozenset[str] | set[str], last: str) -> set[str]:
    return {first + last for first in firsts} | {last + first for first in firsts}
