"""When did the ties that fell silent live, and how long is the silence?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit import quarter
from netaudit.charts import style, years
from netaudit.palette import MUTED, STATUS_COLOURS
from netaudit.phrases import count, span
from netaudit.shown import records

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 14


@style.chart
def quiet(audit: Audit, ax: Axes) -> Axes:
    """Dormant and cooling ties: a mark for each day with direct contact, then the silence."""
    every = quarter.quiet(audit.relationships, audit.patterns)
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


def _draw(ax: Axes, rows: pd.DataFrame, audit: Audit) -> None:
    days = _days(audit, rows["person_id"])
    _, as_of = years.span(ax, days["day"], audit.as_of)
    lives = dict(list(years.as_years(days["day"]).groupby(days["person_id"])))
    for place, row in enumerate(records(rows)):
        own = lives[row["person_id"]].to_numpy() if row["person_id"] in lives else []
        colour = STATUS_COLOURS[row["status"]]
        first, last = (min(own), max(own)) if len(own) else (as_of, as_of)
        ax.hlines(place, first, last, color=colour, linewidth=1.2)
        ax.plot(own, [place] * len(own), "|", color=colour, markersize=9, markeredgewidth=1.3)
        ax.hlines(place, last, as_of, color=colour, linewidth=1.2, linestyle=(0, (1, 3)))
        told = f" {span(row['gap_days'])}"
        ax.text(as_of, place, told, va="center", ha="left", fontsize=9, color=MUTED)
    style.rows_axis(ax, style.names(rows, style.name_width(ax)))


def _finding(every: pd.DataFrame, rows: pd.DataFrame) -> str:
    strongest = style.first(rows, 1, "messages")
    who, silent = style.names(strongest)[0], float(strongest["gap_days"].iloc[0])
    start = (
        f"{count(len(every), 'real exchange')} {'has' if len(every) == 1 else 'have'} gone quiet"
    )
    spoken = count(strongest["messages"].iloc[0], "message")
    return f"{start}; with {who}, {spoken} and then {span(silent)} of silence"
