"""Sources: one file per export format. A new source is one new module in this package.

A source module has

- `NAME: str`, the kind that stands in `messages.source`;
- `ORDER: int`, where two formats nest (a Takeout zip is a zip): the lower is asked first;
- `recognise(path) -> bool`, by content, quick, never by name;
- `units(path) -> Iterator[Unit]`, the pieces that workers read independently;
- `read(unit) -> Iterator[Record]`, bad records as `Skipped` values; it raises `UserError` only
  when the whole file cannot be read. A unit that is a byte range of a file ends with its `Span`.

Paths are `storage.Location`s: files and folders, or an object of a store, which opens and tells its
size as a file does. `storage.at(unit.path)` is a unit's.

The `source_path` of a record begins with the unit's path: a member of an archive follows after
`!`, a file of a folder after `/`.

Modules whose name starts with `_` are shared helpers.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from netaudit.model import Record, Unit
from netaudit.storage import Location


class Source(Protocol):
    """What a source module offers."""

    NAME: str
    ORDER: int

    def recognise(self, path: Location) -> bool:
        """Whether the path's content is of this format."""

    def units(self, path: Location) -> Iterator[Unit]:
        """The pieces of the path that can be read independently."""

    def read(self, unit: Unit) -> Iterator[Record]:
        """The records of one piece, in the order of the file."""


@cache
def all_sources() -> tuple[Source, ...]:
    """Every source module of this package, in the order in which they are asked."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")]
    modules = [cast("Source", importlib.import_module(f"{__name__}.{name}")) for name in names]
    return tuple(sorted(modules, key=lambda source: (source.ORDER, source.NAME)))


def by_name(name: str) -> Source:
    """The source of a unit or an archive entry."""
    return next(source for source in all_sources() if name == source.NAME)


def recognise(path: Location) -> Source | None:
    """The source that claims the path, or None."""
    return next((source for source in all_sources() if source.recognise(path)), None)
