"""dormant: a two-way tie, silent beyond its own rhythm, and unlikely to go on by itself."""

import dataclasses

import pandas as pd
import pytest
from tests.frames import OWNER, found_by, history_with_relationships

from netaudit import minhash
from netaudit.model import TRAITS
from netaudit.patterns.dormant import Dormant
from netaudit.settings import from_mapping

ANN = "ann@a.example"
HUMANS = {"me": [OWNER], "ann": [ANN]}
CROWD = {f"p{n}": [f"p{n}@x.example"] for n in range(8)}
EVERYBODY = [OWNER, *(address for [address] in CROWD.values())]


def _exchange(days, senders="io"):
    for n, day in enumerate(days):
        ends = (ANN, [OWNER]) if senders[n % len(senders)] == "i" else (OWNER, [ANN])
        yield (f"m{n}", day, *ends)


def _found(days, senders="io", as_of="2024-12-31", more=(), humans=HUMANS, **options):
    given = [*_exchange(days, senders), *more]
    return found_by(Dormant(), humans, *given, as_of=as_of, **options)


WEEKLY = ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"]


def test_a_tie_that_fell_silent():
    found = _found(WEEKLY)
    row = found.iloc[0]
    assert row["person_id"] == "ann"
    assert row["since"] == pd.Timestamp("2024-05-21", tz="UTC"), "120 days after the last"
    assert "11 months" in row["summary"]
    assert "every 7 days on average" in row["summary"]
    assert row["evidence"] == "m3; m2; m1; m0"
    assert 0.75 < row["confidence"] < 1


@pytest.mark.parametrize(("last", "n"), [("2024-12-01", 0), ("2024-06-01", 1)])
def test_who_may_be_in_touch_at_another_address_is_left_out(last, n):
    humans = HUMANS | {"annlee": ["ann.lee@b.example"]}
    later = ("later", last, "ann.lee@b.example", [OWNER])
    history = history_with_relationships(humans, *_exchange(WEEKLY), later)
    alike = pd.DataFrame({"person_id": ["annlee"], "other_person_id": ["ann"]})
    found = Dormant()(dataclasses.replace(history, alike=alike), history.as_of)
    assert len(found) == n
    assert len(Dormant()(history, history.as_of)) == 1, "unless they are asked about"


@pytest.mark.parametrize(
    ("days", "senders", "as_of"),
    [
        (WEEKLY, "i", "2024-12-31"),
        (WEEKLY[:3], "io", "2024-12-31"),
        (["2024-01-01T08:00", "2024-01-01T09:00", *WEEKLY[1:3]], "io", "2024-12-31"),
        (WEEKLY, "io", "2024-05-21"),
        (["2022-01-01", "2022-03-01", "2022-05-01", "2024-01-22"], "io", "2024-12-31"),
    ],
    ids=["one way", "three days", "three days of four messages", "120 days", "own rhythm"],
)
def test_no_finding(days, senders, as_of):
    assert _found(days, senders, as_of).empty


def test_who_still_turns_up_in_group_mail_will_rather_write_again():
    days = pd.date_range("2023-06-01", "2024-01-22", freq="7D")
    group = [
        (f"g{n}", day, ANN, EVERYBODY) for n, day in enumerate(pd.date_range(days[-1], periods=32,
                                                                            freq="6D"))
    ]  # fmt: skip
    as_of = "2024-07-29"
    assert len(_found(days, as_of=as_of)) == 1
    assert _found(days, as_of=as_of, more=group, humans=HUMANS | CROWD).empty


def test_a_mailing_keeps_no_tie_alive():
    text = "We are glad to present our new offer for teams like yours which saves much time " * 2
    mailing = [
        dict(key=f"b{n}", day="2024-12-20", sender=OWNER, to=[address], subject="Offer", words=30)
        for n, address in enumerate([ANN, *EVERYBODY[1:]])
    ]
    keys = [mail["key"] for mail in mailing]
    traits = pd.DataFrame({"key": keys, "minhash": minhash.signature(text), "version": 1})
    found = _found(WEEKLY, more=mailing, humans=HUMANS | CROWD, traits=TRAITS.conform(traits))
    assert found["person_id"].tolist() == ["ann"]
    assert "the last on 2024-01-22" in found.iloc[0]["summary"]


def test_the_cadence_that_the_owner_wants_takes_the_place_of_the_rhythm():
    def status(cadence, as_of):
        history = history_with_relationships(
            HUMANS,
            *_exchange(WEEKLY),
            as_of=as_of,
            tags={"ann": "mentor"},
            settings=from_mapping({"cadence": {"mentor": cadence}}),
        )
        return history.relationships.set_index("person_id").loc["ann", "status"]

    assert status(365, "2024-12-31") == "active", "silent for 344 days"
    assert status(30, "2024-04-01") == "cooling", "the calendar alone would wait until 21 April"
    assert status(200, "2024-12-31") == "cooling", "two cadences have not passed"
    assert status(90, "2024-12-31") == "dormant"


def test_long_silence_is_worth_reviving():
    assert "revive" in _found(WEEKLY, as_of="2028-01-01").iloc[0]["suggestion"]
