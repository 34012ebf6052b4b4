"""Byte ranges put together to what reading the file from its start would give.

A range guesses where its first message begins. The guess is right when the range before it ended
exactly there; else the range is read again from there.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from netaudit.archive import Piece
from netaudit.ingest.worker import Outcome
from netaudit.model import Unit


@dataclass
class Chain:
    """The units of one source in order, and what became of them so far.

    Attributes:
        root: the source's path.
        units: all units.
        known: unit's place -> its piece, taken over from an earlier ingest.
    """

    root: str
    units: list[Unit]
    known: dict[int, Piece]
    pieces: list[Piece] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    _waiting: dict[int, Outcome] = field(default_factory=dict)
    _expected: tuple[str, str | None, int] | None = None

    def add(self, i: int, outcome: Outcome) -> tuple[int, Unit] | None:
        """Take the outcome of unit number i.

        Returns:
            The place and the unit to read again, when a guess proved wrong.
        """
        self._waiting[i] = outcome
        return self.advance()

    def advance(self) -> tuple[int, Unit] | None:
        """Go on along the units whose outcome is there; see `add`."""
        while len(self.pieces) < len(self.units):
            i = len(self.pieces)
            if i in self.known:
                piece, outcome = self.known[i], None
            elif i in self._waiting:
                outcome = self._waiting[i]
                piece = _piece(self.root, self.units[i], outcome)
            else:
                return None
            again = self._misfit(self.units[i], piece, outcome)
            if again is not None:
                self.known.pop(i, None)
                self._waiting.pop(i, None)
                return i, again
            self._accept(i, piece, outcome)
        return None

    def _misfit(self, unit: Unit, piece: Piece, outcome: Outcome | None) -> Unit | None:
        start = self._start_of(unit)
        if start is None or piece.first is None or piece.first == start or _ends(unit, start):
            return None
        if outcome is not None and outcome.unit.exact:
            return None
        return dataclasses.replace(unit, start=start, exact=True)

    def _start_of(self, unit: Unit) -> int | None:
        """Where the unit's first message begins by the units before it, None if they don't say."""
        if self._expected is None or self._expected[:2] != (unit.path, unit.member):
            return None
        return self._expected[2]

    def _accept(self, i: int, piece: Piece, outcome: Outcome | None) -> None:
        unit = self.units[i]
        start = self._start_of(unit)
        if start is not None and _ends(unit, start):
            # A message of an earlier range goes on beyond this one: nothing begins here.
            piece = dataclasses.replace(piece, first=start, end=start, parts=())
            outcome = None
        self._waiting.pop(i, None)
        self.pieces.append(piece)
        if outcome is not None:
            self.outcomes.append(outcome)
        self._expected = None if piece.end is None else (unit.path, unit.member, piece.end)


def _ends(unit: Unit, start: int) -> bool:
    return unit.stop is not None and start >= unit.stop


def _piece(root: str, unit: Unit, outcome: Outcome) -> Piece:
    first, end, reach = outcome.span or (None, None, None)
    if end is not None and reach is not None:
        reach = max(end, reach)
    place = (unit.path[len(root) :], unit.member, unit.context, unit.start, unit.stop)
    return Piece(*place, first, end, reach, outcome.parts)
