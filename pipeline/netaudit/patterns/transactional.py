"""transactional: one side asks and asks, and gives next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from scipy.special import betaincc

from netaudit import findings, give_take, phrases, steps
from netaudit.settings import setting

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Any

    from netaudit.history import History

GIVE_FIRST = "Before the next ask, give something they can use: an answer, a link, an introduction."
SAY_NO = "You may say no, or ask for something yourself; a tie lives on both."


@dataclass(frozen=True)
class Transactional:
    """At least `min_asks` messages ask, some for favours, and P(ask share > `share`) is high.

    The posterior is Beta(1, 1) on the weighted asks and gives of one side; favours weigh more than
    task talk, of which work is full (give_take.LIGHT).
    """

    NAME: ClassVar[str] = "transactional"
    POSITIVE: ClassVar[bool] = False
    NEEDS_TEXT: ClassVar[bool] = True
    ORDER: ClassVar[int] = 40
    STEPS: ClassVar[Mapping[str, str]] = {"out": steps.GIVE_BACK, "in": steps.REST}
    TITLE: ClassVar[str] = "Transactional"
    MEANING: ClassVar[str] = "Ask after ask, with little given in between."
    MAY_BE_WRONG: ClassVar[str] = (
        "Work between boss, report, assistant and client is full of plain requests; help may be "
        "given face to face; a sentence may be misread: look at it."
    )

    min_asks: int = setting(3, "messages with an ask, at least")
    min_favours: int = setting(1, "of them for a favour, at least: plain requests are mostly work")
    share: float = setting(0.5, "share of asks among asks and gives")
    confidence: float = setting(0.9, "probability that the share is above it, at least")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings in both directions as of a time."""
        acts = give_take.of_mutual(give_take.acts(history), history)
        acts = acts[acts["at"] <= as_of]
        rows = [self._one_side(acts, history, direction) for direction in ("out", "in")]
        return findings.frame(self.NAME, pd.concat(rows), history.people)

    def _one_side(self, acts: pd.DataFrame, history: History, direction: str) -> pd.DataFrame:
        counts = give_take.tallies(acts, direction)
        counts["confidence"] = self._probability(counts["ask_weight"], counts["give_weight"])
        counts = counts[
            (counts["asks"] >= self.min_asks)
            & (counts["favours"] >= self.min_favours)
            & (counts["confidence"] >= self.confidence)
        ]
        own = acts[acts["direction"].eq(direction) & acts["person_id"].isin(counts.index)]
        asks = own[own["act"].eq("ask")]
        weight = counts["ask_weight"] + counts["give_weight"] + 2
        rows = counts.join(give_take.told(asks, history.people)).assign(
            direction=direction,
            since=self._since(own),
            score=(counts["ask_weight"] - counts["give_weight"]) / weight,
            suggestion=GIVE_FIRST if direction == "out" else SAY_NO,
        )
        return findings.summarised(rows, lambda row: _summary(row, direction))

    def _probability(self, asks: pd.Series, gives: pd.Series) -> pd.Series:
        return pd.Series(betaincc(1 + asks, 1 + gives, self.share), index=asks.index)

    def _since(self, own: pd.DataFrame) -> pd.Series:
        """Since when the asks so far have been enough to say so."""
        is_ask = own["act"].eq("ask")
        person = own["person_id"]
        asks = own["weight"].where(is_ask, 0.0).groupby(person).cumsum()
        gives = own["weight"].where(~is_ask, 0.0).groupby(person).cumsum()
        enough = is_ask.astype("int64").groupby(person).cumsum() >= self.min_asks
        holds = enough & (self._probability(asks, gives) >= self.confidence)
        return findings.holds_since(person, own["at"], holds)


def _summary(row: dict[Hashable, Any], direction: str) -> str:
    asks, gives = phrases.count(row["asks"], "time"), phrases.count(row["gives"], "time")
    favours = f" ({phrases.count(row['favours'], 'favour')})" if row["favours"] else ""
    name = row["name"]
    told = (
        f"You asked {name} {asks}{favours} and gave {gives}"
        if direction == "out"
        else f"{name} asked you {asks}{favours} and gave {gives}"
    )
    return f"{told}: {row['quotes']}."
