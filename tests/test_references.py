"""Ids in headers as numbers, and what names what; the nearest in time of a group."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from tests.frames import OWNER, mail

from netaudit import nearest, references

ANN = "ann@a.example"


def _of(*given):
    messages, _ = mail(*({"day": "2024-01-01", "sender": ANN, "to": [OWNER]} | g for g in given))
    return references.of(messages)


def test_an_id_is_one_number_wherever_it_stands():
    found = _of(
        {"key": "a", "message_id": "a@x"},
        {"key": "b", "message_id": "b@x", "in_reply_to": "a@x", "references": " a@x  gone@x "},
        {"key": "c", "message_id": "", "references": "gone@x b@x a@x"},
    )
    assert found.answered.tolist() == [-1, found.own[0], -1]
    assert found.own[2] == -1
    assert found.row.tolist() == [1, 1, 2, 2, 2]
    first, last = found.ends
    assert first.tolist() == [-1, found.own[0], found.named[1]]
    assert last.tolist() == [-1, found.named[1], found.own[0]]


def test_originals_are_those_that_are_stored_however_often():
    found = _of(
        {"key": "a", "message_id": "a@x"},
        {"key": "b", "message_id": "a@x"},
        {"key": "c", "in_reply_to": "a@x", "references": "gone@x"},
    )
    pairs = set(zip(*(side.tolist() for side in found.originals()), strict=True))
    assert pairs == {(2, 0), (2, 1)}


def test_no_messages_name_nothing():
    found = _of()
    assert found.count == 0
    assert [len(side) for side in found.originals()] == [0, 0]


_ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12)), max_size=12)


@given(_ROWS, _ROWS, st.integers(0, 5))
def test_the_nearest_is_what_merge_asof_finds(some, others, within):
    sides = []
    for rows in (some, others):
        frame = pd.DataFrame(sorted(rows, key=lambda row: row[1]), columns=["group", "at"])
        sides.append(frame.astype("int64").assign(row=range(len(frame))))
    rows = [nearest.Rows(side["group"].to_numpy(), side["at"].to_numpy()) for side in sides]
    for find, direction in ((nearest.before, "backward"), (nearest.after, "forward")):
        wanted = pd.merge_asof(
            *sides,
            on="at",
            by="group",
            direction=direction,
            tolerance=within,
            allow_exact_matches=False,
            suffixes=("", "_other"),
        )["row_other"].fillna(-1)
        assert np.array_equal(find(*rows, within), wanted.to_numpy().astype(int))
