"""Why `p_active` is what it is: the strongest reasons for each person, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netaudit import activity, relationships
from netaudit.findings import count, percent, span
from netaudit.model import JOIN
from netaudit.shown import records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netaudit.history import History

RECENT_DAYS = 90
SEEN_DAYS = 60
MORE, LESS = "more likely: ", "less likely: "
"""Whether a reason speaks for or against contact, against the owner's average tie."""


def reasons(history: History, ties: pd.DataFrame) -> pd.Series:
    """The three figures that move each person's p_active most, against the owner's average tie.

    Args:
        history: up to as-of, blasts marked.
        ties: model.RELATIONSHIPS.

    Returns:
        str on the index of `ties`, like `less likely: last direct message 14 months ago, usually
        every 3 weeks; more likely: first direct message 4 years ago`; missing where p_active is.
    """
    figures = relationships.activity_figures(history)
    told = activity.reasons(figures)
    known = pd.concat([ties.set_index("person_id"), _recent(history)], axis=1)
    rows = records(known.reindex(told["person_id"]))
    words = [
        (MORE if effect > 0 else LESS) + _WORDS[feature](row, value)
        for feature, effect, value, row in zip(
            told["feature"], told["log_odds"], told["value"], rows, strict=True
        )
    ]
    joined = pd.Series(words, dtype="str").groupby(told["person_id"]).agg(JOIN.join)
    return joined.reindex(ties["person_id"]).set_axis(ties.index).astype("str")


def _recent(history: History) -> pd.DataFrame:
    """Days with direct messages and mails with the person in any role, lately, by person."""
    direct = relationships.personal_messages(history)
    seen = relationships.presence(history)
    lately = direct[direct["at"] > history.as_of - pd.Timedelta(days=RECENT_DAYS)]
    mails = seen[seen["at"] > history.as_of - pd.Timedelta(days=SEEN_DAYS)]
    days = lately.assign(day=lately["at"].dt.floor("D")).groupby("person_id")["day"].nunique()
    return pd.DataFrame({"recent_days": days, "recent_mails": mails.groupby("person_id").size()})


def _number(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _rhythm(row: Mapping[str, Any], _: float) -> str:
    last = f"last direct message {span(row['silent_days'])} ago"
    if pd.isna(row["interval_days"]):
        return last
    return f"{last}, every {span(max(row['interval_days'], 1))} on average before"


def _recent_days(row: Mapping[str, Any], _: float) -> str:
    days = _number(row["recent_days"])
    return (
        f"direct messages on {count(days, 'day') if days else 'no day'} of the last {RECENT_DAYS}"
    )


def _presence(row: Mapping[str, Any], _: float) -> str:
    mails = _number(row["recent_mails"])
    mail = count(mails, "mail") if mails else "no mail"
    return f"part of {mail} of the last {SEEN_DAYS} days, in any role"


def _replies(_: Mapping[str, Any], share: float) -> str:
    if not share:
        return "none of the direct messages answers another"
    return f"{percent(share)} of the direct messages are answers"


_WORDS: dict[str, Callable[[Mapping[str, Any], float], str]] = {
    "rhythm": _rhythm,
    "recent_days": _recent_days,
    "age": lambda _, days: f"first direct message {span(days)} ago",
    "presence": _presence,
    "unseen": lambda _, days: f"last seen on any mail {span(days)} ago",
    "replies": _replies,
    "is_single": lambda row, _: (
        f"direct messages on {count(max(_number(row['n_contact_days']), 1), 'day')} in all"
    ),
}
"""Words for each of activity.FEATURES, from a tie's row and the figure's value."""
