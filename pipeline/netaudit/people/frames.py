"""The frames that say who is who, out of sets of aliases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from netaudit.model import ALIASES, JOIN, PEOPLE, SUGGESTIONS, joined
from netaudit.names import local
from netaudit.names.reading import Kind, read
from netaudit.names.showing import shown
from netaudit.people import mentions
from netaudit.people.decisions import Decisions
from netaudit.people.scoring import Match

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.owner import Owner

IGNORED = "ignored"
"""The tag of people whom the owner wants left out of relationships and findings."""


def aliases(
    firsts: pd.DataFrame, nature: pd.Series, person: Mapping[str, str], why: Mapping[str, str]
) -> pd.DataFrame:
    """model.ALIASES: every alias, people's or not, in alphabetical order."""
    import pandas as pd  # noqa: PLC0415

    alias = pd.Series(sorted(firsts.index.tolist()), dtype="str")
    return ALIASES.frame(
        {
            "alias": alias,
            "kind": alias.map(mentions.kind_of),
            "person_id": [person.get(one) for one in alias.tolist()],
            "nature": alias.map(nature),
            "why": [why.get(one, "") for one in alias.tolist()],
        }
    )


def people(
    found: pd.DataFrame,
    person: Mapping[str, str],
    owner: Owner,
    decisions: Decisions,
) -> pd.DataFrame:
    """model.PEOPLE, one row per human, by id."""
    import pandas as pd  # noqa: PLC0415

    rows = _of_people(found, person)
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


def _of_people(found: pd.DataFrame, person: Mapping[str, str]) -> pd.DataFrame:
    """The mentions of people's aliases, with the `person_id` as a category."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    alias = found["alias"].cat
    codes, ids = pd.factorize(
        pd.Series([person.get(one) for one in alias.categories.tolist()], dtype="str"), sort=True
    )
    of_row = codes[alias.codes]
    whose = pd.Categorical.from_codes(of_row, ids)
    return found.assign(person_id=whose)[np.asarray(of_row >= 0)]


def _best_names(rows: pd.DataFrame) -> dict[str, str]:
    """Person -> display name: a full personal name, by the person before by others, most often."""
    counted = rows.groupby(["person_id", "name", "own"], as_index=False, observed=True).size()
    counted = counted.astype({"person_id": "str", "name": "str"})
    kinds = {text: read(text) for text in counted["name"].unique()}
    counted["full"] = counted["name"].map(lambda text: kinds[text].is_full).astype(bool)
    counted["part"] = counted["name"].map(lambda text: kinds[text].kind is Kind.PART).astype(bool)
    counted = counted[counted["full"] | counted["part"]]
    counted = counted.sort_values(
        ["full", "own", "size", "name"], ascending=[False, False, False, True]
    )
    best = counted.drop_duplicates("person_id").set_index("person_id")["name"]
    found = {str(one): shown(text) for one, text in best.items()}
    nameless = rows.loc[~rows["person_id"].isin(list(found)), ["person_id", "alias"]]
    nameless = nameless.drop_duplicates().astype("str")
    for one, alias in zip(nameless["person_id"], nameless["alias"], strict=True):
        spelt = local.read(alias) if one not in found and "@" in alias else None
        if spelt:
            found[one] = spelt.text
    return found


def _organisations(rows: pd.DataFrame) -> dict[str, str]:
    """Person -> last known employer, else the organisation of the last address used."""
    import numpy as np  # noqa: PLC0415

    stated = rows[rows["organisation"].ne("")]
    said = mentions.last_appearances(stated, stated["person_id"])["organisation"]
    alias = rows["alias"].cat
    domains = [local.organisation(one) for one in alias.categories.tolist()]
    has_domain = np.array([*map(bool, domains), False])[alias.codes]
    by_mail = mentions.last_appearances(rows[has_domain], rows["person_id"][has_domain])["alias"]
    found = {str(one): local.organisation(address) for one, address in by_mail.items()}
    return found | {str(one): str(employer) for one, employer in said.items()}


def _tags(person: Mapping[str, str], decisions: Decisions) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for entries, fixed in ((decisions.tag, ()), (decisions.ignore, (IGNORED,))):
        for entry in entries:
            for alias in entry.who:
                if alias in person:
                    found.setdefault(person[alias], set()).update(entry.tags, fixed)
    return {one: tuple(sorted(tags)) for one, tags in found.items()}


def suggestions(
    doubtful: Iterable[Match], person: Mapping[str, str], people: pd.DataFrame
) -> pd.DataFrame:
    """model.SUGGESTIONS: pairs of people who may be one, the likeliest first."""
    names = dict(zip(people["person_id"], people["name"], strict=True))
    rows = [
        (
            match.alias,
            match.other,
            person[match.alias],
            person[match.other],
            names[person[match.alias]],
            names[person[match.other]],
            match.probability,
            ", ".join(match.reasons),
        )
        for match in doubtful
    ]
    return SUGGESTIONS.frame(
        dict(zip(SUGGESTIONS.names, zip(*rows, strict=True), strict=True)) if rows else {}
    )
