"""Is the confidence of one_sided and reciprocal right about the exchange that it is a statement on?

A tie's direct messages are parted at random. From one half a finding is made; the other half, which
the same two people wrote in the same time, says whether it was right. Being small it may be
lopsided by chance, so beside what came true stands what Beta-binomial chance gives a finding that
is as sure as it says.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from backtest import Cut
from scipy.stats import betabinom

from netaudit import balance
from netaudit.patterns.one_sided import OneSided
from netaudit.patterns.reciprocal import Reciprocal

LEAST = 10
"""Direct messages of a tie from which on halves mean something."""
PARTINGS = 20
BINS = (0.0, 0.5, 0.9, 0.95, 0.99, 1.01)


def print_table(found: list[Cut], rng: np.random.Generator) -> None:
    """Said, expected and come true, over all ties at their owner's last cut."""
    last = {cut.owner: cut for cut in found}
    rows = pd.concat([_halves(cut.direct, rng) for cut in last.values()], ignore_index=True)
    print("\n### Confidence of findings on half of a tie's messages, judged by the other half\n")
    print("| pattern | said | came true | expected by chance | halves | ties |")
    print("|---" * 6 + "|")
    for (pattern, _), some in rows.groupby(
        ["pattern", pd.cut(rows["said"], BINS, right=False)], observed=True
    ):
        print(
            f"| {pattern} | {some['said'].mean():.2f} | {some['true'].mean():.2f} "
            f"| {some['expected'].mean():.2f} | {len(some):,} | {some['tie'].nunique()} |"
        )


def _halves(direct: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Every parting of every tie with enough messages, for each pattern."""
    n = direct.groupby("person_id")["key"].transform("size")
    direct = direct[n >= LEAST]
    is_out = direct["direction"].eq("out")
    parts = []
    for _ in range(PARTINGS):
        first = pd.Series(rng.random(len(direct)) < 0.5, index=direct.index)
        counts = pd.DataFrame(
            {
                "out": first & is_out,
                "in": first & ~is_out,
                "next_out": ~first & is_out,
                "next_in": ~first & ~is_out,
            }
        )
        counts = counts.groupby(direct["person_id"]).sum()
        counts = counts[
            (counts["out"] + counts["in"] > 0) & (counts["next_out"] + counts["next_in"] > 0)
        ]
        parts.append(counts)
    return _judged(pd.concat(parts))


def _judged(counts: pd.DataFrame) -> pd.DataFrame:
    bound, inside = OneSided().share, Reciprocal()
    out, into = counts["out"], counts["in"]
    n = counts["next_out"] + counts["next_in"]
    share = counts["next_out"] / n
    chance = betabinom(n, out + balance.PRIOR, into + balance.PRIOR)
    above = 1 - chance.cdf(np.floor(bound * n))
    below = chance.cdf(np.ceil((1 - bound) * n) - 1)
    low = 1 - chance.cdf(np.ceil(inside.lowest * n) - 1)
    between = low - (1 - chance.cdf(np.floor(inside.highest * n)))
    is_above = balance.probability_above(out, into, inside.highest)
    said_between = balance.probability_above(out, into, inside.lowest) - is_above
    columns = {
        "one_sided": (balance.probability_above(out, into, bound), share > bound, above),
        "one_sided (in)": (balance.probability_above(into, out, bound), share < 1 - bound, below),
        "reciprocal": (said_between, share.between(inside.lowest, inside.highest), between),
    }
    frames = [
        pd.DataFrame(
            {"pattern": name, "tie": counts.index, "said": said, "true": true, "expected": expected}
        )
        for name, (said, true, expected) in columns.items()
    ]
    return pd.concat(frames, ignore_index=True)
