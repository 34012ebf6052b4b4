"""Who everybody is in an archive of many people's exports, and what they wrote."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import asof, interactions, robots
from netaudit.history import of_messages
from netaudit.model import JOIN
from netaudit.names import local
from netaudit.organisation import departments
from netaudit.owner import Owner
from netaudit.people import Decisions, resolve
from netaudit.people.decisions import Entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from netaudit.organisation.mailboxes import Mailbox
    from netaudit.settings import Settings

NOBODY = Owner(frozenset(), frozenset(), "")


@dataclass(frozen=True)
class Everybody:
    """The people of an archive and their messages, each once however many boxes hold it.

    Attributes:
        as_of: the end of the last day that counts.
        since: the first moment that counts: of the window, or later where `[as_of] since` is.
        people: model.PEOPLE plus `owner_id` (their mailbox; missing when it is not in the
            archive), `department` (missing when not listed), `is_seen` (in the messages below) and
            `is_inside` (of the organisation, and seen or with a mailbox).
        messages: people's dated messages of the window, on a range index, plus `sender` (row in
            people, -1 for nobody's) and `n_humans` (human recipients).
        addressed: whom they are addressed to: `message`, `person` (rows), `role`.
    """

    as_of: pd.Timestamp
    since: pd.Timestamp
    people: pd.DataFrame
    messages: pd.DataFrame
    addressed: pd.DataFrame


def gather(
    tables: Mapping[str, pd.DataFrame],
    boxes: Sequence[Mailbox],
    settings: Settings,
    *,
    as_of: str | dt.date | pd.Timestamp | None = None,
    decisions: Decisions | None = None,
    listed: pd.Series | None = None,
) -> Everybody:
    """Who everybody is, and their messages of the window.

    Args:
        tables: model.STORED names -> frames; texts, signals and traits may be empty.
        boxes: whose exports are in the archive.
        settings: what counts.
        as_of: a day or moment; None for the last day with human mail.
        decisions: on who is who.
        listed: department by address; without it the organisation is whoever writes under the
            mail domains of the mailboxes' owners.

    Raises:
        UserError: nothing in the archive has a date and none was given.
    """
    decisions = decisions or Decisions()
    owners = _together(boxes)
    until = asof.end_of_day(as_of) if as_of is not None else _last_day(tables, owners, settings)
    tables = asof.cut(tables, until)
    mail = tables["messages"], tables["recipients"]
    found = robots.classify(*mail, owners, decisions.natures())
    known = resolve(tables, NOBODY, found.natures, _each_one(boxes, found.natures, decisions))
    people = _marked(known.people, known.aliases, boxes, listed)
    since = _since(until, settings)
    messages = _messages(tables["messages"], found.automated, since)
    messages["sender"] = interactions.person_codes(messages["from_address"], known.aliases, people)
    recipients = of_messages(tables["recipients"], messages)
    addressed = interactions.addressees(recipients, people, known.aliases)
    messages["n_humans"] = np.bincount(addressed["message"], minlength=len(messages))
    people["is_seen"] = people.index.isin(messages["sender"]) | people.index.isin(
        addressed["person"]
    )
    people["is_inside"] &= people["is_seen"] | people["owner_id"].notna()
    return Everybody(until, since, people, messages, addressed)


def _since(until: pd.Timestamp, settings: Settings) -> pd.Timestamp:
    """The first moment that counts: the window's or, if that is later, what the user says."""
    days, told = settings.organisation.window_days, settings.as_of.since
    first = until - pd.Timedelta(days=days) if days else pd.Timestamp(0, tz="UTC")
    return max(first, asof.first_moment(told)) if told else first


def _together(boxes: Sequence[Mailbox]) -> Owner:
    """All owners as one: an address that any of them had an answer from is a person's."""
    return Owner(
        frozenset(a for box in boxes for a in box.addresses),
        frozenset(p for box in boxes for p in box.profiles),
        "",
    )


def _last_day(
    tables: Mapping[str, pd.DataFrame], owners: Owner, settings: Settings
) -> pd.Timestamp:
    whole = asof.cut(tables, asof.NEVER)
    automated = robots.automated(whole["messages"], whole["recipients"], owners)
    return asof.default(whole, automated, settings.as_of.isolated_days)


def _each_one(boxes: Sequence[Mailbox], natures: pd.Series, decisions: Decisions) -> Decisions:
    """The decisions, and that the addresses of each owner are one person's."""
    merged = [
        Entry(present)
        for box in boxes
        if len(present := tuple(a for a in box.addresses if a in natures.index)) > 1
    ]
    return dataclasses.replace(decisions, merge=(*decisions.merge, *merged))


def _marked(
    people: pd.DataFrame,
    aliases: pd.DataFrame,
    boxes: Sequence[Mailbox],
    listed: pd.Series | None,
) -> pd.DataFrame:
    owner_of = {a: box.id for box in boxes for a in (*box.addresses, *box.profiles)}
    owned = aliases[aliases["alias"].isin(list(owner_of))].dropna(subset="person_id")
    owned = owned.sort_values("alias").drop_duplicates("person_id")
    ids = owned["alias"].map(owner_of).set_axis(owned["person_id"])
    people = people.assign(owner_id=people["person_id"].map(ids).astype("str"))
    if listed is not None:
        department = departments.of_people(people, aliases, listed)
        inside = department.notna() | people["owner_id"].notna()
        return people.assign(department=department, is_inside=inside)
    none = pd.Series(index=people.index, dtype="str")
    home = {local.organisation(a) for box in boxes for a in box.addresses} - {""}
    at_home = people["addresses"].map(
        lambda cell: any(local.organisation(a) in home for a in cell.split(JOIN))
    )
    inside = at_home.astype(bool) | people["owner_id"].notna()
    return people.assign(department=none, is_inside=inside)


def _messages(stored: pd.DataFrame, automated: pd.Series, since: pd.Timestamp) -> pd.DataFrame:
    counts = stored["sent_at"].ge(since) & ~stored["box"].isin(interactions.LEFT_OUT_BOXES)
    columns = ["key", "sent_at", "from_address", "list_id"]
    return stored.loc[counts & ~automated, columns].reset_index(drop=True)
