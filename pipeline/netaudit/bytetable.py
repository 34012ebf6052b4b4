"""ASCII text taken apart by a table of bytes, a tenth of a pattern's time."""

from __future__ import annotations

from collections.abc import Mapping


def table(kept: str, changed: Mapping[str, str] | None = None) -> bytes:
    """A table for `spaced`: letters become lower case, what is not kept becomes a blank.

    Args:
        kept: ASCII characters that stay; lower-case letters among them stand for both cases.
        changed: characters that become another one.
    """
    made = bytearray(b" " * 256)
    for char in kept:
        made[ord(char)] = made[ord(char.upper())] = ord(char)
    for chars, other in (changed or {}).items():
        for char in chars:
            made[ord(char)] = ord(other)
    return bytes(made)


def spaced(text: str, by: bytes) -> str:
    """An ASCII text with each character changed by a table."""
    return text.encode("ascii").translate(by).decode("ascii")


def members(chars: str) -> bytes:
    """A table of 1 for some ASCII characters and 0 for every other."""
    made = bytearray(256)
    for char in chars:
        made[ord(char)] = 1
    return bytes(made)
