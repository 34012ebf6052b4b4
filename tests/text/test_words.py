"""Words of a text: the quick way for plain ASCII gives what the pattern gives."""

import re

from hypothesis import given
from hypothesis import strategies as st

from netaudit.text import words

PATTERN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@given(st.text("aBc'’ \t\n.,-_09é\x00\x1f\x7f"))
def test_words_are_letters_with_an_apostrophe_inside_at_most(text):
    assert words.words_of(text) == PATTERN.findall(text.lower().replace("’", "'"))


def test_quotes_are_no_part_of_words():
    assert words.words_of("'Don't', rock'n'roll") == ["don't", "rock'n", "roll"]
