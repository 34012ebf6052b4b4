"""LinkedIn exports: the zip, its unpacked folder, or one of its main tables alone."""

from __future__ import annotations

from collections.abc import Iterator

from netaudit import storage
from netaudit.linkedin.read import is_export, records
from netaudit.model import Record, Unit
from netaudit.storage import Location

NAME = "linkedin"
ORDER = 40


def recognise(path: Location) -> bool:
    """A zip or folder of LinkedIn's tables, by their headers; or a file with a certain one."""
    try:
        return is_export(path)
    except OSError:
        return False


def units(path: Location) -> Iterator[Unit]:
    """One unit: the tables explain each other, and an export is small."""
    yield Unit(NAME, str(path))


def read(unit: Unit) -> Iterator[Record]:
    """Every row: a record or `Skipped`; then notes on what is absent, empty or of no use.

    Raises:
        UserError: the path cannot be read as a whole.
    """
    yield from records(storage.at(unit.path))
