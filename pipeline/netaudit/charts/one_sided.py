"""Where does nearly every message go one way?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netaudit.charts import style
from netaudit.charts.phrases import count
from netaudit.palette import IN, MUTED, OUT
from netaudit.relationships import exchange, sides

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 16


@style.chart
def one_sided(audit: Audit, ax: Axes) -> Axes:
    """Direct messages both ways of the surest one-sided ties, the owner's to the right."""
    every = _found(audit)
    if every.empty:
        return style.nothing(ax, "No tie is one-sided", "No exchange goes nearly all one way.")
    rows = style.first(every, SHOWN, "score")
    rows = rows.sort_values(
        ["direction", "most", "person_id"], ascending=[False, False, True], ignore_index=True
    )
    _draw(ax, rows)
    return style.title(ax, _finding(every), room=0.8, pad=28)


def _found(audit: Audit) -> pd.DataFrame:
    """One row a finding: who, which way, and the messages both ways (`out`, `into`)."""
    findings = audit.findings[audit.findings["pattern"] == "one_sided"]
    if findings.empty:
        return findings.assign(most=0)
    who = audit.relationships.set_index("person_id")[["name", "addresses"]]
    found = findings[["person_id", "direction", "score"]].join(who, on="person_id", how="inner")
    found = found.join(sides(exchange(audit.history.interactions)), on="person_id", how="inner")
    return found.assign(most=found[["out", "into"]].max(axis=1))


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    places = range(len(rows))
    ax.barh(places, rows["out"], color=OUT, height=0.62)
    ax.barh(places, -rows["into"], color=IN, height=0.62)
    ax.axvline(0, color=MUTED, linewidth=0.8)
    room = float(rows["most"].max()) * 0.03
    beside: dict[str, Any] = {"va": "center", "color": MUTED, "fontsize": 9}
    for place, out, into in zip(places, rows["out"], rows["into"], strict=True):
        ax.text(out + room, place, f"{out:,}", ha="left", **beside)
        ax.text(-into - room, place, f"{into:,}", ha="right", **beside)
    style.rows_axis(ax, style.names(rows, style.name_width(ax)))
    ax.set_xlim(-float(rows["into"].max()) - room * 6, float(rows["out"].max()) + room * 6)
    heads: dict[str, Any] = {"va": "bottom", "color": MUTED, "fontsize": 9}
    ax.text(-room, -0.7, "they wrote", ha="right", **heads)
    ax.text(room, -0.7, "you wrote", ha="left", **heads)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


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
