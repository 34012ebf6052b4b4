"""How much goes out and comes in, month by month?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import style
from netaudit.palette import FAINT, IN, MUTED, OUT
from netaudit.phrases import change, count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

MONTHS = 48


def by_month(interactions: pd.DataFrame, as_of: pd.Timestamp, months: int = MONTHS) -> pd.DataFrame:
    """Direct messages a month.

    Args:
        interactions: model.INTERACTIONS.
        as_of: the last month is the one it lies in.
        months: at most so many, back to the first message.

    Returns:
        `out` and `in` (int64) by month (period, UTC), every month there.
    """
    direct = interactions[interactions["is_direct"] & interactions["kind"].eq("message")]
    direct = direct.drop_duplicates(["key", "direction"])
    month = direct["at"].dt.tz_localize(None).dt.to_period("M")
    last = as_of.tz_localize(None).to_period("M")
    first = max(month.min(), last - months + 1) if len(direct) else last
    every = pd.period_range(first, last, freq="M")
    counts = direct.groupby([month, "direction"]).size().unstack(fill_value=0)
    return counts.reindex(index=every, columns=["out", "in"], fill_value=0)


@style.chart
def activity(audit: Audit, ax: Axes) -> Axes:
    """Direct messages a month: the owner's upwards, those to the owner downwards."""
    months = by_month(audit.history.interactions, audit.as_of)
    if not months.to_numpy().any():
        return style.nothing(ax, "No direct messages yet", "No direct message either way.")
    _draw(ax, months)
    return style.title(ax, _finding(audit))


def _draw(ax: Axes, months: pd.DataFrame) -> None:
    places = range(len(months))
    ax.bar(places, months["out"], color=OUT, width=0.82)
    ax.bar(places, -months["in"], color=IN, width=0.82)
    ax.axhline(0, color=MUTED, linewidth=0.8)
    most = max(int(months.to_numpy().max()), 1)
    ax.set_ylim(-most * 1.15, most * 1.15)
    ax.yaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
    style.whole_numbers(ax.yaxis, 6)
    ax.grid(visible=True, axis="y")
    years = [n for n, month in enumerate(months.index) if month.month == 1]
    step = [n for n, month in enumerate(months.index) if month.month in (1, 7)]
    ticks = step if len(months) <= 30 and len(step) > 1 else years or [0, len(months) - 1]
    ax.set_xticks(ticks, [_month(months.index[n]) for n in ticks])
    for n in years:
        ax.axvline(n - 0.5, color=FAINT, linewidth=0.8, zorder=0)
    ax.text(0.0, 0.99, "from you", color=OUT, va="top", transform=ax.transAxes)
    ax.text(0.0, 0.01, "to you", color=IN, va="bottom", transform=ax.transAxes)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)
    ax.set_xlim(-0.8, len(months) - 0.2)


def _month(month: pd.Period) -> str:
    return f"{month:%Y}" if month.month == 1 else f"{month:%b %Y}"


def _finding(audit: Audit) -> str:
    months = by_month(audit.history.interactions, audit.as_of, 24)["out"]
    now, before = int(months.iloc[-12:].sum()), int(months.iloc[:-12].sum())
    start = f"You wrote {count(now, 'direct message')} in twelve months"
    compared = change(now, before) if len(months) == 24 else ""
    return f"{start}, {compared} in the twelve before" if compared else start
