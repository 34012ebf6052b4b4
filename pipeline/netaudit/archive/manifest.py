"""What the archive holds: the manifest, which alone says which parts count."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from netaudit.archive.files import Folder, explain
from netaudit.archive.forgotten import Forgotten
from netaudit.errors import UserError
from netaudit.model import STORED

NAME = "manifest.json"
VERSION = 1
"""Version of the archive's form; raised when older programs would misread it."""


@dataclass(frozen=True)
class Reader:
    """How a source was read; another way of reading means reading it again.

    Attributes:
        version: of the program's reading parts, see `ingest.worker.reader`.
        read_text: whether the text of people's messages was read for signals.
        keep_text: whether their new text was kept.
    """

    version: str
    read_text: bool
    keep_text: bool


@dataclass(frozen=True)
class Part:
    """One immutable set of Parquet files, one file for each table that has rows.

    Attributes:
        name: digest of the files' content.
        records: records numbered in it; see `parts.RECORD`.
        rows: table -> rows.
        forgotten: records of forgotten people, which were left out.
    """

    name: str
    records: int
    rows: Mapping[str, int]
    forgotten: int = 0


@dataclass(frozen=True)
class Piece:
    """What one unit of a source became.

    Attributes:
        below: the unit's path below the source's; empty for the source itself.
        member: the archive's member, or None.
        context: what else the records depend on, see `model.Unit`.
        start: the unit's first byte.
        stop: the first byte of the next unit; None for the end.
        first: where its first message really begins; None for units without a span.
        end: where the first message after it begins, or the end of the file.
        reach: the bytes up to here decided what it is.
        parts: in the order of the source.
    """

    below: str
    member: str | None
    context: str
    start: int
    stop: int | None
    first: int | None
    end: int | None
    reach: int | None
    parts: tuple[Part, ...]

    @property
    def place(self) -> tuple[str, str | None, str, int, int | None]:
        """Which unit it was made of."""
        return (self.below, self.member, self.context, self.start, self.stop)


@dataclass(frozen=True)
class Entry:
    """One source that was ingested.

    Attributes:
        kind: name of the source module.
        path: absolute path, as the user named it.
        size: bytes.
        digest: of the whole content.
        chunks: SHA-256 of each chunk of the file; empty for folders.
        reader: how it was read.
        pieces: what its units became.
    """

    kind: str
    path: str
    size: int
    digest: str
    chunks: tuple[str, ...]
    reader: Reader
    pieces: tuple[Piece, ...]

    @property
    def id(self) -> str:
        """Eight characters that name this content at this path."""
        return hashlib.sha256(self.digest.encode() + os.fsencode(self.path)).hexdigest()[:8]

    @property
    def parts(self) -> list[Part]:
        """All parts in the order of the source."""
        return [part for piece in self.pieces for part in piece.parts]

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands among the sources, whichever came first: file name, path, content."""
        return (PurePath(self.path).name, self.path, self.digest)


@dataclass(frozen=True)
class Manifest:
    """The archive's content at one moment.

    Attributes:
        sources: in their fixed order.
        me: the owner's addresses as the user gave them.
        forgotten: whom it forgets, as hashes.
    """

    sources: tuple[Entry, ...] = ()
    me: tuple[str, ...] = ()
    forgotten: Forgotten = field(default_factory=Forgotten)
    version: int = field(default=VERSION)

    def having(
        self, *, sources: Iterable[Entry] | None = None, me: tuple[str, ...] | None = None
    ) -> Manifest:
        """The manifest with other sources, or with other addresses of the owner."""
        kept = self.sources if sources is None else sources
        return dataclasses.replace(
            self,
            sources=tuple(sorted(kept, key=lambda source: source.order)),
            me=self.me if me is None else me,
        )

    def file_names(self) -> set[str]:
        """`table/part.parquet` of every file that counts."""
        return {
            f"{table}/{part.name}.parquet"
            for entry in self.sources
            for part in entry.parts
            for table in part.rows
        }


def dump(manifest: Manifest) -> bytes:
    """The manifest as JSON, the same bytes for the same content."""
    return json.dumps(dataclasses.asdict(manifest), indent=1, sort_keys=True).encode() + b"\n"


def load(folder: Folder) -> Manifest | None:
    """The folder's manifest, or None where there is none.

    Raises:
        UserError: it cannot be read, is damaged, or is of another version.
    """
    path = folder.path / NAME
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise explain(error, path) from None
    try:
        values = json.loads(text)
        version = values["version"]
        if version == VERSION:
            return _manifest(values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(
            f"{path}: is damaged; put it back from a backup, or ingest into a new --out"
        ) from None
    raise _other_version(path, version)


def _other_version(path: Path, version: object) -> UserError:
    newer = isinstance(version, int) and version > VERSION
    cure = "update netaudit" if newer else "ingest the exports again into a new --out"
    return UserError(
        f"{path.parent}: is an archive of version {version!r}, this program reads {VERSION}: {cure}"
    )


def _manifest(values: Mapping[str, Any]) -> Manifest:
    sources = tuple(_entry(value) for value in values["sources"])
    me = tuple(map(str, values["me"]))
    return Manifest(sources=sources, me=me, forgotten=_forgotten(values.get("forgotten", {})))


def _forgotten(values: Mapping[str, Any]) -> Forgotten:
    lists = {name: tuple(map(str, v)) for name, v in values.items() if isinstance(v, list)}
    return Forgotten(**{**values, **lists})


def _entry(values: Mapping[str, Any]) -> Entry:
    return Entry(
        **{
            **values,
            "chunks": tuple(values["chunks"]),
            "reader": Reader(**values["reader"]),
            "pieces": tuple(_piece(value) for value in values["pieces"]),
        }
    )


def _piece(values: Mapping[str, Any]) -> Piece:
    return Piece(**{**values, "parts": tuple(_part(value) for value in values["parts"])})


def _part(values: Mapping[str, Any]) -> Part:
    forgotten = int(values.get("forgotten", 0))
    part = Part(str(values["name"]), int(values["records"]), dict(values["rows"]), forgotten)
    if not part.name.isalnum() or not part.rows.keys() <= STORED.keys():
        raise ValueError("a part's name is a digest, its tables are known ones")
    return part
