"""All stages in their order, as of a time: stored tables -> everything the report shows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from netaudit import (
    asof,
    blasts,
    connections,
    coverage,
    graph,
    memory,
    notes,
    outlook,
    patterns,
    relationships,
    robots,
)
from netaudit import history as histories
from netaudit import owner as owners
from netaudit.model import FINDINGS, JOIN, RELATIONSHIPS
from netaudit.patterns.mass_blast import MassBlast
from netaudit.people import Decisions, resolve

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import networkx as nx

    from netaudit.history import History
    from netaudit.owner import Naming, Owner
    from netaudit.patterns import Pattern
    from netaudit.people import People
    from netaudit.settings import Settings
    from netaudit.written import Written


@dataclass(frozen=True)
class Audit:
    """What an archive says as of a time.

    Attributes:
        as_of: the end of the last day that counts.
        settings: the thresholds in force.
        owner: whose archive it is.
        people: who everybody is.
        history: every frame the figures were made of.
        relationships: model.RELATIONSHIPS, one row per tie.
        findings: model.FINDINGS, in the order of the report.
        blasts: model.BLASTS, one row per mass mailing of the owner.
        connections: what became of each LinkedIn connection (`connections.fates`).
        patterns: every pattern with its thresholds, in the order of the report.
        notes: one line for each thing the archive cannot know.
        is_redacted: people are pseudonyms and texts left out (`redact.redacted`).
        given_graph: in place of the graph that the history makes.
    """

    as_of: pd.Timestamp
    settings: Settings
    owner: Owner
    people: People
    history: History
    relationships: pd.DataFrame
    findings: pd.DataFrame
    blasts: pd.DataFrame
    connections: pd.DataFrame
    patterns: tuple[Pattern, ...]
    notes: tuple[str, ...]
    is_redacted: bool = False
    given_graph: nx.DiGraph[str] | None = None

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The contact graph (`graph.build`), made when first asked for."""
        return graph.build(self.history) if self.given_graph is None else self.given_graph


def audit(
    tables: Mapping[str, pd.DataFrame],
    settings: Settings,
    as_of: str | dt.date | pd.Timestamp | None = None,
    decisions: Decisions | None = None,
    *,
    naming: Naming = owners.MYSELF,
    written: Written | None = None,
) -> Audit:
    """Everything the report shows, as of a time.

    Args:
        tables: model.STORED names -> frames.
        settings: thresholds, and the owner's addresses where the user named them.
        as_of: a day (its end, UTC) or a moment; None for the last day with human mail.
        decisions: what the owner said of people.
        naming: how doubts about the owner are told.
        written: texts and signatures, where the tables are without them.

    Raises:
        UserError: nothing in the archive has a date and none was given.
        UsageError: `as_of` is no date, or the settings name an unknown pattern.
    """
    configured = patterns.configured(settings.patterns)
    history, people, figures = _weighed(
        tables, settings, as_of, decisions or Decisions(), naming=naming, written=written
    )
    ties, until = history.relationships, history.as_of
    left_out = withheld(history, configured)
    found = [pattern(history, until) for pattern in configured if pattern not in left_out]
    findings = FINDINGS.check(pd.concat([f for f in found if len(f)] or [FINDINGS.empty()]))
    memory.give_back()
    ties = ties.assign(p_active_reasons=outlook.reasons(history, ties, figures))
    memory.give_back()
    return Audit(
        as_of=until,
        settings=settings,
        owner=history.owner,
        people=people,
        history=history,
        relationships=with_patterns(ties, findings),
        findings=findings.reset_index(drop=True),
        blasts=history.blasts,
        connections=connections.fates(history),
        patterns=configured,
        notes=notes.of(history, left_out),
    )


def ties(
    tables: Mapping[str, pd.DataFrame],
    settings: Settings,
    as_of: str | dt.date | pd.Timestamp | None = None,
    decisions: Decisions | None = None,
    written: Written | None = None,
) -> pd.DataFrame:
    """The relationships alone, as `audit` gives them but without patterns and reasons.

    Two thirds of an audit's work, for whoever looks at no finding.

    Returns:
        model.RELATIONSHIPS.

    Raises:
        UserError, UsageError: as `audit`.
    """
    weighed = _weighed(
        tables, settings, as_of, decisions or Decisions(), naming=owners.MYSELF, written=written
    )
    return weighed[0].relationships


def _weighed(
    tables: Mapping[str, pd.DataFrame],
    settings: Settings,
    as_of: str | dt.date | pd.Timestamp | None,
    decisions: Decisions,
    *,
    naming: Naming,
    written: Written | None,
) -> tuple[History, People, pd.DataFrame]:
    """The history with mailings and relationships, who everybody is, and figures of activity."""
    known, until = _cut(tables, settings, as_of, decisions, naming)
    history, people = _history(known, settings, until, decisions)
    history = dataclasses.replace(history, written=written or history.written)
    memory.give_back()
    rules = patterns.of_kind(patterns.configured(settings.patterns), MassBlast)
    history = blasts.add(history, rules)
    memory.give_back()
    figures = relationships.activity_figures(history)
    memory.give_back()
    rows = relationships.build(history, settings, until, figures)
    memory.give_back()
    return history.with_relationships(rows), people, figures


def default_as_of(tables: Mapping[str, pd.DataFrame], settings: Settings) -> pd.Timestamp:
    """The end of the last UTC day with human mail, stray dates left out (`asof.default`)."""
    return _cut(tables, settings, None, Decisions(), owners.MYSELF)[1]


@dataclass(frozen=True)
class _Known:
    """Tables cut at as-of, and what they say of the owner and of robots."""

    tables: Mapping[str, pd.DataFrame]
    owner: Owner
    robots: robots.Robots


def _known(
    tables: Mapping[str, pd.DataFrame], settings: Settings, decisions: Decisions, naming: Naming
) -> _Known:
    owner = owners.find(tables, settings.owner, naming)
    messages, recipients = tables["messages"], tables["recipients"]
    return _Known(tables, owner, robots.classify(messages, recipients, owner, decisions.natures()))


def _cut(
    tables: Mapping[str, pd.DataFrame],
    settings: Settings,
    as_of: str | dt.date | pd.Timestamp | None,
    decisions: Decisions,
    naming: Naming,
) -> tuple[_Known, pd.Timestamp]:
    """The tables up to as-of, or up to the day that they themselves give."""
    if as_of is not None:
        until = asof.end_of_day(as_of)
        return _known(asof.cut(tables, until), settings, decisions, naming), until
    whole = _known(asof.cut(tables, asof.NEVER), settings, decisions, naming)
    isolated_days = settings.as_of.isolated_days
    until = asof.default(whole.tables, whole.robots.automated, isolated_days)
    cut = asof.cut(whole.tables, until)
    is_same = all(len(cut[name]) == len(rows) for name, rows in whole.tables.items())
    return whole if is_same else _known(cut, settings, decisions, naming), until


def _history(
    known: _Known, settings: Settings, as_of: pd.Timestamp, decisions: Decisions
) -> tuple[History, People]:
    people = resolve(known.tables, known.owner, known.robots.natures, decisions)
    memory.give_back()
    tables = asof.since(known.tables, settings.as_of.since)

    def built(tables: Mapping[str, pd.DataFrame]) -> History:
        return histories.build(
            tables,
            automated=known.robots.automated.loc[tables["messages"].index],
            owner=known.owner,
            people=people,
            settings=settings,
            as_of=as_of,
        )

    history = built(tables)
    if settings.as_of.since:
        contacts = built(known.tables).interactions
        spoken = contacts["kind"].isin(connections.CONVERSING)
        before = contacts["at"] < asof.first_moment(settings.as_of.since)
        earlier = contacts.loc[spoken & before, ["person_id"]].drop_duplicates(ignore_index=True)
        history = dataclasses.replace(history, earlier=earlier)
    return history, people


def withheld(history: History, configured: tuple[Pattern, ...]) -> list[Pattern]:
    """Patterns that need texts where none were read, or both sides of the mail where one lacks."""
    lacking = [] if len(history.traits) else ["NEEDS_TEXT"]
    if coverage.missing_side(history) is not None:
        lacking.append("NEEDS_BOTH_SIDES")
    return [p for p in configured if any(getattr(p, need, False) for need in lacking)]


def with_patterns(ties: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The relationships with the names of the patterns found, in the order of the report.

    Args:
        ties: model.RELATIONSHIPS.
        findings: model.FINDINGS in the order of the report.
    """
    found = findings.dropna(subset="person_id").drop_duplicates(["person_id", "pattern"])
    names = found.groupby("person_id", sort=False)["pattern"].agg(JOIN.join).astype("str")
    columns = names.reindex(ties["person_id"]).set_axis(ties.index)
    return RELATIONSHIPS.check(ties.assign(patterns=columns.astype("str")))
