"""one_sided: enough messages, nearly all one way; not before."""

import pytest
from tests.frames import OWNER, found_by

from netaudit.patterns.one_sided import OneSided

ANN, BOB = "ann@a.example", "bob@b.example"
HUMANS = {"me": [OWNER], "ann": [ANN], "bob": [BOB]}
# Somebody else's mail both ways, so that the archive holds both directions.
OTHERS = [("x", "2024-01-01", OWNER, [BOB]), ("y", "2024-01-02", BOB, [OWNER])]


def _days(count):
    return [f"2024-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(count)]


def _found(out, into, **more):
    given = [(f"o{n:02}", day, OWNER, [ANN]) for n, day in enumerate(_days(out))]
    given += [(f"i{n:02}", day, ANN, [OWNER]) for n, day in enumerate(_days(into))]
    return found_by(OneSided(**more), HUMANS, *given, *OTHERS)


@pytest.mark.parametrize(
    ("out", "into", "direction"),
    [(2, 0, None), (6, 0, None), (12, 0, "out"), (0, 12, "in"), (12, 12, None), (40, 4, "out"),
     (0, 0, None)],
)  # fmt: skip
def test_counts_decide_with_the_sample_size(out, into, direction):
    found = _found(out, into)
    assert found["direction"].tolist() == ([direction] if direction else [])
    assert found["person_id"].tolist() == (["ann"] if direction else [])


def test_the_finding_says_why():
    row = _found(12, 0).iloc[0]
    assert row["confidence"] >= 0.9
    assert "12 direct messages" in row["summary"]
    assert "got 0 messages back" in row["summary"]
    assert row["evidence"].split("; ")[0] == "o11", "the newest first"
    assert f"{row['since']:%m-%d}" == "01-12", "the day on which the twelfth made it sure"


def test_thresholds_are_settings():
    assert _found(12, 0, confidence=0.999).empty


def test_nothing_is_found_where_one_direction_is_missing():
    given = [(f"o{n:02}", day, ANN, [OWNER]) for n, day in enumerate(_days(30))]
    assert found_by(OneSided(), HUMANS, *given).empty
