"""Frames of charts along the years: a bar a year, and a life a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import style
from netaudit.palette import MUTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes


def as_years(times: pd.Series) -> pd.Series:
    """Times as years with a fraction: 2026.0 is the first of January."""
    years: pd.Series = times.dt.year + (times.dt.day_of_year - 1) / (365 + times.dt.is_leap_year)
    return years


def span(ax: Axes, days: pd.Series, as_of: pd.Timestamp) -> tuple[float, float]:
    """An axis of years from the first of the days to as-of, with room for words at its end.

    Args:
        ax: the chart.
        days: times, any number.
        as_of: where the years end.

    Returns:
        The first and the last moment, in years.
    """
    last = float(as_years(pd.Series([as_of])).iloc[0])
    first = float(as_years(days).min()) if len(days) else last - 1
    wide = last - first
    ax.set_xlim(first - wide * 0.015, last + wide * (0.28 if style.is_narrow(ax) else 0.16))
    start, stop = int(first) + 1, int(last)
    step = -(-(stop - start + 1) // (3 if style.is_narrow(ax) else 8)) or 1
    years = list(range(start, stop + 1, step)) or [stop]
    ax.set_xticks(years, [str(year) for year in years])
    ax.grid(visible=True, axis="x")
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)
    return first, last


def columns(ax: Axes, counts: pd.DataFrame, kinds: Mapping[str, tuple[str, str]]) -> None:
    """A bar a year, made of the kinds in their order.

    Args:
        ax: the chart.
        counts: a column for each kind, by year; years without any need not be there.
        kinds: kind -> words and colour.
    """
    years = range(int(counts.index.min()), int(counts.index.max()) + 1) if len(counts) else range(0)
    counts = counts.reindex(list(years), fill_value=0)
    base = pd.Series(0, index=counts.index)
    for kind, (words, colour) in kinds.items():
        if not counts[kind].sum():
            continue
        label = f"{words} ({int(counts[kind].sum()):,})"
        ax.bar(list(years), counts[kind], bottom=base, color=colour, width=0.72, label=label)
        base = base + counts[kind]
    for year, n in zip(years, base.tolist(), strict=True):
        if n:
            ax.text(year, n, f"{n:,}", ha="center", va="bottom", fontsize=9, color=MUTED)
    step = -(-len(years) // (6 if style.is_narrow(ax) else 14)) or 1
    ax.set_xticks(list(years)[::step], [str(year) for year in list(years)[::step]])
    style.whole_numbers(ax.yaxis, 5)
    ax.grid(visible=True, axis="y")
    ax.tick_params(length=0)
    ax.legend(
        loc="upper left", bbox_to_anchor=(0, -0.1), ncols=2 if style.is_narrow(ax) else 3,
        frameon=False, fontsize=9, handletextpad=0.5, columnspacing=1.4, borderaxespad=0,
    )  # fmt: skip
