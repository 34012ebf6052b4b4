"""Messages x people -> interactions: who wrote to whom, counted by person.

An incoming message is one interaction with its sender; a message of the owner is one with every
human it names, in whatever role. Automated mail, newsletters, mail the owner sends to nobody else,
and mail between others are none. What people post to a list is one only with those it names beside
the list, and never direct.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import lookup
from netaudit.model import INTERACTIONS, JOIN

if TYPE_CHECKING:
    from collections.abc import Collection

    from netaudit.settings import Direct

ROLES = ("to", "cc", "bcc")
"""The code of a role is its place; the smaller is the stronger."""
LEFT_OUT_BOXES = ("spam", "trash", "draft", "chat")
"""Messages in these boxes are kept in the archive and take part in nothing else."""


def person_codes(addresses: pd.Series, aliases: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Whose addresses these are.

    Args:
        addresses: str, as in `aliases.alias`.
        aliases: model.ALIASES.
        people: model.PEOPLE.

    Returns:
        int64: the row in `people`; -1 for robots, lists, role addresses and the unknown.
    """
    codes, distinct = pd.factorize(addresses)
    human = aliases[aliases["nature"].eq("human") & aliases["person_id"].notna()]
    person = lookup.positions(human["person_id"], people["person_id"])
    place = lookup.positions(pd.Series(distinct), human["alias"])
    of_distinct = np.where(place >= 0, np.append(person, -1)[place], -1)
    return np.append(of_distinct, -1)[codes].astype(np.int64)


def addressees(
    recipients: pd.DataFrame, people: pd.DataFrame, aliases: pd.DataFrame
) -> pd.DataFrame:
    """The humans each message is addressed to, each once, by person.

    Who stands in several roles keeps the strongest (To before Cc before Bcc), so that a Bcc that
    only repeats the Cc, as some conversions write it, adds nobody.

    Args:
        recipients: model.RECIPIENTS with `message`, the row of their message.
        people: model.PEOPLE.
        aliases: model.ALIASES.

    Returns:
        `message` (int64, row in `messages`), `person` (int64, row in `people`), `role` (int64,
        place in ROLES), sorted.
    """
    message = recipients["message"].to_numpy()
    person = person_codes(recipients["address"], aliases, people)
    role = lookup.positions(recipients["role"], pd.Index(ROLES))
    known = (person >= 0) & (role >= 0)
    # One number per row sorts and compares much faster than three columns.
    packed = ((message * max(len(people), 1) + person) * len(ROLES) + role)[known]
    packed = lookup.distinct(packed)
    pair = packed // len(ROLES)
    first = np.ones(len(pair), dtype=bool)
    first[1:] = pair[1:] != pair[:-1]
    message, person = np.divmod(pair[first], max(len(people), 1))
    return pd.DataFrame({"message": message, "person": person, "role": packed[first] % len(ROLES)})


def build(
    *,
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    addressed: pd.DataFrame,
    people: pd.DataFrame,
    aliases: pd.DataFrame,
    own_addresses: Collection[str],
    settings: Direct,
) -> pd.DataFrame:
    """The interactions that messages are.

    Args:
        messages: model.MESSAGES with `is_automated` and `thread`, none of LEFT_OUT_BOXES, dated,
            on a range index.
        recipients: model.RECIPIENTS of them, with `message` (row in `messages`).
        addressed: what `addressees` says of them.
        people: model.PEOPLE.
        aliases: model.ALIASES.
        own_addresses: the owner's, to know mail that was delivered to them unnamed (Bcc).
        settings: what counts as direct.

    Returns:
        model.INTERACTIONS sorted by time, key and person; `blast_id`, `answers_key` and
        `answered_at` still missing. `n_humans` counts the distinct human recipients.
    """
    sender = person_codes(messages["from_address"], aliases, people)
    sender[messages["is_automated"].to_numpy()] = -1
    own = people["is_owner"].to_numpy()
    is_own = np.append(own, False)[sender]
    humans = np.bincount(addressed["message"], minlength=len(messages))

    to_others = addressed[is_own[addressed["message"]] & ~own[addressed["person"]]]
    out = to_others.assign(direction="out", direct=to_others["role"] == ROLES.index("to"))

    own_role = _own_role(messages, addressed, own)
    in_bcc = _bcc_to_owner(messages, recipients, aliases, own_addresses)
    own_role[(own_role == len(ROLES)) & in_bcc] = ROLES.index("bcc")
    incoming = np.flatnonzero((sender >= 0) & ~is_own & (own_role < len(ROLES)))
    into = pd.DataFrame(
        {
            "message": incoming,
            "person": sender[incoming],
            "role": own_role[incoming],
            "direction": "in",
            "direct": own_role[incoming] <= ROLES.index("cc"),
        }
    )
    both = _in_order(pd.concat([out, into], ignore_index=True), messages, people)
    rows = both["message"].to_numpy()
    n_humans = np.maximum(humans[rows], 1)
    is_small = (n_humans <= settings.max_recipients) & messages["list_id"].isna().to_numpy()[rows]
    person_ids = people["person_id"].array[both["person"].to_numpy()]
    frame = pd.DataFrame(
        {
            "key": messages["key"].array[rows],
            "at": messages["sent_at"].array[rows],
            "person_id": person_ids,
            "direction": both["direction"],
            "channel": messages["channel"].array[rows],
            "kind": "message",
            "role": pd.Series(ROLES, dtype="str").array[both["role"].to_numpy()],
            "is_direct": both["direct"].to_numpy(bool) & is_small,
            "n_humans": n_humans,
            "thread": messages["thread"].array[rows],
            "utc_offset_minutes": messages["utc_offset_minutes"].array[rows],
        }
    )
    return INTERACTIONS.conform(frame)


def _in_order(rows: pd.DataFrame, messages: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Rows with `message` and `person` by time, key and person_id: as numbers, not as texts."""
    when = _rank(lookup.by_time(messages["sent_at"], messages["key"]))
    who = _rank(people["person_id"].argsort().to_numpy())
    order = np.lexsort([who[rows["person"].to_numpy()], when[rows["message"].to_numpy()]])
    return rows.iloc[order].reset_index(drop=True)


def _rank(order: np.ndarray) -> np.ndarray:
    """The place of each row in an order."""
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank


def with_gestures(
    interactions: pd.DataFrame, gestures: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """The interactions together with endorsements, recommendations and invitations.

    They weigh in tie strength and never count as messages. Left out are undated ones, those of
    unknown direction and of nobody known, and invitations without a note: a click is no contact.

    Args:
        interactions: model.INTERACTIONS.
        gestures: model.GESTURES with `person_id`.
        people: model.PEOPLE; the owner's gestures to themselves are none.
    """
    own = people.loc[people["is_owner"], "person_id"]
    known = gestures.dropna(subset=["person_id", "made_at", "direction"])
    known = known[~known["person_id"].isin(own)]
    known = known[known["kind"].ne("invitation") | known["text"].fillna("").ne("")]
    if known.empty:
        return interactions
    added = known[["key", "person_id", "direction", "kind"]].assign(
        at=known["made_at"], channel="linkedin", role="to", is_direct=False, n_humans=1
    )
    both = pd.concat([interactions, INTERACTIONS.conform(added)], ignore_index=True)
    return both.sort_values(["at", "key", "person_id"], ignore_index=True)


def with_meetings(
    interactions: pd.DataFrame, meetings: pd.DataFrame, aliases: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """The interactions together with the meetings that took place.

    They weigh in tie strength and never count as messages.

    Args:
        interactions: model.INTERACTIONS.
        meetings: model.MEETINGS.
        aliases: model.ALIASES.
        people: model.PEOPLE.
    """
    codes = person_codes(meetings["address"], aliases, people)
    other = np.append(~people["is_owner"].to_numpy(), False)[codes]
    known = meetings[other]
    if known.empty:
        return interactions
    added = known[["key", "at"]].assign(
        person_id=people["person_id"].array[codes[other]],
        direction="both",
        channel="calendar",
        kind="meeting",
        role="to",
        is_direct=False,
        n_humans=known["n_people"],
    )
    added = added.drop_duplicates(["key", "at", "person_id"])
    both = pd.concat([interactions, INTERACTIONS.conform(added)], ignore_index=True)
    return both.sort_values(["at", "key", "person_id"], ignore_index=True)


def _own_role(messages: pd.DataFrame, addressed: pd.DataFrame, own: np.ndarray) -> np.ndarray:
    """The owner's role in each message, as a place in ROLES; len(ROLES) where they have none."""
    role = np.full(len(messages), len(ROLES))
    to_owner = addressed[own[addressed["person"]]]
    np.minimum.at(role, to_owner["message"].to_numpy(), to_owner["role"].to_numpy())
    return role


def _bcc_to_owner(
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    aliases: pd.DataFrame,
    own_addresses: Collection[str],
) -> np.ndarray:
    """Which messages were delivered to the owner (Delivered-To), and through no list.

    Where the owner is not named as a recipient, they were in Bcc.
    """
    lists = aliases["alias"][aliases["nature"].eq("list")]
    through_list = recipients["message"][lookup.among(recipients["address"], lists)]
    listed = messages["list_id"].notna() | messages.index.isin(through_list)
    candidates = messages["delivered_to"].ne("") & ~listed
    delivered = messages.loc[candidates, "delivered_to"].str.split(JOIN).explode()
    mine = delivered.index[delivered.isin(list(own_addresses))]
    return messages.index.isin(mine)
