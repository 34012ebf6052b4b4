"""Do mass mailings get answered?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from netaudit.charts import style
from netaudit.palette import FAINT, GREEN, MUTED, OUT
from netaudit.phrases import count, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

SHOWN = 12


@style.chart
def blasts(audit: Audit, ax: Axes) -> Axes:
    """The owner's largest mass mailings: how many people got each, how many of them answered."""
    rows = audit.blasts.nlargest(SHOWN, "n_recipients")
    if rows.empty:
        return style.nothing(
            ax, "You sent no mass mailings", "No mail of yours went to twenty people or more."
        )
    _draw(ax, rows)
    return style.title(ax, _finding(audit.blasts), room=0.65)


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    places = range(len(rows))
    people, rate = rows["n_recipients"], rows["reply_rate"].fillna(0.0)
    ax.barh(places, people, color=OUT, alpha=0.28, height=0.66)
    ax.barh(places, people * rate, color=GREEN, height=0.66)
    narrow = style.is_narrow(ax)
    room = 11 if narrow else 24
    labels = [
        f"{date:%b %Y}  {style.name(subject or '(no subject)', room)}"
        for date, subject in zip(rows["first_at"], rows["subject"].fillna(""), strict=True)
    ]
    style.rows_axis(ax, labels)
    most = max(float(people.max()), 1.0)
    for place, number, answered in zip(places, people, rows["reply_rate"], strict=True):
        told = f"{number:,}{_told(answered, narrow)}"
        ax.text(number + most * 0.015, place, told, va="center", fontsize=9, color=MUTED)
    ax.set_xlim(0, most * 1.45)
    ax.set_xlabel("people (green: answered)" if narrow else "people it went to (green: answered)")
    ax.grid(visible=True, axis="x", color=FAINT)
    style.whole_numbers(ax.xaxis, 5)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)


def _told(answered: float, narrow: bool) -> str:
    if math.isnan(answered):
        return ""
    return f", {percent(answered)}" if narrow else f", {percent(answered)} answered"


def _finding(every: pd.DataFrame) -> str:
    people = int(every["n_recipients"].sum())
    start = f"{count(len(every), 'mass mailing')} to {count(people, 'recipient')} in all"
    told = every.dropna(subset="reply_rate")
    if told.empty or not told["n_recipients"].sum():
        return start
    answered = (told["reply_rate"] * told["n_recipients"]).sum() / told["n_recipients"].sum()
    return f"{start}; {percent(answered) if answered else 'nobody'} answered"
