"""Senders that say the same again and again to somebody who never writes to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netaudit import lookup, subjects

if TYPE_CHECKING:
    from netaudit.robots.mail import Mail

MIN_MESSAGES = 8
"""So many messages show a habit."""
MIN_OF_KIND = 3
"""Messages whose subjects begin alike are of a kind from so many on."""
KINDS_SHARE = 0.7
"""So large a share of messages of some kind: a machine's, or a circular."""
ANSWERS_SHARE = 0.1
"""Who answers or passes on more than this share is a person."""
_WORD = re.compile(r"[^\W\d_]+")
_TWO_ASCII_WORDS = "(?P<first>[A-Za-z]+)(?:[^A-Za-z]+(?P<second>[A-Za-z]+))?"
"""The same, all of it, where a text is ASCII: Arrow looks for it in all texts at once."""
_SPACE = pa.scalar(" ", pa.large_string())


def repeaters(mail: Mail, candidates: np.ndarray) -> np.ndarray:
    """Which of the candidates send messages whose subjects begin alike, and answer none.

    Args:
        mail: the mail.
        candidates: addresses, bool.
    """
    found = np.zeros(len(mail.addresses), dtype=bool)
    often = mail.senders(np.ones(len(mail.messages), dtype=bool)) >= MIN_MESSAGES
    sent = mail.of_sender(candidates & often)
    if not sent.any():
        return found
    rows = mail.messages.loc[sent, ["subject", "in_reply_to"]]
    answers = rows["in_reply_to"].fillna("").ne("") | subjects.are_marked(rows["subject"])
    kind, names = _kinds(rows["subject"])
    width = len(names)
    of_kind = np.unique(mail.sender[sent] * width + kind, return_inverse=True, return_counts=True)
    often = (of_kind[2] >= MIN_OF_KIND)[of_kind[1]] & (names != "")[kind]
    kinds = pd.DataFrame({"answers": answers.to_numpy(), "of_kind": often})
    shares = kinds.groupby(mail.sender[sent]).mean()
    habits = shares[(shares["of_kind"] >= KINDS_SHARE) & (shares["answers"] <= ANSWERS_SHARE)]
    found[habits.index.to_numpy()] = True
    return found


def _kinds(subjects: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The first two words of each subject, as a place among the distinct ones."""
    codes, distinct = pd.factorize(subjects.fillna(""))
    texts = lookup.texts(distinct)
    words = pc.extract_regex(texts, _TWO_ASCII_WORDS)
    first, second = (pc.fill_null(words.field(name), "") for name in ("first", "second"))
    found = pc.ascii_trim(pc.binary_join_element_wise(first, second, _SPACE), " ")
    foreign = pc.invert(pc.string_is_ascii(texts))
    rest = [_kind(text) for text in texts.filter(foreign).to_pylist()]
    found = pc.replace_with_mask(pc.ascii_lower(found), foreign, pa.array(rest, pa.large_string()))
    kinds, names = pd.factorize(pd.Series(pd.array(found, dtype="str")))
    return kinds[codes], names.to_numpy()


def _kind(subject: str) -> str:
    """The first two words."""
    return " ".join(_WORD.findall(subject)[:2]).casefold()
