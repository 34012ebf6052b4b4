"""Content lines and components of an iCalendar stream.

Broken streams are the rule in mail: components without END, lines folded by mail programs, other
charsets. So components are cut out of the stream first, and only the lines of one component are
handed to the icalendar library: what is broken stays alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from icalendar.parser import Contentline

MAX_LINE_BYTES = 20_000
"""Longer lines (descriptions, inline attachments) are cut: nothing of them is read."""
MAX_DEPTH = 16
"""Components nested deeper are ignored."""

_QUOTED = re.compile(r'["\\^]')
"""What makes a content line more than names, equal signs and values."""
_MARKS = re.compile(rb"(BEGIN|END)[ \t]*:[ \t]*([A-Za-z0-9-]{1,40})[ \t]*$", re.IGNORECASE)


class Property(NamedTuple):
    """One content line: `NAME;PARAM=x:value`; names in capitals, the value as written."""

    name: str
    params: dict[str, str]
    value: str


@dataclass
class Component:
    """A VEVENT, VTIMEZONE or VCALENDAR with its own lines.

    Attributes:
        name: in capitals.
        offset: byte at which its BEGIN line starts.
        lines: the logical lines between BEGIN and END; those of components inside it only where
            `whole` is true (a VTIMEZONE is nothing without them).
        closed: whether its END line was found.
        calendar: the VCALENDAR it stands in.
    """

    name: str
    offset: int
    calendar: Component | None = None
    lines: list[str] = field(default_factory=list)
    closed: bool = False

    def properties(self, wanted: frozenset[str]) -> Iterator[Property]:
        """The parsed lines with a wanted name; lines that cannot be parsed are left out."""
        for line in self.lines:
            name = re.split("[;:]", line, maxsplit=1)[0].strip().upper()
            if name in wanted:
                parsed = _parsed(name, line)
                if parsed:
                    yield parsed

    @cached_property
    def method(self) -> str:
        """METHOD of a VCALENDAR, lower case; empty where it has none."""
        return self.first("METHOD").lower()

    def first(self, name: str) -> str:
        """The value of the first line of that name, or an empty string."""
        return next((p.value for p in self.properties(frozenset({name}))), "")


def _parsed(name: str, line: str) -> Property | None:
    head, colon, value = line.partition(":")
    if colon and not _QUOTED.search(head):  # nearly every line: five times faster than the library
        pairs = (part.partition("=") for part in head.split(";")[1:])
        return Property(name, {k.strip().upper(): v for k, _, v in pairs if k}, value.strip())
    try:
        _, params, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    texts = {
        str(key).upper(): value if isinstance(value, str) else ",".join(map(str, value))
        for key, value in params.items()
    }
    return Property(name, texts, value.strip())


def decoded(data: bytes) -> bytes:
    """The stream as UTF-8 bytes with LF, without a byte order mark."""
    for mark, charset in (
        (codecs.BOM_UTF8, ""),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            data = data[len(mark) :]
            if charset:
                data = data.decode(charset, "replace").encode()
            break
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data


def logical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Unfolded lines with the byte offset at which each begins; empty ones left out."""
    start, line, position = 0, b"", 0
    for raw in data.split(b"\n"):
        text = raw.rstrip(b"\r")
        if text[:1] in (b" ", b"\t") and line:
            if len(line) < MAX_LINE_BYTES:
                line += text[1:]
        else:
            if line:
                yield start, line[:MAX_LINE_BYTES]
            start, line = position, text
        position += len(raw) + 1
    if line:
        yield start, line[:MAX_LINE_BYTES]


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").replace("\0", "")


def components(data: bytes) -> list[Component]:
    """Every VCALENDAR, VTIMEZONE and VEVENT of a stream, in order; unclosed ones marked.

    A BEGIN:VEVENT inside an event ends it unclosed: programs cut streams, they never nest events.
    """
    found: list[Component] = []
    stack: list[Component] = []
    for offset, line in logical_lines(decoded(data)):
        mark = _MARKS.match(line)
        if mark is None:
            _add(stack, line)
        elif mark[1].upper() == b"BEGIN":
            _begin(mark[2].decode().upper(), offset, line, stack, found)
        else:
            _end(mark[2].decode().upper(), line, stack)
    return found


_KEPT = frozenset({"VCALENDAR", "VTIMEZONE", "VEVENT"})


def _add(stack: list[Component], line: bytes) -> None:
    """A line belongs to the innermost component, and to a VTIMEZONE around it."""
    if not stack:
        return
    zone = next((c for c in stack if c.name == "VTIMEZONE"), None)
    target = zone or stack[-1]
    if target.name in _KEPT:
        target.lines.append(_text(line))


def _begin(
    name: str, offset: int, line: bytes, stack: list[Component], found: list[Component]
) -> None:
    if name in ("VEVENT", "VCALENDAR"):
        names = [c.name for c in stack]
        if name in names:
            del stack[names.index(name) :]
    calendar = next((c for c in stack if c.name == "VCALENDAR"), None)
    component = Component(name, offset, calendar)
    if any(c.name == "VTIMEZONE" for c in stack):
        _add(stack, line)
    elif name in _KEPT:
        found.append(component)
    if len(stack) < MAX_DEPTH:
        stack.append(component)


def _end(name: str, line: bytes, stack: list[Component]) -> None:
    names = [c.name for c in stack]
    if name not in names:
        return
    place = len(names) - 1 - names[::-1].index(name)
    component = stack[place]
    component.closed = True
    del stack[place:]
    if any(c.name == "VTIMEZONE" for c in stack):
        _add(stack, line)
