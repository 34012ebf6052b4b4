"""p_active: what speaks for further contact, on literal ties."""

import pandas as pd
import pytest

from netaudit import activity

AS_OF = pd.Timestamp("2026-06-30T23:59:59Z")


def days_ago(*days):
    return [AS_OF - pd.Timedelta(days=d) for d in days]


def direct(person, days, direction="in", is_reply=False):
    return pd.DataFrame(
        {"person_id": person, "at": days_ago(*days), "direction": direction, "is_reply": is_reply}
    )


def present(person, days):
    return pd.DataFrame(
        {"person_id": person, "key": [f"{person}{d}" for d in days], "at": days_ago(*days)}
    )


@pytest.fixture
def figures():
    contact = pd.concat(
        [
            direct("weekly", range(3, 200, 7)),
            direct("yearly", (300, 660, 1020)),
            direct("lapsed", range(300, 500, 7)),
            direct("lapsed_but_seen", range(300, 500, 7)),
            direct("once", (300,)),
        ]
    )
    seen = pd.concat(
        [present(p, contact.loc[contact["person_id"] == p, "at"].map(
            lambda at: (AS_OF - at).days)) for p in contact["person_id"].unique()]
        + [present("lapsed_but_seen", range(1, 60, 5))]
    )  # fmt: skip
    return activity.features(contact, seen, AS_OF)


def test_order_is_what_a_person_would_say(figures):
    p = activity.p_active(figures)
    assert p["weekly"] > 0.8
    assert p["weekly"] > p["lapsed_but_seen"] > p["lapsed"]
    assert p["yearly"] > p["lapsed"], "the same gap says more about a weekly tie"
    assert p["once"] < p["yearly"]


def test_later_messages_change_nothing(figures):
    contact = pd.concat([direct("weekly", range(3, 200, 7)), direct("weekly", (-5, -80))])
    seen = pd.concat([present("weekly", range(3, 200, 7)), present("weekly", (-5, -80))])
    later = activity.features(contact, seen, AS_OF)
    pd.testing.assert_frame_equal(later, figures.loc[["weekly"]])


def test_a_silent_owner_is_no_sign_about_a_tie():
    busy_days = range(60, 400)
    tie = direct("tie", range(60, 400, 14))
    silent = pd.concat([direct("other", busy_days, "out"), tie])
    active = pd.concat([direct("other", range(400), "out"), tie])
    nobody = present("tie", range(60, 400, 14))
    assert (
        activity.features(silent, nobody, AS_OF).loc["tie", "rhythm"]
        < activity.features(active, nobody, AS_OF).loc["tie", "rhythm"]
    )


def test_reasons_are_the_largest_effects_of_what_belongs_together(figures):
    table = activity.reasons(figures, most=2).set_index(["person_id", "theme"])["log_odds"]
    assert (table.groupby("person_id").size() == 2).all()
    effects = activity.contributions(figures).loc["lapsed"]
    together = effects[["rhythm", "recent_days", "is_single"]].sum()
    assert table["lapsed", "contact"] == pytest.approx(together)
    assert table["lapsed", "contact"] < table["weekly", "contact"]
    assert table["lapsed_but_seen", "surroundings"] > 0 > table["lapsed", "surroundings"]


def test_every_figure_belongs_to_one_theme():
    assert sorted(sum(activity.THEMES.values(), ())) == sorted(activity.FEATURES)


def test_weights_have_the_sign_that_can_be_explained():
    weight = activity.fitted().weight
    assert set(weight) == set(activity.FEATURES)
    assert max(weight["rhythm"], weight["unseen"], weight["is_single"]) <= 0
    assert min(weight["presence"], weight["recent_days"], weight["replies"]) >= 0


def test_nobody_is_no_error():
    empty = activity.features(direct("a", (9,)).iloc[:0], present("a", (9,)).iloc[:0], AS_OF)
    assert activity.p_active(empty).empty
