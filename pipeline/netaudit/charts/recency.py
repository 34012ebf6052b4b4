"""Which ties that were strong have gone quiet?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netaudit.charts import style
from netaudit.palette import STATUS_COLOURS
from netaudit.phrases import count

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

MARKERS = {"active": "o", "new": "^", "cooling": "D", "dormant": "s", "one_off": "."}
WORDS = {"one_off": "once only"}
MANY = 3000
"""Points beyond which they are drawn as one picture, so that the file stays small."""


@style.chart
def recency(audit: Audit, ax: Axes) -> Axes:
    """Days since the last direct contact against strength: direct messages exchanged in all.

    The recency-weighted strength is the size of a point: it shrinks with silence by definition, so
    that it cannot stand on the other axis.
    """
    ties = _ties(audit.relationships)
    if ties.empty:
        return style.nothing(ax, "No direct contact yet", "No direct message either way.")
    _draw(ax, ties)
    style.title(ax, _finding(ties))
    _name(ax, ties)
    return ax


def _ties(relationships: pd.DataFrame) -> pd.DataFrame:
    messages = relationships["n_in_direct"] + relationships["n_out_direct"]
    ties = relationships.assign(messages=messages)[
        (messages > 0) & relationships["gap_days"].notna()
    ]
    ties = ties.sort_values("person_id")
    return ties.assign(gap_days=ties["gap_days"].clip(lower=1.0))


def _draw(ax: Axes, ties: pd.DataFrame) -> None:
    strongest = max(float(ties["strength"].max()), 1e-9)
    for status, marker in MARKERS.items():
        rows = ties[ties["status"] == status]
        if rows.empty:
            continue
        ax.scatter(
            rows["gap_days"],
            rows["messages"],
            s=18 + 150 * np.sqrt(rows["strength"] / strongest),
            marker=marker,
            color=STATUS_COLOURS[status],
            alpha=0.75,
            edgecolors="white",
            linewidths=0.7,
            label=f"{WORDS.get(status, status)} ({len(rows):,})",
            rasterized=len(ties) > MANY,
        )
    style.log_days(ax, float(ties["gap_days"].max()))
    ax.set_yscale("log")
    ax.set_ylim(0.8, float(ties["messages"].max()) * 1.8)
    marks = [
        n for n in (1, 3, 10, 30, 100, 300, 1000, 3000, 10000) if n <= ties["messages"].max() * 1.8
    ]
    ax.set_yticks(marks, [f"{mark:,}" for mark in marks])
    ax.tick_params(which="minor", length=0)
    ax.grid(visible=True, which="major")
    ax.set_xlabel("since the last direct message")
    ax.set_ylabel("direct messages in all")
    ax.legend(
        loc="upper left", bbox_to_anchor=(0, -0.16), ncols=2 if style.is_narrow(ax) else 5,
        frameon=False, fontsize=9, handletextpad=0.3, columnspacing=1.2, borderaxespad=0,
    )  # fmt: skip


def _name(ax: Axes, ties: pd.DataFrame) -> None:
    quiet = ties[ties["status"].isin(["dormant", "cooling"])]
    strong = ties[~ties["status"].isin(["dormant", "cooling"])]
    for rows in (style.first(quiet, 8, "messages"), style.first(strong, 5, "strength")):
        style.place_names(
            ax, zip(rows["gap_days"], rows["messages"], style.names(rows, 20), strict=True)
        )


def _finding(ties: pd.DataFrame) -> str:
    silent = ties[ties["status"].isin(["dormant", "cooling"])]
    n_quiet, quiet = len(silent), style.first(silent, 1, "messages")
    alive = int(ties["status"].isin(["active", "new"]).sum())
    start = f"{count(alive, 'tie')} alive"
    if quiet.empty:
        return f"{start}; none that was strong has gone quiet"
    most = int(quiet["messages"].iloc[0])
    who = style.names(quiet)[0]
    return (
        f"{start}; {count(n_quiet, 'tie')} gone quiet, the strongest {who} after {most:,} messages"
    )
