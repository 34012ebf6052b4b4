"""What the archive cannot know, said in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netaudit.history import History
    from netaudit.patterns import Pattern

GAP_DAYS = 60
"""A silence of the whole box that is worth a question."""
BUSY_SHARE = 0.2
"""Only where there is mail on so many of the days apart from it."""
NO_SENT = (
    "The archive holds no mail that you sent: balance, replies and one-sided ties are not judged. "
    "Export the Sent folder too, or name your addresses with --me."
)
NO_RECEIVED = (
    "The archive holds no mail that you received: balance, replies and one-sided ties are not "
    "judged. Export the inbox and archive folders too."
)
NO_LINKEDIN_MESSAGES = (
    "The archive holds LinkedIn connections and no LinkedIn messages: who was never spoken to is "
    "not judged. Ask LinkedIn for the larger archive, which holds them."
)
MIN_MESSAGES = 20
"""Below it nothing can be said of what is missing."""


def of(history: History, withheld: Iterable[Pattern] = ()) -> tuple[str, ...]:
    """One line for each thing that the figures depend on and the archive does not hold.

    Args:
        history: up to as-of.
        withheld: patterns that need texts that were not read.
    """
    messages = history.interactions[history.interactions["kind"].eq("message")]
    isolated_days = history.settings.as_of.isolated_days
    notes = [*history.owner.doubts, *_directions(messages), *_gaps(messages, isolated_days)]
    if len(history.connections) and not history.messages["channel"].eq("linkedin").any():
        notes.append(NO_LINKEDIN_MESSAGES)
    titles = [pattern.TITLE for pattern in withheld]
    if titles:
        notes.append(f"No texts were read, so these are withheld: {', '.join(titles)}.")
    if not history.traits["minhash"].notna().any() and messages["direction"].eq("out").any():
        notes.append(
            "No texts were read, so mailings sent one by one (mail merges) are not looked for."
        )
    return tuple(notes)


def _directions(messages: pd.DataFrame) -> list[str]:
    """No mail of the owner's own, or none of anybody else's."""
    if len(messages) < MIN_MESSAGES:
        return []
    directions = set(messages["direction"])
    if "out" not in directions:
        return [NO_SENT]
    if "in" not in directions:
        return [NO_RECEIVED]
    return []


def _gaps(messages: pd.DataFrame, isolated_days: float) -> list[str]:
    """Long stretches without mail one way in a box that is busy otherwise; stray dates left out."""
    notes = []
    for direction, what in (("out", "mail from you"), ("in", "mail to you")):
        at = messages.loc[messages["direction"].eq(direction), "at"]
        days = at.dt.floor("D").drop_duplicates().sort_values()
        before, after = days.diff().dt.days, -days.diff(-1).dt.days
        days = days[(before <= isolated_days) | (after <= isolated_days)]
        apart = days.diff().dt.days
        gaps = apart[apart > GAP_DAYS]
        if len(at) < MIN_MESSAGES or gaps.empty:
            continue
        busy = len(days) / max(apart.sum() - gaps.sum(), 1)
        if busy < BUSY_SHARE:
            continue
        told = [
            f"{days[row] - pd.Timedelta(days=gap - 1):%Y-%m-%d} to "
            f"{days[row] - pd.Timedelta(days=1):%Y-%m-%d} ({findings.span(gap - 1)})"
            for row, gap in gaps.items()
        ]
        notes.append(
            f"No {what} from {'; from '.join(told)}: another address or archive may hold it, and "
            "silence in that time says nothing about a tie."
        )
    return notes
