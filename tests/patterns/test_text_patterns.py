"""The patterns that read what was written: transactional, need_driven, giving, personal_only."""

import pandas as pd
import pytest
from tests.acts import OWNER, conversation

from netaudit.model import FINDINGS, SIGNALS, TRAITS
from netaudit.patterns.giving import Giving
from netaudit.patterns.need_driven import NeedDriven
from netaudit.patterns.personal_only import PersonalOnly
from netaudit.patterns.transactional import Transactional

ADA, JON, MARA = "ada@brook.example", "jon@lind.example", "mara@hill.example"
FAVOURS = [
    "Could you introduce me to your head of research?",
    "Would you write me a letter of recommendation?",
    "Could you forward my resume to your manager?",
    "Can you refer me for the opening in your team?",
]
MAINTENANCE = "I hope you had a great time at the lake. We saw the first snow here."


def found(pattern, history, as_of=None):
    return FINDINGS.check(pattern(history, history.as_of if as_of is None else as_of))


def asks(sender, to, texts=FAVOURS, month=1):
    return [
        (f"{sender}{n}", f"2024-{month + n:02}-05", sender, [to], text)
        for n, text in enumerate(texts)
    ]


def test_three_favours_and_no_give_are_transactional():
    history = conversation(*asks(OWNER, ADA, FAVOURS[:3]))
    rows = found(Transactional(), history)
    assert rows[["person_id", "direction"]].values.tolist() == [["ada", "out"]]
    row = rows.iloc[0]
    assert row["confidence"] == pytest.approx(0.9375)
    assert "You asked Ada 3 times (3 favours)" in row["summary"]
    assert "“Could you forward my resume to your manager?” (2024-03-05)" in row["summary"]
    assert set(row["evidence"].split("; ")) == {f"{OWNER}{n}" for n in range(3)}
    assert row["since"] == pd.Timestamp("2024-03-05", tz="UTC")


def test_two_favours_are_too_few_and_gives_outweigh_asks():
    assert found(Transactional(), conversation(*asks(OWNER, ADA, FAVOURS[:2]))).empty
    gives = [
        (
            f"g{n}",
            f"2024-0{n + 1}-20",
            OWNER,
            [ADA],
            f"{n}: thought you might find this interesting.",
        )
        for n in range(3)
    ]
    assert found(Transactional(), conversation(*asks(OWNER, ADA), *gives)).empty


def test_the_same_done_to_the_owner_is_found_the_other_way():
    history = conversation(("0", "2024-01-01", OWNER, [ADA], MAINTENANCE), *asks(ADA, OWNER))
    rows = found(Transactional(), history)
    assert rows[["person_id", "direction"]].values.tolist() == [["ada", "in"]]


def test_nothing_later_than_as_of_is_looked_at():
    history = conversation(*asks(OWNER, ADA))
    assert found(Transactional(), history, pd.Timestamp("2024-02-28", tz="UTC")).empty


def episodes(texts):
    return [
        (f"e{n}", f"{2021 + n // 2}-{3 + 6 * (n % 2):02}-05", OWNER, [JON], text)
        for n, text in enumerate(texts)
    ]


def test_contact_that_comes_only_with_a_need():
    rows = found(NeedDriven(), conversation(*episodes(FAVOURS)))
    assert rows[["person_id", "direction"]].values.tolist() == [["jon", "out"]]
    assert (
        "After a silence you wrote to Jon 4 times, 4 of them with an ask" in rows.iloc[0]["summary"]
    )


def test_a_word_without_a_need_now_and_then_is_enough():
    texts = [FAVOURS[0], MAINTENANCE, FAVOURS[1], MAINTENANCE]
    assert found(NeedDriven(), conversation(*episodes(texts))).empty


def test_asks_within_one_conversation_are_one_need():
    same_week = [
        (f"w{n}", f"2024-03-{4 + n:02}", OWNER, [JON], text) for n, text in enumerate(FAVOURS)
    ]
    assert found(NeedDriven(), conversation(*same_week)).empty


def test_giving_is_seen_and_names_what_was_given():
    history = conversation(
        ("1", "2024-01-05", OWNER, [ADA, JON], "I'd like to introduce you to Jon, who paints."),
        ("2", "2024-02-05", OWNER, [ADA], "I thought you might enjoy this article on rivers."),
        ("3", "2024-03-05", OWNER, [ADA], "I have passed on your resume to our director."),
    )
    rows = found(Giving(), history)
    assert rows[["person_id", "direction"]].values.tolist() == [["ada", "out"]]
    summary = rows.iloc[0]["summary"]
    assert "You gave Ada 1 introduction, 1 thing worth reading, 1 piece of help" in summary


def test_answering_at_work_alone_is_no_giving():
    mails = []
    for n in range(6):
        mails.append((f"q{n}", f"2024-0{n + 1}-05", ADA, [OWNER], f"When is meeting {n}, please?"))
        answer = {"in_reply_to": f"q{n}"}
        mails.append((f"a{n}", f"2024-0{n + 1}-06", OWNER, [ADA], "On Monday.", answer))
    assert found(Giving(), conversation(*mails)).empty


PRIVATE = (
    "The kids loved the birthday party and the dog ate the cake, what a fun weekend at the beach."
)
WORK = "The contract and the project budget need approval by the client before the meeting."


def letters(texts):
    return [
        (
            f"p{n}",
            f"2024-01-{2 * n + 1:02}",
            MARA if n % 2 else OWNER,
            [OWNER if n % 2 else MARA],
            text,
        )
        for n, text in enumerate(texts)
    ]


def test_only_private_talk_is_found_and_one_tag_ends_it():
    history = conversation(*letters([PRIVATE] * 9))
    assert found(PersonalOnly(), history)["person_id"].tolist() == ["mara"]
    history.people["tags"] = [
        "friend" if each == "mara" else "" for each in history.people["person_id"]
    ]
    assert found(PersonalOnly(), history).empty


def test_some_work_or_too_few_messages_are_no_finding():
    assert found(PersonalOnly(), conversation(*letters([PRIVATE] * 6 + [WORK] * 3))).empty
    assert found(PersonalOnly(), conversation(*letters([PRIVATE] * 7))).empty


@pytest.mark.parametrize("pattern", [Transactional(), NeedDriven(), Giving(), PersonalOnly()])
def test_without_texts_nothing_is_claimed(pattern):
    history = conversation(*asks(OWNER, ADA), signals=SIGNALS.empty(), traits=TRAITS.empty())
    assert pattern.NEEDS_TEXT
    assert found(pattern, history).empty


def test_requests_between_colleagues_are_work_and_no_need():
    humans = {"me": ["me@works.example"], "jon": ["jon@works.example"]}
    for text, n in (("Please send me the minutes of today.", 0), (FAVOURS[0], 1)):
        talks = [
            (f"c{at}", f"202{at}-03-05", "me@works.example", ["jon@works.example"], f"{at} {text}")
            for at in range(4)
        ]
        assert len(found(NeedDriven(), conversation(*talks, humans=humans))) == n
