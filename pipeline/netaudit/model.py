"""The tables of the program, each declared once, and the records that sources yield.

A `Table` names its columns, their dtypes and what they mean. Frames are checked against it where
they cross a stage (`Table.check`); the archive takes its Parquet schemas from it; a test compares
it with docs/outputs.md. Units stand in the names (`gap_days`), times are UTC.

Dtypes are pandas names: `str` (missing: NaN), `int64`, `Int64` (nullable), `float64` (missing:
NaN), `bool`, `utc` (datetime64[us, UTC], missing: NaT).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

UTC_DTYPE = "datetime64[us, UTC]"
JOIN = "; "
"""What joins a list inside one cell (addresses, labels, evidence)."""


def joined(values: Iterable[str]) -> str:
    """One cell out of several values: distinct, in sorted order, free of the separator."""
    return JOIN.join(sorted({value.replace(";", ",") for value in values if value}))


@dataclass(frozen=True)
class Table:
    """A table's name and columns.

    Attributes:
        name: the table's name, which is also its folder in the archive.
        columns: column name -> (dtype, meaning).
    """

    name: str
    columns: Mapping[str, tuple[str, str]]

    @property
    def names(self) -> list[str]:
        """The columns' names in order."""
        return list(self.columns)

    def dtype(self, column: str) -> str:
        """The pandas dtype of a column."""
        kind = self.columns[column][0]
        return UTC_DTYPE if kind == "utc" else kind

    def empty(self) -> pd.DataFrame:
        """The table without rows."""
        return self.frame({})

    def frame(self, columns: Mapping[str, object]) -> pd.DataFrame:
        """A frame of this table; columns that are not given are filled with missing values."""
        import pandas as pd  # noqa: PLC0415  (a third of a second: only where frames are made)

        given = pd.DataFrame(dict(columns))
        return self.conform(given)

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with exactly this table's columns, order and dtypes.

        Raises:
            ValueError: a column cannot be missing (int64, bool) and is not there.
        """
        import pandas as pd  # noqa: PLC0415

        out = {}
        for name in self.columns:
            dtype = self.dtype(name)
            if name in frame.columns:
                out[name] = frame[name].astype(dtype)  # type: ignore[call-overload]
            elif len(frame) and dtype in ("int64", "bool"):
                raise ValueError(f"table {self.name}: column {name} is missing")
            else:
                out[name] = pd.Series(index=frame.index, dtype=dtype)
        return pd.DataFrame(out, index=frame.index, columns=self.names)

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame itself, if its columns and dtypes are this table's (more columns may follow).

        Raises:
            ValueError: naming the table and every column that is missing or of another dtype.
        """
        wrong = []
        for name in self.columns:
            if name not in frame.columns:
                wrong.append(f"{name} is missing")
            elif str(frame[name].dtype) != self.dtype(name):
                wrong.append(f"{name} is {frame[name].dtype}, not {self.dtype(name)}")
        if wrong:
            raise ValueError(f"table {self.name}: {', '.join(wrong)}")
        return frame


# --- what is stored: one row per record that was read, duplicates included -----------------------

MESSAGES = Table(
    "messages",
    {
        "key": ("str", "identity of the content: From, Date, recipients, Subject, body"),
        "channel": ("str", "mail or linkedin"),
        "message_id": ("str", "Message-ID without angle brackets"),
        "in_reply_to": ("str", "the Message-ID this answers"),
        "references": ("str", "Message-IDs of the thread so far, oldest first, joined by a space"),
        "sent_at": ("utc", "the Date header; missing when unknown"),
        "utc_offset_minutes": ("Int64", "the sender's zone"),
        "from_address": ("str", "lower case"),
        "from_name": ("str", "decoded display name"),
        "sender_address": ("str", "the Sender header, where it differs from From (on behalf of)"),
        "reply_to": ("str", "the Reply-To address, where it differs from From"),
        "subject": ("str", "decoded"),
        "thread_hint": ("str", "the mail service's own thread id (X-GM-THRID), conversation id"),
        "labels": ("str", "labels and folders, joined by `; `"),
        "box": ("str", "what the labels say of it: inbox, sent, draft, spam, trash, chat or empty"),
        "delivered_to": ("str", "Delivered-To, X-Original-To and the like, joined by `; `"),
        "automated_signs": ("str", "what marks it as automated or from a list, joined by `; `"),
        "list_id": ("str", "the List-Id, or the list's address"),
        "n_recipients": ("int64", "distinct addresses in To, Cc and Bcc"),
        "hidden_recipients": ("bool", "no visible addressee: empty To and Cc, or a group syntax"),
        "words": ("int64", "words of new text; -1 where the text was not read"),
        "language": ("str", "ISO 639-1 code of the new text, missing when not told"),
        "size_bytes": ("int64", "size in its source"),
        "has_attachment": ("bool", "a part with a file name or an attachment disposition"),
        "is_truncated": (
            "bool",
            "cut, or beyond a limit and kept by its headers",
        ),
        "source": ("str", "kind of source: mbox, takeout, maildir, eml, linkedin, calendar"),
        "source_path": ("str", "file it came from; a member of an archive follows `!`"),
        "source_offset": ("int64", "byte offset of the message in that file or member"),
    },
)

RECIPIENTS = Table(
    "recipients",
    {
        "key": ("str", "the message"),
        "role": ("str", "to, cc or bcc"),
        "address": ("str", "lower case"),
        "name": ("str", "decoded display name"),
    },
)

TEXTS = Table(
    "texts",
    {
        "key": ("str", "the message or post"),
        "text": ("str", "new text: without quotes, forwards and signatures"),
    },
)

SIGNALS = Table(
    "signals",
    {
        "key": ("str", "the message or post"),
        "act": ("str", "ask, offer, give, promise, thanks, apology, small_talk, scheduling"),
        "kind": ("str", "of an ask or a give, as in docs/methods.md"),
        "sentence": ("str", "the sentence it was read from"),
        "start": ("int64", "offset of the sentence in the new text, in characters"),
        "probability": ("float64", "how sure, in [0, 1]"),
    },
)  # fmt: skip

TRAITS = Table(
    "traits",
    {
        "key": ("str", "the message or post"),
        "personal": ("float64", "probability that the text is personal, in [0, 1]"),
        "professional": ("float64", "probability that the text is professional, in [0, 1]"),
        "tone": ("float64", "from -1 (negative) to 1"),
        "minhash": ("str", "signature of the new text for near-duplicates; missing below 20 words"),
        "version": ("int64", "version of the reader that wrote the row"),
    },
)

SKIPPED = Table(
    "skipped",
    {
        "path": ("str", "file, with `!member` for archives"),
        "offset": ("int64", "bytes; for tables the row's number"),
        "reason": ("str", "one of a short list of reasons"),
    },
)

NOTES = Table(
    "notes",
    {
        "path": ("str", "file, with `!member` for archives"),
        "note": ("str", "one line for the user: what is absent, empty, unknown or bounded there"),
    },
)

CONNECTIONS = Table(
    "connections",
    {
        "key": ("str", "identity of the row"),
        "connected_at": ("utc", "the day of connecting"),
        "name": ("str", "as the export gives it; missing for hidden members"),
        "profile": ("str", "profile URL, canonical: linkedin.com/in/name"),
        "address": ("str", "lower case; rarely given"),
        "organisation": ("str", "employer at the time of the export"),
        "position": ("str", "position at the time of the export"),
        "stated_at": ("utc", "the export is at least this young: the latest day in its file"),
        "source": ("str", "kind of source"),
        "source_path": ("str", "file it came from"),
        "source_offset": ("int64", "row in that file"),
    },
)

GESTURES = Table(
    "gestures",
    {
        "key": ("str", "identity of the row"),
        "kind": ("str", "endorsement, recommendation, invitation"),
        "direction": ("str", "in or out; missing when the file does not say"),
        "made_at": ("utc", "when"),
        "name": ("str", "the other person"),
        "profile": ("str", "the other person's profile URL, canonical"),
        "organisation": ("str", "the other person's, where given"),
        "text": ("str", "note of an invitation, text of a recommendation, skill endorsed"),
        "status": ("str", "as given, lower case: accepted, pending, visible, hidden"),
        "source": ("str", "kind of source"),
        "source_path": ("str", "file it came from"),
        "source_offset": ("int64", "row in that file"),
    },
)

POSTS = Table(
    "posts",
    {
        "key": ("str", "identity of the row"),
        "kind": ("str", "share, comment, reaction, vote, repost"),
        "posted_at": ("utc", "when; missing when the export leaves it out"),
        "text": ("str", "the owner's own words"),
        "link": ("str", "what it is or answers"),
        "source": ("str", "kind of source"),
        "source_path": ("str", "file it came from"),
        "source_offset": ("int64", "row in that file"),
    },
)

EVENTS = Table(
    "events",
    {
        "key": ("str", "identity of this statement about an event"),
        "uid": ("str", "iCalendar UID; for LinkedIn events made of name and time"),
        "recurrence_id": (
            "str",
            "instance of a recurring event, ISO 8601; else missing",
        ),
        "sequence": ("int64", "revision number"),
        "method": ("str", "request, reply, cancel, counter, publish; subject (read from one)"),
        "stated_at": ("utc", "DTSTAMP; for a calendar file when the event was made"),
        "starts_at": ("utc", "start of the (first) instance"),
        "ends_at": ("utc", "end of the (first) instance"),
        "zone": ("str", "zone the event recurs in: an IANA name, or +HH:MM; missing for UTC"),
        "recurrence": (
            "str",
            "RRULE as given, then EXDATE and RDATE, one a line; expanded later, within bounds",
        ),
        "summary": ("str", "title"),
        "status": ("str", "confirmed, tentative, cancelled; LinkedIn: attending and the like"),
        "organiser_address": ("str", "lower case"),
        "organiser_name": ("str", "display name"),
        "message_key": ("str", "the mail that carried it, missing for files"),
        "source": ("str", "kind of source"),
        "source_path": ("str", "file it came from"),
        "source_offset": ("int64", "byte offset or row"),
    },
)

ATTENDEES = Table(
    "attendees",
    {
        "key": ("str", "the statement in events"),
        "address": ("str", "lower case"),
        "name": ("str", "display name"),
        "partstat": ("str", "accepted, declined, tentative, needs-action, delegated"),
        "role": ("str", "chair, required, optional, non-participant, resource, group"),
    },
)

OWNED = Table(
    "owned",
    {
        "key": ("str", "identity of the row"),
        "kind": ("str", "name, address, profile or employer"),
        "value": ("str", "what an export says belongs to the owner"),
        "source": ("str", "kind of source"),
        "source_path": ("str", "file it came from"),
        "source_offset": ("int64", "row in that file"),
    },
)

CONTACTS = Table(
    "contacts",
    {
        "key": ("str", "identity of the row"),
        "name": ("str", "as in the address book"),
        "addresses": ("str", "lower case, joined by `; `"),
        "profile": ("str", "profile URL, canonical"),
        "organisation": ("str", "as given"),
        "position": ("str", "as given"),
        "source": ("str", "kind of source"),
        "source_path": ("str", "file it came from"),
        "source_offset": ("int64", "row in that file"),
    },
)

STORED: dict[str, Table] = {
    table.name: table
    for table in (
        MESSAGES, RECIPIENTS, TEXTS, SIGNALS, TRAITS, SKIPPED, NOTES, CONNECTIONS, GESTURES, POSTS,
        EVENTS, ATTENDEES, OWNED, CONTACTS,
    )
}  # fmt: skip
"""The archive's tables."""

RECORD_TABLES = ("messages", "connections", "gestures", "posts", "events", "owned", "contacts")
"""Tables whose rows count as records of a source: read = kept + duplicate + skipped."""


# --- what is derived -----------------------------------------------------------------------------

ALIASES = Table(
    "aliases",
    {
        "alias": ("str", "a mail address, a canonical profile URL, or `name:` and a folded name"),
        "kind": ("str", "address, profile or name"),
        "person_id": ("str", "whose it is; missing for robots, lists and role addresses"),
        "nature": ("str", "human, robot, list or role"),
        "why": ("str", "what joined it to the person, in words"),
    },
)

PEOPLE = Table(
    "people",
    {
        "person_id": ("str", "stable id"),
        "name": ("str", "best display name"),
        "addresses": ("str", "every known mail address, lower case, joined by `; `"),
        "profiles": ("str", "profile URLs, joined by `; `"),
        "organisation": ("str", "last known employer, else what the mail domain says"),
        "is_owner": ("bool", "the person whose archive it is"),
        "tags": ("str", "the owner's tags, joined by `; `"),
    },
)

SUGGESTIONS = Table(
    "suggestions",
    {
        "alias": ("str", "an alias of one person"),
        "other_alias": ("str", "an alias of another who may be the same"),
        "person_id": ("str", "the first alias's person"),
        "other_person_id": ("str", "the other alias's person"),
        "name": ("str", "the first person's name"),
        "other_name": ("str", "the other person's name"),
        "probability": ("float64", "that they are one, in [0, 1]"),
        "why": ("str", "what speaks for and against it, in words"),
    },
)

INTERACTIONS = Table(
    "interactions",
    {
        "key": ("str", "message, gesture or event"),
        "at": ("utc", "when"),
        "person_id": ("str", "the other human"),
        "direction": ("str", "in (from them to the owner), out, or both (a meeting)"),
        "channel": ("str", "mail, linkedin or calendar"),
        "kind": ("str", "message, invitation, endorsement, recommendation, meeting"),
        "role": ("str", "the receiver's role: to, cc, bcc"),
        "is_direct": ("bool", "at most 5 distinct human recipients, not through a list"),
        "n_humans": ("int64", "distinct human recipients, the owner among them; at least 1"),
        "thread": ("str", "conversation the message belongs to"),
        "blast_id": ("str", "the owner's mass mailing it is, or answers; missing otherwise"),
        "answers_key": (
            "str",
            "the message it answers, of the same two people; else missing",
        ),
        "answered_at": ("utc", "the first answer to it by the other of the two; else missing"),
        "utc_offset_minutes": ("Int64", "the sender's zone"),
    },
)

AGENDA = Table(
    "agenda",
    {
        "key": ("str", "the statement that stands: the latest about the event"),
        "uid": ("str", "iCalendar UID; for LinkedIn events made of name and time"),
        "recurrence_id": ("str", "instance of a recurring event that was changed, ISO 8601"),
        "starts_at": ("utc", "start of the (first) instance; missing where only an answer tells"),
        "ends_at": ("utc", "end of the (first) instance"),
        "zone": ("str", "zone the event recurs in; missing for UTC"),
        "recurrence": ("str", "RRULE and single dates; missing for one instance"),
        "n_instances": ("int64", "instances begun up to as-of, changed ones counted at their own"),
        "summary": ("str", "title"),
        "is_cancelled": ("bool", "called off"),
        "organiser_address": ("str", "lower case"),
        "organiser_name": ("str", "display name"),
        "n_people": ("int64", "distinct people, the owner among them; rooms and groups are none"),
        "is_organiser": ("bool", "the owner invited"),
        "is_invited": ("bool", "somebody else asked the owner to come"),
        "answer": ("str", "the owner's: accepted, declined, tentative, none or unknown"),
        "answered_at": ("utc", "when, where that is known"),
        "is_in_calendar": ("bool", "a calendar of the owner's holds it"),
        "source": ("str", "kind of source of the statement that stands"),
        "evidence": ("str", "keys of the mails about it, else of statements, joined by `; `"),
    },
)

MEETINGS = Table(
    "meetings",
    {
        "key": ("str", "the event in agenda"),
        "at": ("utc", "start of the instance"),
        "address": ("str", "another person there"),
        "name": ("str", "display name"),
        "n_people": ("int64", "distinct people, the owner among them"),
    },
)

RELATIONSHIPS = Table(
    "relationships",
    {
        "person_id": ("str", "stable id of the person"),
        "name": ("str", "best display name"),
        "addresses": ("str", "every known mail address, lower case"),
        "profiles": ("str", "LinkedIn profile URLs"),
        "organisation": ("str", "last known employer, else what the mail domain says"),
        "channels": ("str", "mail; linkedin; calendar"),
        "first_contact": ("utc", "first interaction either way"),
        "last_contact": ("utc", "last interaction either way"),
        "last_in": ("utc", "last message from them to the owner"),
        "last_out": ("utc", "last message from the owner to them"),
        "n_in": ("int64", "messages From the person to the owner"),
        "n_out": ("int64", "messages of the owner with the person in any role"),
        "n_in_direct": ("int64", "the direct ones among n_in"),
        "n_out_direct": ("int64", "the direct ones among n_out"),
        "strength_in": ("float64", "recency-weighted contact from them"),
        "strength_out": ("float64", "recency-weighted contact from the owner"),
        "strength": ("float64", "sum of both"),
        "reciprocity": ("float64", "the owner's share of the direct exchange, posterior mean"),
        "reciprocity_low": ("float64", "5% quantile of the posterior"),
        "reciprocity_high": ("float64", "95% quantile of the posterior"),
        "reply_rate_in": (
            "float64",
            "share of their direct messages that the owner answered",
        ),
        "reply_rate_out": (
            "float64",
            "share of the owner's direct messages that they answered",
        ),
        "reply_rate_in_low": ("float64", "5% quantile of reply_rate_in, Jeffreys' prior"),
        "reply_rate_in_high": ("float64", "95% quantile"),
        "reply_rate_out_low": ("float64", "5% quantile of reply_rate_out, Jeffreys' prior"),
        "reply_rate_out_high": ("float64", "95% quantile"),
        "asked_in": ("float64", "messages behind reply_rate_in: direct, old enough to tell"),
        "asked_out": ("float64", "messages behind reply_rate_out"),
        "reply_hours_in": ("float64", "median hours to the owner's answer"),
        "reply_hours_out": ("float64", "median hours to their answer"),
        "initiated_out": ("float64", "share of conversations the owner opened"),
        "cadence_days": ("float64", "median days between days with direct contact"),
        "gap_days": ("float64", "days from the last direct contact to as-of"),
        "n_contact_days": ("int64", "different days with direct contact, own mailings apart"),
        "interval_days": ("float64", "mean days between those days"),
        "silent_days": (
            "float64",
            "days since a direct message, own mailings apart, or a meeting; else since any contact",
        ),
        "wanted_days": ("float64", "days between contacts that the owner wants, by tag"),
        "p_active": ("float64", "probability of a direct message either way in the next 180 days"),
        "p_active_reasons": ("str", "what moves it most, against your average tie"),
        "asks_out": ("Int64", "asks the owner made"),
        "gives_out": ("Int64", "gives of the owner"),
        "asks_in": ("Int64", "asks made of the owner"),
        "gives_in": ("Int64", "gives received"),
        "status": ("str", "new, one_off, dormant, cooling, active; missing when never spoken to"),
        "patterns": ("str", "patterns found, joined by `; `"),
    },
)

FINDINGS = Table(
    "findings",
    {
        "pattern": ("str", "the pattern's or positive sign's name"),
        "direction": ("str", "out (the owner does it), in (it is done to the owner) or missing"),
        "person_id": ("str", "missing for findings on the owner as a whole"),
        "name": ("str", "the person"),
        "addresses": ("str", "the person's"),
        "score": ("float64", "orders findings within a pattern, in [0, 1]"),
        "confidence": ("float64", "probability that what it says is so as of the day, in [0, 1]"),
        "since": ("utc", "since when it holds"),
        "summary": ("str", "one sentence"),
        "evidence": ("str", "message keys, joined by `; `"),
        "suggestion": ("str", "the smallest good next step"),
    },
)

BLASTS = Table(
    "blasts",
    {
        "blast_id": ("str", "stable id"),
        "kind": ("str", "many_recipients, hidden_recipients or mail_merge"),
        "first_at": ("utc", "first message"),
        "last_at": ("utc", "last message"),
        "subject": ("str", "of the first message"),
        "n_messages": ("int64", "messages"),
        "n_recipients": ("int64", "distinct human recipients"),
        "similarity": (
            "float64",
            "least similarity of the texts, in [0, 1]; one message: missing",
        ),
        "known_share": ("float64", "recipients with an exchange before the blast"),
        "reply_rate": ("float64", "recipients who answered within 14 days"),
        "personalised_share": ("float64", "mean share of each text that is not common to all"),
        "recipients": ("str", "addresses, joined by `; `"),
        "evidence": ("str", "message keys, joined by `; `"),
    },
)

ACTIONS = Table(
    "actions",
    {
        "person_id": ("str", "the person to act on"),
        "name": ("str", "the person"),
        "addresses": ("str", "the person's"),
        "step": ("str", "answer, promise, reconnect, thank, give_back, write or rest"),
        "reason": ("str", "a pattern's name, reply_owed, promised, cooling or cadence"),
        "direction": ("str", "of the finding"),
        "summary": ("str", "why, in one sentence"),
        "suggestion": ("str", "the smallest good next step"),
        "score": ("float64", "orders the list; at least 0"),
        "evidence": ("str", "message keys, joined by `; `"),
        "answer": ("str", "the owner's in the review of this day: done, snooze, ignore or skip"),
        "until": ("str", "the day until which the owner put it off, as 2026-11-15"),
        "note": ("str", "the owner's notes in that review"),
    },
)

ANSWERS = Table(
    "answers",
    {
        "at": ("utc", "when the owner answered"),
        "as_of": ("utc", "midnight of the day of the review's list"),
        "who": ("str", "the person, by an address, profile or name that holds for good"),
        "name": ("str", "the person, for the reader"),
        "step": ("str", "the step that was proposed"),
        "reason": ("str", "why"),
        "answer": ("str", "done, snooze, ignore, skip, tag or note"),
        "until": ("str", "of snooze: the day until which, as 2026-11-15"),
        "note": ("str", "of note: the text; of tag: the tags"),
    },
)

OUTCOMES = Table(
    "outcomes",
    {
        "person_id": ("str", "the person"),
        "name": ("str", "the person"),
        "step": ("str", "the step that was proposed"),
        "reason": ("str", "why"),
        "answer": ("str", "what the owner said in the review; missing where nothing"),
        "note": ("str", "the owner's notes"),
        "asked_on": ("utc", "midnight of the day of the list"),
        "n_out": ("int64", "direct messages of the owner since"),
        "n_in": ("int64", "their direct messages since"),
        "first_out": ("utc", "the owner's first since; missing where none"),
        "first_in": ("utc", "their first since; missing where none"),
        "reciprocity_before": ("float64", "the owner's share of the direct exchange, then"),
        "reciprocity": ("float64", "the owner's share of the direct exchange, now"),
        "balance": ("str", "closer, farther or same: how far from an even exchange; or missing"),
        "ask": ("str", "answered or open: what they had asked by then; missing where nothing was"),
        "summary": ("str", "what came of it, in one sentence"),
    },
)

MAILBOXES = Table(
    "mailboxes",
    {
        "owner_id": ("str", "folder of the owner's own report"),
        "name": ("str", "the owner"),
        "addresses": ("str", "the owner's, joined by `; `"),
        "sources": ("str", "paths of their exports, joined by `; `"),
        "n_messages": ("int64", "messages in their own exports up to as-of"),
        "doubts": ("str", "what is unclear about whose they are"),
    },
)

DEPARTMENTS = Table(
    "departments",
    {
        "department": ("str", "as the organisation's file names it"),
        "n_people": ("int64", "people of it who stand in the mail of the window"),
        "n_mailboxes": ("int64", "those whose mailbox is in the archive"),
        "n_inside": ("Int64", "letters among its people"),
        "n_out": ("Int64", "letters to people of other departments"),
        "n_in": ("Int64", "letters from people of other departments"),
        "n_mailings": ("Int64", "messages of its people to many at once"),
        "n_copies": ("Int64", "their copies, one a recipient"),
        "betweenness_share": ("float64", "share of all shortest paths that run through its people"),
    },
)

DEPARTMENT_TIES = Table(
    "department_ties",
    {
        "one": ("str", "a department"),
        "other": ("str", "another, later in the alphabet"),
        "n_out": ("Int64", "letters from one to other; missing when of one or two people"),
        "n_in": ("Int64", "letters from other to one; missing when of one or two people"),
        "reciprocity": ("float64", "share of the letters that one writes, posterior mean"),
        "reciprocity_low": ("float64", "5% quantile of the posterior"),
        "reciprocity_high": ("float64", "95% quantile of the posterior"),
        "n_pairs": ("int64", "pairs of people who could write, and whose letters would be seen"),
        "n_writing": ("int64", "pairs of which at least one wrote to the other"),
        "n_mutual": ("int64", "pairs that wrote both ways"),
        "expected_writing": ("float64", "n_writing if all departments wrote to each other alike"),
        "p_silence": ("float64", "probability of so few pairs by chance, if they did"),
        "is_silent": ("bool", "p_silence is below 5%, corrected for the number of rows"),
    },
)

CIRCLES = Table(
    "circles",
    {
        "circle": ("int64", "number, the largest first"),
        "n_people": ("int64", "people in it"),
        "n_ties": ("int64", "pairs in it that write to each other"),
        "n_ties_out": ("int64", "pairs of one in it and one outside"),
        "departments": ("str", "departments with enough people in it, joined by `; `"),
    },
)

MEMBERS = Table(
    "members",
    {
        "person_id": ("str", "stable id"),
        "name": ("str", "best display name"),
        "addresses": ("str", "every known mail address, lower case"),
        "department": ("str", "as the organisation's file names it; missing when not listed"),
        "owner_id": ("str", "their mailbox; missing when it is not in the archive"),
        "n_out": ("int64", "letters to people of the organisation"),
        "n_in": ("int64", "letters from people of the organisation"),
        "n_ties": ("int64", "people of the organisation with letters both ways"),
        "circle": ("Int64", "number of the circle; missing without a mailbox or a circle"),
        "betweenness": ("float64", "share of shortest paths between others; of mailboxes only"),
        "n_cut_off": ("Int64", "people whom nothing else ties to the rest; of mailboxes only"),
    },
)

TIES = Table(
    "ties",
    {
        "one": ("str", "a person's id"),
        "other": ("str", "another's, greater than one"),
        "n_out": ("int64", "messages from one to other, in any role"),
        "n_in": ("int64", "messages from other to one"),
        "letters_out": ("int64", "the direct ones among n_out"),
        "letters_in": ("int64", "the direct ones among n_in"),
        "strength": ("float64", "recency-weighted, each message divided by its human recipients"),
        "reciprocity": ("float64", "share of the letters that one writes, posterior mean"),
        "reciprocity_low": ("float64", "5% quantile of the posterior"),
        "reciprocity_high": ("float64", "95% quantile of the posterior"),
        "last": ("utc", "the last message either way"),
        "is_seen_whole": ("bool", "the mailbox of one of them is in the archive"),
    },
)

COPIES = Table(
    "copies",
    {
        "key": ("str", "the message"),
        "source_id": ("str", "export that holds the copy, as `netaudit status` names it"),
        "source_path": ("str", "file it stands in; a member of an archive follows `!`"),
        "source_offset": ("int64", "byte offset of the copy in that file or member"),
        "labels": ("str", "this copy's labels and folders, joined by `; `"),
        "box": ("str", "what they say of it: inbox, sent, draft, spam, trash, chat or empty"),
        "is_kept": ("bool", "the copy whose headers and text the archive shows"),
    },
)


# --- what sources yield --------------------------------------------------------------------------


class Recipient(NamedTuple):
    """One addressee of a message."""

    role: str
    address: str
    name: str


class Message(NamedTuple):
    """One message as read; the order of the fields up to `source_offset` is that of MESSAGES.

    `words` and `language` are filled by the text stage, `body` is dropped after it.
    """

    key: str
    channel: str
    message_id: str | None
    in_reply_to: str | None
    references: str | None
    sent_at: datetime | None
    utc_offset_minutes: int | None
    from_address: str
    from_name: str
    sender_address: str | None
    reply_to: str | None
    subject: str
    thread_hint: str | None
    labels: str
    box: str
    delivered_to: str
    automated_signs: str
    list_id: str | None
    n_recipients: int
    hidden_recipients: bool
    words: int
    language: str | None
    size_bytes: int
    has_attachment: bool
    is_truncated: bool
    source: str
    source_path: str
    source_offset: int
    recipients: tuple[Recipient, ...] = ()
    body: str | None = None
    """Decoded text of a person's message, quotes included; None for automated mail."""
    calendars: tuple[bytes, ...] = ()
    """The text/calendar parts, undecoded."""


class Skipped(NamedTuple):
    """Something that could not be read: where, and why (never what)."""

    path: str
    offset: int
    reason: str


class Row(NamedTuple):
    """A record of any other table: the table's name and its values in the order of its columns."""

    table: str
    values: Sequence[object]


class Span(NamedTuple):
    """The bytes that a unit's messages really take: the last value a byte-range unit yields.

    Ranges are cut blindly, so a unit guesses where its first message begins. The guess was right
    when the unit before it ended exactly there; else the unit is read again, `exact`, from there.
    Units that are whole files or members yield none.
    """

    start: int
    """Offset at which the first message begins; `end` when there is none."""
    end: int
    """Offset at which the first message after the unit begins, or the end of the file."""
    reach: int = 0
    """Offset up to which bytes were looked at to tell, where that is far beyond `end` (a
    Content-Length that points there): while the file's bytes up to it are the same, so is the
    unit."""


Record = Message | Row | Skipped | Span
"""What a source yields. Messages, skipped ones and rows of RECORD_TABLES count once in the
accounting; events that a mail carried count with their mail."""


@dataclass(frozen=True)
class Unit:
    """A piece of work that one worker reads alone.

    Attributes:
        source: name of the source module that made it.
        path: the file.
        member: member of an archive, or None.
        start: first byte that may begin a message of this unit.
        stop: messages that begin at or after it belong to the next unit; None for the end.
        exact: a message is known to begin at `start` (also one that no guess would find).
        context: what besides the bytes and the place in the source its records depend on (a label
            that the file's name gives); the same bytes in another context are read again.
        read_bodies: whether the text of people's messages is wanted.
    """

    source: str
    path: str
    member: str | None = None
    start: int = 0
    stop: int | None = None
    exact: bool = False
    context: str = ""
    read_bodies: bool = True
