"""What a message says: new text, language, acts, topic, tone, near-duplicates.

`read_many` is the entry for ingest, `read` reads a single message; `signals` makes the same rows
from a kept new text, for when `VERSION` has grown. All are pure functions of the text. Hostile
input costs time in proportion to its length, of which a bounded part is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from netaudit import minhash
from netaudit.text import acts as speech
from netaudit.text import words as lexicon
from netaudit.text.acts import Act
from netaudit.text.languages import language
from netaudit.text.newtext import new_text

__all__ = [
    "VERSION",
    "Act",
    "Message",
    "Reading",
    "Signals",
    "Traits",
    "language",
    "new_text",
    "read",
    "read_many",
    "signals",
]

VERSION = 9
"""Grows whenever the same text gives other signals or traits."""
MIN_TOGETHER = 4
"""Texts from which it is quicker to read them together."""


class Traits(NamedTuple):
    """The row of model.TRAITS without `key`; None where the language is not read.

    Attributes:
        personal, professional: probabilities in [0, 1].
        tone: from -1 (negative) to 1.
        minhash: signature for near-duplicates; None for short texts.
        version: `VERSION`.
    """

    personal: float | None
    professional: float | None
    tone: float | None
    minhash: str | None
    version: int


class Signals(NamedTuple):
    """What was read from a new text: its language (None when it cannot be told), acts, traits."""

    language: str | None
    acts: list[Act]
    traits: Traits


class Reading(NamedTuple):
    """What the text stage makes of a message.

    Attributes:
        words: words of new text.
        language: ISO 639-1 code of the new text; None when it cannot be told or was not asked.
        text: the new text.
        signals: rows of model.SIGNALS without `key`.
        traits: the row of model.TRAITS without `key`; None when signals were not asked for.
    """

    words: int
    language: str | None
    text: str
    signals: list[Act]
    traits: Traits | None


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
    if not with_signals:
        return Reading(len(text.split()), None, text, [], None)
    return _alone(text, subject)


class Message(NamedTuple):
    """What is read of a message: the arguments of `read`."""

    body: str
    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""


def read_many(messages: Sequence[Message]) -> list[Reading]:
    """`read` of each message, signals and all; ASCII texts together, at a fraction of the time."""
    texts = [new_text(each.body, each.sender_name, each.sender_address) for each in messages]
    plain = [at for at, text in enumerate(texts) if text.isascii()]
    found: dict[int, Reading] = {}
    if len(plain) >= MIN_TOGETHER:
        several = _together([texts[at] for at in plain], [messages[at].subject for at in plain])
        found.update(zip(plain, several, strict=True))
    return [
        found.get(at) or _alone(texts[at], message.subject) for at, message in enumerate(messages)
    ]


def _together(texts: list[str], subjects: list[str]) -> list[Reading]:
    """Readings of new texts that are ASCII."""
    from netaudit import chararrays  # noqa: PLC0415  (numpy)
    from netaudit.text import many  # noqa: PLC0415

    joined = chararrays.Texts(texts)
    words = many.listed(joined)
    told = many.told(texts, words)
    plain = [subject if subject.isascii() else "" for subject in subjects]
    topics = many.topics(words, many.listed(chararrays.Texts(plain)), told)
    for at, subject in enumerate(subjects):
        if not subject.isascii():
            topics[at] = _topic(lexicon.tokens(texts[at]), subject, told[at])
    columns = (texts, many.counts(joined), told, topics, many.tones(words, told))
    found = []
    for text, count, code, topic, tone, signature in zip(
        *columns, minhash.signatures(joined), strict=True
    ):
        personal, professional = topic or (None, None)
        traits = Traits(personal, professional, tone, signature, VERSION)
        found.append(Reading(count, code, text, speech.acts(text, code), traits))
    return found


def _alone(text: str, subject: str) -> Reading:
    found = signals(text, subject)
    return Reading(len(text.split()), found.language, text, found.acts, found.traits)


def signals(text: str, subject: str = "") -> Signals:
    """Language, acts and traits of a new text.

    Args:
        text: new text, as `new_text` gives it.
        subject: the message's subject.
    """
    tokens = lexicon.tokens(text)
    told = language(text, tokens)
    personal, professional = _topic(tokens, subject, told) or (None, None)
    tone = lexicon.tone(tokens, told)
    traits = Traits(personal, professional, tone, minhash.signature(text), VERSION)
    return Signals(told, speech.acts(text, told), traits)


def _topic(tokens: list[str], subject: str, told: str | None) -> lexicon.Topic | None:
    """The topic of a text and its subject; None for a text without words."""
    return lexicon.topic(tokens + lexicon.tokens(subject), told) if tokens else None
