"""What all charts share: look, fonts, labels that no name can break, the shape of a title."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from netaudit.palette import FAINT, INK, MUTED, PAPER
from netaudit.shown import one_line, shorten

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

    from netaudit.audit import Audit

WIDTH_INCHES: Final = 8.4
NARROW_WIDTH_INCHES: Final = 3.7
"""A phone's width."""
NAME_WIDTH: Final = 26
"""Characters of a name in a chart at most."""
NARROW_NAME_WIDTH: Final = 17
NARROW_INCHES: Final = 5.0
"""Figures narrower than this are for a phone."""
BASE: Final = "DejaVu Sans"
"""For the program's own words; the only family that surely has a bold face."""
_LAST: Final = "Last Resort High-Efficiency"
_WIDER: Final = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Source Han Sans", "Hiragino Sans", "PingFang SC",
    "Yu Gothic", "Microsoft YaHei", "Malgun Gothic", "Noto Sans Devanagari", "Nirmala UI",
    "Noto Sans Thai", "Noto Emoji", "Arial Unicode MS",
)  # fmt: skip

TITLE_ID: Final = "finding"
"""Id of a title's group in an SVG."""

RC: Final[dict[str, Any]] = {
    "figure.dpi": 110,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "font.size": 10.0,
    "axes.titlesize": 13.0,
    "axes.titlelocation": "left",
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "netaudit",
}


@cache
def fonts() -> list[str]:
    """Font families in order of preference.

    Those of this machine that know more scripts follow the base; the last one has a shape for
    every character, so that no name of any script is a warning or an error.
    """
    from matplotlib import font_manager  # noqa: PLC0415

    there = {font.name for font in font_manager.fontManager.ttflist}
    return [BASE, *(name for name in _WIDER if name in there), _LAST]


@contextmanager
def applied() -> Iterator[None]:
    """The look of all charts, for what is drawn inside the block."""
    import matplotlib as mpl  # noqa: PLC0415

    looks: Any = {**RC, "font.family": fonts()}
    with mpl.rc_context(looks):
        yield


class Chart(Protocol):
    """A chart as it is called."""

    def __call__(self, audit: Audit, ax: Axes | None = None) -> Axes:
        """Draw it on given axes, or on those of a new pyplot figure."""


def chart(draw: Callable[[Audit, Axes], Axes]) -> Chart:
    """A chart of what draws it: in the common look, and on a new figure where no axes are given."""

    def drawn(audit: Audit, ax: Axes | None = None) -> Axes:
        with applied():
            return draw(audit, _begin(ax))

    drawn.__name__, drawn.__module__ = draw.__name__, draw.__module__
    drawn.__doc__ = f"{inspect.cleandoc(draw.__doc__ or '')}\n\n{_ARGUMENTS}"
    return drawn


_ARGUMENTS: Final = """Args:
    audit: as of a date.
    ax: where to draw; a new figure where not given.
"""


def _begin(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt  # noqa: PLC0415

    _, made = plt.subplots(figsize=(WIDTH_INCHES, 4.6), layout="constrained")
    return made


def words(**more: Any) -> dict[str, Any]:
    """Arguments of every text that may hold a name: no `$` is mathematics, every script has a font.

    They are given one by one, so that they hold on axes made outside this package as well.
    """
    return {"parse_math": False, "fontfamily": fonts(), **more}


def name(text: object, width: int = NAME_WIDTH) -> str:
    """A person's name as a label; a leading underscore, which hides labels, is kept visible."""
    shown = shorten(text, width)
    return f"\u200a{shown}" if shown.startswith("_") else shown


def names(rows: pd.DataFrame, width: int = NAME_WIDTH) -> list[str]:
    """Labels of people: the name, else the first address, else `(no name)`."""
    return [
        name(one_line(given) or one_line(addresses).split(";")[0] or "(no name)", width)
        for given, addresses in zip(rows["name"], rows["addresses"], strict=True)
    ]


def width_inches(ax: Axes) -> float:
    """Width of the figure the axes stand in."""
    figure = ax.get_figure(root=True)
    return WIDTH_INCHES if figure is None else float(figure.get_figwidth())


def is_narrow(ax: Axes) -> bool:
    """Whether the figure is for a phone."""
    return width_inches(ax) < NARROW_INCHES


def name_width(ax: Axes) -> int:
    """Characters of a name for which the figure has room."""
    return NARROW_NAME_WIDTH if is_narrow(ax) else NAME_WIDTH


def first(rows: pd.DataFrame, n: int, by: str) -> pd.DataFrame:
    """The `n` rows with the most of a column, whatever order the rows came in."""
    return rows.sort_values([by, "person_id"], ascending=[False, True]).head(n)


def title(ax: Axes, finding: str, *, room: float = 0.95, pad: float = 14.0) -> Axes:
    """Set the finding as the title and return the axes.

    Args:
        ax: the chart.
        finding: one sentence.
        room: share of the figure's width that the axes take.
        pad: points between axes and title.
    """
    width = max(22, int(width_inches(ax) * 9.4 * room))
    lines = textwrap.wrap(one_line(finding), width=width)
    ax.set_title("\n".join(lines), loc="left", pad=pad, **words()).set_gid(TITLE_ID)
    return ax


def nothing(ax: Axes, finding: str, why: str) -> Axes:
    """An empty chart that says why it is empty."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, why, ha="center", va="center", transform=ax.transAxes, **words(color=MUTED))
    return title(ax, finding)


def whole_numbers(axis: Axis, most: int) -> None:
    """Few ticks, at whole numbers."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    axis.set_major_locator(MaxNLocator(nbins=most, integer=True))


def rows_axis(ax: Axes, labels: Iterable[str]) -> None:
    """A chart of rows: one label a row, the first on top, no axis line."""
    given = list(labels)
    ax.set_yticks(range(len(given)), given, **words())
    ax.set_ylim(len(given) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def sides(ax: Axes, left: str, right: str, middle: str | None = None) -> None:
    """Name the two ends (and the middle) of a horizontal axis that runs from 0 to 1."""
    ticks = (
        [(0.0, left), (1.0, right)] if middle is None else [(0, left), (0.5, middle), (1, right)]
    )
    ax.set_xticks([at for at, _ in ticks], [text for _, text in ticks])
    labels = ax.get_xticklabels()
    labels[0].set_horizontalalignment("left")
    labels[-1].set_horizontalalignment("right")


def log_days(ax: Axes, longest: float) -> None:
    """A logarithmic horizontal axis of days that reads as people say it."""
    marks = [(1, "1 day"), (7, "1 week"), (30, "1 month"), (91, "3 months"), (365, "1 year"),
             (1096, "3 years"), (3653, "10 years")]  # fmt: skip
    shown = [mark for mark in marks if mark[0] <= max(longest, 30) * 1.5]
    if is_narrow(ax):
        shown = [mark for mark in shown if mark[0] not in (91, 1096)]
    ax.set_xscale("log")
    ax.set_xlim(0.8, max(longest, 30) * 1.6)
    ax.set_xticks([days for days, _ in shown], [text for _, text in shown])
    ax.xaxis.set_minor_locator(_no_ticks())


def log_hours(ax: Axes, shortest: float, longest: float) -> None:
    """A logarithmic horizontal axis of hours that reads as people say it."""
    marks = [(1 / 12, "5 min"), (1, "1 hour"), (5, "5 hours"), (24, "1 day"), (72, "3 days"),
             (168, "1 week"), (336, "2 weeks")]  # fmt: skip
    low, high = shortest / 1.6, longest * 1.6
    shown = [mark for mark in marks if low <= mark[0] <= high]
    if is_narrow(ax):
        shown = [mark for mark in shown if mark[0] not in (5, 72, 336)]
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ax.set_xticks([hours for hours, _ in shown], [text for _, text in shown])
    ax.xaxis.set_minor_locator(_no_ticks())


def _no_ticks() -> Any:
    from matplotlib.ticker import NullLocator  # noqa: PLC0415

    return NullLocator()


def place_names(ax: Axes, points: Iterable[tuple[float, float, str]]) -> None:
    """Name points, the first ones first; a name that would cover an earlier one is left out."""
    figure = ax.get_figure()
    if figure is None:
        return
    scale = figure.dpi / 72
    box_left, box_right = ax.transAxes.transform([(0, 0), (1, 0)])[:, 0]
    taken: list[tuple[float, float, float, float]] = []
    for x, y, text in points:
        across, up = ax.transData.transform((x, y))
        wide, high = len(text) * 5.4 * scale, 12 * scale
        to_left = across + wide > box_right
        left = across - wide - 7 * scale if to_left else across + 7 * scale
        box = (left, up - high / 2, left + wide, up + high / 2)
        if left < box_left or any(_overlap(box, other) for other in taken):
            continue
        taken.append(box)
        ax.annotate(
            text, (x, y), xytext=(-7 if to_left else 7, 0), textcoords="offset points",
            ha="right" if to_left else "left", va="center", **words(fontsize=9),
        )  # fmt: skip


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
