"""The list of people to act on."""

import dataclasses

import pandas as pd
from tests import fictional

from netaudit import actions, candidates, steps
from netaudit.model import ANSWERS, FINDINGS, SIGNALS

BALANCED = ["p000", "p001", "p002", "p006", "p019"]
"""People with long exchanges both ways, none of them quiet."""


def chosen(rows, most=10, **more):
    ties = fictional.audit().relationships
    lively = ties.assign(status="active")
    audit = dataclasses.replace(
        fictional.audit(), findings=FINDINGS.conform(rows), relationships=lively, **more
    )
    return actions.choose(audit, most=most)


def finding(person, pattern, score=0.5, suggestion="Write.", confidence=0.9, direction=None):
    return {"person_id": person, "pattern": pattern, "score": score, "confidence": confidence,
            "suggestion": suggestion, "name": person, "summary": "s",
            "direction": direction}  # fmt: skip


def test_one_row_a_person_with_the_weightiest_reason():
    rows = pd.DataFrame([finding("p000", "dormant", 0.2), finding("p000", "one_sided", 0.9,
                                                                 direction="in")])  # fmt: skip
    listed = chosen(rows)
    assert listed[["person_id", "reason", "step"]].values.tolist() == [
        ["p000", "one_sided", "answer"]
    ]


def test_no_suggestion_no_action():
    rows = pd.DataFrame([finding("p000", "dormant", suggestion=None), finding(None, "mass_blast")])
    assert chosen(rows).empty


def test_what_goes_well_is_nothing_to_do():
    good = [("reciprocal", None), ("giving", "out"), ("in_touch", None), ("sought_out", "in")]
    rows = [finding("p000", name, 1.0, "Keep it up.", 1.0, side) for name, side in good]
    assert chosen(pd.DataFrame(rows)).empty
    thanks = chosen(pd.DataFrame([*rows, finding("p000", "giving", direction="in")]))
    assert thanks["step"].tolist() == ["thank"]


def test_more_to_lose_comes_first():
    rows = pd.DataFrame([finding("p017", "dormant"), finding("p000", "dormant")])
    assert chosen(rows)["person_id"].tolist() == ["p000", "p017"]


def test_a_monologue_is_worth_less_than_an_exchange():
    # p013: 3 out, 31 in; p021: 25 out, 22 in
    rows = pd.DataFrame([finding("p013", "dormant"), finding("p021", "dormant")])
    assert chosen(rows)["person_id"].tolist() == ["p021", "p013"]


def test_others_waiting_come_before_letting_rest():
    rows = pd.DataFrame(
        [finding("p000", "one_sided", direction="out"), finding("p001", "one_sided",
                                                                direction="in")]
    )  # fmt: skip
    assert chosen(rows)["step"].tolist() == ["answer", "rest"]


def test_steps_vary():
    rows = [finding(person, "dormant", 0.9) for person in BALANCED]
    rows += [finding("p022", "transactional", 0.7, direction="out")]
    assert "p022" in chosen(pd.DataFrame(rows), 4)["person_id"].tolist()


def test_old_evidence_weighs_less():
    audit = fictional.audit()
    contacts = audit.history.interactions
    mara = contacts[contacts["person_id"].eq("p000") & contacts["is_direct"]].sort_values("at")
    old, new = mara["key"].iloc[0], mara["key"].iloc[-1]
    rows = [finding("p000", "giving", direction="in") | {"evidence": old}]
    aged = chosen(pd.DataFrame(rows))["score"].iloc[0]
    fresh = chosen(pd.DataFrame([rows[0] | {"evidence": f"{old}; {new}"}]))["score"].iloc[0]
    assert aged < fresh / 4


def test_a_tie_about_to_go_quiet_is_on_the_list():
    audit = fictional.audit()
    cooling = audit.relationships[audit.relationships["status"].eq("cooling")]["person_id"]
    found = candidates.find(audit)
    told = found[found["reason"].eq("cooling")]
    assert set(told["person_id"]) == set(cooling) != set()
    assert set(told["step"]) == {steps.RECONNECT}
    assert told["summary"].str.contains("No direct message with .* for .*; before that").all()


def test_a_wanted_rhythm_that_has_passed():
    audit = fictional.audit()
    ties = audit.relationships
    mentor = ties["person_id"].eq("p007")

    def found(wanted_days):
        wanted = ties.assign(wanted_days=mentor.map({True: wanted_days}).astype("float64"))
        return candidates.find(dataclasses.replace(audit, relationships=wanted))

    rows = found(30.0)
    assert rows.loc[rows["reason"].eq("cadence"), "person_id"].tolist() == ["p007"]
    assert "cadence" not in set(found(60.0)["reason"])


def test_a_wanted_rhythm_may_be_all_there_is():
    audit = fictional.audit()
    ties = audit.relationships.assign(status="active", wanted_days=30.0)
    bare = dataclasses.replace(audit, relationships=ties, findings=audit.findings.iloc[:0])
    rows = candidates.find(bare)
    assert set(rows["reason"]) == {"cadence"}
    assert rows["direction"].isna().all()


def test_an_open_ask_counts_half_after_the_owner_wrote_again():
    audit = fictional.audit()
    contacts = audit.history.interactions
    asks = contacts[contacts["direction"].eq("in") & contacts["is_direct"] &
                    contacts["answered_at"].isna()].sort_values("at")  # fmt: skip
    asks = asks[asks["at"] > audit.as_of - pd.Timedelta(days=150)]
    signals = SIGNALS.conform(
        pd.DataFrame({"key": asks["key"], "act": "ask", "kind": "task", "sentence": asks["key"],
                      "start": 0, "probability": 0.9})
    )  # fmt: skip
    history = dataclasses.replace(audit.history, signals=signals)
    found = candidates.find(dataclasses.replace(audit, history=history))
    owed = found[found["reason"].eq("reply_owed")].set_index("person_id")
    last_out = audit.relationships.set_index("person_id")["last_out"].reindex(owed.index)
    assert set(owed["weight"][last_out > owed["told_at"]]) <= {0.35}
    assert set(owed["weight"][last_out < owed["told_at"]]) == {0.7}


def answers(**values):
    row = {"at": "2026-07-02", "as_of": "2026-06-30", "who": "mara@brightwater.example",
           "name": "Mara", "step": "reconnect", "reason": "dormant", "until": None,
           "note": None}  # fmt: skip
    frame = pd.DataFrame([row | values])
    for column in ("at", "as_of"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return ANSWERS.conform(frame)


def listed_with(given, evidence=None):
    rows = pd.DataFrame([finding("p000", "dormant") | {"evidence": evidence}])
    audit = dataclasses.replace(fictional.audit(), findings=FINDINGS.conform(rows))
    only = audit.relationships[audit.relationships["person_id"].eq("p000")]
    listed = actions.choose(dataclasses.replace(audit, relationships=only), given)
    return listed.to_dict("records")


def test_what_was_done_rests_until_something_new_happens():
    assert listed_with(answers(answer="done")) == []
    contacts = fictional.audit().history.interactions
    newest = contacts[contacts["person_id"].eq("p000")].sort_values("at")["key"].iloc[-1]
    assert len(listed_with(answers(answer="done"), evidence=newest)) == 1
    assert len(listed_with(answers(answer="done", as_of="2025-12-31"))) == 1
    assert len(listed_with(answers(answer="skip"))) == 1


def test_put_off_until_its_day():
    assert listed_with(answers(answer="snooze", until="2026-10-15")) == []
    assert len(listed_with(answers(answer="snooze", until="2026-09-15"))) == 1


def test_the_answers_of_this_review_stand_beside_the_list():
    today = answers(answer="done", as_of="2026-09-30")
    noted = answers(answer="note", as_of="2026-09-30", note="met her at the fair")
    both = ANSWERS.conform(pd.concat([today, noted], ignore_index=True))
    row = listed_with(both)[0]
    assert (row["answer"], row["note"]) == ("done", "met her at the fair")


def test_a_later_review_changes_no_earlier_report():
    assert len(listed_with(answers(answer="done", as_of="2026-12-31"))) == 1


def test_silence_alone_makes_a_list_where_nothing_was_found():
    ties = fictional.audit().relationships.assign(wanted_days=1.0)
    audit = dataclasses.replace(
        fictional.audit(), findings=FINDINGS.empty(), relationships=ties, patterns=()
    )
    silent = dataclasses.replace(audit, history=dataclasses.replace(
        audit.history, signals=SIGNALS.empty()))  # fmt: skip
    found = candidates.find(silent)
    assert list(found.columns) == candidates.COLUMNS
    assert set(found["reason"]) == {"cadence"} | set(found["reason"]) & {"cooling"}
    assert found["direction"].isna().all()
    assert len(actions.choose(silent))
