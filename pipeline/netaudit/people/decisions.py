"""What the owner decided about people: who is one, who is not, who is ignored, who has which tag.

Decisions name addresses and profiles, never ids, so that they hold whatever is ingested later.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Entry:
    """One decision.

    Attributes:
        who: aliases; of `apart` the first is somebody else than each of the others.
        tags: of `tag`.
        note: for the reader, usually the name.
    """

    who: tuple[str, ...]
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Decisions:
    """All decisions in the order in which they were made.

    Attributes:
        merge: aliases of one person.
        apart: aliases of different people.
        ignore: people to leave out of relationships and findings.
        tag: people's tags (mentor, client, family).
    """

    merge: tuple[Entry, ...] = field(default=())
    apart: tuple[Entry, ...] = field(default=())
    ignore: tuple[Entry, ...] = field(default=())
    tag: tuple[Entry, ...] = field(default=())

    def must_link(self) -> list[tuple[str, str]]:
        """Pairs of aliases that are one person's."""
        return [(e.who[0], other) for e in self.merge for other in e.who[1:]]

    def cannot_link(self) -> list[tuple[str, str]]:
        """Pairs of aliases that are not one person's."""
        return [(e.who[0], other) for e in self.apart for other in e.who[1:]]

    def with_entry(self, kind: str, entry: Entry) -> Decisions:
        """The decisions with one more of a kind."""
        return replace(self, **{kind: (*getattr(self, kind), entry)})

    def without_entry(self, kind: str, entry: Entry) -> Decisions:
        """The decisions without one of a kind."""
        return replace(self, **{kind: tuple(e for e in getattr(self, kind) if e != entry)})
