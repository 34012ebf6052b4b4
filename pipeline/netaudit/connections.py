"""What became of each LinkedIn connection: conversed, by which channel; silent; never spoken to.

Weak ties pay (Granovetter 1973; Rajkumar et al. 2022): none of this is a fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netaudit import aliases, lookup
from netaudit.history import once
from netaudit.model import JOIN
from netaudit.names import local
from netaudit.names.compare import Agreement, compare
from netaudit.names.reading import Name, read

if TYPE_CHECKING:
    from netaudit.history import History

CONVERSING = ("message", "meeting", "invitation", "recommendation")
"""Kinds of contact with words or time in them: an invitation counts with its note alone, an
endorsement is a click."""
NEW_DAYS = 90.0
SILENT_DAYS = 365.0
MAY_BE_ONE = (Agreement.SAME, Agreement.FORM, Agreement.INITIAL)
FATES = ("conversed", "silent", "never", "unsure", "new", "hidden")
"""In touch within a year; once, but not for a year; never; never, but somebody of the same name was
talked to, perhaps the same person; never but connected of late; a member whose name the export
withholds."""


def current(connections: pd.DataFrame) -> pd.DataFrame:
    """One row per connection: the youngest export's, where several exports tell of one."""
    who = connections["person_id"].fillna(connections["profile"]).fillna(connections["key"])
    ordered = connections.assign(_who=who.astype("str")).sort_values(
        ["stated_at", "connected_at", "key"], na_position="first"
    )
    return ordered.drop_duplicates("_who", keep="last").drop(columns="_who").sort_index()


@once
def fates(history: History) -> pd.DataFrame:
    """What became of every connection.

    Args:
        history: up to as-of, connections with their person_id.

    Returns:
        One row per connection, sorted by connected_at: key, person_id, name, profile, organisation,
        position, connected_at, year (Int64), fate (one of FATES), channels (of the conversation:
        mail; linkedin; calendar), last_contact (utc), n_contacts (int64).
    """
    rows = current(history.connections)
    own = history.people.loc[history.people["is_owner"], "person_id"]
    rows = rows[~rows["person_id"].isin(own)]
    spoken = history.interactions[history.interactions["kind"].isin(CONVERSING)]
    ever = pd.concat([spoken["person_id"], history.earlier["person_id"]])
    talked_to = history.people[lookup.among(history.people["person_id"], ever)]
    # Who has a profile of their own is somebody else, whatever the name.
    talked_to = talked_to[talked_to["profiles"].fillna("").eq("")]
    spoken = spoken[lookup.among(spoken["person_id"], rows["person_id"])]
    by_person = spoken.groupby("person_id")
    channels = spoken[["person_id", "channel"]].drop_duplicates().sort_values("channel")
    told = pd.DataFrame(
        {
            "last_contact": by_person["at"].max(),
            "n_contacts": by_person.size().astype("int64"),
            "channels": lookup.joined(channels["channel"], channels["person_id"], JOIN),
        }
    )
    rows = rows.join(told, on="person_id")
    rows["n_contacts"] = rows["n_contacts"].fillna(0).astype("int64")
    rows["year"] = rows["connected_at"].dt.year.astype("Int64")
    is_earlier = rows["person_id"].isin(history.earlier["person_id"])
    has_namesake = _has_namesake(rows["name"], talked_to, _signed(history, talked_to))
    has_namesake |= rows["person_id"].isin(history.perhaps_one_of(ever))
    rows["fate"] = _fate(rows, has_namesake, is_earlier, history.as_of)
    columns = [
        "key", "person_id", "name", "profile", "organisation", "position", "connected_at", "year",
        "fate", "channels", "last_contact", "n_contacts",
    ]  # fmt: skip
    return rows[columns].sort_values(["connected_at", "key"], ignore_index=True)


def _signed(history: History, people: pd.DataFrame) -> pd.Series:
    """Every name under which these people's mail came: two may share an address."""
    messages = history.messages
    theirs = lookup.among(messages["from_person"], people["person_id"])
    signed: pd.Series = messages.loc[theirs, "from_name"].dropna().drop_duplicates()
    return signed


def _has_namesake(names: pd.Series, people: pd.DataFrame, signed: pd.Series) -> pd.Series:
    """Whether a name may be one of these people's, or one that they signed with.

    The same words, a form of it, initials that fit, or what one of their addresses spells (a name
    may be written in another alphabet).
    """
    names_told = names.dropna().unique()
    if not len(names_told):
        return pd.Series(False, index=names.index)
    others = pd.concat([people["name"], signed]).dropna().unique()
    words = {_words(text) for text in others}
    addresses = people["addresses"].dropna().str.split(JOIN).explode().unique()
    spelt = (name for name in map(local.read, addresses) if name)
    known: dict[str, list[Name]] = {}
    for other in (*map(read, others), *spelt):
        for part in {other.given, other.family} - {""}:
            known.setdefault(part, []).append(other)
    # Names are compared one by one: only those with a part in common, each distinct name once.
    found = {
        text: _words(text) in words
        or any(
            compare(name, other) in MAY_BE_ONE
            for part in (name.given, name.family)
            for other in known.get(part, ())
        )
        for text, name in ((text, read(text)) for text in names_told)
    }
    return names.map(found).fillna(value=False).astype(bool)


def _words(name: str) -> str:
    """The words of a name, folded, in alphabetical order."""
    return " ".join(sorted(aliases.fold(name).split()))


def _fate(
    rows: pd.DataFrame, is_namesake: pd.Series, is_earlier: pd.Series, as_of: pd.Timestamp
) -> pd.Series:
    day = pd.Timedelta(days=1)
    fate = pd.Series("never", index=rows.index, dtype="str").mask(is_namesake, "unsure")
    fate = fate.mask((as_of - rows["connected_at"]) < NEW_DAYS * day, "new")
    fate = fate.mask(rows["name"].isna() & rows["profile"].isna(), "hidden")
    talked = rows["n_contacts"] > 0
    fate = fate.mask(talked | is_earlier, "silent")
    return fate.mask(talked & ((as_of - rows["last_contact"]) < SILENT_DAYS * day), "conversed")


def by_fate(rows: pd.DataFrame) -> pd.DataFrame:
    """How many connections met each fate.

    Args:
        rows: of `fates`.

    Returns:
        fate, channels (empty but for conversed and silent), n (int64), share (of all), in the
        order of FATES.
    """
    counted = rows.assign(channels=rows["channels"].fillna(""))
    found = counted.groupby(["fate", "channels"], as_index=False).size()
    found = found.rename(columns={"size": "n"})
    found["share"] = found["n"] / max(len(rows), 1)
    order = found["fate"].map({fate: n for n, fate in enumerate(FATES)})
    found = found.assign(_order=order).sort_values(["_order", "n"], ascending=[True, False])
    return found.drop(columns="_order").reset_index(drop=True)


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Connections by the year of connecting (index) and fate (columns, all of FATES); int64."""
    counts = pd.crosstab(rows["year"], rows["fate"])
    return counts.reindex(columns=list(FATES), fill_value=0).rename_axis(columns=None)


def by_employer(rows: pd.DataFrame, most: int = 15) -> pd.DataFrame:
    """Connections by employer at the time of the export.

    Args:
        rows: of `fates`.
        most: employers at most, those with the most connections.

    Returns:
        organisation (its most frequent spelling; index), n, and one column per fate; int64.
    """
    given = rows.dropna(subset="organisation")
    folded = given["organisation"].map({o: aliases.fold(o) for o in given["organisation"].unique()})
    spelling = given.groupby(folded)["organisation"].agg(lambda o: o.mode().iloc[0])
    counts = pd.crosstab(folded.rename("organisation"), given["fate"])
    counts = counts.reindex(columns=list(FATES), fill_value=0).rename_axis(columns=None)
    counts.insert(0, "n", counts.sum(axis=1))
    counts = counts.assign(_name=spelling).sort_values(["n", "_name"], ascending=[False, True])
    return counts.head(most).set_index("_name").rename_axis("organisation")
