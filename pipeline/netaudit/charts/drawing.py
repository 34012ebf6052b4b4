"""Every chart of an audit drawn once: the page and the files show the same pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit.charts import CHARTS, figure
from netaudit.charts.style import NARROW_WIDTH_INCHES, TITLE_ID, WIDTH_INCHES, applied
from netaudit.shown import one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from netaudit.audit import Audit
    from netaudit.charts import Chart


@dataclass(frozen=True)
class Picture:
    """One width of a chart.

    Attributes:
        svg: as matplotlib writes it, the title in the group `TITLE_ID`.
        title_points: how much of its height the title takes, from the top.
    """

    svg: bytes
    title_points: float


@dataclass(frozen=True)
class Drawing:
    """A chart of an audit, for wide screens and paper, and for phones."""

    chart: Chart
    finding: str
    figure: Figure
    wide: Picture
    narrow: Picture


def draw_all(audit: Audit) -> dict[str, Drawing]:
    """Every chart by name."""
    return {chart.name: draw(chart, audit) for chart in CHARTS}


def draw(chart: Chart, audit: Audit) -> Drawing:
    """One chart in both widths; its finding is that of the wide one, which shows more."""
    wide = figure(chart, audit, WIDTH_INCHES)
    finding = one_line(wide.axes[0].get_title(loc="left"))
    narrow = figure(chart, audit, NARROW_WIDTH_INCHES)
    return Drawing(chart, finding, wide, _picture(wide), _picture(narrow))


def _picture(made: Figure) -> Picture:
    (title,) = made.findobj(lambda artist: artist.get_gid() == TITLE_ID)
    with applied():
        file = io.BytesIO()
        bottom = title.get_window_extent().y0 * 72 / made.dpi
        made.savefig(file, format="svg", metadata={"Date": None})
    return Picture(file.getvalue(), max(0.0, made.get_figheight() * 72 - bottom))
