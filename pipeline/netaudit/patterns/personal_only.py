"""personal_only: all talk is private; nothing professional has ever come up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from netaudit import findings, give_take, lookup
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History

PRIVATE_TAGS = frozenset({"family", "friend", "friends"})
SURE = 0.6
"""A message is about work, or private, beyond this probability."""
_BASE_RATE = 0.15
"""Share of personal messages at which the reader's probabilities are calibrated."""
_GRID = (np.arange(200) + 0.5) / 200


@dataclass(frozen=True)
class PersonalOnly:
    """P(share of personal messages >= `share`) >= `confidence`, and next to no professional word.

    The messages' probabilities are taken together: with likelihood ratios r of each message, the
    posterior of the share s is proportional to the product of (s r + 1 - s), from Jeffreys' prior.
    """

    NAME: ClassVar[str] = "personal_only"
    POSITIVE: ClassVar[bool] = False
    NEEDS_TEXT: ClassVar[bool] = True
    ORDER: ClassVar[int] = 60
    STEPS: ClassVar[Mapping[str, str]] = {}
    TITLE: ClassVar[str] = "Personal only"
    MEANING: ClassVar[str] = (
        "You talk, and never about work: a friend perhaps, not yet a professional tie."
    )
    MAY_BE_WRONG: ClassVar[str] = (
        "Family and friends belong here and are no question: tag them `family` or `friend`. "
        "Messages in languages that are not read do not count."
    )

    min_messages: int = setting(8, "messages of text in a language that is read, at least")
    min_words: int = setting(4, "words of a message that counts")
    share: float = setting(0.8, "share of personal messages, at least")
    confidence: float = setting(0.9, "probability that the share is above it, at least")
    max_professional: float = setting(0.1, "share of messages about work, at most")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings as of a time."""
        rows = self.messages(history, as_of)
        private = history.people.set_index("person_id")["tags"].fillna("").str.lower()
        tagged = private.str.split("; ").map(lambda tags: bool(PRIVATE_TAGS & set(tags)))
        rows = rows[~rows["person_id"].isin(tagged.index[tagged])]
        rows = rows.assign(is_work=rows["professional"] > SURE)
        counts = rows.groupby("person_id").agg(
            n=("key", "size"), professional=("is_work", "mean"), since=("at", "min")
        )
        counts = counts[
            (counts["n"] >= self.min_messages) & (counts["professional"] <= self.max_professional)
        ]
        rows = rows[rows["person_id"].isin(counts.index)]
        by_person = rows.groupby("person_id")["personal"]
        told = {
            "confidence": by_person.agg(self._probability),
            "name": history.people.set_index("person_id")["name"],
            "evidence": findings.evidence(rows[rows["personal"] >= 0.5]),
        }
        found = counts.join(pd.DataFrame(told))
        found = found[found["confidence"].astype("float64") >= self.confidence].assign(
            suggestion="Tag them `friend` or `family`, or ask what they are working on."
        )
        found["score"] = found["confidence"] * found["n"] / (found["n"] + 8)
        found["summary"] = [
            f"The {n} messages between you and {name} that could be read seem to be private, "
            "nearly all of them."
            for n, name in zip(found["n"], found["name"], strict=True)
        ]
        found = found.rename_axis("person_id").reset_index()
        return findings.frame(self.NAME, found, history.people)

    def messages(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """The direct messages that could be read: model.INTERACTIONS, `personal`, `professional`.

        Both figures are probabilities in [0, 1]; short messages are left out.
        """
        long_enough = history.messages["words"] >= self.min_words
        traits = history.traits[["key", "personal", "professional"]].dropna()
        traits = traits[lookup.among(traits["key"], history.messages.loc[long_enough, "key"])]
        contacts = give_take.direct(history)
        place = lookup.positions(contacts["key"], traits["key"])
        known = (place >= 0) & (contacts["at"] <= as_of).to_numpy()
        read = traits[["personal", "professional"]].iloc[place[known]]
        rows = contacts[known].assign(
            personal=read["personal"].array, professional=read["professional"].array
        )
        return rows.drop_duplicates(["person_id", "key"])

    def _probability(self, personal: pd.Series) -> float:
        """P(share >= `share`) from the messages' probabilities."""
        q = personal.to_numpy(float).clip(0.01, 0.99)
        ratio = q / (1 - q) * (1 - _BASE_RATE) / _BASE_RATE
        log = np.log(_GRID[:, None] * ratio + 1 - _GRID[:, None]).sum(axis=1)
        log -= np.log(_GRID * (1 - _GRID)) / 2
        weight = np.exp(log - log.max())
        return float(weight[np.greater_equal(_GRID, self.share)].sum() / weight.sum())
