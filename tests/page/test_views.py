"""The LinkedIn view, the view of invitations, and people beneath the mailing they got."""

import dataclasses

import pandas as pd
import pytest
from tests import fictional

from netaudit.charts import CHARTS, figure
from netaudit.model import AGENDA, FINDINGS
from netaudit.page import sections, views
from netaudit.page.evidence import Evidence
from netaudit.page.words import Clock

BY_NAME = {chart.name: chart for chart in CHARTS}


@pytest.fixture(scope="module")
def audit():
    fates = pd.DataFrame(
        [("conversed", "linkedin; mail", 2021, "Brightwater"), ("never", None, 2021, "Olive"),
         ("silent", "mail", 2023, "Brightwater"), ("never", None, 2023, "Brightwater")],
        columns=["fate", "channels", "year", "organisation"],
    ).astype({"year": "Int64", "channels": "str", "organisation": "str"})  # fmt: skip
    zeros = {name: 0 for name in AGENDA.names if AGENDA.dtype(name) in ("int64", "bool")}
    events = [
        {**zeros, "key": f"e{n}", "uid": f"e{n}", "answer": answer, "is_invited": True,
         "starts_at": pd.Timestamp(f"{year}-05-01T10:00:00Z"), "evidence": f"e{n}"}
        for n, (year, answer) in enumerate(
            [(2024, "accepted"), (2024, "none"), (2026, "declined"), (2027, "none")]
        )
    ]  # fmt: skip
    history = dataclasses.replace(
        fictional.audit().history, events=AGENDA.conform(pd.DataFrame(events))
    )
    return dataclasses.replace(fictional.audit(), connections=fates, history=history)


def test_connections_by_fate_year_and_employer(audit):
    fates, years, employers = views.linkedin(audit)
    assert fates.rows == [
        ("talked within a year, by linkedin and mail", ["1", "25%"]),
        ("talked, not of late, by mail", ["1", "25%"]),
        ("not a word yet", ["2", "50%"]),
    ]
    assert years.heads == ["Year", "talked within a year", "talked, not of late", "not a word yet",
                           "all"]  # fmt: skip
    assert years.rows == [("2021", ["1", "", "1", "2"]), ("2023", ["", "1", "1", "2"])]
    assert employers.rows[0] == ("Brightwater", ["1", "1", "1", "3"])


def test_invitations_that_have_begun_by_year_and_answer(audit):
    (table,) = views.invitations(audit)
    assert table.heads == ["Year", "accepted", "declined", "no answer seen", "all"]
    assert table.rows == [("2024", ["1", "", "1", "2"]), ("2026", ["", "1", "", "1"])]


def test_titles_state_what_became_of_them(audit):
    told = {
        name: figure(BY_NAME[name], audit).axes[0].get_title(loc="left").replace("\n", " ")
        for name in ("connections", "events")
    }
    assert told == {
        "connections": "You have talked with 50% of your 4 connections, with 25% within the last "
        "year",
        "events": "You said yes or perhaps to 1 of 3 invitations; to 1 no answer is seen",
    }


def test_no_view_without_an_export():
    assert views.linkedin(fictional.audit()) == []
    assert views.invitations(fictional.audit()) == []


def test_people_stand_beneath_the_mailing_they_got():
    audit = fictional.audit()
    rows = [("", "k1; k2", "a mailing"), ("p001", "k2", "x"), ("p002", "k9; k1", "x"),
            ("p003", "k9", "x")]  # fmt: skip
    found = FINDINGS.conform(
        pd.DataFrame(
            {
                "pattern": "mass_blast",
                "person_id": [person or None for person, *_ in rows],
                "name": [person.upper() for person, *_ in rows],
                "evidence": [evidence for _, evidence, _ in rows],
                "summary": [summary for *_, summary in rows],
            }
        )
    )
    audit = dataclasses.replace(audit, findings=found)
    clock = Clock.of(audit.settings)
    made = sections.sections(audit, clock, Evidence(audit.history, clock, found["evidence"]))
    section = next(one for one in made if one.name == "mass_blast")
    assert (section.n_findings, section.beside) == (1, 3)
    assert section.cards[0].people == ["P002", "P001"]
    assert sections.counts(found) == {"mass_blast": (1, 3)}
