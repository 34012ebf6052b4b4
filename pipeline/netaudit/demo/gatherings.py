"""Meetings and social events: who invites, how invitations travel, what the owner answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from netaudit.demo.chance import delay, weighted
from netaudit.demo.letters import Letter, PostOffice, waking
from netaudit.demo.people import Person
from netaudit.demo.phrasebook import Voice
from netaudit.demo.ties import Scene
from netaudit.demo.wording import Wording

ANSWER_WORD = {"accepted": "Accepted", "declined": "Declined", "tentative": "Tentative"}


@dataclass(eq=False)
class Gathering:
    """One event of a calendar.

    Attributes:
        uid: iCalendar UID.
        kind: meeting or social.
        answer: what the owner did: accepted, declined, tentative or none.
        answered_by: reply (iTIP mail), subject (a mail that says it in its subject only), calendar
            (PARTSTAT of the calendar file alone) or empty.
        by_mail: whether an iTIP request came by mail.
        in_calendar: whether the calendar file holds it.
        moved_from: the former start, when an update moved it.
        rule: RRULE of a recurring one; `exceptions` are its cancelled instances.
    """

    uid: str
    summary: str
    kind: str
    organiser: Person
    attendees: tuple[Person, ...]
    invited_at: datetime
    starts_at: datetime
    hours: float
    answer: str = "none"
    answered_by: str = ""
    by_mail: bool = True
    in_calendar: bool = True
    cancelled: bool = False
    moved_from: datetime | None = None
    rule: str = ""
    exceptions: tuple[datetime, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    """Person id -> PARTSTAT of the others."""

    @property
    def sequence(self) -> int:
        """Revision number: raised by an update and by cancelling."""
        return int(self.moved_from is not None) + int(self.cancelled)


_HABIT = {
    "meeting": {"accepted": 8.0, "declined": 1.0, "none": 1.0},
    "social": {"accepted": 1.2, "declined": 4.5, "none": 4.5, "tentative": 0.4},
}
"""How the owner answers: meetings yes, social events hardly ever."""


class Calendar:
    """Plans the gatherings of the story and writes the mails about them."""

    def __init__(self, scene: Scene, rng: Random) -> None:
        self.scene = scene
        self.rng = rng
        self.gatherings: list[Gathering] = []
        self.letters: list[Letter] = []
        self._post = PostOffice(rng)
        self._voice = Voice("en", rng)

    def plan(self, team: Sequence[Person], peers: Sequence[Person], *, count: int) -> None:
        """Invitations over the whole story.

        Args:
            team: colleagues, who hold meetings and invite to social events.
            peers: people elsewhere, who invite to events.
            count: number of single invitations to the owner.
        """
        span = (self.scene.end - self.scene.start).total_seconds() / 86400
        for number in range(count):
            kind = "social" if self.rng.random() < 0.68 else "meeting"
            hosts = team if kind == "meeting" or self.rng.random() < 0.6 else peers
            day = (number + self.rng.random()) / count * (span - 20)
            others = [*team, *peers]
            self._invite(kind, self.rng.choice(hosts), others, self.scene.moment(day))
        self._series(team)
        for number in range(max(2, count // 8)):
            self._host(peers, self.scene.moment((number + self.rng.random()) * span * 0.12))

    def _invite(self, kind: str, organiser: Person, people: Sequence[Person], at: datetime) -> None:
        rng = self.rng
        invited = waking(rng, at, organiser.zone)
        others = [p for p in people if p is not organiser]
        size = rng.randint(1, 5) if kind == "meeting" else rng.randint(4, 14)
        event = Gathering(
            uid=f"{rng.getrandbits(64):016x}@{organiser.mailbox(invited).address.split('@')[1]}",
            summary=self._voice.say(f"subject.{'event' if kind == 'social' else kind}"),
            kind=kind,
            organiser=organiser,
            attendees=(self.scene.owner, *rng.sample(others, min(size, len(others)))),
            invited_at=invited,
            starts_at=self._start(invited + timedelta(days=rng.uniform(3, 17)), kind),
            hours=3.0 if kind == "social" else 1.0,
            answer=weighted(rng, _HABIT[kind]),
            by_mail=rng.random() < 0.75,
            cancelled=rng.random() < 0.08,
        )
        event.in_calendar = not event.by_mail or rng.random() < 0.8
        if rng.random() < 0.12:
            event.moved_from = event.starts_at
            event.starts_at += timedelta(days=1)
        self._decide_how(event)
        self._others_answer(event)
        self.gatherings.append(event)
        if event.by_mail:
            self._mails(event)

    def _start(self, day: datetime, kind: str) -> datetime:
        local = day.astimezone(ZoneInfo(self.scene.owner.zone))
        hour = 17 if kind == "social" else self.rng.choice((9, 10, 13, 14, 15))
        local = local.replace(hour=hour, minute=0, second=0, microsecond=0)
        while local.weekday() >= 5:
            local += timedelta(days=1)
        return local

    def _decide_how(self, event: Gathering) -> None:
        if event.answer == "none":
            return
        if event.by_mail:
            event.answered_by = weighted(self.rng, {"reply": 6.0, "subject": 2.0})
            if event.in_calendar and self.rng.random() < 0.15:
                event.answered_by = "calendar"
        else:
            event.answered_by = "calendar"

    def _others_answer(self, event: Gathering) -> None:
        for person in event.attendees:
            if person is not self.scene.owner:
                event.answers[person.id] = weighted(
                    self.rng, {"accepted": 6.0, "declined": 1.5, "needs-action": 2.5}
                )

    def _series(self, team: Sequence[Person]) -> None:
        """The team's weekly meeting: recurring, one instance cancelled, one moved."""
        start = self._start(self.scene.moment((self.scene.end - self.scene.start).days * 0.4),
                            "meeting")  # fmt: skip
        invited = start - timedelta(days=6)
        event = Gathering(
            uid=f"weekly-{self.rng.getrandbits(48):012x}@haldengrid.example",
            summary="Weekly planning",
            kind="meeting",
            organiser=team[0],
            attendees=(self.scene.owner, *team[1:6]),
            invited_at=invited,
            starts_at=start,
            hours=0.5,
            answer="accepted",
            answered_by="reply",
            rule="FREQ=WEEKLY;COUNT=60",
            exceptions=(start + timedelta(weeks=3), start + timedelta(weeks=9)),
        )
        self._others_answer(event)
        self.gatherings.append(event)
        self._mails(event)

    def _host(self, peers: Sequence[Person], at: datetime) -> None:
        """A meeting the owner holds."""
        owner = self.scene.owner
        invited = waking(self.rng, at, owner.zone)
        event = Gathering(
            uid=f"{self.rng.getrandbits(64):016x}@haldengrid.example",
            summary=self._voice.say("subject.meeting"),
            kind="meeting",
            organiser=owner,
            attendees=tuple(self.rng.sample(list(peers), min(2, len(peers)))),
            invited_at=invited,
            starts_at=self._start(invited + timedelta(days=6), "meeting"),
            hours=1.0,
            answer="organised",
            by_mail=False,
        )
        self._others_answer(event)
        self.gatherings.append(event)

    def _mails(self, event: Gathering) -> None:
        """The request, its update, the owner's answer, the cancellation."""
        owner = self.scene.owner
        thread = self._post.thread_id()

        def send(
            sender: Person, to: tuple[Person, ...], method: str, at: datetime, prefix: str
        ) -> Letter:
            when = f"{event.starts_at:%Y-%m-%d %H:%M}"
            letter = Letter(
                id=self._post.message_id(sender.mailbox(at).address),
                at=at.astimezone(UTC).replace(microsecond=0),
                sender=sender,
                to=to,
                subject=prefix + event.summary,
                wording=Wording("invitation", "en"),
                thread=thread,
                gathering=event,
                method=method,
                body=f"{event.summary}\nWhen: {when}" if method else "",
            )
            self.letters.append(letter)
            return letter

        request = send(event.organiser, event.attendees, "REQUEST", event.invited_at, "")
        if event.moved_from is not None:
            later = event.invited_at + timedelta(hours=30)
            send(event.organiser, event.attendees, "REQUEST", later, "Updated: ")
        if event.answered_by in ("reply", "subject"):
            hours = 31 + min(delay(self.rng, 10), 40)
            at = waking(self.rng, event.invited_at + timedelta(hours=hours), owner.zone)
            method = "REPLY" if event.answered_by == "reply" else ""
            said = f"{ANSWER_WORD[event.answer]}: "
            reply = send(owner, (event.organiser,), method, at, said)
            reply.answers = request
        if event.cancelled:
            at = event.starts_at - timedelta(hours=20)
            send(event.organiser, event.attendees, "CANCEL", at, "Cancelled: ")
