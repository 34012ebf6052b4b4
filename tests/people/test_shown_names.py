"""How people's names are shown: tidied, never made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.names.folding import fold
from netaudit.names.reading import read
from netaudit.names.showing import shown

TIDIED = {
    "Rowandale, Isolde (Legal)": "Isolde Rowandale",
    "'Rowandale, Isolde'": "Isolde Rowandale",
    "Isolde Rowandale, MBA, PMP®": "Isolde Rowandale",
    "Isolde Rowandale PhD": "Isolde Rowandale",
    "Rowandale, Isolde, Legal": "Isolde Rowandale",
    "Prof. Isolde van der Berg, Ph.D.": "Isolde van der Berg",
    "von der Berg, Isolde": "Isolde von der Berg",
    "García Márquez, Gabriel": "Gabriel García Márquez",
    "Rowandale, John Q., Jr.": "John Q. Rowandale Jr",
    "Rowandale, I.": "I. Rowandale",
    "Robert 'Bob' Rowandale": "Robert Rowandale",
    '"Bob" Rowandale': "Bob Rowandale",
    "zaphodbee (Isolde Rowandale)": "Isolde Rowandale",
    "Isolde Rowandale -X (isro - ACME at Globex)": "Isolde Rowandale",
    "Rowandale, MBA": "Rowandale",
    "Isolde (Legal)": "Isolde",
    "O'Neil, Mary-Ann": "Mary-Ann O'Neil",
    "Петровский, Иван": "Иван Петровский",
}
AS_GIVEN = [
    "王小明", "שירה לוי", "Xiaoming Wang (王小明)", "Baek Ji-woo", "Jack Ma", "Anh Do Ma",
    "Prince Rogers Nelson", "Jane Doe, Acme", "(Jane) Doe", "Jane (Doe", "Mrs. Doe", "John Doe III",
    "jane@a.example",
    "Jane Doe via Lists", "Linux ARM", "Sales Team", "", "Noor Haddad 🌿",
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), TIDIED.items())
def test_order_titles_and_notes_are_tidied(text, name):
    assert shown(text) == name


@pytest.mark.parametrize("text", AS_GIVEN)
def test_own_scripts_names_that_look_like_titles_and_doubtful_ones_stay(text):
    assert shown(text) == text


PIECES = st.sampled_from(
    ["Jane", "DOE", "de la", "Ma", "王小明", "Иван", "Dr.", "Jr.", "MBA", "Prince", "(Legal)",
     "'Bob'",
     '"', "(", ",", ", ", " ", "-", "@", ".", "III", "née", "&", "von", "O’Neil", "J."]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=7).map("".join) | st.lists(PIECES, max_size=7).map(" ".join)


@given(TEXTS)
def test_no_letter_is_made_up_and_the_name_stays_who_it_was(text):
    name, before = shown(text), read(text)
    assert set(fold(name).split()) <= set(fold(before.text).split())
    after = read(name)
    assert after.kind is before.kind
    words = {before.given, *before.middle, *before.family.split()}
    assert {after.given, *after.middle, *after.family.split()} == words
