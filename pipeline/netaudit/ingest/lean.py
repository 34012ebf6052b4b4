"""Ingest without pandas: half a second and 60 MB for each process that it does not need."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder

import pyarrow as pa


class _NoPandas(MetaPathFinder):
    """Says that pandas is not installed."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ImportError(name)


def spare_pandas() -> None:
    """Keep `pyarrow.array` from importing pandas.

    To tell whether it was given a Series it imports pandas once, also for plain lists. Where nobody
    has imported pandas yet nobody can have made a Series. `to_pandas` still finds it later.
    """
    if "pandas" not in sys.modules:
        finder = _NoPandas()
        sys.meta_path.insert(0, finder)
        try:
            pa.array([], pa.int8())
        finally:
            sys.meta_path.remove(finder)
