"""The progress bar of an ingest: bytes, messages, rate, time left; on standard error."""

from __future__ import annotations

from pathlib import PurePath
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from netaudit.cli._terminal import harmless


class Readers(Protocol):
    """Whoever reads, and tells how far it is."""

    @property
    def bytes_read(self) -> int:
        """Bytes of messages read."""

    @property
    def messages_read(self) -> int:
        """Messages read."""


class Bar:
    """Shows what has been read; silent where standard error is no terminal."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TextColumn("{task.fields[messages]:,} messages"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("", start=False, visible=False, messages=0)
        self._before = (0, 0)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def begin(self, path: str, total_bytes: int | None) -> None:
        """Start anew for a source."""
        self._before = (self._readers.bytes_read, self._readers.messages_read)
        name = Text(harmless(PurePath(path).name)).plain
        self._progress.reset(
            self._task, total=total_bytes, description=name, visible=True, messages=0
        )

    def tick(self) -> None:
        """Show how far the workers are."""
        done = self._readers.bytes_read - self._before[0]
        messages = self._readers.messages_read - self._before[1]
        self._progress.update(self._task, completed=done, messages=messages)

    def end(self) -> None:
        """Take the bar away."""
        self._progress.update(self._task, visible=False)
