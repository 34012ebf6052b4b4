"""What no person wrote, and which addresses are no person's.

A message is automated when its headers or its sender's address say so (docs/methods.md), unless
the owner once wrote to that address and a person answered. What people post to a discussion list
is a person's, though not direct. An address is a human's, a robot's, a list's or a role's
(info@, sales@: whoever is on duty).

mail.py      the mail as numbers
signs.py     which messages are automated
answers.py   to whom the owner wrote, and a person answered
natures.py   whose the addresses are
repeats.py   who says the same again and again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
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


def classify(
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    owner: Owner,
    said: Mapping[str, str] | None = None,
) -> Robots:
    """Automated messages and the natures of addresses.

    Args:
        messages: model.MESSAGES, cut at as-of.
        recipients: model.RECIPIENTS of them.
        owner: whose archive it is.
        said: address -> human or robot, where the owner said so. Of an address said to be a
            human's only what a machine answered (out of office) is automated.
    """
    mail = Mail.of(messages, recipients, owner)
    answered = answers.answered(mail)
    by_signs = signs.automated(mail, answered)
    found = of_addresses.natures(mail, by_signs, answered)
    by_signs = _corrected(mail, by_signs, found, said or {})
    from_robot = mail.of_sender(found.eq("robot").to_numpy())
    return Robots(
        pd.Series(by_signs | from_robot, index=messages.index),
        found,
        frozenset(mail.addresses[answered]),
    )


def _corrected(
    mail: Mail, by_signs: np.ndarray, found: pd.Series, said: Mapping[str, str]
) -> np.ndarray:
    """The automated messages, and `found`, the natures, as the owner said."""
    known = {
        a: nature for a, nature in said.items() if a in found.index and a not in mail.owner.aliases
    }
    found.loc[list(known)] = list(known.values())
    human = mail.of_sender(mail.are(a for a, nature in known.items() if nature == "human"))
    by_machine = signs.has(mail.messages["automated_signs"], signs.AUTOMATIC)
    corrected: np.ndarray = by_signs & ~(human & ~by_machine)
    return corrected


def automated(
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    owner: Owner,
    said: Mapping[str, str] | None = None,
) -> pd.Series:
    """Which messages no person wrote: bool by the index of messages."""
    return classify(messages, recipients, owner, said).automated


def natures(
    messages: pd.DataFrame,
    recipients: pd.DataFrame,
    owner: Owner,
    said: Mapping[str, str] | None = None,
) -> pd.Series:
    """The nature of every sender and recipient: address -> human, robot, list or role."""
    return classify(messages, recipients, owner, said).natures
