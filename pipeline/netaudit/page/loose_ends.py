"""Loose ends: what others wait for, and what the owner promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit import obligations
from netaudit.page import words
from netaudit.phrases import span
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.audit import Audit
    from netaudit.page.words import Clock

SHOWN = 12
SENTENCE_WIDTH = 240


@dataclass(frozen=True)
class End:
    """Something open: with whom, since when, and the sentence."""

    name: str
    at: str
    waiting: str
    sentence: str


@dataclass(frozen=True)
class Ends:
    """The newest of one kind, and how many there are."""

    n: int
    shown: list[End]


def loose_ends(audit: Audit, clock: Clock) -> tuple[Ends, Ends] | None:
    """Asks that wait for an answer, and promises without a follow-up; None without texts."""
    if audit.history.signals.empty:
        return None
    return (
        _ends(obligations.reply_owed(audit.history), clock),
        _ends(obligations.promised(audit.history), clock),
    )


def _ends(rows: pd.DataFrame, clock: Clock) -> Ends:
    newest = rows.iloc[::-1].head(SHOWN)
    shown = [
        End(
            words.name({"name": row["name"], "addresses": ""}),
            clock.day(row["at"]),
            span(row["waiting_days"]),
            shorten(row["sentence"], SENTENCE_WIDTH),
        )
        for row in records(newest)
    ]
    return Ends(len(rows), shown)
