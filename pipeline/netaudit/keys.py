"""Identity of a record by its content: the same row read from two exports has one key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime


def content_key(kind: str, *parts: object) -> str:
    """A key of 32 hex characters.

    Args:
        kind: what the record is, so that two kinds never share a key.
        parts: texts, numbers, times, None, and tuples of them; their order counts.
    """
    digest = hashlib.blake2b(digest_size=16)
    for text in _texts((kind, *parts)):
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%b" % (len(data), data))  # the length keeps ("a", "bc") from ("ab", "c")
    return digest.hexdigest()


def _texts(parts: Iterable[object]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, tuple):
            yield "("
            yield from _texts(part)
            yield ")"
        elif isinstance(part, datetime):
            yield part.isoformat()
        else:
            yield "\0" if part is None else str(part)
