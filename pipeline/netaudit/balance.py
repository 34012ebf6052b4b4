"""The balance of an exchange, with how sure it is: a Beta posterior of the owner's share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaincc, betaincinv

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

PRIOR = 2.0
"""Beta(2, 2): before the first message an even exchange is the likeliest; four messages' worth."""
TAIL = 0.05
"""Probability outside the interval on each side: a 90% interval."""


def mean(out: ArrayLike, into: ArrayLike) -> np.ndarray:
    """Posterior mean of the owner's share, in (0, 1).

    Args:
        out: number of the owner's messages.
        into: number of messages to the owner, of the same shape.
    """
    a, b = np.asarray(out, float) + PRIOR, np.asarray(into, float) + PRIOR
    return a / (a + b)


def quantile(out: ArrayLike, into: ArrayLike, probability: float) -> np.ndarray:
    """The share below which the posterior holds a given probability."""
    a, b = np.asarray(out, float) + PRIOR, np.asarray(into, float) + PRIOR
    return np.asarray(betaincinv(a, b, probability))


def rate_interval(hits: ArrayLike, tries: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """90% interval of a rate under Jeffreys' prior, Beta(.5, .5); whole where nothing was tried.

    Args:
        hits: how often it happened.
        tries: how often it could have, of the same shape.
    """
    a = np.asarray(hits, float) + 0.5
    b = np.asarray(tries, float) - np.asarray(hits, float) + 0.5
    return np.asarray(betaincinv(a, b, TAIL)), np.asarray(betaincinv(a, b, 1 - TAIL))


def probability_above(out: ArrayLike, into: ArrayLike, share: float) -> np.ndarray:
    """P(owner's share > `share`); 2 against 0 gives .37 for .75."""
    a, b = np.asarray(out, float) + PRIOR, np.asarray(into, float) + PRIOR
    return np.asarray(betaincc(a, b, share))
