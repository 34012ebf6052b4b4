"""What the archive has already of an export that grew or changed."""

from __future__ import annotations

from collections.abc import Sequence

from netaudit.archive import Entry, Piece, Writing
from netaudit.archive.parts import holds_all
from netaudit.ingest import fingerprint
from netaudit.ingest.fingerprint import Content
from netaudit.model import Unit
from netaudit.storage import Location

MARGIN_BYTES = 1 << 16
"""Bytes after a range's end that may have decided where it ended."""


def pieces(
    path: Location, content: Content, units: Sequence[Unit], known: Sequence[Entry]
) -> dict[int, Piece]:
    """The units that need not be read, because an earlier file began with the same bytes.

    Args:
        path: the file.
        content: what it holds.
        units: its units.
        known: sources in the archive that were read in the same way.

    Returns:
        Place in `units` -> the piece to take over.
    """
    best: dict[int, Piece] = {}
    for entry in known:
        found = {piece.place: piece for piece in _same(path, content, entry)}
        places = {i: _place(str(path), unit) for i, unit in enumerate(units)}
        best = max(best, {i: found[p] for i, p in places.items() if p in found}, key=len)
    return best


def _place(root: str, unit: Unit) -> tuple[str, str | None, str, int, int | None]:
    return (unit.path[len(root) :], unit.member, unit.context, unit.start, unit.stop)


def _same(path: Location, content: Content, entry: Entry) -> Sequence[Piece]:
    """The pieces of an entry that hold for the content too."""
    if entry.digest == content.digest:
        return entry.pieces
    if not entry.chunks or not content.chunks:
        return ()
    same = fingerprint.same_bytes(path, content, entry.size, entry.chunks)
    return [
        piece
        for piece in entry.pieces
        if piece.stop is not None and piece.reach is not None and piece.reach + MARGIN_BYTES <= same
    ]


def superseded(writing: Writing, path: Location, content: Content, old: Entry, new: Entry) -> bool:
    """Whether an earlier content of a path says nothing that the new one does not.

    True for the same bytes read anew and for a file that grew at its end (a cut last message is
    whole now), else when all its records are in the new one.

    Args:
        writing: the archive.
        path: the file.
        content: what it holds now.
        old: the earlier source at the path.
        new: the source at the path now, its parts written.
    """
    if old.digest == content.digest:
        return True
    if old.chunks and old.size <= content.size:
        same = fingerprint.same_bytes(path, content, old.size, old.chunks)
        if same == old.size:
            return True
    return writing.is_whole(old) and holds_all(writing.folder, old.parts, new.parts)
