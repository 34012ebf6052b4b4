"""Loose ends: asks not answered, promises not kept."""

import pandas as pd
from tests.acts import OWNER, conversation

from netaudit import obligations

ADA, JON = "ada@brook.example", "jon@lind.example"
ASK = "Could you send me the slides of your talk, please?"
KNOWN = ("0", "2024-06-01", OWNER, [ADA], "It was good to meet you.")


def test_an_open_ask_is_owed_with_its_sentence():
    history = conversation(KNOWN, ("1", "2024-12-01", ADA, [OWNER], f"Hello. {ASK}"))
    owed = obligations.reply_owed(history)
    assert owed[["person_id", "key", "sentence"]].values.tolist() == [["ada", "1", ASK]]
    assert round(owed.loc[0, "waiting_days"]) == 31


def test_answers_and_later_words_to_the_same_person_settle_it():
    ask = ("1", "2024-12-01", ADA, [OWNER], ASK)
    answer = ("2", "2024-12-20", OWNER, [ADA], "Here they are.", {"in_reply_to": "1"})
    soon = ("3", "2024-12-05", OWNER, [ADA], "See the shared folder.")
    late = ("4", "2024-12-28", OWNER, [ADA], "Happy holidays!")
    assert obligations.reply_owed(conversation(KNOWN, ask, answer)).empty
    assert obligations.reply_owed(conversation(KNOWN, ask, soon)).empty
    assert len(obligations.reply_owed(conversation(KNOWN, ask, late))) == 1


def test_strangers_young_asks_and_old_ones_are_not_owed():
    stranger = ("1", "2024-12-01", JON, [OWNER], ASK)
    young = ("2", "2024-12-31", ADA, [OWNER], ASK)
    old = ("3", "2024-05-01", ADA, [OWNER], ASK)
    assert obligations.reply_owed(conversation(KNOWN, stranger, young, old)).empty


def test_a_promise_without_a_later_word_is_open():
    promise = ("1", "2024-11-01", OWNER, [ADA], "I'll send you the figures next week.")
    word = ("2", "2024-11-08", OWNER, [ADA], "The figures are attached.")
    assert obligations.promised(conversation(promise))["sentence"].tolist() == [
        "I'll send you the figures next week."
    ]
    assert obligations.promised(conversation(promise, word)).empty


def test_what_became_of_an_open_ask():
    then = pd.Timestamp("2024-09-30T23:59:59.999999Z")
    asks = [("1", "2024-09-01", ADA, [OWNER], ASK), ("2", "2024-09-02", JON, [OWNER], ASK)]
    known = [KNOWN, ("00", "2024-06-02", OWNER, [JON], "A good talk.")]
    late = ("3", "2024-10-20", OWNER, [ADA], "Here they are.", {"in_reply_to": "1"})
    other = ("4", "2024-11-20", OWNER, [JON], "Happy holidays!")
    end = ("5", "2025-06-01", OWNER, ["mara@hill.example"], "Hello.")
    became = obligations.since_then(conversation(*known, *asks, late, other, end), then)
    assert became["is_answered"].to_dict() == {"ada": True, "jon": False}
    assert became.loc["ada", "at"] == pd.Timestamp("2024-09-01", tz="UTC")
    before = ("6", "2024-09-05", OWNER, [ADA], "Here they are.", {"in_reply_to": "1"})
    assert obligations.since_then(conversation(*known, *asks, before), then).index.tolist() == [
        "jon"
    ]
