"""What the archive's records say of two aliases: one person's, not one's, or seen together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from netaudit.names.words import IMPERSONAL
from netaudit.people import mentions
from netaudit.people.decisions import Decisions
from netaudit.people.scoring import MAX_ODDS, Base, Match, Together

if TYPE_CHECKING:
    import numpy as np
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

        from netaudit import lookup  # noqa: PLC0415  (with pandas)

        messages, recipients = tables["messages"], tables["recipients"]
        known = pd.Index(sorted(aliases), dtype="str")
        self._code = {alias: code for code, alias in enumerate(known)}
        self._is_sole = messages["n_recipients"].eq(1).to_numpy()
        message = lookup.positions(recipients["key"], messages["key"])
        to = lookup.positions(recipients["address"], known)
        sender = lookup.positions(messages["from_address"], known)
        # Sets are made when asked for: a pair's neighbours have mostly one alias in common with it.
        remembered = lru_cache(REMEMBERED)
        self._received = remembered(_by_alias(to, message, len(known)))
        self._sent = remembered(_by_alias(sender, np.arange(len(sender)), len(known)))

    def __call__(self, one: str, other: str) -> Together:
        """How two aliases occur together."""
        first, second = self._code[one], self._code[other]
        mine, theirs = self._received(first), self._received(second)
        to_other = self._sent(first) & theirs
        to_one = self._sent(second) & mine
        alone = {message for message in to_other | to_one if self._is_sole[message]}
        return Together(len(mine & theirs), len(to_other - alone), len(to_one - alone), len(alone))


REMEMBERED = 4096
"""Aliases of which the messages are kept as sets, a hundred bytes each."""


def _by_alias(
    alias: np.ndarray, message: np.ndarray, count: int
) -> Callable[[int], frozenset[int]]:
    """The messages of an alias, by its number; pairs with -1 for either count nowhere."""
    import numpy as np  # noqa: PLC0415

    known = np.flatnonzero((alias >= 0) & (message >= 0))
    known = known[np.argsort(alias[known], kind="stable")]
    ordered = message[known].astype(np.int32)
    starts = np.searchsorted(alias[known], np.arange(count + 1))

    def of(code: int) -> frozenset[int]:
        return frozenset(ordered[starts[code] : starts[code + 1]].tolist())

    return of
