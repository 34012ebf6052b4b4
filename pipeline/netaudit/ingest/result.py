"""What an ingest did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """What happened to a source."""

    READ = "read"
    GROWN = "read what is new in it"
    UNCHANGED = "already in the archive"
    COPY = "already in the archive under another name"


@dataclass(frozen=True)
class Ingested:
    """One source that is in the archive now.

    Attributes:
        path: absolute path.
        kind: the source module's name.
        id: of the archive's entry.
        state: what happened.
        records: records that were read now, skipped ones among them.
        cut: path and offset of the first messages that are cut or were kept by their headers.
        n_cut: how many there are.
        notes: path and text of the reader's first notes.
        n_notes: how many there are.
        copy_of: the other name, for a copy.
        earlier: ids of earlier contents of this path that are kept, because they hold records
            that the path no longer has.
    """

    path: str
    kind: str
    id: str
    state: State
    records: int = 0
    cut: tuple[tuple[str, int], ...] = ()
    n_cut: int = 0
    notes: tuple[tuple[str, str], ...] = ()
    n_notes: int = 0
    copy_of: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What an ingest did.

    Attributes:
        ingested: the sources that are in the archive now, as they were named.
        failures: one line for each path that could not be read.
        notes: one line for each thing the user may want to know.
    """

    ingested: tuple[Ingested, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...]
