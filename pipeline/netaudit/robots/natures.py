"""Whose an address is: a human's, a robot's, a list's, a role's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit.names import local
from netaudit.names.folding import fold
from netaudit.names.reading import Kind, Name, is_given, read
from netaudit.names.words import (
    FREE_MAIL,
    GROUPS,
    IMPERSONAL,
    LEGAL_FORMS,
    MACHINE_ENDS,
    MACHINE_HOSTS,
    MACHINES,
    NOBODY,
    ROLES,
)
from netaudit.robots.mail import distinct_pairs
from netaudit.robots.repeats import repeaters
from netaudit.robots.signs import AUTOMATIC, MIN_POSTERS, has

if TYPE_CHECKING:
    from netaudit.robots.mail import Mail

ROBOT_SHARE = 0.9
"""An address sends so much of its mail automated: it is a robot's."""
LIST_SHARE = 0.6
"""A silent address in so many of a list's messages is the list's."""
MAX_NAMES = 3
"""More full names of different people than this on one address: a relay's."""
MIN_COLLEAGUES = 5
"""A domain with so many addresses is an organisation's, not one person's."""
OWN_NAME_MESSAGES = 5
"""A role address that sends so many messages under one person's name alone is that person's."""


@dataclass(frozen=True)
class _Senders:
    """What each address sends.

    Attributes:
        n: messages.
        n_automated: automated ones by their signs.
        names: address's place -> its distinct display names; "" among them where one is missing.
    """

    n: np.ndarray
    n_automated: np.ndarray
    names: Mapping[int, list[str]]


def natures(mail: Mail, by_signs: np.ndarray, answered: np.ndarray) -> pd.Series:
    """The nature of every address.

    Args:
        mail: the mail.
        by_signs: messages that are automated by their signs.
        answered: addresses that the owner wrote to and a person answered from.

    Returns:
        address -> human, robot, list or role.
    """
    senders = _senders(mail, by_signs)
    found = np.full(len(mail.addresses), "human", dtype=object)
    is_mail = mail.is_mail
    found[is_mail & _roles(mail, senders)] = "role"
    found[is_mail & _robots(mail, senders) & ~answered] = "robot"
    found[is_mail & _lists(mail, senders)] = "list"
    found[mail.is_own] = "human"
    return pd.Series(found, index=mail.addresses, dtype="str")


def _senders(mail: Mail, by_signs: np.ndarray) -> _Senders:
    texts, distinct = pd.factorize(mail.messages["from_name"].fillna(""))
    known = mail.sender >= 0
    names: dict[int, list[str]] = {}
    pairs = distinct_pairs(mail.sender[known], texts[known])
    for address, text in zip(*(side.tolist() for side in pairs), strict=True):
        names.setdefault(address, []).append(distinct[text])
    everything = np.ones(len(mail.messages), dtype=bool)
    return _Senders(mail.senders(everything), mail.senders(by_signs), names)


def _people_named(names: Iterable[str]) -> list[Name]:
    """The full personal names among display names, one per person as far as spelling goes."""
    return list({name.key: name for name in map(read, names) if name.is_full}.values())


# --- robots --------------------------------------------------------------------------------------


def _robots(mail: Mail, senders: _Senders) -> np.ndarray:
    written = mail.addressed(mail.of_sender(mail.is_own)[mail.message])
    away = mail.senders(has(mail.messages["automated_signs"], AUTOMATIC))
    # an out-of-office answer says nothing of somebody the owner wrote to
    away = np.where(written, away, 0)
    counted = senders.n - away
    by_mail = (counted > 0) & (senders.n_automated - away >= ROBOT_SHARE * counted)
    by_word = mail.each(lambda a: local.asks_for_no_reply(a) or _is_machine(a))
    for place in np.flatnonzero(by_mail & written & ~by_word).tolist():
        by_mail[place] = len(_people_named(senders.names[place])) != 1
    relays = np.zeros(len(mail.addresses), dtype=bool)
    relays[[place for place, names in senders.names.items() if _is_relay(names)]] = True
    repeats = repeaters(mail, _unnamed(mail, senders) & ~written)
    found: np.ndarray = by_mail | relays | by_word | repeats
    return found


def _unnamed(mail: Mail, senders: _Senders) -> np.ndarray:
    """Addresses that nothing says to be a person's: no full name on them nor in them."""
    found = senders.n > 0
    for place in np.flatnonzero(found).tolist():
        address = mail.texts[place]
        spelt = local.read(address) is not None or is_given(local.letters(address))
        found[place] = not spelt and not _people_named(senders.names[place])
    return found


def _is_machine(address: str) -> bool:
    words = local.words(address)
    if not words:
        return False
    if words[0] in MACHINES or words[-1] in MACHINES - GROUPS or words[-1].endswith(MACHINE_ENDS):
        return True
    domain = address.rpartition("@")[2]
    machine = domain not in FREE_MAIL and not MACHINE_HOSTS.isdisjoint(domain.split(".")[:-2])
    return machine and local.read(address) is None


def _is_relay(texts: list[str]) -> bool:
    if len(texts) < 2:
        return False
    names = [read(text) for text in texts]
    relayed = sum(name.kind is Kind.RELAYED for name in names)
    people = {name.key for name in names if name.is_full}
    return relayed > len(names) / 2 or len(people) > MAX_NAMES


# --- roles ---------------------------------------------------------------------------------------


def _roles(mail: Mail, senders: _Senders) -> np.ndarray:
    """Addresses of a duty or of nobody, those left out that one person evidently uses alone."""
    found = mail.each(_is_role)
    for place in np.flatnonzero(found & (senders.n > 0)).tolist():
        address, names = mail.texts[place], senders.names[place]
        found[place] = not _is_personal(address, names, int(senders.n[place]))
    may_be = mail.each(_may_be_role) | _of_organisations(mail)
    for place in np.flatnonzero(may_be & ~found).tolist():
        found[place] = not _people_named(senders.names.get(place, ()))
    return found


def _is_role(address: str) -> bool:
    words = local.words(address)
    if not words:
        return False
    together = "".join(words)
    if together in ROLES | NOBODY or all(word in IMPERSONAL for word in words):
        return True
    return (words[0] in ROLES and len(words) <= 3) or address.endswith(("@localhost", ".invalid"))


def _may_be_role(address: str) -> bool:
    """A duty's address in an organisation, as long as nobody's name stands on it.

    `executive.office@`, `migration-team@`, `acme_airlines_inc@`.
    """
    words = local.words(address)
    if len(words) < 2 or is_given(words[0]) or not local.organisation(address):
        return False
    last = words[-1]
    return last in LEGAL_FORMS or (len(last) > 2 and len(words) <= 3 and last in ROLES | GROUPS)


def _of_organisations(mail: Mail) -> np.ndarray:
    """Addresses called after their domain, where several have one: `acme@acme.com`."""
    found = mail.each(lambda a: local.letters(a) == local.organisation(a).partition(".")[0] != "")
    for place in np.flatnonzero(found).tolist():
        domain = mail.texts[place].rpartition("@")[2]
        found[place] = mail.addresses.str.endswith(f"@{domain}").sum() >= MIN_COLLEAGUES
    return found


def _is_personal(address: str, names: list[str], n: int) -> bool:
    """Whether one person alone sends from it: by the domain's name, or often and always."""
    people = _people_named(names)
    if len(people) != 1:
        return False
    family = people[0].family.replace(" ", "")
    domain = fold(address.rpartition("@")[2].rpartition(".")[0]).replace(" ", "")
    if people[0].given + family == domain and not is_given(people[0].given):
        return False  # Nordhavn Energi, info@nordhavnenergi.example: a firm
    if len(family) >= 4 and family in domain:
        return True
    spelt = set(local.words(address)) <= NOBODY  # me@, mail@
    return spelt or (len(names) == 1 and n >= OWN_NAME_MESSAGES)


# --- lists ---------------------------------------------------------------------------------------


def _lists(mail: Mail, senders: _Senders) -> np.ndarray:
    """Addresses that stand for several people."""
    addressed = mail.addressed(np.ones(len(mail.to), dtype=bool)) & ~mail.is_own & mail.is_mail
    silent = addressed & (senders.n == 0)
    ids = set(mail.messages["list_id"].dropna().unique())
    by_id = mail.each(lambda a: a in ids or a.replace("@", ".") in ids)
    by_word = mail.each(lambda a: "=" not in a and _is_group(a))
    found: np.ndarray = addressed & (by_id | _arrivals(mail, senders))
    found |= silent & (by_word | _in_most_posts(mail))
    return found


def _is_group(address: str) -> bool:
    return bool(GROUPS.intersection(local.words(address)))


def _in_most_posts(mail: Mail) -> np.ndarray:
    """Addresses that stand in most messages of a list."""
    lists, names = pd.factorize(mail.messages["list_id"])
    size = np.bincount(lists[lists >= 0], minlength=len(names))
    listed = lists[mail.message] >= 0
    message, to = distinct_pairs(mail.message[listed], mail.to[listed])
    width = max(len(mail.addresses), 1)
    packed, count = np.unique(lists[message] * width + to, return_counts=True)
    in_list, address = np.divmod(packed, width)
    often = (count >= LIST_SHARE * size[in_list]) & (count >= MIN_POSTERS)
    found = np.zeros(len(mail.addresses), dtype=bool)
    found[address[often]] = True
    return found


def _arrivals(mail: Mail, senders: _Senders) -> np.ndarray:
    """Silent addresses through which several people's mail reached the owner, who is not named."""
    found = np.zeros(len(mail.addresses), dtype=bool)
    if not mail.owner.addresses:
        return found
    names_owner = np.zeros(len(mail.messages), dtype=bool)
    names_owner[mail.message[mail.are(mail.owner.addresses)[mail.to]]] = True
    alone = np.bincount(mail.message, minlength=len(mail.messages)) == 1
    sent = mail.of_sender(mail.are(mail.owner.addresses | mail.owner.other_senders))
    received = ~sent & ~mail.messages["box"].isin(["sent", "draft"]).to_numpy()
    sole = (alone & received & ~names_owner & (mail.sender >= 0))[mail.message]
    sole &= (senders.n == 0)[mail.to]
    to, _ = distinct_pairs(mail.to[sole], mail.sender[mail.message[sole]])
    places = np.flatnonzero(np.bincount(to, minlength=len(found)) >= MIN_POSTERS).tolist()
    found[[place for place in places if local.read(mail.texts[place]) is None]] = True
    return found
