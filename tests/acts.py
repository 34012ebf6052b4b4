"""Histories whose messages say something: text, read by the text stage itself."""

from __future__ import annotations

import dataclasses

import pandas as pd
from tests.frames import build_history

from netaudit import relationships
from netaudit.model import SIGNALS, TRAITS
from netaudit.settings import Settings
from netaudit.text import read

OWNER = "me@home.example"
HUMANS = {
    "me": [OWNER],
    "ada": ["ada@brook.example"],
    "jon": ["jon@lind.example"],
    "mara": ["mara@hill.example"],
}


def conversation(*given, humans=HUMANS, **more):
    """The history of messages (key, day, sender, to, body), read; `re` in a dict answers."""
    messages, signals, traits = [], [], []
    for each in given:
        key, day, sender, to, body, *rest = each
        reading = read(body)
        row = {"key": key, "day": day, "sender": sender, "to": to, "words": reading.words}
        row |= {"message_id": key, "subject": f"about {key}", "language": reading.language}
        messages.append(row | (rest[0] if rest else {}))
        signals += [(key, *act) for act in reading.signals]
        traits.append((key, *reading.traits))
    tables = {
        "signals": SIGNALS.conform(pd.DataFrame(signals, columns=SIGNALS.names)),
        "traits": TRAITS.conform(pd.DataFrame(traits, columns=TRAITS.names)),
    }
    history = build_history(humans, *messages, **(tables | more))
    ties = relationships.build(history, Settings(), history.as_of)
    return dataclasses.replace(history, relationships=ties)
