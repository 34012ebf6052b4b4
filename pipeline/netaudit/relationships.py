"""One row per tie: counts, strength, balance, replies, rhythm, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import activity, balance, give_take, lookup, replies, subjects
from netaudit.model import JOIN, RELATIONSHIPS
from netaudit.settings import build as build_settings
from netaudit.status import Silence, status

if TYPE_CHECKING:
    from netaudit.history import History
    from netaudit.settings import Settings, Strength

CHANNELS = ("mail", "linkedin", "calendar")


def build(
    history: History,
    settings: Settings,
    as_of: pd.Timestamp,
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The relationships of the owner as of a time.

    Args:
        history: up to `as_of`, blasts marked.
        settings: the thresholds in force.
        as_of: the end of the last day that counts.
        figures: `activity_figures` of the history, where they are known already.

    Returns:
        model.RELATIONSHIPS sorted by person_id, `patterns` missing: everyone who wrote to the
        owner, was written to, met, or is a LinkedIn connection.
    """
    contacts = _coded(history)
    messages = contacts[contacts["kind"].eq("message")]
    direct = messages[messages["is_direct"]]
    rows = _who(history, contacts)
    parts: list[pd.DataFrame | pd.Series] = [
        _contact(contacts, messages),
        _channels(history, contacts),
        _counts(messages),
        strength(contacts, settings.strength, as_of),
        _balance(contacts),
        replies.rates(contacts, as_of, settings.replies),
        _initiated(contacts, settings.replies.new_conversation_days),
        _rhythm(direct, as_of)[["cadence_days", "gap_days"]],
        _rhythm(personal(direct), as_of)[["interval_days", "n_contact_days"]],
        _silent_days(contacts, as_of),
        _wanted_days(history),
        _acts(history, direct),
    ]
    for part in parts:
        rows = rows.join(part)
    rows = _filled(rows)
    figures = activity_figures(history) if figures is None else figures
    rows["p_active"] = activity.p_active(figures)
    rows["status"] = _status(rows, history, settings, as_of)
    return RELATIONSHIPS.conform(rows.reset_index())


def activity_figures(history: History) -> pd.DataFrame:
    """The figures behind `p_active` of every tie with direct contact (`activity.features`)."""
    contacts = history.interactions
    direct = personal_messages(history)
    # The subject's mark tells of an answer also where what it answers is not in the archive.
    marked = history.messages.loc[subjects.are_replies(history.messages["subject"]), "key"]
    is_reply = direct["answers_key"].notna() | lookup.among(direct["key"], marked)
    direct = direct[["person_id", "at", "direction"]].assign(is_reply=is_reply)
    seen = presence(history)
    mailings = contacts.loc[_is_mailing(contacts), "key"]
    return activity.features(direct, seen[~lookup.among(seen["key"], mailings)], history.as_of)


def personal_messages(history: History) -> pd.DataFrame:
    """The direct messages that are none of the owner's mass mailings: model.INTERACTIONS."""
    contacts = history.interactions
    return personal(contacts[contacts["is_direct"] & contacts["kind"].eq("message")])


def personal(contacts: pd.DataFrame) -> pd.DataFrame:
    """The contacts that are none of the owner's mass mailings, which keep no tie alive.

    Args:
        contacts: model.INTERACTIONS.
    """
    return contacts[~_is_mailing(contacts)]


def _is_mailing(contacts: pd.DataFrame) -> pd.Series:
    return contacts["direction"].eq("out") & contacts["blast_id"].notna()


def presence(history: History) -> pd.DataFrame:
    """Who stands on which human message in any role, the owner left out: person_id, key, at."""
    messages, people = history.messages, history.people
    sender = lookup.positions(messages["from_person"], people["person_id"])
    both = pd.DataFrame(
        {
            "message": np.concatenate([np.arange(len(messages)), history.addressed["message"]]),
            "person": np.concatenate([sender, history.addressed["person"]]),
        }
    ).drop_duplicates()
    human = ~messages["is_automated"].to_numpy()[both["message"]]
    other = np.append(~people["is_owner"].to_numpy(), False)[both["person"]]
    both = both[human & other]
    rows = both["message"].to_numpy()
    return pd.DataFrame(
        {
            "person_id": people["person_id"].array[both["person"].to_numpy()],
            "key": messages["key"].array[rows],
            "at": messages["sent_at"].array[rows],
        }
    )


def _coded(history: History) -> pd.DataFrame:
    """The interactions with persons as a category: grouping by numbers is much faster."""
    contacts = history.interactions
    return contacts.assign(person_id=contacts["person_id"].astype("category"))


def _who(history: History, contacts: pd.DataFrame) -> pd.DataFrame:
    spoken = contacts.loc[contacts["kind"].isin(["message", "meeting"]), "person_id"].unique()
    connected = history.connections["person_id"].dropna()
    people = history.people[~history.people["is_owner"]]
    people = people[people["person_id"].isin(spoken) | people["person_id"].isin(connected)]
    columns = ["name", "addresses", "profiles", "organisation"]
    return people.set_index("person_id")[columns].sort_index()


def _contact(contacts: pd.DataFrame, messages: pd.DataFrame) -> pd.DataFrame:
    """First and last contact of any kind; the last message each way; whether all on one day."""
    at = contacts.groupby("person_id", observed=True)["at"]
    found = pd.DataFrame({"first_contact": at.min(), "last_contact": at.max()})
    found["one_day"] = found["first_contact"].dt.floor("D") == found["last_contact"].dt.floor("D")
    found.index = found.index.astype("str")
    for direction in ("in", "out"):
        found[f"last_{direction}"] = _latest(messages[messages["direction"].eq(direction)])
    return found


def _latest(contacts: pd.DataFrame) -> pd.Series:
    """The time of the last contact by person, on an index of text.

    Categories of one length cannot be looked up among those of another: pandas stores their codes
    in different types.
    """
    last: pd.Series = contacts.groupby("person_id", observed=True)["at"].max()
    return last.set_axis(last.index.astype("str"))


def _channels(history: History, contacts: pd.DataFrame) -> pd.Series:
    """The channels of each person's contact; a connection is one of LinkedIn."""
    connected = history.connections[["person_id"]].dropna().assign(channel="linkedin")
    seen = contacts[["person_id", "channel"]].drop_duplicates().astype("str")
    both = pd.concat([seen, connected]).drop_duplicates()
    bits = both["channel"].map({name: 1 << bit for bit, name in enumerate(CHANNELS)})
    codes = bits.fillna(0).astype("int64").groupby(both["person_id"]).sum()
    words = [
        JOIN.join(name for bit, name in enumerate(CHANNELS) if code >> bit & 1)
        for code in range(1 << len(CHANNELS))
    ]
    return pd.Series(np.array(words, dtype=object)[codes], codes.index, "str", "channels")


def _counts(messages: pd.DataFrame) -> pd.DataFrame:
    """n_in, n_out and the direct ones among them."""
    into = messages["direction"].eq("in")
    direct = messages["is_direct"]
    flags = pd.DataFrame(
        {
            "n_in": into,
            "n_out": ~into,
            "n_in_direct": into & direct,
            "n_out_direct": ~into & direct,
        }
    ).astype("int64")
    return flags.groupby(messages["person_id"], observed=True).sum()


def strength(contacts: pd.DataFrame, settings: Strength, as_of: pd.Timestamp) -> pd.DataFrame:
    """Theta * 0.5 ** (age / half-life) / recipients, summed; what is no message weighs its own.

    Roth et al., KDD 2010, "Suggesting friends using the implicit social graph".

    Args:
        contacts: model.INTERACTIONS up to as-of.
        settings: half-life and weights.
        as_of: the time that ages are counted to.

    Returns:
        `strength_in`, `strength_out` and their sum `strength` by person_id.
    """
    age_days = (as_of - contacts["at"]).dt.total_seconds() / 86400
    decay = 0.5 ** (age_days / settings.half_life_days) / contacts["n_humans"]
    kind, direction = contacts["kind"], contacts["direction"]
    other = np.where(kind.eq("meeting"), settings.meeting_weight, settings.gesture_weight)
    weights = {}
    for side, theta in (("in", settings.theta_in), ("out", settings.theta_out)):
        weight = np.where(kind.eq("message"), theta, other)
        weights[f"strength_{side}"] = decay * weight * direction.isin([side, "both"])
    found = pd.DataFrame(weights).groupby(contacts["person_id"], observed=True).sum()
    found["strength"] = found["strength_in"] + found["strength_out"]
    return found


def exchange(contacts: pd.DataFrame) -> pd.DataFrame:
    """The direct messages that count for the balance: no mailing of the owner, no answer to one.

    Args:
        contacts: model.INTERACTIONS.
    """
    is_personal = contacts["blast_id"].isna()
    return contacts[contacts["is_direct"] & contacts["kind"].eq("message") & is_personal]


def sides(contacts: pd.DataFrame) -> pd.DataFrame:
    """How many messages are the owner's (`out`) and how many theirs (`into`), by person."""
    is_out = contacts["direction"].eq("out")
    counted = pd.DataFrame({"out": is_out, "into": ~is_out}).astype("int64")
    return counted.groupby(contacts["person_id"], observed=True).sum()


def _balance(contacts: pd.DataFrame) -> pd.DataFrame:
    """Reciprocity with its 90% interval."""
    counts = sides(exchange(contacts))
    out, into = counts["out"].to_numpy(), counts["into"].to_numpy()
    figures = {
        "reciprocity": balance.mean(out, into),
        "reciprocity_low": balance.quantile(out, into, balance.TAIL),
        "reciprocity_high": balance.quantile(out, into, 1 - balance.TAIL),
    }
    return pd.DataFrame(figures, index=counts.index)


def conversations(contacts: pd.DataFrame, new_days: float) -> pd.DataFrame:
    """Conversations with each person, and who opened them.

    A conversation is a thread, or after some silent days a new one; those without any direct
    message do not count, but a direct one may have begun with a message to many.

    Args:
        contacts: model.INTERACTIONS, sorted by time and key.
        new_days: silence after which a thread counts as a new conversation.

    Returns:
        `person_id`, `at` (its first message), `key`, `out` (bool: the owner opened it).
    """
    messages = contacts[contacts["kind"].eq("message")]
    work = pd.DataFrame(
        {
            "person_id": messages["person_id"],
            "person": pd.factorize(messages["person_id"])[0],
            "thread": pd.factorize(messages["thread"])[0],
            "at": messages["at"],
            "key": messages["key"],
            "out": messages["direction"].eq("out"),
            "direct": messages["is_direct"],
        }
    ).sort_values(["person", "thread"])  # within them the order stays: by time and key
    new = (
        work["person"].ne(work["person"].shift())
        | work["thread"].ne(work["thread"].shift())
        | (work["at"].diff() > pd.Timedelta(days=new_days))
    )
    any_direct = work["direct"].groupby(new.cumsum()).any()
    opened = work[new]
    return opened.loc[any_direct.to_numpy(), ["person_id", "at", "key", "out"]]


def _initiated(contacts: pd.DataFrame, new_days: float) -> pd.Series:
    """The share of conversations that the owner opened."""
    opened = conversations(contacts, new_days)
    shares: pd.Series = opened.groupby("person_id", observed=True)["out"].mean()
    return shares.rename("initiated_out")


def _rhythm(direct: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Days with direct contact: how many, how far apart, how long ago the last."""
    days = pd.DataFrame({"person_id": direct["person_id"], "day": direct["at"].dt.floor("D")})
    days = days.drop_duplicates().sort_values(["person_id", "day"])
    apart = days.groupby("person_id", observed=True)["day"].diff().dt.days
    by_person = days.assign(apart=apart).groupby("person_id", observed=True)
    found = pd.DataFrame(
        {
            "cadence_days": by_person["apart"].median(),
            "interval_days": by_person["apart"].mean(),
            "n_contact_days": by_person.size(),
        }
    )
    found["gap_days"] = (as_of.floor("D") - by_person["day"].max()).dt.days.astype("float64")
    return found


def _silent_days(contacts: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """Days since the last personal contact; without one, since the last of any kind."""
    own = personal(contacts)
    close = own[(own["is_direct"] & own["kind"].eq("message")) | own["kind"].eq("meeting")]
    last = pd.concat([_latest(part) for part in (close, own, contacts)])
    last = last[~last.index.duplicated()]
    days: pd.Series = (as_of.floor("D") - last.dt.floor("D")).dt.days.astype("float64")
    return days.rename("silent_days")


def _wanted_days(history: History) -> pd.Series:
    """The shortest cadence that the owner wants for any of a person's tags."""
    tags = history.people.set_index("person_id")["tags"].fillna("").str.split(JOIN).explode()
    wanted = {tag.casefold(): days for tag, days in history.settings.cadence.items()}
    days = tags.str.casefold().map(wanted).astype("float64")
    shortest: pd.Series = days.groupby(level=0).min()
    return shortest.rename("wanted_days")


def _acts(history: History, direct: pd.DataFrame) -> pd.DataFrame:
    """Messages that ask and that give; missing for people none of whose messages was read."""
    names = ["asks_out", "gives_out", "asks_in", "gives_in"]
    read = lookup.among(direct["key"], history.traits["key"])
    seen = direct.loc[read, ["key", "person_id", "direction"]]
    people = seen["person_id"].astype("str").unique()
    acts = give_take.acts(history)
    counts = {side: give_take.tallies(acts, side) for side in ("out", "in")}
    wide = pd.DataFrame(
        {name: counts[name.partition("_")[2]][name.partition("_")[0]] for name in names}
    )
    return wide.reindex(people).fillna(0).astype("Int64")


def _filled(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts and sums over nothing are known to be nought; everything else stays missing."""
    counts = ["n_in", "n_out", "n_in_direct", "n_out_direct", "n_contact_days"]
    rows[counts] = rows[counts].fillna(0).astype("int64")
    sums = ["strength_in", "strength_out", "strength"]
    rows[sums] = rows[sums].fillna(0.0)
    return rows


def _status(
    rows: pd.DataFrame, history: History, settings: Settings, as_of: pd.Timestamp
) -> np.ndarray:
    """The status; who was never spoken to (an endorsement, an invitation) has none.

    Who was met before the first day that counts is neither new nor met on one day only.
    """
    silence = build_settings(Silence, settings.patterns.get("dormant", {}), "patterns.dormant")
    met = rows["channels"].fillna("").str.contains("calendar")
    spoken = rows["first_contact"].where(met | (rows["n_in"] + rows["n_out"] > 0))
    is_earlier = rows.index.isin(history.earlier["person_id"])
    judged = rows.assign(
        first_contact=spoken.mask(spoken.notna() & is_earlier, pd.Timestamp(0, tz="UTC")),
        one_day=rows["one_day"].fillna(False).astype(bool) & ~is_earlier,
    )
    return status(judged, as_of, silence, settings.status.new_days)
