"""need_driven: contact starts when something is needed, and stops when it is had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
from scipy.special import betaincc

from netaudit import findings, give_take, lookup, phrases, steps
from netaudit.settings import setting

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Any

    from netaudit.history import History

WRITE_WITHOUT_NEED = (
    "Write once without needing anything: how did it go, or something they may like."
)
SEE_IT = "Notice it before the next favour; you may also ask for something, or simply write first."


@dataclass(frozen=True)
class NeedDriven:
    """Conversations after long silence that open with an ask, again and again.

    An episode ends with a silence of max(`min_silence_days`, `silence_factor` x the median gap
    between days of contact that are no longer apart than that). Of at least `min_episodes`
    episodes that one side opened, at least `ask_share` open with an ask (within `opening_days`),
    and less than `maintenance_share` of that side's messages is contact for its own sake: no ask,
    no answer, in an episode that did not open with an ask. Plain requests and questions between
    people of one company are work, no need.
    Building, maintaining and using contacts: Wolff and Moser 2009.
    """

    NAME: ClassVar[str] = "need_driven"
    POSITIVE: ClassVar[bool] = False
    NEEDS_TEXT: ClassVar[bool] = True
    NEEDS_BOTH_SIDES: ClassVar[bool] = True
    ORDER: ClassVar[int] = 50
    STEPS: ClassVar[Mapping[str, str]] = {"out": steps.GIVE_BACK, "in": steps.REST}
    TITLE: ClassVar[str] = "Only when needed"
    MEANING: ClassVar[str] = (
        "Contact comes with a need and goes with it: a vending machine, not a garden."
    )
    MAY_BE_WRONG: ClassVar[str] = (
        "Between the needs you may meet or phone; a supplier or an advisor is there to be asked."
    )

    min_episodes: int = setting(3, "episodes that the side opened, at least")
    ask_share: float = setting(0.75, "share of them that open with an ask, at least")
    maintenance_share: float = setting(
        0.2, "share of its messages that merely keep in touch, below"
    )
    min_silence_days: float = setting(60.0, "silence that ends an episode, at least")
    silence_factor: float = setting(3.0, "and at least so many times the tie's usual gap")
    opening_days: float = setting(3.0, "an ask so soon after the first message opens the episode")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings in both directions as of a time."""
        messages, asks = self.episodes(history, as_of)
        rows = [self._one_side(messages, asks, history.people, side) for side in ("out", "in")]
        return findings.frame(self.NAME, pd.concat(rows), history.people)

    def episodes(self, history: History, as_of: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The direct messages in their episodes, and the asks that are no work.

        Returns:
            model.INTERACTIONS by person and time with `episode` (number), `opener` (in or out),
            `is_ask`, `opens_with_ask` and `need` (its episode opened with an ask); rows of
            `give_take.acts`.
        """
        contacts = give_take.direct(history)
        contacts = contacts[contacts["at"] <= as_of].drop_duplicates(["person_id", "key"])
        acts = give_take.of_mutual(give_take.acts(history), history)
        asks = acts[acts["act"].eq("ask") & (acts["at"] <= as_of)]
        near = give_take.colleagues(history)
        work = asks["person_id"].isin(near) & asks["kind"].isin(["task", "information"])
        asks = asks[~work]
        return self._in_episodes(contacts, asks), asks

    def _in_episodes(self, contacts: pd.DataFrame, asks: pd.DataFrame) -> pd.DataFrame:
        """The messages with `episode`, its `opener`, and whether it opened with an ask (`need`)."""
        # They stand by time and key, and do so within each person.
        by_person = np.argsort(pd.factorize(contacts["person_id"], sort=True)[0], kind="stable")
        rows = contacts.iloc[by_person].reset_index(drop=True)
        day = rows["at"].dt.floor("D")
        gap = day.groupby(rows["person_id"]).diff().dt.total_seconds() / 86_400
        usual = (
            gap[gap.between(0, self.min_silence_days, "right")].groupby(rows["person_id"]).median()
        )
        limit = np.fmax(self.min_silence_days, self.silence_factor * rows["person_id"].map(usual))
        starts = gap.isna() | (gap > limit)
        rows["episode"] = starts.cumsum()
        first = rows[starts].set_index("episode")
        rows["opener"] = rows["episode"].map(first["direction"])
        since = rows["at"] - rows["episode"].map(first["at"])
        asked = pd.MultiIndex.from_frame(asks[["person_id", "direction", "key"]])
        rows["is_ask"] = lookup.among(rows["key"], asks["key"])
        maybe = rows.loc[rows["is_ask"], ["person_id", "direction", "key"]]
        rows.loc[maybe.index, "is_ask"] = pd.MultiIndex.from_frame(maybe).isin(asked)
        opening = rows["direction"].eq(rows["opener"]) & (
            since <= pd.Timedelta(days=self.opening_days)
        )
        rows["opens_with_ask"] = rows["is_ask"] & opening
        rows["need"] = rows["opens_with_ask"].groupby(rows["episode"]).transform("any")
        return rows

    def _one_side(
        self, messages: pd.DataFrame, asks: pd.DataFrame, people: pd.DataFrame, side: str
    ) -> pd.DataFrame:
        opened = messages[messages["opener"].eq(side)].drop_duplicates("episode")
        by_person = opened.groupby("person_id")
        own = messages[messages["direction"].eq(side)]
        mere = ~own["is_ask"] & own["answers_key"].isna() & ~(own["need"] & own["opener"].eq(side))
        counts = pd.DataFrame(
            {
                "episodes": by_person.size(),
                "needs": by_person["need"].sum(),
                "mere": mere.groupby(own["person_id"]).mean(),
            }
        ).dropna()
        counts = counts[
            (counts["episodes"] >= self.min_episodes)
            & (counts["needs"] >= self.ask_share * counts["episodes"])
            & (counts["mere"] < self.maintenance_share)
        ].rename_axis("person_id")
        telling = messages[messages["opens_with_ask"] & messages["opener"].eq(side)]
        telling = telling[lookup.among(telling["person_id"], counts.index)]
        telling = telling[["person_id", "direction", "key"]].merge(
            asks, on=["person_id", "direction", "key"]
        )
        others = counts["episodes"] - counts["needs"]
        often = counts["episodes"] / (counts["episodes"] + 2)
        rows = counts.join(give_take.told(telling, people)).assign(
            direction=side,
            confidence=betaincc(1.0 + counts["needs"], 1.0 + others, 0.5),
            score=counts["needs"] / counts["episodes"] * (1 - counts["mere"]) * often,
            suggestion=WRITE_WITHOUT_NEED if side == "out" else SEE_IT,
        )
        return findings.summarised(rows, lambda row: _summary(row, side))


def _summary(row: dict[Hashable, Any], side: str) -> str:
    opened = phrases.count(row["episodes"], "time")
    if side == "out":
        start = f"After a silence you wrote to {row['name']} {opened}"
    else:
        start = f"After a silence {row['name']} wrote to you {opened}"
    return f"{start}, {int(row['needs'])} of them with an ask: {row['quotes']}."
