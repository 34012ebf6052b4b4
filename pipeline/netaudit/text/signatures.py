"""Signatures and disclaimers: the end of a message that says who sent it, not what they say.

Lines are read from the last one upwards: a signature starts at a delimiter, a closing word or the
sender's name below which every line looks like part of a signature. After Carvalho & Cohen
2004, "Learning to extract signature and reply lines from email", whose features (position,
delimiter, names, phones, addresses) these rules use.
"""

from __future__ import annotations

import re
from functools import lru_cache

from netaudit.text.lists import pattern

MAX_SIGNATURE_LINES = 14
"""Lines with text that a signature has at most; a delimiter allows `MAX_BELOW_DELIMITER`."""
MAX_BELOW_DELIMITER = 24

_START, _CONTACT_LINE, _SHAPE, _OTHER, _PROSE = "start", "contact", "shape", "other", "prose"
_MAX_UNCLEAR = 2

_RULES = "-—_=*~#"
_DELIMITER = re.compile(r"(?:--|—|[-_=*~#]{4,80})$")
_CLOSING = pattern("signature", "closing", after=r"[\s,.!;:–—-]{0,6}")
_CONTACT = pattern("signature", "contact")
_CONTACT_SIGN = re.compile(
    r"[\d@]|://|www\.|street|avenue|suite|blvd|box|floor|stra|rue|calle", re.I
)
"""Stands in any line that `_CONTACT` finds something in, and is found at a tenth of its cost."""
_TITLE = pattern("signature", "title", before=r"\b", after=r"\b")
_DEVICE = pattern("signature", "device")
_DISCLAIMER = pattern("signature", "disclaimer", before=r"[*\s_\"'-]{0,6}")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_NAME_SHAPE = re.compile(
    r"(?:[-~*]{1,3}\s?)?[A-ZÄÖÜÉÁ][\w'’.-]{0,20}(?:\s[A-ZÄÖÜÉÁ(\"][\w'’.)\"-]{0,20}){0,3}[.,!]?$"
)


@lru_cache(maxsize=4096)
def name_tokens(name: str, address: str) -> frozenset[str]:
    """Words of a sender's name and of the local part of their address, lower case."""
    words = re.findall(r"[^\W\d_]{2,30}", f"{name[:120]} {address[:120].partition('@')[0]}".lower())
    return frozenset(words)


def without_disclaimer(lines: list[str]) -> list[str]:
    """Lines up to a disclaimer that ends the message.

    A disclaimer counts in the last two thirds, below a blank or a short line.
    """
    for at in range(max(1, len(lines) // 3), len(lines)):
        line = lines[at]
        if len(line) > 14 and len(lines[at - 1]) <= 30 and _DISCLAIMER.match(line[:200]):
            return _without_rule(lines[:at])
    return lines


def without_signature(lines: list[str], tokens: frozenset[str] = frozenset()) -> list[str]:
    """Lines above the signature.

    Args:
        lines: what the sender wrote.
        tokens: `name_tokens` of the sender.

    Returns:
        The lines before the signature; all of them where there is none.
    """
    start = signature_start(lines, tokens)
    return _without_rule(lines[:start])


def signature_start(lines: list[str], tokens: frozenset[str] = frozenset()) -> int:
    """Index of the signature's first line; the number of lines where there is none."""
    delimiter = _delimiter_start(lines)
    start = end = len(lines) if delimiter is None else delimiter
    sure = delimiter is not None
    seen = unclear = 0
    for at in range(end - 1, -1, -1):
        text = lines[at].strip()
        if not text:
            continue
        kind = kind_of_line(text, tokens) if at else _PROSE
        seen += 1
        unclear = unclear + 1 if kind == _OTHER else 0
        if kind == _PROSE or seen > MAX_SIGNATURE_LINES or unclear > _MAX_UNCLEAR:
            break
        touches = seen == 1 or start < end
        if kind == _START:
            start, sure = at, True
        elif (kind == _SHAPE and touches and (sure or seen <= 4)) or (
            kind == _CONTACT_LINE and touches
        ):
            start = at
    return start


@lru_cache(maxsize=4096)
def kind_of_line(text: str, tokens: frozenset[str]) -> str:
    """What a line looks like; the lines of signatures come again and again."""
    if _is_start(text, tokens):
        return _START
    if (
        len(text) <= 120
        and not _is_prose(text)
        and _CONTACT_SIGN.search(text)
        and _CONTACT.search(text)
    ):
        return _CONTACT_LINE
    if len(text) > 60 or text[-1] in "?:" or text[0] in "-*•":
        return _PROSE
    if len(text) <= 34 and _NAME_SHAPE.match(text):
        return _SHAPE
    if len(text.split()) > 7:
        return _PROSE
    return _OTHER if text[-1] not in ".!,;" or _TITLE.search(text) else _PROSE


def _is_start(text: str, tokens: frozenset[str]) -> bool:
    """A delimiter, a closing word, the sender's name, or what a telephone adds."""
    if (text[0] in _RULES and _DELIMITER.match(text)) or _DEVICE.match(text):
        return True
    if len(text) > 90 or text[-1] in "?:":
        return False
    closing = _CLOSING.match(text)
    if closing:
        rest = text[closing.end() :].strip()
        short = len(rest) <= 40
        if not rest or (short and (_is_name(rest, tokens) or _NAME_SHAPE.match(rest))):
            return True
    return _is_name(text, tokens)


def _is_name(text: str, tokens: frozenset[str]) -> bool:
    if len(text) > 50 or not tokens:
        return False
    words = _NAME_WORD.findall(text.lower())
    if not words or len(words) > 5:
        return False
    if len(words) == 1 and 2 <= len(words[0]) <= 3 and text[:2].isupper():
        return set(words[0]) <= {token[0] for token in tokens}
    known = sum(
        any(word == token or (len(word) >= 3 and token.startswith(word)) for token in tokens)
        for word in words
    )
    return known >= 1 and known * 2 >= len([word for word in words if len(word) > 1])


def _is_prose(text: str) -> bool:
    """Whether a line reads as a sentence: many words, most of them lower case."""
    words = text.split()
    if len(words) < 7:
        return False
    return sum(word[:1].islower() for word in words) * 2 > len(words)


def _delimiter_start(lines: list[str]) -> int | None:
    """The line of the first `--` below which little enough follows."""
    texts = 0
    found = None
    for at in range(len(lines) - 1, 0, -1):
        text = lines[at].strip()
        if not text:
            continue
        if text in ("--", "—") or (len(text) >= 4 and text.strip("_") == ""):
            found = at
        texts += 1
        if texts > MAX_BELOW_DELIMITER:
            break
    return found


def _without_rule(lines: list[str]) -> list[str]:
    """Lines without blank ones and rules (`-----`) at their end."""
    last = len(lines)
    while last and (not lines[last - 1].strip() or _DELIMITER.match(lines[last - 1].strip())):
        last -= 1
    return lines[:last]
