"""Finding texts and numbers among many others, much faster than the obvious calls do.

pandas makes an object of every text to look it up, which takes ten times as long; `unique` of NumPy
(2.3 and later, by hashing) takes seventy times as long on a few million distinct numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable


def positions(values: pd.Series, known: pd.Series | pd.Index) -> np.ndarray:
    """Where each text stands in `known` (distinct texts): its position, -1 where it does not.

    A missing value stands nowhere.
    """
    found = pc.index_in(texts(values), value_set=texts(known), skip_nulls=True)
    placed: np.ndarray = found.fill_null(-1).to_numpy().astype(np.int64)
    return placed


def texts(values: pd.Series | pd.Index) -> pa.Array:
    """Texts as Arrow has them, in one piece."""
    # Not the Series: Arrow has been seen to take one for a mere sequence and ask for label 0.
    found = pa.array(values.astype("str").array, from_pandas=True)
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return found.cast(pa.large_string())


def ranges(start: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All whole numbers of several ranges.

    Returns:
        For each number which range it is of, and the number.
    """
    counts = stop - start
    which = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    return which, start[which] + within


def distinct(numbers: np.ndarray) -> np.ndarray:
    """The distinct numbers in order."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def among(values: pd.Series, known: pd.Series | pd.Index) -> pd.Series:
    """Whether each value is one of the known ones, on the index of the values."""
    return pd.Series(positions(values, known) >= 0, index=values.index)


def kept(rows: pd.DataFrame, keep: np.ndarray) -> pd.DataFrame:
    """The rows to keep; where they are the first ones, as in order of time, nothing is copied."""
    if keep.all():
        return rows
    first_gone = int(keep.argmin())
    return rows[keep] if keep[first_gone:].any() else rows.iloc[:first_gone]


def is_sorted(at: pd.Series, key: pd.Series) -> bool:
    """Whether rows stand by time and, at one time, by key; never where a time is missing."""
    if not at.is_monotonic_increasing:
        return False
    tied = at.eq(at.shift()).to_numpy()
    return not (key[tied].to_numpy() < key.shift()[tied].to_numpy()).any()


def by_time(at: pd.Series, key: pd.Series) -> np.ndarray:
    """The rows by time, then key, missing times last; as they mostly stand, nothing is compared."""
    if is_sorted(at, key):
        return np.arange(len(at))
    frame = pd.DataFrame({"at": at.array, "key": key.array})
    return frame.sort_values(["at", "key"], na_position="last").index.to_numpy()


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
    rows, places = ranges(starts[codes], starts[codes] + sizes[codes])
    flat = pd.Series([part for found in parts for part in found], dtype="str")
    return rows, flat.iloc[places].reset_index(drop=True)


def joined(texts: pd.Series, by: pd.Series, separator: str) -> pd.Series:
    """The texts of each group as one text, in their order.

    Args:
        texts: str, none missing.
        by: str, whose each text is; a missing one is nobody's.
        separator: what joins them.

    Returns:
        str by the groups in order.
    """
    codes, groups = pd.factorize(by, sort=True)
    order = np.argsort(codes, kind="stable")
    order = order[codes[order] >= 0]
    flat = texts.iloc[order].tolist()
    ends = np.cumsum(np.bincount(codes[order], minlength=len(groups))).tolist()
    found = [separator.join(flat[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return pd.Series(found, index=pd.Index(groups, dtype="str", name=by.name), dtype="str")
