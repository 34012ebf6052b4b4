"""One message between people, before it becomes a mail or a row of an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from netaudit.demo.people import Mailbox, Person
from netaudit.demo.wording import Wording

if TYPE_CHECKING:
    from netaudit.demo.gatherings import Gathering


@dataclass(eq=False)
class Letter:
    """A message of a human.

    Attributes:
        id: Message-ID without brackets; on LinkedIn the project's own number.
        at: when it is sent (UTC).
        subject: as sent, prefix included.
        wording: what it says; empty for answers to invitations.
        answers: the message it answers.
        blast: name of the owner's mass mailing it belongs to.
        box: Spam, Trash or Draft where it lies there.
        date_header: what stands in Date instead of the true time.
        method: iTIP method of the calendar part, with `gathering`.
        home: whether the owner uses the private address.
        new_text, closing, body: set by `layout`: what the writer typed; the greeting at its end,
            name included; the text with signature card and quotes.
    """

    id: str
    at: datetime
    sender: Person
    to: tuple[Person, ...]
    subject: str
    wording: Wording
    thread: str
    channel: str = "mail"
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()
    answers: Letter | None = None
    blast: str = ""
    box: str = ""
    date_header: str | None = None
    gathering: Gathering | None = None
    method: str = ""
    home: bool = False
    new_text: str = ""
    closing: str = ""
    body: str = ""

    @property
    def receivers(self) -> tuple[Person, ...]:
        """Everybody it is sent to."""
        return (*self.to, *self.cc, *self.bcc)

    def mailbox(self, person: Person) -> Mailbox:
        """The address the person uses in this letter."""
        if self.home and person.private is not None:
            return person.private
        return person.mailbox(self.at)

    @property
    def local(self) -> datetime:
        """The time in the sender's zone."""
        return self.at.astimezone(ZoneInfo(self.sender.zone))


class PostOffice:
    """Numbers messages and threads, the same way for the same seed."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def message_id(self, address: str) -> str:
        """A Message-ID of the sender's domain, without brackets."""
        return f"{self._rng.getrandbits(80):020x}@{address.rpartition('@')[2] or 'localhost'}"

    def thread_id(self) -> str:
        """A thread id as Gmail writes it: decimal, beyond 2**53."""
        return str(1_700_000_000_000_000_000 + self._rng.randrange(10**17))


def waking(rng: Random, at: datetime, zone: str, *, weekend: bool = False) -> datetime:
    """The same time, moved into the hours in which people of that zone write.

    Args:
        rng: moves it within the morning.
        at: a time (UTC).
        zone: IANA name.
        weekend: whether Saturdays and Sundays will do.
    """
    local = at.astimezone(ZoneInfo(zone))
    if not 7 <= local.hour < 21:
        later = local + timedelta(days=1 if local.hour >= 21 else 0)
        local = later.replace(hour=8, minute=rng.randrange(60), second=rng.randrange(60))
    if not weekend and local.weekday() >= 5:
        local += timedelta(days=7 - local.weekday())
    return local.astimezone(UTC).replace(microsecond=0)
