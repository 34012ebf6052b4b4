"""The correspondence of one tie: its phases become conversations, these become letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from netaudit.demo.archetypes import PLAIN, Phase
from netaudit.demo.chance import delay, poisson_times, regular_times, weighted
from netaudit.demo.layout import answer_subject, lay_out
from netaudit.demo.letters import Letter, PostOffice, waking
from netaudit.demo.people import Person
from netaudit.demo.phrasebook import Voice
from netaudit.demo.wording import reply_intent, word

_MAX_TURNS = 7
_INTRODUCING = ("introduce", "answer.introduction")


@dataclass(frozen=True)
class Scene:
    """What every tie has in common.

    Attributes:
        start, end: the story's first and last moment (UTC).
        owner: whose story it is.
        circle: people whose names may be dropped, and who can be introduced.
        team: people in copy of group conversations.
    """

    start: datetime
    end: datetime
    owner: Person
    circle: Sequence[Person]
    team: Sequence[Person]

    def moment(self, day: float) -> datetime:
        """The time so many days after the beginning."""
        return self.start + timedelta(days=day)


class Tie:
    """The owner and one person; `letters` grows as conversations are told."""

    def __init__(self, scene: Scene, person: Person, rng: Random) -> None:
        self.scene = scene
        self.person = person
        self.rng = rng
        self.letters: list[Letter] = []
        self._post = PostOffice(rng)
        self._voices = {side.id: Voice(person.language, rng) for side in (scene.owner, person)}

    def tell(self, phases: Sequence[Phase]) -> list[Letter]:
        """All letters of the tie, in no particular order."""
        for phase in phases:
            times = regular_times if phase.regular else poisson_times
            for day in times(self.rng, phase.start, phase.stop, phase.gap_days):
                self.converse(phase, self.scene.moment(day))
        return self.letters

    def converse(self, phase: Phase, at: datetime) -> None:
        """One conversation: an opening letter and what it leads to."""
        rng = self.rng
        opener, other = self.scene.owner, self.person
        if rng.random() >= phase.owner_opens:
            opener, other = other, opener
        says = phase.owner_says if opener is self.scene.owner else phase.they_say
        intent = weighted(rng, says or PLAIN)
        linkedin = self._linkedin_now(at)
        copies = () if linkedin else self._copies(phase, intent)
        letter = self.write(opener, (other,), intent, at, cc=copies, linkedin=linkedin)
        for _ in range(_MAX_TURNS):
            if letter is None:
                return
            letter = self._answer(phase, letter)

    def write(
        self,
        sender: Person,
        to: tuple[Person, ...],
        intent: str,
        at: datetime,
        *,
        cc: tuple[Person, ...] = (),
        linkedin: bool = False,
        answers: Letter | None = None,
    ) -> Letter | None:
        """A letter, or None if it would come after the story's end."""
        at = waking(self.rng, at, sender.zone, weekend=intent in ("personal", "chat"))
        if answers is not None and at <= answers.at:
            at = answers.at + timedelta(minutes=self.rng.randint(5, 90))
        if at > self.scene.end:
            return None
        voice = self._voices.get(sender.id) or Voice("en", self.rng)
        wording = word(intent, voice, **self._named(cc))
        thread = answers.thread if answers else self._post.thread_id()
        letter = Letter(
            id=self._post.message_id(sender.mailbox(at).address),
            at=at,
            sender=sender,
            to=to,
            cc=cc,
            subject=self._subject(voice, intent, answers),
            wording=wording,
            thread=thread,
            channel="linkedin" if linkedin else "mail",
            answers=answers,
            home=self.person.archetype == "personal_only",
        )
        lay_out(letter, voice, sender.given)
        self.letters.append(letter)
        return letter

    def _answer(self, phase: Phase, letter: Letter) -> Letter | None:
        """The next letter of the conversation, if there is one."""
        owner = self.scene.owner
        writer = self.person if letter.sender is owner else owner
        willing = phase.owner_answers if writer is owner else phase.they_answer
        if letter.answers is not None:
            willing *= phase.goes_on
        if self.rng.random() >= willing:
            return None
        helpful = phase.owner_helps if writer is owner else phase.they_help
        intent = reply_intent(self.rng, letter.wording.intent, helpful)
        if phase.chatty and intent in ("comment", "acknowledge"):
            intent = "chat"
        others = tuple(p for p in letter.cc if p is not writer)
        if others:
            self._third_joins(letter, writer, others[0])
        elif intent in _INTRODUCING:
            others = self._copies(phase, intent)
        return self.write(writer, (letter.sender,), intent, self._later(letter, writer),
                          cc=others, linkedin=letter.channel == "linkedin",
                          answers=letter)  # fmt: skip

    def _third_joins(self, letter: Letter, writer: Person, third: Person) -> None:
        """Perhaps somebody in copy answers all; who was just introduced nearly always does."""
        introduced = letter.wording.intent in _INTRODUCING
        if letter.answers is not None and not introduced:
            return
        if self.rng.random() < (0.8 if introduced else 0.3):
            self.write(third, (letter.sender,), "comment", self._later(letter, third),
                       cc=(writer,), linkedin=letter.channel == "linkedin",
                       answers=letter)  # fmt: skip

    def _later(self, letter: Letter, writer: Person) -> datetime:
        return letter.at + timedelta(hours=delay(self.rng, writer.style.reply_hours))

    def _linkedin_now(self, at: datetime) -> bool:
        connected = self.person.connected_at
        if connected is None or connected > at:
            return False
        return self.rng.random() < self.person.linkedin_share

    def _copies(self, phase: Phase, intent: str) -> tuple[Person, ...]:
        """Who is in copy: colleagues of a group conversation, or the person introduced."""
        if intent in _INTRODUCING:
            return (self.rng.choice([p for p in self.scene.circle if p is not self.person]),)
        if self.rng.random() < phase.group:
            team = [p for p in self.scene.team if p is not self.person]
            return tuple(self.rng.sample(team, min(len(team), self.rng.choice((1, 1, 2, 3, 5)))))
        return ()

    def _subject(self, voice: Voice, intent: str, answers: Letter | None) -> str:
        if answers is not None:
            return answer_subject(self.rng, answers, voice.language)
        kind, _, detail = intent.partition(".")
        keys = (f"subject.{detail}", f"subject.{kind}", "subject.update")
        return voice.say(next(key for key in keys if voice.knows(key)))

    def _named(self, cc: tuple[Person, ...]) -> dict[str, str]:
        named = cc[0] if cc else self.rng.choice(self.scene.circle)
        return {"third": named.name, "company": named.employer}
