"""A made-up office: three departments of six, of which sales and law never write to each other."""

from __future__ import annotations

import pandas as pd
from tests import frames

from netaudit import organisation
from netaudit.organisation import Mailbox
from netaudit.settings import Settings

NAMES = ("ada", "ben", "cem", "dua", "eve", "fin")
PEOPLE = {
    department: [f"{department[0]}{name}@office.example" for name in NAMES]
    for department in ("law", "sales", "works")
}
EVERYBODY = [address for team in PEOPLE.values() for address in team]
DEPARTMENTS = pd.Series({a: d for d, team in PEOPLE.items() for a in team}, dtype="str")


def letters(senders, receivers, day="2024-05-01", times=1):
    """Everybody of the first writes to everybody of the second, once or more."""
    return [
        (f"{a}>{b}{n}", f"{day} 10:{n:02}", a, [b])
        for a in senders for b in receivers if a != b for n in range(times)
    ]  # fmt: skip


def usual():
    """All teams write inside; law with works and sales with works; law and sales do not."""
    law, sales, works = PEOPLE.values()
    inside = [row for team in PEOPLE.values() for row in letters(team, team, times=2)]
    across = [
        *letters(law, works),
        *letters(works, law),
        *letters(sales, works),
        *letters(works, sales),
    ]
    return [*inside, *across]  # fmt: skip


def boxes(addresses=None):
    return [Mailbox(a.partition("@")[0], (a,), (), (a,)) for a in addresses or EVERYBODY]


def view(mail, owners=None, listed=DEPARTMENTS, settings=None, as_of="2024-12-31"):
    """The organisation that literal messages show, and its people."""
    settings = settings or Settings()
    everybody = organisation.gather(
        frames.tables(*mail), boxes(owners), settings, as_of=as_of, listed=listed
    )
    return organisation.build(everybody, settings)
