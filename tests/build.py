"""Builds mail for tests: messages, mboxes in every dialect, folders. All people are invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from netaudit.mail import parse
from netaudit.mail.parse import Place
from netaudit.mail.split import Piece, Splitter
from netaudit.model import Message

SEPARATOR = "From ana@example.org Wed Jun 22 19:27:30 2016"
GMAIL_SEPARATOR = "From 1537866361256992303@xxx Wed Jun 22 19:27:30 +0000 2016"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Real mail beside the project; tests that read it skip where it is absent."""


def message(body: str = "Hello\n", nl: str = "\n", **headers: str | Sequence[str]) -> bytes:
    """One message.

    Args:
        body: its text, with LF line ends.
        nl: line end to write.
        headers: names with `_` for `-`; a list repeats the header; "" leaves a default out.
    """
    fields: dict[str, str | Sequence[str]] = {
        "From": "Ana Alba <ana@example.org>",
        "To": "Ben Berg <ben@example.org>",
        "Date": "Wed, 22 Jun 2016 21:27:30 +0200",
        "Subject": "Lunch",
    }
    for name, value in headers.items():
        fields[name.replace("_", "-")] = value
    lines = [
        f"{name}: {one}"
        for name, value in fields.items()
        for one in ([value] if isinstance(value, str) else value)
        if one
    ]
    text = "\n".join(lines) + "\n\n" + body
    return text.replace("\n", nl).encode("utf-8", "surrogateescape")


def mbox(messages: Iterable[bytes], dialect: str = "mboxrd", separator: str = SEPARATOR) -> bytes:
    """An mbox of messages; dialects: mboxo, mboxrd, mboxcl, mboxcl2."""
    return b"".join(_entry(one, dialect, separator) for one in messages)


def _entry(raw: bytes, dialect: str, separator: str) -> bytes:
    nl = b"\r\n" if b"\r\n" in raw else b"\n"
    head, _, body = raw.partition(nl + nl)
    if dialect == "mboxrd":
        body = re.sub(rb"^(>*From )", rb">\1", body, flags=re.MULTILINE)
    elif dialect in ("mboxo", "mboxcl"):
        body = re.sub(rb"^From ", rb">From ", body, flags=re.MULTILINE)
    if dialect in ("mboxcl", "mboxcl2"):
        head += nl + b"Content-Length: %d" % len(body)
    return separator.encode() + nl + head + nl + nl + body + nl


def pieces(data: bytes) -> list[Piece]:
    """The messages of an mbox."""
    return list(Splitter(BytesIO(data)))


def parsed(raw: bytes, source: str = "eml", folders: tuple[str, ...] = ()) -> Message:
    """A single message, read."""
    from netaudit.mail.split import single

    found = parse.read(single(raw), Place(source, "mail.eml", folders))
    assert found is not None
    return found
