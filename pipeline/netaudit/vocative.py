"""Whom a sentence of a message to several people speaks to: `Jon, could you send it?`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import lookup
from netaudit.names.nicknames import same_person_may_be_called

if TYPE_CHECKING:
    from netaudit.history import History

CALLS = (
    r"^(?:(?:hi|hello|hey|dear|hallo|liebe|lieber|bonjour|hola) )?"
    r"([^\W\d_][^\W\d_'’-]{1,20})\s?(?:,|--?|–|—|:|\.\.\.?)\s"
)
"""A name at the start of a sentence, set off from it; group 1."""


def to_another(rows: pd.DataFrame, history: History) -> pd.Series:
    """Whether a sentence calls by name an addressee who is not the one of its row.

    Args:
        rows: with key, person_id, direction, n_humans and sentence; `out` is the owner to the
            person, `in` the person to the owner.
        history: with `addressed` and `people`.

    Returns:
        bool on the index of `rows`; False where nobody, or nobody known, is called.
    """
    found = pd.Series(False, index=rows.index)
    several = rows[rows["n_humans"] > 1]
    called = several["sentence"].str.extract(CALLS, flags=2, expand=False).str.lower()
    called = called.dropna()
    if called.empty:
        return found
    names = _given_names(history)
    meant = rows.loc[called.index, "person_id"].where(
        rows.loc[called.index, "direction"].eq("out"), history.owner_id
    )
    others = _addressees(rows.loc[called.index, "key"], history)
    hits = [
        at
        for at, name, key, person in zip(
            called.index, called, rows.loc[called.index, "key"], meant, strict=True
        )
        if not _is_called(name, names.get(person, ""))
        and any(_is_called(name, names.get(one, "")) for one in others.get(key, ()))
    ]
    found.loc[hits] = True
    return found


def _is_called(name: str, given: str) -> bool:
    return bool(given) and (name == given or same_person_may_be_called(name, given))


def _given_names(history: History) -> dict[str, str]:
    """The first word of each person's name, lower case."""
    people = history.people
    first = people["name"].fillna("").str.lower().str.split(n=1).str[0].fillna("")
    return dict(zip(people["person_id"], first, strict=True))


def _addressees(keys: pd.Series, history: History) -> dict[str, list[str]]:
    """Key -> the people it is addressed to."""
    messages = history.messages["key"]
    rows = messages.index[lookup.among(messages, keys)]
    wanted = history.addressed[history.addressed["message"].isin(rows)]
    known = wanted[wanted["person"].between(0, len(history.people) - 1)]
    keyed = messages.array[known["message"].to_numpy()]
    ids = history.people["person_id"].array[known["person"].to_numpy()]
    found: dict[str, list[str]] = {}
    for key, person in zip(keyed, ids, strict=True):
        found.setdefault(key, []).append(person)
    return found
