"""Near-duplicates among dated texts, by their MinHash signatures.

MinHash: Broder 1997, "On the resemblance and containment of documents"; banding: Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from netaudit import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator


BAND_ROWS = 4
"""Hashes a band: with 128 hashes a pair of similarity .8 shares a band with P > .9999999."""
PAIRS_AT_ONCE = 1 << 14
"""Pairs of signatures that are compared in one go, in six megabytes."""


def groups(
    signatures: np.ndarray, at: pd.Series, *, min_similarity: float, within_hours: float
) -> np.ndarray:
    """Groups of texts that are alike and follow each other within some hours.

    Args:
        signatures: (texts, hashes) of uint16, a multiple of BAND_ROWS.
        at: when each was written.
        min_similarity: share of equal hashes, the estimate of the Jaccard similarity, in [0, 1].
        within_hours: a text joins an alike one at most so long before.

    Returns:
        int: the group of each text; a text alone has a group of its own.
    """
    count = len(signatures)
    order = np.argsort(at.to_numpy("datetime64[us]"), kind="stable")
    hours = at.to_numpy("datetime64[us]")[order].astype("int64") / 3.6e9
    bands = _candidates(signatures[order], hours, within_hours)
    first, second = np.divmod(lookup.distinct(np.concatenate([np.empty(0, int), *bands])), count)
    first, second = order[first], order[second]
    alike = _equal_shares(signatures, first, second) >= min_similarity
    ends = (first[alike], second[alike])
    edges = coo_array((np.ones(int(alike.sum())), ends), shape=(count, count))
    return np.asarray(connected_components(edges, directed=False)[1])


def _candidates(
    signatures: np.ndarray, hours: np.ndarray, within_hours: float
) -> Iterator[np.ndarray]:
    """Pairs of neighbours in time, near enough, that share a whole band.

    As one number each: the row of the first, times how many there are, plus the row of the second.
    """
    for start in range(0, signatures.shape[1], BAND_ROWS):
        band = np.ascontiguousarray(signatures[:, start : start + BAND_ROWS]).view(np.uint64)[:, 0]
        order = np.argsort(band, kind="stable")
        same = band[order[1:]] == band[order[:-1]]
        first, second = order[:-1][same], order[1:][same]
        near = hours[second] - hours[first] <= within_hours
        yield first[near] * len(signatures) + second[near]


def _equal_shares(signatures: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The share of equal hashes of each pair, looked at part by part to take little room."""
    shares = np.empty(len(first))
    for start in range(0, len(first), PAIRS_AT_ONCE):
        some = slice(start, start + PAIRS_AT_ONCE)
        shares[some] = (signatures[first[some]] == signatures[second[some]]).mean(axis=1)
    return shares


def least(signatures: np.ndarray) -> float:
    """The least similarity of any text to the first of its group, in [0, 1]; NaN for one alone."""
    if len(signatures) < 2:
        return float("nan")
    return float((signatures[1:] == signatures[0]).mean(axis=1).min())


def most_people_within(people: np.ndarray, hours: np.ndarray, within_hours: float) -> int:
    """The most different people in any stretch of so many hours.

    Args:
        people: who, in the order of time.
        hours: when, ascending.
        within_hours: length of the stretch.
    """
    inside: dict[object, int] = {}
    most = start = 0
    for stop, person in enumerate(people):  # a sliding window has no vectorised form
        inside[person] = inside.get(person, 0) + 1
        while hours[stop] - hours[start] > within_hours:
            inside[people[start]] -= 1
            if not inside[people[start]]:
                del inside[people[start]]
            start += 1
        most = max(most, len(inside))
    return most


def not_common(texts: list[str]) -> float:
    """How much of each text is its own: mean share of its words that not all texts have, in [0, 1].

    Words count as often as they stand. Missing (NaN) for fewer than two texts.
    """
    words = [Counter(text.casefold().split()) for text in texts]
    if len(words) < 2:
        return float("nan")
    common = words[0].copy()
    for other in words[1:]:
        common &= other
    shares = [1 - common.total() / max(each.total(), 1) for each in words]
    return sum(shares) / len(shares)
