"""The owner's mass mailings: to many at once, to hidden recipients, and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from netaudit.demo.chance import delay
from netaudit.demo.layout import answer_subject, lay_out
from netaudit.demo.letters import Letter, PostOffice, waking
from netaudit.demo.people import Person
from netaudit.demo.phrasebook import Voice
from netaudit.demo.ties import Scene
from netaudit.demo.wording import Wording, word


@dataclass(frozen=True)
class Campaign:
    """One mass mailing as the owner means it.

    `kind` is many_recipients, hidden_recipients, mail_merge, or empty for mail to many that is no
    blast: a handful of colleagues, four invitations to speak.
    """

    name: str
    kind: str
    text: str
    subject: str
    when: float
    """Moment, as a share of the story."""
    size: int
    known_share: float
    """Share of recipients the owner has been in touch with."""
    answer_known: float = 0.2
    answer_unknown: float = 0.03


CAMPAIGNS = (
    Campaign("survey", "many_recipients", "survey", "Five minutes on grid tariffs?", 0.12, 27, 0.6),
    Campaign("greetings-1", "hidden_recipients", "greetings", "Season's greetings", 0.31, 44, 0.7),
    Campaign("job-hunt", "mail_merge", "job_hunt", "Looking around", 0.34, 14, 0.6, 0.35, 0.05),
    Campaign("new-job", "many_recipients", "new_job", "Leaving Brightwater", 0.365, 48, 0.8,
             0.25),
    Campaign("speakers-few", "", "speakers", "Speak at the Harbour Data meetup?", 0.47, 4, 0.8),
    Campaign("launch", "hidden_recipients", "launch", "Our forecasting service", 0.55, 52, 0.4,
             0.06),
    Campaign("fundraiser", "many_recipients", "fundraiser", "Fourteen kilometres", 0.66, 34, 0.8),
    Campaign("speakers", "mail_merge", "speakers", "Speak at the Harbour Data meetup?", 0.74, 9,
             0.6, 0.5, 0.2),
    Campaign("greetings-2", "hidden_recipients", "greetings", "Season's greetings", 0.81, 38, 0.8),
    Campaign("team-1", "", "team", "House notices", 0.70, 9, 1.0, 0.1),
    Campaign("team-2", "", "team", "House notices", 0.85, 10, 1.0, 0.1),
    Campaign("webinar", "mail_merge", "webinar", "Free webinar on load forecasting", 0.93, 24, 0.4,
             0.15, 0.02),
)  # fmt: skip


class Mailing:
    """Sends one campaign and collects the answers."""

    def __init__(self, scene: Scene, campaign: Campaign, rng: Random) -> None:
        self.scene = scene
        self.campaign = campaign
        self.rng = rng
        self.letters: list[Letter] = []
        self._post = PostOffice(rng)
        self._voice = Voice("en", rng)
        days = (scene.end - scene.start).days * campaign.when
        self._at = waking(rng, scene.moment(days), scene.owner.zone)

    def send(self, recipients: Sequence[Person]) -> list[Letter]:
        """The campaign's letters and the answers to them."""
        if self.campaign.text in ("webinar", "job_hunt", "speakers"):
            self._one_by_one(recipients)
        else:
            self._at_once(recipients)
        return self.letters

    def _at_once(self, recipients: Sequence[Person]) -> None:
        lines = self._voice.every(f"blast.{self.campaign.text}")
        wording = Wording("blast", "en", [lines[:1], lines[1:-1], lines[-1:]])
        wording.professional = self.campaign.text not in ("greetings", "fundraiser")
        sent = self._letter(self._at, wording, tuple(recipients))
        for person in recipients:
            self._perhaps_answered(sent, person)

    def _one_by_one(self, recipients: Sequence[Person]) -> None:
        at = self._at
        for person in recipients:
            opener = self._voice.say("small_talk.lines") if self.rng.random() < 0.4 else ""
            slots = {"first": person.given, "opener": opener}
            lines = [s for s in self._voice.every(f"merge.{self.campaign.text}", **slots) if s]
            wording = Wording("blast", "en", [lines[:1], lines[1:]], professional=True)
            sent = self._letter(at, wording, (person,))
            self._perhaps_answered(sent, person)
            at += timedelta(minutes=self.rng.randint(2, 40))

    def _letter(self, at: datetime, wording: Wording, people: tuple[Person, ...]) -> Letter:
        owner = self.scene.owner
        hidden = self.campaign.kind == "hidden_recipients"
        letter = Letter(
            id=self._post.message_id(owner.mailbox(at).address),
            at=at,
            sender=owner,
            to=() if hidden else people,
            bcc=people if hidden else (),
            subject=self.campaign.subject,
            wording=wording,
            thread=self._post.thread_id(),
            blast=self.campaign.name,
        )
        letter.closing = owner.given
        letter.new_text = letter.body = f"{wording.text}\n\n{owner.given}"
        self.letters.append(letter)
        return letter

    def _perhaps_answered(self, sent: Letter, person: Person) -> None:
        known = person.archetype not in ("blast_only", "never_conversed")
        chance = self.campaign.answer_known if known else self.campaign.answer_unknown
        at = sent.at + timedelta(hours=delay(self.rng, 12))
        at = waking(self.rng, max(at, sent.at + timedelta(minutes=9)), person.zone)
        if self.rng.random() >= chance or at > self.scene.end:
            return
        voice = Voice("en", self.rng)
        answer = Letter(
            id=self._post.message_id(person.mailbox(at).address),
            at=at,
            sender=person,
            to=(self.scene.owner,),
            subject=answer_subject(self.rng, sent, "en"),
            wording=word(self.rng.choice(("courtesy", "chat", "acknowledge")), voice),
            thread=sent.thread,
            answers=sent,
        )
        lay_out(answer, voice, person.given)
        self.letters.append(answer)
