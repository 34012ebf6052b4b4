"""Why p_active is what it is: three reasons a person, in words, against the owner's average."""

import pandas as pd
import pytest
from tests.frames import OWNER, history_with_relationships

from netaudit import outlook

ANN, BOB, ONCE = "ann@a.example", "bob@b.example", "once@o.example"
OTHERS = {f"p{n}": [f"p{n}@x.example"] for n in range(9)}
HUMANS = {"me": [OWNER], "ann": [ANN], "bob": [BOB], "once": [ONCE], **OTHERS}


def _weekly(name, address, start, weeks):
    return [
        dict(
            key=f"{name}{n}",
            day=pd.Timestamp(start) + pd.Timedelta(days=7 * n),
            sender=address if n % 2 else OWNER,
            to=[OWNER] if n % 2 else [address],
            subject="Re: Plans" if n else "Plans",
        )
        for n in range(weeks)
    ]


@pytest.fixture(scope="module")
def told():
    given = [
        *_weekly("lapsed", ANN, "2023-01-02", 12),
        *_weekly("lively", BOB, "2024-09-02", 17),
        ("o", "2023-05-01", ONCE, [OWNER]),
        *(
            row
            for name, [address] in OTHERS.items()
            for row in _weekly(name, address, "2024-02-05", 9)
        ),
    ]
    history = history_with_relationships(HUMANS, *given)
    ties = history.relationships
    return outlook.reasons(history, ties).set_axis(ties["person_id"]).str.split("; ")


def test_three_reasons_a_person(told):
    assert told.map(len).eq(3).all()


def test_a_lapsed_tie_is_told_by_its_silence(told):
    silence = "less likely: last direct message 21 months ago, before that every 7 days on average"
    assert silence in told["ann"]
    assert "less likely: last seen on any mail 21 months ago" in told["ann"]


def test_a_lively_tie_is_told_by_its_recent_days(told):
    assert (
        "more likely: direct messages on 12 days of the last 90, the last 8 days ago" in told["bob"]
    )


def test_who_wrote_once(told):
    assert "less likely: direct messages on one day only, 20 months ago" in told["once"]


def test_who_was_never_in_direct_contact_has_no_reasons():
    history = history_with_relationships(HUMANS, ("g", "2024-01-01", ANN, [], [OWNER, *(
        address for [address] in OTHERS.values())]))  # fmt: skip
    ties = history.relationships
    assert ties["p_active"].isna().all()
    assert outlook.reasons(history, ties).isna().all()
