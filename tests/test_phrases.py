"""Figures as one says them."""

import math

import pytest

from netaudit.phrases import change, count, hours, percent, span


@pytest.mark.parametrize(
    ("days", "said"),
    [(0.2, "under a day"), (1, "1 day"), (59, "59 days"), (91, "3 months"), (800, "2 years"),
     (math.nan, "unknown")],
)  # fmt: skip
def test_span(days, said):
    assert span(days) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0.001, "1 minute"), (0.5, "30 minutes"), (1.2, "1 hour"), (35, "35 hours"), (216, "9 days"),
     (math.nan, "unknown")],
)  # fmt: skip
def test_hours(number, said):
    assert hours(number) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.004, "under 1%"), (0.5, "50%"), (0.996, "over 99%"), (1, "100%")],
)
def test_percent_never_says_none_or_all_of_nearly(share, said):
    assert percent(share) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(10, 10, "about as many as"), (15, 10, "50% more than"), (5, 10, "50% fewer than"),
     (40, 10, "4 times as many as"), (3, 0, "")],
)  # fmt: skip
def test_change(now, before, said):
    assert change(now, before) == said


def test_count():
    assert count(1, "person", "people") == "1 person"
    assert count(1200, "person", "people") == "1,200 people"
