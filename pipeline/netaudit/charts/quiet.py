"""When did the ties that fell silent live, and how long is the silence?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import quarter
from netaudit.charts import style
from netaudit.charts.phrases import count, span
from netaudit.palette import MUTED, STATUS_COLOURS
from netaudit.shown import records

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 14


@style.chart
def quiet(audit: Audit, ax: Axes) -> Axes:
    """Dormant and cooling ties: a mark for each day with direct contact, then the silence."""
    every = quarter.quiet(audit)
    if every.empty:
        return style.nothing(ax, "No tie has gone quiet", "Every real exchange is alive.")
    messages = every["n_in_direct"] + every["n_out_direct"]
    rows = style.first(every.assign(messages=messages), SHOWN, "messages")
    rows = rows.sort_values(["last_contact", "person_id"], ascending=[False, True])
    _draw(ax, rows, audit)
    return style.title(ax, _finding(every, rows), room=0.8)


def _days(audit: Audit, people: pd.Series) -> pd.DataFrame:
    contacts = audit.history.interactions
    kept = contacts[contacts["is_direct"] & contacts["person_id"].isin(people)]
    return kept.assign(day=kept["at"].dt.floor("D")).drop_duplicates(["person_id", "day"])


def _years(times: pd.Series) -> pd.Series:
    """Times as years with a fraction: 2026.0 is the first of January."""
    years: pd.Series = times.dt.year + (times.dt.day_of_year - 1) / (365 + times.dt.is_leap_year)
    return years


def _draw(ax: Axes, rows: pd.DataFrame, audit: Audit) -> None:
    days = _days(audit, rows["person_id"])
    days = days.assign(year=_years(days["day"]))
    as_of = float(_years(pd.Series([audit.as_of])).iloc[0])
    for place, row in enumerate(records(rows)):
        own = days.loc[days["person_id"] == row["person_id"], "year"].to_numpy(float)
        colour = STATUS_COLOURS[row["status"]]
        last = float(own.max()) if len(own) else as_of
        ax.hlines(place, float(own.min()) if len(own) else last, last, color=colour, linewidth=1.2)
        ax.plot(own, [place] * len(own), "|", color=colour, markersize=9, markeredgewidth=1.3)
        ax.hlines(place, last, as_of, color=colour, linewidth=1.2, linestyle=(0, (1, 3)))
        told = f" {span(row['gap_days'])}"
        ax.text(as_of, place, told, va="center", ha="left", fontsize=9, color=MUTED)
    style.rows_axis(ax, style.names(rows, style.name_width(ax)))
    first = float(days["year"].min()) if len(days) else as_of - 1
    ax.set_xlim(first, as_of + (as_of - first) * 0.16)
    _name_years(ax, first, as_of)
    ax.grid(visible=True, axis="x")
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)


def _name_years(ax: Axes, first: float, last: float) -> None:
    start, stop = int(first) + 1, int(last)
    step = -(-(stop - start + 1) // 8) or 1
    years = list(range(start, stop + 1, step)) or [stop]
    ax.set_xticks(years, [str(year) for year in years])


def _finding(every: pd.DataFrame, rows: pd.DataFrame) -> str:
    strongest = style.first(rows, 1, "messages")
    who, silent = style.names(strongest)[0], float(strongest["gap_days"].iloc[0])
    start = (
        f"{count(len(every), 'real exchange')} {'has' if len(every) == 1 else 'have'} gone quiet"
    )
    spoken = count(strongest["messages"].iloc[0], "message")
    return f"{start}; with {who}, {spoken} and then {span(silent)} of silence"
