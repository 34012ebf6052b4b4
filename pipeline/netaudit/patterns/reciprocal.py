"""reciprocal: both sides carry the exchange, and there is enough of it to be sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from netaudit import balance, findings, phrases
from netaudit.model import FINDINGS
from netaudit.relationships import exchange, sides
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class Reciprocal:
    """The 90% interval of the owner's share lies inside `lowest` to `highest`."""

    NAME: ClassVar[str] = "reciprocal"
    POSITIVE: ClassVar[bool] = True
    NEEDS_BOTH_SIDES: ClassVar[bool] = True
    ORDER: ClassVar[int] = 10
    STEPS: ClassVar[Mapping[str, str]] = {}
    TITLE: ClassVar[str] = "Reciprocal"
    MEANING: ClassVar[str] = "Both of you write: give and take."
    MAY_BE_WRONG: ClassVar[str] = "Messages are counted, not what they are worth to either side."

    lowest: float = setting(0.25, "the owner's share is above this")
    highest: float = setting(0.75, "and below this")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings as of a time, the surest balance first."""
        messages = exchange(history.interactions)
        messages = messages[messages["at"] <= as_of]
        counts = sides(messages)
        counts = counts[self._holds(counts["out"], counts["into"])]
        if counts.empty:
            return FINDINGS.empty()
        out, into = counts["out"], counts["into"]
        inside = balance.probability_above(out, into, self.lowest)
        inside -= balance.probability_above(out, into, self.highest)
        share = balance.mean(out, into)
        messages = messages[messages["person_id"].isin(counts.index)]
        rows = counts.assign(
            confidence=inside,
            score=(1 - 2 * abs(share - 0.5)) * (out + into) / (out + into + 10),
            since=self._since(messages),
            evidence=findings.evidence(messages),
            name=history.people.set_index("person_id")["name"].reindex(counts.index),
            share=share,
        ).rename_axis("person_id")
        rows["summary"] = [
            f"You wrote {row['name']} {phrases.count(row['out'], 'direct message')} and got "
            f"{phrases.count(row['into'], 'message')}: your share is {row['share']:.0%}."
            for row in rows.to_dict("records")
        ]
        rows["suggestion"] = "Keep it up: this is what networking looks like."
        return findings.frame(self.NAME, rows.reset_index(), history.people)

    def _holds(self, out: pd.Series, into: pd.Series) -> pd.Series:
        low = balance.quantile(out, into, balance.TAIL)
        high = balance.quantile(out, into, 1 - balance.TAIL)
        return pd.Series((low >= self.lowest) & (high <= self.highest), out.index)

    def _since(self, messages: pd.DataFrame) -> pd.Series:
        person = messages["person_id"]
        is_out = messages["direction"].eq("out").astype("int64")
        holds = self._holds(is_out.groupby(person).cumsum(), (1 - is_out).groupby(person).cumsum())
        return findings.holds_since(person, messages["at"], holds)
