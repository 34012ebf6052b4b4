"""How much of what the owner writes in public is a complaint about the job?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts import style, years
from netaudit.model import JOIN
from netaudit.palette import GREY, ORANGE
from netaudit.patterns.job_complaint import written
from netaudit.phrases import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netaudit.audit import Audit

KINDS = {"complaint": ("sound like a complaint", ORANGE), "other": ("all else", GREY)}


@style.chart
def job_complaint(audit: Audit, ax: Axes) -> Axes:
    """The owner's posts and comments by year, those that complain about the job apart."""
    found = audit.findings[audit.findings["pattern"] == "job_complaint"]
    posts = written(audit.history, audit.as_of)
    if found.empty or posts["posted_at"].isna().all():
        return style.nothing(
            ax, "You do not complain about your job in public", "No posts that sound like it."
        )
    keys = found["evidence"].str.split(JOIN).explode()
    kind = posts["key"].isin(keys).map({True: "complaint", False: "other"})
    counts = pd.crosstab(posts["posted_at"].dt.year, kind).reindex(
        columns=list(KINDS), fill_value=0
    )
    years.columns(ax, counts, KINDS)
    n = int(kind.eq("complaint").sum())
    told = f"{n:,} of your {count(len(posts), 'post or comment', 'posts and comments')}"
    latest = posts.loc[kind.eq("complaint"), "posted_at"].max()
    when = "" if pd.isna(latest) else f", the last in {latest:%B %Y}"
    verb = "sounds" if n == 1 else "sound"
    return style.title(ax, f"{told} {verb} like a complaint about the job{when}")
