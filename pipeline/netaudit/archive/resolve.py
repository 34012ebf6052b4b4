"""Which copy of a record is kept: pure functions on arrays.

Rows stand in the archive's fixed order, so the first row of a group is the copy that is kept.
Groups are numbered 0..n-1; `groups[i]` is the group (the key) of row i.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from netaudit.model import JOIN, joined

Ints: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Bools: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]

BOXES = ("sent", "inbox", "chat", "draft", "trash", "spam")
"""Boxes, the one that says most first; an empty box comes before draft."""


def first(groups: Ints, count: int, among: Bools | None = None) -> Ints:
    """The first row of each group, or -1 where no row of it is among the given ones."""
    rows = np.arange(len(groups)) if among is None else np.flatnonzero(among)
    found = np.full(count, -1, dtype=np.int64)
    found[groups[rows[::-1]]] = rows[::-1]
    return found


def first_or(groups: Ints, among: Bools, otherwise: Ints) -> Ints:
    """The first row of each group among the given ones, else the row given for the group."""
    found = first(groups, len(otherwise), among)
    return np.where(found >= 0, found, otherwise)


def best_box(groups: Ints, boxes: pa.DictionaryArray, otherwise: Ints) -> Ints:
    """The row of each group whose box says most.

    A message is out of the audit only when every copy is spam, trash or a draft.
    """
    order = [*BOXES[:3], "", *BOXES[3:]]
    ranks = [order.index(box) if box in order else 3 for box in boxes.dictionary.to_pylist()]
    level = np.asarray([*ranks, 3])[_codes(boxes)]
    found = otherwise.copy()
    for rank in sorted(set(level.tolist()), reverse=True):
        rows = np.flatnonzero(level == rank)[::-1]
        found[groups[rows]] = rows
    return found


def united(groups: Ints, kept: Ints, cells: pa.DictionaryArray) -> pa.DictionaryArray:
    """For each group the union of its rows' lists (cells joined by `; `)."""
    codes = _codes(cells)
    values = [*(cells.dictionary.to_pylist()), None]
    result = codes[kept]
    mixed = np.zeros(len(kept), dtype=bool)
    mixed[groups[codes != result[groups]]] = True
    rows = np.flatnonzero(mixed[groups])
    pairs = np.unique(np.stack([groups[rows], codes[rows]], axis=1), axis=0)
    starts = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    stops = np.append(starts, len(pairs))[1:]
    known: dict[bytes, int] = {}
    # One step a group of differing copies; each distinct mixture is joined once.
    for start, stop in zip(starts, stops, strict=True):
        mixture = pairs[start:stop, 1].tobytes()
        if mixture not in known:
            known[mixture] = len(values)
            values.append(_union([values[code] for code in pairs[start:stop, 1]]))
        result[pairs[start, 0]] = known[mixture]
    return pa.DictionaryArray.from_arrays(
        pa.array(result, mask=result == len(cells.dictionary)), pa.array(values, pa.large_string())
    )


def ints(values: pa.Array) -> Ints:
    """Whole numbers without missing ones (`to_numpy` would import pandas)."""
    return np.from_dlpack(values.cast(pa.int64()))  # type: ignore[return-value]


def bools(values: pa.Array) -> Bools:
    """Truth values without missing ones."""
    return np.from_dlpack(values.cast(pa.uint8())).astype(bool)


def _union(cells: Sequence[str | None]) -> str:
    return joined(value for cell in cells if cell for value in cell.split(JOIN))


def _codes(cells: pa.DictionaryArray) -> Ints:
    """The dictionary's indices; missing values get the number after the last."""
    codes = cells.indices.cast(pa.int64()).fill_null(len(cells.dictionary))
    return ints(codes)


def in_order(columns: Sequence[Ints]) -> Ints | None:
    """The rows' order by columns (the first counts most), or None where they stand in it."""
    if _sorted(columns):
        return None
    return np.lexsort(list(reversed(columns)))


def _sorted(columns: Sequence[Ints]) -> bool:
    equal = np.ones(max(len(columns[0]) - 1, 0), dtype=bool)
    for column in columns:
        step = np.diff(column)
        if (step[equal] < 0).any():
            return False
        equal &= step == 0
    return True


def by_time_and_key(times: Ints, keys: pa.Array) -> Ints:
    """The rows' order by time, then by key; missing times (the largest int64) last."""
    order = np.argsort(times, kind="stable")
    ordered = times[order]
    tied = np.zeros(len(order), dtype=bool)
    tied[1:] = ordered[1:] == ordered[:-1]
    tied[:-1] |= tied[1:]
    if tied.any():
        rows = order[tied]
        names = np.array(keys.take(pa.array(rows)).cast(pa.binary()).to_pylist(), dtype="S")
        order[tied] = rows[np.lexsort((names, times[rows]))]
    return order
