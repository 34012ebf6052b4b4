"""Every reader, on its seeds and on changed copies of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.mutation import changed
from tests.fuzz.targets import TARGETS, seeds

EXAMPLES = 150
"""Of each target; `make torture` drives the same targets for much longer."""


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds(name):
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_cut_anywhere(name):
    for data in seeds(name):
        for stop in range(0, len(data), max(1, len(data) // 25)):
            TARGETS[name](data[:stop])


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_changed_copies_of_the_seeds(name, data):
    TARGETS[name](data.draw(changed(name, seeds(name))))
