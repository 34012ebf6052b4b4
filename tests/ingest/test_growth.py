"""Work grows with the size of a mailbox and no faster: counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.build import mbox, message

from netaudit import ingest
from netaudit.archive import Store, files
from netaudit.mail import parse, split
from netaudit.settings import Ingest, Settings
from netaudit.sources import mbox as source

UNIT_BYTES = 16_384
BLOCK = 512
BEYOND = 8 * BLOCK
"""A range reads on to the end of its last message, by blocks."""
WITHOUT_TEXT = Settings(ingest=Ingest(read_text=False))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Bytes handed to the splitter, and messages handed to the parser by their offset."""
    counts: Counter[str] = Counter()
    monkeypatch.setattr(source, "UNIT_BYTES", UNIT_BYTES)
    monkeypatch.setattr(split, "BLOCK", BLOCK)
    monkeypatch.setattr(files.os, "fsync", lambda _: None)
    plain: Callable[..., Any] = parse.read

    class Counting:
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def read(self, size: int, /) -> bytes:
            data: bytes = self._stream.read(size)
            counts["bytes"] += len(data)
            return data

    class CountingSplitter(split.Splitter):
        def __init__(self, stream: Any, *args: Any, **more: Any) -> None:
            super().__init__(Counting(stream), *args, **more)

    def read(piece: split.Piece, place: parse.Place) -> Any:
        counts["messages"] += 1
        return plain(piece, place)

    monkeypatch.setattr(source, "Splitter", CountingSplitter)
    monkeypatch.setattr(parse, "read", read)
    return counts


def _ingest(path: Path, out: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        ingest.run([path], Store(out / "archive"), WITHOUT_TEXT, executor)


def _mail(first: int, count: int) -> bytes:
    return mbox([message("Hello\n" * 80, Subject=f"No {n}") for n in range(first, first + count)])


@pytest.mark.parametrize("count", [100, 400])
def test_every_byte_is_read_and_every_message_parsed_once(
    count: int, counted: Counter[str], tmp_path: Path
) -> None:
    path = tmp_path / "box.mbox"
    path.write_bytes(_mail(0, count))
    _ingest(path, tmp_path / "out")
    assert counted["messages"] == count
    size = path.stat().st_size
    units = size // UNIT_BYTES + 1
    assert size <= counted["bytes"] <= size + units * BEYOND


def test_of_a_mailbox_that_grew_only_the_end_is_read(
    counted: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.fingerprint, "CHUNK_BYTES", UNIT_BYTES)
    monkeypatch.setattr(ingest.reuse, "MARGIN_BYTES", BLOCK)
    path = tmp_path / "box.mbox"
    path.write_bytes(_mail(0, 400))
    _ingest(path, tmp_path / "out")
    counted.clear()
    with path.open("ab") as file:
        file.write(_mail(400, 20))
    _ingest(path, tmp_path / "out")
    grown = 20 * path.stat().st_size // 420
    assert 20 <= counted["messages"] <= 20 + 3 * UNIT_BYTES * 420 // path.stat().st_size
    assert counted["bytes"] <= grown + 3 * UNIT_BYTES
    counted.clear()
    _ingest(path, tmp_path / "out")
    assert not counted
