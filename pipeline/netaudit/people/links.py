"""What the archive's records say of two aliases: one person's, not one's, or seen together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from netaudit.names.words import IMPERSONAL
from netaudit.people import mentions
from netaudit.people.decisions import Decisions
from netaudit.people.scoring import MAX_ODDS, Base, Match, Together

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.owner import Owner

MAX_CONTACT_ADDRESSES = 6
"""An entry of an address book with more addresses is a group's."""


def stated(
    tables: Mapping[str, pd.DataFrame], owner: Owner, decisions: Decisions, known: set[str]
) -> list[Match]:
    """Pairs that are one person's because the owner or a record says so, the surest first.

    Args:
        tables: stored tables.
        owner: whose addresses and profiles are one person's.
        decisions: what the owner said.
        known: aliases in the archive; others are left out.
    """
    own = sorted(owner.aliases & known)
    rows = [(pair, "you said so") for pair in decisions.must_link()]
    rows += [((own[0], alias), "yours") for alias in own[1:]]
    rows += [(pair, "one LinkedIn connection") for pair in _connections(tables["connections"])]
    rows += [(pair, "one entry of the address book") for pair in _contacts(tables["contacts"])]
    return [
        Match(one, other, MAX_ODDS, Base.MAILBOX, (why,))
        for (one, other), why in rows
        if one != other and one in known and other in known
    ]


def apart(owner: Owner, decisions: Decisions) -> list[tuple[str, str]]:
    """Pairs that are not one person's: decisions, and those who send from the owner's box."""
    senders = sorted(owner.other_senders)
    return [*decisions.cannot_link(), *((o, s) for o in sorted(owner.aliases) for s in senders)]


def _connections(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """A connection's profile, address and, of an older export without profiles, its name."""
    frame = rows.assign(alias=mentions.member(rows), address=rows["address"].fillna(""))
    given = frame[frame["alias"].ne("") & frame["address"].ne("")]
    yield from zip(given["alias"], given["address"], strict=True)
    by_name = frame["alias"].str.startswith("name:")
    same_day = frame.loc[by_name, ["alias", "name", "connected_at"]].merge(
        frame.loc[~by_name & frame["alias"].ne(""), ["alias", "name", "connected_at"]],
        on=["name", "connected_at"],
    )
    pairs = same_day.drop_duplicates(["alias_x", "alias_y"])
    once = pairs[~pairs["alias_x"].duplicated(keep=False)]
    yield from zip(once["alias_x"], once["alias_y"], strict=True)


def _contacts(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Aliases in one entry of an address book; roles' addresses are left out."""
    frame = mentions.contact_aliases(rows)
    for _, aliases in frame.groupby("key")["alias"]:
        personal = [a for a in dict.fromkeys(aliases) if a.partition("@")[0] not in IMPERSONAL]
        if 1 < len(personal) <= MAX_CONTACT_ADDRESSES:
            for other in personal[1:]:
                yield personal[0], other


class Meetings:
    """How often two aliases occur in the same messages; asked pair by pair."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], aliases: set[str]) -> None:
        import numpy as np  # noqa: PLC0415
        import pandas as pd  # noqa: PLC0415

        messages, recipients = tables["messages"], tables["recipients"]
        codes = pd.Index(messages["key"])
        self._received: dict[str, set[int]] = {}
        self._sent: dict[str, set[int]] = {}
        self._sole = set(np.flatnonzero(messages["n_recipients"].eq(1).to_numpy()).tolist())
        for into, keys, addresses in (
            (self._received, recipients["key"], recipients["address"]),
            (self._sent, messages["key"], messages["from_address"]),
        ):
            wanted = addresses.isin(list(aliases))
            places = codes.get_indexer(keys[wanted])
            alias_of = addresses[wanted].array[places >= 0]
            numbers, names = pd.factorize(alias_of)
            order = np.argsort(numbers, kind="stable")
            starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
            parts = np.split(places[places >= 0][order], starts[1:])
            into.update(zip(names, (set(part.tolist()) for part in parts), strict=False))

    def __call__(self, one: str, other: str) -> Together:
        """How two aliases occur together."""
        received, sent = self._received, self._sent
        mine, theirs = received.get(one, _NEVER), received.get(other, _NEVER)
        to_other = sent.get(one, _NEVER) & theirs
        to_one = sent.get(other, _NEVER) & mine
        alone = (to_other | to_one) & self._sole
        return Together(len(mine & theirs), len(to_other - alone), len(to_one - alone), len(alone))


_NEVER: set[int] = set()
