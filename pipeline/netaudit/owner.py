"""Whose archive it is: found from the mail, overruled by the settings.

The owner is the one who stands in nearly every message of the box: as the sender of what was
sent, as a recipient or in Delivered-To of what came in. Further addresses of the owner's explain
the messages that the first one does not, and agree with the owner's name. Someone with another
name who sends from the box (an assistant) is not the owner.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from netaudit import box as boxes
from netaudit.box import Box
from netaudit.names import local
from netaudit.names.compare import Agreement, compare
from netaudit.names.local import Spelling
from netaudit.names.reading import Name, read
from netaudit.names.showing import shown
from netaudit.names.words import GROUPS, ROLES
from netaudit.settings import Owner as OwnerSettings

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.archive import Store
    from netaudit.settings import Settings

MIN_COVERAGE = 0.35
"""The owner's first address stands in at least this share of the box's mail."""
MARGIN = 1.25
"""...and in so many times more than the second candidate's does."""
MIN_UNEXPLAINED = 0.6
"""A further address: share of its mail that no known address of the owner's explains."""
LIST_SHARE = 0.8
"""A box with so much of its mail through one list is a list's archive."""
SENDER_SHARE = 0.02
"""Someone who sends this share of what goes out of the box is told to the user."""
MIN_REACHED = 20
"""Somebody sends from the box who sends so many messages from it, to so many people."""


@dataclass(frozen=True)
class Naming:
    """How whoever reads a doubt names an owner.

    Attributes:
        option: of the command line.
        your: "your" or "the owner's", before a noun.
        yours: the same alone.
        more: what to do when `{address}` is the owner's as `{known}` is.
    """

    option: str
    your: str
    yours: str
    more: str


MYSELF = Naming("--me", "your", "yours", "add --me {address} to --me {known}")
LISTED = Naming("--owners", "the owner's", "the owner's", "list it beside {known} with --owners")
"""Of many people's exports, whose owners a file lists."""


@dataclass(frozen=True)
class Owner:
    """Whose archive it is.

    Attributes:
        addresses: the owner's mail addresses, lower case; empty when the data do not tell.
        profiles: canonical LinkedIn profiles.
        name: best display name.
        doubts: lines for the user: what is unclear, and the cure.
        other_senders: addresses of other people that send from the box.
        naming: in whose words the doubts are.
    """

    addresses: frozenset[str]
    profiles: frozenset[str]
    name: str
    doubts: tuple[str, ...] = ()
    other_senders: frozenset[str] = frozenset()
    naming: Naming = MYSELF

    @property
    def aliases(self) -> frozenset[str]:
        """Addresses and profiles together."""
        return self.addresses | self.profiles


def with_told(settings: Settings, store: Store) -> Settings:
    """The settings with the addresses given when ingesting, unless they name any themselves."""
    if settings.owner.me or not store.me:
        return settings
    return dataclasses.replace(settings, owner=dataclasses.replace(settings.owner, me=store.me))


def find(
    tables: Mapping[str, pd.DataFrame], settings: OwnerSettings, naming: Naming = MYSELF
) -> Owner:
    """Whose archive it is.

    Args:
        tables: stored tables, cut at as-of.
        settings: `me` are the owner's for sure: the box's other addresses are the owner's only
            where they agree with them. `not_me` never are.
        naming: how an owner is named where there is doubt.

    Returns:
        the owner; without addresses and with a doubt where the data do not tell.
    """
    box = boxes.of(tables)
    owned = _owned(tables["owned"])
    told = _lower(settings.me)
    excluded = _lower(settings.not_me)
    doubts = [
        f"{naming.option} {a}: no mail of the archive has it"
        for a in sorted(told.difference(box.correspondents))
    ]
    known = told | owned["address"]
    if not known:
        first, why = _first_address(box, excluded, naming)
        if not first:
            profiles = owned["profile"]
            return Owner(
                frozenset(), frozenset(profiles), _first(owned["name"]), (why,), naming=naming
            )
        known, doubts = {first}, [why] if why else []
    elif not told:
        known = _with_first(box, known, excluded)
    name = _name(box, known, owned["name"])
    known, others = _further(box, known - excluded, name, excluded)
    name = _name(box, known, owned["name"]) or name
    doubts += _on_others(box, others, known, naming)
    return Owner(
        frozenset(known),
        frozenset(owned["profile"]),
        shown(name.text) if name else next(iter(sorted(known)), ""),
        tuple(doubts),
        frozenset(others),
        naming,
    )


def _lower(values: tuple[str, ...]) -> set[str]:
    return {value.strip().lower() for value in values if value.strip()}


def _first(values: set[str]) -> str:
    return min(values, default="")


def _owned(rows: pd.DataFrame) -> dict[str, set[str]]:
    return {
        kind: set(rows.loc[rows["kind"] == kind, "value"].dropna())
        for kind in ("address", "profile", "name")
    }


# --- the first address ---------------------------------------------------------------------------


def _first_address(box: Box, excluded: set[str], naming: Naming) -> tuple[str, str]:
    """The address that the box is most surely of, or nothing; and what is in doubt."""
    cure = f"name {naming.your} address with {naming.option}"
    if not box.n_messages:
        return "", f"there is no mail that tells whose archive it is: {cure}"
    rows = box.counts[~box.counts.index.isin(excluded)]
    rows = rows[[not _is_impersonal(address) for address in rows.index.tolist()]]
    if box.list_share >= LIST_SHARE:
        rows = rows[(rows["n_sent"] > 0) | ((rows["n_delivered"] > 0) & (rows["n_from"] > 0))]
        if rows.empty:
            return "", (
                "this looks like the archive of a mailing list, which has no owner: "
                f"name the address it shall be looked at from with {naming.option}"
            )
    weight = _by_address(rows["n"] + rows["n_delivered"] + 2 * rows["n_sent"])
    order = sorted(weight, key=lambda address: (-weight[address], address))
    if not order or _by_address(rows["n"])[order[0]] < MIN_COVERAGE * box.n_messages:
        return "", f"no address stands in most of the mail: {cure}"
    first = order[0]
    rival = next((a for a in order[1:] if not _agree(box, first, a)), None)
    if rival is None or weight[first] >= MARGIN * weight[rival]:
        return first, ""
    if box.variety(first) > box.variety(rival):
        return first, (
            f"{first} may not be {naming.yours} ({rival} stands in as much mail): "
            f"say it with {naming.option}"
        )
    return "", f"either {first} or {rival} is {naming.yours}: {cure}"


def _by_address(counts: pd.Series) -> dict[str, int]:
    # (`dict` of a series looks every value up)
    return dict(zip(counts.index.tolist(), counts.tolist(), strict=True))


def _is_impersonal(address: str) -> bool:
    return local.asks_for_no_reply(address)


def _with_first(box: Box, owned: set[str], excluded: set[str]) -> set[str]:
    """Addresses a LinkedIn export names, and the box's own where its mail knows none of them."""
    if owned.intersection(box.correspondents):
        return owned
    first, why = _first_address(box, excluded, MYSELF)
    return owned | {first} if first and not why else owned


_Rows = dict[str, dict[str, float]]

# --- further addresses ---------------------------------------------------------------------------


def _name(box: Box, known: set[str], stated: set[str]) -> Name | None:
    """The owner's name: as an export states it, else the fullest that own mail bears most."""
    for text in sorted(stated):
        if read(text).is_full:
            return read(text)
    rows = box.counts.reindex(sorted(known)).dropna()
    order = sorted(rows.index, key=lambda address: (-rows.loc[address, "n"], address))
    names = [name for address in order for name in box.names(address)]
    full = [name for name in names if name.is_full]
    spelt = next((n for n in full if len(n.given) > 1), next(iter(full), None))
    return spelt or _name_behind_login(box, known) or next(iter(names), None)


def _name_behind_login(box: Box, known: set[str]) -> Name | None:
    """The name behind `jdoe@`: of the colleague's address that explains the most other mail."""
    rows = box.unexplained(known)
    often = rows["n_alone"] >= 0.02 * box.n_messages
    rows = rows[often & (rows["share"] >= MIN_UNEXPLAINED) & ~rows.index.isin(known)]
    alone = _by_address(rows["n_alone"])
    for address in sorted(alone, key=lambda a: (-alone[a], a)):
        for name in box.names(address):
            if any(_is_login(login, address, name) for login in known):
                return name
    return None


def _is_login(login: str, address: str, name: Name) -> bool:
    """Whether the name's owner may have both addresses: `jdoe@` and `jane.doe@` of one domain."""
    at_home = local.organisation(login)
    return (
        bool(at_home)
        and at_home == local.organisation(address)
        and name.is_full
        and local.spelling(login, name) in (Spelling.FULL, Spelling.INITIAL)
    )


def _further(
    box: Box, known: set[str], name: Name | None, excluded: set[str]
) -> tuple[set[str], set[str]]:
    """All addresses of the owner's, and those of others who send from the box."""
    mailboxes = {local.mailbox(address) for address in known}
    known = known | {
        a for a in box.correspondents if local.mailbox(a) in mailboxes and a not in excluded
    }
    others: set[str] = set()
    for _ in range(3):  # an address that is found explains mail, and may bring a fuller name
        rows = box.unexplained(known)
        rows = rows[(rows["share"] >= MIN_UNEXPLAINED) | (rows["n_sent"] > 0)]
        verdicts = {
            address: _verdict(box, address, known, name, row)
            for address, row in cast("_Rows", rows.to_dict("index")).items()
            if address not in known and address not in excluded
        }
        others |= {address for address, verdict in verdicts.items() if verdict is False}
        added = {address for address, verdict in verdicts.items() if verdict}
        if not added:
            break
        known = known | added
        name = _name(box, known, {name.text} if name and name.is_full else set()) or name
    return known, (others | _send_unlabelled(box, known, name)) - known - excluded


def _send_unlabelled(box: Box, known: set[str], name: Name | None) -> set[str]:
    """People with other names who write to many others past the owner, in a box without labels."""
    if box.has_sent:
        return set()
    rest = box.rest(known)
    senders = rest.loc[rest["how"].eq(boxes.FROM), ["message", "address"]]
    often = senders["address"].value_counts()
    often = often[often >= max(MIN_REACHED, SENDER_SHARE * box.n_messages)]
    senders = senders[senders["address"].isin(often.index)]
    to = rest.loc[rest["how"].eq(boxes.TO), ["message", "address"]]
    reached = senders.merge(to, on="message", suffixes=("", "_to"))
    variety = reached.groupby("address")["address_to"].nunique()
    return {
        address
        for address in box.counts.index[variety.index[variety >= MIN_REACHED]]
        if _agrees_with(box, address, known, name) is Agreement.CONFLICT
    }


def _verdict(
    box: Box, address: str, known: set[str], name: Name | None, row: Mapping[str, float]
) -> bool | None:
    """True: the owner's; False: somebody else who sends from the box; None: neither."""
    if local.asks_for_no_reply(address) or set(local.words(address)) & (ROLES | GROUPS):
        return None
    agreement = _agrees_with(box, address, known, name)
    if agreement is Agreement.SAME and row["share"] >= MIN_UNEXPLAINED:
        return True
    if agreement is Agreement.PART and row["share"] >= MIN_UNEXPLAINED:
        return True
    if row["n_sent"]:
        if agreement is Agreement.CONFLICT:
            return False
        return True if row["n_sent_alone"] >= max(2, 0.5 * row["n_from"]) else None
    return None


def _agrees_with(box: Box, address: str, known: set[str], name: Name | None) -> Agreement:
    """SAME: the owner's full name; PART: what the owner's own domain leaves of it; or neither."""
    if name is None:
        return Agreement.UNKNOWN
    home = {local.organisation(own) for own in known} - {""}
    at_home = local.organisation(address) in home
    kinds = {compare(name, other) for other in box.names(address)}
    spelt = local.spelling(address, name)
    if kinds & {Agreement.SAME, Agreement.FORM} or spelt is Spelling.FULL:
        return Agreement.SAME
    if Agreement.CONFLICT in kinds and Agreement.INITIAL not in kinds:
        return Agreement.CONFLICT
    weak = Agreement.INITIAL in kinds or spelt in (Spelling.INITIAL, Spelling.FAMILY)
    return Agreement.PART if weak and at_home else Agreement.UNKNOWN


def _agree(box: Box, one: str, other: str) -> bool:
    """Whether two addresses may be one person's, by name, spelling or mailbox."""
    if local.mailbox(one) == local.mailbox(other):
        return True
    names, others = box.names(one), box.names(other)
    kinds = {compare(a, b) for a in names for b in others}
    if kinds & {Agreement.SAME, Agreement.FORM, Agreement.INITIAL}:
        return True
    close = (Spelling.FULL, Spelling.INITIAL)
    return any(local.spelling(one, name) in close for name in others if name.is_full) or any(
        local.spelling(other, name) in close for name in names if name.is_full
    )


def _on_others(box: Box, others: set[str], known: set[str], naming: Naming) -> list[str]:
    """What the user is told of people who send from the box."""
    sent = _by_address(box.counts["n_sent" if box.has_sent else "n_from"])
    out = int(box.counts["n_sent"].sum())
    told = []
    for address in sorted(others, key=lambda a: (-sent[a], a)):
        n = sent[address]
        if n >= SENDER_SHARE * out:
            told.append(
                f"{address} sends from this box too ({n} messages) and is taken for somebody "
                f"else: if it is {naming.yours}, "
                + naming.more.format(address=address, known=min(known))
            )
    return told
