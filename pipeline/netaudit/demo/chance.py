"""Chance that repeats itself: one stream of random numbers per subject, all from one seed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *subject: str) -> Random:
    """The random numbers of one subject; another subject's use of chance does not move them."""
    return Random("/".join((str(seed), *subject)))  # noqa: S311  (fiction, no cryptography)


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, with a probability proportional to its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def poisson_times(rng: Random, start: float, stop: float, mean_gap: float) -> list[float]:
    """Times of a Poisson process between two times, in the unit of `mean_gap`."""
    times = []
    at = start + rng.expovariate(1 / mean_gap)
    while at < stop:
        times.append(at)
        at += rng.expovariate(1 / mean_gap)
    return times


def regular_times(rng: Random, start: float, stop: float, gap: float) -> list[float]:
    """Times about `gap` apart, each moved by up to a quarter of it."""
    times = []
    at = start + gap * rng.uniform(0.1, 0.6)
    while at < stop:
        times.append(at)
        at += gap * rng.uniform(0.75, 1.25)
    return times


def delay(rng: Random, median: float, spread: float = 0.9) -> float:
    """A log-normal waiting time with that median; `spread` is the sigma of its logarithm."""
    return rng.lognormvariate(math.log(median), spread)


class Bag:
    """Draws from lists without repeating an entry before all others had their turn."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: dict[str, list[str]] = {}

    def draw(self, name: str, entries: Sequence[str]) -> str:
        """One entry of the list called `name`."""
        left = self._left.get(name)
        if not left:
            left = self._left[name] = self._rng.sample(entries, len(entries))
        return left.pop()
