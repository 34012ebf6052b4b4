"""The organisation's file: who belongs to which department."""

from __future__ import annotations

import csv
import io

import pandas as pd

from netaudit.errors import UsageError
from netaudit.shown import one_line


def read(text: str, name: str) -> pd.Series:
    """Department by address.

    Args:
        text: CSV with the columns `address` and `department`.
        name: the file's, for errors.

    Returns:
        str by address (lower case).

    Raises:
        UsageError: a column is missing, or an address stands in two departments.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column.strip().lower() for column in reader.fieldnames or ()]
    if not {"address", "department"} <= set(columns):
        raise UsageError(f"{name}: needs the columns address and department in its first line")
    reader.fieldnames = columns
    found: dict[str, str] = {}
    for row in reader:
        address = (row["address"] or "").strip().lower()
        department = one_line(row["department"] or "")
        if not address or not department:
            continue
        if found.setdefault(address, department) != department:
            raise UsageError(f"{name}, line {reader.line_num}: {address} stands in two departments")
    if not found:
        raise UsageError(f"{name}: names nobody")
    return pd.Series(found, dtype="str").rename_axis("address")


def of_people(people: pd.DataFrame, aliases: pd.DataFrame, listed: pd.Series) -> pd.Series:
    """The department of each person; of one who is listed in several, that of the first address.

    Args:
        people: model.PEOPLE.
        aliases: model.ALIASES.
        listed: department by address.

    Returns:
        str on the index of `people`, missing for who is not listed.
    """
    known = aliases.dropna(subset="person_id").sort_values("alias")
    known = known[known["alias"].isin(listed.index)].drop_duplicates("person_id")
    department = known["alias"].map(listed).set_axis(known["person_id"])
    return people["person_id"].map(department).astype("str")
