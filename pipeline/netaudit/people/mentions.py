"""Where every alias stands in the archive: one row per mention, with the name given there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from netaudit import aliases
from netaudit.model import JOIN

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["alias", "name", "key", "at", "own", "counts", "organisation"]
"""Columns of the mentions.

alias: mail address, canonical profile or `name:...`; name: the name given there, "" for none;
key: of the message or record; at: when (UTC, NaT for unknown); own: whether the alias's owner
gave the name (sender, LinkedIn member), not somebody else's address book; counts: whether it is
anything but spam or a draft; organisation: as the record gives it, else "". What repeats (alias,
name, organisation) may be a category, in alphabetical order.
"""


def collect(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All mentions of aliases in the stored tables, on a range index.

    Args:
        tables: stored tables, cut at as-of.
    """
    import pandas as pd  # noqa: PLC0415

    parts = [
        *_of_messages(tables),
        *_of_linkedin(tables),
        *_of_calendar(tables),
        _of_contacts(tables["contacts"]),
    ]
    known = [part for part in parts if len(part)] or parts[:1]
    found = pd.DataFrame(
        {
            column: _encoded([part[column] for part in known])
            if column in ("alias", "name", "organisation")
            else pd.concat([part[column] for part in known], ignore_index=True)
            for column in COLUMNS
        }
    )
    alias = found["alias"].cat
    is_alias = _is_alias(alias.categories.to_series()).to_numpy()[alias.codes]
    return found[is_alias].reset_index(drop=True)


def _encoded(parts: list[pd.Series]) -> pd.Categorical:
    """Texts under each other, trimmed, as a category in alphabetical order; missing ones empty."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    coded = [pd.factorize(part) for part in parts]
    texts = pd.Series([""], dtype="str")
    rows = []
    for codes, distinct in coded:
        rows.append(np.where(codes < 0, 0, codes + len(texts)))
        texts = pd.concat([texts, pd.Series(distinct, dtype="str")], ignore_index=True)
    numbers, names = pd.factorize(texts.str.strip(), sort=True)
    return pd.Categorical.from_codes(numbers[np.concatenate(rows)], names)


def kind_of(alias: str) -> str:
    """What an alias is: address, profile or name."""
    if alias.startswith(aliases.NAME_PREFIX):
        return "name"
    return "profile" if alias.startswith("linkedin.com/") else "address"


def _is_alias(found: pd.Series) -> pd.Series:
    profile = found.str.startswith(("linkedin.com/in/", "linkedin.com/pub/"))
    named = found.str.startswith(aliases.NAME_PREFIX) & found.ne(aliases.NAME_PREFIX)
    return found.str.contains("@", regex=False) | profile | named


def _rows(
    alias: pd.Series,
    name: pd.Series | str,
    key: pd.Series,
    at: pd.Series,
    *,
    own: bool,
    counts: pd.Series | bool = True,
    organisation: pd.Series | str = "",
) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    values = (alias, name, key, at, own, counts, organisation)
    frame = pd.DataFrame(dict(zip(COLUMNS, values, strict=True)), index=alias.index)
    return frame.astype({"alias": "str", "name": "str", "key": "str", "organisation": "str"})


def _of_messages(tables: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    from netaudit import lookup  # noqa: PLC0415  (with pandas)

    messages = tables["messages"]
    counts = ~messages["box"].isin(["spam", "draft"])
    sender = _rows(
        messages["from_address"],
        messages["from_name"],
        messages["key"],
        messages["sent_at"],
        own=True,
        counts=counts,
    )
    by = messages[messages["sender_address"].notna()]
    agent = _rows(
        by["sender_address"], "", by["key"], by["sent_at"], own=True, counts=counts[by.index]
    )
    to = tables["recipients"]
    place = lookup.positions(to["key"], messages["key"])
    to, place = lookup.kept(to, place >= 0), place[place >= 0]
    about = messages[["sent_at"]].assign(counts=counts).iloc[place].set_axis(to.index)
    to = _rows(
        to["address"], to["name"], to["key"], about["sent_at"], own=False, counts=about["counts"]
    )
    return [sender, agent, to]


def _of_linkedin(tables: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    found = []
    for table, time in (("connections", "connected_at"), ("gestures", "made_at")):
        rows = tables[table]
        about = {"own": True, "organisation": rows["organisation"]}
        found.append(_rows(member(rows), rows["name"], rows["key"], rows[time], **about))  # type: ignore[arg-type]
    rows = tables["connections"]
    rows = rows[rows["address"].fillna("").ne("")]
    found.append(_rows(rows["address"], rows["name"], rows["key"], rows["connected_at"], own=True))
    return found


def member(rows: pd.DataFrame) -> pd.Series:
    """The alias of the LinkedIn member each row is about: the profile, else the name."""
    profile = rows["profile"].fillna("")
    named = rows["name"].fillna("").map(aliases.of_name).astype("str")
    return profile.where(profile.ne(""), named).astype("str")


def _of_calendar(tables: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    events, attendees = tables["events"], tables["attendees"]
    about = events[["key", "stated_at"]].drop_duplicates("key")
    people = attendees[~attendees["role"].isin(["resource", "group"])].merge(about, on="key")
    return [
        _rows(rows[f"{who}address"], rows[f"{who}name"], rows["key"], rows["stated_at"], own=False)
        for who, rows in (("organiser_", events), ("", people))
    ]


def _of_contacts(contacts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    rows = contact_aliases(contacts)
    never = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us, UTC]")
    return _rows(
        rows["alias"], rows["name"], rows["key"], never, own=False,
        organisation=rows["organisation"],
    )  # fmt: skip


def contact_aliases(contacts: pd.DataFrame) -> pd.DataFrame:
    """The address book with a row for each address and profile: `alias` is added."""
    import pandas as pd  # noqa: PLC0415

    each = contacts.assign(alias=contacts["addresses"].fillna("").str.split(JOIN)).explode("alias")
    linked = contacts.assign(alias=contacts["profile"].fillna(""))
    both = pd.concat([each, linked], ignore_index=True)
    return both[both["alias"].ne("")].reset_index(drop=True)


def first_appearances(mentions: pd.DataFrame) -> pd.DataFrame:
    """The first mention of each alias by time, then key; undated ones last: key, at by alias."""
    import numpy as np  # noqa: PLC0415

    at = mentions["at"].astype("int64").where(mentions["at"].notna(), np.iinfo("int64").max)
    earliest = mentions[at == at.groupby(mentions["alias"], observed=True).transform("min")]
    order = earliest.astype({"alias": "str"}).sort_values(["at", "key"], na_position="last")
    return order.drop_duplicates("alias").set_index("alias")[["key", "at"]]


def last_appearances(mentions: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """The last mention of each person by time, key and alias; undated ones count as the first.

    Args:
        mentions: rows of COLUMNS.
        by: whose each is, on the index of the mentions.
    """
    at = mentions["at"].astype("int64").where(mentions["at"].notna(), -1)
    latest = mentions[at == at.groupby(by, observed=True).transform("max")]
    latest = latest.assign(by=by.loc[latest.index]).astype({"alias": "str"})
    order = latest.sort_values(["at", "key", "alias"], na_position="first")
    return order.drop_duplicates("by", keep="last").set_index("by")
