"""giving: introductions, links, help and answered asks, more often than asks."""

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

KEEP = "Keep it up: this is what networking looks like."
THANK = "Thank them, and tell them what came of it."
UNASKED = ("introduction", "link", "help")


@dataclass(frozen=True)
class Giving:
    """At least `min_gives` messages that give, `min_unasked` of them unasked, and more than asks.

    P(give share > `share`) >= `confidence` under Beta(1, 1), weighed as in `transactional`.
    """

    NAME: ClassVar[str] = "giving"
    POSITIVE: ClassVar[bool] = True
    NEEDS_TEXT: ClassVar[bool] = True
    ORDER: ClassVar[int] = 20
    STEPS: ClassVar[Mapping[str, str]] = {"in": steps.THANK}
    TITLE: ClassVar[str] = "Giving"
    MEANING: ClassVar[str] = (
        "Introductions, things worth reading, help, answers: more given than asked."
    )
    MAY_BE_WRONG: ClassVar[str] = (
        "Sending what was asked for is also simply work; help on other channels is not seen."
    )

    min_gives: int = setting(3, "messages that give, at least")
    min_unasked: int = setting(2, "introductions, links and help among them, at least")
    share: float = setting(0.5, "share of gives among asks and gives")
    confidence: float = setting(0.9, "probability that the share is above it, at least")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings in both directions as of a time."""
        acts = give_take.of_mutual(give_take.acts(history), history)
        acts = acts[acts["at"] <= as_of]
        rows = [self._one_side(acts, history, side) for side in ("out", "in")]
        return findings.frame(self.NAME, pd.concat(rows), history.people)

    def _one_side(self, acts: pd.DataFrame, history: History, side: str) -> pd.DataFrame:
        counts = give_take.tallies(acts, side)
        unasked = counts[list(UNASKED)].sum(axis=1)
        sure = betaincc(1 + counts["give_weight"], 1 + counts["ask_weight"], self.share)
        counts = counts.assign(confidence=sure)[
            (counts["gives"] >= self.min_gives)
            & (unasked >= self.min_unasked)
            & (sure >= self.confidence)
        ]
        own = acts["direction"].eq(side) & acts["act"].eq("give")
        gives = acts[own & acts["person_id"].isin(counts.index)]
        shown = gives[gives["kind"].isin(UNASKED)]
        rows = counts.join(give_take.told(shown, history.people)).assign(
            direction=side,
            since=gives.groupby("person_id")["at"].min(),
            score=counts["give_weight"] / (counts["give_weight"] + counts["ask_weight"] + 2),
            suggestion=KEEP if side == "out" else THANK,
        )
        return findings.summarised(rows, lambda row: _summary(row, side))


def _summary(row: dict[Hashable, Any], side: str) -> str:
    names = {"introduction": "introduction", "link": "thing worth reading", "help": "piece of help"}
    names |= {"answer": "answered ask", "offer": "offer"}
    plurals = {"link": "things worth reading", "help": "pieces of help"}
    parts = [
        phrases.count(row[kind], noun, plurals.get(kind, ""))
        for kind, noun in names.items()
        if row[kind]
    ]
    who = f"You gave {row['name']}" if side == "out" else f"{row['name']} gave you"
    return f"{who} {', '.join(parts)}: {row['quotes']}."
