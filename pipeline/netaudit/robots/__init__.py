"""What no person wrote, and which addresses are no person's.

A message is automated when its headers or its sender's address say so (docs/methods.md), unless
the owner once wrote to that address and a person answered. What people post to a discussion list
is a person's, though not direct. An address is a human's, a robot's, a list's or a role's
(info@, sales@: whoever is on duty).

mail.py      the mail as numbers
signs.py     which messages are automated
answers.py   to whom the owner wrote, and a person answered
natures.py   whose the addresses are
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netaudit.robots import answers, signs
from netaudit.robots import natures as of_addresses
from netaudit.robots.mail import Mail

if TYPE_CHECKING:
    from netaudit.owner import Owner


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
    mail = Mail.of(messages, recipients, owner)
    answered = answers.answered(mail)
    by_signs = signs.automated(mail, answered)
    found = of_addresses.natures(mail, by_signs, answered)
    from_robot = mail.of_sender(found.eq("robot").to_numpy())
    return Robots(
        pd.Series(by_signs | from_robot, index=messages.index),
        found,
        frozenset(mail.addresses[answered]),
    )


def automated(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> pd.Series:
    """Which messages no person wrote: bool by the index of messages."""
    return classify(messages, recipients, owner).automated


def natures(messages: pd.DataFrame, recipients: pd.DataFrame, owner: Owner) -> pd.Series:
    """The nature of every sender and recipient: address -> human, robot, list or role."""
    return classify(messages, recipients, owner).natures
