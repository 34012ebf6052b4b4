"""one_sided: nearly all direct messages go one way, and there are enough of them to say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from netaudit import balance, findings, phrases, steps
from netaudit.model import FINDINGS
from netaudit.relationships import exchange, sides
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History

SUGGESTION = {
    "out": "Write once more with something useful to them and no ask in it, or let it rest.",
    "in": "Answer the latest of their messages, even in two lines; or say kindly that you can't.",
}


@dataclass(frozen=True)
class OneSided:
    """P(one side's share > `share`) >= `confidence` under Beta(2, 2).

    Direct messages only; answers to the owner's mailings do not count. Where the archive holds only
    one direction of the owner's mail, nothing is found.
    """

    NAME: ClassVar[str] = "one_sided"
    POSITIVE: ClassVar[bool] = False
    NEEDS_BOTH_SIDES: ClassVar[bool] = True
    ORDER: ClassVar[int] = 10
    STEPS: ClassVar[Mapping[str, str]] = {"out": steps.REST, "in": steps.ANSWER}
    TITLE: ClassVar[str] = "One-sided"
    MEANING: ClassVar[str] = "Nearly every direct message goes one way: a monologue so far."
    MAY_BE_WRONG: ClassVar[str] = (
        "They may answer on the phone or on another channel; mail sent for information needs no "
        "answer; an assistant may write for one of you; sent mail may be missing in the export."
    )

    share: float = setting(0.75, "share of the direct messages that one side sends")
    confidence: float = setting(0.9, "probability that the share is above it, at least")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings in both directions as of a time."""
        messages = exchange(history.interactions)
        messages = messages[messages["at"] <= as_of]
        if messages["direction"].nunique() < 2:
            return FINDINGS.empty()
        rows = [self._one_way(history, messages, direction) for direction in ("out", "in")]
        return findings.frame(self.NAME, pd.concat(rows), history.people)

    def _one_way(self, history: History, messages: pd.DataFrame, direction: str) -> pd.DataFrame:
        """Rows for everybody with whom nearly all goes in one direction."""
        mine, theirs = ("out", "into") if direction == "out" else ("into", "out")
        counts = sides(messages)
        probability = balance.probability_above(counts[mine], counts[theirs], self.share)
        counts = counts.assign(confidence=probability)[probability >= self.confidence]
        messages = messages[messages["person_id"].isin(counts.index)]
        one_way = messages[messages["direction"].eq(direction)]
        unanswered = findings.evidence(one_way[one_way["answered_at"].isna()])
        rows = counts.assign(
            many=counts[mine],
            few=counts[theirs],
            last=one_way.groupby("person_id")["at"].max(),
            evidence=unanswered.reindex(counts.index).fillna(findings.evidence(one_way)),
            since=self._since(messages, direction),
            score=2 * balance.quantile(counts[mine], counts[theirs], balance.TAIL) - 1,
            direction=direction,
            suggestion=SUGGESTION[direction],
        ).join(history.relationships.set_index("person_id")[["name", f"reply_rate_{direction}"]])
        return findings.summarised(rows, _summary)

    def _since(self, messages: pd.DataFrame, direction: str) -> pd.Series:
        """Since when the messages so far have been enough to say so."""
        person = messages["person_id"]
        is_one_way = messages["direction"].eq(direction).astype("int64")
        many, few = is_one_way.groupby(person).cumsum(), (1 - is_one_way).groupby(person).cumsum()
        holds = balance.probability_above(many, few, self.share) >= self.confidence
        return findings.holds_since(person, messages["at"], pd.Series(holds, messages.index))


def _summary(row: dict[Any, Any]) -> str:
    many, few = phrases.count(row["many"], "direct message"), phrases.count(row["few"], "message")
    if row["direction"] == "out":
        text, rate = f"You wrote {row['name']} {many} and got {few} back", row["reply_rate_out"]
        answered = f"; {rate:.0%} of yours were answered within two weeks"
    else:
        text, rate = f"{row['name']} wrote you {many} and got {few} back", row["reply_rate_in"]
        answered = f"; {rate:.0%} of theirs were answered within two weeks"
    return f"{text}{'' if pd.isna(rate) else answered}. The last was on {row['last']:%Y-%m-%d}."
