"""The positive signs that need no text: reciprocal, in_touch, sought_out."""

import pandas as pd
import pytest
from tests.frames import OWNER, found_by

from netaudit.patterns.in_touch import InTouch
from netaudit.patterns.reciprocal import Reciprocal
from netaudit.patterns.sought_out import SoughtOut
from netaudit.settings import from_mapping

ANN = "ann@a.example"
HUMANS = {"me": [OWNER], "ann": [ANN]}


def _exchange(senders, start="2024-10-01", every=7, subject="Plan"):
    """Messages by `i` (from Ann) and `o` (to Ann), each some days after the one before."""
    for n, sender in enumerate(senders):
        day = pd.Timestamp(start) + pd.Timedelta(days=every * n)
        ends = {"sender": ANN, "to": [OWNER]} if sender == "i" else {"sender": OWNER, "to": [ANN]}
        yield {"key": f"m{n:02}", "day": day, "subject": f"{subject} {n}", **ends}


@pytest.mark.parametrize(
    ("senders", "is_one"),
    [("io" * 6, True), ("io" * 2, False), ("iioooo" * 4, False), ("io", False)],
)
def test_reciprocal_needs_balance_and_enough_of_it(senders, is_one):
    found = found_by(Reciprocal(), HUMANS, *_exchange(senders, every=3))
    assert found["person_id"].tolist() == ["ann"] * is_one
    if is_one:
        assert 0.9 <= found["confidence"].iloc[0] <= 1
        assert "your share is" in found["summary"].iloc[0]


def test_in_touch_is_a_pause_within_the_own_rhythm():
    given = list(_exchange("ioioio", start="2024-11-20", every=7))  # the last on 2024-12-25
    assert len(found_by(InTouch(), HUMANS, *given, as_of="2025-01-01")) == 1
    assert found_by(InTouch(), HUMANS, *given, as_of="2025-01-02").empty
    first = {"key": "a", "day": "2024-05-01", "sender": ANN, "to": [OWNER]}
    again = found_by(InTouch(), HUMANS, first, *given, as_of="2025-01-01")
    assert again["since"].iloc[0] == pd.Timestamp("2024-11-20", tz="UTC"), "after the long pause"
    one_way = _exchange("iiiiii", start="2024-11-20")
    assert found_by(InTouch(), HUMANS, *one_way, as_of="2025-01-01").empty


def test_a_cadence_wanted_for_a_tag_takes_the_place_of_the_rhythm():
    given = list(_exchange("ioioio", start="2024-11-20", every=7))
    settings = from_mapping({"cadence": {"mentor": 90, "peer": 5}})
    more = {"as_of": "2025-03-01", "settings": settings}
    tagged = found_by(InTouch(), HUMANS, *given, tags={"ann": "mentor"}, **more)
    assert "every 3 months" in tagged["summary"].iloc[0]
    assert found_by(InTouch(), HUMANS, *given, tags={"ann": "mentor; peer"}, **more).empty
    assert found_by(InTouch(), HUMANS, *given, **more).empty


def test_sought_out_is_who_opens_the_conversations_and_is_answered():
    opened = [
        {
            "key": f"i{n}",
            "day": f"2024-0{n + 1}-01",
            "sender": ANN,
            "to": [OWNER],
            "subject": f"S{n}",
        }
        for n in range(6)
    ]
    answers = [
        {"key": f"o{n}", "day": f"2024-0{n + 1}-02", "sender": OWNER, "to": [ANN],
         "subject": f"Re: S{n}"}
        for n in range(6)
    ]  # fmt: skip
    found = found_by(SoughtOut(), HUMANS, *opened, *answers)
    assert found["summary"].tolist() == ["Ann opened 6 of your 6 conversations."]
    assert found["direction"].tolist() == ["in"]
    assert found["evidence"].iloc[0].split("; ") == [f"i{n}" for n in range(5, -1, -1)]
    assert found_by(SoughtOut(), HUMANS, *opened).empty, "unanswered, they only knock"
    assert found_by(SoughtOut(), HUMANS, *opened[:3], *answers[:3]).empty
