"""Charts: `(audit, ax=None) -> Axes`, one question each; the title states the finding.

A chart never saves and reads no clock; given axes stay the caller's. `CHARTS` lists them all, with
the patterns whose sections they stand in. A new chart is a new module and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit.charts.activity import activity
from netaudit.charts.asks_gives import giving, transactional
from netaudit.charts.blasts import blasts
from netaudit.charts.by_year import connections, events
from netaudit.charts.in_touch import in_touch
from netaudit.charts.job_complaint import job_complaint
from netaudit.charts.need_driven import need_driven
from netaudit.charts.network import network
from netaudit.charts.one_sided import one_sided
from netaudit.charts.personal_only import personal_only
from netaudit.charts.quiet import quiet
from netaudit.charts.recency import recency
from netaudit.charts.reciprocity import reciprocity
from netaudit.charts.replies import replies
from netaudit.charts.sought_out import sought_out
from netaudit.charts.style import WIDTH_INCHES, applied

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from netaudit.audit import Audit


@dataclass(frozen=True)
class Chart:
    """A chart and where it belongs.

    Attributes:
        name: of its file, and of `audit.plot.<name>()`.
        question: what it answers, in words.
        draw: `(audit, ax=None) -> Axes`.
        patterns: patterns whose sections it stands in; empty for a section of its own.
        row_inches: height of a row for charts of rows; 0 for the others.
        aspect: height by width for charts without rows.
        narrow_aspect: the same on a phone.
    """

    name: str
    question: str
    draw: Callable[..., Axes]
    patterns: tuple[str, ...] = ()
    row_inches: float = 0.0
    aspect: float = 0.6
    narrow_aspect: float = 1.0


CHARTS: tuple[Chart, ...] = (
    Chart("one_sided", "Where do nearly all messages go one way?", one_sided, ("one_sided",), 0.3),
    Chart("reciprocity", "Who writes, you or they?", reciprocity, ("reciprocal",), 0.3),
    Chart("recency", "Which strong ties have gone quiet?", recency, narrow_aspect=1.15),
    Chart("activity", "How much goes out and comes in?", activity, aspect=0.34, narrow_aspect=0.7),
    Chart("network", "Who surrounds you, in which circles?", network, aspect=0.82,
          narrow_aspect=1.6),
    Chart("blasts", "Do your mass mailings get answered?", blasts, ("mass_blast",), 0.36),
    Chart("quiet", "When did the quiet ties live?", quiet, ("dormant",), 0.3),
    Chart("connections", "What became of your connections?", connections, aspect=0.42,
          narrow_aspect=0.9),
    Chart("events", "What do you answer to invitations?", events, aspect=0.36, narrow_aspect=0.8),
    Chart("replies", "Who waits for whom?", replies, ("reciprocal",), 0.3),
    Chart("transactional", "Who asks without giving?", transactional, ("transactional",), 0.3),
    Chart("need_driven", "Does contact begin with a need?", need_driven, ("need_driven",), 0.3),
    Chart("personal_only", "With whom is all talk private?", personal_only, ("personal_only",),
          0.3),
    Chart("job_complaint", "How often do you complain in public?", job_complaint,
          ("job_complaint",), aspect=0.36, narrow_aspect=0.8),
    Chart("giving", "Who gives more than they ask?", giving, ("giving",), 0.3),
    Chart("in_touch", "Is the silence within the rhythm?", in_touch, ("in_touch",), 0.3),
    Chart("sought_out", "Who comes to you?", sought_out, ("sought_out",), 0.3),
)  # fmt: skip


def figure(chart: Chart, audit: Audit, width_inches: float = WIDTH_INCHES) -> Figure:
    """A figure with one chart, outside pyplot, as high as its content needs.

    Args:
        chart: one of `CHARTS`.
        audit: as of a date.
        width_inches: 8.4 for paper and screen; under 5 the charts arrange themselves for a phone.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415

    with applied():
        narrow = width_inches < 5
        height = width_inches * (chart.narrow_aspect if narrow else chart.aspect)
        made = Figure(figsize=(width_inches, height), layout="constrained")
        axes = chart.draw(audit, made.subplots())
        if chart.row_inches and axes.axison:
            made.set_figheight(1.5 + chart.row_inches * len(axes.get_yticks()))
        elif not axes.axison and not axes.collections:
            made.set_figheight(1.6)
        # Arranged once; every way of saving it would do so again.
        made.draw_without_rendering()
        made.set_layout_engine(None)
        return made


__all__ = [
    "activity",
    "blasts",
    "connections",
    "events",
    "giving",
    "in_touch",
    "job_complaint",
    "need_driven",
    "network",
    "one_sided",
    "personal_only",
    "quiet",
    "recency",
    "reciprocity",
    "replies",
    "sought_out",
    "transactional",
]
"""The charts by name, as `audit.plot` offers them."""
