"""Asks and gives in the direct messages between the owner and each person.

A give is an introduction, a link or help, an offer, or the answer to something the other side
asked. What was read of a message (model.SIGNALS) says what it does; whom it was done to, and
whether it answers an ask, is known only here, where the message has its people and its thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import findings, lookup, vocative
from netaudit.history import once
from netaudit.model import JOIN
from netaudit.names.words import FREE_MAIL

if TYPE_CHECKING:
    from netaudit.history import History

MIN_PROBABILITY = 0.6
"""Acts less sure than this are left out."""
LIGHT = 0.5
"""Weight of plain requests, of an offer and of an answer; all else weighs 1."""
COLLEAGUE = 0.2
"""Factor on plain requests between people of one company: most of work is made of them."""
FORM = pd.Timedelta(days=60)
"""The same words after a longer pause are said anew; sooner, they are a form or a reminder."""
COLUMNS = ["person_id", "direction", "key", "at", "act", "kind", "sentence", "weight"]
QUOTE_CHARS = 160
_MIN_PEOPLE_INTRODUCED = 2


@once
def acts(history: History) -> pd.DataFrame:
    """One row per person, direct message and act.

    Returns:
        person_id, direction (who does it: out is the owner), key, at, act (ask or give), kind
        (ask: favour, advice, information, task; give: introduction, link, help, offer, answer),
        sentence, weight (1, or `LIGHT`); at most one ask and one give a message and person, the
        weightiest; the same sentence again within `FORM` of the last time is a form or a reminder
        and does not count; sorted by time and key. Mass
        mailings are left out; so is what a sentence says to another addressee by name.
    """
    contacts = direct(history)
    signals = history.signals[history.signals["probability"] >= MIN_PROBABILITY]
    read = contacts.merge(signals[["key", "act", "kind", "sentence"]], on="key")
    read = read[~vocative.to_another(read, history)]
    asks = read[read["act"].eq("ask") & ~_no_need(read)]
    found = pd.concat([asks, _gives(read), _answers(contacts, asks)], ignore_index=True)
    found["weight"] = _weights(found, colleagues(history))
    found = found.sort_values(["weight", "at", "key"], ascending=[False, True, True])
    found = found.drop_duplicates(["person_id", "direction", "key", "act"])
    found = found.sort_values(["at", "key", "person_id", "act"], ignore_index=True)[COLUMNS]
    since = found.groupby(["person_id", "direction", "act", "kind", "sentence"])["at"].diff()
    return found[~(since < FORM)].reset_index(drop=True)


def direct(history: History) -> pd.DataFrame:
    """Direct messages between two people, mass mailings left out: model.INTERACTIONS but `kind`.

    In the order of the interactions: by time, key and person.
    """
    contacts = history.interactions
    wanted = contacts["kind"].eq("message") & contacts["is_direct"] & contacts["blast_id"].isna()
    rows = contacts[wanted].drop(columns="kind")
    text = {"person_id": "str", "direction": "str", "key": "str"}
    return rows.astype(text).reset_index(drop=True)


def of_mutual(acts: pd.DataFrame, history: History) -> pd.DataFrame:
    """The acts between the owner and people the owner wrote to: strangers ask in vain."""
    contacts = direct(history)
    written_to = contacts.loc[contacts["direction"].eq("out"), "person_id"]
    return acts[lookup.among(acts["person_id"], written_to)]


def _no_need(read: pd.DataFrame) -> pd.Series:
    """Asks that say no need: to settle when to meet, to offer, to propose something together."""
    places = pd.MultiIndex.from_frame(read[["key", "sentence"]])
    other = places.isin(places[read["act"].isin(["scheduling", "offer"])])
    return read["kind"].eq("proposal") | (read["kind"].isin(["task", "information"]) & other)


@once
def colleagues(history: History) -> frozenset[str]:
    """People with an address at a domain of the owner's, services for everybody left out."""
    people = history.people
    row, addresses = lookup.split(people["addresses"], JOIN.strip())
    domain = addresses.str.extract(r"@\s*(\S*)", expand=False).fillna("")
    given = domain.ne("") & ~domain.isin(FREE_MAIL)
    own = domain[given & people["is_owner"].to_numpy()[row]]
    return frozenset(people["person_id"].array[row[domain.isin(own)]])


def _weights(found: pd.DataFrame, near: frozenset[str]) -> pd.Series:
    plain = found["kind"].isin(["task", "information", "advice", "offer", "answer"])
    weight = (~plain).astype("float64").where(~plain, LIGHT)
    request = plain & ~found["kind"].eq("offer")
    return weight.where(~(request & found["person_id"].isin(near)), LIGHT * COLLEAGUE)


def _gives(read: pd.DataFrame) -> pd.DataFrame:
    """Gives and offers; an introduction needs a second person to be introduced to."""
    gives = read[read["act"].isin(["give", "offer"])]
    gives = gives.assign(act="give", kind=gives["kind"].where(gives["act"].eq("give"), "offer"))
    alone = gives["n_humans"] < _MIN_PEOPLE_INTRODUCED
    return gives[~(gives["kind"].eq("introduction") & alone)]


def _answers(contacts: pd.DataFrame, asks: pd.DataFrame) -> pd.DataFrame:
    """Messages that answer one with an ask of the other side; the sentence is the ask's."""
    asked = asks[["key", "person_id", "direction", "sentence"]].drop_duplicates(
        ["key", "person_id"]
    )
    answers = contacts.dropna(subset="answers_key").merge(
        asked.rename(columns={"key": "answers_key", "direction": "asked_by"}),
        on=["answers_key", "person_id"],
    )
    answers = answers[answers["direction"] != answers["asked_by"]]
    return answers.assign(act="give", kind="answer")


def tallies(found: pd.DataFrame, direction: str) -> pd.DataFrame:
    """What one side asked and gave, by person.

    Args:
        found: `acts`.
        direction: whose acts.

    Returns:
        by person_id: asks, gives (messages), ask_weight, give_weight, favours, and kinds of gives:
        introduction, link, help, offer, answer.
    """
    rows = found[found["direction"].eq(direction)]
    is_ask = rows["act"].eq("ask")
    kinds = ("introduction", "link", "help", "offer", "answer")
    marks = pd.DataFrame(
        {
            "person_id": rows["person_id"],
            "asks": is_ask.astype("int64"),
            "gives": (~is_ask).astype("int64"),
            "ask_weight": rows["weight"].where(is_ask, 0.0),
            "give_weight": rows["weight"].where(~is_ask, 0.0),
            "favours": (is_ask & rows["kind"].eq("favour")).astype("int64"),
            **{kind: (~is_ask & rows["kind"].eq(kind)).astype("int64") for kind in kinds},
        }
    )
    return marks.groupby("person_id").sum()


def told(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """What a finding says of each person's acts.

    Args:
        rows: `acts`, those that tell.
        people: model.PEOPLE.

    Returns:
        by person_id: name, quotes, since (the first of the acts), evidence.
    """
    columns = {
        "name": people.set_index("person_id")["name"],
        "quotes": quotes(rows),
        "since": rows.groupby("person_id")["at"].min(),
        "evidence": findings.evidence(rows),
    }
    return pd.DataFrame(columns)


def quotes(rows: pd.DataFrame, limit: int = 2) -> pd.Series:
    """The newest sentences of each person's rows, quoted, with their days.

    The weightiest of the newest come first: a favour says more than a task.
    """
    ordered = rows.sort_values(["weight", "at", "key"], ascending=[False, False, True])
    kept = ordered.groupby("person_id").head(limit)
    told = [
        f"“{shorten(s)}” ({at:%Y-%m-%d})"
        for s, at in zip(kept["sentence"], kept["at"], strict=True)
    ]
    return lookup.joined(pd.Series(told, dtype="str"), kept["person_id"], "; ")


def shorten(sentence: str, chars: int = QUOTE_CHARS) -> str:
    """A sentence of at most so many characters."""
    return sentence if len(sentence) <= chars else sentence[: chars - 1].rstrip() + "…"
