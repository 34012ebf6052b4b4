"""What came of the last list: the owner's answers beside what the archive shows since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit import outcomes, steps
from netaudit.charts.phrases import count
from netaudit.page import words
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from netaudit.audit import Audit
    from netaudit.page.top import Earlier
    from netaudit.page.words import Clock

ANSWER_WORDS = {
    "done": "you said: done",
    "snooze": "you put it off",
    "skip": "you skipped it",
    "ignore": "you left them out",
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
    in_touch: bool
    share: str


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
            in_touch=bool(row["n_out"] or row["n_in"]),
            share=row["balance"] if isinstance(row["balance"], str) else "",
        )
        for row in records(found)
    ]
    day = clock.day(found["asked_on"].max() + pd.Timedelta(hours=12))
    return FollowUps(day, sentence(found), rows)


def sentence(found: pd.DataFrame) -> str:
    """All of it in one sentence."""
    both = (found["n_out"] > 0) & (found["n_in"] > 0)
    one_way = (found["n_out"] > 0) ^ (found["n_in"] > 0)
    nearer = int(found["balance"].eq("closer").sum())
    told = (
        f"Of {count(len(found), 'person', 'people')} on the last list, "
        f"{count(int(both.sum()), 'has', 'have')} been in touch both ways since, "
        f"{count(int(one_way.sum()), 'exchange went', 'exchanges went')} one way only"
    )
    return f"{told}, and {count(nearer, 'balance', 'balances')} moved towards even."
