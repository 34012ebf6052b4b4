r"""Splits an mbox stream into messages, in one pass and in bounded memory.

A separator counts only where a line can begin a message: at the start of the file or after a
blank line (Thunderbird's, which are told by themselves, anywhere), if it is a plausible
`From ` line and a header follows. `From ` lines inside bodies, quoted or not, are no separators.
A Content-Length (mboxcl, mboxcl2) is trusted only where it lands exactly on a separator or on the
end of the file. Line ends may be LF or CRLF, message by message.

A big file is split by several workers, each from its own starting byte. What a range's first
message is depends on the bytes before it only through Content-Length; a `Splitter` therefore says
where its first message began and where its last one ended (`first`, `end`), so that neighbours
can be checked against each other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple, Protocol

from netaudit.mail import limits

BOM = b"\xef\xbb\xbf"
_LF = 10
BLOCK = 1 << 20
LOOKAHEAD = 2048
"""Bytes after a line's start that decide whether it is a separator."""
LOOKBEHIND = 3
"""Bytes before a line's start that decide it."""

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TIME = rb"\d{1,2}:\d\d(?::\d\d)?"
_ZONE = rb"(?:[+-]\d{4}|[A-Z]{1,5}(?:[+-]\d{1,2})?)"
_DATE = rb"|".join(
    (
        # asctime, with a zone before or after the year, as Gmail and some servers have it
        _DAY + rb",? +" + _MONTH + rb" +\d{1,2},? +" + _TIME
        + rb" +(?:" + _ZONE + rb" +){0,2}\d{4}(?: +" + _ZONE + rb")?",
        # RFC 5322, the day of the week left out or not
        rb"(?:" + _DAY + rb",? +)?\d{1,2}[ -]" + _MONTH + rb"[ -]\d{2,4},? +" + _TIME
        + rb"(?: +" + _ZONE + rb")?",
        # ISO 8601
        rb"\d{4}-\d\d-\d\d[T ]" + _TIME + rb"(?:\.\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?",
    )
)  # fmt: skip
FROM_LINE = re.compile(
    rb"From (?:(?P<sender>[^\r\n]{0,500}? )?(?P<date>" + _DATE + rb")[^\r\n]{0,200}"
    rb"|-[ \t]*|\d{15,20}@xxx[ \t]*)\r?\n"
)
"""A separator line: with a date, or as Netscape and Gmail write it where they know none."""
_MOZILLA = re.compile(
    rb"From -(?: (?:" + _DATE + rb"))[ \t]*\r?\n[!-9;-~]{1,76}:"
    rb"|From - ?(?:[^\r\n]{0,100}\r?\nX-Mozilla-Status"
    rb"|\r?\n(?:Message-ID|Return-Path|Received)):"
)
"""Netscape's and Thunderbird's separator: it needs no blank line before it, as they write none, and
they quote every such line in a body."""
_USUAL_SEPARATOR = re.compile(
    rb"From [^ \r\n]{1,300}(?: at [^ \r\n]{1,300})? {1,2}" + _DAY + rb" " + _MONTH
    + rb" [ \d]\d \d\d:\d\d:\d\d(?: [+-]\d{4})? \d{4}\r?\n[!-9;-~]{1,200}:"
)  # fmt: skip
"""A separator as nearly all programs write it, and the header after it: one expression, where each
form of a date is tried at each place otherwise."""
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_BARE_FROM_LINE = re.compile(rb"From [^\r\n]{1,700}\r?\n")
"""A separator line at the very start of a file, where nothing else can stand."""
_HEADER = re.compile(rb"(?:>From [^\r\n]{0,998}\r?\n)?[!-9;-~]{1,200}[ \t]{0,99}:")
_HEADER_CUT = re.compile(rb"(?:>From [^\r\n]*|[!-9;-~]{0,200}[ \t]*)\Z")
_CONTENT_LENGTH = re.compile(rb"\nContent-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_NAME = re.compile(rb"^([!-9;-~]{1,76})[ \t]{0,9}:", re.MULTILINE)
_KNOWN_NAMES = frozenset(
    {
        b"from",
        b"to",
        b"subject",
        b"date",
        b"message-id",
        b"received",
        b"return-path",
        b"mime-version",
    }
)
_BOUNDARY = re.compile(
    rb"\nContent-Type[ \t]*:[ \t\r\n]*multipart/[^\n]*(?:\n[ \t][^\n]*)*?"
    rb"boundary=(?:\"([^\"\r\n]+)\"|([^\s;\"]+))",
    re.IGNORECASE,
)
_CUT_SEPARATOR = re.compile(
    rb"F(?:r(?:o(?:m(?: (?:[^\s]{1,300}(?: +(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[ ,][^\n]{0,60}"
    rb"|[MTWFS][a-z]{0,2}|at(?: [^\n]{0,100})?)?)?)?)?)?)?)?\Z"
)
"""The beginning of a separator at the end of a file that was cut inside it."""


class Stream(Protocol):
    """Bytes in order."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end."""


class Piece(NamedTuple):
    """One message in its stream.

    Attributes:
        offset: of its first byte (its separator line) in the stream.
        size: bytes to the next message.
        separator: the `From ` line; empty for a message that has none.
        data: the message; for one beyond the limit, its beginning.
        body: where the body begins in `data`.
        is_cut: the end is missing: the stream ended inside it, or it is beyond the limit.
    """

    offset: int
    size: int
    separator: bytes
    data: bytes
    body: int
    is_cut: bool


def body_start(data: bytes, start: int = 0, stop: int = sys.maxsize) -> int:
    """Where the body begins: after the first empty line in [start, stop), or -1 without one."""
    line_end = data.find(b"\n", start, stop)
    if line_end < 0:
        return -1
    if line_end == start or data[start:line_end] == b"\r":
        return line_end + 1
    empty = _EMPTY_LINE.search(data, line_end, stop)
    return empty.end() if empty else -1


def headers_end(data: bytes) -> int:
    """Where a message without an empty line has its body: at the first line that is no header.

    A line that is cut off is none to tell by: then the headers go on to the end.
    """
    at = 0
    while at < len(data):
        line_end = data.find(b"\n", at) + 1
        if not line_end:
            break
        if at and data[at] not in b" \t" and not _HEADER.match(data, at, line_end):
            return at
        at = line_end
    return len(data)


class Splitter:
    """The messages of a stream that begin in [start, stop).

    Attributes:
        first: offset of the first message at or after `start`; None when none begins before
            `stop`.
        end: where the last message ended: the next one's offset, or the length of the stream.
        reach: offset up to which bytes decided where messages end: beyond `end` where a
            Content-Length points there.
        junk: bytes that stand before the first separator of the file and belong to no message.
        cut_at: offset of a separator in which the stream ended, else None.
    """

    def __init__(
        self,
        stream: Stream,
        start: int = 0,
        stop: int | None = None,
        *,
        position: int | None = None,
        exact: bool = False,
    ) -> None:
        """Read `stream`, whose next byte is number `position`.

        Args:
            stream: the bytes.
            start: the first byte that may begin a message.
            stop: messages that begin at or after it are left to the next range.
            position: offset of the stream's next byte, at most `start`; by default `start`.
                Whoever starts in the middle gives `LOOKBEHIND` bytes more.
            exact: `start` is known to begin a message.
        """
        self._stream = stream
        self._data = b""
        self._base = start if position is None else position
        self._ended = False
        self._start = start
        self._stop = stop
        self._exact = exact
        self._top = -1
        self.first: int | None = None
        self.end: int | None = None
        self.reach = 0
        self.junk = 0
        self.cut_at: int | None = None

    def __iter__(self) -> Iterator[Piece]:
        """The messages in order."""
        at = self._find_first()
        while at is not None and (self._stop is None or at < self._stop):
            if self.first is None:
                self.first = at
            piece, following = self._usual(at) or self._message(at)
            self.end = at + piece.size
            yield piece
            at = following

    # --- the window on the stream

    def _grow(self, keep: int) -> None:
        """Read on, dropping what lies before offset `keep`."""
        rest = self._data[keep - self._base :]
        # Twice as much each time, so that copying stays linear, up to one message of the limit.
        more = min(len(rest), limits.MESSAGE_BYTES - len(rest))
        block = self._stream.read(max(BLOCK, more))
        self._ended = not block
        self._data = rest + block
        self._base = keep

    def _have(self, offset: int, keep: int) -> bool:
        """Whether bytes up to `offset` are in the window, reading on where needed."""
        while self._base + len(self._data) < offset:
            if self._ended:
                return False
            self._grow(keep)
        return True

    # --- separators

    def _separator_end(self, at: int) -> int:
        """Index after the separator line that begins at index `at`, or -1."""
        data = self._data
        match = FROM_LINE.match(data, at)
        if match is None and at + self._base == self._top:
            match = _BARE_FROM_LINE.match(data, at)
        if match is None:
            return -1
        end = match.end()
        if _HEADER.match(data, end) or (self._ended and _HEADER_CUT.match(data, end)):
            return end
        return -1

    def _follows_blank_line(self, at: int) -> bool:
        """Whether the line before index `at` is empty."""
        data = self._data
        if at + self._base <= 2 and not data[:at].strip(b"\r\n"):
            return True
        if at < 2 or data[at - 1] != 10:
            return False
        return data[at - 2] == 10 or (at > 2 and data[at - 3 : at - 1] == b"\n\r")

    def _find(self, scan: int) -> tuple[int | None, int]:
        """The first separator from offset `scan` on, and where to go on looking.

        Only the window is looked at; (None, offset) means: grow, then go on from that offset.
        """
        data, base = self._data, self._base
        limit = len(data) if self._ended else len(data) - LOOKAHEAD
        at = max(scan - base - 1, 0)
        while True:
            at = data.find(b"\nFrom ", at)
            if at < 0:
                return None, max(base + len(data) - 5, scan)
            if at >= limit:
                return None, base + at + 1
            may = self._follows_blank_line(at + 1) or _MOZILLA.match(data, at + 1)
            if may and self._separator_end(at + 1) >= 0:
                return base + at + 1, base + at + 1
            at += 1

    def _find_first(self) -> int | None:
        """Offset of the first message at or after the start, None when none is before the stop."""
        self._have(self._start + LOOKAHEAD, self._base)
        if self._exact:
            return self._start if self._have(self._start + 1, self._base) else None
        scan = self._start
        if scan == 0:
            after_bom = self._data.removeprefix(BOM)
            scan = self._top = len(self._data) - len(after_bom.lstrip(b"\r\n"))
            if self._separator_end(scan) >= 0:
                return scan
        begin = scan
        while True:
            found, scan = self._find(scan)
            if found is not None:
                self.junk = found - begin if self._start == 0 else 0
                return found if self._stop is None or found < self._stop else None
            if self._ended or (self._stop is not None and scan >= self._stop):
                return None
            self._grow(max(scan - LOOKBEHIND, self._base))

    # --- one message

    def _usual(self, at: int) -> tuple[Piece, int] | None:
        """What `_message` gives for a message that lies in the window up to a usual separator.

        None for any other one, and for one with a Content-Length.
        """
        data, start = self._data, at - self._base
        line_end = data.find(b"\n", start) + 1
        empty = _EMPTY_LINE.search(data, line_end - 1) if line_end else None
        if empty is None:
            return None
        body = empty.end()
        end = data.find(b"\nFrom ", body - 1) + 1
        if (
            not 0 < end < len(data) - LOOKAHEAD
            or not (data[end - 2] == _LF or data[end - 3 : end - 1] == b"\n\r")
            or not _USUAL_SEPARATOR.match(data, end)
            or data.find(b"\nContent-Length", start, body) >= 0
            or data.find(b"\ncontent-length", start, body) >= 0
        ):
            return None
        message = data[line_end:end]
        piece = Piece(at, end - start, data[start:line_end], message, body - line_end, False)
        return piece, end + self._base

    def _message(self, at: int) -> tuple[Piece, int | None]:
        """The message at offset `at`, and the offset of the next one."""
        self._have(at + LOOKAHEAD, at)
        body = self._body_of(at)
        if body is not None:
            end = self._end_by_length(at, body)
            if end is not None:
                more = self._have(end + 1, at)
                return self._piece(at, end, body), end if more else None
        scan = at + 1 if body is None else body
        while True:
            found, scan = self._find(scan)
            if found is not None:
                return self._piece(at, found, body), found
            if self._ended:
                return self._last(at, body), None
            if self._base + len(self._data) - at > limits.MESSAGE_BYTES:
                return self._long_message(at, scan, body)
            self._grow(at)

    def _body_of(self, at: int) -> int | None:
        """Offset of the body of the message at offset `at`; None when its headers do not end."""
        while True:
            line_end = self._data.find(b"\n", at - self._base) + 1
            found = body_start(self._data, line_end) if line_end else -1
            if found >= 0:
                return self._base + found
            if self._ended or self._base + len(self._data) - at > limits.HEADER_BYTES:
                return None
            self._grow(at)

    def _end_by_length(self, at: int, body: int) -> int | None:
        """Where the message ends by its Content-Length, if that lands on a separator or the end."""
        length = self._content_length(at, body)
        if length is None or body + length - at > limits.MESSAGE_BYTES:
            return None
        self.reach = max(self.reach, body + length + LOOKAHEAD)
        self._have(body + length + LOOKAHEAD, at)
        data = self._data
        end = body + length - self._base
        if end > len(data):
            return None
        for _ in range(2):
            if data.startswith(b"\r\n", end):
                end += 2
            elif data.startswith(b"\n", end):
                end += 1
        if end == len(data) and self._ended:
            return self._base + end
        if data[end - 1] == 10 and self._separator_end(end) >= 0:
            return self._base + end
        return None

    def _content_length(self, at: int, body: int) -> int | None:
        data, start, stop = self._data, at - self._base, body - self._base
        for name in (b"\nContent-Length", b"\ncontent-length"):
            found = data.find(name, start, stop)
            match = _CONTENT_LENGTH.match(data, found, stop) if found >= 0 else None
            if match:
                return int(match.group(1))
        return None

    def _piece(self, at: int, end: int, body: int | None, *, is_cut: bool = False) -> Piece:
        """The message between two offsets, all of it in the window."""
        data, start = self._data, at - self._base
        line_end = data.find(b"\n", start) + 1
        message = data[line_end : end - self._base]
        if body is None and len(message) <= limits.HEADER_BYTES:
            index = headers_end(message)
        else:
            index = (
                len(message) if body is None else min(body - self._base - line_end, len(message))
            )
        return Piece(at, end - at, data[start:line_end], message, index, is_cut)

    def _last(self, at: int, body: int | None) -> Piece:
        """The last message of the stream, which may be cut."""
        data = self._data
        end = len(data)
        tail = data.rfind(b"\n") + 1
        if tail < end and self._follows_blank_line(tail) and _CUT_SEPARATOR.match(data, tail):
            end = tail
            self.cut_at = self._base + tail
        piece = self._piece(at, self._base + end, body)
        return piece._replace(is_cut=self.cut_at is None and looks_cut(piece))

    def _long_message(self, at: int, scan: int, body: int | None) -> tuple[Piece, int | None]:
        """A message beyond the limit: its beginning is kept, the rest streamed past."""
        start = self._piece(at, at + limits.KEPT_BYTES, body, is_cut=True)
        while True:
            found, scan = self._find(scan)
            if found is not None or self._ended:
                end = self._base + len(self._data) if found is None else found
                return start._replace(size=end - at), found
            self._grow(scan - LOOKBEHIND)


def looks_cut(piece: Piece) -> bool:
    """Whether the last message of a stream lacks its end.

    Told from headers that do not end, a multipart body without its closing boundary, a body
    shorter than its Content-Length (line ends counted as CRLF, which some programs do), or else a
    last line that is not ended. Only the message itself tells: a range of a file knows no others.
    """
    head, data = piece.data[: piece.body], piece.data
    if not head or not head.endswith((b"\n\n", b"\n\r\n")):
        return True
    boundary = _BOUNDARY.search(head)
    if boundary:
        return b"--" + (boundary.group(1) or boundary.group(2)) + b"--" not in data[piece.body :]
    length = _CONTENT_LENGTH.search(head)
    if length and int(length.group(1)) > len(data) - piece.body + data.count(b"\n", piece.body):
        return True
    return not data.endswith(b"\n")


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an mbox: a separator comes before any mail.

    A file that begins with headers is a single message, whatever it quotes.
    """
    data = head.removeprefix(BOM).lstrip(b"\r\n")
    if data.startswith(b"From "):
        return next(iter(Splitter(BytesIO(data))), None) is not None
    return not looks_like_message(data) and next(iter(Splitter(BytesIO(data))), None) is not None


def looks_like_message(head: bytes) -> bool:
    """Whether these bytes begin with a header block as a message has it.

    At least two headers, one of them well known, up to the first empty line.
    """
    data = head.removeprefix(BOM).lstrip(b"\r\n")
    names = [match.lower() for match in _NAME.findall(data[: 64 << 10].partition(b"\n\n")[0])]
    begins = _NAME.match(data) is not None
    return begins and len(names) > 1 and not _KNOWN_NAMES.isdisjoint(names)


def single(data: bytes, *, is_cut: bool = False) -> Piece:
    """The piece of a message that stands alone (.eml, Maildir), a separator before it taken off.

    Args:
        data: the file, or its beginning.
        is_cut: the file goes on beyond `data`.
    """
    separator = b""
    start = 3 if data.startswith(BOM) else 0
    if data.startswith(b"From ", start):
        end = data.find(b"\n", start) + 1
        separator, start = data[start:end], end
    message = data[start:]
    body = body_start(message)
    if body < 0:
        body = headers_end(message) if len(message) <= limits.HEADER_BYTES else len(message)
    return Piece(0, len(data), separator, message, body, is_cut)
