"""Who waits for whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netaudit.charts import style
from netaudit.charts.phrases import hours
from netaudit.palette import IN, MUTED, OUT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 14


@style.chart
def replies(audit: Audit, ax: Axes) -> Axes:
    """Median time to an answer, both ways, for the strongest ties."""
    known = audit.relationships.dropna(subset=["reply_hours_in", "reply_hours_out"])
    rows = style.first(known, SHOWN, "strength")
    if rows.empty:
        return style.nothing(
            ax, "No answers to compare yet", "No tie has answers both ways within two weeks."
        )
    both = ["reply_hours_in", "reply_hours_out"]
    rows = rows.assign(**rows[both].clip(lower=1 / 60))
    rows = rows.assign(ratio=np.log(rows["reply_hours_out"] / rows["reply_hours_in"]))
    rows = rows.sort_values(["ratio", "person_id"], ascending=[False, True])
    _draw(ax, rows)
    return style.title(ax, _finding(rows), room=0.75, pad=28)


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    places = range(len(rows))
    mine, theirs = rows["reply_hours_in"], rows["reply_hours_out"]
    ax.hlines(
        places, np.minimum(mine, theirs), np.maximum(mine, theirs), color=MUTED, linewidth=1.4
    )
    ax.scatter(mine, places, color=OUT, s=56, zorder=3, label="you answer")
    ax.scatter(theirs, places, color=IN, s=50, marker="D", zorder=3, label="they answer")
    style.rows_axis(ax, style.names(rows, style.name_width(ax)))
    both = np.concatenate([mine, theirs])
    style.log_hours(ax, float(both.min()), float(both.max()))
    ax.grid(visible=True, axis="x")
    ax.set_xlabel("median time to an answer")
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)


def _finding(rows: pd.DataFrame) -> str:
    place = int(rows["ratio"].abs().to_numpy().argmax())
    row, who = rows.iloc[place], style.names(rows.iloc[[place]])[0]
    mine, theirs = hours(row["reply_hours_in"]), hours(row["reply_hours_out"])
    return f"You answer {who} in {mine}; {who} answers you in {theirs}"
