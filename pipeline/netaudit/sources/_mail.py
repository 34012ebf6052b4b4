"""What all mail sources share: the records of a stream of messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from netaudit import ical
from netaudit.ical.read import MAX_FILE_BYTES
from netaudit.mail import limits, parse
from netaudit.mail.labels import box_of
from netaudit.mail.parse import Place
from netaudit.mail.split import Piece, Splitter, is_mbox, looks_like_message, single
from netaudit.model import Message, Record, Skipped
from netaudit.sources._files import Tolerant

SNIFFED_BYTES = 16 << 10
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*VCALENDAR", re.IGNORECASE)
_EMLX = re.compile(rb"(\d{1,10}) *\r?\n")


def records(splitter: Splitter, place: Place) -> Iterator[Message | Skipped]:
    """Every message of a splitter, and what belongs to none."""
    for piece in splitter:
        yield record(piece, place)
    if splitter.junk:
        yield Skipped(place.path, 0, "text before the first message")
    if splitter.cut_at is not None:
        yield Skipped(place.path, splitter.cut_at, "cut before its headers")


def record(piece: Piece, place: Place) -> Message | Skipped:
    """One message; no message, however odd, stops a run."""
    try:
        message = parse.read(piece, place)
    except Exception as error:  # (its text may hold mail: only its kind is told)
        return Skipped(place.path, piece.offset, f"cannot be parsed ({type(error).__name__})")
    if message is None:
        reason = "cut before its headers" if piece.is_cut else "no headers"
        return Skipped(place.path, piece.offset, reason)
    return message


def folders_of(name: str) -> tuple[str, ...]:
    """The label that a file's own name gives: only one that mail programs name a folder by."""
    stem = name.rpartition("/")[2].removesuffix(".gz").removesuffix(".mbox")
    return (stem,) if box_of(stem) else ()


Reader = Callable[[Tolerant, Place], Iterator[Record]]


MESSAGE_NAMES = (".eml", ".emlx")
"""A file so named is accounted for as a message, whatever it holds."""


def reader_of(head: bytes, name: str = "") -> Reader | None:
    """How to read a stream that begins with these bytes; None for what is no mail or calendar."""
    if is_mbox(head):
        return read_mbox
    if is_message(head):
        return read_message
    if _CALENDAR.match(head):
        return read_calendar
    return read_message if head and name.lower().endswith(MESSAGE_NAMES) else None


def read_mbox(stream: Tolerant, place: Place) -> Iterator[Record]:
    """The messages of an mbox, and where its data are cut or damaged."""
    splitter = Splitter(stream)
    yield from records(splitter, place)
    if stream.fault:
        yield Skipped(place.path, splitter.end or 0, stream.fault)


def is_message(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a single message (.eml, Apple's .emlx)."""
    match = _EMLX.match(head)
    return looks_like_message(head[match.end() :] if match else head)


def read_message(stream: Tolerant, place: Place) -> Iterator[Record]:
    """The one message of a stream."""
    data = stream.peek(limits.MESSAGE_BYTES + 1)
    match = _EMLX.match(data)
    if match and looks_like_message(data[match.end() : match.end() + SNIFFED_BYTES]):
        data = data[match.end() :][: int(match[1])]
    if len(data) > limits.MESSAGE_BYTES:
        piece = single(data[: limits.KEPT_BYTES], is_cut=True)._replace(size=len(data))
    else:
        piece = single(data, is_cut=bool(stream.fault))
    yield record(piece, place)


def read_calendar(stream: Tolerant, place: Place) -> Iterator[Record]:
    """The events of a calendar file."""
    yield from ical.rows(stream.peek(MAX_FILE_BYTES + 1), place.path)
    if stream.fault:
        yield Skipped(place.path, 0, stream.fault)
