"""From the bytes of one message to `model.Message`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from netaudit.mail import addresses, body, dates, identity, labels, limits, signs
from netaudit.mail import headers as header_block
from netaudit.mail.body import Content
from netaudit.mail.decode import raw_text, safe, unstructured
from netaudit.mail.headers import Headers
from netaudit.mail.split import Piece
from netaudit.model import Message, Recipient, joined

_DELIVERED = ("delivered-to", "x-original-to", "x-delivered-to", "envelope-to", "x-envelope-to",
              "apparently-to")  # fmt: skip
_KEYWORDS = ("x-keywords", "x-mozilla-keys")
_USUAL_ID = re.compile(rb"[ \t]*<([!-;=?-~]{1,%d})>[ \t]*\Z" % limits.ID_CHARS)
watcher: Callable[[], bool] | None = None
"""Asked before a body is given to libraries that could bring the process down; False leaves the
message its headers."""

_BRACKETED = re.compile(r"<([^<>\s]+)>")


@dataclass(frozen=True)
class Place:
    """Where messages come from.

    Attributes:
        source: kind of source.
        path: file, a member of an archive after `!`.
        folders: folders that hold the messages, as labels.
        box: what flags in the file's name say (Maildir); it overrules labels.
        read_bodies: whether the text of people's messages is wanted.
    """

    source: str
    path: str
    folders: tuple[str, ...] = ()
    box: str = ""
    read_bodies: bool = True


def read(piece: Piece, place: Place) -> Message | None:
    """The message, or None where its bytes hold no header at all."""
    found = header_block.read(piece.data[: piece.body])
    if not found:
        return None
    from_address, from_name = addresses.first(found.get("from"))
    moment, offset = dates.parse(found["date"][0]) if "date" in found else dates.UNKNOWN
    recipients = _recipients(found)
    subject = unstructured(found["subject"][0]) if "subject" in found else ""
    is_whole = piece.size <= limits.MESSAGE_BYTES
    essence = identity.essence(piece.data, piece.body, is_whole=is_whole)
    automated = signs.automated(found, from_address)
    content = _content(found, piece, want_text=place.read_bodies and not automated)
    marks = _labels(found, place)
    return Message(
        key=identity.key(from_address, moment, recipients, subject, essence),
        channel="mail",
        message_id=_id(found, "message-id"),
        in_reply_to=_id(found, "in-reply-to"),
        references=_references(found),
        sent_at=_arrival(found, piece.separator) if moment is None else moment,
        utc_offset_minutes=offset,
        from_address=from_address,
        from_name=from_name,
        sender_address=_other(found, "sender", from_address),
        reply_to=_other(found, "reply-to", from_address),
        subject=subject,
        thread_hint=_token(found, "x-gm-thrid"),
        labels=joined(marks) if marks else "",
        box=place.box or _box(found, marks),
        delivered_to=_delivered_to(found),
        automated_signs=automated,
        list_id=signs.list_id(found) if automated else None,
        n_recipients=_count(recipients),
        hidden_recipients=not recipients or recipients[0].role == "bcc",
        words=-1,
        language=None,
        size_bytes=piece.size,
        has_attachment=content.has_attachment,
        is_truncated=piece.is_cut or content.is_truncated,
        source=place.source,
        source_path=place.path,
        source_offset=piece.offset,
        recipients=recipients,
        body=content.text,
        calendars=content.calendars,
    )


def _content(found: Headers, piece: Piece, *, want_text: bool) -> Content:
    """The body's content; a body that cannot be read leaves the message its headers."""
    if watcher is not None and not watcher():
        return Content(None, is_truncated=True)
    try:
        return body.read(found, piece, want_text=want_text)
    except Exception:  # (libraries meet anything in mail)
        return Content(None, is_truncated=True)


def _recipients(found: Headers) -> tuple[Recipient, ...]:
    """Every addressee once in each of the roles to, cc, bcc, in that order.

    A Bcc that repeats Cc is an artefact of some converters and dropped.
    """
    roles = [_role(role, found[role]) for role in ("to", "cc") if role in found]
    if "bcc" in found:
        hidden = _role("bcc", found["bcc"])
        copies = roles[-1] if "cc" in found else ()
        if {r.address for r in hidden} != {r.address for r in copies}:
            roles.append(hidden)
    every = tuple(roles[0] if len(roles) == 1 else chain.from_iterable(roles))
    if len(every) < 2 or _count(every) == len(every):
        return every
    first: dict[tuple[str, str], Recipient] = {}
    for recipient in every:
        first.setdefault(recipient[:2], recipient)
    return tuple(first.values())


def _count(recipients: tuple[Recipient, ...]) -> int:
    """Distinct addresses."""
    if len(recipients) < 2:
        return len(recipients)
    return len({address for _, address, _ in recipients})


def _recipient(role: str, mailbox: addresses.Mailbox) -> Recipient:
    return Recipient(role, *mailbox)


_addressees = {role: addresses.Known(partial(_recipient, role)) for role in ("to", "cc", "bcc")}


def _role(role: str, values: list[bytes]) -> list[Recipient]:
    known = _addressees[role]
    every = []
    for value in values:
        every += known.read(value) or [
            Recipient(role, *mailbox) for mailbox in addresses.careful(value)
        ]
    return every


def _id(found: Headers, name: str) -> str | None:
    """The first Message-ID of a header, without angle brackets."""
    values = found.get(name)
    return message_id(values[0]) if values else None


def message_id(value: bytes) -> str | None:
    """A Message-ID as written, without angle brackets, comments and spaces."""
    match = _USUAL_ID.match(value)
    if match:
        return match[1].decode("ascii")
    text = value[: 4 * limits.ID_CHARS]
    start = text.find(b"<")
    stop = text.find(b">", start)
    if 0 <= start < stop:
        text = text[start + 1 : stop]
    token = safe(raw_text(text))
    if " " in token:
        token = token.replace(" ", "") if 0 <= start < stop else token.split(" ", 1)[0]
    return token[: limits.ID_CHARS] or None


def _references(found: Headers) -> str | None:
    values = found.get("references")
    if not values:
        return None
    match = _USUAL_ID.match(values[0])
    if match:
        return match[1].decode("ascii")
    text = raw_text(values[0][-limits.REFERENCES * 200 :])
    ids = _BRACKETED.findall(text) or text.split()
    return safe(" ".join(ids[-limits.REFERENCES :]))[-limits.REFERENCES * 200 :] or None


def _token(found: Headers, name: str) -> str | None:
    values = found.get(name)
    return safe(raw_text(values[0]))[: limits.ID_CHARS] or None if values else None


def _arrival(found: Headers, separator: bytes) -> datetime | None:
    """When a message without a valid Date arrived: by its first Received, else its separator."""
    moment = dates.of_received(found["received"][0])[0] if "received" in found else None
    if moment is None and separator:
        moment = dates.of_separator(separator)[0]
    return moment


def _other(found: Headers, name: str, from_address: str) -> str | None:
    """The address of a header where it differs from From."""
    values = found.get(name)
    if not values:
        return None
    address = addresses.first(values)[0]
    return address if address and address != from_address else None


def _delivered_to(found: Headers) -> str:
    values = [value for name in _DELIVERED if name in found for value in found[name]]
    if not values:
        return ""
    every = {mailbox[0] for value in values[:50] for mailbox in addresses.mailboxes(value)[:50]}
    return joined(every)


def _labels(found: Headers, place: Place) -> tuple[str, ...]:
    marks = place.folders
    if "x-gmail-labels" in found:
        marks += labels.gmail_labels(found["x-gmail-labels"][0])
    for name in _KEYWORDS:
        if name in found:
            marks += labels.keywords(found[name][0])
    return marks


def _box(found: Headers, marks: tuple[str, ...]) -> str:
    """The box by flags (deleted, draft) that mail programs write into mboxes, else by labels."""
    if "x-mozilla-status" in found or "x-status" in found:
        flag = labels.flagged(
            found.get("x-mozilla-status", [b""])[0], found.get("x-status", [b""])[0]
        )
        if flag:
            return flag
    return labels.box(marks) if marks else ""
