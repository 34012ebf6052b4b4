"""Answers foretold: open asks, and rates of answering, judged by the answers that came.

An ask is open as `obligations` means it: to few people, 2 to 180 days old, nothing since that could
have settled it. Beside it stand all other direct messages that are open in the same sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from measures import auc, calibration_error, interval

from netaudit import obligations
from netaudit.model import JOIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netaudit.history import History

HORIZONS = (30, 90)
"""Days."""
WITHIN = pd.Timedelta(days=14)
"""An answer counted in a rate comes so soon."""
NEXT = pd.Timedelta(days=90)
"""The messages on which a rate is judged are sent so soon after the cut."""
WIDEST = 0.5
"""Rates with a wider interval are not stated."""
AGES = (14.0, 180.0)
"""Bounds of the ages that are told apart, days."""
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)
SIDES = {"in": "the owner is asked", "out": "the owner asks"}


def opened(history: History, future: History, then: Mapping[str, str]) -> pd.DataFrame:
    """Open messages at a cut, and what answered them later.

    Args:
        history: up to the cut.
        future: the whole mailbox.
        then: person_id of the future -> person_id at the cut.

    Returns:
        person_id, key, direction, is_ask, age_days, `answered_30`, `answered_90` (an answer to it
        came within so many days of the cut), `wrote_30`, `wrote_90` (any direct message back).
    """
    found = []
    for direction in SIDES:
        rows = obligations.waiting(history, direction, asks_only=False)
        asks = obligations.waiting(history, direction)
        asks = asks.drop_duplicates(["person_id", "sentence"], keep="last")
        is_ask = _pairs(rows).isin(_pairs(asks))
        found.append(rows[["person_id", "key", "direction", "at"]].assign(is_ask=is_ask))
    rows = pd.concat(found, ignore_index=True)
    rows["age_days"] = (history.as_of - rows["at"]).dt.total_seconds() / 86_400
    later = _direct(future, then)
    answered = later.dropna(subset="answered_at").drop_duplicates(["key", "person_id"])
    rows = rows.merge(
        answered[["key", "person_id", "answered_at"]], on=["key", "person_id"], how="left"
    )
    back = later[later["at"] > history.as_of].assign(
        direction=lambda r: r["direction"].map({"in": "out", "out": "in"})
    )
    back = back.groupby(["person_id", "direction"])["at"].min().rename("wrote_at")
    rows = rows.join(back, on=["person_id", "direction"])
    for days in HORIZONS:
        until = history.as_of + pd.Timedelta(days=days)
        rows[f"answered_{days}"] = rows["answered_at"] <= until
        rows[f"wrote_{days}"] = rows["wrote_at"] <= until
    return rows.drop(columns=["at", "answered_at", "wrote_at"])


def sent(history: History, future: History, then: Mapping[str, str]) -> pd.DataFrame:
    """Direct messages soon after a cut, to people whose rate of answering was stated at the cut.

    Returns:
        person_id, direction, said (the rate), answered (within 14 days).
    """
    later = _direct(future, then)
    later = later[(later["at"] > history.as_of) & (later["at"] <= history.as_of + NEXT)]
    ties = history.relationships.set_index("person_id")
    parts = []
    for direction in SIDES:
        rate = ties[f"reply_rate_{direction}"]
        width = ties[f"reply_rate_{direction}_high"] - ties[f"reply_rate_{direction}_low"]
        rows = later[later["direction"].eq(direction)]
        rows = rows.assign(said=rows["person_id"].map(rate[width <= WIDEST]).astype("float64"))
        rows["answered"] = rows["answered_at"] - rows["at"] <= WITHIN
        parts.append(rows.dropna(subset="said"))
    return pd.concat(parts)[["person_id", "direction", "said", "answered"]]


def _direct(future: History, then: Mapping[str, str]) -> pd.DataFrame:
    """Direct messages of the whole mailbox by the person_id at the cut."""
    contacts = future.interactions
    direct = contacts[contacts["is_direct"] & contacts["kind"].eq("message")]
    columns = direct[["key", "direction", "at", "answered_at"]]
    return columns.assign(person_id=direct["person_id"].map(then)).dropna(subset="person_id")


def _pairs(rows: pd.DataFrame) -> pd.Series:
    return rows["key"].astype("str") + JOIN + rows["person_id"].astype("str")


def print_tables(open_at: pd.DataFrame, after: pd.DataFrame, rng: np.random.Generator) -> None:
    """How often answers came, by what was said of them.

    Args:
        open_at: of `opened`, with owner and as_of.
        after: of `sent`, with owner and as_of.
        rng: draws the intervals, by tie.
    """
    print("\n### Open asks: did the answer come, or any direct message back?\n")
    names = [f"{what} in {days} d" for what in ("answered", "wrote back") for days in HORIZONS]
    print("| who waits | open message | n | ties | " + " | ".join(names) + " |")
    print("|---" * (4 + len(names)) + "|")
    columns = [f"{what}_{days}" for what in ("answered", "wrote") for days in HORIZONS]
    aged = open_at.assign(is_young=open_at["age_days"] <= AGES[0])
    groups = aged.groupby(["direction", "is_young", "is_ask"], sort=False)
    for (direction, is_young, is_ask), rows in sorted(groups, key=lambda g: g[0], reverse=True):
        kind = ("ask" if is_ask else "other") + (", to 14 d old" if is_young else ", older")
        cells = [interval(rows.assign(hit=rows[name]), _share, rng) for name in columns]
        ties = (rows["owner"] + rows["person_id"]).nunique()
        print(
            f"| {SIDES[direction]} | {kind} | {len(rows):,} | {ties} | " + " | ".join(cells) + " |"
        )
    print("\n### Rates of answering, on the direct messages of the 90 days after\n")
    print("| who answers | rate said | answered within 14 d | messages | ties |")
    print("|---" * 5 + "|")
    for direction, who in (("in", "the owner"), ("out", "the other")):
        side = after[after["direction"].eq(direction)]
        for _, rows in side.groupby(pd.cut(side["said"], BINS, right=False), observed=True):
            ties = (rows["owner"] + rows["person_id"]).nunique()
            came = interval(rows.assign(hit=rows["answered"]), _share, rng)
            print(f"| {who} | {rows['said'].mean():.2f} | {came} | {len(rows):,} | {ties} |")
    print(
        "\n| who answers | messages | base rate | AUC | calibration error | Brier | of the base |"
    )
    print("|---" * 7 + "|")
    for direction, who in (("in", "the owner"), ("out", "the other")):
        side = after[after["direction"].eq(direction)]
        y, p = side["answered"].to_numpy(), side["said"].to_numpy()
        print(
            f"| {who} | {len(y):,} | {y.mean():.2f} | {auc(y, p):.3f} | "
            f"{calibration_error(y, p):.3f} | {np.mean((p - y) ** 2):.3f} | "
            f"{y.mean() * (1 - y.mean()):.3f} |"
        )


def _share(rows: pd.DataFrame) -> float:
    return float(rows["hit"].mean())
