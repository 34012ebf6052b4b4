"""The parts people play: how a tie runs over time, and which patterns that means.

A tie is a list of phases. What a phase says (who opens, who answers, what they write) is the cause;
`MEANS` says which patterns follow from the cause. Neither looks at the program's thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

Content = Mapping[str, float]
"""Intent -> weight of opening a conversation with it."""


@dataclass(frozen=True)
class Phase:
    """A stretch of a tie, in days since the story's beginning."""

    start: float
    stop: float
    gap_days: float
    """Mean days between conversations."""
    owner_opens: float = 0.5
    owner_answers: float = 0.9
    they_answer: float = 0.9
    goes_on: float = 0.4
    """Probability that an answer is answered in turn."""
    owner_says: Content | None = None
    they_say: Content | None = None
    owner_helps: float = 0.7
    they_help: float = 0.7
    regular: bool = False
    group: float = 0.0
    """Share of conversations with others in copy."""
    chatty: bool = False
    """Answers in personal talk, too."""


class Meaning(NamedTuple):
    """A pattern that follows from a part; `phase` is the index of the phase it begins with.

    `after` says that it begins where that phase ends.
    """

    pattern: str
    direction: str = ""
    phase: int = 0
    after: bool = False


PEER: Content = {
    "update": 4, "ask.information": 1, "ask.advice": 1, "share": 1, "schedule": 1.5, "mixed": 1,
    "help": 0.7, "offer": 0.4, "thanks": 0.4, "personal": 0.4, "ask.time": 0.15, "introduce": 0.2,
}  # fmt: skip
COLLEAGUE: Content = {
    "update": 4, "ask.task": 3, "ask.information": 2, "help": 1, "schedule": 1, "mixed": 0.5,
    "offer": 0.3, "thanks": 0.3,
}  # fmt: skip
NEWS: Content = {"update": 5, "share": 1.5, "schedule": 2, "mixed": 1, "offer": 0.5}
FRIEND: Content = {"personal": 1}
GIVER: Content = {"share": 3, "introduce": 1.5, "help": 3, "offer": 1, "update": 1.5}
NEED: Content = {
    "ask.referral": 2, "ask.introduction": 2, "ask.recommendation": 1, "ask.time": 2,
    "ask.information": 1, "ask.advice": 1.5, "ask.job": 0.7, "ask.money": 0.5,
}  # fmt: skip
FAVOUR: Content = {
    "ask.referral": 2, "ask.introduction": 3, "ask.recommendation": 1, "ask.time": 3, "ask.job": 1,
    "ask.money": 0.7, "schedule": 1.2, "update": 1.2,
}  # fmt: skip
MENTEE: Content = {"ask.advice": 3, "update": 3, "thanks": 1, "schedule": 1, "mixed": 1}
PITCH: Content = {"pitch": 1}
PLAIN: Content = {"update": 4, "schedule": 1, "share": 0.5, "ask.information": 1}


def _balanced(rng: Random, span: float) -> list[Phase]:
    start = rng.uniform(0, 0.4) * span
    return [Phase(start, span, rng.uniform(34, 110), owner_says=PEER, they_say=PEER)]


def _colleague(rng: Random, span: float) -> list[Phase]:
    start = span * rng.uniform(0.375, 0.6)
    return [
        Phase(start, span, rng.uniform(28, 65), owner_says=COLLEAGUE, they_say=COLLEAGUE, group=0.3)
    ]


def _former_colleague(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(0, span * rng.uniform(0.34, 0.37), rng.uniform(16, 40), owner_says=COLLEAGUE,
              they_say=COLLEAGUE, group=0.3)
    ]  # fmt: skip


def _one_sided_out(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0, 0.3) * span, span, rng.uniform(22, 38), owner_opens=0.98,
              they_answer=0.05, goes_on=0.1, owner_says=NEWS, they_say=PLAIN)
    ]  # fmt: skip


def _one_sided_in(rng: Random, span: float) -> list[Phase]:
    says = PITCH if rng.random() < 0.4 else NEWS
    return [
        Phase(rng.uniform(0, 0.3) * span, span, rng.uniform(22, 38), owner_opens=0.02,
              owner_answers=0.05, goes_on=0.1, owner_says=PLAIN, they_say=says)
    ]  # fmt: skip


def _leaning_out(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0, 0.4) * span, span, rng.uniform(40, 70), owner_opens=0.85,
              they_answer=0.35, goes_on=0.2, owner_says=NEWS, they_say=PLAIN)
    ]  # fmt: skip


def _became_one_sided(rng: Random, span: float) -> list[Phase]:
    turn = span * rng.uniform(0.3, 0.5)
    before = Phase(turn - 200, turn, 60, owner_says=PEER, they_say=PEER, regular=True)
    after = Phase(turn, span, 26, owner_opens=0.97, they_answer=0.04, goes_on=0.05,
                  owner_says=NEWS, they_say=PLAIN)  # fmt: skip
    return [before, after]


def _dormant(rng: Random, span: float) -> list[Phase]:
    stop = span * rng.uniform(0.3, 0.7)
    return [
        Phase(max(0.0, stop - rng.uniform(350, 600)), stop, rng.uniform(22, 45), owner_says=PEER,
              they_say=PEER)
    ]  # fmt: skip


def _cooling(rng: Random, span: float) -> list[Phase]:
    stop = span - rng.uniform(118, 150)
    return [
        Phase(rng.uniform(0.1, 0.4) * span, stop, rng.uniform(17, 26), owner_says=PEER,
              they_say=PEER, regular=True)
    ]  # fmt: skip


def _revived(rng: Random, span: float) -> list[Phase]:
    first = Phase(0, span * rng.uniform(0.25, 0.35), 24, owner_says=PEER, they_say=PEER)
    back = span - rng.uniform(60, 160)
    return [first, replace(first, start=back, stop=span, gap_days=18, regular=True)]


def _slow_rhythm(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(0, span, rng.uniform(150, 200), goes_on=0.3, they_answer=1, owner_answers=1,
              owner_says=PEER, they_say=PEER, regular=True)
    ]  # fmt: skip


def _need_driven_out(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(0, span - 30, rng.uniform(170, 230), owner_opens=1.0, they_answer=1.0, goes_on=0.4,
              owner_says=NEED, they_help=0.85, regular=True)
    ]  # fmt: skip


def _need_driven_in(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(0, span - 30, rng.uniform(170, 230), owner_opens=0.0, owner_answers=1.0, goes_on=0.4,
              they_say=NEED, owner_helps=0.85, regular=True)
    ]  # fmt: skip


def _transactional_out(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0.2, 0.5) * span, span, rng.uniform(35, 55), owner_opens=0.95,
              they_answer=0.7, goes_on=0.3, owner_says=FAVOUR, they_say=PLAIN, owner_helps=0.0)
    ]  # fmt: skip


def _transactional_in(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0.2, 0.5) * span, span, rng.uniform(35, 55), owner_opens=0.05,
              owner_answers=0.7, goes_on=0.3, owner_says=PLAIN, they_say=FAVOUR, they_help=0.0)
    ]  # fmt: skip


def _personal_only(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0, 0.3) * span, span, rng.uniform(45, 80), owner_says=FRIEND,
              they_say=FRIEND, chatty=True)
    ]  # fmt: skip


def _giving(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0, 0.3) * span, span, rng.uniform(35, 60), owner_opens=0.6,
              owner_says=GIVER, they_say=MENTEE, owner_helps=1.0)
    ]  # fmt: skip


def _sought_out(rng: Random, span: float) -> list[Phase]:
    return [
        Phase(rng.uniform(0, 0.4) * span, span, rng.uniform(30, 60), owner_opens=0.1,
              owner_answers=0.97, goes_on=0.3, owner_says=PEER, they_say=MENTEE, owner_helps=0.9)
    ]  # fmt: skip


def _noise(rng: Random, span: float) -> list[Phase]:
    start = rng.uniform(0, 0.6) * span
    stop = start + rng.uniform(150, 400)
    return [
        Phase(
            start, min(stop, span), 110, goes_on=0.2, owner_says=PLAIN, they_say=PLAIN, regular=True
        )
    ]


def _new(rng: Random, span: float) -> list[Phase]:
    start = span - rng.uniform(20, 70)
    return [Phase(start, span, 12, owner_says=PEER, they_say=PEER, regular=True)]


def _nothing(_rng: Random, _span: float) -> list[Phase]:
    return []


@dataclass(frozen=True)
class Archetype:
    """A part: how many people play it, how it runs, what it means."""

    count: int
    phases: Callable[[Random, float], list[Phase]]
    means: tuple[Meaning, ...] = ()
    unclear: tuple[str, ...] = ()
    """Patterns on which two fair observers may differ."""
    status: str = ""
    """Status at the end, where the part decides it."""


RECIPROCAL = Meaning("reciprocal")

ARCHETYPES: Mapping[str, Archetype] = {
    "balanced": Archetype(16, _balanced, (RECIPROCAL,)),
    "colleague": Archetype(13, _colleague, (RECIPROCAL,)),
    "former_colleague": Archetype(
        11, _former_colleague, (RECIPROCAL, Meaning("dormant", after=True)), status="dormant"
    ),
    "one_sided_out": Archetype(6, _one_sided_out, (Meaning("one_sided", "out"),)),
    "one_sided_in": Archetype(6, _one_sided_in, (Meaning("one_sided", "in"),)),
    "became_one_sided": Archetype(3, _became_one_sided, (Meaning("one_sided", "out", 1),)),
    "leaning_out": Archetype(4, _leaning_out, (), ("one_sided", "reciprocal")),
    "dormant": Archetype(
        10, _dormant, (RECIPROCAL, Meaning("dormant", after=True)), status="dormant"
    ),
    "cooling": Archetype(5, _cooling, (RECIPROCAL,), ("dormant",), status="cooling"),
    "revived": Archetype(4, _revived, (RECIPROCAL,), status="active"),
    "slow_rhythm": Archetype(4, _slow_rhythm, (), ("reciprocal",)),
    "need_driven_out": Archetype(
        4, _need_driven_out, (Meaning("need_driven", "out"),), ("transactional",)
    ),
    "need_driven_in": Archetype(
        4, _need_driven_in, (Meaning("need_driven", "in"),), ("transactional", "giving")
    ),
    "transactional_out": Archetype(
        4, _transactional_out, (Meaning("transactional", "out"),), ("one_sided", "need_driven")
    ),
    "transactional_in": Archetype(
        4, _transactional_in, (Meaning("transactional", "in"),), ("one_sided", "need_driven")
    ),
    "personal_only": Archetype(5, _personal_only, (Meaning("personal_only"), RECIPROCAL)),
    "giving": Archetype(5, _giving, (Meaning("giving", "out"),), ("reciprocal",)),
    "sought_out": Archetype(8, _sought_out, (Meaning("sought_out"),), ("reciprocal",)),
    "new": Archetype(5, _new, (), ("reciprocal",), status="new"),
    "noise": Archetype(16, _noise),
    "two_mails": Archetype(12, _nothing),
    "one_off": Archetype(12, _nothing, status="one_off"),
    "blast_only": Archetype(30, _nothing, (Meaning("mass_blast", "out"),)),
    "never_conversed": Archetype(46, _nothing, (Meaning("never_conversed"),)),
    "new_connection": Archetype(4, _nothing),
    "list_only": Archetype(6, _nothing),
}
"""Part -> how it is played. The counts are those of the whole story (scale 1)."""
