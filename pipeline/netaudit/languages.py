"""How many messages of people are in languages that are read, and how many are not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from netaudit import lookup
from netaudit.text.languages import READ

if TYPE_CHECKING:
    from netaudit.history import History


@dataclass(frozen=True)
class Spoken:
    """Messages with words whose texts were read, by what could be made of them.

    Attributes:
        read: in a language whose acts, topic and tone are read.
        unread: in another.
        untold: whose language could not be told: a few words, or several languages.
        by_language: the unread ones by ISO 639-1 code.
    """

    read: int
    unread: int
    untold: int
    by_language: dict[str, int]

    @property
    def unread_share(self) -> float:
        """Share of the unread among those whose language is known, in [0, 1]; 0 for none."""
        return self.unread / max(self.read + self.unread, 1)

    def as_mapping(self) -> dict[str, Any]:
        """Everything by name, `unread_share` too."""
        return asdict(self) | {"unread_share": round(self.unread_share, 4)}


def count(history: History) -> Spoken:
    """Count the messages of people, automated mail left out."""
    messages = history.messages
    wanted = ~messages["is_automated"] & (messages["words"] > 0)
    rows = messages[wanted.fillna(False).astype(bool)]
    rows = rows[lookup.among(rows["key"], history.traits["key"])]
    told = rows["language"].dropna()
    other = told[~told.isin(READ)].value_counts().sort_index()
    return Spoken(
        read=len(told) - int(other.sum()),
        unread=int(other.sum()),
        untold=len(rows) - len(told),
        by_language={str(code): int(n) for code, n in other.items()},
    )
