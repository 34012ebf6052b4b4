"""The owner's own profile, which no file of the export gives outright."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from netaudit import aliases
from netaudit.linkedin.recipients import Known

MAX_CONVERSATIONS = 200_000


@dataclass
class OwnProfile:
    """Collects what points to the owner's profile while the files are read.

    Attributes:
        names: the owner's name, folded, from Profile.csv.
        invited: profiles at the owner's end of invitations, with counts.
        conversations: conversation -> profiles that wrote or were written to in it.
    """

    names: set[str] = field(default_factory=set)
    invited: Counter[str] = field(default_factory=Counter)
    conversations: dict[str, frozenset[str]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def spoke(self, conversation: str, people: frozenset[str]) -> None:
        """A message of a conversation links these profiles."""
        if conversation in self.conversations or len(self.conversations) < MAX_CONVERSATIONS:
            self.conversations[conversation] = (
                self.conversations.get(conversation, frozenset()) | people
            )

    def found(self) -> str:
        """The owner's profile, or an empty string where the rows do not agree on one.

        At first who is at the owner's end of the invitations; else who takes part in nearly every
        conversation, the name deciding between two.
        """
        if self.invited:
            return self.invited.most_common(1)[0][0]
        counts = Counter(person for people in self.conversations.values() for person in people)
        if not counts:
            return ""
        ranked = counts.most_common()
        named = [p for p, _ in ranked if aliases.fold(self.known.names.get(p, "")) in self.names]
        if len(named) == 1:
            return named[0]
        best, most = ranked[0]
        alone = len(ranked) == 1 or ranked[1][1] < most
        return best if alone and most >= 3 and most >= 0.9 * len(self.conversations) else ""
