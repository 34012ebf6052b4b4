"""Finding texts and numbers among many others, much faster than the obvious calls do.

`isin` of pandas takes ten times as long on str columns, `unique` of NumPy (2.3 and later, by
hashing) seventy times as long on a few million distinct numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable


def positions(values: pd.Series, known: pd.Series | pd.Index) -> np.ndarray:
    """Where each value stands in `known` (distinct values): its position, -1 where it does not.

    Of equal values in a row, as the recipients of one message have, one is looked up.
    """
    first = values.ne(values.shift()).to_numpy(bool)
    found = pd.Index(known).get_indexer(pd.Index(values[first]))
    placed: np.ndarray = found[np.cumsum(first) - 1]
    return placed


def distinct(numbers: np.ndarray) -> np.ndarray:
    """The distinct numbers in order."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def among(values: pd.Series, known: pd.Series | pd.Index) -> pd.Series:
    """Whether each value is one of the known ones, on the index of the values."""
    found = positions(values, pd.Index(known).unique()) >= 0
    return pd.Series(found, index=values.index)


def each(values: pd.Series, function: Callable[[str], object], missing: object) -> np.ndarray:
    """A function of every text, called once for each distinct one.

    Args:
        values: str.
        function: of a text.
        missing: the result for missing values.

    Returns:
        An array of objects (bool where all results are).
    """
    codes, distinct = pd.factorize(values)
    results = [function(value) for value in distinct.tolist()]
    return np.array([*results, missing])[codes]


def split(values: pd.Series, separator: str) -> tuple[np.ndarray, pd.Series]:
    """The parts of texts that join several values, in order; each distinct text is split once.

    Args:
        values: str.
        separator: what joins them.

    Returns:
        The row of each part, and the parts; missing and empty texts have none.
    """
    codes, distinct = pd.factorize(values)
    parts = [text.split(separator) if text else [] for text in distinct.tolist()]
    sizes = np.array([*map(len, parts), 0])
    starts = np.cumsum(sizes) - sizes
    counts = sizes[codes]
    rows = np.repeat(np.arange(len(values)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    flat = pd.Series([part for found in parts for part in found], dtype="str")
    return rows, flat.iloc[starts[codes][rows] + within].reset_index(drop=True)
