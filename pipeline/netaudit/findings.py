"""What every pattern needs to state its findings: the frame, the evidence, words for figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netaudit import lookup
from netaudit.model import FINDINGS, JOIN

if TYPE_CHECKING:
    from collections.abc import Callable

EVIDENCE_LIMIT = 50
"""Message keys that stand beside a finding at most."""


def frame(pattern: str, rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Findings of one pattern.

    Args:
        pattern: its name.
        rows: one row per finding: `score`, `confidence`, `summary`, and where they apply
            `person_id`, `direction`, `since`, `evidence`, `suggestion`. Figures beyond [0, 1] are
            cut.
        people: model.PEOPLE, for names and addresses.

    Returns:
        model.FINDINGS, the highest score first; ties by confidence, person and evidence, so that
        the order of the input changes nothing.
    """
    if rows.empty:
        return FINDINGS.empty()
    known = people.set_index("person_id")
    found = rows.assign(pattern=pattern)
    if "person_id" in found:
        found["name"] = known["name"].reindex(found["person_id"]).array
        found["addresses"] = known["addresses"].reindex(found["person_id"]).array
    for figure in ("score", "confidence"):
        found[figure] = found[figure].astype("float64").clip(0.0, 1.0)
    return FINDINGS.conform(found).sort_values(
        ["score", "confidence", "person_id", "direction", "evidence"],
        ascending=[False, False, True, True, True],
        ignore_index=True,
    )


def evidence(interactions: pd.DataFrame, limit: int = EVIDENCE_LIMIT) -> pd.Series:
    """The keys of each person's interactions, the newest first, as one cell.

    Args:
        interactions: person_id, at, key of those that tell.
        limit: keys a person at most.

    Returns:
        str by person_id.
    """
    newest = _newest_first(interactions).drop_duplicates(["person_id", "key"])
    kept = newest.groupby("person_id", sort=True).head(limit)
    return lookup.joined(kept["key"], kept["person_id"], JOIN)


def _newest_first(interactions: pd.DataFrame) -> pd.DataFrame:
    """By time, the newest first, then by key; as they mostly stand, no key is compared."""
    if lookup.is_sorted(interactions["at"], interactions["key"]):
        return interactions.sort_values("at", ascending=False, kind="stable")
    return interactions.sort_values(["at", "key"], ascending=[False, True])


def summarised(rows: pd.DataFrame, say: Callable[[dict[Any, Any]], str]) -> pd.DataFrame:
    """The rows with `summary`, and what they are indexed by as `person_id`.

    Args:
        rows: one a finding, by person_id.
        say: the sentence of a row, given as its values by column.
    """
    said = rows.assign(summary=[say(row) for row in rows.to_dict("records")])
    return said.rename_axis("person_id").reset_index()


def holds_since(person_id: pd.Series, at: pd.Series, holds: pd.Series) -> pd.Series:
    """Since when a condition holds without a break.

    Args:
        person_id: whose message each row is, in the order of time.
        at: when.
        holds: whether the condition held after this message.

    Returns:
        utc by person_id, missing where it does not hold after the last message.
    """
    breaks = (~holds).groupby(person_id).cumsum()
    last = breaks.groupby(person_id).transform("max")
    return at[holds & (breaks == last)].groupby(person_id).min()
