"""Who wrote to whom: the directed graph of all people as rows, and its pairs.

A *letter* is a direct message as everywhere in the program: in To, to at most so many people, not
through a list. It counts once for each person it is addressed to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import balance
from netaudit.interactions import ROLES

if TYPE_CHECKING:
    from netaudit.organisation.everybody import Everybody
    from netaudit.settings import Settings


def directed(everybody: Everybody, settings: Settings) -> pd.DataFrame:
    """One row for each two people of whom the first wrote to the second.

    Returns:
        `sender`, `person` (rows in people), `n` (messages in any role), `letters` (direct ones),
        `strength` (halved with age, each message divided by its human recipients) and `last`
        (utc); sorted.
    """
    messages, addressed = everybody.messages, everybody.addressed
    message = addressed["message"].to_numpy()
    sender = messages["sender"].to_numpy()[message]
    person = addressed["person"].to_numpy()
    humans = messages["n_humans"].to_numpy()[message]
    age = (everybody.as_of - messages["sent_at"]).dt.total_seconds().to_numpy()[message] / 86400
    is_letter = (
        (addressed["role"].to_numpy() == ROLES.index("to"))
        & (humans <= settings.direct.max_recipients)
        & messages["list_id"].isna().to_numpy()[message]
    )
    rows = pd.DataFrame(
        {
            "sender": sender,
            "person": person,
            "letters": is_letter.astype(np.int64),
            "strength": 0.5 ** (age / settings.strength.half_life_days) / np.maximum(humans, 1),
            "last": messages["sent_at"].array[message],
        }
    )[(sender >= 0) & (sender != person)]
    found: pd.DataFrame = rows.groupby(["sender", "person"], sort=True).agg(
        n=("letters", "size"),
        letters=("letters", "sum"),
        strength=("strength", "sum"),
        last=("last", "max"),
    )
    return found.reset_index()


def pairs(ties: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """One row for each two people who wrote to each other, either way or both.

    Args:
        ties: of `directed`.
        people: as in `Everybody`.

    Returns:
        `one` < `other` (rows in people), `n_out`, `n_in`, `letters_out`, `letters_in` (out: from
        one to other), `strength`, `last`, and `is_seen_whole`: one of them has a mailbox here, so
        that every message between them would be seen.
    """
    is_out = ties["sender"] < ties["person"]
    rows = pd.DataFrame(
        {
            "one": ties["sender"].where(is_out, ties["person"]),
            "other": ties["person"].where(is_out, ties["sender"]),
            "n_out": ties["n"].where(is_out, 0),
            "n_in": ties["n"].where(~is_out, 0),
            "letters_out": ties["letters"].where(is_out, 0),
            "letters_in": ties["letters"].where(~is_out, 0),
            "strength": ties["strength"],
            "last": ties["last"],
        }
    )
    counts = ["n_out", "n_in", "letters_out", "letters_in", "strength"]
    how = dict.fromkeys(counts, "sum") | {"last": "max"}
    found = rows.groupby(["one", "other"], sort=True).agg(how).reset_index()
    has_box = people["owner_id"].notna().to_numpy()
    return found.assign(is_seen_whole=has_box[found["one"]] | has_box[found["other"]])


def balanced(rows: pd.DataFrame, out: str, into: str) -> pd.DataFrame:
    """The rows with `reciprocity` and its 90% interval, missing where nothing was written.

    Args:
        rows: with two columns of counts.
        out: column of what the first writes.
        into: column of what the second writes.
    """
    a, b = (rows[column].to_numpy(dtype=float, na_value=0.0) for column in (out, into))
    wrote = a + b > 0
    return rows.assign(
        reciprocity=np.where(wrote, balance.mean(a, b), np.nan),
        reciprocity_low=np.where(wrote, balance.quantile(a, b, balance.TAIL), np.nan),
        reciprocity_high=np.where(wrote, balance.quantile(a, b, 1 - balance.TAIL), np.nan),
    )


def inside(rows: pd.DataFrame, people: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """The rows both of whose people are of the organisation, on a range index."""
    of = people["is_inside"].to_numpy()
    kept: pd.DataFrame = rows[of[rows[first]] & of[rows[second]]]
    return kept.reset_index(drop=True)
