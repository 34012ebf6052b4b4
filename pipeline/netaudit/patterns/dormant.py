"""dormant: a real tie that has been silent far beyond its own rhythm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from netaudit import coverage, findings, phrases, steps
from netaudit.relationships import exchange, personal
from netaudit.status import Silence

if TYPE_CHECKING:
    from netaudit.history import History


UNKNOWN_SHARE = 0.1
"""A silence of which the archive holds no mail at all for so long is marked."""


@dataclass(frozen=True)
class Dormant(Silence):
    """A two-way tie, silent beyond `dormant_days` and its rhythm, and unlikely to go on by itself.

    The same thresholds make the status column. A meeting counts as contact; a mailing does not.
    """

    NAME: ClassVar[str] = "dormant"
    POSITIVE: ClassVar[bool] = False
    ORDER: ClassVar[int] = 20
    STEPS: ClassVar[Mapping[str, str]] = {"": steps.RECONNECT}
    TITLE: ClassVar[str] = "Dormant"
    MEANING: ClassVar[str] = "You were in touch both ways, and it has gone quiet beyond its rhythm."
    MAY_BE_WRONG: ClassVar[str] = (
        "You may talk on the phone, in person or on another channel; a project may simply have "
        "ended. Left out is whoever may be somebody you are in touch with at another address: "
        "netaudit people suggest asks you."
    )

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings as of a time, the ties with most contact first."""
        ties = history.relationships.set_index("person_id")
        awake = ties.index[ties["silent_days"] <= self.dormant_days].to_series()
        elsewhere = ties.index.isin(history.perhaps_one_of(awake))
        ties = ties[self.is_tie(ties) & self.is_dormant(ties) & ~elsewhere]
        contacts = personal(history.interactions)
        messages = exchange(contacts[contacts["person_id"].isin(ties.index)])
        messages = messages[messages["at"] <= as_of]
        quiet = pd.to_timedelta(self.quiet_days(ties), unit="D").dt.ceil("D")
        span = messages.groupby("person_id")["at"].agg(["min", "max"])
        rows = ties.assign(
            first=span["min"],
            last=span["max"],
            score=ties["n_contact_days"] / (ties["n_contact_days"] + 10),
            confidence=1 - ties["p_active"],
            since=span["max"].dt.floor("D") + quiet,
            evidence=findings.evidence(messages),
        )
        rows["unknown"] = coverage.silent_share(history, rows["last"])
        rows["summary"] = [_summary(row) for row in rows.to_dict("records")]
        rows["suggestion"] = [self._suggestion(gap) for gap in rows["silent_days"]]
        return findings.frame(self.NAME, rows.reset_index(), history.people)

    def _suggestion(self, gap_days: float) -> str:
        if gap_days >= self.revive_days:
            return (
                "Ties once valued and long silent are among the most worthwhile to revive: "
                "say what made you think of them, and ask nothing yet."
            )
        return "Send a short hello with something they would like to know, and no ask in it."


def _summary(row: dict[Any, Any]) -> str:
    days = phrases.count(row["n_contact_days"], "day")
    whole = phrases.span((row["last"] - row["first"]).days)
    unknown = row["unknown"]
    doubt = f" For {phrases.percent(unknown)} of that time the archive holds no mail at all."
    return (
        f"No direct message with {row['name']} for {phrases.span(row['silent_days'])} "
        f"(the last on {row['last']:%Y-%m-%d}); before that you were in touch on {days} "
        f"in {whole}, every {phrases.span(max(row['interval_days'], 1))} on average."
        f"{doubt if unknown >= UNKNOWN_SHARE else ''}"
    )
