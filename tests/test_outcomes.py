"""What came of an earlier list, read from the archive."""

import dataclasses

import pandas as pd
import pytest
from tests import fictional
from tests.acts import OWNER, conversation

from netaudit import outcomes
from netaudit.model import ANSWERS, OUTCOMES
from netaudit.page import Earlier
from netaudit.page.followups import came_of, sentence
from netaudit.people import People

JUNE = pd.Timestamp("2026-06-30T23:59:59.999999Z")
ADDRESS = {c[0].split()[0]: c[1] for c in fictional.CAST}


def answers(*rows):
    base = {"at": "2026-07-02", "as_of": "2026-06-30", "step": "reconnect", "reason": "dormant",
            "name": "", "until": None, "note": None, "answer": "done"}  # fmt: skip
    frame = pd.DataFrame([base | row for row in rows])
    for column in ("at", "as_of"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return ANSWERS.conform(frame)


def came(*rows):
    found = outcomes.of(fictional.audit(), answers(*rows))
    OUTCOMES.check(found)
    return found.set_index("name")


def test_contact_since_is_counted_and_told():
    found = came({"who": ADDRESS["Mara"]}, {"who": ADDRESS["Greta"]})
    audit = fictional.audit()
    direct = audit.history.interactions.query("person_id == 'p000' and is_direct")
    since = direct[direct["at"] >= "2026-07-01"]
    mara = found.loc["Mara Okonkwo"]
    assert (mara["n_out"], mara["n_in"]) == tuple(
        int(since["direction"].eq(side).sum()) for side in ("out", "in")
    )
    assert mara["first_in"] == since.loc[since["direction"].eq("in"), "at"].min()
    greta = found.loc["Greta Winkler"]
    assert (greta["n_out"], greta["n_in"]) == (0, 0)
    assert greta["summary"] == "No direct message either way since."


def test_the_balance_then_is_that_of_a_report_of_then():
    then = fictional.audit(as_of=JUNE).relationships.set_index("person_id")
    now = fictional.audit().relationships.set_index("person_id")
    lee = came({"who": ADDRESS["Lee"]}).iloc[0]
    assert lee["reciprocity_before"] == pytest.approx(then.loc[lee["person_id"], "reciprocity"])
    assert lee["reciprocity"] == pytest.approx(now.loc[lee["person_id"], "reciprocity"])


def test_only_the_last_review_counts_and_its_last_answer():
    found = came(
        {"who": ADDRESS["Greta"], "as_of": "2026-03-31"},
        {"who": ADDRESS["Mara"], "answer": "snooze", "until": "2026-08-01"},
        {"who": ADDRESS["Mara"], "answer": "note", "note": "on leave"},
        {"who": ADDRESS["Mara"], "answer": "done"},
    )
    assert found.index.tolist() == ["Mara Okonkwo"]
    assert found.iloc[0][["answer", "note"]].tolist() == ["done", "on leave"]


def test_a_list_of_this_month_has_no_outcome_yet():
    assert came({"who": ADDRESS["Mara"], "as_of": "2026-09-30"}).empty
    recent, older = {"as_of": "2026-09-15"}, {"as_of": "2026-08-31"}
    found = came({"who": ADDRESS["Mara"]} | recent, {"who": ADDRESS["Greta"]} | older)
    assert found.index.tolist() == ["Greta Winkler"]


def test_unknown_people_are_left_out():
    assert came({"who": "nobody@nowhere.example"}).empty


def test_without_a_journal_it_is_the_list_of_the_quarter_before():
    found = came_of(fictional.audit(), Earlier(quarter=fictional.audit(as_of=JUNE)))
    assert len(found) > 3
    assert set(found["asked_on"].dt.date.astype("str")) == {"2026-06-30"}
    assert found["answer"].isna().all()
    assert sentence(found).startswith(f"Of {len(found)} people on the last list")
    assert came_of(fictional.audit(), Earlier()).empty


def test_an_ask_that_was_answered_is_told_from_one_that_waits():
    ask = "Could you send me the slides of your talk, please?"
    ada, jon = "ada@brook.example", "jon@lind.example"
    history = conversation(
        ("0", "2024-05-01", OWNER, [ada], "It was good to meet you."),
        ("00", "2024-05-02", OWNER, [jon], "It was good to meet you."),
        ("1", "2024-06-10", ada, [OWNER], ask),
        ("2", "2024-06-11", jon, [OWNER], ask),
        ("3", "2024-07-20", OWNER, [ada], "Here they are.", {"in_reply_to": "1"}),
        ("4", "2024-08-20", OWNER, [jon], "A new office at last."),
    )
    audit = dataclasses.replace(
        fictional.audit(), as_of=history.as_of, history=history, people=people(history),
        relationships=history.relationships,
    )  # fmt: skip
    asked = {"step": "answer", "reason": "reply_owed", "as_of": "2024-06-30"}
    given = answers({"who": ada} | asked, {"who": jon} | asked)
    found = outcomes.of(audit, given).set_index("person_id")
    assert found["ask"].to_dict() == {"ada": "answered", "jon": "open"}
    assert found.loc["ada", "summary"].startswith(
        "You wrote on 2024-07-20; nothing came back yet. What they asked on 2024-06-10 is answered."
    )
    assert "What they asked on 2024-06-11 still waits for an answer." in found.loc["jon", "summary"]


def people(history):
    """Who is who: every address is its person."""
    aliases = history.aliases
    ids = dict(zip(history.people["person_id"], history.people["person_id"], strict=True))
    return People(history.people, aliases, pd.DataFrame(), ids, pd.DataFrame())
