"""What no human wrote to the owner: newsletters, notices, lists, spam, role addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from netaudit.demo.chance import poisson_times, regular_times
from netaudit.demo.letters import PostOffice, waking
from netaudit.demo.people import Person, folded
from netaudit.demo.phrasebook import Voice
from netaudit.demo.ties import Scene


@dataclass(eq=False)
class Bulk:
    """A message that is not from one human to another.

    Attributes:
        nature: robot, list, role or spam.
        author: the person whose name it carries, if any (list posts, "X via Y").
        to: address it is sent to.
        headers: further headers in order.
        html: sent as HTML only.
    """

    id: str
    at: datetime
    nature: str
    name: str
    address: str
    to: str
    subject: str
    text: str
    thread: str
    headers: dict[str, str] = field(default_factory=dict)
    box: str = ""
    author: Person | None = None
    html: bool = False
    date_header: str | None = None


NEWSLETTERS = (
    ("The Kilowatt Letter", "letter@kilowatt.example", 10.0),
    ("Current Matters", "editors@currentmatters.example", 21.0),
    ("Harbour Data meetup", "news@harbourdata.example", 45.0),
    ("Loom & Larder", "hello@loomlarder.example", 15.0),
    ("Grid Notes", "weekly@gridnotes.example", 10.0),
)
NOTICES = (
    ("Brightwater Portal", "no-reply@brightwater.example", 38.0),
    ("Parcelhen", "noreply@parcelhen.example", 30.0),
    ("Buildbot", "builds@ci.haldengrid.example", 14.0),
    ("Service Desk", "servicedesk@haldengrid.example", 45.0),
    ("Ferry tickets", "do-not-reply@harbourferry.example", 68.0),
    ("Dochouse", "notifications@dochouse.example", 21.0),
)
ROLES = (
    ("Nordhavn Energi", "info@nordhavnenergi.example"),
    ("Copperline billing", "billing@copperlineutilities.example"),
    ("Sales", "sales@anvilprocurement.example"),
)
LIST = ("open-metering", "open-metering@lists.harbourdata.example")


class Machines:
    """Sends everything automated over the whole story."""

    def __init__(self, scene: Scene, rng: Random, *, scale: float) -> None:
        self.scene = scene
        self.rng = rng
        self.scale = scale
        self.bulk: list[Bulk] = []
        self._post = PostOffice(rng)
        self._voice = Voice("en", rng)
        self._span = (scene.end - scene.start).total_seconds() / 86400

    def run(self, people: Sequence[Person], list_people: Sequence[Person]) -> list[Bulk]:
        """Everything, in no particular order.

        Args:
            people: whose names LinkedIn's notification mails carry.
            list_people: who write to the mailing list.
        """
        for name, address, gap in NEWSLETTERS:
            self._newsletter(name, address, gap / self.scale)
        for name, address, gap in NOTICES:
            self._notices(name, address, gap / self.scale)
        self._list(list_people)
        self._via(people)
        self._roles()
        self._spam()
        self._odd_dates()
        return self.bulk

    def _add(
        self, day: float, nature: str, sender: tuple[str, str], subject: str, text: str
    ) -> Bulk:
        """One more message, sent on a day by (name, address); what is special is set afterwards."""
        at = waking(self.rng, self.scene.moment(day), self.scene.owner.zone, weekend=True)
        at = min(at, self.scene.end)
        name, address = sender
        bulk = Bulk(
            id=self._post.message_id(address),
            at=at,
            nature=nature,
            name=name,
            address=address,
            to=self.scene.owner.mailbox(at).address,
            subject=subject,
            text=text,
            thread=self._post.thread_id(),
        )
        self.bulk.append(bulk)
        return bulk

    def _newsletter(self, name: str, address: str, gap: float) -> None:
        domain = address.partition("@")[2]
        for day in regular_times(self.rng, 0, self._span, gap):
            text = "\n\n".join(self._voice.say("newsletter.body") for _ in range(4))
            title = self._voice.say("newsletter.title")
            bulk = self._add(day, "robot", (name, address), title, text)
            bulk.html = True
            bulk.headers = {
                "List-Id": f"{name} <{folded(name)}.{domain}>",
                "List-Unsubscribe": f"<https://{domain}/unsubscribe>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Precedence": "bulk",
            }

    def _notices(self, name: str, address: str, gap: float) -> None:
        for day in poisson_times(self.rng, 0, self._span, gap):
            notice = self._voice.say("newsletter.notice")
            text = f"{notice}\n\nThis is an automatic message, please do not answer."
            bulk = self._add(day, "robot", (name, address), notice.rstrip("."), text)
            bulk.headers = {"Auto-Submitted": "auto-generated", "Return-Path": "<>"}

    def _list(self, people: Sequence[Person]) -> None:
        """A mailing list: posts reach the owner through the list only."""
        name, address = LIST
        for day in poisson_times(self.rng, 0, self._span, 9 / self.scale):
            author = self.rng.choice(people)
            lines = [self._voice.say("statement.work") for _ in range(2)]
            lines.append(self._voice.say("ask.information"))
            sender = (author.name, author.mailboxes[0].address)
            subject = f"[{name}] {self._voice.say('subject.update')}"
            bulk = self._add(day, "list", sender, subject, " ".join(lines))
            bulk.to, bulk.author = address, author
            bulk.headers = {
                "List-Id": f"<{name}.lists.harbourdata.example>",
                "List-Post": f"<mailto:{address}>",
                "Precedence": "list",
                "Sender": f"{name}-bounces@lists.harbourdata.example",
            }

    def _via(self, people: Sequence[Person]) -> None:
        """Notification mails that carry a person's name on a robot's address."""
        for day in poisson_times(self.rng, 0, self._span, 20 / self.scale):
            person = self.rng.choice(people)
            sender = (f"{person.name} via LinkedIn", "messages-noreply@linkedin.example")
            text = f"{person.name}: {self._voice.say('small_talk.lines')}"
            bulk = self._add(day, "robot", sender, f"{person.given} sent you a message", text)
            bulk.author = person
            bulk.headers = {
                "List-Unsubscribe": "<https://linkedin.example/unsubscribe>",
                "Feedback-ID": "demo:linkedin",
            }

    def _roles(self) -> None:
        for name, address in ROLES:
            for day in poisson_times(self.rng, 0, self._span, 160 / self.scale):
                line = self._voice.say("statement.work")
                text = f"Dear customer,\n\n{line}\n\nKind regards,\n{name}"
                self._add(day, "role", (name, address), self._voice.say("subject.update"), text)

    def _spam(self) -> None:
        for day in poisson_times(self.rng, 0, self._span, 18 / self.scale):
            number = self.rng.randrange(1000)
            sender = (f"Prize office {number}", f"win{number}@luckyduck.example")
            line = self._voice.say("newsletter.spam")
            bulk = self._add(day, "spam", sender, line.rstrip("."), line)
            bulk.box, bulk.html = "Spam", True

    def _odd_dates(self) -> None:
        """Clocks that were wrong: years before and after everything else, or no date at all."""
        dates = (
            (0.2, "Mon, 31 Dec 1979 16:00:00 -0800"),
            (0.45, "Thu, 14 Jan 2044 10:30:00 +0000"),
            (0.6, ""),
            (0.8, "yesterday"),
        )
        sender = ("Old scanner", "scanner@haldengrid.example")
        for number, (share, header) in enumerate(dates, start=1):
            text = f"Scan {number}, one page."
            bulk = self._add(share * self._span, "robot", sender, f"Scan {number}", text)
            bulk.date_header = header
            bulk.headers = {"Auto-Submitted": "auto-generated"}
