"""The nearest in time among rows of the same group.

What `pandas.merge_asof` finds, on numbers alone and much faster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netaudit import lookup


@dataclass(frozen=True)
class Rows:
    """Rows with a group and a time each.

    Attributes:
        group: numbers from 0.
        at: microseconds, ascending.
    """

    group: np.ndarray
    at: np.ndarray


def before(some: Rows, others: Rows, within: int) -> np.ndarray:
    """The last of the others in a row's group that is earlier, by at most so many microseconds.

    Returns:
        For each of `some` its place in `others`, -1 for none.
    """
    return _nearest(some, others, within, side="left", step=-1)


def after(some: Rows, others: Rows, within: int) -> np.ndarray:
    """The first of the others in a row's group that is later, by at most so many microseconds."""
    return _nearest(some, others, within, side="right", step=0)


def _nearest(some: Rows, others: Rows, within: int, *, side: str, step: int) -> np.ndarray:
    """The other at the place where each row would be put in, or a step before it."""
    if not len(others.at):
        return np.full(len(some.at), -1)
    times = lookup.distinct(np.concatenate([some.at, others.at]))
    packed = others.group * len(times) + np.searchsorted(times, others.at)
    order = np.argsort(packed, kind="stable")
    wanted = some.group * len(times) + np.searchsorted(times, some.at)
    place = np.searchsorted(packed[order], wanted, side) + step  # type: ignore[call-overload]
    is_there = (place >= 0) & (place < len(order))
    found = order[np.clip(place, 0, len(order) - 1)]
    near = np.abs(others.at[found] - some.at) <= within
    return np.where(is_there & near & (others.group[found] == some.group), found, -1)
