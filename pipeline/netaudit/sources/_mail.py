"""What all mail sources share: the records of a stream of messages."""

from __future__ import annotations

from collections.abc import Iterator

from netaudit.mail import parse
from netaudit.mail.parse import Place
from netaudit.mail.split import Piece, Splitter
from netaudit.model import Message, Skipped


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
