"""The mail of a box, as far as it tells whose it is: who stands in which message, and how.

Messages and addresses are numbers here; a text is looked at once for each distinct value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import lookup
from netaudit.model import JOIN
from netaudit.names import local
from netaudit.names.reading import Kind, Name, read

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LEFT_OUT = ("spam", "draft", "chat")
FROM, TO, DELIVERED = range(3)


@dataclass(frozen=True)
class Box:
    """The mail of a box; spam, drafts and chats are left out.

    Attributes:
        n_messages: messages in it.
        list_share: share of messages that came through the most frequent list.
        has_sent: some messages are labelled as sent.
        counts: one row per address, sorted: n (messages), n_from, n_to, n_delivered, n_sent
            (messages from it that are labelled as sent).
        mentions: distinct `message`, `address` (row in `counts`), `how` (FROM, TO or DELIVERED).
        is_sent: which messages are labelled as sent.
        named: `address` (row in `counts`), `name`: display names, most frequent first, the
            sender's own before others'; sorted by address.
    """

    n_messages: int
    list_share: float
    has_sent: bool
    counts: pd.DataFrame
    mentions: pd.DataFrame
    is_sent: np.ndarray
    named: pd.DataFrame

    @property
    def correspondents(self) -> pd.Index:
        """Every address that stands in a From, To, Cc or Bcc."""
        return self.counts.index[lookup.distinct(self.named["address"].to_numpy())]

    def names(self, address: str) -> list[Name]:
        """Personal names of a correspondent, the surest first; last the one the address spells."""
        code = self.counts.index.get_indexer(pd.Index([address]))[0]
        first, last = np.searchsorted(self.named["address"], [code, code + 1])
        if code < 0 or first == last:
            return []
        texts = self.named["name"].iloc[first:last]
        found = [name for name in map(read, texts) if name.kind in (Kind.PERSON, Kind.PART)]
        spelt = local.read(address)
        return [*dict.fromkeys(found), *([spelt] if spelt else [])]

    def variety(self, address: str) -> int:
        """How many addresses stand in mail with this one."""
        beside = ~self._without({address})[self.mentions["message"]]
        return int(self.mentions.loc[beside, "address"].nunique())

    def unexplained(self, known: Collection[str]) -> pd.DataFrame:
        """Addresses with mail that no known address stands in.

        Returns:
            The rows of `counts` with `n_alone` and `n_sent_alone`, messages without a known
            address, and `share`, of the address's mail.
        """
        rest = self.rest(known)
        count = len(self.counts)
        distinct = _once(rest, count)
        sent = rest[rest["how"].eq(FROM) & self.is_sent[rest["message"]]]
        alone = np.bincount(distinct["address"], minlength=count)
        frame = self.counts.assign(
            n_alone=alone, n_sent_alone=np.bincount(sent["address"], minlength=count)
        )[alone > 0]
        return frame.assign(share=frame["n_alone"] / frame["n"])

    def rest(self, known: Collection[str]) -> pd.DataFrame:
        """The mentions in messages that no known address stands in."""
        return self.mentions[self._without(known)[self.mentions["message"]]]

    def _without(self, known: Collection[str]) -> np.ndarray:
        """Which messages none of the addresses stands in."""
        codes = self.counts.index.get_indexer(pd.Index(sorted(known)))
        is_known = np.zeros(len(self.counts), dtype=bool)
        is_known[codes[codes >= 0]] = True
        without = np.ones(self.n_messages, dtype=bool)
        without[self.mentions["message"][is_known[self.mentions["address"]]]] = False
        return without


def of(tables: Mapping[str, pd.DataFrame]) -> Box:
    """The box of stored tables (model.STORED names -> frames)."""
    messages = tables["messages"]
    messages = messages[messages["channel"].eq("mail") & ~messages["box"].isin(LEFT_OUT)]
    recipients = tables["recipients"]
    place = lookup.positions(recipients["key"], messages["key"])
    recipients, place = recipients[place >= 0], place[place >= 0]
    count = len(messages)
    delivered_to, delivered = lookup.split(messages["delivered_to"], JOIN)
    parts = [messages["from_address"], recipients["address"], delivered]
    codes, addresses = pd.factorize(pd.concat(parts, ignore_index=True), sort=True)
    mentions = _mentions(
        codes,
        addresses,
        message=np.concatenate([np.arange(count), place, delivered_to]),
        how=np.repeat([FROM, TO, DELIVERED], list(map(len, parts))),
    )
    is_sent = messages["box"].eq("sent").to_numpy()
    through = messages["list_id"].value_counts()
    names = pd.concat([messages["from_name"], recipients["name"]], ignore_index=True)
    return Box(
        n_messages=count,
        list_share=float(through.iloc[0]) / count if len(through) else 0.0,
        has_sent=bool(is_sent.any()),
        counts=_counts(mentions, pd.Index(addresses, name="address"), is_sent),
        mentions=mentions,
        is_sent=is_sent,
        named=_named(codes[: len(names)], names, own=np.arange(len(names)) < count),
    )


def _mentions(
    codes: np.ndarray, addresses: pd.Index, *, message: np.ndarray, how: np.ndarray
) -> pd.DataFrame:
    """Distinct mentions of what is an address, as one number each: much faster than columns."""
    is_address = np.append(addresses.str.contains("@", regex=False), False)[codes]
    width = max(len(addresses), 1)
    packed = lookup.distinct(
        ((how * (message.max(initial=0) + 1) + message) * width + codes)[is_address]
    )
    rest, address = np.divmod(packed, width)
    how, message = np.divmod(rest, message.max(initial=0) + 1)
    return pd.DataFrame({"message": message, "address": address, "how": how})


def _counts(mentions: pd.DataFrame, addresses: pd.Index, is_sent: np.ndarray) -> pd.DataFrame:
    def by_address(rows: pd.DataFrame) -> np.ndarray:
        return np.bincount(rows["address"], minlength=len(addresses))

    how = {kind: mentions[mentions["how"] == kind] for kind in (FROM, TO, DELIVERED)}
    return pd.DataFrame(
        {
            "n": by_address(_once(mentions, len(addresses))),
            "n_from": by_address(how[FROM]),
            "n_to": by_address(how[TO]),
            "n_delivered": by_address(how[DELIVERED]),
            "n_sent": by_address(how[FROM][is_sent[how[FROM]["message"]]]),
        },
        index=addresses,
    )


def _once(mentions: pd.DataFrame, width: int) -> pd.DataFrame:
    """Each address once a message."""
    packed = lookup.distinct((mentions["message"] * width + mentions["address"]).to_numpy())
    message, address = np.divmod(packed, max(width, 1))
    return pd.DataFrame({"message": message, "address": address})


def _named(codes: np.ndarray, names: pd.Series, own: np.ndarray) -> pd.DataFrame:
    """The distinct names of each address in their order."""
    texts, distinct = pd.factorize(names.fillna(""), sort=True)
    packed = ((codes * max(len(distinct), 1) + texts) * 2 + own)[codes >= 0]
    packed, size = np.unique(packed, return_counts=True)
    rest, own = np.divmod(packed, 2)
    address, text = np.divmod(rest, max(len(distinct), 1))
    order = np.lexsort((text, -size, -own, address))
    return pd.DataFrame(
        {"address": address[order], "name": pd.Series(distinct, dtype="str").array[text[order]]}
    )
