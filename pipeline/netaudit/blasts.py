"""Mass mailings of the owner: to many at once, to hidden recipients, or the same text one by one.

They are found before relationships, because an answer to a mailing is no one-sided tie.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import lookup, minhash, similar, subjects
from netaudit.interactions import ROLES, person_codes
from netaudit.model import BLASTS, JOIN, joined
from netaudit.settings import setting

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class MassMailing:
    """What counts as a mass mailing."""

    min_visible: int = setting(20, "many_recipients: recipients in To and Cc at least")
    min_bcc: int = setting(10, "hidden_recipients: people in Bcc at least")
    min_undisclosed: int = setting(
        5, "hidden_recipients: people in Bcc at least where To and Cc are empty and Bcc is known"
    )
    min_people: int = setting(5, "mail_merge: different people at least")
    min_words: int = setting(20, "mail_merge: words of new text at least")
    min_similarity: float = setting(0.8, "mail_merge: Jaccard similarity of the texts at least")
    within_hours: float = setting(72.0, "one mailing is sent within so many hours")


_LOOKED_AT = ["key", "sent_at", "subject", "in_reply_to", "references", "words",
              "hidden_recipients"]  # fmt: skip
"""What is asked of the owner's messages; the rest of them is not copied."""


def add(history: History, rules: MassMailing) -> History:
    """The history with its blasts, and with interactions marked that are or answer one.

    `mail_merge` needs the text signatures of `history.traits`; without them it is left out.
    """
    is_own = history.messages["from_person"].eq(history.owner_id or "")
    own = history.messages.loc[is_own & ~history.messages["is_automated"], _LOOKED_AT]
    at_once = _at_once(history, own, rules)
    merged = _merged(history, own[~own.index.isin(at_once["message"])], rules)
    members = _numbered(history, [at_once, merged])
    marked = _marked(history.interactions, members)
    history = dataclasses.replace(history, interactions=marked)
    return dataclasses.replace(history, blasts=_table(history, members))


# --- finding them: frames with `message` (row in messages), `group`, `kind` ----------------------


def _at_once(history: History, own: pd.DataFrame, rules: MassMailing) -> pd.DataFrame:
    """Messages to many recipients or to hidden ones; parts of one mailing share a group."""
    visible = _visible(history, own)
    in_bcc = history.addressed[history.addressed["role"] == ROLES.index("bcc")]
    bcc = in_bcc.groupby("message").size().reindex(own.index, fill_value=0)
    undisclosed = own["hidden_recipients"] & (bcc >= rules.min_undisclosed)
    undisclosed |= own["hidden_recipients"] & (bcc == 0) & _may_be_mailing(own, rules)
    many = visible >= rules.min_visible
    hidden = ~many & (undisclosed | (bcc >= rules.min_bcc))
    chosen = own[many | hidden]
    kind = np.where(many[chosen.index], "many_recipients", "hidden_recipients")
    frame = pd.DataFrame(
        {
            "message": chosen.index,
            "at": chosen["sent_at"].array,
            "kind": kind,
            "subject": chosen["subject"].fillna("").str.strip().str.casefold().array,
        }
    ).sort_values(["kind", "subject", "at", "message"])
    # A mailing to many is often sent in several parts: the same subject within the same days.
    same = frame[["kind", "subject"]].eq(frame[["kind", "subject"]].shift()).all(axis=1)
    near = frame["at"].diff() <= pd.Timedelta(hours=rules.within_hours)
    frame["group"] = (~(same & near & frame["subject"].ne(""))).cumsum()
    return frame[["message", "group", "kind"]]


def _may_be_mailing(own: pd.DataFrame, rules: MassMailing) -> pd.Series:
    """Messages that, where they name nobody at all, are rather mailings than lost addressees.

    Conversions lose addressees; what answers or forwards, or says next to nothing, is no mailing.
    """
    marked = subjects.are_marked(own["subject"])
    is_answer = own["in_reply_to"].notna() | own["references"].notna() | marked
    return ~is_answer & ((own["words"] < 0) | (own["words"] >= rules.min_words))


def _visible(history: History, own: pd.DataFrame) -> pd.Series:
    """Distinct recipients in To and Cc, humans by person, the owner left out."""
    shown = history.recipients[
        history.recipients["role"].isin(["to", "cc"])
        & history.recipients["message"].isin(own.index)
    ]
    person = person_codes(shown["address"], history.aliases, history.people)
    is_owner = np.append(history.people["is_owner"].to_numpy(), False)[person]
    other = len(history.people) + pd.factorize(shown["address"])[0]
    who = pd.DataFrame({"row": shown["message"], "who": np.where(person >= 0, person, other)})
    counted: pd.Series = who[~is_owner].drop_duplicates().groupby("row").size()
    return counted.reindex(own.index, fill_value=0)


def _merged(history: History, own: pd.DataFrame, rules: MassMailing) -> pd.DataFrame:
    """Messages of nearly the same text, each to one person; answers to a question are none."""
    contacts = history.interactions
    is_sent = contacts["direction"].eq("out") & contacts["kind"].eq("message")
    sent = contacts.loc[is_sent, ["key", "person_id", "answers_key"]]
    to_one = sent.drop_duplicates("key", keep=False)
    alone = to_one[to_one["answers_key"].isna()].set_index("key")["person_id"]
    long_enough = own.loc[own["words"] >= rules.min_words, ["key", "sent_at"]]
    single = long_enough[lookup.among(long_enough["key"], alone.index)]
    rows, signatures = _signatures(history, single)
    if len(rows) < rules.min_people:
        return pd.DataFrame({"message": [], "group": [], "kind": []})
    group = similar.groups(
        signatures,
        rows["sent_at"],
        min_similarity=rules.min_similarity,
        within_hours=rules.within_hours,
    )
    frame = pd.DataFrame(
        {
            "message": rows.index,
            "group": group,
            "person": alone[rows["key"]].array,
            "hours": rows["sent_at"].to_numpy("datetime64[us]").astype("int64") / 3.6e9,
        }
    )
    sizes = frame.groupby("group")["person"].transform("nunique")
    frame = frame[sizes >= rules.min_people].sort_values(["group", "hours"])
    if frame.empty:
        return frame[["message", "group"]].assign(kind="mail_merge")
    most = frame.groupby("group")[["person", "hours"]].apply(
        lambda rows: similar.most_people_within(
            rows["person"].to_numpy(), rows["hours"].to_numpy(), rules.within_hours
        )
    )
    kept = frame[frame["group"].isin(most.index[most >= rules.min_people])]
    return kept[["message", "group"]].assign(kind="mail_merge")


def _signatures(history: History, rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows whose text has a signature, and the signatures."""
    wanted = history.written.signatures(rows["key"])
    known = wanted.notna()
    return rows[known], minhash.decode(wanted[known])


# --- numbering, marking, describing --------------------------------------------------------------


def _numbered(history: History, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """All members with their `blast_id`, made of the first message's key."""
    members = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    members["message"] = members["message"].astype("int64")
    members = members.sort_values("message")  # messages are sorted by time and key
    members["key"] = history.messages["key"].array[members["message"].to_numpy()]
    first = members.groupby(["kind", "group"])["key"].transform("first")
    members["blast_id"] = ("blast-" + first.astype("str").str[:16]).astype("str")
    return members


def _marked(contacts: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The interactions with the blast that they are, or that they answer."""
    sent = (contacts["kind"].eq("message") & contacts["direction"].eq("out")).to_numpy()
    is_answer = contacts["direction"].eq("in").to_numpy()
    of_sent = lookup.positions(contacts["key"], members["key"])
    of_answer = lookup.positions(contacts["answers_key"], members["key"])
    member = np.where(sent & (of_sent >= 0), of_sent, np.where(is_answer, of_answer, -1))
    names = pd.concat([members["blast_id"], pd.Series([None], dtype="str")])
    return contacts.assign(blast_id=names.array[member])


def _table(history: History, members: pd.DataFrame) -> pd.DataFrame:
    if members.empty:
        return BLASTS.empty()
    messages = history.messages.loc[members["message"]].set_index(members.index)
    rows = members.assign(sent_at=messages["sent_at"], subject=messages["subject"])
    grouped = rows.groupby("blast_id", sort=False)
    table = grouped.agg(
        kind=("kind", "first"),
        first_at=("sent_at", "first"),
        last_at=("sent_at", "last"),
        subject=("subject", "first"),
        n_messages=("key", "size"),
        evidence=("key", JOIN.join),
    )
    table = table.join(_audience(history, members)).join(_texts(history, members))
    table["recipients"] = _recipients(history, members).reindex(table.index).fillna("")
    table["n_recipients"] = table["n_recipients"].fillna(0).astype("int64")
    table = table.reset_index().sort_values(["first_at", "blast_id"], ignore_index=True)
    return BLASTS.conform(table)


def _audience(history: History, members: pd.DataFrame) -> pd.DataFrame:
    """Per blast: how many people, who had an exchange with the owner before, who answered."""
    contacts = history.interactions
    sent = contacts[contacts["direction"].eq("out") & lookup.among(contacts["key"], members["key"])]
    within = pd.Timedelta(days=history.settings.replies.within_days)
    answered = (sent["answered_at"] - sent["at"]) <= within
    pairs = (
        sent.assign(answered=answered)
        .groupby(["blast_id", "person_id"])
        .agg(at=("at", "min"), answered=("answered", "any"))
        .reset_index()
    )
    is_mailing = contacts["blast_id"].notna() & contacts["direction"].eq("out")
    exchange = contacts[contacts["is_direct"] & ~is_mailing].groupby("person_id")["at"].min()
    began = pairs.groupby("blast_id")["at"].transform("min")
    since = exchange.reindex(pairs["person_id"]).set_axis(pairs.index)  # `map` fails when empty
    pairs["known"] = since < began
    grouped = pairs.groupby("blast_id")
    found = grouped.agg(
        n_recipients=("person_id", "size"),
        known_share=("known", "mean"),
        reply_rate=("answered", "mean"),
    )
    young = grouped["at"].max() > history.as_of - within
    found["reply_rate"] = found["reply_rate"].mask(young)
    return found


def _texts(history: History, members: pd.DataFrame) -> pd.DataFrame:
    """Per mail merge: the least similarity of its texts, and the share of each that is its own."""
    merged = members[members["kind"] == "mail_merge"]
    rows, signatures = _signatures(history, merged)
    place = pd.Series(range(len(rows)), index=rows.index)
    parts = rows.groupby("blast_id")
    similarity = {blast: similar.least(signatures[place[part.index]]) for blast, part in parts}
    known = merged.assign(text=history.written.texts(merged["key"]))
    words = known.dropna(subset="text").groupby("blast_id")
    own_share = {blast: similar.not_common(list(part["text"])) for blast, part in words}
    found = {"similarity": similarity, "personalised_share": own_share}
    return pd.DataFrame(found, index=members["blast_id"].unique(), dtype="float64")


def _recipients(history: History, members: pd.DataFrame) -> pd.Series:
    """Per blast: the humans' addresses it was sent to, the owner's left out."""
    named = history.recipients[history.recipients["message"].isin(members["message"])]
    shown = named.merge(members[["message", "blast_id"]], on="message")
    own = history.people.loc[history.people["is_owner"], "person_id"]
    human = history.aliases[
        history.aliases["nature"].eq("human") & ~history.aliases["person_id"].isin(own)
    ]
    shown = shown[shown["address"].isin(human["alias"])]
    return shown.groupby("blast_id")["address"].agg(joined)
