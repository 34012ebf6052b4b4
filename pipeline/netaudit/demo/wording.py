"""What a message says: a plan of acts for each intent, spoken sentence by sentence.

An *intent* is why somebody writes ("ask.referral", "share", "personal"); its plan lists the keys of
the phrase book with the probability that such a sentence is said. The acts come from the keys, so
the truth is known by construction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from netaudit.demo.chance import weighted
from netaudit.demo.phrasebook import Voice

FAVOURS = ("referral", "introduction", "time", "recommendation", "job", "money")


class Act(NamedTuple):
    """What one sentence does, in the words of the signals table."""

    act: str
    kind: str
    detail: str
    sentence: str


@dataclass
class Wording:
    """The sentences of one message, in paragraphs, and what they do."""

    intent: str
    language: str
    paragraphs: list[list[str]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    professional: bool = False
    personal: bool = False

    @property
    def topic(self) -> str:
        """Professional, personal, both or empty."""
        if self.professional and self.personal:
            return "both"
        return "professional" if self.professional else "personal" if self.personal else ""

    @property
    def text(self) -> str:
        """The paragraphs, an empty line between them."""
        return "\n\n".join(" ".join(sentences) for sentences in self.paragraphs)


_GIVE_KIND = {"introduction": "introduction", "link": "link"}
_PERSONAL = {"statement.personal", "statement.personal_comment"}
_NEITHER = {"statement.neutral", "statement.acknowledge", "statement.reason", "statement.decline"}

Plan = tuple[tuple[str, float], ...]

_TALK = ("small_talk.lines", 0.3)
_WORK = ("statement.work", 1.0)

PLANS: Mapping[str, Plan] = {
    "update": (_TALK, _WORK, ("statement.work", 0.7), ("statement.neutral", 0.2)),
    "mixed": (_WORK, ("statement.work", 0.4), ("statement.personal", 1.0)),
    "personal": (
        ("small_talk.lines", 0.4),
        ("statement.personal", 1.0),
        ("statement.personal", 0.8),
        ("statement.personal", 0.4),
    ),
    "share": (_TALK, ("give.link", 1.0), ("statement.work", 0.4)),
    "introduce": (("small_talk.lines", 0.2), ("give.introduction", 1.0), ("statement.work", 0.5)),
    "help": (("give.help", 1.0), ("statement.work", 0.5)),
    "offer": (_WORK, ("offer.lines", 1.0)),
    "schedule": (_TALK, ("statement.work", 0.4), ("scheduling.propose", 1.0)),
    "thanks": (("small_talk.lines", 0.2), ("thanks.real", 1.0), ("statement.work", 0.4)),
    "pitch": (("pitch.lines", 1.0), ("pitch.lines", 0.4), ("pitch.push", 1.0)),
    "comment": (
        ("apology.lines", 0.08),
        ("thanks.courtesy", 0.25),
        ("statement.comment", 1.0),
        ("statement.work", 0.5),
    ),
    "chat": (("statement.personal_comment", 1.0), ("statement.personal", 0.7)),
    "confirm": (("scheduling.confirm", 1.0), ("thanks.courtesy", 0.2)),
    "courtesy": (("thanks.courtesy", 1.0), ("statement.comment", 0.6)),
    "acknowledge": (("statement.acknowledge", 1.0), ("thanks.courtesy", 0.3)),
    "decline": (("apology.lines", 0.3), ("statement.decline", 1.0), ("statement.neutral", 0.3)),
    "promise": (("offer.promise", 1.0), ("statement.neutral", 0.3)),
    "gratitude": (("thanks.real", 0.45), ("thanks.courtesy", 0.5), ("statement.comment", 0.5)),
}
"""Intent -> sentences: (key, probability). Asks and answers to asks are made by `_plan`."""


def _plan(intent: str) -> Plan:
    kind, _, detail = intent.partition(".")
    if kind == "ask":
        lead = 0.25 if detail == "task" else 0.8
        return (
            _TALK,
            ("statement.lead" if detail != "task" else "statement.work", lead),
            (intent, 1.0),
            ("statement.reason", 0.45),
            ("thanks.courtesy", 0.4),
        )
    if kind == "answer":
        key = "give.introduction" if detail == "introduction" else f"give.answer_{detail}"
        key = "give.answer_referral" if detail == "job" else key
        return (("apology.lines", 0.12), (key, 1.0), ("statement.comment", 0.25))
    return PLANS[intent]


def word(intent: str, voice: Voice, **slots: str) -> Wording:
    """A message with that intent in that voice."""
    said = Wording(intent, voice.language)
    sentences: list[str] = []
    for key, probability in _plan(intent):
        if voice.rng.random() < probability and voice.knows(key):
            sentence = voice.say(key, **slots)
            sentences.append(sentence)
            _note(said, key, sentence)
    if not sentences:
        sentences.append(voice.say("statement.work"))
        said.professional = True
    said.paragraphs = _paragraphs(voice.rng, sentences)
    return said


def _paragraphs(rng: Random, sentences: list[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = []
    for sentence in sentences:
        if paragraphs and rng.random() < 0.6:
            paragraphs[-1].append(sentence)
        else:
            paragraphs.append([sentence])
    return paragraphs


def _note(said: Wording, key: str, sentence: str) -> None:
    act = act_of(key, sentence)
    if act is not None:
        said.acts.append(act)
    if key in _PERSONAL:
        said.personal = True
    elif not key.startswith(("small_talk", "thanks.courtesy", "apology")) and key not in _NEITHER:
        said.professional = True


def act_of(key: str, sentence: str) -> Act | None:
    """What a sentence under that key of the phrase book does; None for plain statements."""
    section, _, name = key.partition(".")
    name = "" if name == "lines" else name
    match section:
        case "ask":
            return Act("ask", "favour" if name in FAVOURS else name, name, sentence)
        case "give":
            return Act("give", _GIVE_KIND.get(name, "help"), name, sentence)
        case "offer":
            return Act(name or "offer", "", "", sentence)
        case "small_talk" | "apology" | "scheduling":
            return Act(section, "", name, sentence)
    if key == "pitch.push":
        return Act("ask", "favour", "time", sentence)
    return Act("thanks", "", "", sentence) if key == "thanks.real" else None


_AFTER: Mapping[str, Mapping[str, float]] = {
    "update": {"comment": 5, "acknowledge": 1, "ask.information": 0.4},
    "mixed": {"comment": 2, "chat": 1},
    "personal": {"chat": 1},
    "chat": {"chat": 1},
    "share": {"courtesy": 3, "comment": 1},
    "introduce": {"courtesy": 2, "gratitude": 1},
    "help": {"gratitude": 1},
    "offer": {"courtesy": 2, "comment": 1},
    "schedule": {"confirm": 1},
    "thanks": {"acknowledge": 2, "comment": 1},
    "pitch": {"decline": 3, "acknowledge": 1},
    "answer": {"gratitude": 3, "acknowledge": 1},
    "promise": {"acknowledge": 1},
}


def reply_intent(rng: Random, intent: str, helpful: float) -> str:
    """What somebody answers to a message with that intent.

    Args:
        rng: the answering person's stream.
        intent: of the message that is answered.
        helpful: probability that an ask is granted.
    """
    kind, _, detail = intent.partition(".")
    if kind == "ask":
        if rng.random() < helpful:
            return f"answer.{detail}"
        return weighted(rng, {"decline": 2.0, "promise": 1.0})
    return weighted(rng, _AFTER.get(kind, {"comment": 2.0, "acknowledge": 2.0}))
