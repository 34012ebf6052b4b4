"""Is the silence within the rhythm of the tie?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.charts import rows, style
from netaudit.palette import GREEN, GREY
from netaudit.patterns import of_kind
from netaudit.patterns.in_touch import InTouch
from netaudit.phrases import count, span

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SILENT = rows.Side("silent_days", "silent so far", GREEN)
USUAL = rows.Side("limit_days", "usual or wanted pause", GREY)
COLUMNS = ["strength", "silent_days", "cadence_days", "wanted_days"]


@style.chart
def in_touch(audit: Audit, ax: Axes) -> Axes:
    """Days of silence and the usual pause of the strongest ties that are in touch."""
    every = rows.found(audit.findings, audit.relationships, "in_touch", COLUMNS)
    if every.empty:
        return style.nothing(
            ax, "Nobody within a rhythm yet", "No tie is silent for a usual pause."
        )
    limit = of_kind(audit.patterns, InTouch).limit_days(every)
    shown = style.first(every.assign(limit_days=limit), rows.SHOWN, "strength")
    shown = shown.sort_values(
        ["limit_days", "strength", "person_id"], ascending=[True, False, True]
    )
    days = shown[["silent_days", "limit_days"]].clip(lower=1.0)
    rows.two_figures(ax, shown.assign(**days), SILENT, USUAL, "days without a word")
    style.log_days(ax, float(days.to_numpy().max()))
    return style.title(ax, _finding(every), room=0.75, pad=28)


def _finding(every: pd.DataFrame) -> str:
    closest = style.first(every, 1, "strength")
    who, pause = style.names(closest)[0], max(float(closest["cadence_days"].iloc[0]), 1.0)
    start = f"You are in touch with {count(len(every), 'person', 'people')}"
    return f"{start}; with {who} every {span(pause)}".replace("every 1 day", "every day")
