"""Two lists of loose ends: asks the owner has not answered, and promises without a follow-up."""

from __future__ import annotations

import dataclasses
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
    open_asks = waiting(history, "in", rules).sort_values(["at", "key"])
    return _list(history, open_asks.drop_duplicates(["person_id", "sentence"], keep="last"))


def since_then(history: History, then: pd.Timestamp) -> pd.DataFrame:
    """What became of the asks that were open at an earlier time, the newest of each person.

    Args:
        history: as of now.
        then: the end of a day before as-of.

    Returns:
        By person_id: at (of the ask), is_answered (bool; by the rules of `reply_owed`, however old
        the ask is by now).
    """
    contacts = history.interactions[history.interactions["at"] <= then]
    answered = contacts["answered_at"]
    known = contacts.assign(answered_at=answered.where(answered <= then))
    past = dataclasses.replace(history, interactions=known, as_of=then)
    asked = reply_owed(past).drop_duplicates("person_id", keep="last")
    still = waiting(history, "in", Rules(max_days=float("inf")))
    is_answered = ~_pairs(asked).isin(_pairs(still))
    return asked.assign(is_answered=is_answered).set_index("person_id")[["at", "is_answered"]]


def waiting(
    history: History, direction: str, rules: Rules | None = None, *, asks_only: bool = True
) -> pd.DataFrame:
    """Direct messages that nothing answered so far, as `reply_owed` means it.

    Args:
        history: up to as-of.
        direction: in: the other side waits; out: the owner does.
        rules: what counts as open.
        asks_only: those that ask for something, else all.

    Returns:
        Rows of `give_take.direct`, with kind and sentence of the ask where `asks_only`. People to
        whom no message went in the other direction are left out.
    """
    rules = rules or Rules()
    contacts = give_take.direct(history)
    back = contacts[contacts["direction"].ne(direction)]
    rows = _open(history, contacts[contacts["direction"].eq(direction)], rules)
    rows = rows[rows["person_id"].isin(back["person_id"].unique())]
    rows = rows[rows["answered_at"].isna() & ~rows["role"].isin(["cc", "bcc"])]
    if asks_only:
        rows = _acts(history, rows, "ask", rules)
    later = _later(rows, back)
    soon = later["at_later"] - later["at"] <= pd.Timedelta(days=rules.answered_within_days)
    settled = later[soon | later["thread"].eq(later["thread_later"])]
    return rows[~_pairs(rows).isin(_pairs(settled))]


def promised(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Promises of the owner after which nothing more was sent to that person, oldest first.

    Returns:
        As `reply_owed`; `kind` is missing.
    """
    rules = rules or Rules()
    contacts = give_take.direct(history)
    sent = contacts[contacts["direction"].eq("out")]
    given = _acts(history, _open(history, sent, rules), "promise", rules)
    given = given[given["role"].eq("to")]
    return _list(history, given[~_pairs(given).isin(_pairs(_later(given, sent)))])


def _open(history: History, contacts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Messages to few people of an age at which something may still be open."""
    age_days = (history.as_of - contacts["at"]).dt.total_seconds() / 86_400
    in_time = age_days.between(rules.min_days, rules.max_days)
    found: pd.DataFrame = contacts[in_time & (contacts["n_humans"] <= rules.max_people)]
    return found


def _acts(history: History, contacts: pd.DataFrame, act: str, rules: Rules) -> pd.DataFrame:
    """The messages with an act of this name, the surest sentence of each."""
    signals = history.signals
    wanted = signals["act"].eq(act) & (signals["probability"] >= rules.min_probability)
    surest = signals[wanted & ~_wants_no_answer(signals)]
    surest = surest.sort_values("probability", ascending=False, kind="stable")
    found = contacts.merge(surest[["key", "kind", "sentence"]], on="key")
    found = found[~vocative.to_another(found, history)]
    return found.drop_duplicates(["key", "person_id"])


def _pairs(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["key", "person_id"]])


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
