"""Who surrounds the owner, in which circles, and how balanced is each tie?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netaudit.charts import style
from netaudit.palette import CIRCLES, FAINT, GREY, IN, INK, OUT
from netaudit.phrases import count

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

NARROW_PEOPLE = 30
"""People drawn at most where the figure is narrow."""
MAX_SHARED = 300
"""Ties between others drawn at most, the strongest first."""


@dataclass(frozen=True)
class _Picture:
    """What is drawn: people in order around the ring, with their places."""

    people: pd.DataFrame
    circle: dict[str, int]
    place: dict[str, tuple[float, float]]
    shared: list[tuple[str, str]]


@style.chart
def network(audit: Audit, ax: Axes) -> Axes:
    """The strongest ties around the owner.

    Colour: circle (people who share mail with each other). Size and width: strength. A line
    changes colour where the balance lies: in the middle for an even exchange, nearer the other the
    more the owner does. Faint curves: two people who were seen in one mail.
    """
    narrow = style.is_narrow(ax)
    most = audit.settings.report.max_graph_people
    picture = _arrange(audit, min(most, NARROW_PEOPLE) if narrow else most)
    if picture.people.empty:
        return style.nothing(ax, "Nobody to draw yet", "No direct message either way.")
    _draw_shared(ax, picture)
    _draw_ties(ax, picture)
    _draw_names(ax, picture, style.name_width(ax))
    _legend(ax, picture, narrow)
    ax.set_axis_off()
    return style.title(ax, _finding(picture))


def _arrange(audit: Audit, most: int) -> _Picture:
    rows = audit.relationships
    direct = rows["n_in_direct"] + rows["n_out_direct"] > 0
    rows = style.first(rows[direct & (rows["strength"] > 0)], most, "strength")
    given = {person: audit.graph.nodes[person].get("circle") for person in rows["person_id"]
             if person in audit.graph}  # fmt: skip
    circle = _renumbered({person: int(number) for person, number in given.items() if number})
    order = rows["person_id"].map(circle).fillna(10_000).astype("int64")
    rows = rows.assign(order=order).sort_values(
        ["order", "strength", "person_id"], ascending=[True, False, True], ignore_index=True
    )
    people = set(rows["person_id"])
    between = [
        (data.get("strength", 0.0), one, other)
        for one, other, data in audit.graph.edges(data=True)
        if data.get("kind") == "shared_mail" and one in people and other in people
    ]
    strongest = sorted(between, key=lambda tie: (-tie[0], tie[1], tie[2]))[:MAX_SHARED]
    place = dict(zip(rows["person_id"], _ring(len(rows)), strict=True))
    return _Picture(rows, circle, place, [(one, other) for _, one, other in strongest])


def _renumbered(circle: dict[str, int]) -> dict[str, int]:
    """Circles of at least two of the people drawn, numbered from 0, the largest first."""
    sizes = Counter(circle.values())
    kept = [number for number, n in sorted(sizes.items(), key=lambda c: (-c[1], c[0])) if n > 1]
    return {person: kept.index(number) for person, number in circle.items() if number in kept}


def _ring(people: int) -> list[tuple[float, float]]:
    """Places down the right side and up the left one, evenly spaced in height for the names."""
    right = (people + 1) // 2
    down = [((n + 0.5) / right, 1.0) for n in range(right)]
    up = [(1 - (n + 0.5) / max(people - right, 1), -1.0) for n in range(people - right)]
    return [
        (side * (0.25 + 0.75 * float(np.sqrt(max(0.0, 1 - (1 - 2 * t) ** 2)))), 1 - 2 * t)
        for t, side in down + up
    ]


def _draw_shared(ax: Axes, picture: _Picture) -> None:
    from matplotlib.collections import PathCollection  # noqa: PLC0415
    from matplotlib.path import Path  # noqa: PLC0415

    curves = [
        Path(
            [one, (0.3 * (one[0] + other[0]), 0.3 * (one[1] + other[1])), other],
            [Path.MOVETO, Path.CURVE3, Path.CURVE3],
        )
        for one, other in ((picture.place[a], picture.place[b]) for a, b in picture.shared)
    ]
    ax.add_collection(
        PathCollection(curves, facecolors="none", edgecolors=FAINT, linewidths=0.8, zorder=0)
    )


def _draw_ties(ax: Axes, picture: _Picture) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415

    rows = picture.people
    ends = np.array([picture.place[person] for person in rows["person_id"]])
    share = rows["reciprocity"].fillna(0.5).to_numpy()[:, None]
    weight = np.sqrt(rows["strength"].to_numpy() / float(rows["strength"].max()))
    meet = ends * share
    zero = np.zeros_like(ends)
    widths = (0.5 + 3.0 * weight).tolist()
    for start, stop, colour in ((zero, meet, OUT), (meet, ends, IN)):
        lines = np.stack([start, stop], axis=1)
        ax.add_collection(
            LineCollection(list(lines), colors=colour, linewidths=widths, alpha=0.5, zorder=1)
        )
    colours = [_colour(picture.circle.get(person)) for person in rows["person_id"]]
    ax.scatter(ends[:, 0], ends[:, 1], s=22 + 200 * weight**2, c=colours, zorder=3,
               edgecolors="white", linewidths=0.8)  # fmt: skip
    ax.scatter([0], [0], s=150, color=INK, zorder=4, edgecolors="white")
    ax.annotate("you", (0, 0), xytext=(0, -13), textcoords="offset points", ha="center", va="top",
                fontsize=9, zorder=5)  # fmt: skip


def _colour(circle: int | None) -> str:
    return CIRCLES[circle] if circle is not None and circle < len(CIRCLES) else GREY


def _draw_names(ax: Axes, picture: _Picture, width: int) -> None:
    rows = picture.people
    size = 9 if len(rows) <= 44 else 8
    for person, text in zip(rows["person_id"], style.names(rows, width), strict=True):
        x, y = picture.place[person]
        ax.annotate(
            text, (x, y), xytext=(9 if x > 0 else -9, 0), textcoords="offset points",
            ha="left" if x > 0 else "right", va="center", **style.words(fontsize=size),
        )  # fmt: skip
    # Room for the names: the axes know of the points alone.
    room = 1.0 + 0.062 * width * (style.WIDTH_INCHES / style.width_inches(ax))
    ax.set_xlim(-room, room)
    ax.set_ylim(-1.08, 1.08)


def _legend(ax: Axes, picture: _Picture, narrow: bool) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    marks = [
        Line2D([], [], color=OUT, linewidth=3, alpha=0.6, label="your share of the exchange"),
        Line2D([], [], color=IN, linewidth=3, alpha=0.6, label="theirs"),
    ]
    for circle in range(min(1 + max(picture.circle.values(), default=-1), len(CIRCLES))):
        label = style.name(_circle_name(picture, circle), 22)
        marks.append(Line2D([], [], marker="o", linestyle="", color=CIRCLES[circle], label=label))
    legend = ax.legend(
        handles=marks, loc="upper center", bbox_to_anchor=(0.5, 0.0), frameon=False, fontsize=9,
        ncols=2 if narrow else 4, handletextpad=0.5, columnspacing=1.4,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_parse_math(False)
        text.set_fontfamily(style.fonts())


def _circle_name(picture: _Picture, circle: int) -> str:
    """What most of a circle's people share: their organisation, else its number."""
    members = [person for person, number in picture.circle.items() if number == circle]
    rows = picture.people[picture.people["person_id"].isin(members)]
    places = rows["organisation"].dropna()
    top = places[places != ""].value_counts()
    if len(top) and top.iloc[0] * 2 >= len(members):
        return f"{top.index[0]} ({len(members)})"
    return f"circle {circle + 1} ({len(members)})"


def _finding(picture: _Picture) -> str:
    n_circles = 1 + max(picture.circle.values(), default=-1)
    start = f"Your {len(picture.people)} strongest ties"
    if n_circles < 2:
        return f"{start} form {'one circle' if n_circles else 'no circles that mail can show'}"
    start += f" form {count(n_circles, 'circle')}"
    reach = _reach(picture)
    if reach.empty or reach.iloc[0] < 2:
        return f"{start}; nobody but you links them"
    row = picture.people[picture.people["person_id"] == reach.index[0]]
    linked = "two" if reach.iloc[0] == 2 else str(reach.iloc[0])
    return f"{start}; {style.names(row)[0]} links {linked} of them"


def _reach(picture: _Picture) -> pd.Series:
    """Circles that each person shares mail with, their own among them; the most first."""
    reached: dict[str, set[int]] = {p: {c} for p, c in picture.circle.items()}
    for one, other in picture.shared:
        for person, neighbour in ((one, other), (other, one)):
            if neighbour in picture.circle:
                reached.setdefault(person, set()).add(picture.circle[neighbour])
    strength = picture.people.set_index("person_id")["strength"]
    counts = strength.index.to_series().map(lambda p: len(reached.get(p, ())))
    order = counts.to_frame("n").assign(strength=strength)
    return order.sort_values(["n", "strength"], ascending=False)["n"]
