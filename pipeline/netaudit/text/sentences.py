"""Sentences of a text, with their place in it.

Mail is wrapped by hand and by programs: a line break ends a sentence only after a short line, at a
blank line or before a list item. Only places where a sentence could end are looked at.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_SENTENCES = 120
"""Sentences of a message that are read."""
MAX_LENGTH = 500
"""Characters of a sentence that are read."""

_PLACE = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s)|\n")
_LIST_ITEM = re.compile(r"\s{0,8}(?:[-*•>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"])(?:[A-Za-z]|mr|mrs|ms|dr|prof|st|no|nr|vs|etc|inc|corp|co|ltd|jr|sr|ext|tel|approx"
    r"|e\.g|i\.e|z\.b|d\.h|u\.a|p\.s|ca|bzw|evtl|ggf|usw|str|mme|sra?|ud|uds|p\.ej|jan|feb|mar|apr"
    r"|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|a\.m|p\.m)\.$",
    re.IGNORECASE,
)
_SHORT_LINE = 48


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
    start = line_start = 0
    for match in _PLACE.finditer(text):
        end = match.end()
        if text[match.start()] == "\n":
            ends = _break_ends(text, line_start, match.start())
            line_start = end
        else:
            ends = _mark_ends(text, match.start(), end)
        if ends:
            _add(found, text, start, end)
            start = end
            if len(found) >= MAX_SENTENCES:
                return found
    _add(found, text, start, len(text))
    return found


def _break_ends(text: str, line_start: int, at: int) -> bool:
    """Whether a line break ends the sentence."""
    following = text[at + 1 : at + 12]
    if not following.strip() or following[0] == "\n" or at - line_start < _SHORT_LINE:
        return True
    return _LIST_ITEM.match(following) is not None


def _mark_ends(text: str, at: int, end: int) -> bool:
    """Whether a full stop or another mark ends the sentence."""
    if text[at] != ".":
        return True
    following = text[end : end + 3].strip()
    if following[:1].islower() and end - at == 1:
        return False
    return end - at > 1 or not _ABBREVIATION.search(text[max(0, at - 8) : at + 1])


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    part = text[start : min(end, start + 4 * MAX_LENGTH)]
    words = part.split()
    if words:
        lead = len(part) - len(part.lstrip())
        found.append(Sentence(" ".join(words)[:MAX_LENGTH], start + lead))
