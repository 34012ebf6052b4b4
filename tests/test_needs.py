"""Immediate needs against long-term networking, this year and last."""

import pandas as pd
from tests.acts import OWNER, conversation

from netaudit import needs
from netaudit.model import SIGNALS, TRAITS

ADA, JON = "ada@brook.example", "jon@lind.example"
MAILS = [
    ("0", "2022-12-01", ADA, [OWNER], "Good morning."),
    ("1", "2023-06-01", OWNER, [ADA], "Could you write me a recommendation letter?"),
    ("2", "2024-06-01", OWNER, [ADA, JON], "I'd like to introduce you to Jon, who paints."),
    ("3", "2024-06-02", JON, [OWNER], "Thank you for the introduction, it was lovely."),
]


def measures(history, column):
    return needs.table(history).set_index("measure")[column].to_dict()


def test_both_years_stand_side_by_side():
    history = conversation(*MAILS)
    this, last = measures(history, "this_year"), measures(history, "last_year")
    assert (this["favours among them"], last["favours among them"]) == (0, 1)
    assert (this["introductions you made"], last["introductions you made"]) == (1, 0)
    assert this["people you wrote to and who wrote to you"] == 1
    assert last["conversations you started with an ask"] == 1
    assert set(needs.table(history)["side"]) == {needs.IMMEDIATE, needs.LONG_TERM}


def test_a_year_before_the_archive_begins_is_unknown_not_nought():
    history = conversation(*MAILS[2:])
    assert all(pd.isna(value) for value in measures(history, "last_year").values())


def test_what_needs_texts_is_unknown_without_them():
    history = conversation(*MAILS, signals=SIGNALS.empty(), traits=TRAITS.empty())
    this = measures(history, "this_year")
    assert pd.isna(this["introductions you made"])
    assert this["people you wrote to and who wrote to you"] == 1
