"""Small literal frames for tests of the stages between archive and findings."""

from __future__ import annotations

import dataclasses

import pandas as pd

from netaudit import blasts, history, relationships
from netaudit.model import ALIASES, FINDINGS, MESSAGES, PEOPLE, RECIPIENTS, STORED, SUGGESTIONS
from netaudit.owner import Owner
from netaudit.people import People
from netaudit.settings import Settings

OWNER = "me@home.example"


def _message(key, day, sender, to, cc=(), bcc=(), **more):
    roles = [("to", to), ("cc", cc), ("bcc", bcc)]
    addressees = [(r, a) for r, given in roles for a in given]
    row = {
        "key": key,
        "channel": "mail",
        "sent_at": pd.Timestamp(day) if day else pd.NaT,
        "from_address": sender,
        "from_name": "",
        "subject": "",
        "labels": "",
        "box": "",
        "delivered_to": "",
        "automated_signs": "",
        "n_recipients": len({a for _, a in addressees}),
        "hidden_recipients": not to and not cc,
        "words": -1,
        "size_bytes": 1,
        "has_attachment": False,
        "is_truncated": False,
        "source": "mbox",
        "source_path": "box.mbox",
        "source_offset": 0,
    }
    return row | more, [(key, role, address, "") for role, address in addressees]


def mail(*given):
    """Messages and recipients from `dict(key, day, sender, to, cc, bcc, any column)` or tuples."""
    made = [_message(**g) if isinstance(g, dict) else _message(*g) for g in given]
    rows = pd.DataFrame([row for row, _ in made])
    if len(rows):
        rows["sent_at"] = pd.to_datetime(rows["sent_at"], utc=True)
    messages = MESSAGES.conform(rows)
    recipients = pd.DataFrame([a for _, more in made for a in more], columns=RECIPIENTS.names)
    return messages, RECIPIENTS.conform(recipients)


def tables(*given, **more):
    """Stored tables with these messages; others empty or as given."""
    messages, recipients = mail(*given)
    empty = {name: table.empty() for name, table in STORED.items()}
    return empty | {"messages": messages, "recipients": recipients} | more


def population(humans, lists=(), robots=(), tags=None):
    """PEOPLE and ALIASES: person id -> addresses; the owner's id is `me`."""
    people = PEOPLE.conform(
        pd.DataFrame(
            {
                "person_id": list(humans),
                "name": [person.title() for person in humans],
                "addresses": ["; ".join(addresses) for addresses in humans.values()],
                "profiles": "",
                "organisation": "Example",
                "is_owner": [person == "me" for person in humans],
                "tags": [(tags or {}).get(person, "") for person in humans],
            }
        )
    )
    rows = [(a, "address", p, "human", "") for p, addresses in humans.items() for a in addresses]
    rows += [(a, "address", None, "list", "") for a in lists]
    rows += [(a, "address", None, "robot", "") for a in robots]
    return people, ALIASES.conform(pd.DataFrame(rows, columns=ALIASES.names))


def build_history(
    humans, *given, as_of="2024-12-31", automated=(), lists=(), settings=None, tags=None, **more
):
    """The history of literal messages; `humans` maps person id to addresses, the owner is `me`.

    `tags` maps person id to tags.
    """
    stored = tables(*given, **more)
    return history.build(
        stored,
        automated=stored["messages"]["key"].isin(automated),
        owner=Owner(frozenset(humans["me"]), frozenset(), "Me"),
        people=People(
            *population(humans, lists=lists, tags=tags), SUGGESTIONS.empty(), {}, pd.DataFrame
        ),
        settings=settings or Settings(),
        as_of=pd.Timestamp(as_of, tz="UTC") + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1),
    )


def found_by(pattern, humans, *given, **more):
    """The findings of a pattern on literal messages; further arguments of `build_history`."""
    built = history_with_relationships(humans, *given, **more)
    return FINDINGS.check(pattern(built, built.as_of))


def history_with_relationships(humans, *given, **more):
    """`build_history` with blasts and relationships."""
    built = blasts.add(build_history(humans, *given, **more), blasts.MassMailing())
    ties = relationships.build(built, built.settings, built.as_of)
    return dataclasses.replace(built, relationships=ties)
