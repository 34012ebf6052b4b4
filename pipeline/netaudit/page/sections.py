"""A section for each pattern and positive sign: its people, each with what it was read from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from netaudit.model import JOIN
from netaudit.page import spark, words
from netaudit.phrases import percent
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from netaudit.audit import Audit
    from netaudit.page.evidence import Evidence, Item
    from netaudit.page.words import Clock
    from netaudit.patterns import Pattern

FIRST, FIRST_POSITIVE = 10, 6
"""People of a section that stand there at once; the others unfold."""
SHOWN = 25
"""People of a section shown with their evidence; the others stand in the table and the CSV."""
NAMED = 200
"""People named after those, at most."""
DIRECTIONS = {"out": "from your side", "in": "from their side"}


@dataclass(frozen=True)
class Timeline:
    """Two SVG paths of bars, the owner's upwards, and how many months they cover."""

    out: str
    into: str
    months: int


@dataclass(frozen=True)
class Card:
    """One finding with its evidence, ready to show."""

    name: str
    organisation: str
    direction: str
    summary: str
    sure: str
    since: str
    suggestion: str
    facts: list[tuple[str, str]]
    balance: tuple[float, float, float] | None
    timeline: Timeline | None
    evidence: list[Item]
    n_evidence: int
    people: list[str]
    n_people: int


@dataclass(frozen=True)
class Section:
    """A pattern with all that is shown of it."""

    name: str
    title: str
    meaning: str
    may_be_wrong: str
    positive: bool
    n_people: int
    n_findings: int
    beside: int
    first: int
    cards: list[Card]
    others: list[str]
    thresholds: list[tuple[str, str, str]]


@dataclass(frozen=True)
class _Known:
    """What stands with a finding.

    Attributes:
        ties, timelines: rows by person_id.
        beneath: names of the people beneath a finding, by message.
    """

    ties: dict[str, dict[str, Any]]
    timelines: dict[str, dict[str, Any]]
    beneath: dict[str, list[str]]


def sections(audit: Audit, clock: Clock, evidence: Evidence) -> list[Section]:
    """Every pattern's section in the report's order, also those without findings."""
    shown, beside = _apart(audit.findings)
    first = shown.groupby("pattern").head(SHOWN)
    ties = _by_person(audit.relationships, first["person_id"])
    timelines = _by_person(spark.timelines(audit).reset_index(), first["person_id"])
    made = []
    for pattern in audit.patterns:
        found = shown[shown["pattern"] == pattern.NAME]
        others = beside[beside["pattern"] == pattern.NAME]
        known = _Known(ties, timelines, _people_by_key(others))
        rows = records(found.head(SHOWN + NAMED))
        cards = [_card(row, known, clock, evidence) for row in rows[:SHOWN]]
        made.append(
            Section(
                name=pattern.NAME,
                title=pattern.TITLE,
                meaning=pattern.MEANING,
                may_be_wrong=pattern.MAY_BE_WRONG,
                positive=pattern.POSITIVE,
                n_people=int(found["person_id"].nunique()),
                n_findings=len(found),
                beside=len(others),
                first=FIRST_POSITIVE if pattern.POSITIVE else FIRST,
                cards=cards,
                others=[words.name(row) for row in rows[SHOWN:]],
                thresholds=thresholds(pattern),
            )
        )
    return made


def counts(findings: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """How many findings of each pattern are shown, and how many people stand beneath them."""
    shown, beside = _apart(findings)
    n = shown["pattern"].value_counts()
    more = beside["pattern"].value_counts()
    return {str(name): (int(n[name]), int(more.get(name, 0))) for name in n.index}


def _apart(findings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings shown by themselves, and findings on people shown beneath what concerns them.

    Where a pattern has findings on things (a mailing) and on people (everybody who got nothing
    else), the things are shown, with their people.
    """
    on_people = findings["person_id"].notna()
    has_things = findings["pattern"].isin(findings.loc[~on_people, "pattern"])
    beneath = on_people & has_things
    return findings[~beneath], findings[beneath]


def _people_by_key(findings: pd.DataFrame) -> dict[str, list[str]]:
    """Names of the people whose findings rest on each message, in the order of the findings."""
    found: dict[str, list[str]] = {}
    for row in records(findings[["name", "addresses", "evidence"]]):
        for key in str(row["evidence"]).split(JOIN):
            found.setdefault(key, []).append(words.name(row))
    return found


def thresholds(pattern: Pattern) -> list[tuple[str, str, str]]:
    """Name, value and meaning of each of a pattern's settings."""
    return [
        (field.name, str(getattr(pattern, field.name)), field.metadata["doc"])
        for field in dataclasses.fields(cast("Any", pattern))
        if "doc" in field.metadata
    ]


def _card(row: dict[str, Any], known: _Known, clock: Clock, evidence: Evidence) -> Card:
    person = row["person_id"]
    tie = known.ties.get(person)
    items, n_items = evidence.of(row["evidence"])
    sure = "" if pd.isna(row["confidence"]) else f"{percent(row['confidence'])} sure"
    direction = row["direction"]
    keys = str(row["evidence"]).split(JOIN)
    people = (
        [] if tie else list(dict.fromkeys(n for key in keys for n in known.beneath.get(key, ())))
    )
    return Card(
        name=words.name(row) if tie else "",
        organisation=shorten(tie["organisation"], 60) if tie else "",
        direction=DIRECTIONS.get(direction, "") if isinstance(direction, str) else "",
        summary=shorten(row["summary"], 400),
        sure=sure,
        since=clock.day(row["since"]),
        suggestion=shorten(row["suggestion"], 300),
        facts=words.facts(tie, clock) if tie else [],
        balance=_balance(tie) if tie else None,
        timeline=_timeline(known.timelines.get(person)) if tie else None,
        evidence=items,
        n_evidence=n_items,
        people=people[:NAMED],
        n_people=len(people),
    )


def _balance(tie: dict[str, Any]) -> tuple[float, float, float] | None:
    if pd.isna(tie["reciprocity"]):
        return None
    low, mid, high = (float(tie[f"reciprocity{end}"]) for end in ("_low", "", "_high"))
    return round(low * 100, 1), round(mid * 100, 1), round(high * 100, 1)


def _timeline(row: dict[str, Any] | None) -> Timeline | None:
    """A person's timeline; None without direct messages in its time."""
    if row is None:
        return None
    most = max(spark.DIGITS.index(digit) for digit in row["out"] + row["in"])
    out = spark.path(row["out"], 10, most=most)
    return Timeline(out, spark.path(row["in"], 10, down=True, most=most), spark.MONTHS)


def _by_person(frame: pd.DataFrame, people: pd.Series) -> dict[str, dict[str, Any]]:
    """The rows of these people by person_id."""
    return {row["person_id"]: row for row in records(frame[frame["person_id"].isin(people)])}
