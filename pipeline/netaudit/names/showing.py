"""A display name as it is shown to the owner: `Doe, Jane (Legal)` is `Jane Doe`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from netaudit.names.folding import fold
from netaudit.names.reading import (
    GENERATIONS,
    Kind,
    Name,
    is_given,
    needs_parser,
    read,
    without_notes,
)

if TYPE_CHECKING:
    from nameparser import ParsedName

_TITLES = frozenset(
    "dr prof professor mr mrs ms mx miss madam sir herr frau dipl ing mag phd doctor".split()  # noqa: SIM905
)
"""Titles left out, folded; others (Major, Prince) may be names and stay."""


_LOST_POINT = re.compile(r"(?<!\w)[^\W\d_]$")
"""An initial at the end, whose point is trimmed when a name is read."""


@lru_cache(maxsize=1 << 16)
def shown(text: str) -> str:
    """A name in the order it is spoken, without titles, degrees, departments and nicknames.

    Nothing is added, respelt or set in other letters. A text that is not clearly a person's name,
    one in two scripts, and one that would be read otherwise afterwards stay as they are.

    Args:
        text: a display name, decoded.
    """
    name = read(text)
    if name.kind not in (Kind.PERSON, Kind.PART) or name.native or _is_half_a_note(name):
        return name.text
    plain = (
        name.text + "." if _LOST_POINT.search(name.text) and f"{name.text}." in text else name.text
    )
    return next((t for t in _tidied(plain) if _says_the_same(t, name)), plain)


def _is_half_a_note(name: Name) -> bool:
    """`"Bob" Rowland`, `(Jane) Doe`, `Jane (Doe`: what is marked as a note may be of the name."""
    if name.kind is not Kind.PART:
        return False
    is_open = any(name.text.count(a) != name.text.count(b) for a, b in ("()", "[]", "{}"))
    return name.quoted or is_open or name.text[:1] in "([{"


def _tidied(text: str) -> list[str]:
    bare = " ".join(without_notes(text).replace('"', " ").split())
    inside = text.partition("(")[2].rstrip(")] ")  # login (Jane Doe)
    return [_in_order(bare), *([_in_order(inside)] if inside else [])]


def _says_the_same(text: str, name: Name) -> bool:
    again = read(text)
    return (again.kind, again.generation) == (name.kind, name.generation) and _words(
        again
    ) == _words(name)


def _words(name: Name) -> list[str]:
    return sorted(" ".join((name.given, *name.middle, name.family)).split())


def _in_order(bare: str) -> str:
    if "," not in bare and not needs_parser().intersection(fold(bare).split()):
        return bare
    from nameparser import parse  # noqa: PLC0415  (slow to import)

    parsed = parse(bare)
    if parsed.maiden or _is_doubtful(parsed, bare):
        return bare
    in_front = parsed.title if bare.startswith(parsed.title) else ""  # else Doe, Jane, Legal
    known = _TITLES if parsed.given and parsed.family else frozenset[str]()  # Mrs. Doe stays
    title = " ".join(w for w in in_front.split() if not known.issuperset(fold(w).split()))
    suffix = " ".join(w for w in parsed.suffix.replace(",", " ").split() if _stays(w, bare))
    parts = (title, parsed.given, parsed.middle, parsed.family, suffix)
    return " ".join(part for part in parts if part)


def _is_doubtful(parsed: ParsedName, bare: str) -> bool:
    """`Jane Doe, Acme`: a firm after a name more likely than a given name after two others."""
    family, given = fold(parsed.family).split(), fold(parsed.given).split()
    return bool(
        "," in bare and given and len(family) > 1 and is_given(family[0]) and not is_given(given[0])
    )


def _stays(suffix: str, bare: str) -> bool:
    """Generations stay; so does what may be a family name (Ma, Do) where no comma sets it off."""
    if fold(suffix) in GENERATIONS:
        return True
    is_plain = suffix.istitle() or bare.isupper() or bare.islower()
    is_only_two = len(bare.split()) == 2  # Linux ARM
    return "," not in bare and "." not in suffix and (is_plain or is_only_two)
