"""What no person wrote, and which addresses are no person's.

A message is automated when its headers or its sender's address say so (docs/methods.md), unless
the owner once wrote to that address and a person answered. What people post to a discussion list
is a person's, though not direct. An address is a human's, a robot's, a list's or a role's
(info@, sales@: whoever is on duty).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit import subjects
from netaudit.names import local
from netaudit.names.folding import fold
from netaudit.names.reading import Kind, Name, read
from netaudit.names.words import FREE_MAIL, GROUPS, IMPERSONAL, MACHINES, NOBODY, ROLES

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.owner import Owner

AUTOMATIC = ("auto-submitted", "auto-reply", "auto-generated", "null-return-path")
"""Signs that a machine wrote this very message, whoever its sender is."""
THROUGH_LIST = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "precedence")
"""Signs that a list server sets on what people post, too."""
MIN_POSTERS = 3
"""A list with so many senders is a discussion, not a newsletter."""
ANSWER_DAYS = 30
"""A person answered: in the same conversation, within so many days."""
ROBOT_SHARE = 0.9
"""An address sends so much of its mail automated: it is a robot's."""
MAX_NAMES = 3
"""More full names of different people than this on one address: a relay's."""
OWN_NAME_MESSAGES = 5
"""A role address that sends so many messages under one person's name alone is that person's."""


@dataclass(frozen=True)
class Robots:
    """What is automated, and whose addresses are.

    Attributes:
        automated: bool by the index of messages.
        natures: address -> human, robot, list or role; every sender and recipient.
        answered: addresses that the owner wrote to and a person answered from.
    """

    automated: pd.Series
    natures: pd.Series
    answered: frozenset[str]


def classify(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> Robots:
    """Automated messages and the natures of addresses.

    Args:
        messages: model.MESSAGES, cut at as-of.
        recipients: model.RECIPIENTS of them.
        owner: whose archive it is.
    """
    answered = _answered(messages, recipients, owner)
    by_signs = _automated_by_signs(messages, answered | owner.aliases)
    natures = _natures(messages, recipients, owner, by_signs, answered)
    robots = natures.index[natures == "robot"]
    return Robots(by_signs | messages["from_address"].isin(robots), natures, frozenset(answered))


def automated(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> pd.Series:
    """Which messages no person wrote: bool by the index of messages."""
    return classify(messages, recipients, owner).automated


def natures(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> pd.Series:
    """The nature of every sender and recipient: address -> human, robot, list or role."""
    return classify(messages, recipients, owner).natures


# --- messages ------------------------------------------------------------------------------------


def _has(signs: pd.Series, wanted: tuple[str, ...]) -> pd.Series:
    pattern = rf"(?:^|; )(?:{'|'.join(map(re.escape, wanted))})(?:; |$)"
    return signs.fillna("").str.contains(pattern)


def _automated_by_signs(messages: pd.DataFrame, people: set[str] | frozenset[str]) -> pd.Series:
    signs = _telling(messages)
    automatic = _has(signs, AUTOMATIC)
    no_reply = _by_value(messages["from_address"], local.asks_for_no_reply)
    marked = signs.ne("") | no_reply
    overruled = messages["from_address"].isin(people) | _is_post(messages)
    return automatic | (marked & ~overruled)


def _telling(messages: pd.DataFrame) -> pd.Series:
    """The signs of each message, without Feedback-ID where a mail service gives it to everybody."""
    signs = messages["automated_signs"].fillna("")
    free = _by_value(messages["from_address"], lambda a: a.rpartition("@")[2] in FREE_MAIL)
    without = signs.str.replace(r"(?:^|; )feedback-id(?=; |$)", "", regex=True).str.lstrip("; ")
    return signs.mask(free, without)


def _is_post(messages: pd.DataFrame) -> pd.Series:
    """What people post to a list: only signs of list servers, and a list with several senders."""
    signs = _telling(messages).str.split("; ").explode()
    others = signs[~signs.isin(("", *THROUGH_LIST))].index
    posters = messages.groupby("list_id")["from_address"].nunique()
    lists = posters.index[posters >= MIN_POSTERS]
    return messages["list_id"].isin(lists) & ~messages.index.isin(others)


def _answered(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> set[str]:
    """Addresses that the owner wrote to and that a person answered from."""
    own = messages["from_address"].isin(owner.aliases)
    out = messages.loc[own, ["key", "message_id", "subject", "sent_at"]]
    out = out.merge(recipients[["key", "address"]], on="key").drop(columns="key")
    written = set(out["address"]) - owner.aliases
    signs = messages["automated_signs"].fillna("")
    back = messages[messages["from_address"].isin(written) & signs.ne("")]
    back = back[~_has(back["automated_signs"], (*AUTOMATIC, "feedback-id", "campaign"))]
    if back.empty:
        return set()
    out = out[out["address"].isin(back["from_address"])]
    out["subject"], back = (
        subjects.bases(out["subject"]),
        back.assign(subject=subjects.bases(back["subject"])),
    )
    pairs = back.merge(out, left_on="from_address", right_on="address", suffixes=("", "_out"))
    days = (pairs["sent_at"] - pairs["sent_at_out"]).dt.total_seconds() / 86_400
    threaded = pairs["in_reply_to"].eq(pairs["message_id_out"]) & pairs["in_reply_to"].notna()
    alike = pairs["subject"].eq(pairs["subject_out"]) & pairs["subject"].ne("")
    return set(pairs.loc[days.between(0, ANSWER_DAYS) & (threaded | alike), "address"])


def _by_value(values: pd.Series, test: object) -> pd.Series:
    """A test of text, called once for each distinct value."""
    known = {value: bool(test(value)) for value in values.dropna().unique()}  # type: ignore[operator]
    return values.map(known).fillna(False).astype(bool)


# --- addresses -----------------------------------------------------------------------------------


def _natures(
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    owner: Owner,
    by_signs: pd.Series,
    answered: set[str],
) -> pd.Series:
    import pandas as pd  # noqa: PLC0415

    addresses = pd.concat(
        [messages["from_address"], messages["sender_address"], recipients["address"]]
    ).dropna()
    found = pd.Series("human", index=pd.Index(sorted(set(addresses) - {""})), dtype="str")
    mail = found.index[found.index.str.contains("@")]
    senders = _senders(messages, by_signs)
    robots = _robots(mail, senders, messages, recipients, owner)
    found.loc[mail.intersection(sorted(_role_addresses(mail, senders)))] = "role"
    found.loc[mail.intersection(sorted(robots - answered))] = "robot"
    found.loc[mail.intersection(sorted(_lists(messages, recipients, owner, senders)))] = "list"
    found.loc[found.index.isin(owner.aliases)] = "human"
    return found


def _senders(messages: pd.DataFrame, by_signs: pd.Series) -> pd.DataFrame:
    """One row per sending address: n, n_automated, names (distinct display names)."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(
        {
            "address": messages["from_address"],
            "name": messages["from_name"].fillna(""),
            "automated": by_signs.astype("int64"),
        }
    )
    grouped = frame[frame["address"].fillna("").str.contains("@")].groupby("address")
    return pd.DataFrame(
        {
            "n": grouped.size(),
            "n_automated": grouped["automated"].sum(),
            "names": grouped["name"].unique(),
        }
    )


def _people_named(names: object) -> list[Name]:
    """The full personal names among display names, one per person as far as spelling goes."""
    full = {name.key: name for name in map(read, names) if name.is_full}  # type: ignore[call-overload]
    return list(full.values())


def _robots(
    mail: pd.Index,
    senders: pd.DataFrame,
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    owner: Owner,
) -> set[str]:
    own = messages.loc[messages["from_address"].isin(owner.aliases), "key"]
    written = set(recipients.loc[recipients["key"].isin(own), "address"])
    replies = messages[_has(messages["automated_signs"], AUTOMATIC)]
    away = replies["from_address"].value_counts().reindex(senders.index, fill_value=0)
    # an out-of-office answer says nothing of somebody the owner wrote to
    away = away.where(senders.index.isin(written), 0)
    counted = senders["n"] - away
    share = (senders["n_automated"] - away) / counted.where(counted > 0)
    by_mail = set(map(str, senders.index[share >= ROBOT_SHARE]))
    relays = {
        str(address)
        for address, names in senders["names"].items()
        if len(names) > 1 and _is_relay([read(name) for name in names])
    }
    by_word = {a for a in mail if local.asks_for_no_reply(a) or _is_machine(a)}
    single = {
        address
        for address in by_mail & written
        if len(_people_named(senders.loc[address, "names"])) == 1 and address not in by_word
    }
    return (by_mail - single) | relays | by_word


def _is_machine(address: str) -> bool:
    words = local.words(address)
    return bool(words) and (words[0] in MACHINES or words[-1] in MACHINES - GROUPS)


def _is_relay(names: list[Name]) -> bool:
    relayed = sum(name.kind is Kind.RELAYED for name in names)
    people = {name.key for name in names if name.is_full}
    return relayed > len(names) / 2 or len(people) > MAX_NAMES


def _role_addresses(mail: pd.Index, senders: pd.DataFrame) -> set[str]:
    """Addresses of a duty or of nobody, those left out that one person evidently uses alone."""
    found = {address for address in mail if _is_role(address)}
    return {
        address
        for address in found
        if address not in senders.index or not _is_personal(address, senders.loc[address])
    }


def _is_role(address: str) -> bool:
    words = local.words(address)
    if not words:
        return False
    together = "".join(words)
    if together in ROLES | NOBODY or all(word in IMPERSONAL for word in words):
        return True
    return (words[0] in ROLES and len(words) <= 3) or address.endswith(("@localhost", ".invalid"))


def _is_personal(address: str, sender: pd.Series) -> bool:
    """Whether one person alone sends from it: by the domain's name, or often and always."""
    people = _people_named(sender["names"])
    if len(people) != 1:
        return False
    name = people[0]
    family = name.family.replace(" ", "")
    domain = fold(address.rpartition("@")[2].rpartition(".")[0]).replace(" ", "")
    if len(family) >= 4 and family in domain:
        return True
    spelt = set(local.words(address)) <= NOBODY  # me@, mail@
    return spelt or (len(sender["names"]) == 1 and sender["n"] >= OWN_NAME_MESSAGES)


def _lists(
    messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner, senders: pd.DataFrame
) -> set[str]:
    """Addresses that stand for several people."""
    addressed = recipients[~recipients["address"].isin(owner.aliases)]
    addressed = addressed[addressed["address"].fillna("").str.contains("@")]
    silent = addressed[~addressed["address"].isin(senders.index)]
    through = messages.loc[messages["list_id"].notna(), ["key", "list_id"]]
    ids = set(through["list_id"])
    as_id = addressed["address"].drop_duplicates()
    named = {a for a in as_id if a in ids or a.replace("@", ".") in ids}
    by_word = {a for a in silent["address"].unique() if "=" not in a and _is_group(a)}
    return (
        named | by_word | _in_most_posts(through, silent) | _arrivals(messages, recipients, owner)
    )


def _is_group(address: str) -> bool:
    return bool(GROUPS.intersection(local.words(address)))


def _in_most_posts(through: pd.DataFrame, silent: pd.DataFrame) -> set[str]:
    """Silent addresses that stand in most messages of a list."""
    size = through["list_id"].value_counts()
    both = silent[["key", "address"]].drop_duplicates().merge(through, on="key")
    count = both.groupby(["list_id", "address"]).size()
    share = count / size.reindex(count.index.get_level_values(0)).to_numpy()
    return set(count.index[(share >= 0.6) & (count >= MIN_POSTERS)].get_level_values(1))


def _arrivals(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> set[str]:
    """Silent addresses through which several people's mail reached the owner, who is not named."""
    if not owner.addresses:
        return set()
    named = set(recipients.loc[recipients["address"].isin(owner.addresses), "key"])
    sole = recipients[~recipients["key"].isin(named)]
    sole = sole[~sole["key"].duplicated(keep=False)]
    own_or_other = owner.addresses | owner.other_senders
    received = messages[
        ~messages["from_address"].isin(own_or_other) & ~messages["box"].isin(["sent", "draft"])
    ]
    pairs = sole.merge(received[["key", "from_address"]], on="key")
    pairs = pairs[~pairs["address"].isin(messages["from_address"])]
    senders = pairs.groupby("address")["from_address"].nunique()
    found = senders.index[senders >= MIN_POSTERS]
    return {address for address in found if local.read(address) is None}
