"""Text that came from mail, made fit to be shown: in a table, a chart, a page, an XML file.

Names and subjects are written by strangers. What no XML file can hold is taken out, what would
turn the reading order of a line around is shown as such, and long ones are shortened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# The Char production of XML 1.0, minus the C1 controls, which display as nothing or worse.
_ILLEGAL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile(r"[\s\u0085\u2028\u2029]+")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ELLIPSIS = "…"


def legal(text: str) -> str:
    """The text without what XML 1.0 forbids: controls, surrogates, non-characters."""
    return _ILLEGAL.sub("", text)


def one_line(text: object) -> str:
    """The text on one line; missing values (None, NaN) give the empty text.

    Characters that override the direction of writing (U+202E and the like) are replaced, so that
    a name cannot be made to read as another one.
    """
    if not isinstance(text, str):
        return ""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # as nearly all are: nothing to take out
    return _BREAKS.sub(" ", legal(_TURNING.sub(REPLACEMENT, text.replace("\x00", " ")))).strip()


def shorten(text: object, width: int) -> str:
    """The text on one line, of at most `width` characters, cut at a word where one is near."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width * 2 // 3 else cut).rstrip(" ,;") + ELLIPSIS


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column: what is shown is shown row by row."""
    return [
        {str(column): value for column, value in row.items()} for row in frame.to_dict("records")
    ]
