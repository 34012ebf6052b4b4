"""Sentences of a text, with their place in it.

Mail is wrapped by hand and by programs: a line break ends a sentence only after a short line, at a
blank line or before a list item. Only places where a sentence could end are looked at.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import NamedTuple

MAX_SENTENCES = 120
"""Sentences of a message that are read."""
MAX_LENGTH = 500
"""Characters of a sentence that are read."""

_LIST_ITEM = re.compile(r"\s{0,8}(?:[-*•>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_ABBREVIATIONS = frozenset(
    (
        *("mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "etc", "inc", "corp", "co"),
        *("ltd", "jr", "sr", "ext", "tel", "approx", "e.g", "i.e", "z.b", "d.h", "u.a", "p.s"),
        *("ca", "bzw", "evtl", "ggf", "usw", "str", "mme", "sra", "ud", "uds", "p.ej", "jan"),
        *("feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues"),
        *("wed", "thur", "thurs", "fri", "a.m", "p.m", *ascii_lowercase),
    )
)
_LONGEST = 8
_SHORT_LINE = 48
_PLACE = re.compile(
    rf"[.!?…\n](?:(?<=\n)(?!(?<=[^\n]{{{_SHORT_LINE}}}\n)[A-Za-z]{{2}})"
    r"|[.!?…]{0,9}[\"'”’)\]*]*(?=\s))"
)
"""Where a sentence could end: not at the end of a long line that goes on with a word.

A set comes first, so that the search skips all other characters at once.
"""


class Sentence(NamedTuple):
    """A sentence.

    Attributes:
        text: with runs of white space made one blank.
        start: offset of its first character in the text.
    """

    text: str
    start: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order, at most `MAX_SENTENCES`."""
    found: list[Sentence] = []
    start = 0
    for match in _PLACE.finditer(text):
        at, end = match.span()
        ends = _break_ends(text, at) if text[at] == "\n" else _mark_ends(text, at, end)
        if ends:
            _add(found, text, start, end)
            start = end
            if len(found) >= MAX_SENTENCES:
                return found
    _add(found, text, start, len(text))
    return found


def _break_ends(text: str, at: int) -> bool:
    """Whether a line break ends the sentence."""
    if at < _SHORT_LINE or text.find("\n", at - _SHORT_LINE, at) >= 0:
        return True
    following = text[at + 1 : at + 12]
    if following[:2].isalpha():
        return False
    if not following.strip() or following[0] == "\n":
        return True
    return _LIST_ITEM.match(following) is not None


def _mark_ends(text: str, at: int, end: int) -> bool:
    """Whether a full stop or another mark ends the sentence."""
    if text[at] != ".":
        return True
    following = text[end : end + 3].strip()
    if following[:1].islower() and end - at == 1:
        return False
    return end - at > 1 or not _is_abbreviation(text[max(0, at - _LONGEST) : at])


def _is_abbreviation(before: str) -> bool:
    """Whether what stands before a full stop ends in a shortened word."""
    spaced = before.replace("(", " ").replace('"', " ")
    words = spaced.split()
    return bool(words) and not spaced[-1].isspace() and words[-1].lower() in _ABBREVIATIONS


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    part = text[start : min(end, start + 4 * MAX_LENGTH)]
    rest = part.lstrip()
    if rest:
        lead = len(part) - len(rest)
        found.append(Sentence(" ".join(rest.split())[:MAX_LENGTH], start + lead))
