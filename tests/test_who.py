"""`netaudit who`: whom a text means, and the portrait."""

import dataclasses

import pytest
from tests import fictional

from netaudit import outlook
from netaudit.cli import _portrait
from netaudit.cli._meant import meant
from netaudit.errors import UserError
from netaudit.phrases import percent


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("mara@brightwater.example", "p000"),
        ("Mara Okonkwo", "p000"),
        ("okonkwo", "p000"),
        ("Tomas Ferreira", "p001"),
        ("mara okonkwu", "p000"),
        ("Sofia Marcheti", "p011"),
        ("p004", "p004"),
        ("王小明", "p004"),
    ],
)
def test_names_are_found_even_misspelt(text, person):
    assert meant(fictional.audit(), text) == person


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zzzz qqqq", "nobody is known as"),
        ("brightwater", "may be .*Priya Raghunathan.*Mara Okonkwo|may be .*Mara.*Priya"),
        ("Nora Lindqvist", "that is you"),
        ("\x1b[2Jqqq", r"nobody is known as \\x1b"),
    ],
)
def test_what_is_not_clear_is_told(text, told):
    with pytest.raises(UserError, match=told):
        meant(fictional.audit(), text)


def test_bars_count_messages_by_month():
    audit = fictional.audit()
    contacts = audit.history.interactions
    lee = contacts[contacts["person_id"].eq("p003") & contacts["is_direct"]]
    head, you, they, years = _portrait.timeline(audit, "p003", 36)
    months = lee[lee["at"] >= "2023-10-01"]
    out = months.loc[months["direction"].eq("out"), "at"].dt.strftime("%Y-%m").value_counts()
    assert head.endswith(f"the highest bar is {out.max()}")
    assert len(you.split()[-1]) == len(they.split()[-1]) == 36
    assert sum(bar != _portrait.NOTHING for bar in you.split()[-1]) == len(out)
    assert "█" in you
    assert years.split() == ["2024", "2025", "2026"]
    assert years.index("2024") - len("        ") == 3  # October, November, December come before


def test_somebody_silent_for_years_has_no_bars():
    assert _portrait.timeline(fictional.audit(), "p008", 6) == [
        "No direct message in the last 6 months."
    ]


def test_balance_stands_where_the_share_is():
    audit = fictional.audit()
    tie = audit.relationships.set_index("person_id").loc["p003"]
    (scale,) = _portrait.balance(audit, "p003")
    inside = scale.removeprefix("  they write ").removesuffix(" you write")
    assert len(inside) == _portrait.SCALE
    assert inside.index("●") == round(tie["reciprocity"] * 40)
    assert inside.index("─") == round(tie["reciprocity_low"] * 40)
    assert inside.rindex("─") == round(tie["reciprocity_high"] * 40)


def test_the_outlook_has_its_reasons():
    audit = fictional.audit()
    ties = audit.relationships.assign(
        p_active_reasons=outlook.reasons(audit.history, audit.relationships)
    )
    p_active = ties.set_index("person_id")["p_active"]
    first, *why = _portrait.outlook(dataclasses.replace(audit, relationships=ties), "p009")
    assert percent(p_active["p009"]) in first
    assert len(why) == 3
    assert any(line.startswith("  less likely: last ") for line in why)


def test_findings_come_with_their_evidence():
    audit = fictional.audit()
    lines = _portrait.found(audit, "p003")
    assert lines[0].startswith("One-sided (")
    assert sum("from you" in line for line in lines) >= _portrait.EVIDENCE
    assert any(line.strip().startswith("and ") for line in lines)


def test_all_of_it_for_hostile_names():
    audit = fictional.audit(hostile=True)
    for person in ("p000", "p003", "p006", "p007", "p010"):
        parts = _portrait.portrait(audit, person, 24)
        assert parts[0][-1].endswith(person)
        assert all(isinstance(line, str) for part in parts for line in part)
