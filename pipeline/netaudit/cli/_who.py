"""Who is who, as commands see it: what a user typed -> people, and people -> words."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from netaudit.cli._terminal import harmless
from netaudit.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.people import Decisions, People
    from netaudit.people.decisions import Change

SHOWN_MATCHES = 8
"""People named when a text means several."""


@dataclasses.dataclass(frozen=True)
class Place:
    """Where the archive is, and whose."""

    out: Path
    settings: Path | None

    def decisions(self) -> Decisions:
        """What was decided so far."""
        from netaudit.people import decision_file  # noqa: PLC0415

        return decision_file.load(self.out)

    def apply(self, change: Change) -> People:
        """Keep a change; who is who after it."""
        from netaudit.people import decision_file  # noqa: PLC0415

        decision_file.apply(self.out, change)
        return self.people()

    def people(self) -> People:
        """Who is who, after all decisions."""
        from netaudit import owner, robots  # noqa: PLC0415
        from netaudit.archive import Store  # noqa: PLC0415
        from netaudit.people import resolve  # noqa: PLC0415
        from netaudit.settings import load  # noqa: PLC0415

        store = Store(self.out / "archive")
        chosen = load(self.settings, folder=Path.cwd()).owner
        chosen = dataclasses.replace(chosen, me=chosen.me or store.me)
        tables = store.tables()
        found = owner.find(tables, chosen)
        decisions = self.decisions()
        said = decisions.natures()
        natures = robots.natures(tables["messages"], tables["recipients"], found, said)
        return resolve(tables, found, natures, decisions)


# --- words -> people -----------------------------------------------------------------------------


def the_person(people: People, who: str) -> str:
    """The one person a text means.

    Raises:
        UserError: nobody, or several.
    """
    found = people.find(who)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"nobody is known as {harmless(who)}; `netaudit people` lists who is")
    shown = "; ".join(label(people, one) for one in found[:SHOWN_MATCHES])
    more = f" and {len(found) - SHOWN_MATCHES} more" if len(found) > SHOWN_MATCHES else ""
    raise UserError(f"{harmless(who)} may be {shown}{more}: name an address or the id")


def aliases_of(people: People, person: str) -> list[str]:
    """The aliases of a person."""
    rows = people.aliases
    return list(rows.loc[rows["person_id"] == person, "alias"])


def is_alias(people: People, who: str) -> bool:
    """Whether a text is an alias that the archive knows."""
    return bool(people.aliases["alias"].isin(people.spellings(who)).any())


def alias_of(people: People, who: str, person: str) -> str:
    """The alias that a text names, else the person's first."""
    named = people.spellings(who)
    aliases = aliases_of(people, person)
    return next((alias for alias in aliases if alias in named), aliases[0])


# --- people -> words -----------------------------------------------------------------------------


def row_of(people: People, person: str) -> pd.Series:
    """A person's row of model.PEOPLE."""
    return people.people[people.people["person_id"] == person].iloc[0]


def name_of(people: People, person: str) -> str:
    """A person's best name."""
    return str(row_of(people, person)["name"])


def label(people: People, person: str) -> str:
    """A person in a line: name, first alias, id."""
    addresses = aliases_of(people, person)
    return f"{named(name_of(people, person), addresses[0])} [{person}]"


def named(name: object, alias: str) -> str:
    """A name with an alias, harmless."""
    return harmless(alias if name in ("", alias) else f"{name} <{alias}>")
