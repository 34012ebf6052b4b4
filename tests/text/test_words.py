"""Words of a text: the quick way for plain ASCII gives what the pattern gives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.text import words

PATTERN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@given(st.text("aBc'’ \t\n.,-_09é\x00\x1f\x7f"))
def test_words_are_letters_with_an_apostrophe_inside_at_most(text):
    assert words.words_of(text) == PATTERN.findall(text.lower().replace("’", "'"))


def test_quotes_are_no_part_of_words():
    assert words.words_of("'Don't', rock'n'roll") == ["don't", "rock'n", "roll"]


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("Gotta get home, the landlord is in the apartment. Wanna have cake later?", True),
        ("The house was quiet, my neighbors walked their dogs past the backyard.", True),
        ("Please review the attached contract before the client calls from home.", False),
        ("The project meeting is at two, the draft report follows.", False),
    ],
)
def test_private_life_is_told_from_work(text, personal):
    found = words.topic(words.tokens(text), "en")
    assert found is not None
    assert (found.personal >= 0.5) is personal
    assert (found.professional >= 0.5) is not personal
