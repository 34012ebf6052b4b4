"""Mass mailings: all three kinds, who knew the owner, who answered, and what is none."""

import pandas as pd
import pytest
from tests.frames import OWNER, build_history

from netaudit import blasts, minhash
from netaudit.model import BLASTS, TEXTS, TRAITS

PEOPLE = {f"p{n:02}": [f"p{n:02}@x.example"] for n in range(30)}
HUMANS = {"me": [OWNER], **PEOPLE}
ADDRESSES = [addresses[0] for addresses in PEOPLE.values()]
TEXT = (
    "Dear {0} we are glad to present our new offer for teams like yours which saves much time " * 2
)


def _found(*given, texts=None, **more):
    texts = texts or {}
    traits = {"key": list(texts), "minhash": [minhash.signature(text) for text in texts.values()]}
    traits = pd.DataFrame(traits).assign(version=1)
    history = build_history(
        HUMANS,
        *given,
        texts=TEXTS.conform(pd.DataFrame({"key": list(texts), "text": list(texts.values())})),
        traits=TRAITS.conform(traits),
        **more,
    )
    history = blasts.add(history, blasts.MassMailing())
    BLASTS.check(history.blasts)
    return history


def _merge(count, hours=1.0, text=TEXT, start="2024-03-01"):
    """One message a person, and their texts."""
    at = [pd.Timestamp(start) + pd.Timedelta(hours=hours * n) for n in range(count)]
    given = [
        dict(key=f"m{n:02}", day=at[n], sender=OWNER, to=[ADDRESSES[n]], subject="Offer", words=34)
        for n in range(count)
    ]
    return given, {f"m{n:02}": text.format(f"person{n}") for n in range(count)}


def test_twenty_visible_recipients_are_many_and_nineteen_are_not():
    history = _found(
        ("a", "2024-01-01", OWNER, ADDRESSES[:12], ADDRESSES[12:20]),
        ("b", "2024-01-02", OWNER, ADDRESSES[:12], [*ADDRESSES[12:19], OWNER]),
    )
    assert history.blasts["kind"].tolist() == ["many_recipients"]
    assert history.blasts["n_recipients"].tolist() == [20]
    assert history.blasts["evidence"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("to", "bcc", "is_one"),
    [
        ([OWNER], ADDRESSES[:10], True),
        ([OWNER], ADDRESSES[:9], False),
        ([], ADDRESSES[:5], True),
        ([], ADDRESSES[:4], False),
        ([], [], True),
    ],
)
def test_hidden_recipients(to, bcc, is_one):
    found = _found(("a", "2024-01-01", OWNER, to, [], bcc)).blasts
    assert found["kind"].tolist() == ["hidden_recipients"] * is_one


@pytest.mark.parametrize(
    ("more", "is_one"),
    [({"subject": "Re: News"}, False), ({"words": 5}, False), ({"words": 60}, True)],
)
def test_what_names_nobody_may_have_lost_its_addressees(more, is_one):
    found = _found(dict(key="a", day="2024-01-01", sender=OWNER, to=[]) | more).blasts
    assert len(found) == is_one


def test_a_bcc_that_repeats_the_cc_is_not_hidden():
    assert _found(("a", "2024-01-01", OWNER, [], ADDRESSES[:12], ADDRESSES[:12])).blasts.empty


def test_parts_of_one_mailing_are_one():
    given = [
        dict(key=f"k{n}", day=f"2024-01-0{n + 1}", sender=OWNER, to=[OWNER], subject="News",
             bcc=ADDRESSES[n * 10 : n * 10 + 10])
        for n in range(3)
    ]  # fmt: skip
    later = dict(key="z", day="2024-02-01", sender=OWNER, to=[], bcc=ADDRESSES, subject="News")
    found = _found(*given, later).blasts
    assert found["n_messages"].tolist() == [3, 1]
    assert found["n_recipients"].tolist() == [30, 30]
    assert pd.isna(found["reply_rate"].iloc[0]) or found["reply_rate"].iloc[0] == 0.0


def test_the_same_text_to_five_people_within_three_days_is_a_mail_merge():
    given, texts = _merge(5, hours=10)
    found = _found(*given, texts=texts).blasts
    assert found["kind"].tolist() == ["mail_merge"]
    row = found.iloc[0]
    assert (row["n_messages"], row["n_recipients"]) == (5, 5)
    assert row["similarity"] >= 0.8
    assert 0.0 < row["personalised_share"] < 0.15
    assert row["recipients"] == "; ".join(ADDRESSES[:5])


def test_four_people_or_slow_or_short_or_answers_are_no_mail_merge():
    given, texts = _merge(4)
    assert _found(*given, texts=texts).blasts.empty
    given, texts = _merge(6, hours=30)
    assert _found(*given, texts=texts).blasts.empty
    given, texts = _merge(6)
    assert _found(*[g | {"words": 19} for g in given], texts=texts).blasts.empty
    asked = [
        dict(key=f"q{n}", day="2024-02-27", sender=a, to=[OWNER], subject="Offer")
        for n, a in enumerate(ADDRESSES[:6])
    ]
    assert _found(*asked, *given, texts=texts).blasts.empty


def test_without_texts_mail_merge_is_left_out():
    given, _ = _merge(10)
    assert _found(*given).blasts.empty


def test_who_was_known_and_who_answered():
    given, texts = _merge(10)
    history = _found(
        ("before", "2024-01-01", ADDRESSES[0], [OWNER]),
        ("crowd", "2024-01-01", ADDRESSES[1], [OWNER, *ADDRESSES[2:]]),
        *given,
        dict(key="r", day="2024-03-05", sender=ADDRESSES[2], to=[OWNER], subject="Re: Offer"),
        dict(key="other", day="2024-03-05", sender=ADDRESSES[3], to=[OWNER], subject="Lunch"),
        texts=texts,
    )
    row = history.blasts.iloc[0]
    assert row["known_share"] == 0.1
    assert row["reply_rate"] == 0.1
    marked = history.interactions.set_index("key")["blast_id"].dropna()
    assert set(marked.index) == {*texts, "r"}
    assert set(marked) == {row["blast_id"]}


def test_young_mailings_have_no_reply_rate_yet():
    found = _found(("a", "2024-12-25", OWNER, ADDRESSES)).blasts
    assert found["reply_rate"].isna().all()


def test_robots_newsletters_and_other_peoples_mailings_are_none():
    assert _found(("a", "2024-01-01", ADDRESSES[0], [OWNER, *ADDRESSES[1:]])).blasts.empty
    assert _found(("a", "2024-01-01", OWNER, ADDRESSES), automated=["a"]).blasts.empty
