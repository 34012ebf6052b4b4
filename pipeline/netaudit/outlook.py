"""Why `p_active` is what it is: the strongest reasons for each person, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netaudit import activity, lookup, relationships
from netaudit.model import JOIN
from netaudit.phrases import count, percent, span
from netaudit.shown import records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netaudit.history import History

RECENT_DAYS = 90
SEEN_DAYS = 60
MORE, LESS = "more likely: ", "less likely: "
"""Whether a reason speaks for or against contact, against the owner's average tie."""


def reasons(history: History, ties: pd.DataFrame, figures: pd.DataFrame | None = None) -> pd.Series:
    """The three things that move each person's p_active most, against the owner's average tie.

    Args:
        history: up to as-of, blasts marked.
        ties: model.RELATIONSHIPS.
        figures: `relationships.activity_figures` of the history, where they are known already.

    Returns:
        str on the index of `ties`, like `less likely: last direct message 14 months ago, before
        that every 21 days on average; more likely: first direct message 4 years ago`; missing where
        p_active is.
    """
    figures = relationships.activity_figures(history) if figures is None else figures
    told = activity.reasons(figures)
    known = pd.concat([ties.set_index("person_id"), figures, _recent(history)], axis=1)[_SAID]
    row_of = lookup.positions(told["person_id"], known.index)
    people = records(known)
    rows = (people[n] for n in row_of.tolist())
    words = [
        (MORE if effect > 0 else LESS) + _WORDS[theme](row)
        for theme, effect, row in zip(told["theme"], told["log_odds"], rows, strict=True)
    ]
    joined = lookup.joined(pd.Series(words, dtype="str"), told["person_id"], JOIN)
    return joined.reindex(ties["person_id"]).set_axis(ties.index)


def _recent(history: History) -> pd.DataFrame:
    """Days with direct messages and mails with the person in any role, lately, by person."""
    direct = relationships.personal_messages(history)
    seen = relationships.presence(history)
    lately = direct[direct["at"] > history.as_of - pd.Timedelta(days=RECENT_DAYS)]
    mails = seen[seen["at"] > history.as_of - pd.Timedelta(days=SEEN_DAYS)]
    days = lately.assign(day=lately["at"].dt.floor("D")).groupby("person_id")["day"].nunique()
    return pd.DataFrame({"recent_days_90": days, "recent_mails": mails.groupby("person_id").size()})


def _number(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _contact(row: Mapping[str, Any]) -> str:
    """How long ago the last, against the rhythm; or how many of late."""
    last, recent = _ago(row["silent_days"]), _number(row["recent_days_90"])
    if row["is_single"]:
        return f"direct messages on one day only, {last}"
    if recent > 1:
        return f"direct messages on {recent} days of the last {RECENT_DAYS}, the last {last}"
    usual = span(max(row["interval_days"], 1))
    return f"last direct message {last}, before that every {usual} on average"


def _surroundings(row: Mapping[str, Any]) -> str:
    mails = _number(row["recent_mails"])
    if mails:
        return f"part of {count(mails, 'mail')} of the last {SEEN_DAYS} days, in any role"
    return f"last seen on any mail {_ago(np.expm1(row['unseen']))}"


def _replies(row: Mapping[str, Any]) -> str:
    if not row["replies"]:
        return "none of the direct messages answers another"
    return f"{percent(row['replies'])} of the direct messages are answers"


def _ago(days: float) -> str:
    return f"{span(days)} ago" if days >= 1 else "today"


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "contact": _contact,
    "surroundings": _surroundings,
    "age": lambda row: f"first direct message {_ago(np.expm1(row['age']))}",
    "replies": _replies,
}
"""Words for each of activity.THEMES, from a tie's row with its figures."""
_SAID = [
    "silent_days", "interval_days", "is_single", "recent_days_90", "recent_mails", "unseen",
    "replies", "age",
]  # fmt: skip
"""The columns that the words are made of."""
