"""Interactions: who counts, in which role and direction, and what is direct."""

import pandas as pd
import pytest
from tests.frames import OWNER, mail, population

from netaudit import interactions
from netaudit.history import of_messages
from netaudit.model import INTERACTIONS
from netaudit.settings import Direct

OTHER = "me@work.example"
HUMANS = {
    "me": [OWNER, OTHER],
    "ann": ["ann@a.example", "ann@home.example"],
    **{name: [f"{name}@x.example"] for name in ("bob", "cid", "dan", "eve", "fay")},
}
ANN, BOB = "ann@a.example", "bob@x.example"
DAY = "2024-01-01"


def _build(*given, automated=(), max_recipients=5):
    messages, recipients = mail(*given)
    messages["is_automated"] = messages["key"].isin(automated)
    messages["thread"] = messages["key"]
    people, aliases = population(HUMANS, lists=["all@x.example"], robots=["no-reply@x.example"])
    recipients = of_messages(recipients, messages)
    addressed = interactions.addressees(recipients, people, aliases)
    built = interactions.build(
        messages=messages,
        recipients=recipients,
        addressed=addressed,
        people=people,
        aliases=aliases,
        own_addresses=[OWNER, OTHER],
        settings=Direct(max_recipients=max_recipients),
    )
    return INTERACTIONS.check(built)


def _rows(built, *columns):
    return list(built[list(columns)].itertuples(index=False, name=None))


def test_mail_from_the_owner_is_one_interaction_with_each_human_once():
    built = _build(("a", DAY, OTHER, [ANN, "ann@home.example", "all@x.example"], [BOB, ANN, OWNER]))
    assert _rows(built, "person_id", "direction", "role", "is_direct", "n_humans") == [
        ("ann", "out", "to", True, 3),
        ("bob", "out", "cc", False, 3),
    ]


def test_mail_to_the_owner_is_one_interaction_with_its_sender():
    built = _build(
        ("a", "2024-01-01", ANN, [BOB], [OWNER]),
        ("b", "2024-01-02", ANN, [BOB], [], [OWNER]),
        ("c", "2024-01-03", ANN, [BOB]),
        ("d", "2024-01-04", OWNER, [OTHER]),
    )
    assert _rows(built, "key", "person_id", "direction", "role", "is_direct") == [
        ("a", "ann", "in", "cc", True),
        ("b", "ann", "in", "bcc", False),
    ]


def test_five_humans_are_direct_and_six_are_not():
    others = [f"{name}@x.example" for name in ("bob", "cid", "dan", "eve", "fay")]
    built = _build(
        ("a", "2024-01-01", ANN, [OWNER, *others[:4], "no-reply@x.example"]),
        ("b", "2024-01-02", ANN, [OWNER, *others[:5]]),
        ("c", "2024-01-03", OWNER, others[:5]),
        ("d", "2024-01-04", OWNER, [*others[:5], ANN]),
    )
    direct = built.groupby("key")["is_direct"].agg(["all", "any"])
    assert direct.loc["a"].all()
    assert direct.loc["c"].all()
    assert not direct.loc[["b", "d"], "any"].any()


def test_a_bcc_that_repeats_the_cc_adds_nobody():
    others = ["bob@x.example", "cid@x.example", "dan@x.example"]
    built = _build(("a", DAY, OWNER, [ANN], others, others))
    assert set(built["n_humans"]) == {4}
    assert set(built["role"]) == {"to", "cc"}


def test_automated_and_robot_mail_is_none():
    assert _build(("a", DAY, ANN, [OWNER]), automated=["a"]).empty
    assert _build(("a", DAY, "no-reply@x.example", [OWNER])).empty
    assert _build(("a", DAY, OWNER, ["no-reply@x.example", "all@x.example"])).empty


@pytest.mark.parametrize(("to", "counts"), [((), True), (("all@x.example",), False)])
def test_mail_delivered_to_the_unnamed_owner_was_bcc_unless_a_list_is_addressed(to, counts):
    built = _build(
        dict(key="a", day=DAY, sender=ANN, to=list(to), delivered_to=f"z@x.example; {OWNER}")
    )
    assert _rows(built, "role", "is_direct", "n_humans") == ([("bcc", False, 1)] if counts else [])


def test_what_people_post_to_a_list_is_not_direct():
    built = _build(
        dict(key="a", day=DAY, sender=ANN, to=["all@x.example"], list_id="all"),
        dict(key="b", day=DAY, sender=ANN, to=[OWNER, "all@x.example"], list_id="all"),
        dict(key="c", day=DAY, sender=ANN, to=[OWNER, "all@x.example"]),
        dict(key="d", day=DAY, sender=ANN, to=["all@x.example"], list_id="all", delivered_to=OWNER),
    )
    assert _rows(built, "key", "is_direct") == [("b", False), ("c", True)]


def test_order_of_rows_changes_nothing():
    given = [("a", DAY, ANN, [OWNER]), ("b", DAY, OWNER, [ANN, BOB]), ("c", DAY, BOB, [OWNER])]
    pd.testing.assert_frame_equal(_build(*given), _build(*given[::-1]))


def test_nothing():
    assert _build().empty
