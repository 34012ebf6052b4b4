"""Frames of charts whose rows are people: two sides of a count, and two figures on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netaudit.charts import style
from netaudit.palette import MUTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

SHOWN = 16
"""People in a chart of rows at most."""


@dataclass(frozen=True)
class Side:
    """One side of a row: the column of its figure, what it is called, its colour."""

    column: str
    words: str
    colour: str


def found(
    findings: pd.DataFrame, relationships: pd.DataFrame, pattern: str, columns: list[str]
) -> pd.DataFrame:
    """One row a finding on a person: person_id, direction, score, name, addresses and the columns.

    Args:
        findings: model.FINDINGS.
        relationships: model.RELATIONSHIPS.
        pattern: whose findings.
        columns: more columns of the relationships.
    """
    rows = findings[findings["pattern"] == pattern][["person_id", "direction", "score"]]
    known = relationships.set_index("person_id")[["name", "addresses", *columns]]
    return rows.join(known, on="person_id", how="inner")


def grouped(rows: pd.DataFrame, heads: Mapping[str, str], by: str) -> dict[str, pd.DataFrame]:
    """The highest scores in groups by direction, each with the most of a column first.

    With two groups, neither takes more than half of the rows unless the other leaves them.

    Args:
        rows: `found`.
        heads: head of each direction's group, in the order of the chart.
        by: the column.
    """
    parts = {head: rows[rows["direction"] == way] for way, head in heads.items()}
    half = SHOWN // 2
    room = {
        head: max(SHOWN - half, SHOWN - sum(len(p) for h, p in parts.items() if h != head))
        for head in parts
    }
    return {
        head: style.first(style.first(part, room[head], "score"), SHOWN, by)
        for head, part in parts.items()
        if len(part)
    }


def labels(ax: Axes, groups: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Name the rows of groups, each under its head, and return all with their `place`.

    A single group has no head.
    """
    named: list[str] = []
    heads: list[int] = []
    parts = []
    for head, rows in groups.items():
        if len(groups) > 1:
            heads.append(len(named))
            named.append(head)
        parts.append(rows.assign(place=range(len(named), len(named) + len(rows))))
        named += style.names(rows, style.name_width(ax))
    style.rows_axis(ax, named)
    for place in heads:
        ax.get_yticklabels()[place].set(fontfamily=style.BASE, fontweight="bold")
    return pd.concat(parts, ignore_index=True)


def two_sides(
    ax: Axes, groups: Mapping[str, pd.DataFrame], left: Side, right: Side, *, pale: bool = False
) -> None:
    """A bar each way from the middle for every row, with its figure at the end.

    Args:
        ax: the chart.
        groups: head -> rows with `name`, `addresses` and both sides' columns (counts).
        left: what stands to the left.
        right: what stands to the right.
        pale: the right bars are pale, for darker ones that the caller draws on them.
    """
    rows = labels(ax, groups)
    ax.barh(rows["place"], -rows[left.column], color=left.colour, height=0.62)
    ax.barh(
        rows["place"],
        rows[right.column],
        color=right.colour,
        height=0.62,
        alpha=0.35 if pale else 1.0,
    )
    ax.axvline(0, color=MUTED, linewidth=0.8)
    room = float(rows[[left.column, right.column]].max().max()) * 0.03
    beside: dict[str, Any] = {"va": "center", "color": MUTED, "fontsize": 9}
    for place, one, other in zip(rows["place"], rows[left.column], rows[right.column], strict=True):
        ax.text(-one - room, place, f"{one:,}", ha="right", **beside)
        ax.text(other + room, place, f"{other:,}", ha="left", **beside)
    least = room * 9
    ax.set_xlim(
        -max(float(rows[left.column].max()) + room * 6, least),
        max(float(rows[right.column].max()) + room * 6, least),
    )
    heads: dict[str, Any] = {"va": "bottom", "color": MUTED, "fontsize": 9}
    ax.text(-room, -0.7, left.words, ha="right", **heads)
    ax.text(room, -0.7, right.words, ha="left", **heads)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def two_figures(ax: Axes, rows: pd.DataFrame, one: Side, other: Side, axis: str) -> None:
    """Two marks on a line for every row; the caller sets the scale of the axis.

    Args:
        ax: the chart.
        rows: with `name`, `addresses` and both figures' columns.
        one: drawn as circles.
        other: drawn as diamonds.
        axis: what both measure.
    """
    places = range(len(rows))
    first, second = rows[one.column], rows[other.column]
    low, high = np.minimum(first, second), np.maximum(first, second)
    ax.hlines(places, low, high, color=MUTED, linewidth=1.4)
    ax.scatter(first, places, color=one.colour, s=56, zorder=3, label=one.words)
    ax.scatter(second, places, color=other.colour, s=50, marker="D", zorder=3, label=other.words)
    style.rows_axis(ax, style.names(rows, style.name_width(ax)))
    ax.grid(visible=True, axis="x")
    ax.set_xlabel(axis)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)
