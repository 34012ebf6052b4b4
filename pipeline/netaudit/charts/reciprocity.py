"""Who writes: the owner, the other, or both?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.charts import style
from netaudit.palette import FAINT, GREEN, GREY, IN, MUTED, OUT
from netaudit.patterns import of_kind
from netaudit.patterns.reciprocal import Reciprocal
from netaudit.phrases import percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 16
MIN_MESSAGES = 4


@style.chart
def reciprocity(audit: Audit, ax: Axes) -> Axes:
    """The owner's share of the direct exchange with the strongest ties, with 90% intervals."""
    even = of_kind(audit.patterns, Reciprocal)
    rows = _strongest(audit.relationships, even)
    if rows.empty:
        return style.nothing(ax, "Nobody to weigh yet", "No tie has four direct messages or more.")
    _draw(ax, rows, even)
    return style.title(ax, _finding(rows), room=0.7, pad=28)


def _strongest(relationships: pd.DataFrame, even: Reciprocal) -> pd.DataFrame:
    messages = relationships["n_in_direct"] + relationships["n_out_direct"]
    known = relationships[(messages >= MIN_MESSAGES) & relationships["reciprocity"].notna()]
    shown = style.first(known, SHOWN, "strength")
    shown = shown.assign(side=_side(shown, even))
    return shown.sort_values(["reciprocity", "person_id"], ascending=[False, True])


def _side(rows: pd.DataFrame, even: Reciprocal) -> pd.Series:
    """`even` (as the pattern has it), `you`, `they`, or `open`: the interval is too wide to say."""
    low, high = rows["reciprocity_low"], rows["reciprocity_high"]
    side = low.astype("object").where(low.isna(), "open")
    side[low > 0.5] = "you"
    side[high < 0.5] = "they"
    side[(low >= even.lowest) & (high <= even.highest)] = "even"
    return side


def _draw(ax: Axes, rows: pd.DataFrame, even: Reciprocal) -> None:
    colours = rows["side"].map({"even": GREEN, "you": OUT, "they": IN, "open": GREY}).tolist()
    places = range(len(rows))
    ax.axvspan(even.lowest, even.highest, color=FAINT, alpha=0.55, linewidth=0)
    ax.axvline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (2, 3)))
    ax.hlines(
        places, rows["reciprocity_low"], rows["reciprocity_high"], colors=colours, linewidth=3
    )
    ax.scatter(rows["reciprocity"], places, c=colours, s=52, zorder=3, edgecolors="white")
    style.rows_axis(ax, style.names(rows, style.name_width(ax)))
    ax.set_xlim(-0.02, 1.24)
    for place, out, into in zip(places, rows["n_out_direct"], rows["n_in_direct"], strict=True):
        ax.text(
            1.12, place, f"{out:,} / {into:,}", ha="center", va="center", color=MUTED, fontsize=9
        )
    ax.text(1.12, -0.85, "you / they", ha="center", va="bottom", color=MUTED, fontsize=9)
    ax.text(0.5, -0.85, "balanced", ha="center", va="bottom", color=MUTED, fontsize=9)
    narrow = style.is_narrow(ax)
    style.sides(ax, *(("they", "you") if narrow else ("they write", "you write")), "even")
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)


def _finding(rows: pd.DataFrame) -> str:
    even = int((rows["side"] == "even").sum())
    start = f"{even} of your {len(rows)} strongest ties are balanced"
    leaning = rows[rows["side"].isin(["you", "they"])]
    if leaning.empty:
        return start
    place = int((leaning["reciprocity"] - 0.5).abs().to_numpy().argmax())
    row = leaning.iloc[place]
    who = style.names(leaning.iloc[[place]])[0]
    if row["side"] == "you":
        return f"{start}; with {who} you do {percent(row['reciprocity'])} of the writing"
    return f"{start}; {who} does {percent(1 - row['reciprocity'])} of the writing"
