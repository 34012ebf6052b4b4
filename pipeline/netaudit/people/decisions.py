"""What the owner decided about people: who is one, who is not, who is ignored, who has which tag.

Decisions name addresses and profiles, never ids, so that they hold whatever is ingested later.
"""

from __future__ import annotations

from collections.abc import Iterable
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
        human: addresses that a person uses, whatever their mail looks like.
        robot: addresses that no person uses.
    """

    merge: tuple[Entry, ...] = field(default=())
    apart: tuple[Entry, ...] = field(default=())
    ignore: tuple[Entry, ...] = field(default=())
    tag: tuple[Entry, ...] = field(default=())
    human: tuple[Entry, ...] = field(default=())
    robot: tuple[Entry, ...] = field(default=())

    def natures(self) -> dict[str, str]:
        """Address -> human or robot, as the owner said."""
        return {
            alias: nature
            for nature, entries in (("human", self.human), ("robot", self.robot))
            for entry in entries
            for alias in entry.who
        }

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


@dataclass(frozen=True)
class Change:
    """One command's change of the decisions, with the way back.

    Attributes:
        what: the command, for the reader.
        added: entries with their kinds.
        removed: entries with their kinds.
    """

    what: str
    added: tuple[tuple[str, Entry], ...] = ()
    removed: tuple[tuple[str, Entry], ...] = ()

    def done(self, decisions: Decisions) -> Decisions:
        """The decisions after the change."""
        return _exchanged(decisions, self.removed, self.added)

    def undone(self, decisions: Decisions) -> Decisions:
        """The decisions as if the change had not been made; later edits by hand stay."""
        return _exchanged(decisions, self.added, self.removed)


def _exchanged(
    decisions: Decisions,
    out: tuple[tuple[str, Entry], ...],
    into: tuple[tuple[str, Entry], ...],
) -> Decisions:
    for kind, entry in out:
        decisions = decisions.without_entry(kind, entry)
    for kind, entry in into:
        # What is there already was put there by a run that was killed before it was done.
        if entry not in getattr(decisions, kind):
            decisions = decisions.with_entry(kind, entry)
    return decisions


def merged(decisions: Decisions, one: str, other: str, note: str = "") -> Change:
    """Two aliases are one person's; what said otherwise is taken back."""
    removed = [("apart", e) for e in decisions.apart if _parts(e, one, other)]
    entry = Entry((one, other), note=note)
    return Change(f"merge {one} {other}", (("merge", entry),), tuple(removed))


def parted(decisions: Decisions, one: str, others: Iterable[str], note: str = "") -> Change:
    """An alias is somebody else than the others; merges of it with them are taken back."""
    others = tuple(others)
    removed = [
        ("merge", e) for e in decisions.merge if one in e.who and set(others).intersection(e.who)
    ]
    kept = [
        ("merge", replace(e, who=rest))
        for _, e in removed
        if len(rest := tuple(alias for alias in e.who if alias != one)) > 1
    ]
    entry = Entry((one, *others), note=note)
    return Change(f"split {one}", (*kept, ("apart", entry)), tuple(removed))


def ignored(alias: str, note: str = "") -> Change:
    """The person is left out of relationships and findings."""
    return Change(f"ignore {alias}", (("ignore", Entry((alias,), note=note)),))


def of_nature(decisions: Decisions, alias: str, nature: str, note: str = "") -> Change:
    """An address is a human's or a robot's; what said otherwise is taken back."""
    other = "robot" if nature == "human" else "human"
    removed = [(other, e) for e in getattr(decisions, other) if alias in e.who]
    kept = [
        (other, replace(e, who=rest))
        for _, e in removed
        if (rest := tuple(one for one in e.who if one != alias))
    ]
    entry = Entry((alias,), note=note)
    return Change(f"{nature} {alias}", (*kept, (nature, entry)), tuple(removed))


def tagged(alias: str, tags: Iterable[str], note: str = "") -> Change:
    """The person gets tags."""
    tags = tuple(tags)
    return Change(f"tag {alias} {' '.join(tags)}", (("tag", Entry((alias,), tags, note)),))


def _parts(entry: Entry, one: str, other: str) -> bool:
    first, *rest = entry.who
    return (first == one and other in rest) or (first == other and one in rest)
