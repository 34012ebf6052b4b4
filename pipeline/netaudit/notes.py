"""What the archive cannot know, said in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import coverage, languages, phrases
from netaudit.text import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netaudit.history import History
    from netaudit.owner import Naming
    from netaudit.patterns import Pattern

FIRST_TEXTS = 1000
"""Looked at first to tell whether texts have signatures."""
NO_SENT = (
    "The archive holds no mail that you sent: balance, replies and one-sided ties are not judged. "
    "Export the Sent folder too, or name {your} addresses with {option}."
)
NO_RECEIVED = (
    "The archive holds no mail that you received: balance, replies and one-sided ties are not "
    "judged. Export the inbox and archive folders too."
)
NO_LINKEDIN_MESSAGES = (
    "The archive holds LinkedIn connections and no LinkedIn messages: who was never spoken to is "
    "not judged. Ask LinkedIn for the larger archive, which holds them."
)
OLD_TEXTS = (
    "Some texts were read by an older version of netaudit: `netaudit ingest` without a path reads "
    "them anew; no export is needed."
)


def of(history: History, withheld: Iterable[Pattern] = ()) -> tuple[str, ...]:
    """One line for each thing that the figures depend on and the archive does not hold.

    Args:
        history: up to as-of.
        withheld: patterns that need texts that were not read, or both sides of the mail.
    """
    messages = history.interactions[history.interactions["kind"].eq("message")]
    isolated_days = history.settings.as_of.isolated_days
    missing = coverage.missing_side(history)
    since = history.settings.as_of.since
    begins = [f"Only contact since {since} counts: what came before is left out."] if since else []
    notes = [
        *begins,
        *history.owner.doubts,
        *_direction(missing, history.owner.naming),
        *_gaps(messages, isolated_days),
    ]
    if len(history.connections) and not history.messages["channel"].eq("linkedin").any():
        notes.append(NO_LINKEDIN_MESSAGES)
    titles = [pattern.TITLE for pattern in withheld if getattr(pattern, "NEEDS_TEXT", False)]
    if titles and not len(history.traits):
        notes.append(f"No texts were read, so these are withheld: {', '.join(titles)}.")
    if messages["direction"].eq("out").any() and not has_signatures(history):
        notes.append(
            "No texts were read, so mailings sent one by one (mail merges) are not looked for."
        )
    if (history.traits["version"] < VERSION).any():
        notes.append(OLD_TEXTS)
    spoken = languages.count(history)
    if spoken.unread:
        notes.append(_unread(spoken))
    return tuple(notes)


def has_signatures(history: History) -> bool:
    """Whether any text is known well enough to be found again; mostly one of the first is."""
    keys = history.traits["key"]
    return any(
        bool(history.written.signatures(some).notna().any())
        for some in (keys.head(FIRST_TEXTS), keys)
    )


def _unread(spoken: languages.Spoken) -> str:
    """How many messages nothing is claimed of, and in which languages most of them are."""
    most = sorted(spoken.by_language.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    told = ", ".join(f"{name} {n:,}" for name, n in most)
    return (
        f"{spoken.unread:,} of {spoken.unread + spoken.read:,} messages "
        f"({spoken.unread_share:.0%}) are in a language whose asks, gives and topics are not read "
        f"({told}): nothing is said of those."
    )


def _direction(missing: coverage.Missing | None, naming: Naming) -> list[str]:
    """That one side of the mail is missing, wholly or mostly."""
    if missing is None:
        return []
    if not missing.n:
        said = NO_SENT if missing.direction == "out" else NO_RECEIVED
        return [said.format(your=naming.your, option=naming.option)]
    mine = missing.direction == "out"
    said = (
        f"Only {missing.n:,} of {missing.n_all:,} messages are {'from' if mine else 'to'} you, and "
        f"{missing.n_replies - missing.n_linked:,} of {missing.n_replies:,} answers "
        f"{'that you got' if mine else 'of yours'} answer nothing in the archive: most of what you "
        f"{'sent' if mine else 'received'} is not in it. Balance, replies and who opens "
        "conversations are not judged. Export the missing folders too, or name "
        f"{naming.your} addresses with {naming.option}."
    )
    return [said]


def _gaps(messages: pd.DataFrame, isolated_days: float) -> list[str]:
    """Long stretches without mail one way in a box that is busy otherwise."""
    notes = []
    for direction, what in (("out", "mail from you"), ("in", "mail to you")):
        found = coverage.gaps(messages[messages["direction"].eq(direction)], isolated_days)
        told = [
            f"{first:%Y-%m-%d} to {last:%Y-%m-%d} ({phrases.span(days)})"
            for first, last, days in zip(found["first"], found["last"], found["days"], strict=True)
        ]
        if told:
            notes.append(
                f"No {what} from {'; from '.join(told)}: another address or archive may hold it, "
                "and silence in that time says nothing about a tie."
            )
    return notes
