"""A part written anew, with some of its tables replaced: parts themselves never change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from netaudit.archive import parts
from netaudit.archive.files import Folder
from netaudit.archive.manifest import Part
from netaudit.errors import UserError
from netaudit.model import STORED

if TYPE_CHECKING:
    import pyarrow as pa


def table(folder: Folder, name: str, part: Part) -> pa.Table:
    """All columns of one file of a part, `parts.RECORD` too; no rows where there is no file.

    Raises:
        UserError: the file is missing or damaged.
    """
    form = parts.schema(name)
    if not part.rows.get(name):
        return form.empty_table()
    return parts.read(folder, name, part, form.names).cast(form)


def replaced(folder: Folder, part: Part, tables: Mapping[str, pa.Table]) -> Part:
    """A copy of a part in which some tables are others.

    Args:
        folder: the archive's.
        part: the part; its files stay.
        tables: by name, as `parts.schema` has them; one without rows takes the file out.

    Returns:
        The new part, written durably.

    Raises:
        UserError: a file of the part is missing.
        OSError: it cannot be written.
    """
    kept = {name for name in part.rows if name in STORED} - tables.keys()
    data: dict[str, bytes | memoryview] = {name: _bytes(folder, name, part) for name in kept}
    data |= {name: parts.as_parquet(name, each) for name, each in tables.items() if len(each)}
    rows = {name: part.rows[name] for name in kept}
    rows |= {name: len(each) for name, each in tables.items() if len(each)}
    return parts.put(folder, part.records, data, rows, part.forgotten)


def text_bytes(folder: Folder, part: Part) -> int:
    """Bytes of the new texts that a part keeps, about."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    if not part.rows.get("texts"):
        return 0
    try:
        found = pq.read_metadata(folder.path / "texts" / f"{part.name}.parquet")
    except (OSError, ValueError):
        return 0
    return sum(found.row_group(i).total_byte_size for i in range(found.num_row_groups))


def _bytes(folder: Folder, name: str, part: Part) -> bytes:
    path = folder.path / name / f"{part.name}.parquet"
    try:
        return path.read_bytes()
    except OSError:
        raise UserError(
            f"{path}: cannot be read; ingest its export again, or take it out with `netaudit drop`"
        ) from None
