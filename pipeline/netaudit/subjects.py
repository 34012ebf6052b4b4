"""Subjects: what stays of one when the marks of replies and forwards are taken away."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netaudit import lookup

if TYPE_CHECKING:
    from collections.abc import Callable

# What mail programs put before a subject, by language; the mark's own language is of no interest.
REPLY_MARKS = (
    "re", "r", "ref", "res", "rif", "aw", "antw", "antwort", "sv", "svar", "vs", "vá", "odp",
    "ynt", "cevap", "atb", "bls", "se", "hồi âm", "ответ", "на", "ответ", "відп", "απ", "σχετ",
    "תגובה", "رد", "回复", "回覆", "答复", "答覆", "返信", "답장", "回",
)  # fmt: skip
FORWARD_MARKS = (
    "fw", "fwd", "wg", "tr", "rv", "i", "enc", "doorst", "vb", "vl", "pd", "továbbítás", "ilt",
    "i̇lt", "vidarebefordrat", "videresend", "pvs", "bs", "πρθ", "תשובה", "הועבר", "пересл",
    "إعادة توجيه", "转发", "轉寄", "転送", "전달", "轉發",
)  # fmt: skip


def _marks(words: tuple[str, ...]) -> str:
    any_word = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    return rf"(?:{any_word})\s?(?:[\[(^]?\d{{1,3}}[\])]?)?\s?[:：]"  # Re[2]: Re(2): Re^2: AW :


_ASCII_SPACES = r"[\t-\r\x1c-\x20]+"
"""What `str.split` takes for spaces."""
_TAG = r"(?:\[[^\]\r\n]{1,60}\]\s*)?"
_REPLY = re.compile(rf"{_TAG}{_marks(REPLY_MARKS)}", re.IGNORECASE)
_ANY = re.compile(rf"({_TAG})(?:{_marks(REPLY_MARKS + FORWARD_MARKS)}\s*)+", re.IGNORECASE)


def base(subject: str) -> str:
    """A subject without marks of replies and forwards, its case and spaces folded.

    A list's tag in front of a mark stays: `[dev] Re: Plans` and `Re: [dev] Plans` are one.
    """
    text = _plain(subject)
    if ":" not in text:  # (NFKC has made every full-width colon this one)
        return text.casefold()
    while match := _ANY.match(text):
        text = f"{match[1]}{text[match.end() :]}".strip()
    return text.casefold()


def is_marked(subject: str) -> bool:
    """Whether a subject begins with the mark of a reply or a forward."""
    text = _plain(subject)
    return ":" in text and _ANY.match(text) is not None


def _plain(subject: str) -> str:
    text = subject if subject.isascii() else unicodedata.normalize("NFKC", subject)
    return " ".join(text.split())


def is_reply(subject: str) -> bool:
    """Whether a subject begins with the mark of a reply (not of a forward)."""
    text = _plain(subject)
    return ":" in text and _REPLY.match(text) is not None


def bases(subjects: pd.Series) -> pd.Series:
    """`base` of every subject; missing ones are empty."""
    codes, distinct = pd.factorize(subjects)
    plain = _plain_bases(distinct)
    found = pa.concat_arrays([plain, pa.array([""], pa.large_string())])
    rows = pa.array(np.where(codes < 0, len(distinct), codes))
    return pd.Series(pd.array(found.take(rows), dtype="str"), index=subjects.index)


def _plain_bases(subjects: pd.Index) -> pa.Array:
    """`base` of distinct subjects: Arrow's where nothing but case and spaces is to be folded."""
    texts = lookup.texts(subjects)
    spaced = pc.replace_substring_regex(texts, _ASCII_SPACES, " ")
    found = pc.ascii_lower(pc.ascii_trim(spaced, " "))
    special = _may_be_marked(texts)
    rest = [base(text) for text in texts.filter(special).to_pylist()]
    return pc.replace_with_mask(found, special, pa.array(rest, pa.large_string()))


def are_replies(subjects: pd.Series) -> pd.Series:
    """`is_reply` of every subject; missing ones are none."""
    return _where(is_reply, subjects)


def are_marked(subjects: pd.Series) -> pd.Series:
    """`is_marked` of every subject; missing ones are none."""
    return _where(is_marked, subjects)


def _where(is_so: Callable[[str], bool], subjects: pd.Series) -> pd.Series:
    """A test of every subject that may bear a mark; it is called once for each distinct one."""
    codes, distinct = pd.factorize(subjects)
    texts = lookup.texts(distinct)
    asked = _may_be_marked(texts)
    found = np.zeros(len(texts) + 1, dtype=bool)
    found[np.flatnonzero(asked)] = [is_so(text) for text in texts.filter(asked).to_pylist()]
    return pd.Series(found[codes], index=subjects.index)


def _may_be_marked(texts: pa.Array) -> pa.BooleanArray:
    """Texts with a colon, or with letters of which NFKC may make one."""
    return pc.or_(pc.match_substring(texts, ":"), pc.invert(pc.string_is_ascii(texts)))
