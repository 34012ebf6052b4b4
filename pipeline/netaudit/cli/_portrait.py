"""One relationship as lines of a terminal: who, both directions by month, balance, findings.

Whoever prints them makes them harmless first (`_terminal.show`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netaudit.model import JOIN
from netaudit.page import spark, words
from netaudit.page.evidence import Evidence
from netaudit.phrases import percent
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netaudit.audit import Audit

BARS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
SCALE = 41
"""Characters of the balance, of which the middle one is an even exchange."""
EVIDENCE = 5


def head(audit: Audit, person: str) -> list[str]:
    """Who it is, in a line, and the state of the tie."""
    tie = _tie(audit, person)
    people = audit.history.people.set_index("person_id")
    facts = [words.name(tie), shorten(tie["organisation"], 60)]
    facts += [shorten(people["tags"].get(person, ""), 60)]
    state = words.STATUS_WORDS.get(tie["status"] if isinstance(tie["status"], str) else "", "")
    return [" · ".join(fact for fact in facts if fact), f"{state} · {person}"]


def timeline(audit: Audit, person: str, months: int = spark.MONTHS) -> list[str]:
    """Direct messages by month, one line of bars a side, and the years below."""
    lines = spark.timelines(audit, months)
    if person not in lines.index:
        return [f"No direct message in the last {months} months."]
    sides = lines.loc[person]
    counts = {side: [spark.DIGITS.index(digit) for digit in sides[side]] for side in ("out", "in")}
    most = max(max(numbers) for numbers in counts.values())
    last = audit.as_of - pd.Timedelta(microseconds=1)
    plus = " or more" if most == len(spark.DIGITS) - 1 else ""
    return [
        f"Direct messages by month up to {last:%B %Y}; the highest bar is {most}{plus}",
        f"  you   {_bars(counts['out'], most)}",
        f"  they  {_bars(counts['in'], most)}",
        f"        {_years(last, months)}",
    ]


def _bars(counts: list[int], most: int) -> str:
    return "".join(BARS[(n * len(BARS) - 1) // most] if n else NOTHING for n in counts)


def _years(last: pd.Timestamp, months: int) -> str:
    """The year below each January that leaves room for it."""
    line = [" "] * months
    newest = last.year * 12 + last.month - 1
    for place in range(months - 3):
        year, month = divmod(newest - (months - 1 - place), 12)
        if not month:
            line[place : place + 4] = f"{year}"
    return "".join(line).rstrip()


def balance(audit: Audit, person: str) -> list[str]:
    """The owner's share of the exchange on a scale, with its interval."""
    tie = _tie(audit, person)
    if pd.isna(tie["reciprocity"]):
        return []
    low, mid, high = (
        round(float(tie[f"reciprocity{end}"]) * (SCALE - 1)) for end in ("_low", "", "_high")
    )
    scale = ["·"] * SCALE
    scale[SCALE // 2] = "┊"
    scale[low : high + 1] = "─" * (high + 1 - low)
    scale[mid] = "●"
    return [f"  they write {''.join(scale)} you write"]


def facts(audit: Audit, person: str) -> list[str]:
    """What is known of the relationship, term by term."""
    told = words.facts(_tie(audit, person), words.Clock.of(audit.settings))
    elsewhere = ("Addresses", "Profiles", "Outlook", "Why")
    return [f"  {term:<16}{value}" for term, value in told if term not in elsewhere]


def outlook(audit: Audit, person: str) -> list[str]:
    """How likely further contact is, and what moves it, against the owner's average tie."""
    tie = _tie(audit, person)
    if pd.isna(tie["p_active"]):
        return []
    told = tie["p_active_reasons"]
    why = told.split(JOIN) if isinstance(told, str) and told else []
    return [
        f"Further contact within 180 days: {percent(tie['p_active'])}",
        *(f"  {w}" for w in why),
    ]


def found(audit: Audit, person: str) -> list[str]:
    """Every finding on the person with its evidence."""
    rows = audit.findings[audit.findings["person_id"].eq(person)]
    titles = {pattern.NAME: pattern.TITLE for pattern in audit.patterns}
    clock = words.Clock.of(audit.settings)
    evidence = Evidence(audit.history, clock, rows["evidence"])
    lines: list[str] = []
    for row in records(rows):
        sure = "" if pd.isna(row["confidence"]) else f" ({percent(row['confidence'])} sure)"
        lines += [""] if lines else []
        lines += [f"{titles[row['pattern']]}{sure}", f"  {shorten(row['summary'], 400)}"]
        if isinstance(row["suggestion"], str):
            lines.append(f"  → {row['suggestion']}")
        lines += shown(evidence, row["evidence"])
    return lines


def shown(evidence: Evidence, cell: object, most: int = EVIDENCE) -> Iterator[str]:
    """The newest pieces of evidence, a line each, with the sentences that tell."""
    items, total = evidence.of(cell, most)
    for item in items:
        yield f"    {item.at:<20} {item.direction:<9} {item.subject}"
        for sentence in dict.fromkeys(item.sentences):
            yield f"      “{sentence}”"
    if total > len(items):
        yield f"    and {total - len(items):,} more"


def identity(audit: Audit, person: str) -> list[str]:
    """Addresses and profiles, and what joined them."""
    rows = audit.people.aliases[audit.people.aliases["person_id"].eq(person)]
    lines = ["Known as"]
    for row in records(rows):
        why = f"   {row['why']}" if row["why"] else ""
        lines.append(f"  {row['alias']}{why}")
    return lines


def portrait(audit: Audit, person: str, months: int) -> list[list[str]]:
    """All of it, in paragraphs; empty ones are left out."""
    parts = [
        head(audit, person),
        timeline(audit, person, months),
        ["Balance", *balance(audit, person)] if balance(audit, person) else [],
        facts(audit, person),
        outlook(audit, person),
        found(audit, person),
        identity(audit, person),
    ]
    return [part for part in parts if part]


def _tie(audit: Audit, person: str) -> Mapping[str, Any]:
    rows = audit.relationships
    return records(rows[rows["person_id"].eq(person)])[0]
