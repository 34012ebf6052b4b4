"""The mail as numbers: rows of messages and places in one list of addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from netaudit import lookup

if TYPE_CHECKING:
    from netaudit.owner import Owner


@dataclass(frozen=True)
class Mail:
    """Messages and recipients, addresses as their place in `addresses`, -1 for none.

    Attributes:
        messages: model.MESSAGES.
        owner: whose archive it is.
        addresses: every address that sends or is addressed, distinct, sorted.
        sender: of each message.
        message: the row in `messages` of each recipient.
        to: the address of each recipient.
    """

    messages: pd.DataFrame
    owner: Owner
    addresses: pd.Index
    sender: np.ndarray
    message: np.ndarray
    to: np.ndarray

    @classmethod
    def of(cls, messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> Self:
        """The mail of model.MESSAGES and model.RECIPIENTS of them."""
        columns = [messages["from_address"], recipients["address"], messages["sender_address"]]
        codes, addresses = pd.factorize(
            pd.concat(columns, ignore_index=True).replace("", None), sort=True
        )
        count = len(messages)
        message = lookup.positions(recipients["key"], messages["key"])
        to = codes[count : count + len(recipients)]
        named = (message >= 0) & (to >= 0)
        found = pd.Index(addresses, dtype="str")
        return cls(messages, owner, found, codes[:count], message[named], to[named])

    def are(self, values: Iterable[str]) -> np.ndarray:
        """Which addresses are among the given ones."""
        found = np.zeros(len(self.addresses), dtype=bool)
        places = self.addresses.get_indexer(pd.Index(sorted(values), dtype="str"))
        found[places[places >= 0]] = True
        return found

    def each(self, test: Callable[[str], object]) -> np.ndarray:
        """A test of every address."""
        return np.fromiter((bool(test(a)) for a in self.texts), bool, len(self.texts))

    def of_sender(self, flags: np.ndarray) -> np.ndarray:
        """What holds of the sender of each message; False for none."""
        found: np.ndarray = np.append(flags, False)[self.sender]
        return found

    def senders(self, messages: np.ndarray) -> np.ndarray:
        """How many of the messages each address sent; bool by message."""
        sent = self.sender[messages & (self.sender >= 0)]
        return np.bincount(sent, minlength=len(self.addresses))

    def addressed(self, recipients: np.ndarray) -> np.ndarray:
        """Which addresses are among the recipients; bool by recipient."""
        return np.bincount(self.to[recipients], minlength=len(self.addresses)) > 0

    @cached_property
    def texts(self) -> list[str]:
        """The addresses as a list: to take one out of the index takes twenty times as long."""
        return self.addresses.tolist()

    @property
    def is_own(self) -> np.ndarray:
        """Which addresses are the owner's."""
        return self.are(self.owner.aliases)

    @property
    def is_mail(self) -> np.ndarray:
        """Which addresses are mail addresses, not profiles or names."""
        return self.each(lambda address: "@" in address)


def distinct_pairs(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct pairs of numbers of at least 0, sorted."""
    width = int(right.max(initial=0)) + 1
    return np.divmod(lookup.distinct(left.astype(np.int64) * width + right), width)
