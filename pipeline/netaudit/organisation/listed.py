"""CSV files that the user writes: the rows of a table with the columns that it must have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from netaudit.errors import UsageError


def rows(text: str, name: str, columns: tuple[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its place.

    Args:
        text: the file's content.
        name: the file's, for errors.
        columns: what the first line must name, in any order and case, among others.

    Yields:
        the place (`FILE, line N`), and the row's cells by column (lower case), stripped; cells
        that are missing are empty.

    Raises:
        UsageError: a column is missing.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    heads = [column.strip().lower() for column in reader.fieldnames or ()]
    if not set(columns) <= set(heads):
        needed = " and ".join(columns)
        raise UsageError(f"{name}: needs the columns {needed} in its first line")
    reader.fieldnames = heads
    for row in reader:
        cells = {head: row[head].strip() for head in heads}
        yield f"{name}, line {reader.line_num}", cells
