"""sought_out: others open the conversations, and the owner answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from netaudit import balance, findings, phrases
from netaudit.relationships import conversations
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class SoughtOut:
    """P(the owner opens less than half of the conversations) >= `confidence` under Beta(2, 2)."""

    NAME: ClassVar[str] = "sought_out"
    POSITIVE: ClassVar[bool] = True
    NEEDS_BOTH_SIDES: ClassVar[bool] = True
    ORDER: ClassVar[int] = 40
    STEPS: ClassVar[Mapping[str, str]] = {}
    TITLE: ClassVar[str] = "Sought out"
    MEANING: ClassVar[str] = "They come to you: not whom you know, but who knows you."
    MAY_BE_WRONG: ClassVar[str] = (
        "Who reports to you, or sells to you, opens conversations too; the start of a "
        "conversation may be missing in the export."
    )

    confidence: float = setting(0.9, "probability that they open more than half, at least")
    min_reciprocity: float = setting(0.25, "the owner's share of the messages, at least")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings as of a time, the clearest first."""
        contacts = history.interactions[history.interactions["at"] <= as_of]
        opened = conversations(contacts, history.settings.replies.new_conversation_days)
        sides = pd.DataFrame({"out": opened["out"], "into": ~opened["out"]}).astype("int64")
        counts = sides.groupby(opened["person_id"]).sum()
        known = history.relationships.set_index("person_id").reindex(counts.index)
        probability = balance.probability_above(counts["into"], counts["out"], 0.5)
        chosen = (
            (probability >= self.confidence)
            & (known["n_out_direct"] > 0)
            & (known["reciprocity"] >= self.min_reciprocity)
        )
        rows = counts.assign(confidence=probability, name=known["name"])[chosen]
        theirs = opened[~opened["out"] & opened["person_id"].isin(rows.index)]
        rows = rows.assign(
            score=2 * balance.quantile(rows["into"], rows["out"], balance.TAIL) - 1,
            since=theirs.groupby("person_id")["at"].min(),
            evidence=findings.evidence(theirs),
            direction="in",
        )
        rows["summary"] = [
            f"{row['name']} opened {row['into']:,} of your "
            f"{phrases.count(row['into'] + row['out'], 'conversation')}."
            for row in rows.to_dict("records")
        ]
        return findings.frame(self.NAME, rows.reset_index(), history.people)
