"""Where does nearly every message go one way?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.charts import rows, style
from netaudit.palette import IN, OUT
from netaudit.phrases import count
from netaudit.relationships import exchange, sides

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

THEY, YOU = rows.Side("into", "they wrote", IN), rows.Side("out", "you wrote", OUT)


@style.chart
def one_sided(audit: Audit, ax: Axes) -> Axes:
    """Direct messages both ways of the surest one-sided ties, the owner's to the right."""
    every = rows.found(audit.findings, audit.relationships, "one_sided", [])
    if every.empty:
        return style.nothing(ax, "No tie is one-sided", "No exchange goes nearly all one way.")
    counts = sides(exchange(audit.history.interactions))
    every = every.join(counts, on="person_id", how="inner")
    every = every.assign(most=every[["out", "into"]].max(axis=1))
    groups = rows.grouped(every, {"out": "You write", "in": "They write"}, "most")
    rows.two_sides(ax, groups, THEY, YOU)
    return style.title(ax, _finding(every), room=0.8, pad=28)


def _finding(every: pd.DataFrame) -> str:
    """How many ties go which way, and the longest of these monologues."""
    mine, theirs = (int((every["direction"] == way).sum()) for way in ("out", "in"))
    parts = []
    if mine:
        parts.append(f"{count(mine, 'person', 'people')} hardly write{'s' * (mine == 1)} back")
    if theirs:
        parts.append(f"you hardly write back to {count(theirs, 'person', 'people')}")
    start = " and ".join(parts)
    longest = style.first(every, 1, "most")
    who, (out, into) = style.names(longest)[0], longest[["out", "into"]].iloc[0]
    if longest["direction"].iloc[0] == "out":
        example = f"{count(out, 'message')} went to {who}, {into:,} came back"
    else:
        example = f"{count(into, 'message')} came from {who}, {out:,} went back"
    return f"{start[0].upper()}{start[1:]}; {example}"
