"""The whole history up to as-of, as every relationship and pattern sees it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pandas as pd

from netaudit import aliases as spelling
from netaudit import events, interactions, lookup, replies, threads, written
from netaudit import references as headers
from netaudit.model import BLASTS, JOIN, RELATIONSHIPS, SUGGESTIONS
from netaudit.people.frames import IGNORED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netaudit.owner import Owner
    from netaudit.people import People
    from netaudit.settings import Settings
    from netaudit.written import Written


PAIR = ["person_id", "other_person_id"]


@dataclass(frozen=True)
class History:
    """Frames up to `as_of`; the owner's own rows are marked in `people`.

    Attributes:
        as_of: the end of the last day that counts.
        owner: whose archive it is.
        settings: the thresholds in force.
        messages: model.MESSAGES plus `is_automated` (bool), `thread` (str) and `from_person` (str,
            the sender's person_id, missing for robots and lists); dated ones only; no spam, trash,
            drafts and chat snippets; sorted by time, on a range index.
        recipients: model.RECIPIENTS of those messages plus `message` (row in `messages`).
        addressed: the humans they are addressed to, each once: `message` (row in `messages`),
            `person` (row in `people`), `role` (place in interactions.ROLES).
        interactions: model.INTERACTIONS.
        people, aliases: model.PEOPLE, model.ALIASES.
        blasts: model.BLASTS.
        relationships: model.RELATIONSHIPS, `patterns` still empty.
        connections, gestures, posts: the LinkedIn tables, with a `person_id` where one is known.
        events: model.AGENDA: one row per event, updates and answers merged.
        owned: model.OWNED: what exports say is the owner's.
        signals, traits: what the text stage read; empty without text.
        written: the new texts and their signatures.
        earlier: whom the owner was in contact with before `[as_of] since`, which counts in no
            figure but makes nobody a stranger: `person_id`.
        alike: pairs of people who may be one, of whom the owner is asked: `person_id`,
            `other_person_id`.
    """

    as_of: pd.Timestamp
    owner: Owner
    settings: Settings
    messages: pd.DataFrame
    recipients: pd.DataFrame
    addressed: pd.DataFrame
    interactions: pd.DataFrame
    people: pd.DataFrame
    aliases: pd.DataFrame
    blasts: pd.DataFrame
    relationships: pd.DataFrame
    connections: pd.DataFrame
    gestures: pd.DataFrame
    posts: pd.DataFrame
    events: pd.DataFrame
    owned: pd.DataFrame
    signals: pd.DataFrame
    traits: pd.DataFrame
    written: Written
    earlier: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"person_id": pd.Series(dtype="str")})
    )
    alike: pd.DataFrame = field(default_factory=lambda: SUGGESTIONS.empty()[PAIR])
    _known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def perhaps_one_of(self, people: pd.Series) -> pd.Series:
        """Who may be the same person as one of these under another address (person_ids)."""
        turned = self.alike.rename(columns=dict(zip(PAIR, PAIR[::-1], strict=True)))
        both = pd.concat([self.alike, turned[PAIR]])
        theirs = lookup.among(both["other_person_id"], people)
        found: pd.Series = both.loc[theirs, "person_id"].drop_duplicates()
        return found

    def with_relationships(self, relationships: pd.DataFrame) -> History:
        """The same history with model.RELATIONSHIPS, which it had none of.

        What was worked out until now (`once`) stays, as none of it can have come from them.
        """
        made = replace(self, relationships=relationships)
        made._known.update(self._known)
        return made

    @property
    def owner_id(self) -> str | None:
        """The owner's person_id; None where no owner was found."""
        own = self.people.loc[self.people["is_owner"], "person_id"]
        return None if own.empty else str(own.iloc[0])


_Found = TypeVar("_Found")


def once(function: Callable[[History], _Found]) -> Callable[[History], _Found]:
    """A function that is worked out once for each history, however many ask.

    Its result stays with the history, is nobody's to change, and is not taken along by
    `dataclasses.replace`.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def found(history: History) -> _Found:
        if name not in history._known:
            history._known[name] = function(history)
        return cast("_Found", history._known[name])

    return found


def build(
    tables: Mapping[str, pd.DataFrame],
    *,
    automated: pd.Series,
    owner: Owner,
    people: People,
    settings: Settings,
    as_of: pd.Timestamp,
) -> History:
    """The history of tables that hold nothing later than `as_of`.

    Args:
        tables: model.STORED names -> frames.
        automated: bool on the index of `tables["messages"]`: automated mail and mail of lists.
        owner: whose archive it is.
        people: who everybody is.
        settings: the thresholds in force.
        as_of: the end of the last day that counts.

    Returns:
        The history; blasts and relationships still empty.
    """
    messages = _messages(tables["messages"], automated, people)
    recipients = of_messages(tables["recipients"], messages)
    references = headers.of(messages)
    messages["thread"] = threads.threads(messages, recipients, references)
    addressed = interactions.addressees(recipients, people.people, people.aliases)
    contacts = interactions.build(
        messages=messages,
        recipients=recipients,
        addressed=addressed,
        people=people.people,
        aliases=people.aliases,
        own_addresses=owner.addresses,
        settings=settings.direct,
    )
    contacts["answers_key"], contacts["answered_at"] = replies.link(
        contacts, messages, settings.replies, references
    )
    gestures = _with_person(tables["gestures"], people)
    agenda = events.merge(tables, owner, as_of)
    meetings = events.meetings(
        agenda,
        tables["attendees"],
        owner,
        as_of=as_of,
        max_people=settings.direct.max_meeting_people,
    )
    contacts = interactions.with_meetings(contacts, meetings, people.aliases, people.people)
    contacts = interactions.with_gestures(contacts, gestures, people.people)
    return History(
        as_of=as_of,
        owner=owner,
        settings=settings,
        messages=messages,
        recipients=recipients,
        addressed=addressed,
        interactions=contacts[~contacts["person_id"].isin(_ignored(people))].reset_index(drop=True),
        people=people.people,
        aliases=people.aliases,
        blasts=BLASTS.empty(),
        relationships=RELATIONSHIPS.empty(),
        connections=_with_person(tables["connections"], people),
        gestures=gestures,
        posts=tables["posts"],
        events=agenda,
        owned=tables["owned"],
        signals=tables["signals"],
        traits=tables["traits"],
        written=written.Held(tables["texts"], tables["traits"]),
        alike=people.suggestions[PAIR],
    )


def _messages(stored: pd.DataFrame, automated: pd.Series, people: People) -> pd.DataFrame:
    """The messages that take part in the audit, automated or not, and who sent them."""
    counts = stored["sent_at"].notna() & ~stored["box"].isin(interactions.LEFT_OUT_BOXES)
    kept = lookup.kept(stored.assign(is_automated=automated), counts.to_numpy())
    kept = _by_time(kept).reset_index(drop=True)
    sender = interactions.person_codes(kept["from_address"], people.aliases, people.people)
    names = pd.concat([people.people["person_id"], pd.Series([None], dtype="str")])
    kept["from_person"] = names.array[sender]
    return kept


def _by_time(messages: pd.DataFrame) -> pd.DataFrame:
    """Sorted by time and key; as they are stored, they stand so and are not copied."""
    if lookup.is_sorted(messages["sent_at"], messages["key"]):
        return messages
    return messages.sort_values(["sent_at", "key"])


def of_messages(recipients: pd.DataFrame, messages: pd.DataFrame) -> pd.DataFrame:
    """The recipients of these messages, with `message`, the row of their message."""
    place = lookup.positions(recipients["key"], messages["key"])
    known = place >= 0
    found = lookup.kept(recipients.assign(message=place), known)
    return found.reset_index(drop=True)


def _ignored(people: People) -> pd.Series:
    """Whom the owner wants left out of relationships and findings."""
    tags = people.people["tags"].fillna("").str.split(JOIN)
    ignored = tags.map(lambda given: IGNORED in given).astype(bool)
    return people.people.loc[ignored, "person_id"]


def _person_ids(aliases: pd.Series, people: People) -> pd.Series:
    known = people.aliases.dropna(subset="person_id").set_index("alias")["person_id"]
    return known.reindex(aliases).set_axis(aliases.index)


def _with_person(rows: pd.DataFrame, people: People) -> pd.DataFrame:
    """LinkedIn rows with the `person_id` of their profile, else address, else name."""
    found = _person_ids(rows["profile"], people)
    if "address" in rows:
        found = found.fillna(_person_ids(rows["address"], people))
    named = rows["name"].fillna("").map(spelling.of_name).astype("str")
    found = found.fillna(_person_ids(named, people))
    return rows.assign(person_id=found)[~found.isin(_ignored(people))]
