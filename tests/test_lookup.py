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
