r"""Text -> header and rows of one CSV file, whatever program saved it last.

The header is found by content below any preamble; delimiter, byte order mark, charset and line
ends are told from the file. A row is one row of RFC 4180, or of LinkedIn's `\"` dialect; a quote
that is never closed costs the line it stands on and not the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from netaudit.linkedin import dates, kinds
from netaudit.linkedin.kinds import Kind

MAX_ROW_CHARS = 16 << 20
MAX_ROW_LINES = 50_000
MAX_PREAMBLE_LINES = 30
DELIMITERS = (",", ";", "\t", "|")

_FALLBACK = "netaudit.cp1252"
_ESCAPED_QUOTE = re.compile(r'\\"')


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data = error.object[error.start : error.end]
    return data.decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_cp1252)


class Table(NamedTuple):
    """The head of a file: its kind, delimiter and columns (canonical names, empty ones too)."""

    kind: Kind
    delimiter: str
    columns: tuple[str, ...]


class Cells(NamedTuple):
    """One row: its number (the first below the header is 1) and its cells by column."""

    number: int
    values: dict[str, str]


class Unread(NamedTuple):
    """A row that could not be read, or a stretch of lines that holds no row."""

    number: int
    reason: str


def text_of(stream: io.RawIOBase | io.BytesIO) -> io.TextIOWrapper:
    """The stream as text: UTF-8, UTF-16 with or without a mark; stray bytes as Windows-1252."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), 1 << 16)
    head = buffered.peek(64)[:64]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    elif head[1:2] == b"\0":
        charset = "utf-16-le"
    elif head[:1] == b"\0" and head[1:2] != b"\0":
        charset = "utf-16-be"
    else:
        charset = "utf-8-sig"
    errors = _FALLBACK if charset == "utf-8-sig" else "replace"
    return io.TextIOWrapper(buffered, encoding=charset, errors=errors, newline="")


class Lines:
    """Physical lines with their ends, that can be handed back; a line is cut at the limit."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._back: deque[str] = deque()

    def take(self) -> str | None:
        """The next line, None at the end."""
        if self._back:
            return self._back.popleft()
        line = self._text.readline(MAX_ROW_CHARS)
        return line.replace("\0", "") if line else None

    def back(self, lines: list[str]) -> None:
        """Hand lines back, to be taken again in this order."""
        self._back.extendleft(reversed(lines))


def head(lines: Lines) -> Table | None:
    """The header, with everything above it taken; None where there is none."""
    for _ in range(MAX_PREAMBLE_LINES):
        line = lines.take()
        if line is None:
            return None
        found = _header(line)
        if found:
            return found
    return None


def _header(line: str) -> Table | None:
    if len(line) > 20_000:
        return None
    for delimiter in DELIMITERS:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        kind = kinds.of_header(cells)
        if kind:
            return Table(kind, delimiter, tuple(kinds.column(cell) for cell in cells))
    return None


def rows(lines: Lines, table: Table) -> Iterator[Cells | Unread]:
    """The rows below the header; blank lines are none."""
    reader = _Reader(lines, table)
    number, torn = 0, False
    while (line := lines.take()) is not None:
        if not line.strip():
            continue
        cells, reason = reader.row(line)
        if cells is None and torn and reason in (TORN, EMPTY):
            continue  # the rest of a torn row: told once
        number += 1
        torn = cells is None and reason == TORN
        yield Unread(number, reason) if cells is None else Cells(number, cells)


TORN = "torn row"
RAGGED = "row with more cells than columns"
EMPTY = "empty row"
TOO_LONG = "row beyond the size limit"


class _Attempt(NamedTuple):
    cells: list[str]
    used: list[str]
    is_closed: bool


class _Reader:
    def __init__(self, lines: Lines, table: Table) -> None:
        self._lines = lines
        self._table = table
        self._width = len(table.columns)
        places = [table.columns.index(name) for name in table.kind.needs]
        self._least = max(places) + 1
        pieces = table.kind.pieces
        last = table.columns.index(pieces) if pieces else -1
        self._pieces = last if last < self._width - 1 else -1
        date = table.kind.date
        self._date = table.columns.index(date) if date in table.columns else -1
        self._ways: tuple[Callable[[str], str], ...] = (
            (_unescaped, str) if table.kind.escapes else (str, _unescaped)
        )

    def row(self, first: str) -> tuple[dict[str, str] | None, str]:
        """The row that begins with a line, or the reason why there is none."""
        if len(first) >= MAX_ROW_CHARS:
            self._skip_rest_of_line(first)
            return None, TOO_LONG
        attempt = self._attempt(first, self._ways[0])
        if self._is_torn(attempt):
            self._lines.back(attempt.used[1:])
            attempt = self._attempt(first, self._ways[1])
        if self._is_torn(attempt):
            self._lines.back(attempt.used[1:])
            return None, TORN
        return self._values(self._with_pieces(attempt.cells))

    def _with_pieces(self, cells: list[str]) -> list[str]:
        """The row with the further lines of a text of which each line is a quoted piece."""
        if len(cells) != self._pieces + 1:
            return cells
        while len(cells) == self._pieces + 1 and (line := self._lines.take()) is not None:
            more = self._attempt(line, self._ways[0])
            is_piece = line.startswith('"') and more.is_closed and len(more.cells) > 0
            if not is_piece or self._is_row(line) or dates.moment(more.cells[0]):
                self._lines.back(more.used)
                break
            cells = [*cells[:-1], f"{cells[-1]}\n{more.cells[0]}", *more.cells[1:]]
        return cells

    def _skip_rest_of_line(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._lines.take() or ""

    def _attempt(self, first: str, way: Callable[[str], str]) -> _Attempt:
        used = [first]
        is_closed = True

        def feed() -> Iterator[str]:
            nonlocal is_closed
            yield way(first)
            left = MAX_ROW_CHARS - len(first)
            while left > 0 and len(used) < MAX_ROW_LINES:
                line = self._lines.take()
                if line is None:
                    break
                used.append(line)
                left -= len(line)
                yield way(line)
            is_closed = False  # asked for more than there is: a quote stands open

        csv.field_size_limit(2 * MAX_ROW_CHARS)
        try:
            cells = next(csv.reader(feed(), delimiter=self._table.delimiter), [])
        except csv.Error:
            cells, is_closed = [], False
        return _Attempt(cells, used, is_closed)

    def _is_torn(self, attempt: _Attempt) -> bool:
        cells, used, is_closed = attempt
        if not is_closed:
            return True
        if any(cell.strip() for cell in cells) and len(cells) < self._least:
            return True
        if len(used) == 1:
            # A single line of odd width may be one of the other dialect, where that fits better.
            return '\\"' in used[0] and len(cells) > self._width
        return any(cells[self._width :]) or any(self._is_row(line) for line in used[1:])

    def _is_row(self, line: str) -> bool:
        """Whether a line inside a quoted text is a whole row by itself: the quote was stray."""
        if line.count(self._table.delimiter) < self._least - 1 or self._date < 0:
            return False
        if line.count('"') % 2:  # the last line of a text, with the quote that closes it
            return False
        cells = next(csv.reader([line], delimiter=self._table.delimiter), [])
        if not max(self._least, self._date + 1) <= len(cells) <= self._width:
            return False
        return dates.moment(cells[self._date]) is not None

    def _values(self, cells: list[str]) -> tuple[dict[str, str] | None, str]:
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            return None, EMPTY
        if any(cells[self._width :]):
            if self._table.kind.name != "Comments":
                return None, RAGGED
            last = self._width - 1  # an unquoted comma in the last column's text
            cells = [*cells[:last], self._table.delimiter.join(cells[last:])]
        values: dict[str, str] = {}
        for name, cell in zip(self._table.columns, cells, strict=False):
            if name and not values.get(name):
                values[name] = cell
        return values, ""


def _unescaped(line: str) -> str:
    return _ESCAPED_QUOTE.sub('""', line)
