"""The list of people to act on."""

import dataclasses

import pandas as pd
from tests import fictional

from netaudit import actions
from netaudit.model import FINDINGS


def chosen(rows, most=10):
    audit = fictional.audit()
    return actions.choose(dataclasses.replace(audit, findings=FINDINGS.conform(rows)), most)


def finding(person, pattern, score=0.5, suggestion="Write.", confidence=0.9):
    return {"person_id": person, "pattern": pattern, "score": score, "confidence": confidence,
            "suggestion": suggestion, "name": person, "summary": "s"}  # fmt: skip


def test_one_row_a_person_with_the_weightiest_reason():
    rows = pd.DataFrame([finding("p000", "dormant", 0.2), finding("p000", "one_sided", 0.9)])
    assert chosen(rows)[["person_id", "reason"]].values.tolist() == [["p000", "one_sided"]]


def test_no_suggestion_no_action():
    rows = pd.DataFrame([finding("p000", "dormant", suggestion=None), finding(None, "mass_blast")])
    assert chosen(rows).empty


def test_more_to_lose_comes_first():
    rows = pd.DataFrame([finding("p017", "dormant"), finding("p000", "dormant")])
    assert chosen(rows)["person_id"].tolist() == ["p000", "p017"]


def test_patterns_take_turns():
    rows = [finding(f"p00{n}", "dormant", 0.9) for n in range(5)] + [
        finding("p017", "one_sided", 0.1)
    ]
    assert "p017" in chosen(pd.DataFrame(rows), 3)["person_id"].tolist()
    assert len(chosen(pd.DataFrame(rows), 3)) == 3
