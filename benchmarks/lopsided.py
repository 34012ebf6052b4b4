"""one_sided, judged by whether the following year was as lopsided."""

from __future__ import annotations

import numpy as np
import pandas as pd
from backtest import LAST_DAY
from measures import interval

from netaudit import balance
from netaudit.patterns.one_sided import OneSided

LEAST_NEXT = 3
"""Direct messages of the following year from which on its balance means something."""
SHARES = (0.75, 0.9, 0.999)
"""Bounds of the naive shares that are compared with each other."""


def print_tables(ties: pd.DataFrame, rng: np.random.Generator) -> None:
    """Flagged ties beside unflagged ones of the same naive share; thresholds moved by 20%."""
    whole = ties[ties["as_of"] + pd.Timedelta(days=365) <= LAST_DAY].reset_index(drop=True)
    rows = _judged(whole)
    flagged = rows["flagged"]
    print(
        f"\n### one_sided: the year after, {len(rows):,} ties with over {SHARES[0]:.0%} of the "
        f"direct messages one way, at cuts with a whole year behind them\n"
    )
    print(
        f"| ties | n | any message in the year | {LEAST_NEXT} or more | of these, still one-sided |"
    )
    print("|---" * 5 + "|")
    for name, group in (("flagged", rows[flagged]), ("same share, not flagged", rows[~flagged])):
        weighted = group.assign(weight=_weights(group, rows[flagged]))
        goes_on, judged = (
            interval(weighted.assign(hit=hit), _weighted_mean, rng)
            for hit in (group["n_next"] > 0, group["n_next"] >= LEAST_NEXT)
        )
        on = weighted[weighted["n_next"] >= LEAST_NEXT]
        stays = interval(on.assign(hit=on["stays"]), _weighted_mean, rng)
        print(f"| {name} | {len(group):,} | {goes_on} | {judged} | {stays} ({len(on)}) |")
    _print_sensitivity(whole)


def _judged(ties: pd.DataFrame, rule: OneSided | None = None) -> pd.DataFrame:
    """Lopsided ties with their side, stratum, whether the rule flags them, and what followed."""
    rule = rule or OneSided()
    out, into = ties["n_out_direct"], ties["n_in_direct"]
    share = np.maximum(out, into) / (out + into)
    many, few = np.maximum(out, into), np.minimum(out, into)
    sure = balance.probability_above(many, few, rule.share) >= rule.confidence
    mine = out > into
    next_many = ties["n_next_year_out"].where(mine, ties["n_next_year_in"])
    n_next = ties["n_next_year_out"] + ties["n_next_year_in"]
    rows = ties[["owner", "person_id"]].assign(
        stratum=np.digitize(share, SHARES) * 2 + mine,
        flagged=sure,
        n_next=n_next,
        stays=next_many / n_next.where(n_next > 0) > rule.share,
    )
    return rows[share > SHARES[0]].reset_index(drop=True)


def _weights(group: pd.DataFrame, like: pd.DataFrame) -> pd.Series:
    """Weights that give a group the shares and directions of another."""
    wanted = like["stratum"].value_counts()
    have = group["stratum"].value_counts()
    weight: pd.Series = group["stratum"].map(wanted / have).fillna(0.0)
    return weight


def _weighted_mean(rows: pd.DataFrame) -> float:
    total = rows["weight"].sum()
    return float((rows["hit"] * rows["weight"]).sum() / total) if total else float("nan")


def _print_sensitivity(ties: pd.DataFrame) -> None:
    print("\n### Thresholds of one_sided moved (flagged; still one-sided of those judged)\n")
    print(
        "| share | confidence | flagged | still one-sided | 2 to 0 | 12 to 0 |\n"
        "|---|---|---|---|---|---|"
    )
    for share, confidence in (
        (0.75, 0.9), (0.6, 0.9), (0.9, 0.9), (0.75, 0.72), (0.75, 0.98),
    ):  # fmt: skip
        rule = OneSided(share=share, confidence=confidence)
        rows = _judged(ties, rule)
        rows = rows[rows["flagged"]]
        on = rows[rows["n_next"] >= LEAST_NEXT]
        said = [
            "yes" if balance.probability_above(n, 0, share) >= confidence else "no" for n in (2, 12)
        ]
        print(f"| {share} | {confidence} | {len(rows)} | {on['stays'].mean():.2f} ({len(on)}) | "
              + " | ".join(said) + " |")  # fmt: skip
