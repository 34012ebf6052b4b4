"""Small archives, written as an ingest writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from netaudit.archive import Entry, PartWriter, Piece, Reader, Store
from netaudit.model import Message, Recipient, Row, Skipped

READER = Reader("1", read_text=True, keep_text=True)
ME = Recipient("to", "me@example.org", "Me")


def message(key: str, path: str, offset: int = 0, **changes: object) -> Message:
    """A message of 1 May 2020 from Ann to me."""
    plain = Message(
        key=key,
        channel="mail",
        message_id=None,
        in_reply_to=None,
        references=None,
        sent_at=datetime(2020, 5, 1, tzinfo=UTC),
        utc_offset_minutes=0,
        from_address="ann@example.org",
        from_name="Ann",
        sender_address=None,
        reply_to=None,
        subject="Hello",
        thread_hint=None,
        labels="",
        box="",
        delivered_to="",
        automated_signs="",
        list_id=None,
        n_recipients=1,
        hidden_recipients=False,
        words=-1,
        language=None,
        size_bytes=100,
        has_attachment=False,
        is_truncated=False,
        source="mbox",
        source_path=path,
        source_offset=offset,
        recipients=(ME,),
    )
    return plain._replace(**changes)


def write(
    store: Store,
    path: str,
    records: Iterable[Message | Row | Skipped | Sequence[Row]],
    part_of: int = 1000,
) -> Entry:
    """Put a source into the archive; a list of rows belongs to the record before it."""
    with store.writing() as writing:
        writer = PartWriter(writing.folder, path)
        for record in records:
            if isinstance(record, Message):
                if writer.records >= part_of:
                    writer.flush()
                writer.message(record)
            elif isinstance(record, Skipped):
                writer.skipped(record)
            elif isinstance(record, Row):
                writer.row(record)
            else:
                for row in record:
                    writer.belonging(row)
        writer.flush()
        parts = tuple(writer.parts)
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()
        piece = Piece("", None, "", 0, None, None, None, None, parts)
        entry = Entry("mbox", path, 1, digest, (), READER, (piece,))
        writing.commit(writing.manifest.having(sources=[*writing.manifest.sources, entry]))
    return entry


def archive(
    out: Path, sources: Mapping[str, Sequence[Message | Row | Skipped | Sequence[Row]]]
) -> Store:
    """An archive of several sources, ingested in the order given."""
    store = Store(out / "archive")
    for path, records in sources.items():
        write(store, path, records)
    return store
