"""Texts read together have the readings that each alone has."""

from hypothesis import example, given
from hypothesis import strategies as st

from netaudit import minhash, text
from netaudit.chararrays import Texts
from netaudit.text import many
from netaudit.text import words as lexicon
from netaudit.text.languages import MAX_CHARS, language

WORDS = (
    *("the", "and", "not", "never", "don't", "wasn't", "great", "terrible", "love", "party", "hug"),
    *("contract", "meeting", "budget", "der", "und", "nicht", "le", "est", "que", "para", "bueno"),
    *("rock'n'roll'n", "'tis", "dogs'", "O'Neil", "x_1", "42", "3rd", "it's.", "(so)", "\n", "\t"),
    *("congratulations", "individualhealthquotes", "--", "''", "a'", "\x1c", "\x00", "Thanks!"),
    *("z" * 60, "Could you send me the draft?", "please", "schön", "I'll call you.", "’s"),
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), max_size=9)
ANY = st.lists(st.text(st.characters(max_codepoint=127), max_size=80), min_size=1, max_size=5)


@given(TEXTS | ANY)
@example(["", "a", ""])
@example([*["the party and the contract"] * 4, "schöne party", "the and of"])
@example(["word " * 79 + "don't do", "word " * 79 + "donot'"])
@example(["lovely " * 571 + "hm don't go", "x " * 30 + "y" * 5000 + " z"])
def test_all_is_the_same_as_alone(texts: list[str]) -> None:
    bodies = [text.Message(*each) for each in zip(texts, reversed(texts), strict=True)]
    alone = [text.read(body.body, body.subject) for body in bodies]
    assert text.read_many(bodies) == alone


@given(TEXTS | ANY)
def test_words_are_the_same_as_alone(texts: list[str]) -> None:
    plain = [each.encode("ascii", "ignore").decode() for each in texts]
    joined = Texts(plain)
    found = many.listed(joined).words
    data = joined.data.decode()
    words = [data[a:b] for a, b in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]
    assert words == [word for each in plain for word in lexicon.tokens(each)]
    assert found.counts.tolist() == [len(lexicon.tokens(each)) for each in plain]
    assert many.counts(joined) == [len(each.split()) for each in plain]
    assert minhash.signatures(joined) == [minhash.signature(each) for each in plain]


def test_a_language_is_told_from_the_head_alone() -> None:
    text_of_two = "zzz " * (MAX_CHARS // 4) + "the and of to in is that for it " * 20
    assert many.told([text_of_two], many.listed(Texts([text_of_two]))) == [language(text_of_two)]


def test_more_words_than_are_looked_at_change_no_signature() -> None:
    most = " ".join(f"w{number}" for number in range(minhash.MAX_WORDS))
    first, second = minhash.signatures(Texts([most, most + " more"]))
    assert first == second == minhash.signature(most)
