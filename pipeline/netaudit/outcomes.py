"""What came of an earlier list: did contact happen, was the ask answered, did the balance move?

Everything but the owner's own answers is computed from the archive as of the day of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netaudit import actions, balance, candidates, obligations, steps
from netaudit import answers as said
from netaudit.model import OUTCOMES
from netaudit.quarter import ids_today, last_day
from netaudit.relationships import exchange, sides

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Any

    from netaudit.audit import Audit

LEAST_DAYS = 30
"""A list needs so long before one can tell what came of it."""
MOVED = 0.02
"""A smaller move of the owner's share, towards even or away from it, is none."""


def last_review(given: pd.DataFrame, as_of: pd.Timestamp) -> pd.Timestamp | None:
    """The day of the last review that is old enough for something to have come of it, or None.

    Args:
        given: model.ANSWERS.
        as_of: of the report.
    """
    latest = last_day(as_of) - pd.Timedelta(days=LEAST_DAYS)
    earlier = given.loc[given["as_of"] <= latest, "as_of"]
    return None if earlier.empty else earlier.max()


def of(
    audit: Audit, answers: pd.DataFrame | None = None, before: Audit | None = None
) -> pd.DataFrame:
    """What came of the last list before this audit.

    The last review in the journal tells whom it was about; without one, the list of an earlier
    audit does, made anew.

    Args:
        audit: as of now.
        answers: model.ANSWERS.
        before: an earlier audit of the same archive.

    Returns:
        model.OUTCOMES, those with whom contact happened first; people who are not known any more
        or whom the owner left out are missing.
    """
    given = said.of_people(answers, audit)
    asked = _reviewed(given, audit.as_of)
    if asked is None and before is not None:
        listed = actions.choose(before, answers)[["person_id", "step", "reason", "answer", "note"]]
        today = listed["person_id"].map(ids_today(before, audit))
        asked = listed.assign(person_id=today.array, asked_on=last_day(before.as_of))
        asked = asked.drop_duplicates("person_id")
    if asked is None or asked.empty:
        return OUTCOMES.empty()
    ties = audit.relationships.set_index("person_id")
    asked = asked[asked["person_id"].isin(ties.index)]
    found = asked.assign(name=ties["name"].reindex(asked["person_id"]).array)
    found = found.merge(_since(audit, found), on="person_id", how="left")
    found[["n_out", "n_in"]] = found[["n_out", "n_in"]].fillna(0).astype("int64")
    found = _asks(audit, _balances(audit, found))
    found["summary"] = _told(found)
    first = found[["first_out", "first_in"]].min(axis=1)
    order = found.assign(contact=first).sort_values("contact", kind="stable")
    return OUTCOMES.conform(order.reset_index(drop=True))


def _reviewed(given: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame | None:
    """The people of the last review, with the answers that stand."""
    day = last_review(given, as_of)
    if day is None:
        return None
    review = given[given["as_of"].eq(day)]
    people = review.drop_duplicates("person_id", keep="last")[["person_id", "step", "reason"]]
    final = said.final(review).set_index("person_id")["answer"].reindex(people["person_id"])
    told = said.notes(review).reindex(people["person_id"])
    return people.assign(asked_on=day, answer=final.array, note=told.array)


def _direct(audit: Audit, people: pd.DataFrame) -> pd.DataFrame:
    """The direct messages that count for the balance, with the day of the list beside each."""
    days = people[["person_id", "asked_on"]]
    return exchange(audit.history.interactions).merge(days, on="person_id")


def _since(audit: Audit, people: pd.DataFrame) -> pd.DataFrame:
    """Direct messages since the list: how many, and the first, each way."""
    messages = _direct(audit, people)
    later = messages[messages["at"] >= messages["asked_on"] + pd.Timedelta(days=1)]
    parts: dict[str, pd.Series] = {}
    for side in ("out", "in"):
        rows = later[later["direction"].eq(side)].groupby("person_id")
        parts |= {f"n_{side}": rows["key"].nunique(), f"first_{side}": rows["at"].min()}
    return pd.DataFrame(parts).rename_axis("person_id").reset_index()


def _balances(audit: Audit, people: pd.DataFrame) -> pd.DataFrame:
    """The owner's share of the exchange then and now, and whether it came closer to even."""
    messages = _direct(audit, people)
    before = sides(messages[messages["at"] < messages["asked_on"] + pd.Timedelta(days=1)])
    shares = {
        "reciprocity_before": pd.Series(balance.mean(before["out"], before["into"]), before.index),
        "reciprocity": audit.relationships.set_index("person_id")["reciprocity"],
    }
    known = people.assign(**{n: people["person_id"].map(share) for n, share in shares.items()})
    nearer = (known["reciprocity_before"] - 0.5).abs() - (known["reciprocity"] - 0.5).abs()
    moved = np.select([nearer.isna(), nearer >= MOVED, nearer <= -MOVED], ["", "closer", "farther"],
                      "same")  # fmt: skip
    return known.assign(balance=pd.Series(moved, known.index, "str").replace("", pd.NA))


def _asks(audit: Audit, people: pd.DataFrame) -> pd.DataFrame:
    """For those who waited for an answer: when they had asked, and what became of it."""
    end = people["asked_on"].max() + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
    waited = people["reason"].eq(candidates.REPLY_OWED)
    if not waited.any() or audit.history.signals.empty:
        return people.assign(ask=pd.Series(pd.NA, people.index, "str"))
    asks = obligations.since_then(audit.history, end).reindex(people["person_id"])
    ask = asks["is_answered"].map({True: "answered", False: "open"}).set_axis(people.index)
    at = asks["at"].set_axis(people.index)
    return people.assign(ask=ask.where(waited).astype("str"), asked_at=at.where(waited))


_ASK = {
    "answered": " What they asked on {at:%Y-%m-%d} is answered.",
    "open": " What they asked on {at:%Y-%m-%d} still waits for an answer.",
}
_BALANCE = {
    "closer": " The balance moved towards even: your share was {before:.0%}, now it is {now:.0%}.",
    "farther": " The balance moved away from even: your share was {before:.0%}, now {now:.0%}.",
}


def _told(found: pd.DataFrame) -> list[str]:
    return [
        _contact(row)
        + _ASK.get(str(row["ask"]), "").format(at=row.get("asked_at"))
        + _BALANCE.get(str(row["balance"]), "").format(
            before=row["reciprocity_before"], now=row["reciprocity"]
        )
        for row in found.to_dict("records")
    ]  # fmt: skip


def _contact(row: Mapping[Hashable, Any]) -> str:
    out, into = row["first_out"], row["first_in"]
    if row["step"] == steps.REST and pd.isna(out):
        return "You let it rest." + (f" They wrote on {into:%Y-%m-%d}." if pd.notna(into) else "")
    if pd.isna(out) and pd.isna(into):
        return "No direct message either way since."
    if pd.isna(into):
        return f"You wrote on {out:%Y-%m-%d}; nothing came back yet."
    if pd.isna(out):
        return f"They wrote on {into:%Y-%m-%d}; you did not."
    first, then = ("You", "they") if out < into else ("They", "you")
    early, late = (out, into) if out < into else (into, out)
    return f"{first} wrote on {early:%Y-%m-%d}, {then} on {late:%Y-%m-%d}."
