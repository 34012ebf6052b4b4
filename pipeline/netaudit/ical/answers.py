"""Answers to invitations that stand only in a subject: `Accepted: ...`, `Abgelehnt: ...`.

Outlook and Google write them in the language of the one who answers. An answer quoted in a reply
(`Re: Accepted: ...`) is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from netaudit import aliases

_ACCEPTED = (
    "accepted", "accepts",
    "zugesagt", "zusage", "angenommen", "akzeptiert",
    "accepté", "acceptée", "accepte",
    "aceptado", "aceptada", "aceptó", "acepta",
)  # fmt: skip
_DECLINED = (
    "declined", "declines", "rejected",
    "abgelehnt", "absage", "abgesagt (teilnahme)",
    "refusé", "refusée", "décliné", "déclinée", "rejeté", "rejetée",
    "rechazado", "rechazada", "rehusado", "rehusada", "declinado", "declinada",
)  # fmt: skip
_TENTATIVE = (
    "tentative", "tentatively accepted", "tentatively accepts", "maybe",
    "mit vorbehalt", "mit vorbehalt zugesagt", "unter vorbehalt", "vorläufig zugesagt",
    "vorbehaltlich", "vielleicht", "tentativ",
    "provisoire", "acceptation provisoire", "provisoirement accepté", "peut-être", "à confirmer",
    "accepté provisoirement", "acceptée provisoirement",
    "provisional", "provisionalmente aceptado", "provisionalmente aceptada", "tentativo",
    "tentativa", "aceptado provisionalmente", "aceptada provisionalmente", "quizás", "tal vez",
)  # fmt: skip

_VERBS = {
    word: partstat
    for partstat, words in (
        ("accepted", _ACCEPTED),
        ("declined", _DECLINED),
        ("tentative", _TENTATIVE),
    )
    for word in words
}
_SUBJECT = re.compile(r"\s*([^\W\d_][^:\r\n]{2,40}?)\s*[:：]\s*(\S.{0,490})", re.DOTALL)
_WHEN = re.compile(r"\s+@\s+\S.*$", re.DOTALL)
"""Google adds `@ Tue 4 Feb 2020 9:30pm - 10pm (CET) (a@b.example)` to the title."""


class Answer(NamedTuple):
    """An answer read from a subject: PARTSTAT and the title of the event."""

    partstat: str
    title: str


def answer(subject: str) -> Answer | None:
    """The answer that a subject gives, or None."""
    match = _SUBJECT.match(subject)
    partstat = _VERBS.get(" ".join(match[1].casefold().split())) if match else None
    if match is None or partstat is None:
        return None
    return Answer(partstat, _WHEN.sub("", match[2]).strip())


def title_key(title: str) -> str:
    """A title for comparing: without case, accents, punctuation and Google's time."""
    return aliases.fold(_WHEN.sub("", title))
