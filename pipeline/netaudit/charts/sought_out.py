"""Who comes to the owner?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import rows, style
from netaudit.palette import IN, OUT
from netaudit.phrases import count
from netaudit.relationships import conversations

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

THEY, YOU = rows.Side("into", "they began", IN), rows.Side("out", "you began", OUT)


@style.chart
def sought_out(audit: Audit, ax: Axes) -> Axes:
    """Conversations by who began them, with the people who come to the owner."""
    every = rows.found(audit.findings, audit.relationships, "sought_out", [])
    if every.empty:
        return style.nothing(ax, "Nobody to show yet", "Nobody mostly begins the conversations.")
    contacts = audit.history.interactions
    theirs = contacts[contacts["person_id"].isin(every["person_id"])]
    opened = conversations(theirs, audit.settings.replies.new_conversation_days)
    sides = pd.DataFrame({"out": opened["out"], "into": ~opened["out"]}).astype("int64")
    every = every.join(sides.groupby(opened["person_id"]).sum(), on="person_id", how="inner")
    rows.two_sides(ax, rows.grouped(every, {"in": ""}, "into"), THEY, YOU)
    return style.title(ax, _finding(every), room=0.8, pad=28)


def _finding(every: pd.DataFrame) -> str:
    one = len(every) == 1
    start = f"{count(len(every), 'person comes', 'people come')} to you"
    most = style.first(every, 1, "into")
    who, row = style.names(most)[0], most.iloc[0]
    total = count(row["into"] + row["out"], "conversation")
    return f"{start}; {'they' if one else who} began {row['into']:,} of your {total}"
