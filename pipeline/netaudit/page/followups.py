"""What came of the last list: the owner's answers beside what the archive shows since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit import outcomes, steps
from netaudit.page import words
from netaudit.phrases import count
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from netaudit.audit import Audit
    from netaudit.page.top import Earlier
    from netaudit.page.words import Clock

ANSWER_WORDS = {
    "done": "You said: done",
    "snooze": "You put it off",
    "skip": "You skipped it",
    "ignore": "You left them out",
}
NOTE_WIDTH = 240


@dataclass(frozen=True)
class FollowUp:
    """One person of the last list."""

    name: str
    step: str
    answer: str
    note: str
    came: str


@dataclass(frozen=True)
class FollowUps:
    """The last list: its day, in one sentence, and its people."""

    day: str
    sentence: str
    rows: list[FollowUp]


def came_of(audit: Audit, earlier: Earlier) -> pd.DataFrame:
    """What came of the last review, or without one of the list of the quarter before.

    Returns:
        model.OUTCOMES.
    """
    return outcomes.of(audit, earlier.answers, earlier.quarter)


def follow_ups(found: pd.DataFrame, clock: Clock) -> FollowUps | None:
    """The section, or None where there was no list before.

    Args:
        found: model.OUTCOMES.
        clock: how times are shown.
    """
    if found.empty:
        return None
    rows = [
        FollowUp(
            name=words.name({"name": row["name"]}),
            step=steps.WORDS.get(row["step"], ""),
            answer=ANSWER_WORDS.get(row["answer"], "") if isinstance(row["answer"], str) else "",
            note=shorten(row["note"], NOTE_WIDTH),
            came=shorten(row["summary"], 300),
        )
        for row in records(found)
    ]
    day = clock.day(found["asked_on"].max() + pd.Timedelta(hours=12))
    return FollowUps(day, sentence(found), rows)


def sentence(found: pd.DataFrame) -> str:
    """All of it in one sentence."""
    both = (found["n_out"] > 0) & (found["n_in"] > 0)
    one_way = (found["n_out"] > 0) ^ (found["n_in"] > 0)
    n_both, n_one_way, n_nearer = (
        int(rows.sum()) for rows in (both, one_way, found["balance"].eq("closer"))
    )
    people = count(len(found), "person", "people")
    has = "has" if n_both == 1 else "have"
    told = f"Of {people} on the last list, {n_both:,} {has} been in touch both ways since"
    if n_one_way:
        told += f" and {n_one_way:,} one way only"
    asks = found["ask"].dropna()
    if len(asks):
        told += f"; {int(asks.eq('answered').sum()):,} of {count(len(asks), 'open ask')} answered"
    if n_nearer:
        told += f"; {count(n_nearer, 'balance')} moved towards even"
    return f"{told}."
