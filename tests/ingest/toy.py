"""A small export format whose byte ranges guess wrong as easily as those of an mbox.

    TOY
    @12 key
    twelve bytes
    @5 other
    hello

A body may hold lines that look like the head of a message: read from the start, its length tells;
a range that begins inside it is fooled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.archive.building import message

from netaudit import sources
from netaudit.errors import UserError
from netaudit.model import Record, Skipped, Span, Unit

NAME = "toy"
ORDER = 1
MAGIC = b"TOY\n"
UNIT_BYTES = 64

_HEAD = re.compile(rb"@(\d{1,4}) ([a-z]{1,9})\n")
_read: list[tuple[int, int | None]] = []


def export(messages: Sequence[tuple[str, bytes]]) -> bytes:
    """A file of the format: key and body of each message."""
    return MAGIC + b"".join(b"@%d %s\n%s\n" % (len(b), k.encode(), b) for k, b in messages)


def recognise(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:4] == MAGIC


def units(path: Path) -> Iterator[Unit]:
    size = path.stat().st_size
    for start in range(0, size, UNIT_BYTES):
        stop = start + UNIT_BYTES
        yield Unit(NAME, str(path), start=start, stop=stop if stop < size else None)


def read(unit: Unit) -> Iterator[Record]:
    _read.append((unit.start, unit.stop))
    data = Path(unit.path).read_bytes()
    stop = len(data) if unit.stop is None else unit.stop
    at = first = _first(data, unit)
    reach = 0
    while at < stop and (head := _HEAD.match(data, at)):
        end = head.end() + int(head[1]) + 1
        reach = max(reach, end + 20)
        body, key = data[head.end() : end - 1], head[2].decode()
        if b"CRASH" in body:
            raise KeyError("the text of a mail")
        if b"REFUSE" in body:
            raise UserError(f"{unit.path}: is broken")
        if b"SKIP" in body:
            yield Skipped(unit.path, at, "asks to be skipped")
        else:
            cut = end > len(data) + 1
            yield message(
                f"{key}-cut" if cut else key, unit.path, at, source=NAME, is_truncated=cut
            )._replace(body=body.decode("latin-1"))
        at = min(end, len(data))
    if at == first:
        at = first = stop
    yield Span(first, at, reach)


def _first(data: bytes, unit: Unit) -> int:
    if unit.exact:
        return unit.start
    if unit.start == 0:
        return len(MAGIC)
    found = re.compile(rb"(?<=\n)@\d{1,4} [a-z]{1,9}\n").search(data, unit.start)
    return len(data) if found is None else found.start()


def install(monkeypatch: object) -> None:
    """Make it the only source."""
    import sys

    setattr_ = monkeypatch.setattr  # type: ignore[attr-defined]
    setattr_(sources, "all_sources", lambda: (sys.modules[__name__],))
    _read.clear()
