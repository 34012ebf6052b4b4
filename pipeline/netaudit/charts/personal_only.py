"""With whom is all talk private?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import rows, style
from netaudit.palette import GREY, PURPLE
from netaudit.patterns import of_kind
from netaudit.patterns.personal_only import SURE, PersonalOnly
from netaudit.phrases import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

WORK = rows.Side("work", "about work", GREY)
OTHER = rows.Side("other", "all else (dark: private)", PURPLE)


@style.chart
def personal_only(audit: Audit, ax: Axes) -> Axes:
    """Messages that could be read with people who talk in private alone, by what they are about."""
    every = rows.found(audit.findings, audit.relationships, "personal_only", [])
    if every.empty:
        return style.nothing(
            ax, "With nobody is all talk private", "Not as far as texts were read."
        )
    every = every.join(_counts(audit), on="person_id", how="inner")
    group = style.first(style.first(every, rows.SHOWN, "score"), rows.SHOWN, "other")
    rows.two_sides(ax, {"": group}, WORK, OTHER, pale=True)
    ax.barh(range(len(group)), group["private"], color=PURPLE, height=0.62)
    return style.title(ax, _finding(every), room=0.8, pad=28)


def _counts(audit: Audit) -> pd.DataFrame:
    """By person: messages about work, the others, and those among them that are surely private."""
    messages = of_kind(audit.patterns, PersonalOnly).messages(audit.history, audit.as_of)
    work = messages["professional"] > SURE
    kinds = {"work": work, "other": ~work, "private": ~work & (messages["personal"] > SURE)}
    return pd.DataFrame(kinds).astype("int64").groupby(messages["person_id"]).sum()


def _finding(every: pd.DataFrame) -> str:
    start = f"With {count(len(every), 'person', 'people')} work hardly comes up"
    most = style.first(every, 1, "other")
    who, row = style.names(most)[0], most.iloc[0]
    read = count(row["work"] + row["other"], "message")
    return f"{start}: in {row['work']:,} of {read} with {who}"
