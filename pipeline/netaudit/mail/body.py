"""A message's text, calendars and whether it has attachments.

The outline (`mime`) says where the parts lie; only the parts that are wanted are decoded, each by
itself, by fast-mail-parser, and where that refuses one by the standard library, which forgives
more. Text is read of people's mail only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from typing import NamedTuple

from fast_mail_parser import ParseError, parse_email

from netaudit.mail import headers, limits
from netaudit.mail.decode import body_text, clean_text, is_known
from netaudit.mail.headers import Headers
from netaudit.mail.html import html_text
from netaudit.mail.mime import Part, TooManyParts, kind_of, leaves
from netaudit.mail.split import Piece

_PLAIN_ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit"})
_KNOWN_ENCODINGS = frozenset({"quoted-printable", "base64"})
_CALENDARS = ("text/calendar", "application/ics", "text/x-vcalendar")
_QUOTED_FROM = re.compile(r"^>(>*From )", re.MULTILINE)


class Content(NamedTuple):
    """What a body holds.

    Attributes:
        text: decoded, quotes included; None where it was not asked for or there is none.
        calendars: its iCalendar parts, transfer-decoded.
        has_attachment: a part with a file name or an attachment disposition.
        is_truncated: parts beyond the limits were left out.
    """

    text: str | None
    calendars: tuple[bytes, ...] = ()
    has_attachment: bool = False
    is_truncated: bool = False


def read(found: Headers, piece: Piece, *, want_text: bool) -> Content:
    """The content of a message.

    Args:
        found: its headers.
        piece: the message.
        want_text: whether its text is wanted; calendars are always read.
    """
    kind = kind_of(found)
    data = piece.data
    if kind == "text/plain" and "content-disposition" not in found:
        text = None
        if want_text:
            text = _text(Part(found, kind, piece.body, len(data)), data)
        return Content(_unquoted(text, piece))
    parts: list[Part] = []
    is_truncated = False
    try:
        parts.extend(leaves(found, data, piece.body))
    except TooManyParts:
        is_truncated = True
    return Content(
        text=_unquoted(_best_text(parts, data), piece) if want_text else None,
        calendars=_calendars(parts, data),
        has_attachment=any(part.is_attachment for part in parts),
        is_truncated=is_truncated,
    )


def _unquoted(text: str | None, piece: Piece) -> str | None:
    """The text without one level of mbox quoting of `From ` lines."""
    if text is not None and piece.separator and ">From " in text:
        return _QUOTED_FROM.sub(r"\1", text)
    return text


def _calendars(parts: Sequence[Part], data: bytes) -> tuple[bytes, ...]:
    chosen = [part for part in parts if part.kind in _CALENDARS][: limits.CALENDARS]
    return tuple(_calendar(part, data) for part in chosen if part.start < part.stop)


def _calendar(part: Part, data: bytes) -> bytes:
    raw = data[part.start : min(part.stop, part.start + limits.CALENDAR_BYTES)]
    encoding = _encoding(part)
    return raw if encoding in _PLAIN_ENCODINGS else _library_bytes(raw, encoding)


def _best_text(parts: Sequence[Part], data: bytes) -> str | None:
    """Plain text, else the text of the HTML, else that of plain files that are meant to be seen."""
    for kind, wanted in (
        ("text/plain", _is_body),
        ("text/html", _is_body),
        ("text/plain", _is_inline),
    ):
        texts = [_text(part, data) for part in parts if part.kind == kind and wanted(part)]
        texts = [text for text in texts if text.strip()]
        if texts:
            return "\n".join(texts)[: limits.TEXT_BYTES]
    return None


def _is_body(part: Part) -> bool:
    return not part.is_attachment


def _is_inline(part: Part) -> bool:
    """Whether a part with a file name is to be shown (RFC 2183: it is unless it says otherwise)."""
    values = part.headers.get("content-disposition")
    return values is None or values[0].strip().lower().startswith(b"inline")


def _text(part: Part, data: bytes) -> str:
    raw = data[part.start : min(part.stop, part.start + limits.TEXT_BYTES)]
    encoding, charset = _encoding(part), _charset(part)
    if encoding in _PLAIN_ENCODINGS:
        text = body_text(raw, charset)
    else:
        text = _library_text(raw, encoding, charset)
    return html_text(text) if part.kind == "text/html" else text


def _encoding(part: Part) -> str:
    values = part.headers.get("content-transfer-encoding")
    return values[0][:50].decode("latin-1").strip().lower() if values else ""


def _charset(part: Part) -> str:
    types = part.headers.get("content-type")
    return headers.parameter(types[0], b"charset") if types else ""


def _library_text(raw: bytes, encoding: str, charset: str) -> str:
    """The text of a transfer-encoded part, by fast-mail-parser unless it has doubts."""
    if encoding in _KNOWN_ENCODINGS and is_known(charset):
        head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}"
        try:
            mail = parse_email(head.encode() + b"\n\n" + raw)
            if not mail.warnings and mail.text_plain:
                return clean_text(mail.text_plain[0])
        except ParseError:
            pass
    return body_text(_library_bytes(raw, encoding), charset)


def _library_bytes(raw: bytes, encoding: str) -> bytes:
    """Transfer-decoded bytes by the standard library, which forgives sloppy encoders."""
    head = b"Content-Transfer-Encoding: " + encoding.encode("ascii", "ignore") + b"\n\n"
    payload = message_from_bytes(head + raw).get_payload(decode=True)
    return payload if isinstance(payload, bytes) else raw
