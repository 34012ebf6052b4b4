"""Mailboxes for measuring speed, of any size: made-up mail by made-up people, in mboxrd.

*gmail*: about 55 kB a message, as Gmail's Takeout has it: long headers, every fourth message with
an attachment. *small*: about 2.4 kB of text. One kind and size gives the same file every time.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

KINDS = ("gmail", "small")
OWNER = "owner@home.example"
FIRST = datetime(2006, 1, 2, 8, tzinfo=UTC)
MINUTES = 45
"""Between two messages."""
ATTACHMENT_BYTES = 100_000
TEXT = (
    "we meet when the draft is ready and the numbers from spring look better than last year so "
    "please send your notes before friday because nobody else has seen the room plan or knows "
    "whether the speaker will come thank you for your help with this"
)
WORDS = TEXT.split()


def write(kind: str, path: Path, messages: int) -> None:
    """Write a mailbox; the file appears when it is whole."""
    chance = random.Random(f"{kind} {messages}")  # noqa: S311  (no secret)
    people = [f"person{n}@team{n % 40}.example" for n in range(max(messages // 50, 5))]
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="ascii", newline="\n") as file:
        for number in range(messages):
            file.writelines(_message(kind, number, chance, people))
    unfinished.rename(path)


def _message(kind: str, number: int, chance: random.Random, people: list[str]) -> Iterator[str]:
    at = FIRST + timedelta(minutes=MINUTES * number)
    other = people[int(len(people) * chance.random() ** 2)]
    sender, to = (OWNER, other) if number % 3 == 0 else (other, OWNER)
    yield f"From {sender} {at:%a %b %d %H:%M:%S} +0000 {at:%Y}\n"
    if kind == "gmail":
        yield from _transport(number, chance)
    yield (
        f"From: {sender.split('@')[0].title()} <{sender}>\nTo: <{to}>\n"
        f"Subject: {_text(chance, 5)}\nDate: {format_datetime(at)}\n"
        f"Message-ID: <{number}.{chance.getrandbits(48):x}@mail.example>\nMIME-Version: 1.0\n"
    )
    if kind == "gmail" and number % 4 == 0:
        yield from _with_attachment(chance)
    else:
        yield "Content-Type: text/plain; charset=utf-8\n\n"
        yield from _paragraphs(chance, 60 if kind == "gmail" else 5)
    yield "\n"


def _transport(number: int, chance: random.Random) -> Iterator[str]:
    yield f"X-GM-THRID: {10**18 + number}\nX-Gmail-Labels: Inbox,Category {number % 5}\n"
    for hop in range(12):
        ends = f"from h{hop}.mail.example by h{hop + 1}.mail.example"
        yield f"Received: {ends} with SMTP id {number}\n"
    for name in ("DKIM-Signature", "ARC-Seal", "ARC-Message-Signature", "X-Received"):
        lines = (base64.b64encode(chance.randbytes(54)).decode() for _ in range(8))
        yield f"{name}: a=rsa-sha256;\n" + "".join(f"        {line}\n" for line in lines)


def _with_attachment(chance: random.Random) -> Iterator[str]:
    yield 'Content-Type: multipart/mixed; boundary="part"\n\n--part\nContent-Type: text/plain\n\n'
    yield from _paragraphs(chance, 8)
    yield "--part\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"
    yield base64.encodebytes(chance.randbytes(ATTACHMENT_BYTES)).decode()
    yield "--part--\n"


def _paragraphs(chance: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield "".join(f"{_text(chance, 11).capitalize()}.\n" for _ in range(7)) + "\n"


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))
