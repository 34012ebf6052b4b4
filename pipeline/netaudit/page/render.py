"""An audit as the report's page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from netaudit import __version__, actions, candidates, quarter
from netaudit.charts import CHARTS, Chart
from netaudit.charts.drawing import draw_all
from netaudit.model import JOIN
from netaudit.page import comparison, svg, table, top, views, words
from netaudit.page.assets import assets
from netaudit.page.evidence import Evidence
from netaudit.page.followups import ANSWER_WORDS, came_of, follow_ups
from netaudit.page.loose_ends import loose_ends
from netaudit.page.sections import Section, sections
from netaudit.phrases import count, percent
from netaudit.settings import as_mapping
from netaudit.shown import one_line, records, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netaudit.audit import Audit
    from netaudit.charts.drawing import Drawing
    from netaudit.page.top import Earlier
    from netaudit.page.words import Clock

CHANGE_NAMES = 8
ANCHORS = {
    candidates.REPLY_OWED: "loose-ends",
    candidates.PROMISED: "loose-ends",
    candidates.COOLING: "relationships",
    candidates.CADENCE: "relationships",
}
"""Where the page tells more of a reason that is no pattern's."""
VIEWS = {
    "never_conversed": ("linkedin", "Your connections, in a chart"),
    "event_avoidance": ("invitations", "Your invitations, in a chart"),
}
"""Patterns whose chart stands in a view of its own: its anchor, and words for the link."""


@dataclass(frozen=True)
class Figure:
    """A chart as it stands on the page, once for wide screens and once for phones."""

    name: str
    finding: str
    wide: Markup
    narrow: Markup


@dataclass(frozen=True)
class Names:
    """How many, and the first of their names."""

    n: int
    names: list[str]


@cache
def environment() -> Environment:
    """The templates: everything in them is escaped, and a missing value is an error."""
    return Environment(
        loader=PackageLoader("netaudit.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(
    audit: Audit,
    accounting: Mapping[str, Any],
    earlier: Earlier,
    drawings: Mapping[str, Drawing] | None = None,
) -> str:
    """The page of an audit.

    Args:
        audit: as of a date.
        accounting: the `input` object of summary.json.
        earlier: audits of the same archive to compare with.
        drawings: the audit's charts by name, where they are drawn already.

    Returns:
        A whole HTML document.
    """
    template = environment().get_template("report.html.j2")
    drawn = draw_all(audit) if drawings is None else drawings
    return template.render(page=_page(audit, accounting, earlier, drawn))


def _page(
    audit: Audit,
    accounting: Mapping[str, Any],
    earlier: Earlier,
    drawings: Mapping[str, Drawing],
) -> dict[str, Any]:
    clock = words.Clock.of(audit.settings)
    evidence = Evidence(audit.history, clock, audit.findings["evidence"])
    made = sections(audit, clock, evidence)
    titles = {section.name: section.title for section in made}
    acts = actions.choose(audit, earlier.answers)
    people = table.rows(audit, clock, titles)
    return {
        **_frame(audit, clock),
        "sentences": top.sentences(audit, acts),
        "tiles": top.tiles(audit, earlier),
        "doubts": [one_line(doubt) for doubt in audit.owner.doubts],
        "actions": _actions(acts, titles),
        "followups": follow_ups(came_of(audit, earlier), clock),
        "changes": _changes(audit, earlier),
        "comparison": comparison.sides(audit),
        "loose_ends": loose_ends(audit, clock),
        "sections": made,
        "withheld": _withheld(audit),
        **_charts(drawings, made),
        "linkedin": views.linkedin(audit),
        "invitations": views.invitations(audit),
        "views": VIEWS,
        "blasts": _blasts(audit.blasts, clock),
        "n_people": len(people),
        "table": _static(people),
        "data": _data(people),
        "filters": _filters(people),
        **_input(accounting),
        "notes": [one_line(n) for n in audit.notes if n not in audit.owner.doubts],
        "settings": _flat(as_mapping(audit.settings)),
    }


def _withheld(audit: Audit) -> dict[str, str]:
    """Patterns that were not looked for, and why."""
    if len(audit.history.traits):
        return {}
    why = "Not looked for: it needs the text of messages, which was not read."
    return {p.NAME: why for p in audit.patterns if getattr(p, "NEEDS_TEXT", False)}


def _frame(audit: Audit, clock: Clock) -> dict[str, Any]:
    fixed = assets()
    owner = shorten(audit.owner.name, 80) or "You"
    when = quarter.window(audit.as_of)
    return {
        "policy": fixed.policy,
        # Written by us: neither holds a closing tag, and the policy names their digests.
        "style": Markup(fixed.style),  # noqa: S704
        "script": Markup(fixed.script),  # noqa: S704
        "version": __version__,
        "title": f"{owner}: network report, {when.name}",
        "is_redacted": audit.is_redacted,
        "owner": owner,
        "addresses": sorted(audit.owner.addresses),
        "period": when.name,
        "as_of": clock.day(quarter.last_day(audit.as_of) + pd.Timedelta(hours=12)),
        "zone": clock.zone.key.removeprefix("Etc/"),
    }


def _json(data: object) -> Markup:
    """JSON inside a script element: no `<`, `>`, `&` or line separator stands in it as such."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704


def _data(people: list[list[Any]]) -> Markup:
    terms, coded = table.coded(people)
    return _json({"fields": table.FIELDS, "terms": terms, "people": coded})


def _charts(drawings: Mapping[str, Drawing], made: list[Section]) -> dict[str, Any]:
    drawn = {chart.name: _figure(drawings[chart.name]) for chart in CHARTS if _wanted(chart, made)}
    beside = {
        section.name: [
            drawn[chart.name]
            for chart in CHARTS
            if chart.name in drawn and section.name in chart.patterns
        ]
        for section in made
    }
    return {"charts": drawn, "beside": beside}


def _wanted(chart: Chart, made: list[Section]) -> bool:
    """Charts of patterns stand only where something was found."""
    return not chart.patterns or any(s.cards for s in made if s.name in chart.patterns)


def _figure(drawing: Drawing) -> Figure:
    name = drawing.chart.name
    label = f"{drawing.chart.question} {drawing.finding}"
    wide, narrow = (
        Markup(svg.inline(picture, f"{name}-{width}", label))  # noqa: S704  (escaped by ElementTree)
        for width, picture in (("w", drawing.wide), ("n", drawing.narrow))
    )
    return Figure(name, drawing.finding, wide, narrow)


def _actions(chosen: pd.DataFrame, titles: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "name": words.name(row),
            "anchor": row["reason"] if row["reason"] in titles else ANCHORS[row["reason"]],
            "title": titles.get(row["reason"]) or candidates.REASONS[row["reason"]],
            "suggestion": shorten(row["suggestion"], 300),
            "summary": shorten(row["summary"], 300),
            "answer": ANSWER_WORDS.get(str(row["answer"]), ""),
        }
        for row in records(chosen)
    ]


def _changes(audit: Audit, earlier: Earlier) -> dict[str, Names] | None:
    if earlier.quarter is None:
        return None
    changed = quarter.changes(audit, earlier.quarter)
    return {
        kind: Names(len(rows), [words.name(row) for row in records(rows.head(CHANGE_NAMES))])
        for kind, rows in vars(changed).items()
    }


def _blasts(blasts: pd.DataFrame, clock: Clock) -> list[dict[str, Any]]:
    newest = blasts.sort_values(["first_at", "blast_id"], ascending=[False, True]).head(200)
    return [
        {
            "at": clock.day(row["first_at"]),
            "subject": shorten(row["subject"], words.SUBJECT_WIDTH) or "(no subject)",
            "kind": row["kind"].replace("_", " "),
            "people": row["n_recipients"],
            "known": _share(row["known_share"]),
            "answered": _share(row["reply_rate"]),
            "personal": _share(row["personalised_share"]),
        }
        for row in records(newest)
    ]


def _share(value: float) -> str:
    return "" if pd.isna(value) else percent(value)


def _static(people: list[list[Any]]) -> list[dict[str, Any]]:
    """The first rows for readers without script."""
    given = (dict(zip(table.FIELDS, row, strict=True)) for row in people[: table.STATIC])
    return [
        {
            "name": row["name"],
            "status": row["status"],
            "out": row["out"],
            "into": row["in"],
            "share": "" if row["share"] is None else f"{row['share']}%",
            "last": row["last"],
            "strength": row["strength"],
            "found": ", ".join(row["patterns"]),
        }
        for row in given
    ]


def _filters(people: list[list[Any]]) -> list[dict[str, Any]]:
    """The choices above the table; `column` is the place in the table of page.js."""
    place = {field: n for n, field in enumerate(table.FIELDS)}
    wanted = (("Found", "patterns", 8), ("Status", "status", 1), ("Channel", "channels", 10),
              ("Tag", "tags", 11), ("Organisation", "organisation", 9))  # fmt: skip
    made = []
    for label, field, column in wanted:
        values = pd.Series([row[place[field]] for row in people], dtype="object").explode().dropna()
        counts = values[values != ""].value_counts()
        counts = counts.sort_index().sort_values(ascending=False, kind="stable").head(200)
        if len(counts):
            options = [(str(value), int(n)) for value, n in counts.items()]
            made.append({"label": label, "column": column, "options": options})
    return made


def _input(accounting: Mapping[str, Any]) -> dict[str, Any]:
    read, kept = accounting["read"], accounting["kept"]
    sources = [
        {
            **{key: source[key] for key in ("source", "read", "kept", "duplicate", "skipped")},
            "path": shorten(source["path"], 200),
            "reasons": "; ".join(
                f"{one_line(reason)}: {number:,}"
                for reason, number in source["skipped_by_reason"].items()
            ),
        }
        for source in accounting["sources"]
    ]
    sentence = (
        f"{count(read, 'record')} read: {kept:,} kept, {accounting['duplicate']:,} the same as "
        f"another, {accounting['skipped']:,} skipped{_forgotten(accounting)}. "
        "Nothing else was left out."
    )
    return {"sources": sources, "input_sentence": sentence}


def _forgotten(accounting: Mapping[str, Any]) -> str:
    number = accounting.get("forgotten", 0)
    return f", {number:,} of people you had forgotten" if number else ""


def _flat(values: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            out += _flat(value, f"{name}.")
        else:
            out.append(
                (name, JOIN.join(map(str, value)) if isinstance(value, tuple) else str(value))
            )
    return out
