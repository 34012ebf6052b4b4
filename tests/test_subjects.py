"""Subjects: marks of replies and forwards in many languages go, the rest stays."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.subjects import (
    FORWARD_MARKS,
    REPLY_MARKS,
    are_marked,
    are_replies,
    base,
    bases,
    is_marked,
    is_reply,
)


@pytest.mark.parametrize(
    "subject",
    [
        "Plans",
        "Re: plans",
        "RE: Re: plans",
        "Re[2]: Plans",
        "RE(3): plans",
        "Re^4: plans",
        "AW: WG: Plans",
        "Antw: plans",
        "SV: VS: Plans",
        "Tr : plans",
        "R: I: Plans",
        "回复：Plans",
        "  Re:   plans ",
        "fwd: FW: plans",
    ],
)
def test_marks_go(subject):
    assert base(subject) == "plans"


def test_words_that_only_begin_like_a_mark_stay():
    assert base("Resume: draft") == "resume: draft"
    assert base("Report") == "report"
    assert base("Is it time?") == "is it time?"
    assert not is_reply("Research: first results")


def test_a_lists_tag_stays_wherever_the_mark_stands():
    assert (
        base("Re: [dev] Plans") == base("[dev] Re: Plans") == base("[dev] Plans") == "[dev] plans"
    )


def test_forwards_are_no_replies():
    assert is_marked("Fw: plans")
    assert not is_marked("plans: re: all")
    assert is_reply("Re: Fw: plans")
    assert not is_reply("Fw: Re: plans")


@given(st.sampled_from(REPLY_MARKS + FORWARD_MARKS), st.text(max_size=30))
def test_a_mark_never_changes_the_base(mark, text):
    assert base(f"{mark}: {text}") == base(text)


@given(st.text(max_size=60))
def test_base_is_settled(text):
    assert base(base(text)) == base(text)


def test_missing_subjects():
    given_subjects = pd.Series(["Re: a", None, "a"], dtype="str", index=[5, 6, 7])
    assert bases(given_subjects).tolist() == ["a", "", "a"]
    assert are_replies(given_subjects).tolist() == [True, False, False]
    assert bases(given_subjects).index.tolist() == [5, 6, 7]


@given(st.lists(st.text(st.sampled_from("aR\tBe:：\x1c é[]1ﬁ"), max_size=9), max_size=9))
def test_all_at_once_as_one_by_one(texts):
    many = pd.Series([*texts, None], dtype="str")
    assert bases(many).tolist() == [*map(base, texts), ""]
    assert are_replies(many).tolist() == [*map(is_reply, texts), False]
    assert are_marked(many).tolist() == [*map(is_marked, texts), False]
