"""Names under which people stand in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.aliases import fold

if TYPE_CHECKING:
    from netaudit.people.resolve import People


def written(people: People, person: str) -> tuple[str, ...]:
    """The names of a person as they and others write them, in order, once for each folded form.

    Names that others gave count only where they share a word with the person's own or with an
    address: "the boss" is nobody's name.
    """
    aliases = people.aliases.loc[people.aliases["person_id"] == person, "alias"]
    seen = people.mentions[people.mentions["alias"].isin(aliases) & people.mentions["name"].ne("")]
    best = str(people.people.set_index("person_id").loc[person, "name"])
    seen = seen.astype({"name": "str"})
    own = [best, *sorted(set(seen.loc[seen["own"].astype(bool), "name"]))]
    words = {word for name in (*own, *aliases) for word in fold(name).split() if len(word) > 1}
    others = sorted(set(seen.loc[~seen["own"].astype(bool), "name"]))
    near = [name for name in others if words.intersection(fold(name).split())]
    distinct = {fold(name): name for name in reversed([*own, *near]) if "@" not in name}
    owners = set(people.people.loc[people.people["is_owner"], "name"].map(fold))
    return tuple(reversed([name for key, name in distinct.items() if key and key not in owners]))


def namesakes(people: People, person: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of other people who bear one of the names."""
    folded = {fold(name) for name in names}
    rows = people.people[people.people["person_id"] != person]
    return tuple(rows.loc[rows["name"].map(fold).isin(folded), "person_id"])
