"""What the owner does on LinkedIn besides writing messages: posts, gestures, events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from netaudit.demo.chance import weighted
from netaudit.demo.letters import waking
from netaudit.demo.people import Person
from netaudit.demo.phrasebook import Voice
from netaudit.demo.ties import Scene


@dataclass(frozen=True)
class Post:
    """Something the owner published; `tone` is complaint, criticism or empty."""

    kind: str
    at: datetime
    text: str
    link: str
    tone: str = ""
    shared: str = ""


@dataclass(frozen=True)
class Gesture:
    """An invitation, endorsement or recommendation between the owner and a person."""

    kind: str
    direction: str
    person: Person
    at: datetime
    text: str
    status: str


@dataclass(frozen=True)
class Convention:
    """An event on LinkedIn with the owner's answer."""

    name: str
    starts_at: datetime
    ends_at: datetime
    status: str


@dataclass(frozen=True)
class Advert:
    """Sponsored mail, or a message of a hidden member (`name` is then LinkedIn Member)."""

    at: datetime
    name: str
    subject: str
    html: str


@dataclass
class Society:
    """The owner's public life."""

    posts: list[Post]
    gestures: list[Gesture]
    conventions: list[Convention]
    adverts: list[Advert]
    drafts: list[tuple[datetime, Person, str]]


class PublicLife:
    """Makes up posts, gestures, events and adverts over the whole story."""

    def __init__(self, scene: Scene, rng: Random) -> None:
        self.scene = scene
        self.rng = rng
        self.voice = Voice("en", rng)
        self._span = (scene.end - scene.start).total_seconds() / 86400

    def live(self, connected: Sequence[Person], close: Sequence[Person]) -> Society:
        """Everything.

        Args:
            connected: people connected on LinkedIn.
            close: those among them the owner really knows.
        """
        return Society(
            posts=sorted(self._posts(), key=lambda post: post.at),
            gestures=sorted(self._gestures(connected, close), key=lambda g: (g.at, g.person.id)),
            conventions=self._conventions(),
            adverts=self._adverts(),
            drafts=[
                (self._when(), person, self.voice.say("small_talk.lines"))
                for person in self.rng.sample(list(connected), min(3, len(connected)))
            ],
        )

    def _when(self, start: float = 0.0, stop: float = 1.0) -> datetime:
        day = self.rng.uniform(start, stop) * (self._span - 2)
        return waking(self.rng, self.scene.moment(day), self.scene.owner.zone, weekend=True)

    def _link(self) -> str:
        number = 7_000_000_000_000_000_000 + self.rng.randrange(10**18)
        return f"https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{number}"

    def _posts(self) -> list[Post]:
        posts = []
        for _ in range(40):
            shared = self.voice.say("slot.link") if self.rng.random() < 0.3 else ""
            posts.append(
                Post("share", self._when(), self.voice.say("post.share"), self._link(), "", shared)
            )
        for _ in range(7):
            text = self.voice.say("post.complaint")
            posts.append(Post("share", self._when(0.1, 0.36), text, self._link(), "complaint"))
        for _ in range(3):
            text = self.voice.say("post.complaint")
            posts.append(Post("comment", self._when(0.6, 1), text, self._link(), "complaint"))
        for _ in range(5):
            text = self.voice.say("post.criticism")
            posts.append(Post("share", self._when(), text, self._link(), "criticism"))
        posts += [
            Post("comment", self._when(), self.voice.say("post.comment"), self._link())
            for _ in range(34)
        ]
        kinds = {"LIKE": 8.0, "PRAISE": 2.0, "EMPATHY": 1.0, "INTEREST": 1.0, "APPRECIATION": 1.0}
        posts += [
            Post("reaction", self._when(), weighted(self.rng, kinds), self._link())
            for _ in range(90)
        ]
        posts += [
            Post("vote", self._when(), self.voice.say("slot.topic"), self._link()) for _ in range(5)
        ]
        posts += [Post("repost", self._when(), "", self._link()) for _ in range(4)]
        return posts

    def _gestures(self, connected: Sequence[Person], close: Sequence[Person]) -> list[Gesture]:
        gestures = []
        for kind, direction, share in (
            ("endorsement", "in", 0.5), ("endorsement", "out", 0.3),
            ("recommendation", "in", 0.08), ("recommendation", "out", 0.06),
        ):  # fmt: skip
            gestures += [
                self._gesture(kind, direction, person)
                for person in close
                if self.rng.random() < share
            ]
        gestures += [self._invitation(p) for p in connected if self.rng.random() < 0.45]
        return gestures

    def _gesture(self, kind: str, direction: str, person: Person) -> Gesture:
        known = person.connected_at or self.scene.start
        at = max(self._when(0.1, 1), known + timedelta(days=20))
        if kind == "endorsement":
            status = weighted(self.rng, {"ACCEPTED": 9.0, "PENDING": 1.0, "HIDDEN": 1.0})
            return Gesture(kind, direction, person, at, self.voice.say("post.skill"), status)
        about = person if direction == "out" else self.scene.owner
        text = self.voice.say("post.recommendation", first=about.given)
        status = weighted(self.rng, {"VISIBLE": 6.0, "PENDING": 1.0})
        return Gesture(kind, direction, person, at, text, status)

    def _invitation(self, person: Person) -> Gesture:
        assert person.connected_at is not None
        direction = self.rng.choice(("in", "out"))
        reader = self.scene.owner if direction == "in" else person
        third = self.rng.choice(self.scene.circle).name
        note = ""
        if self.rng.random() < 0.35:
            note = self.voice.say("post.note", first=reader.given, third=third)
        at = waking(self.rng, person.connected_at - timedelta(days=self.rng.uniform(0, 9)),
                    person.zone)  # fmt: skip
        return Gesture("invitation", direction, person, at, note, "")

    def _conventions(self) -> list[Convention]:
        answers = ("ATTENDING", "RELINQUISHED", "RELINQUISHED", "ATTENDING", "RELINQUISHED",
                   "INVITED", "RELINQUISHED", "INVITED")  # fmt: skip
        events = []
        for number, status in enumerate(answers):
            day = (number + 0.5) / len(answers) * self._span
            at = self.scene.moment(day).replace(hour=8, minute=0, second=0, microsecond=0)
            name = self.voice.say("subject.event")
            events.append(Convention(f"{name} {at:%Y}", at, at + timedelta(hours=9), status))
        return events

    def _adverts(self) -> list[Advert]:
        adverts = []
        for number in range(9):
            text = f"{self.voice.say('pitch.lines')} {self.voice.say('pitch.push')}"
            html = f'<p class="spinmail-quill-editor__spin-break">{text}</p>'
            adverts.append(
                Advert(
                    self._when(), f"Vendor Desk {number + 1}", self.voice.say("subject.pitch"), html
                )
            )
        adverts += [
            Advert(self._when(), "LinkedIn Member", "", self.voice.say("small_talk.lines"))
            for _ in range(2)
        ]
        return sorted(adverts, key=lambda advert: advert.at)
