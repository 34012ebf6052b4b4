"""This quarter's list: the few people to act on, with the reason and the smallest next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import obligations
from netaudit.model import ACTIONS

if TYPE_CHECKING:
    from netaudit.audit import Audit
    from netaudit.history import History

MOST = 10
REPLY_OWED, PROMISED = "reply_owed", "promised"
_OPEN = {
    REPLY_OWED: (obligations.reply_owed, "They asked you something and have no answer yet.",
                 "Answer in a line or two, even if it is a no."),
    PROMISED: (obligations.promised, "You promised something, and nothing was sent since.",
               "Keep the promise, or say when you will."),
}  # fmt: skip


def choose(audit: Audit, most: int = MOST) -> pd.DataFrame:
    """People to act on, the most worthwhile first.

    Candidates are findings that come with a suggestion, and loose ends (`obligations`). The
    weightiest one of each person counts: its score times its confidence, times how much there is to
    lose or to gain (the logarithm of the direct messages exchanged so far). Kinds take turns, so
    that one does not fill the list.

    Args:
        audit: as of a date.
        most: rows at most.

    Returns:
        model.ACTIONS; one row per person.
    """
    found = pd.concat([_findings(audit.findings), _loose_ends(audit.history)], ignore_index=True)
    if found.empty:
        return ACTIONS.empty()
    ties = audit.relationships.set_index("person_id")
    found = found[found["person_id"].isin(ties.index)]
    messages = (ties["n_in_direct"] + ties["n_out_direct"]).reindex(found["person_id"])
    found = found.assign(
        score=found["score"].to_numpy() * np.log1p(messages.to_numpy()),
        name=ties["name"].reindex(found["person_id"]).array,
        addresses=ties["addresses"].reindex(found["person_id"]).array,
    )
    order = ["score", "person_id", "reason"]
    found = found.sort_values(order, ascending=[False, True, True], kind="stable")
    found = found.drop_duplicates("person_id")
    turn = found.groupby("reason").cumcount()
    chosen = found.assign(turn=turn).sort_values(
        ["turn", *order], ascending=[True, False, True, True]
    )
    kept = chosen.head(most).sort_values(order, ascending=[False, True, True], ignore_index=True)
    return ACTIONS.conform(kept)


def _findings(findings: pd.DataFrame) -> pd.DataFrame:
    kept = findings[findings["person_id"].notna() & findings["suggestion"].fillna("").ne("")]
    weight = kept["score"].fillna(0.5) * kept["confidence"].fillna(0.5)
    return kept.assign(score=weight).rename(columns={"pattern": "reason"})


def _loose_ends(history: History) -> pd.DataFrame:
    parts = []
    for reason, (find, summary, suggestion) in _OPEN.items() if len(history.signals) else ():
        rows = find(history)
        parts.append(
            pd.DataFrame(
                {
                    "person_id": rows["person_id"],
                    "reason": reason,
                    "score": 0.5,
                    "summary": summary,
                    "suggestion": suggestion,
                    "evidence": rows["key"],
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
