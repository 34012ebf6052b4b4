"""Who asks, and who gives?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import rows, style
from netaudit.palette import GREEN, ORANGE
from netaudit.phrases import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

GIVES, ASKS = rows.Side("gives", "gives", GREEN), rows.Side("asks", "asks", ORANGE)
HEADS = {"out": "You, to them", "in": "They, to you"}


@style.chart
def transactional(audit: Audit, ax: Axes) -> Axes:
    """Messages that ask and messages that give, where one side asks and hardly gives."""
    every = _acts(audit, "transactional")
    if every.empty:
        return style.nothing(
            ax, "Nobody only asks", "No tie lives on asks alone, as far as texts were read."
        )
    rows.two_sides(ax, rows.grouped(every, HEADS, "asks"), GIVES, ASKS)
    mine, theirs = _people(every)
    start = _both(
        f"of {mine} you ask far more than you give" if mine else "",
        f"{theirs} ask{_verb(every)} far more of you" if theirs else "",
    )
    return style.title(ax, f"{start}; {_example(every, 'asks')}", room=0.8, pad=28)


@style.chart
def giving(audit: Audit, ax: Axes) -> Axes:
    """Messages that give and messages that ask, where one side gives more than it asks."""
    every = _acts(audit, "giving")
    if every.empty:
        return style.nothing(
            ax,
            "No gifts to show yet",
            "No introductions, links or help, as far as texts were read.",
        )
    rows.two_sides(ax, rows.grouped(every, HEADS, "gives"), GIVES, ASKS)
    mine, theirs = _people(every)
    start = _both(
        f"you give more than you ask to {mine}" if mine else "",
        f"{theirs} give{_verb(every)} more to you" if theirs else "",
    )
    return style.title(ax, f"{start}; {_example(every, 'gives')}", room=0.8, pad=28)


def _acts(audit: Audit, pattern: str) -> pd.DataFrame:
    """One row a finding: who, and the asks and gives of the side that it is about."""
    columns = ["asks_out", "gives_out", "asks_in", "gives_in"]
    found = rows.found(audit.findings, audit.relationships, pattern, columns)
    mine = found["direction"].eq("out")
    acts = {
        name: found[f"{name}_out"].where(mine, found[f"{name}_in"]) for name in ("asks", "gives")
    }
    return found.assign(**{name: column.fillna(0).astype("int64") for name, column in acts.items()})


def _people(every: pd.DataFrame) -> tuple[str, str]:
    """How many people each direction's findings are about, in words; empty for none."""
    numbers = (int(every["direction"].eq(way).sum()) for way in ("out", "in"))
    mine, theirs = (count(n, "person", "people") if n else "" for n in numbers)
    return mine, theirs


def _verb(every: pd.DataFrame) -> str:
    return "s" if every["direction"].eq("in").sum() == 1 else ""


def _both(mine: str, theirs: str) -> str:
    told = ", and ".join(part for part in (mine, theirs) if part)
    return f"{told[0].upper()}{told[1:]}"


def _example(every: pd.DataFrame, most: str) -> str:
    """The asks and gives of the finding with the most of one of them."""
    longest = style.first(every, 1, most)
    who = style.names(longest)[0]
    row = longest.iloc[0]
    asks, gives = count(row["asks"], "ask"), count(row["gives"], "give")
    told = f"{asks} and {gives}" if most == "asks" else f"{gives} and {asks}"
    return f"{told} to {who}" if row["direction"] == "out" else f"{told} from {who}"
