"""One person, one alias, however an export writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit import aliases


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/jane-doe-12345",
        "http://de.linkedin.com/in/Jane-Doe-12345/",
        "www.linkedin.com/in/jane-doe-12345?trk=abc",
        "linkedin.com/in/jane-doe-12345/de",
        "  https://m.linkedin.com/in/jane%2Ddoe-12345#about ",
    ],
)
def test_every_spelling_of_a_profile_is_one(url: str) -> None:
    assert aliases.profile(url) == "linkedin.com/in/jane-doe-12345"


def test_percent_encoded_and_plain_letters_are_one() -> None:
    assert aliases.profile("https://www.linkedin.com/in/j%C3%BCrgen") == "linkedin.com/in/jürgen"


@pytest.mark.parametrize(
    "url", ["", "https://evil.example/linkedin.com/in/x", "javascript:alert(1)", "Jane"]
)
def test_other_links_are_no_profile(url: str) -> None:
    assert aliases.profile(url) == ""


def test_organisations_are_no_people() -> None:
    page = aliases.profile("https://www.linkedin.com/company/acme/")
    assert page == "linkedin.com/company/acme"
    assert not aliases.is_person(page)


def test_names_fold_accents_case_and_punctuation() -> None:
    assert aliases.of_name("  Zoë   O'Brien-SMITH ") == "name:zoe o brien smith"


@pytest.mark.parametrize("name", ["LinkedIn Member", "linkedin-mitglied", "", " . "])
def test_hidden_members_are_nobody(name: str) -> None:
    assert aliases.of_name(name) == ""


@given(st.text())
def test_any_text_is_safe(text: str) -> None:
    assert aliases.profile(text).isprintable()
    once = aliases.of_name(text)
    assert once == aliases.of_name(once.removeprefix(aliases.NAME_PREFIX))
