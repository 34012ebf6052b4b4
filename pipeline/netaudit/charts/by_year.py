"""What became of LinkedIn connections, and of invitations, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import style
from netaudit.charts.phrases import count, percent
from netaudit.connections import by_year
from netaudit.palette import FAINT, GREEN, GREY, MUTED, ORANGE, PURPLE, SKY
from netaudit.patterns.event_avoidance import invitations

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    _stack(ax, by_year(rows), FATES)
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
    _stack(ax, counts.reindex(columns=list(ANSWERS), fill_value=0), ANSWERS)
    said = int(rows["answer"].isin(["accepted", "tentative"]).sum())
    start = f"You said yes or perhaps to {said:,} of {count(len(rows), 'invitation')}"
    silent = int(rows["answer"].eq("none").sum())
    return style.title(ax, f"{start}; to {silent:,} no answer is seen")


def invited(audit: Audit) -> pd.DataFrame:
    """Invitations to events that have begun: rows of model.AGENDA, one an event."""
    rows = invitations(audit.history.events, audit.as_of)
    return rows[rows["starts_at"].notna()]


def _stack(ax: Axes, counts: pd.DataFrame, kinds: Mapping[str, tuple[str, str]]) -> None:
    """A bar a year, made of the kinds in their order."""
    years = range(int(counts.index.min()), int(counts.index.max()) + 1) if len(counts) else range(0)
    counts = counts.reindex(list(years), fill_value=0)
    base = pd.Series(0, index=counts.index)
    for kind, (words, colour) in kinds.items():
        if not counts[kind].sum():
            continue
        label = f"{words} ({int(counts[kind].sum()):,})"
        ax.bar(list(years), counts[kind], bottom=base, color=colour, width=0.72, label=label)
        base = base + counts[kind]
    for year, n in zip(years, base.tolist(), strict=True):
        if n:
            ax.text(year, n, f"{n:,}", ha="center", va="bottom", fontsize=9, color=MUTED)
    step = -(-len(years) // (6 if style.is_narrow(ax) else 14)) or 1
    ax.set_xticks(list(years)[::step], [str(year) for year in list(years)[::step]])
    style.whole_numbers(ax.yaxis, 5)
    ax.grid(visible=True, axis="y")
    ax.tick_params(length=0)
    ax.legend(
        loc="upper left", bbox_to_anchor=(0, -0.1), ncols=2 if style.is_narrow(ax) else 3,
        frameon=False, fontsize=9, handletextpad=0.5, columnspacing=1.4, borderaxespad=0,
    )  # fmt: skip
