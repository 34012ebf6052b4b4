"""A quarter against the one before: windows, figures, who became what."""

import dataclasses

import pandas as pd
import pytest
from tests import fictional

from netaudit import quarter


@pytest.mark.parametrize("as_of", ["2026-09-30T23:59:59.999999Z", "2026-10-01T00:00:00Z"])
def test_window_is_the_three_months_up_to_the_day(as_of):
    when = quarter.window(pd.Timestamp(as_of))
    assert (when.start.isoformat(), when.stop.isoformat()) == (
        "2026-07-01T00:00:00+00:00",
        "2026-10-01T00:00:00+00:00",
    )
    assert when.name == "July to September 2026"
    assert when.earlier(3).name == "April to June 2026"
    assert when.earlier(9).name == "October to December 2025"


def test_window_within_a_quarter_and_over_new_year():
    assert quarter.window(pd.Timestamp("2026-09-12T23:59:59Z")).name == (
        "13 June 2026 to 12 September 2026"
    )
    assert quarter.window(pd.Timestamp("2026-01-31T23:59:59Z")).name == (
        "November 2025 to January 2026"
    )


def test_figures_count_people_messages_and_answers():
    audit = fictional.audit()
    now = quarter.figures(audit, quarter.window(audit.as_of))
    contacts = audit.history.interactions
    direct = contacts[contacts["is_direct"] & (contacts["at"] >= "2026-07-01")]
    assert now.people == direct["person_id"].nunique()
    assert now.sent + now.received == direct["key"].nunique()
    assert now.new_people == 3
    assert 0 < now.answered < 1
    assert now.share == pytest.approx(now.sent / (now.sent + now.received))


def test_a_message_too_young_to_be_answered_is_not_held_against_the_owner():
    audit = fictional.audit()
    rows = audit.history.interactions
    young = rows[(rows["direction"] == "in") & (rows["at"] > audit.as_of - pd.Timedelta(days=10))]
    history = dataclasses.replace(audit.history, interactions=young)
    only = dataclasses.replace(audit, history=history)
    assert pd.isna(quarter.figures(only, quarter.window(audit.as_of)).answered)


def test_gone_quiet_are_exchanges_not_everybody_on_an_old_mailing():
    audit = fictional.audit()
    assert len(quarter.quiet(audit.relationships, audit.patterns)) > 0
    once = audit.relationships.assign(n_in_direct=0)
    assert "dormant" in set(once["status"])
    assert quarter.quiet(once, audit.patterns).empty


def test_changes_tell_who_became_what():
    now = fictional.audit()
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    changed = quarter.changes(now, before)
    assert set(changed.new_people["name"]) == {
        "Paul Verhoeven-Ito",
        "Zainab Yusuf",
        "Connor O’Shea",
    }
    assert {"Sofia Marchetti", "Yuki Tanabe"} <= set(changed.gone_quiet["name"])
    assert not set(changed.gone_quiet["name"]) & {"Olu Adebayo", "Greta Winkler"}
    back = quarter.changes(before, now)
    assert set(back.revived["name"]) & {"Sofia Marchetti", "Yuki Tanabe"} == {"Sofia Marchetti"}
    assert quarter.changes(now, now).one_sided.empty


def with_patterns(audit, patterns):
    return dataclasses.replace(audit, relationships=audit.relationships.assign(patterns=patterns))


def test_names_of_patterns_are_compared_whole():
    now = fictional.audit()
    before, after = with_patterns(now, "not_reciprocal"), with_patterns(now, "dormant; reciprocal")
    assert "Lee Chang-min" in set(quarter.changes(after, before).balanced["name"])
    assert quarter.changes(before, after).balanced.empty
    assert quarter.changes(with_patterns(now, "dormant; reciprocal"), after).balanced.empty


def test_who_was_so_all_along_has_not_become_so():
    now = fictional.audit()
    before = with_patterns(now, None)
    became = quarter.changes(with_patterns(now, "one_sided; reciprocal"), before)
    always = {"Lee Chang-min", "Recruiter Anja Blom", "Ella Brandt"}
    even = {"Mara Okonkwo", "Priya Raghunathan", "Rui Costa"}
    assert even <= set(became.one_sided["name"])
    assert not always & set(became.one_sided["name"])
    assert always <= set(became.balanced["name"])
    assert not even & set(became.balanced["name"])


def test_new_people_are_new_and_have_not_become_anything():
    now = with_patterns(fictional.audit(), "one_sided; reciprocal")
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    changed = quarter.changes(now, before)
    new = set(changed.new_people["name"])
    assert "Zainab Yusuf" in new
    assert not new & {*changed.one_sided["name"], *changed.balanced["name"]}


def test_a_person_who_proved_to_be_another_is_not_new():
    now = fictional.audit()
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    mara = before.relationships.loc[before.relationships["name"] == "Mara Okonkwo", "person_id"]
    renamed = {mara.iloc[0]: "earlier-id"}
    aliases = before.people.aliases.replace({"person_id": renamed})
    other = dataclasses.replace(
        before, people=dataclasses.replace(before.people, aliases=aliases),
        relationships=before.relationships.replace({"person_id": renamed}),
    )  # fmt: skip
    assert quarter.ids_today(other, now)["earlier-id"] == mara.iloc[0]
    for kind, rows in vars(quarter.changes(now, before)).items():
        same = getattr(quarter.changes(now, other), kind)
        assert same["person_id"].tolist() == rows["person_id"].tolist()


def test_a_mailing_makes_nobody_new_and_is_no_contact():
    now = fictional.audit()
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    connor = now.relationships.loc[now.relationships["name"] == "Connor O’Shea", "person_id"].iloc[
        0
    ]
    rows = now.history.interactions
    mailed = rows.assign(blast_id=rows["blast_id"].mask(rows["person_id"].eq(connor), "b1"))
    history = dataclasses.replace(now.history, interactions=mailed)
    other = dataclasses.replace(now, history=history)
    assert "Connor O’Shea" not in set(quarter.changes(other, before).new_people["name"])
    when = quarter.window(now.as_of)
    assert quarter.figures(other, when).people == quarter.figures(now, when).people - 1
    assert quarter.figures(other, when).new_people == quarter.figures(now, when).new_people - 1
