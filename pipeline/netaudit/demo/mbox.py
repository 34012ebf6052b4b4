"""The story's mail as one mbox, in the manner of Gmail's Takeout (labels, thread ids)."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

from netaudit.demo import ics
from netaudit.demo.chance import stream
from netaudit.demo.letters import Letter
from netaudit.demo.people import Mailbox, Person
from netaudit.demo.robots import Bulk
from netaudit.demo.story import Story

DUPLICATES = 9
"""Messages that the export holds twice, as when two labels were exported."""

_FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)
_MAX_REFERENCES = 10


def export(story: Story) -> bytes:
    """The mailbox, oldest message first."""
    entries: list[tuple[datetime, str, bytes]] = [
        (letter.at, letter.thread, _letter(story, letter)) for letter in mails(story)
    ]
    entries += [(bulk.at, bulk.thread, _bulk(bulk)) for bulk in story.bulk]
    entries.sort(key=lambda entry: entry[0])
    entries += [_again(entry) for entry in _doubled(story, entries)]
    return b"".join(_entry(*entry) for entry in entries)


def mails(story: Story) -> list[Letter]:
    """The letters that travel by mail."""
    return [letter for letter in story.letters if letter.channel == "mail"]


def _entry(at: datetime, thread: str, message: bytes) -> bytes:
    separator = f"From {thread}@xxx {at:%a %b %d %H:%M:%S} +0000 {at.year}\n"
    return separator.encode() + _FROM_LINE.sub(rb">\1", message).rstrip(b"\n") + b"\n\n"


def _doubled(
    story: Story, entries: list[tuple[datetime, str, bytes]]
) -> Iterator[tuple[datetime, str, bytes]]:
    rng = stream(story.seed, "duplicates")
    yield from rng.sample(entries, min(DUPLICATES, len(entries)))


def _again(entry: tuple[datetime, str, bytes]) -> tuple[datetime, str, bytes]:
    at, thread, message = entry
    return at, thread, re.sub(rb"(?m)^X-Gmail-Labels: .*$", b"X-Gmail-Labels: Old archive",
                              message, count=1)  # fmt: skip


def _letter(story: Story, letter: Letter) -> bytes:
    owner = story.owner
    head = {
        "X-GM-THRID": letter.thread,
        "X-Gmail-Labels": _encoded(_labels(letter, out=letter.sender is owner)),
    }
    if letter.sender is not owner:
        at, sender = letter.mailbox(owner).address, letter.mailbox(letter.sender).address
        head["Delivered-To"] = at
        head["Return-Path"] = f"<{sender}>"
        head["Received"] = _received(letter.at, sender, at)
    head["From"] = _addresses(letter, [letter.sender])
    head["To"] = _addresses(letter, letter.to) or "undisclosed-recipients:;"
    head["Cc"] = _addresses(letter, letter.cc)
    head["Bcc"] = _addresses(letter, letter.bcc)
    head["Subject"] = _encoded(letter.subject)
    head["Date"] = format_datetime(letter.local)
    head["Message-ID"] = f"<{letter.id}>"
    chain = list(_earlier(letter))
    if chain:
        head["In-Reply-To"] = chain[0]
        head["References"] = "\n ".join(reversed(chain))
    return _written(head, _content(story, letter), letter.id)


def _labels(letter: Letter, *, out: bool) -> str:
    if letter.box:
        return letter.box
    labels = ["Sent"] if out else ["Inbox"]
    if letter.answers is not None and not out:
        labels.append("Important")
    if letter.blast:
        labels.append('"Mailings, mine"')
    elif letter.home:
        labels.append("Privé")
    if not out:
        labels.append("Opened")
    return ",".join(labels)


def _encoded(text: str) -> str:
    """A header value; encoded words where it is not ASCII."""
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=76).encode()


def _addresses(letter: Letter, people: Iterable[Person]) -> str:
    return ",\n ".join(_address(letter.mailbox(person)) for person in people)


def _address(box: Mailbox) -> str:
    return formataddr((box.display, box.address))


def _received(at: datetime, sender: str, receiver: str) -> str:
    return (
        f"from mail.{sender.rpartition('@')[2]}\n by mx.{receiver.rpartition('@')[2]}"
        f" for <{receiver}>;\n {format_datetime(at + timedelta(seconds=3))}"
    )


def _earlier(letter: Letter) -> Iterator[str]:
    """Message-IDs of what it answers, the nearest first."""
    earlier = letter.answers
    for _ in range(_MAX_REFERENCES):
        if earlier is None:
            return
        yield f"<{earlier.id}>"
        earlier = earlier.answers


def _content(story: Story, letter: Letter) -> Message:
    """The body as the sender's program writes it: plain, HTML or both, calendar, attachment."""
    style = letter.sender.style
    text = _text(letter.body, "plain", style.charset)
    if letter.method and letter.gathering is not None:
        calendar = ics.part(letter.gathering, letter.method, story.owner, letter.at)
        invitation = _text(calendar.decode(), "calendar", "utf-8")
        invitation.set_param("method", letter.method)
        return _multipart("alternative", text, invitation)
    if style.body != "plain":
        page = _text(_as_html(letter.body), "html", style.charset)
        text = page if style.body == "html" else _multipart("alternative", text, page)
    if any(act.detail in ("help", "answer_task") for act in letter.wording.acts):
        notes = _text("name,value\nexample,1\n", "csv", "us-ascii")
        notes.add_header("Content-Disposition", "attachment", filename="notes.csv")
        return _multipart("mixed", text, notes)
    return text


def _text(text: str, subtype: str, charset: str) -> Message:
    """A text part in that charset, or in UTF-8 where it does not reach."""
    if text.isascii():
        return MIMEText(text, subtype, "us-ascii")
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    quoted = Charset(charset)
    quoted.body_encoding = QP
    return MIMEText(text, subtype, quoted)  # type: ignore[arg-type]  # takes a Charset as well


def _multipart(subtype: str, *parts: Message) -> Message:
    for part in parts:
        del part["MIME-Version"]
    return MIMEMultipart(subtype, _subparts=parts)


def _written(head: Mapping[str, str], content: Message, identity: str) -> bytes:
    """A message's bytes; empty fields are left out, boundaries depend on its identity alone."""
    for number, part in enumerate(content.walk()):
        if part.is_multipart():
            part.set_boundary(f"part{number}-{identity.partition('@')[0]}")
    fields = "".join(f"{name}: {value}\n" for name, value in head.items() if value)
    buffer = io.BytesIO()
    BytesGenerator(buffer, mangle_from_=False, maxheaderlen=0).flatten(content)
    return fields.encode() + buffer.getvalue()


def _as_html(text: str) -> str:
    paragraphs: list[str] = []
    for block in text.split("\n\n"):
        lines = "<br>\n".join(html.escape(line.lstrip("> ")) for line in block.split("\n"))
        tag = "blockquote" if block.startswith(">") else "p"
        paragraphs.append(f"<{tag}>{lines}</{tag}>")
    return "<html><body>\n" + "\n".join(paragraphs) + "\n</body></html>\n"


def _bulk(bulk: Bulk) -> bytes:
    content = _as_html(bulk.text) if bulk.html else bulk.text
    local = bulk.at.astimezone(ZoneInfo("Europe/Copenhagen"))
    head = {
        "X-GM-THRID": bulk.thread,
        "X-Gmail-Labels": bulk.box or "Inbox,Category Updates",
        "Delivered-To": bulk.to,
        "Received": _received(bulk.at, bulk.address, bulk.to),
        **bulk.headers,
        "From": formataddr((bulk.name, bulk.address)),
        "To": bulk.to,
        "Subject": _encoded(bulk.subject),
        "Date": format_datetime(local) if bulk.date_header is None else bulk.date_header,
        "Message-ID": f"<{bulk.id}>",
    }
    return _written(head, _text(content, "html" if bulk.html else "plain", "utf-8"), bulk.id)
