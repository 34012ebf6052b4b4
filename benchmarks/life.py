"""A made-up archive of any size, written straight to disk: what the report is timed on.

A life in mail, from a seed: most people are written to a few times, some often; employers keep
their people on the same messages; machines send a third of what comes in; half of what people
write answers something. People, names and addresses are those of the identity benchmark.
"""

# ruff: noqa: SIM905  (lists of words are read more easily as text)

from __future__ import annotations

import hashlib
import random
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from fiction import Alias, aliases_of, person, plain, surname

from netaudit.archive import Entry, PartWriter, Piece, Reader, Store
from netaudit.minhash import signature
from netaudit.model import Message, Recipient, Row

ME = ("me.self@home.example", "Me Self")
MACHINES = 800
PART_RECORDS = 11_000
"""Records of one part, about what an ingest writes."""
YEARS = 16
START = datetime(2009, 1, 1, tzinfo=UTC)
PATH = "/made/up/life.mbox"
_WORDS = (
    "the of and to in is that for it as was with be by on not this have from could you send me "
    "draft report meeting budget project review contract agenda notes thanks lunch week friday "
    "team family weekend slides numbers office question answer plan next month call early late"
).split()


class Someone(NamedTuple):
    """A person: aliases, and colleagues by number."""

    aliases: tuple[Alias, ...]
    colleagues: range


def people(count: int, rng: random.Random) -> list[Someone]:
    """People in firms of about 12, who stand beside each other."""
    companies = [f"{plain(surname(rng))}{n}.example" for n in range(max(count // 12, 20))]
    found = []
    for n in range(count):
        firm = companies[n // 12 % len(companies)]
        one = person(rng, companies)._replace(employers=(firm, *rng.sample(companies, n % 3 == 0)))
        aliases = tuple(dict.fromkeys(aliases_of(one, rng)))
        found.append(Someone(aliases, range(n // 12 * 12, min(n // 12 * 12 + 12, count))))
    return found


class Life:
    """The messages of a life in the order of time.

    Args:
        n_messages: how many.
        n_people: people besides the owner.
        seed: of everything.
    """

    def __init__(self, n_messages: int, n_people: int, seed: int = 1) -> None:
        self._rng = random.Random(seed)  # noqa: S311  (fiction, not secrets)
        self._people = people(n_people, self._rng)
        self._weights = list(accumulate(1 / (5 + rank) ** 0.9 for rank in range(n_people)))
        self._order = list(range(n_people))
        self._rng.shuffle(self._order)
        self._count = n_messages
        self._last: dict[int, Message] = {}
        self._signatures = [signature(self._text(60)) for _ in range(2000)]

    def __iter__(self) -> Iterator[tuple[Message, list[Row]]]:
        rng, seconds = self._rng, YEARS * 365 * 86_400 / self._count
        for n in range(self._count):
            at = START + timedelta(seconds=int((n + rng.random()) * seconds))
            drawn = rng.random()
            if drawn < 0.3:
                yield self._of_machine(n, at), []
            else:
                message = self._of_people(n, at, out=drawn < 0.55)
                yield message, self._read(message)

    def _draw(self) -> int:
        place = bisect_right(self._weights, self._rng.random() * self._weights[-1])
        return self._order[min(place, len(self._order) - 1)]

    def _alias(self, who: int) -> Alias:
        name, address = self._rng.choice(self._people[who].aliases)
        return address, name

    def _of_machine(self, n: int, at: datetime) -> Message:
        sender = int(self._rng.paretovariate(0.5)) % MACHINES
        address = f"{('news', 'noreply', 'orders', 'updates')[sender % 4]}@shop{sender}.example"
        return _message(n, at, (address, f"Shop {sender}"), [("to", ME)])._replace(
            automated_signs="list-unsubscribe", list_id=f"list.shop{sender}.example"
        )

    def _of_people(self, n: int, at: datetime, *, out: bool) -> Message:
        rng, who = self._rng, self._draw()
        beside = [self._alias(c) for c in self._beside(who)]
        first = self._alias(who)
        sender, to = (ME, first) if out else (first, ME)
        message = _message(n, at, sender, [("to", to), *(("cc", one) for one in beside)])
        before = self._last.get(who)
        self._last[who] = message
        if before is not None and rng.random() < 0.5:
            subject = (
                before.subject if before.subject.startswith("Re: ") else f"Re: {before.subject}"
            )
            message = message._replace(
                in_reply_to=before.message_id, references=before.message_id, subject=subject
            )
            self._last[who] = message
        return message._replace(box="sent" if out else "inbox", words=rng.randrange(5, 200))

    def _beside(self, who: int) -> list[int]:
        rng = self._rng
        if rng.random() < 0.6:
            return []
        others = [c for c in self._people[who].colleagues if c != who]
        found = rng.sample(others, min(len(others), rng.choice((1, 1, 2, 3, 6))))
        return [*found, self._draw()] if rng.random() < 0.2 else found

    def _text(self, words: int) -> str:
        return " ".join(self._rng.choices(_WORDS, k=words))

    def _read(self, message: Message) -> list[Row]:
        rng, key = self._rng, message.key
        sign = rng.choice(self._signatures) if message.words >= 20 else None
        rows = [
            Row("texts", (key, self._text(message.words // 4))),
            Row("traits", (key, rng.random(), rng.random(), rng.uniform(-1, 1), sign, 1)),
        ]
        if rng.random() < 0.3:
            act, kind = rng.choice((("ask", "favour"), ("give", "help"), ("thanks", "")))
            rows.append(Row("signals", (key, act, kind, self._text(8), 0, rng.random())))
        return rows


def _message(
    n: int, at: datetime, sender: tuple[str, str], to: list[tuple[str, tuple[str, str]]]
) -> Message:
    key = hashlib.blake2b(b"%d" % n, digest_size=16).hexdigest()
    recipients = tuple(Recipient(role, *one) for role, one in to)
    return Message(
        key, "mail", f"{key}@mail.example", None, None, at, 60, *sender, None, None,
        f"Subject {n}", None, "", "inbox", "" if sender == ME else ME[0], "", None,
        len(recipients), False, -1, "en", 4000, n % 7 == 0, False, "mbox", PATH, n * 4000,
        recipients,
    )  # fmt: skip


def write(out: Path, n_messages: int, n_people: int, seed: int = 1) -> Store:
    """Write the archive of a life.

    Args:
        out: the output folder.
        n_messages: messages.
        n_people: people besides the owner.
        seed: of everything.
    """
    store = Store(out / "archive")
    with store.writing() as writing:
        writer = PartWriter(writing.folder, PATH)
        for message, rows in Life(n_messages, n_people, seed):
            if writer.records >= PART_RECORDS:
                writer.flush()
            writer.message(message)
            for row in rows:
                writer.belonging(row)
        writer.flush()
        piece = Piece("", None, "", 0, None, None, None, None, tuple(writer.parts))
        reader = Reader("made up", read_text=True, keep_text=True)
        entry = Entry("mbox", PATH, n_messages * 4000, str(seed), (), reader, (piece,))
        writing.commit(writing.manifest.having(sources=(entry,)))
    return store
