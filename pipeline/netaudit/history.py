"""The whole history up to as-of, as every relationship and pattern sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.settings import Settings


@dataclass(frozen=True)
class History:
    """Frames up to `as_of`; the owner's own rows are marked in `people`.

    Attributes:
        as_of: the end of the last day that counts.
        settings: the thresholds in force.
        messages: model.MESSAGES plus `is_automated` (bool) and `thread` (str); no spam, trash,
            drafts.
        recipients: model.RECIPIENTS of those messages.
        interactions: model.INTERACTIONS.
        people, aliases: model.PEOPLE, model.ALIASES.
        blasts: model.BLASTS.
        relationships: model.RELATIONSHIPS, `patterns` still empty.
        connections, gestures, posts: the LinkedIn tables, with a `person_id` where one is known.
        events: one row per event the owner was invited to, updates and answers merged.
        signals, traits, texts: what the text stage read; empty without text.
    """

    as_of: pd.Timestamp
    settings: Settings
    messages: pd.DataFrame
    recipients: pd.DataFrame
    interactions: pd.DataFrame
    people: pd.DataFrame
    aliases: pd.DataFrame
    blasts: pd.DataFrame
    relationships: pd.DataFrame
    connections: pd.DataFrame
    gestures: pd.DataFrame
    posts: pd.DataFrame
    events: pd.DataFrame
    signals: pd.DataFrame
    traits: pd.DataFrame
    texts: pd.DataFrame
