"""The organisation's file: who belongs to which department."""

from __future__ import annotations

import pandas as pd

from netaudit.errors import UsageError
from netaudit.organisation import listed
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
    found: dict[str, str] = {}
    for where, row in listed.rows(text, name, ("address", "department")):
        address, department = row["address"].lower(), one_line(row["department"])
        if not address or not department:
            continue
        if found.setdefault(address, department) != department:
            raise UsageError(f"{where}: {address} stands in two departments")
    if not found:
        raise UsageError(f"{name}: names nobody")
    return pd.Series(found, dtype="str").rename_axis("address")


def of_people(people: pd.DataFrame, aliases: pd.DataFrame, departments: pd.Series) -> pd.Series:
    """The department of each person; of one who is listed in several, that of the first address.

    Args:
        people: model.PEOPLE.
        aliases: model.ALIASES.
        departments: by address.

    Returns:
        str on the index of `people`, missing for who is not listed.
    """
    known = aliases.dropna(subset="person_id").sort_values("alias")
    known = known[known["alias"].isin(departments.index)].drop_duplicates("person_id")
    department = known["alias"].map(departments).set_axis(known["person_id"])
    return people["person_id"].map(department).astype("str")
