"""What one worker does with one unit: read it, read its text, write its parts."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from netaudit import ical, sources, text
from netaudit.archive import Part, PartWriter, Reader
from netaudit.archive.files import Folder, explain
from netaudit.archive.forgotten import Forgotten
from netaudit.errors import UserError
from netaudit.ingest import lean
from netaudit.mail import parse
from netaudit.model import STORED, Message, Record, Row, Skipped, Span, Unit
from netaudit.settings import Ingest

VERSION = 3
"""Raised when the same bytes give other records than before."""
FAILED = "the reader failed"
PART_BYTES = 24 << 20
"""About so much memory is gathered before a part is written."""
TOLD_CUT = 3
"""Cut messages whose place is told."""
TOLD_NOTES = 10
"""Notes of the readers that are told."""

lean.spare_pandas()

live: Callable[[int, int], None] | None = None
"""Told bytes and messages as they are read, where a pool has set it."""
at_body: Callable[[int], None] | None = None
"""Told the number of each body of a unit before it is read carefully, where a pool has set it."""
BODY_SECONDS = 30
"""Processor time that one message's body may take; it takes milliseconds."""
bounded = False
"""Whether a body that takes longer ends the process, so that it is left out; set by a pool."""
_TOLD_EVERY = 200
TOGETHER = 256
"""Messages whose texts are read together, which takes three fifths of the time of one by one."""
TOGETHER_CHARS = 1 << 20
"""Characters of bodies at which fewer messages are enough."""


def reader(settings: Ingest) -> Reader:
    """How this program reads with these settings."""
    columns = repr([(table.name, table.names) for table in STORED.values()])
    form = hashlib.sha256(columns.encode()).hexdigest()[:8]
    reads, keeps = settings.read_text, settings.read_text and settings.keep_text
    return Reader(f"{VERSION}.{text.VERSION}.{form}", reads, keeps)


@dataclass(frozen=True)
class Task:
    """One unit, and all that a worker needs to know.

    Attributes:
        folder: the archive's.
        root: the source's path.
        unit: what to read.
        reader: how.
        forgotten: whose records are left out.
    """

    folder: Path
    root: str
    unit: Unit
    reader: Reader
    forgotten: Forgotten | None = None

    @property
    def name(self) -> str:
        """The file that is read."""
        return self.unit.path


@dataclass(frozen=True)
class Outcome:
    """What became of a unit.

    Attributes:
        unit: the unit.
        parts: written, in order.
        span: what a byte range really covered, None for other units.
        records: records, skipped ones among them.
        cut: path and offset of the first messages that are cut or were kept by their headers.
        n_cut: how many there are.
        notes: path and text of the reader's first notes.
        n_notes: how many there are.
    """

    unit: Unit
    parts: tuple[Part, ...]
    span: Span | None
    records: int
    cut: tuple[tuple[str, int], ...]
    n_cut: int
    notes: tuple[tuple[str, str], ...]
    n_notes: int


def _begin_body() -> bool:
    """Have the system end this process when the body takes too long, in whatever library."""
    if bounded and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, BODY_SECONDS)
    return True


def _end_body() -> None:
    if bounded and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


def read_unit(task: Task) -> Outcome:
    """Read a unit and write its parts.

    Raises:
        UserError: the whole file cannot be read.
        StorageError: the archive cannot be written.
    """
    parse.watcher = _begin_body
    try:
        return _Reading(task).run()
    except OSError as error:
        raise explain(error, task.folder) from None
    finally:
        _end_body()
        parse.watcher = None


def read_carefully(task: Task, fatal: frozenset[int], *, bodies: bool = True) -> Outcome:
    """Read a unit that brought a worker down; `at_body` is told of each body before it is read.

    Args:
        task: the unit.
        fatal: bodies, counted from 1 in the unit's order, that are not read.
        bodies: False leaves all of them out.
    """
    count = 0

    def watch() -> bool:
        nonlocal count
        count += 1
        if at_body is not None:
            at_body(count)
        return bodies and count not in fatal and _begin_body()

    parse.watcher = watch
    try:
        reading = _Reading(task, lambda: count in fatal, together=1)
        if not bodies:
            reading.note(f"more than {len(fatal):,} messages crash the reader; no text is read")
        return reading.run()
    except OSError as error:
        raise explain(error, task.folder) from None
    finally:
        _end_body()
        parse.watcher = None


class _Reading:
    """The state of reading one unit."""

    def __init__(
        self,
        task: Task,
        is_fatal: Callable[[], bool] = lambda: False,
        together: int = TOGETHER,
    ) -> None:
        self._is_fatal = is_fatal
        self._together = together
        self._waiting: list[Message] = []
        self._waiting_chars = 0
        self._task = task
        self._writer = PartWriter(Folder(task.folder), task.root, task.forgotten)
        self._span: Span | None = None
        self._weight = 0
        self._records = 0
        self._cut: list[tuple[str, int]] = []
        self._n_cut = 0
        self._notes: list[tuple[str, str]] = []
        self._n_notes = 0
        self._at = task.unit.start
        self._untold = [0, 0]

    def run(self) -> Outcome:
        for record in self._source():
            if isinstance(record, Message):
                self._message(record)
                continue
            self._read_waiting()
            if isinstance(record, Row):
                self._row(record)
            elif isinstance(record, Skipped):
                self._writer.skipped(record)
                self._records += 1
            else:
                self._span = record
        self._read_waiting()
        self._writer.flush()
        self._tell()
        return Outcome(
            self._task.unit,
            tuple(self._writer.parts),
            self._span,
            self._records,
            tuple(self._cut),
            self._n_cut,
            tuple(self._notes),
            self._n_notes,
        )

    def _source(self) -> Iterator[Record]:
        """The unit's records; a reader that fails is a record too, and names no content."""
        unit = self._task.unit
        try:
            yield from sources.by_name(unit.source).read(unit)
        except UserError:
            raise
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise UserError(f"{unit.path}: cannot be read ({reason})") from None
        except Exception as error:
            path = unit.path if unit.member is None else f"{unit.path}!{unit.member}"
            yield Skipped(path, self._at, f"{FAILED} ({type(error).__name__})")

    def note(self, text: str) -> None:
        """Say something of the unit as a whole."""
        self._note(Row("notes", (self._task.unit.path, text)))

    def _message(self, message: Message) -> None:
        self._at = message.source_offset
        if self._is_fatal():
            note = "made the reading process crash or hang; it is kept by its headers"
            self._note_at(message, f"the {{place}} {note}")
        _end_body()
        self._waiting.append(message)
        self._waiting_chars += len(message.body or "") + sum(map(len, message.calendars))
        if len(self._waiting) >= self._together or self._waiting_chars >= TOGETHER_CHARS:
            self._read_waiting()

    def _read_waiting(self) -> None:
        """Read the texts of the messages that wait for it, and write them in their order."""
        messages, self._waiting, self._waiting_chars = self._waiting, [], 0
        if not messages:
            return
        for message, reading in zip(messages, self._read_texts(messages), strict=True):
            self._keep(message, reading)

    def _read_texts(self, messages: list[Message]) -> Iterator[text.Reading | None]:
        """The reading of each message, None for what has no text or none that can be read."""
        if not self._task.reader.read_text:
            return repeat(None, len(messages))
        bodies = [
            text.Message(each.body, each.subject, each.from_name, each.from_address)
            for each in messages
            if each.body is not None
        ]
        _begin_body()
        try:
            found = iter(text.read_many(bodies))
        except Exception:  # one of them cannot be read; which one?
            return map(self._read_alone, messages)
        finally:
            _end_body()
        return (None if each.body is None else next(found) for each in messages)

    def _read_alone(self, message: Message) -> text.Reading | None:
        if message.body is None:
            return None
        _begin_body()
        try:
            return text.read(
                message.body,
                message.subject,
                sender_name=message.from_name,
                sender_address=message.from_address,
            )
        except Exception as error:
            self._failed(message, "text", error)
            return None
        finally:
            _end_body()

    def _keep(self, message: Message, reading: text.Reading | None) -> None:
        if reading is not None:
            message = message._replace(words=reading.words, language=reading.language)
        events = self._events(message)
        self._writer.message(message)
        # What belongs to the message follows it at once; events are records of their own.
        if reading is not None:
            self._texts(message.key, reading.text, reading.signals, reading.traits)
        for row in events:
            self._writer.row(row)
        self._count(message)

    def _events(self, message: Message) -> list[Row]:
        if not message.calendars and ":" not in message.subject:
            return []
        _begin_body()
        try:
            return list(ical.events_of_message(message))
        except Exception as error:
            self._failed(message, "calendar part", error)
            return []
        finally:
            _end_body()

    def _failed(self, message: Message, what: str, error: Exception) -> None:
        kind = type(error).__name__
        self._note_at(message, f"the {what} of the {{place}} could not be read ({kind})")

    def _note_at(self, message: Message, note: str) -> None:
        place = f"message at byte {message.source_offset:,}"
        self._note(Row("notes", (message.source_path, note.format(place=place))))

    def _note(self, row: Row) -> None:
        self._writer.row(row)
        self._n_notes += 1
        if len(self._notes) < TOLD_NOTES:
            path, note = row.values
            self._notes.append((str(path), str(note)))

    def _count(self, message: Message) -> None:
        if message.is_truncated:
            self._n_cut += 1
            if len(self._cut) < TOLD_CUT:
                self._cut.append((message.source_path, message.source_offset))
        self._records += 1
        self._weight += 1000 + 100 * len(message.recipients)
        self._untold[0] += message.size_bytes
        self._untold[1] += 1
        if self._untold[1] >= _TOLD_EVERY or self._untold[0] >= 1 << 20:
            self._tell()
        self._flush_if_full()

    def _row(self, row: Row) -> None:
        if row.table == "notes":
            self._note(row)
            return
        self._writer.row(row)
        if row.table == "attendees":
            return
        self._records += 1
        if row.table == "posts" and self._task.reader.read_text:
            self._post(dict(zip(STORED["posts"].names, row.values, strict=True)))
        self._weight += 1000
        self._flush_if_full()

    def _post(self, post: dict[str, object]) -> None:
        words = post["text"]
        if isinstance(words, str) and words:
            found = text.signals(words)
            self._texts(str(post["key"]), words, found.acts, found.traits)

    def _texts(
        self,
        key: str,
        new_text: str,
        signals: Sequence[text.Act],
        traits: text.Traits | None,
    ) -> None:
        add = self._writer.belonging
        if self._task.reader.keep_text and new_text:
            add(Row("texts", (key, new_text)))
            self._weight += len(new_text)
        for act in signals:
            add(Row("signals", (key, *act)))
        if traits is not None:
            add(Row("traits", (key, *traits)))

    def _flush_if_full(self) -> None:
        if self._weight >= PART_BYTES:
            self._writer.flush()
            self._weight = 0

    def _tell(self) -> None:
        if live is not None:
            live(*self._untold)
        self._untold = [0, 0]
