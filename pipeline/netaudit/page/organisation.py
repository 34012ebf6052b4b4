"""What is told of an organisation, as a page: groups, never people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from netaudit import __version__
from netaudit.page import words
from netaudit.page.assets import assets, style_policy
from netaudit.page.render import environment
from netaudit.phrases import count, percent
from netaudit.quarter import last_day
from netaudit.shown import records, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netaudit.organisation import Organisation
    from netaudit.settings import Settings

MAX_ROWS = 200
"""Rows of a table on the page; the files have all of them."""
WITHHELD = "–"
NAME_WIDTH = 60


def render(found: Organisation, summary: Mapping[str, Any], settings: Settings) -> str:
    """The organisation's page.

    Args:
        found: what is told of it.
        summary: as in the report's summary.json.
        settings: the thresholds in force.

    Returns:
        A whole HTML document without script and without any remote resource.
    """
    clock = words.Clock.of(settings)
    noon = pd.Timedelta(hours=12)
    return environment().get_template("organisation.html.j2").render(
        page={
            "policy": style_policy(),
            "style": Markup(assets().style),  # noqa: S704  (written by us)
            "version": __version__,
            "as_of": clock.day(last_day(found.as_of) + noon),
            "since": clock.day(found.since + noon),
            "min_group": settings.organisation.min_group,
            "lead": _lead(found.figures),
            "tiles": _tiles(found.figures, summary["in_several_sources"]),
            "departments": [_department(row) for row in records(found.departments)],
            "n_ties": len(found.department_ties),
            "silent": [_tie(row) for row in records(_silent(found))],
            "ties": [_tie(row) for row in records(_busiest(found))],
            "circles": [_circle(row) for row in records(found.circles.head(MAX_ROWS))],
            "holding": _holding(found.figures),
            "mailings": _mailings(found.figures),
            "notes": found.notes,
            "input": summary["input"],
        }
    )  # fmt: skip


def _lead(figures: Mapping[str, Any]) -> list[str]:
    pairs, mutual = figures["pairs"], figures["pairs_mutual"]
    if not pairs:
        return ["Nobody whose mailbox is here wrote a letter to a colleague in this time."]
    wrote = f"{count(pairs, 'pair')} of colleagues wrote letters to each other"
    told = [f"{wrote}, {percent(mutual / pairs)} of them both ways."]
    if figures["pairs_one_sided"]:
        told.append(
            f"In {count(figures['pairs_one_sided'], 'pair')} one of the two surely writes more "
            "than three quarters."
        )
    return told


def _tiles(figures: Mapping[str, Any], several: int) -> list[tuple[str, str, str]]:
    return [
        (f"{figures['people']:,}", "people", "of the organisation in this mail"),
        (f"{figures['mailboxes']:,}", "mailboxes", "in the archive"),
        (f"{figures['messages']:,}", "messages", "by people, each counted once"),
        (f"{several:,}", "in several exports", "messages, over the whole archive"),
        (f"{figures['pairs']:,}", "pairs who write", "letters, either way"),
    ]


def _department(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": shorten(row["department"], NAME_WIDTH),
        **{
            name: _number(row[name])
            for name in ("n_people", "n_mailboxes", "n_inside", "n_out", "n_in", "n_mailings")
        },
        "paths": WITHHELD
        if pd.isna(row["betweenness_share"])
        else percent(row["betweenness_share"]),
    }


def _silent(found: Organisation) -> pd.DataFrame:
    return found.department_ties[found.department_ties["is_silent"]].head(MAX_ROWS)


def _busiest(found: Organisation) -> pd.DataFrame:
    ties = found.department_ties
    rate = ties["n_writing"] / ties["n_pairs"]
    return ties.assign(rate=rate).sort_values(
        ["rate", "one", "other"], ascending=[False, True, True]
    ).head(MAX_ROWS)  # fmt: skip


def _tie(row: Mapping[str, Any]) -> dict[str, str]:
    low, high = row["reciprocity_low"], row["reciprocity_high"]
    known = pd.notna(row["reciprocity"]) and high - low <= words.UNKNOWN_WIDTH
    return {
        "one": shorten(row["one"], NAME_WIDTH),
        "other": shorten(row["other"], NAME_WIDTH),
        "n_out": _number(row["n_out"]),
        "n_in": _number(row["n_in"]),
        "share": percent(row["reciprocity"]) if known else WITHHELD,
        "pairs": f"{row['n_writing']:,} of {row['n_pairs']:,}",
        "expected": f"{row['expected_writing']:,.1f}",
    }


def _circle(row: Mapping[str, Any]) -> dict[str, str]:
    names = row["departments"] if isinstance(row["departments"], str) else ""
    numbers = {name: _number(row[name]) for name in ("circle", "n_people", "n_ties", "n_ties_out")}
    return {**numbers, "departments": names}


def _number(value: Any) -> str:
    return WITHHELD if pd.isna(value) else f"{int(value):,}"


def _holding(figures: Mapping[str, Any]) -> list[str]:
    if figures["ties"] is None:
        return []
    if not figures["ties"]:
        return [
            "No two of the people whose mailboxes are here wrote letters to each other both ways."
        ]
    ties, parts = count(figures["ties"], "tie"), count(figures["parts"], "separate part")
    most = count(figures["largest_part"], "person", "people")
    told = [f"{ties} with letters both ways, in {parts}; the greatest has {most}."]
    if figures["cut_points"] is not None:
        told.append(
            f"{count(figures['cut_points'], 'person', 'people')} and "
            f"{count(figures['bridges'], 'single tie')} hold somebody who has no other way to the "
            "rest: if they leave, a connection is lost."
        )
    if figures["top_share"] is not None:
        told.append(
            f"{percent(figures['top_share'])} of all shortest paths run through "
            f"{count(figures['top_people'], 'person', 'people')}."
        )
    return told


def _mailings(figures: Mapping[str, Any]) -> str:
    if not figures["mailings"]:
        return "No message of the organisation's people went to that many at once."
    return (
        f"{count(figures['mailings'], 'message')} to many at once made up "
        f"{percent(figures['mailing_share'])} of all that arrived from inside: "
        f"{figures['mailing_copies']:,} copies."
    )
