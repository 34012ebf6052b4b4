"""New texts and their signatures: much to hold, and asked for of few messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from netaudit import lookup

if TYPE_CHECKING:
    from netaudit.archive import Store

LEFT_OUT = {"texts": ("key", "text"), "traits": ("minhash",)}
"""Columns of stored tables that nobody needs who has a `Written`."""


class Written(Protocol):
    """What messages say, by their keys."""

    def texts(self, keys: pd.Series) -> pd.Series:
        """The new text of messages, on the index of their keys; missing where none was read."""

    def signatures(self, keys: pd.Series) -> pd.Series:
        """The signatures (`minhash`) of their new texts; missing where there is none."""


@dataclass(frozen=True)
class Held:
    """In memory.

    Attributes:
        stored_texts: model.TEXTS.
        traits: model.TRAITS.
    """

    stored_texts: pd.DataFrame
    traits: pd.DataFrame

    def texts(self, keys: pd.Series) -> pd.Series:
        """See `Written`."""
        return _of(self.stored_texts, "text", keys)

    def signatures(self, keys: pd.Series) -> pd.Series:
        """See `Written`."""
        return _of(self.traits, "minhash", keys)


@dataclass(frozen=True)
class Stored:
    """In the archive, from which they are read whenever they are asked for.

    Attributes:
        store: the archive.
    """

    store: Store

    def texts(self, keys: pd.Series) -> pd.Series:
        """See `Written`."""
        return self.store.values("texts", "text", keys)

    def signatures(self, keys: pd.Series) -> pd.Series:
        """See `Written`."""
        return self.store.values("traits", "minhash", keys)


def _of(rows: pd.DataFrame, column: str, keys: pd.Series) -> pd.Series:
    place = lookup.positions(keys, rows["key"])
    return pd.Series(rows[column].array.take(place, allow_fill=True), keys.index, dtype="str")
