"""relationships.csv: every column on a few literal messages."""

import pandas as pd
import pytest
from tests.frames import OWNER, build_history

from netaudit import blasts, relationships
from netaudit.model import CONNECTIONS, GESTURES, RELATIONSHIPS, SIGNALS, TRAITS
from netaudit.settings import Settings, from_mapping

ANN, BOB, CID = "ann@a.example", "bob@b.example", "cid@c.example"
HUMANS = {"me": [OWNER], "ann": [ANN], "bob": [BOB], "cid": [CID]}
AS_OF = "2024-12-31"


def _built(*given, settings=None, humans=HUMANS, **more):
    settings = settings or Settings()
    history = build_history(humans, *given, as_of=AS_OF, settings=settings, **more)
    history = blasts.add(history, blasts.MassMailing())
    built = relationships.build(history, settings, history.as_of)
    return RELATIONSHIPS.check(built).set_index("person_id")


def _exchange(days, sender=ANN, to=OWNER, key="m"):
    return [(f"{key}{n}", day, sender, [to]) for n, day in enumerate(days)]


def test_who_has_a_row():
    built = _built(
        ("a", "2024-01-01", ANN, [OWNER], [BOB]),
        ("b", "2024-01-02", OWNER, [OWNER]),
        connections=CONNECTIONS.conform(
            pd.DataFrame({"key": ["c"], "name": ["Cid"], "address": [CID], "source_offset": [1]})
        ),
    )
    assert built.index.tolist() == ["ann", "cid"], "bob was only seen beside the owner"
    cid = built.loc["cid"]
    assert cid["channels"] == "linkedin"
    assert (cid["n_in"], cid["n_out"], cid["strength"]) == (0, 0, 0.0)
    unknown = ["reciprocity", "gap_days", "p_active", "status", "first_contact", "reply_rate_in"]
    assert cid[unknown].isna().all()


def test_a_box_of_many_people_and_no_sent_mail_is_read():
    many = {f"p{n:03}": [f"p{n:03}@x.example"] for n in range(200)}
    given = [(f"m{n}", "2024-01-01", address, [OWNER]) for n, [address] in enumerate(many.values())]
    built = _built(*given, humans=HUMANS | many)
    assert len(built) == 200
    assert built["last_out"].isna().all()


def test_counts_and_times():
    ann = _built(
        ("a", "2024-01-01T10:00", ANN, [OWNER]),
        ("b", "2024-01-05T10:00", OWNER, [BOB], [ANN]),
        ("c", "2024-01-07T10:00", OWNER, [ANN]),
        ("d", "2024-01-09T10:00", ANN, [OWNER, BOB, CID, "x@x.example"]),
    ).loc["ann"]
    assert (ann["n_in"], ann["n_in_direct"], ann["n_out"], ann["n_out_direct"]) == (2, 2, 2, 1)
    assert ann["first_contact"] == pd.Timestamp("2024-01-01T10:00Z")
    assert ann["last_contact"] == ann["last_in"] == pd.Timestamp("2024-01-09T10:00Z")
    assert ann["last_out"] == pd.Timestamp("2024-01-07T10:00Z")
    assert (ann["n_contact_days"], ann["cadence_days"], ann["interval_days"]) == (3, 4.0, 4.0)
    assert ann["gap_days"] == 357.0


def test_strength_halves_with_age_and_is_shared_among_recipients():
    half_life = Settings().strength.half_life_days
    end = pd.Timestamp("2024-12-31T23:59:59.999999")
    ann = _built(
        ("now", end, OWNER, [ANN, BOB]),
        ("old", end - pd.Timedelta(days=half_life), ANN, [OWNER]),
    ).loc["ann"]
    assert ann["strength_out"] == pytest.approx(2.0 / 2)
    assert ann["strength_in"] == pytest.approx(1.0 / 2)
    assert ann["strength"] == pytest.approx(1.5)


def test_gestures_weigh_in_strength_and_never_count():
    end = pd.Timestamp("2024-12-31T23:59:59.999999Z")
    gestures = GESTURES.conform(
        pd.DataFrame(
            {
                "key": ["g"],
                "kind": ["endorsement"],
                "direction": ["in"],
                "made_at": [end],
                "name": ["Ann"],
                "profile": ["linkedin.com/in/ann"],
                "source_offset": [1],
            }
        )
    )
    humans = HUMANS | {"ann": [ANN, "linkedin.com/in/ann"]}
    ann = _built(("a", end, ANN, [OWNER]), gestures=gestures, humans=humans).loc["ann"]
    assert ann["strength_in"] == pytest.approx(1.0 + Settings().strength.gesture_weight)
    assert ann["n_in"] == 1
    assert ann["channels"] == "mail; linkedin"


def test_a_click_is_no_word_and_gives_no_status():
    gestures = GESTURES.conform(
        pd.DataFrame(
            {
                "key": ["g"],
                "kind": "endorsement",
                "direction": "in",
                "made_at": pd.Timestamp("2024-05-01", tz="UTC"),
                "name": "Cid",
                "profile": CID,
                "source_offset": 1,
            }
        )
    )
    connections = CONNECTIONS.conform(
        pd.DataFrame({"key": ["c"], "name": ["Cid"], "profile": [CID], "source_offset": [1]})
    )
    cid = _built(gestures=gestures, connections=connections).loc["cid"]
    assert pd.isna(cid["status"])
    assert cid["first_contact"] == pd.Timestamp("2024-05-01", tz="UTC")


def test_reciprocity_is_the_owners_share_with_its_interval():
    given = [(f"o{n}", f"2024-01-{n + 1:02}", OWNER, [ANN]) for n in range(6)]
    ann = _built(*given, ("i", "2024-02-01", ANN, [OWNER])).loc["ann"]
    assert ann["reciprocity"] == pytest.approx(8 / 11)
    assert 0 < ann["reciprocity_low"] < ann["reciprocity"] < ann["reciprocity_high"] < 1


def test_answers_to_a_mailing_do_not_count_for_reciprocity():
    crowd = {f"p{n}": [f"p{n}@x.example"] for n in range(20)}
    everybody = [OWNER, *[a[0] for a in crowd.values()]]
    built = _built(
        dict(key="blast", day="2024-01-01", sender=OWNER, to=everybody, subject="News"),
        dict(key="r", day="2024-01-02", sender="p0@x.example", to=[OWNER], subject="Re: News"),
        dict(key="s", day="2024-02-02", sender="p1@x.example", to=[OWNER], subject="Lunch"),
        humans=HUMANS | crowd,
    )
    assert built.loc["p0", "n_in_direct"] == 1
    assert pd.isna(built.loc["p0", "reciprocity"])
    assert built.loc["p1", "reciprocity"] == pytest.approx(2 / 5)


def test_conversations_are_opened_by_whoever_writes_first():
    ann = _built(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], subject="One"),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], subject="Re: One"),
        dict(key="c", day="2024-01-03", sender=ANN, to=[OWNER], subject="Two"),
        dict(key="d", day="2024-02-20", sender=ANN, to=[OWNER], subject="Re: One"),
        dict(key="e", day="2024-02-21", sender=OWNER, to=[ANN], subject="Re: One"),
    ).loc["ann"]
    assert ann["initiated_out"] == pytest.approx(1 / 3), "after 30 silent days a new one"


def test_a_direct_answer_to_a_message_to_many_did_not_open_the_conversation():
    others = [f"p{n}@x.example" for n in range(8)]
    humans = HUMANS | {f"p{n}": [a] for n, a in enumerate(others)}
    built = _built(
        dict(key="a", day="2024-01-01", sender=ANN, to=[OWNER, *others], message_id="a@x"),
        dict(key="b", day="2024-01-02", sender=OWNER, to=[ANN], in_reply_to="a@x"),
        humans=humans,
    )
    assert built.loc["ann", "initiated_out"] == 0.0


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (["2024-12-01", "2024-12-20"], "new"),
        (["2023-01-01T08:00", "2023-01-01T20:00"], "one_off"),
        (["2023-01-01", "2023-01-11", "2023-01-21", "2023-02-01"], "dormant"),
        (["2024-08-11", "2024-08-21", "2024-09-01", "2024-09-12"], "cooling"),
        (["2024-09-01", "2024-09-21", "2024-11-01", "2024-12-01"], "active"),
        (["2022-01-01", "2022-01-21"], "dormant"),
        (["2022-01-01", "2023-12-01"], "active"),
    ],
)
def test_status(days, status):
    assert _built(*_exchange(days)).loc["ann", "status"] == status


def test_thresholds_of_dormant_rule_the_status():
    settings = from_mapping({"patterns": {"dormant": {"dormant_days": 1000}}})
    given = _exchange(["2023-01-01", "2023-01-11", "2023-01-21", "2023-02-01"])
    assert _built(*given, settings=settings).loc["ann", "status"] == "cooling"


def test_asks_and_gives_are_missing_where_no_text_was_read():
    signals = SIGNALS.conform(
        pd.DataFrame(
            {
                "key": ["a", "a", "b"],
                "act": ["ask", "thanks", "offer"],
                "start": 0,
                "probability": [0.9, 0.9, 0.9],
            }
        )
    )
    built = _built(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN]),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER]),
        dict(key="c", day="2024-01-02", sender=BOB, to=[OWNER]),
        signals=signals,
        traits=TRAITS.conform(pd.DataFrame({"key": ["a", "b"], "version": 1})),
    )
    names = ["asks_out", "gives_out", "asks_in", "gives_in"]
    assert built.loc["ann", names].tolist() == [1, 0, 0, 1]
    assert built.loc["bob", names].isna().all()


def test_nobody():
    assert _built().empty


def test_order_of_input_changes_nothing():
    given = [
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN, BOB], subject="One"),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], subject="Re: One"),
        dict(key="c", day="2024-01-03", sender=CID, to=[OWNER], subject="Two"),
    ]
    pd.testing.assert_frame_equal(_built(*given), _built(*given[::-1]))
