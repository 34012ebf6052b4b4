"""Two lists of loose ends: asks the owner has not answered, and promises without a follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit import give_take, vocative

if TYPE_CHECKING:
    from netaudit.history import History

QUOTED = r"""["“”„»«]|.{0,40}: ["“„«]|.{0,400}["”“»]$"""
COLUMNS = ["person_id", "name", "key", "at", "waiting_days", "kind", "sentence"]


@dataclass(frozen=True)
class Rules:
    """What counts as open.

    Attributes:
        min_probability: of the ask or promise.
        max_people: humans addressed at most; of many, somebody else may answer.
        min_days: younger ones are not late yet.
        max_days: older ones have settled themselves.
        answered_within_days: any message to them so soon after the ask may have answered it.
    """

    min_probability: float = 0.7
    max_people: int = 3
    min_days: float = 2.0
    max_days: float = 180.0
    answered_within_days: float = 14.0


def reply_owed(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Asks to the owner that the owner has not answered, oldest first.

    An ask counts as answered by a message that answers it, by any later message of the owner's in
    its thread, and by any message to the same person soon after it. People the owner never wrote
    to are owed nothing. The same sentence again counts once.

    Returns:
        person_id, name, key, at, waiting_days (days from the ask to as-of), kind (of the ask),
        sentence. One row per message.
    """
    rules = rules or Rules()
    contacts = give_take.direct(history)
    known = contacts.loc[contacts["direction"].eq("out"), "person_id"].unique()
    asked = _acts(history, contacts[contacts["person_id"].isin(known)], "ask", "in", rules)
    asked = asked[asked["answered_at"].isna() & ~asked["role"].isin(["cc", "bcc"])]
    later = _later(asked, contacts[contacts["direction"].eq("out")])
    soon = later["at_later"] - later["at"] <= pd.Timedelta(days=rules.answered_within_days)
    settled = later.loc[soon | later["thread"].eq(later["thread_later"]), "key"]
    open_asks = asked[~asked["key"].isin(settled)].sort_values(["at", "key"])
    return _list(history, open_asks.drop_duplicates(["person_id", "sentence"], keep="last"))


def promised(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Promises of the owner after which nothing more was sent to that person, oldest first.

    Returns:
        As `reply_owed`; `kind` is missing.
    """
    contacts = give_take.direct(history)
    given = _acts(history, contacts, "promise", "out", rules or Rules())
    given = given[given["role"].eq("to")]
    later = _later(given, contacts[contacts["direction"].eq("out")])
    done = pd.MultiIndex.from_frame(later[["key", "person_id"]])
    return _list(history, given[~pd.MultiIndex.from_frame(given[["key", "person_id"]]).isin(done)])


def _acts(
    history: History, contacts: pd.DataFrame, act: str, direction: str, rules: Rules
) -> pd.DataFrame:
    """The messages of one direction with an act of this name, the surest sentence of each."""
    signals = history.signals
    wanted = signals["act"].eq(act) & (signals["probability"] >= rules.min_probability)
    surest = signals[wanted & ~_wants_no_answer(signals)]
    surest = surest.sort_values("probability", ascending=False, kind="stable")
    age = history.as_of - contacts["at"]
    open_still = age.between(pd.Timedelta(days=rules.min_days), pd.Timedelta(days=rules.max_days))
    few = contacts["n_humans"] <= rules.max_people
    rows = contacts[contacts["direction"].eq(direction) & open_still & few]
    found = rows.merge(surest[["key", "kind", "sentence"]], on="key")
    found = found[~vocative.to_another(found, history)]
    return found.drop_duplicates(["key", "person_id"])


def _wants_no_answer(signals: pd.DataFrame) -> pd.Series:
    """Proposals that are no question, and sentences quoted from elsewhere."""
    proposes = signals["kind"].eq("proposal") & ~signals["sentence"].str.contains("?", regex=False)
    return proposes | signals["sentence"].str.match(QUOTED)


def _later(rows: pd.DataFrame, sent: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a row and a later message of the owner's to the same person."""
    columns = ["person_id", "at", "thread"]
    pairs = rows[["key", *columns]].merge(sent[columns], on="person_id", suffixes=("", "_later"))
    return pairs[pairs["at_later"] > pairs["at"]]


def _list(history: History, rows: pd.DataFrame) -> pd.DataFrame:
    names = history.people.set_index("person_id")["name"]
    waiting = (history.as_of - rows["at"]).dt.total_seconds() / 86_400
    found = rows.assign(name=rows["person_id"].map(names), waiting_days=waiting)
    return found.sort_values(["at", "key", "person_id"], ignore_index=True)[COLUMNS]
