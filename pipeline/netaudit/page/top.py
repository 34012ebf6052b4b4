"""The first screen: the quarter in three sentences and five figures, and what to do next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit import coverage, quarter
from netaudit.answers import SKIP
from netaudit.page import words
from netaudit.phrases import count, percent
from netaudit.shown import records

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.audit import Audit


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, the figure, what it was."""

    label: str
    figure: str
    before: str
    year_before: str
    meaning: str


@dataclass(frozen=True)
class Earlier:
    """What there was before: what the same archive says as of earlier dates, and reviews.

    Attributes:
        quarter: the audit as of a quarter ago; None where the history does not reach.
        n_quiet_year_ago: ties that had gone quiet as of a year ago; None like it.
        answers: model.ANSWERS, what the owner said in reviews; None without a journal.
    """

    quarter: Audit | None = None
    n_quiet_year_ago: int | None = None
    answers: pd.DataFrame | None = None


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else percent(share)


def tiles(audit: Audit, earlier: Earlier) -> list[Tile]:
    """The five figures of the quarter beside the one before and the same one a year ago."""
    when = quarter.window(audit.as_of)
    start = audit.history.messages["sent_at"].min()
    spans = [when, when.earlier(quarter.MONTHS), when.earlier(12)]
    known = [
        quarter.figures(audit, span) if n == 0 or start <= span.start else None
        for n, span in enumerate(spans)
    ]
    quiet = [_quiet(audit), _quiet(earlier.quarter), earlier.n_quiet_year_ago]

    def tile(label: str, meaning: str, values: list[str | None]) -> Tile:
        now, before, year = values
        return Tile(label, now or "–", before or "", year or "", meaning)

    return [
        tile("people in touch", "with at least one direct message either way",
             [f"{f.people:,}" if f else None for f in known]),
        tile("of the writing is yours", "your share of all direct messages; half is even",
             [_percent(f.share) if f else None for f in known]),
        tile("answered by you", "of the direct messages to you, within 14 days",
             [_percent(f.answered) if f else None for f in known]),
        tile("new people", "first direct message in this time",
             [f"{f.new_people:,}" if f else None for f in known]),
        tile("ties gone quiet", "real exchanges that are dormant or cooling",
             [f"{n:,}" if n is not None else None for n in quiet]),
    ]  # fmt: skip


def _quiet(audit: Audit | None) -> int | None:
    if audit is None:
        return None
    return len(quarter.quiet(audit.relationships, audit.patterns))


def sentences(audit: Audit, actions: pd.DataFrame) -> list[str]:
    """The quarter in three sentences."""
    when = quarter.window(audit.as_of)
    now = quarter.figures(audit, when)
    before = quarter.figures(audit, when.earlier(quarter.MONTHS))
    return [_contact(now, before), _state(audit), _next(actions)]


def _contact(now: quarter.Figures, before: quarter.Figures) -> str:
    start = f"You were in direct contact with {count(now.people, 'person', 'people')}"
    if not before.people:
        return f"{start} in these three months."
    more = now.people - before.people
    if not more:
        return f"{start}, as many as in the three months before."
    return (
        f"{start}, {abs(more):,} {'more' if more > 0 else 'fewer'} than in the three months before."
    )


_MISSING = {
    "out": "Most of what you sent is not in this archive, so give and take cannot be judged.",
    "in": "Most of what was sent to you is not in this archive, so give and take cannot be judged.",
}


def _state(audit: Audit) -> str:
    missing = coverage.missing_side(audit.history)
    if missing is not None:
        return _MISSING[missing.direction]
    by_pattern = audit.findings.dropna(subset="person_id").groupby("pattern")["person_id"].nunique()
    balanced, leaning = int(by_pattern.get("reciprocal", 0)), int(by_pattern.get("one_sided", 0))
    quiet = _quiet(audit) or 0
    return (
        f"{count(balanced, 'relationship is', 'relationships are')} a real give and take, "
        f"{count(leaning, 'leans', 'lean')} to one side, "
        f"and {count(quiet, 'has', 'have')} gone quiet."
    )


def _next(actions: pd.DataFrame) -> str:
    if actions.empty:
        return "Nobody asks for your attention right now: too little is known, or all is well."
    left = still_open(actions)
    if left.empty:
        return "Everybody on this quarter’s list has your answer."
    first = words.name(records(left.head(1))[0])
    if len(left) == 1:
        return f"One person is worth a few minutes now: {first}."
    return f"{count(len(left), 'person', 'people')} are worth a few minutes now, {first} first."


def still_open(actions: pd.DataFrame) -> pd.DataFrame:
    """The people of a list whom the owner has not dealt with: without an answer, or skipped."""
    return actions[actions["answer"].fillna(SKIP).eq(SKIP)]
