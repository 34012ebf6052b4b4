"""The LinkedIn view and the view of invitations: what became of each, counted, nobody named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit.charts.by_year import ANSWERS, FATES, invited
from netaudit.connections import by_employer, by_fate, by_year
from netaudit.model import JOIN
from netaudit.phrases import percent
from netaudit.shown import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netaudit.audit import Audit


@dataclass(frozen=True)
class Counts:
    """A table of counts: the heads of its columns, and rows that begin with a label."""

    caption: str
    heads: list[str]
    rows: list[tuple[str, list[str]]]


def linkedin(audit: Audit) -> list[Counts]:
    """Connections by fate, by year and by employer; empty without any."""
    rows = audit.connections
    if rows.empty:
        return []
    tables = [_fates(rows), _table("By the year of connecting", "Year", by_year(rows), FATES)]
    employers = by_employer(rows).drop(columns="n")
    if len(employers):
        tables.append(_table("By employer, the most frequent", "Employer", employers, FATES))
    return tables


def _fates(rows: pd.DataFrame) -> Counts:
    lines = [
        (
            FATES[str(fate)][0]
            + (f", by {str(channels).replace(JOIN, ' and ')}" if channels else ""),
            [f"{n:,}", percent(share)],
        )
        for fate, channels, n, share in by_fate(rows).itertuples(index=False, name=None)
    ]
    return Counts("What became of them", ["", "Connections", "Share"], lines)


def _fate(fate: str, channels: str) -> str:
    by = f", by {channels.replace(JOIN, ' and ')}" if channels else ""
    return f"{FATES[fate][0]}{by}"


def invitations(audit: Audit) -> list[Counts]:
    """Invitations by year and answer; empty without any."""
    rows = invited(audit)
    if rows.empty:
        return []
    counts = pd.crosstab(rows["starts_at"].dt.year, rows["answer"])
    counts = counts.reindex(columns=list(ANSWERS), fill_value=0)
    return [_table("By the year of the event", "Year", counts, ANSWERS)]


def _table(
    caption: str, first: str, counts: pd.DataFrame, kinds: Mapping[str, tuple[str, str]]
) -> Counts:
    used = [kind for kind in kinds if counts[kind].sum()]
    heads = [first, *(kinds[kind][0] for kind in used), "all"]
    lines = [
        (shorten(str(label), 60), [f"{n:,}" if n else "" for n in (*row, sum(row))])
        for label, row in zip(counts.index, counts[used].to_numpy().tolist(), strict=True)
    ]
    return Counts(caption, heads, lines)
