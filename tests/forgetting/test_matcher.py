"""How addresses, links and names of the forgotten are told in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.archive.forgotten import MASK, Forgotten, Matcher, full_name

NAMES = ("Ann B. Lee", "Żaneta O'Brien-Król", "王小明", "Bo")
ALIASES = ("ann.lee@example.org", "linkedin.com/in/ann-lee", "name:ann lee")
FORGOTTEN = Forgotten().adding(ALIASES, NAMES)


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(FORGOTTEN)


@pytest.mark.parametrize(
    "theirs",
    [
        "ann.lee@example.org", "ANN.LEE@Example.ORG", "ann.lee+news@example.org",
        "https://www.linkedin.com/in/Ann-Lee", "http://de.linkedin.com/in/ann-lee?x=1",
        "Ann Lee", "LEE, Ann", "ann b lee", "Ann\nLee", "Żaneta O’Brien-Król",
        "zaneta o'brien krol", "ann.lee@elsewhere.example",
        "Z\u0307aneta O'Brien Kro\u0301l", "王小明",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "see {}.", "<{}>", "({}), and more", "*{}*"])
def test_it_is_masked_wherever_it_stands(matcher: Matcher, theirs: str, around: str) -> None:
    text = around.format(theirs)
    cleaned = matcher.clean(text)
    assert cleaned is not None
    assert len(cleaned) == len(text)
    left = cleaned.replace(MASK, "").lower()
    assert not any(word in left for word in ("ann", "lee", "aneta", "小"))
    assert matcher.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "joann.lee@example.org", "ann@example.com", "Ann and Lee", "Ann. The Lee side",
        "Anne Lee", "Bo", "linkedin.com/in/annlee", "lee@example.org",
        "name@", "@example.org", "a@b@c", "王小", "",
    ],
)  # fmt: skip
def test_what_is_somebody_elses_stays(matcher: Matcher, text: str) -> None:
    assert matcher.clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("bounce+ann.lee=example.org@list.example", f"bounce+{MASK * 19}@list.example"),
        ("20240101.ann.lee@example.org.1", f"20240101.{MASK * 19}.1"),
    ],
)
def test_addresses_written_into_others(matcher: Matcher, text: str, cleaned: str) -> None:
    assert matcher.clean(text) == cleaned


def test_a_column_of_addresses_holds_no_names(matcher: Matcher) -> None:
    for other in ("ann.lee@example.com", "ann.lee@example.organic", "linkedin.com/in/ann-lee-2"):
        assert matcher.clean(other, names=False) == other


def test_full_names() -> None:
    assert full_name("Lee, Ann B.") == ("lee", "ann")
    assert full_name("Ann") == full_name("A. B.") == full_name("x " * 9) == ()
    assert full_name("李 明") == ("李", "明")


def test_nothing_that_was_forgotten_is_kept_in_words() -> None:
    kept = repr(FORGOTTEN).lower()
    assert not any(word in kept for word in ("ann", "lee@", "example", "król", "王"))
    assert FORGOTTEN.adding(ALIASES, NAMES) == FORGOTTEN
    assert not Forgotten()


@given(
    st.text(alphabet=st.sampled_from("ann.lee@example.org=+-, \nlinkedin.com/in/王小明éż\u0301"))
)
def test_any_text_keeps_its_length(text: str) -> None:
    cleaned = Matcher(FORGOTTEN).clean(text)
    assert cleaned is not None
    assert len(cleaned) == len(text)


@pytest.mark.parametrize("piece", ["ann ", "lee.", "@", "a@", "ann.lee=", "linkedin.com/in/", "x"])
def test_hostile_repeats_end(matcher: Matcher, piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(matcher.clean(text) or "") == len(text)
