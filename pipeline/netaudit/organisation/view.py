"""An organisation as its mail shows it: groups, and people only where they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd

from netaudit import balance, patterns
from netaudit.blasts import MassMailing
from netaudit.errors import UsageError
from netaudit.model import CIRCLES, JOIN, MEMBERS, TIES
from netaudit.organisation import between, structure
from netaudit.organisation import ties as tie_rows

if TYPE_CHECKING:
    from netaudit.organisation.everybody import Everybody
    from netaudit.organisation.structure import Structure
    from netaudit.settings import Settings

MIN_GROUP = 3
"""A group of fewer is about one: of two, each knows what the other wrote."""
ONE_SIDED = 0.75
SURE = 0.9
"""A pair is one-sided where one of them writes more than three quarters, nine to one sure."""
TOP = 0.1
"""The share of people whose part of all shortest paths is told."""


@dataclass(frozen=True)
class Organisation:
    """What is told of an organisation.

    Attributes:
        as_of: the end of the last day that counts.
        since: the first moment that counts.
        departments, department_ties, circles: model.DEPARTMENTS, DEPARTMENT_TIES, CIRCLES.
        members, ties: model.MEMBERS, TIES: people, for who may see them.
        figures: name -> number; missing ones are None.
        notes: one line for each thing that is withheld or cannot be known.
    """

    as_of: pd.Timestamp
    since: pd.Timestamp
    departments: pd.DataFrame
    department_ties: pd.DataFrame
    circles: pd.DataFrame
    members: pd.DataFrame
    ties: pd.DataFrame
    figures: Mapping[str, float | int | None]
    notes: tuple[str, ...]


def build(everybody: Everybody, settings: Settings) -> Organisation:
    """The organisation's view.

    Args:
        everybody: the people and their messages of the window.
        settings: `[organisation]`, what a letter is, and from how many recipients a message is a
            mailing (`[patterns.mass_blast] min_visible`).

    Raises:
        UsageError: groups of fewer than MIN_GROUP people are wanted.
    """
    min_group = settings.organisation.min_group
    if min_group < MIN_GROUP:
        raise UsageError(f"[organisation] min_group: {min_group} is fewer than {MIN_GROUP} people")
    many = _many(settings)
    directed = tie_rows.directed(everybody, settings)
    inside = tie_rows.inside(directed, everybody.people, "sender", "person")
    pairs = tie_rows.pairs(inside, everybody.people)
    shown = between.shown(everybody, min_group)
    found = structure.of(everybody.people, pairs)
    circles = [circle for circle in found.circles if len(circle) >= min_group]
    departments = between.table(everybody, shown, pairs, many=many)
    share = _path_shares(shown, found, min_group)
    return Organisation(
        as_of=everybody.as_of,
        since=everybody.since,
        departments=departments.assign(betweenness_share=share.array),
        department_ties=between.ties(everybody, shown, pairs),
        circles=_circles(circles, found, shown, min_group),
        members=_members(everybody, pairs, circles, found),
        ties=_ties(pairs, everybody.people),
        figures={
            **_people_figures(everybody, pairs),
            **_mailing_figures(everybody, many),
            **_structure_figures(found, min_group),
        },
        notes=tuple(_notes(everybody, shown, found, min_group)),
    )


def _many(settings: Settings) -> int:
    """Recipients from which a message is a mass mailing."""
    found = patterns.configured(settings.patterns)
    return next(p.min_visible for p in found if isinstance(p, MassMailing))


def _path_shares(shown: pd.DataFrame, found: Structure, min_group: int) -> pd.Series:
    """Each department's share of all shortest paths; missing with too few mailboxes."""
    of_person = shown.index.to_series().map(found.betweenness).astype("float64")
    grouped = of_person.groupby(shown["department"].to_numpy(), observed=False)
    total = sum(found.betweenness.values())
    enough = grouped.count() >= min_group
    share: pd.Series = (grouped.sum() / total if total else grouped.sum()).where(enough)
    return share.reindex(shown["department"].cat.categories).astype("float64")


def _circles(
    circles: list[frozenset[int]], found: Structure, shown: pd.DataFrame, min_group: int
) -> pd.DataFrame:
    rows = []
    for number, circle in enumerate(circles, 1):
        ends = sum(1 for a, b in found.graph.edges(circle) if not {a, b} <= circle)
        names = shown["department"].reindex(sorted(circle)).astype("str").value_counts()
        known = sorted(names.index[names >= min_group])
        n_ties = found.graph.subgraph(circle).number_of_edges()
        rows.append((number, len(circle), n_ties, ends, JOIN.join(known)))
    return CIRCLES.conform(pd.DataFrame(rows, columns=CIRCLES.names))


def _members(
    everybody: Everybody, pairs: pd.DataFrame, circles: list[frozenset[int]], found: Structure
) -> pd.DataFrame:
    people = everybody.people
    count = len(people)
    one, other = pairs["one"].to_numpy(), pairs["other"].to_numpy()
    there, back = pairs["letters_out"].to_numpy(), pairs["letters_in"].to_numpy()
    both = ((there > 0) & (back > 0)).astype(np.int64)

    def summed(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        total = np.bincount(one, first, minlength=count) + np.bincount(other, second, count)
        return total.astype(np.int64)

    numbers = {person: n for n, circle in enumerate(circles, 1) for person in circle}
    rows = people.index.to_series()
    frame = people.assign(
        n_out=summed(there, back),
        n_in=summed(back, there),
        n_ties=summed(both, both),
        circle=rows.map(numbers).astype("Int64"),
        betweenness=rows.map(found.betweenness).astype("float64"),
        n_cut_off=rows.map(dict.fromkeys(found.betweenness, 0) | found.cut_off).astype("Int64"),
    )
    return MEMBERS.conform(frame[people["is_inside"]].reset_index(drop=True))


def _ties(pairs: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    ids = people["person_id"].array
    named = tie_rows.balanced(pairs, "letters_out", "letters_in").assign(
        one=ids[pairs["one"].to_numpy()], other=ids[pairs["other"].to_numpy()]
    )
    return TIES.conform(named)


def _people_figures(everybody: Everybody, pairs: pd.DataFrame) -> dict[str, float | int | None]:
    people = everybody.people
    whole = pairs[pairs["is_seen_whole"]]
    there, back = whole["letters_out"].to_numpy(), whole["letters_in"].to_numpy()
    wrote = there + back > 0
    sided = np.maximum(
        balance.probability_above(there, back, ONE_SIDED),
        balance.probability_above(back, there, ONE_SIDED),
    )
    return {
        "people": int(people["is_inside"].sum()),
        "people_outside": int((~people["is_inside"]).sum()),
        "mailboxes": int(people["owner_id"].nunique()),
        "messages": len(everybody.messages),
        "pairs": int(wrote.sum()),
        "pairs_mutual": int(((there > 0) & (back > 0)).sum()),
        "pairs_one_sided": int((wrote & (sided >= SURE)).sum()),
    }


def _mailing_figures(everybody: Everybody, many: int) -> dict[str, float | int | None]:
    messages = everybody.messages
    is_inside = np.append(everybody.people["is_inside"].to_numpy(), False)
    humans = messages.loc[is_inside[messages["sender"]], "n_humans"]
    mailings = humans[humans >= many]
    return {
        "mailings": len(mailings),
        "mailing_copies": int(mailings.sum()),
        "mailing_share": float(mailings.sum() / humans.sum()) if humans.sum() else None,
    }


def _structure_figures(found: Structure, min_group: int) -> dict[str, float | int | None]:
    names = ("ties", "parts", "largest_part", "bridges", "cut_points", "top_people", "top_share")
    if len(found.graph) < min_group:
        return dict.fromkeys(names)
    parts = [len(part) for part in nx.connected_components(found.graph)]
    between = sorted(found.betweenness.values(), reverse=True)
    top = max(min_group, round(TOP * len(between)))
    total = sum(between)
    figures: dict[str, float | int | None] = {
        "ties": found.graph.number_of_edges(),
        "parts": sum(1 for size in parts if size > 1),
        "largest_part": max(parts),
        "bridges": len(found.bridges) if found.betweenness else None,
        "cut_points": len(found.cut_off) if found.betweenness else None,
        "top_people": top if total else None,
        "top_share": sum(between[:top]) / total if total else None,
    }
    return figures


def _notes(
    everybody: Everybody, shown: pd.DataFrame, found: Structure, min_group: int
) -> list[str]:
    people = everybody.people
    if not len(everybody.messages):
        since, until = (f"{day:%Y-%m-%d}" for day in (everybody.since, everybody.as_of))
        return [f"No mail of people in the archive is from {since} to {until}: nothing is weighed."]
    boxes, size = int(people["owner_id"].nunique()), int(people["is_inside"].sum())
    covered = (
        f"{boxes:,} of {size:,} people of the organisation have a mailbox in the archive; what two "
        "others write to each other is seen only where one of these is written to, too."
    )
    notes = [covered]
    if people["department"].isna().all():
        notes.append("No file of departments was given: nothing is said of them (--departments).")
    listed = people["department"].nunique()
    n_shown = len(shown["department"].cat.categories)
    if listed > n_shown:
        notes.append(
            f"{listed - n_shown:,} departments of fewer than {min_group} people in this mail are "
            "left out."
        )
    if len(found.graph) < min_group:
        notes.append(
            f"Circles, bridges and who holds the network together are left out: fewer than "
            f"{min_group} mailboxes."
        )
    if len(found.graph) > structure.MAX_PEOPLE:
        notes.append(
            f"More than {structure.MAX_PEOPLE:,} mailboxes: bridges and who holds the network "
            "together are left out."
        )
    elif len(found.graph) > structure.EXACT_PEOPLE:
        notes.append(
            f"Shortest paths are counted from a sample of {structure.PIVOTS:,} people "
            "(Brandes & Pich 2007)."
        )
    return notes
