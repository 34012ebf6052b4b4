"""All relationships as data for the page's table, and its first rows for readers without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netaudit.model import JOIN
from netaudit.page import spark, words
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from netaudit.audit import Audit
    from netaudit.page.words import Clock

STATIC = 50
"""Rows that stand in the page itself."""
SUMMARY_WIDTH = 300
FIELDS = (
    "name", "organisation", "status", "out", "in", "low", "share", "high", "last", "last_day",
    "strength", "spark_out", "spark_in", "patterns", "channels", "tags", "facts",
)  # fmt: skip


def rows(audit: Audit, clock: Clock, titles: dict[str, str]) -> list[list[Any]]:
    """One row a person in the order of `FIELDS`, the strongest first.

    Args:
        audit: as of a date.
        clock: how times are shown.
        titles: pattern name -> its heading.
    """
    ties = audit.relationships.sort_values(["strength", "person_id"], ascending=[False, True])
    timelines = spark.timelines(audit)
    summaries, joins = _summaries(audit.findings, titles), _joins(audit.people.aliases)
    people = audit.history.people.set_index("person_id")
    tags = ties["person_id"].map(people["tags"]).fillna("")
    sparks = timelines.reindex(ties["person_id"]).fillna("")
    return [
        [
            *_row(tie, clock, titles, (tag, out, into)),
            [
                *summaries.get(tie["person_id"], ()),
                *words.facts(tie, clock),
                *joins.get(tie["person_id"], ()),
            ],
        ]
        for tie, tag, out, into in zip(
            records(ties), tags, sparks["out"], sparks["in"], strict=True
        )
    ]


def _row(
    tie: dict[str, Any], clock: Clock, titles: dict[str, str], more: tuple[str, str, str]
) -> list[Any]:
    tag, out, into = more
    last = tie["last_contact"]
    found = tie["patterns"] if isinstance(tie["patterns"], str) else ""
    return [
        words.name(tie),
        shorten(tie["organisation"], 60),
        words.STATUS_WORDS[tie["status"] if isinstance(tie["status"], str) else ""],
        tie["n_out_direct"],
        tie["n_in_direct"],
        *(_percent(tie[f"reciprocity{end}"]) for end in ("_low", "", "_high")),
        clock.day(last),
        None if pd.isna(last) else int(last.timestamp() // 86_400),
        round(float(tie["strength"]), 2),
        out,
        into,
        [titles.get(name, name) for name in found.split(JOIN) if name],
        [c for c in str(tie["channels"]).split(JOIN) if c and c != "nan"],
        [name for name in tag.split(JOIN) if name],
    ]


def _summaries(findings: pd.DataFrame, titles: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """What was found, title and sentence, by person."""
    found: dict[str, list[tuple[str, str]]] = {}
    told = findings.dropna(subset="person_id")[["person_id", "pattern", "summary"]]
    for person, pattern, summary in told.itertuples(index=False, name=None):
        line = (titles.get(pattern, pattern), shorten(summary, SUMMARY_WIDTH))
        found.setdefault(person, []).append(line)
    return found


def _joins(aliases: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """What joined the addresses and profiles of one person, by person."""
    joined = aliases[
        aliases["why"].fillna("").ne("") & aliases["kind"].isin(["address", "profile"])
    ]
    joined = joined.dropna(subset="person_id")
    joined = joined[joined["person_id"].isin(_with_several(aliases))]
    found: dict[str, list[tuple[str, str]]] = {}
    for person, alias, why in joined[["person_id", "alias", "why"]].itertuples(
        index=False, name=None
    ):
        line = ("Joined", f"{shorten(alias, 100)} {shorten(why, SUMMARY_WIDTH)}")
        found.setdefault(person, []).append(line)
    return found


def _with_several(aliases: pd.DataFrame) -> pd.Index:
    n = aliases["person_id"].value_counts()
    return n.index[n > 1]


def coded(people: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """The rows with numbers in place of the terms of facts, and the terms: it halves the page."""
    place = FIELDS.index("facts")
    terms = list(dict.fromkeys(term for row in people for term, _ in row[place]))
    number = {term: n for n, term in enumerate(terms)}
    return terms, [
        [*row[:place], [[number[term], value] for term, value in row[place]], *row[place + 1 :]]
        for row in people
    ]


def _percent(share: float) -> int | None:
    return None if pd.isna(share) else round(share * 100)
