"""One row per human, out of everything the archive knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netaudit import aliases as spelling
from netaudit.model import ALIASES, JOIN, PEOPLE, SUGGESTIONS, joined
from netaudit.names import local
from netaudit.names.folding import fold
from netaudit.names.reading import Kind, read
from netaudit.people import ids, mentions
from netaudit.people.clusters import Clusters
from netaudit.people.decisions import Decisions

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
        mentions: every mention of every alias, to look up ids of the past.
    """

    people: pd.DataFrame
    aliases: pd.DataFrame
    suggestions: pd.DataFrame
    ids: Mapping[str, str]
    mentions: pd.DataFrame

    def resolve_id(self, person_id: str) -> str | None:
        """The present id of the person who has, or once had, an id; None for an unknown one.

        Ids change when people are merged or older mail is added; old ones are found again.
        """
        if person_id in self.ids:
            return self.ids[person_id]
        seen = self.mentions[["alias", "key"]].drop_duplicates()
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
        for alias in (text.lower(), spelling.profile(text), spelling.of_name(text)):
            if alias and alias in known.index:
                return (str(known[alias]),)
        return self._named(text)

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
    clusters, why = _join(found[found["alias"].isin(human)], owner, decisions)
    alias_ids = ids.alias_ids(dict(firsts["key"]))
    person = _person_ids(firsts.loc[firsts.index.isin(human)], alias_ids, clusters)
    aliases = _aliases_frame(firsts, nature, person, why)
    people = _people_frame(found, person, owner, decisions)
    return People(
        people,
        aliases,
        SUGGESTIONS.empty(),
        {alias_ids[alias]: one for alias, one in person.items()},
        found,
    )


def _humans(found: pd.DataFrame, nature: pd.Series, owner: Owner) -> set[str]:
    seen = set(found.loc[found["counts"], "alias"])
    return (seen & set(nature.index[nature == "human"])) | (owner.aliases & set(nature.index))


def _join(
    found: pd.DataFrame, owner: Owner, decisions: Decisions
) -> tuple[Clusters, dict[str, str]]:
    clusters = Clusters(decisions.cannot_link())
    why: dict[str, str] = {}
    known = set(found["alias"])
    groups: dict[str, list[tuple[str, str]]] = {}
    own = sorted(owner.aliases & known)
    groups["the owner's"] = [(own[0], other) for other in own[1:]]
    groups["you said so"] = [pair for pair in decisions.must_link() if known.issuperset(pair)]
    groups["the same mailbox"] = _chains(
        (local.mailbox(alias), alias) for alias in sorted(known) if "@" in alias
    )
    named = found[["alias", "name"]].drop_duplicates()
    groups["the same name"] = _chains(
        (name.key, alias)
        for alias, name in zip(named["alias"], named["name"].map(read), strict=True)
        if name.kind is Kind.PERSON and name.is_full and len(name.given) > 1
    )
    for reason, pairs in groups.items():
        for one, other in pairs:
            if clusters.join(one, other):
                why.setdefault(other, f"{reason} as {one}")
    return clusters, why


def _chains(keyed: object) -> list[tuple[str, str]]:
    first: dict[str, str] = {}
    pairs = []
    for key, alias in keyed:  # type: ignore[attr-defined]
        if first.setdefault(key, alias) != alias:
            pairs.append((first[key], alias))
    return pairs


def _person_ids(
    firsts: pd.DataFrame, alias_ids: Mapping[str, str], clusters: Clusters
) -> dict[str, str]:
    """Alias -> id of its person: that of the member that appears first."""
    order = firsts.reset_index().sort_values(["at", "key", "alias"], na_position="last")["alias"]
    first: dict[str, str] = {}
    for alias in order:
        first.setdefault(clusters.root(alias), alias_ids[alias])
    return {alias: first[clusters.root(alias)] for alias in order}


def _aliases_frame(
    firsts: pd.DataFrame, nature: pd.Series, person: Mapping[str, str], why: Mapping[str, str]
) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    alias = pd.Series(sorted(firsts.index), dtype="str")
    return ALIASES.frame(
        {
            "alias": alias,
            "kind": alias.map(mentions.kind_of),
            "person_id": [person.get(one) for one in alias],
            "nature": alias.map(nature),
            "why": [why.get(one, "") for one in alias],
        }
    )


def _people_frame(
    found: pd.DataFrame,
    person: Mapping[str, str],
    owner: Owner,
    decisions: Decisions,
) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    rows = found.assign(person_id=found["alias"].map(dict(person)).astype("str"))
    rows = rows[rows["person_id"].notna()]
    members: dict[str, list[str]] = {}
    for alias, one in person.items():
        members.setdefault(one, []).append(alias)
    order = sorted(members)
    names = _best_names(rows)
    organisations = _organisations(rows)
    own = {person[alias] for alias in owner.aliases if alias in person}
    tags = _tags(person, decisions)
    fallback = {one: min(aliases) for one, aliases in members.items()}
    return PEOPLE.conform(
        pd.DataFrame(
            {
                "person_id": order,
                "name": [names.get(one) or fallback[one] for one in order],
                "addresses": [joined(a for a in members[one] if "@" in a) for one in order],
                "profiles": [
                    joined(a for a in members[one] if mentions.kind_of(a) == "profile")
                    for one in order
                ],
                "organisation": [organisations.get(one, "") for one in order],
                "is_owner": [one in own for one in order],
                "tags": [JOIN.join(tags.get(one, ())) for one in order],
            }
        )
    )


def _best_names(rows: pd.DataFrame) -> dict[str, str]:
    """Person -> display name: a full personal name, by the person before by others, most often."""
    counted = rows.groupby(["person_id", "name", "own"], as_index=False).size()
    kinds = {text: read(text) for text in counted["name"].unique()}
    counted["full"] = counted["name"].map(lambda text: kinds[text].is_full).astype(bool)
    counted["part"] = counted["name"].map(lambda text: kinds[text].kind is Kind.PART).astype(bool)
    counted = counted[counted["full"] | counted["part"]]
    counted = counted.sort_values(
        ["full", "own", "size", "name"], ascending=[False, False, False, True]
    )
    best = counted.drop_duplicates("person_id").set_index("person_id")["name"]
    found = {str(one): kinds[text].text for one, text in best.items()}
    for one, alias in zip(rows["person_id"], rows["alias"], strict=True):
        spelt = local.read(alias) if one not in found and "@" in alias else None
        if spelt:
            found[one] = spelt.text
    return found


def _organisations(rows: pd.DataFrame) -> dict[str, str]:
    """Person -> last known employer, else the organisation of the last address used."""
    order = rows.sort_values(["at", "key", "alias"], na_position="first")
    stated = order[order["organisation"].ne("")]
    said = stated.drop_duplicates("person_id", keep="last").set_index("person_id")["organisation"]
    domains = {alias: local.organisation(alias) for alias in order["alias"].unique()}
    order = order.assign(domain=order["alias"].map(domains))
    by_mail = order[order["domain"].ne("")].drop_duplicates("person_id", keep="last")
    found = {
        str(one): str(domain) for one, domain in by_mail.set_index("person_id")["domain"].items()
    }
    return found | {str(one): str(employer) for one, employer in said.items()}


def _tags(person: Mapping[str, str], decisions: Decisions) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for entries, fixed in ((decisions.tag, ()), (decisions.ignore, (IGNORED,))):
        for entry in entries:
            for alias in entry.who:
                if alias in person:
                    found.setdefault(person[alias], set()).update(entry.tags, fixed)
    return {one: tuple(sorted(tags)) for one, tags in found.items()}


IGNORED = "ignored"
"""The tag of people whom the owner wants left out of relationships and findings."""
