"""What became of LinkedIn connections, and of invitations, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import style, years
from netaudit.connections import by_year
from netaudit.palette import FAINT, GREEN, GREY, ORANGE, PURPLE, SKY
from netaudit.patterns.event_avoidance import invitations
from netaudit.phrases import count, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

FATES = {
    "conversed": ("talked within a year", GREEN),
    "silent": ("talked, not of late", ORANGE),
    "new": ("new", SKY),
    "unsure": ("perhaps under another name", PURPLE),
    "never": ("not a word yet", GREY),
    "hidden": ("name withheld", FAINT),
}
"""Fate of a connection -> words and colour."""
ANSWERS = {
    "accepted": ("accepted", GREEN),
    "tentative": ("perhaps", SKY),
    "declined": ("declined", ORANGE),
    "none": ("no answer seen", GREY),
}
"""The owner's answer to an invitation -> words and colour."""


@style.chart
def connections(audit: Audit, ax: Axes) -> Axes:
    """LinkedIn connections by the year of connecting and what became of them."""
    rows = audit.connections
    if rows.empty:
        return style.nothing(ax, "No LinkedIn connections", "The archive holds none.")
    years.columns(ax, by_year(rows), FATES)
    talked = rows["fate"].isin(["conversed", "silent"]).mean()
    start = f"You have talked with {percent(talked)} of your {count(len(rows), 'connection')}"
    alive = rows["fate"].eq("conversed").mean()
    return style.title(ax, f"{start}, with {percent(alive)} within the last year")


@style.chart
def events(audit: Audit, ax: Axes) -> Axes:
    """Invitations to the owner by the year of the event and the owner's answer."""
    rows = invited(audit)
    if rows.empty:
        return style.nothing(ax, "No invitations", "The archive holds none.")
    counts = pd.crosstab(rows["starts_at"].dt.year, rows["answer"])
    years.columns(ax, counts.reindex(columns=list(ANSWERS), fill_value=0), ANSWERS)
    said = int(rows["answer"].isin(["accepted", "tentative"]).sum())
    start = f"You said yes or perhaps to {said:,} of {count(len(rows), 'invitation')}"
    silent = int(rows["answer"].eq("none").sum())
    return style.title(ax, f"{start}; to {silent:,} no answer is seen")


def invited(audit: Audit) -> pd.DataFrame:
    """Invitations to events that have begun: rows of model.AGENDA, one an event."""
    rows = invitations(audit.history.events, audit.as_of)
    return rows[rows["starts_at"].notna()]
