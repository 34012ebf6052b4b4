"""Who waits for whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netaudit.charts import rows as frames
from netaudit.charts import style
from netaudit.palette import IN, OUT
from netaudit.phrases import hours

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 14
MINE = frames.Side("reply_hours_in", "you answer", OUT)
THEIRS = frames.Side("reply_hours_out", "they answer", IN)


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
    frames.two_figures(ax, rows, MINE, THEIRS, "median time to an answer")
    shown = rows[both].to_numpy()
    style.log_hours(ax, float(shown.min()), float(shown.max()))
    return style.title(ax, _finding(rows), room=0.75, pad=28)


def _finding(rows: pd.DataFrame) -> str:
    place = int(rows["ratio"].abs().to_numpy().argmax())
    row, who = rows.iloc[place], style.names(rows.iloc[[place]])[0]
    mine, theirs = hours(row["reply_hours_in"]), hours(row["reply_hours_out"])
    return f"You answer {who} in {mine}; {who} answers you in {theirs}"
