"""Looking values up among many: what the quick ways must not change."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from netaudit import lookup

VALUES = st.lists(st.sampled_from(["a", "b", "c", "", None, "d; e"]), max_size=12)


def _series(values):
    return pd.Series(values, dtype="str", index=range(5, 5 + len(values)))


@given(VALUES)
def test_each_value_is_found_where_it_stands(values):
    known = pd.Series(["b", "", "x", "a"], dtype="str")
    expected = [known.tolist().index(v) if v in known.tolist() else -1 for v in values]
    assert lookup.positions(_series(values), known).tolist() == expected


@given(VALUES)
def test_parts_come_in_the_order_of_rows_and_of_each_text(values):
    rows, parts = lookup.split(_series(values), "; ")
    expected = [(i, part) for i, v in enumerate(values) if v for part in v.split("; ")]
    assert list(zip(rows.tolist(), parts.tolist(), strict=True)) == expected


@given(st.lists(st.integers(-3, 3)))
def test_distinct_numbers_are_sorted_and_there_once(numbers):
    assert lookup.distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))


@given(st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.sampled_from("abc"))))
def test_rows_come_by_time_then_key_and_missing_times_last(rows):
    at = pd.to_datetime(pd.Series([t for t, _ in rows], dtype="Int64"), unit="s", utc=True)
    key = pd.Series([k for _, k in rows], dtype="str")
    order = lookup.by_time(at, key).tolist()
    assert sorted(order) == list(range(len(rows)))
    found = [(rows[n][0] or 9, rows[n][1]) for n in order]
    assert found == sorted(found)


def test_rows_that_stand_by_time_and_key_are_known():
    at = pd.to_datetime(pd.Series([1, 1, 2]), unit="s", utc=True)
    assert lookup.is_sorted(at, pd.Series(["a", "b", "a"], dtype="str"))
    assert not lookup.is_sorted(at, pd.Series(["b", "a", "c"], dtype="str"))
    assert not lookup.is_sorted(at[::-1], pd.Series(["a", "b", "c"], dtype="str"))


@given(st.lists(st.tuples(st.sampled_from(["b", "a", "c", None]), st.text("xyz", max_size=2))))
def test_texts_of_a_group_are_joined_in_their_order(rows):
    of, texts = (_series([row[place] for row in rows]) for place in (0, 1))
    wanted: dict = {}
    for group, text in rows:
        if group is not None:
            wanted.setdefault(group, []).append(text)
    found = lookup.joined(texts, of, "; ")
    assert found.to_dict() == {group: "; ".join(told) for group, told in wanted.items()}
    assert found.index.tolist() == sorted(wanted)
