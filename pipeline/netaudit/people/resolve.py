"""One row per human, out of everything the archive knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from netaudit import aliases as spelling
from netaudit.names.folding import fold
from netaudit.people import frames, ids, links, mentions
from netaudit.people.clusters import Clusters
from netaudit.people.decisions import Decisions
from netaudit.people.evidence import gather
from netaudit.people.joining import join

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.owner import Owner


@dataclass(frozen=True)
class People:
    """Who is who.

    Attributes:
        people: model.PEOPLE.
        aliases: model.ALIASES.
        suggestions: model.SUGGESTIONS, the likeliest first.
        ids: id of every alias -> person_id of its person.
        collect: makes `mentions`; they take much room and are rarely asked for.
    """

    people: pd.DataFrame
    aliases: pd.DataFrame
    suggestions: pd.DataFrame
    ids: Mapping[str, str]
    collect: Callable[[], pd.DataFrame]

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Every mention of every alias (`mentions.COLUMNS`), to look up ids of the past."""
        return self.collect()

    def resolve_id(self, person_id: str) -> str | None:
        """The present id of the person who has, or once had, an id; None for an unknown one.

        Ids change when people are merged or older mail is added; old ones are found again.
        """
        if person_id in self.ids:
            return self.ids[person_id]
        seen = self.mentions[["alias", "key"]].astype("str").drop_duplicates()
        owners = self.aliases.set_index("alias")["person_id"]
        for alias, key in zip(seen["alias"], seen["key"], strict=True):
            if ids.alias_id(alias, key, len(person_id) - 1) == person_id:
                found = owners.get(alias)
                return found if isinstance(found, str) else None
        return None

    def find(self, text: str) -> tuple[str, ...]:
        """Ids of the people that a text means, most likely first.

        Args:
            text: a person_id, an address, a profile (any form of the link), or (part of) a name.
        """
        text = text.strip()
        exact = self.resolve_id(text) if text.startswith("p") and " " not in text else None
        if exact:
            return (exact,)
        known = self.aliases.dropna(subset="person_id").set_index("alias")["person_id"]
        for alias in self.spellings(text):
            if alias in known.index:
                return (str(known[alias]),)
        return self._named(text)

    @staticmethod
    def spellings(text: str) -> tuple[str, ...]:
        """The aliases that a text may be written for: an address, `name:...`, a profile."""
        text = text.strip()
        return tuple(alias for alias in (text.lower(), spelling.profile(text)) if alias)

    def _named(self, text: str) -> tuple[str, ...]:
        words = fold(text).split()
        if not words:
            found = self.people["addresses"].str.contains(text.lower(), regex=False)
            return tuple(self.people.loc[found, "person_id"]) if text else ()
        wanted = " ".join(sorted(words))
        names = self.people["name"].map(lambda name: " ".join(sorted(fold(name).split())))
        exact = self.people.loc[names == wanted, "person_id"]
        if len(exact):
            return tuple(exact)
        holds = names.map(lambda name: all(word in name for word in words)).astype(bool)
        holds |= self.people["addresses"].str.contains(text.lower(), regex=False)
        return tuple(self.people.loc[holds, "person_id"])


def resolve(
    tables: Mapping[str, pd.DataFrame],
    owner: Owner,
    natures: pd.Series,
    decisions: Decisions,
) -> People:
    """One row per human.

    Args:
        tables: stored tables, cut at as-of.
        owner: whose archive it is.
        natures: address -> human, robot, list or role (`robots.natures`).
        decisions: what the owner said of people.
    """
    found = mentions.collect(tables)
    firsts = mentions.first_appearances(found)
    nature = natures.reindex(firsts.index).fillna("human").astype("str")
    human = _humans(found, nature, owner)
    evidence = gather(found[found["counts"] & found["alias"].isin(list(human))])
    joined = join(
        evidence,
        links.stated(tables, owner, decisions, set(evidence)),
        links.apart(owner, decisions),
        lambda aliases: links.Meetings(tables, aliases),
    )
    alias_ids = ids.alias_ids(dict(zip(firsts.index.tolist(), firsts["key"].tolist(), strict=True)))
    person = _person_ids(firsts.loc[firsts.index.isin(human)], alias_ids, joined.clusters)
    aliases = frames.aliases(firsts, nature, person, joined.why)
    people = frames.people(found, person, owner, decisions)
    return People(
        people,
        aliases,
        frames.suggestions(joined.doubtful, person, people),
        {alias_ids[alias]: one for alias, one in person.items()},
        partial(mentions.collect, tables),
    )


def _humans(found: pd.DataFrame, nature: pd.Series, owner: Owner) -> set[str]:
    seen = set(found.loc[found["counts"], "alias"].unique())
    return (seen & set(nature.index[nature == "human"])) | (owner.aliases & set(nature.index))


def _person_ids(
    firsts: pd.DataFrame, alias_ids: Mapping[str, str], clusters: Clusters
) -> dict[str, str]:
    """Alias -> id of its person: that of the member that appears first."""
    order = firsts.reset_index().sort_values(["at", "key", "alias"], na_position="last")["alias"]
    first: dict[str, str] = {}
    for alias in order.tolist():
        first.setdefault(clusters.root(alias), alias_ids[alias])
    return {alias: first[clusters.root(alias)] for alias in order.tolist()}
