"""dormant: a two-way tie, silent beyond its own rhythm and half a year."""

import pandas as pd
import pytest
from tests.frames import OWNER, found_by

from netaudit.patterns.dormant import Dormant

ANN = "ann@a.example"
HUMANS = {"me": [OWNER], "ann": [ANN]}


def _found(days, senders="io", as_of="2024-12-31"):
    given = []
    for n, day in enumerate(days):
        ends = (ANN, [OWNER]) if senders[n % len(senders)] == "i" else (OWNER, [ANN])
        given.append((f"m{n}", day, *ends))
    return found_by(Dormant(), HUMANS, *given, as_of=as_of)


WEEKLY = ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"]


def test_a_tie_that_fell_silent():
    found = _found(WEEKLY)
    row = found.iloc[0]
    assert row["person_id"] == "ann"
    assert row["since"] == pd.Timestamp("2024-07-20", tz="UTC"), "180 days after the last"
    assert "11 months" in row["summary"]
    assert "every 7 days on average" in row["summary"]
    assert row["evidence"] == "m3; m2; m1; m0"
    assert 0 < row["confidence"] < 1


@pytest.mark.parametrize(
    ("days", "senders", "as_of"),
    [
        (WEEKLY, "i", "2024-12-31"),
        (WEEKLY[:3], "io", "2024-12-31"),
        (["2024-01-01T08:00", "2024-01-01T09:00", *WEEKLY[1:3]], "io", "2024-12-31"),
        (WEEKLY, "io", "2024-07-20"),
        (["2022-01-01", "2022-03-01", "2022-05-01", "2024-01-22"], "io", "2024-12-31"),
    ],
    ids=["one way", "three days", "three days of four messages", "180 days", "own rhythm"],
)
def test_no_finding(days, senders, as_of):
    assert _found(days, senders, as_of).empty


def test_long_silence_is_worth_reviving():
    assert "revive" in _found(WEEKLY, as_of="2028-01-01").iloc[0]["suggestion"]
