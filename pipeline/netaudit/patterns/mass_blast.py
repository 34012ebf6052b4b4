"""mass_blast: the owner's mailings, and the people who have had nothing else from the owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from netaudit import findings, lookup, phrases, steps
from netaudit.blasts import MassMailing
from netaudit.relationships import exchange

if TYPE_CHECKING:
    from netaudit.history import History

HOW = {
    "many_recipients": "to many visible recipients",
    "hidden_recipients": "to hidden recipients",
    "mail_merge": "as nearly the same text, one by one",
}


@dataclass(frozen=True)
class MassBlast(MassMailing):
    """Every mass mailing of the owner, and everybody who never had anything else from them.

    A finding without a person is one mailing; a finding with a person is a relationship that
    consists of mailings and at most answers to them.
    """

    NAME: ClassVar[str] = "mass_blast"
    POSITIVE: ClassVar[bool] = False
    ORDER: ClassVar[int] = 30
    STEPS: ClassVar[Mapping[str, str]] = {"out": steps.WRITE}
    TITLE: ClassVar[str] = "Mass mailings"
    MEANING: ClassVar[str] = "The same words to many at once: much reach, little attention."
    MAY_BE_WRONG: ClassVar[str] = (
        "A note to your own team, the logistics of an event or a newsletter people asked for "
        "is no spam; the share who knew you, and the share who answered, tell them apart."
    )

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """Findings on mailings, then on people."""
        rows = pd.concat([_mailings(history, as_of), _people(history, as_of)], ignore_index=True)
        return findings.frame(self.NAME, rows, history.people)


def _mailings(history: History, as_of: pd.Timestamp) -> pd.DataFrame:
    """A row a mailing; those to many strangers who did not answer come first."""
    blasts = history.blasts[history.blasts["first_at"] <= as_of]
    strangers = 1 - blasts["known_share"].fillna(0.5)
    silent = 1 - blasts["reply_rate"].fillna(0.0)
    reach = blasts["n_recipients"] / (blasts["n_recipients"] + 20)
    rows = pd.DataFrame(
        {
            "person_id": pd.Series(index=blasts.index, dtype="str"),
            "direction": "out",
            "score": 0.5 + 0.5 * (0.2 + 0.5 * strangers + 0.3 * silent) * reach,
            # To nobody named: a mailing, or addressees lost on the way here.
            "confidence": blasts["similarity"].fillna(1.0).where(blasts["n_recipients"] > 0, 0.5),
            "since": blasts["first_at"],
            "evidence": blasts["evidence"],
        }
    )
    rows["summary"] = [_mailing_summary(row) for row in blasts.to_dict("records")]
    rows["suggestion"] = "Pick the five who would gain most from it, and write to each of them."
    return rows


def _mailing_summary(row: dict[Any, Any]) -> str:
    subject = f"“{row['subject']}”" if row["subject"] else "A mailing without subject"
    if not row["n_recipients"]:
        return f"{subject} of {row['first_at']:%Y-%m-%d} names no recipient at all."
    people = phrases.count(row["n_recipients"], "person", "people")
    shares = (
        (row["known_share"], "had an exchange with you before"),
        (row["reply_rate"], "answered within two weeks"),
        (row["personalised_share"], "of each text was its own"),
    )
    told = [f"{phrases.percent(share)} {what}" for share, what in shares if pd.notna(share)]
    figures = f": {', '.join(told)}" if told else ""
    return f"{subject} went to {people} {HOW[row['kind']]} on {row['first_at']:%Y-%m-%d}{figures}."


def _people(history: History, as_of: pd.Timestamp) -> pd.DataFrame:
    """A row for everybody whose only messages are the owner's mailings and answers to them."""
    contacts = history.interactions[history.interactions["at"] <= as_of]
    got = contacts[contacts["blast_id"].notna() & contacts["direction"].eq("out")]
    got = got[~lookup.among(got["person_id"], exchange(contacts)["person_id"])]
    grouped = got.groupby("person_id")
    similarity = history.blasts.set_index("blast_id")["similarity"].fillna(1.0)
    sure = similarity.reindex(got["blast_id"]).set_axis(got.index)
    rows = pd.DataFrame(
        {
            "n": grouped["blast_id"].nunique(),
            "since": grouped["at"].min(),
            "last": grouped["at"].max(),
            "confidence": sure.groupby(got["person_id"]).max(),
            "evidence": findings.evidence(got),
        }
    ).rename_axis("person_id")
    rows = rows.join(history.people.set_index("person_id")["name"])
    rows["score"] = 0.5 * rows["n"] / (rows["n"] + 3)
    rows["direction"] = "out"
    rows["summary"] = [
        f"{row['name']} has had {phrases.count(row['n'], 'mailing')} from you, the last on "
        f"{row['last']:%Y-%m-%d}, and no direct message of their own."
        for row in rows.to_dict("records")
    ]
    rows["suggestion"] = "If they matter to you, write to them alone, about something of theirs."
    return rows.drop(columns="name").reset_index()
