"""Does contact begin with a need, and end with it?"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import rows, style, years
from netaudit.palette import FAINT, GREEN, MUTED, ORANGE
from netaudit.patterns import of_kind
from netaudit.patterns.need_driven import NeedDriven
from netaudit.phrases import span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

HEADS = {"out": "You write first", "in": "They write first"}


@style.chart
def need_driven(audit: Audit, ax: Axes) -> Axes:
    """Every day with direct contact, and how each conversation after a silence began."""
    every = rows.found(audit.findings, audit.relationships, "need_driven", [])
    if every.empty:
        return style.nothing(
            ax, "No tie lives on needs alone", "No contact comes and goes with asks alone."
        )
    messages = _messages(audit, every)
    openings = _openings(messages, every)
    counts = openings.groupby(["person_id", "direction"]).agg(
        began=("need", "size"), asked=("need", "sum"), silence_days=("silence_days", "median")
    )
    every = every.join(counts, on=["person_id", "direction"])
    _draw(ax, every, messages, openings, audit.as_of)
    return style.title(ax, _finding(every), room=0.8, pad=28)


def _messages(audit: Audit, every: pd.DataFrame) -> pd.DataFrame:
    """The direct messages with the people found, in their episodes (`NeedDriven.episodes`)."""
    contacts = audit.history.interactions
    theirs = contacts[contacts["person_id"].isin(every["person_id"])]
    history = dataclasses.replace(audit.history, interactions=theirs)
    return of_kind(audit.patterns, NeedDriven).episodes(history, audit.as_of)[0]


def _openings(messages: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """The first message of each episode that the side found opened.

    Returns:
        person_id, direction (whose finding), at, need, silence_days (before it; missing at first).
    """
    first = messages.drop_duplicates("episode")
    before = messages["at"].groupby(messages["person_id"]).shift().loc[first.index]
    first = first.assign(silence_days=(first["at"] - before).dt.total_seconds() / 86_400)
    columns = ["person_id", "opener", "at", "need", "silence_days"]
    found = first[columns].rename(columns={"opener": "direction"})
    return found.merge(every[["person_id", "direction"]])


def _draw(
    ax: Axes,
    every: pd.DataFrame,
    messages: pd.DataFrame,
    openings: pd.DataFrame,
    as_of: pd.Timestamp,
) -> None:
    first, last = years.span(ax, messages["at"], as_of)
    shown = rows.labels(ax, rows.grouped(every, HEADS, "began"))
    ax.hlines(shown["place"], first, last, color=FAINT, linewidth=0.8, zorder=0)
    place = shown.set_index(["person_id", "direction"])["place"].rename("place")
    days = messages.assign(year=years.as_years(messages["at"]))[["person_id", "year"]]
    days = days.merge(shown[["person_id", "place"]])
    ax.plot(days["year"], days["place"], "|", color=MUTED, markersize=7, markeredgewidth=1.0)
    marks = openings.join(place, on=["person_id", "direction"], how="inner")
    for asked, words, colour, shape in (
        (True, "begins with an ask", ORANGE, "o"), (False, "begins without", GREEN, "D"),
    ):  # fmt: skip
        some = marks[marks["need"].astype("bool") == asked]
        if len(some):
            ax.scatter(years.as_years(some["at"]), some["place"], color=colour, marker=shape, s=46,
                       zorder=3, label=words)  # fmt: skip
    for at, asked, began in shown[["place", "asked", "began"]].itertuples(index=False, name=None):
        told = f" {asked:,} of {began:,}"
        ax.text(
            last + (last - first) * 0.015, at, told, va="center", ha="left", fontsize=9, color=MUTED
        )
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9)


def _finding(every: pd.DataFrame) -> str:
    chosen = style.first(every, 1, "began")
    row, who = chosen.iloc[0], style.names(chosen)[0]
    times = f"{row['asked']:,} of {row['began']:,} times"
    how = f"You write to {who}" if row["direction"] == "out" else f"{who} writes to you"
    silent = row["silence_days"]
    after = "" if pd.isna(silent) else f", mostly after {span(silent)} of silence"
    return f"{how} with an ask {times}{after}"
