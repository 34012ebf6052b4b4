"""Does `confidence` of a finding mean something? Said beside what came true.

Usage: python benchmarks/confidence.py

On real mailboxes a finding about silence or contact is judged by the next 180 days, one about
balance by the year after. On the demo, which is told by a story, by what the story meant.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
from backtest import LAST_DAY, Cut

import netaudit
from netaudit import demo, ingest
from netaudit.archive import Store
from netaudit.settings import Settings

BINS = (0.0, 0.8, 0.9, 0.95, 0.99, 1.01)
SEEDS = (3, 4)
SCALE = 0.5


def print_real(found: list[Cut], ties: pd.DataFrame) -> None:
    """Findings of all cuts against what followed; p_active is that of other owners' fit."""
    rows = []
    for cut in found:
        whole_year = cut.as_of + pd.Timedelta(days=365) <= LAST_DAY
        own = ties[(ties["owner"] == cut.owner) & (ties["as_of"] == cut.as_of)]
        told = cut.findings.merge(own, on="person_id", suffixes=("", "_tie"))
        for pattern, outcome in _OUTCOMES.items():
            some = told[told["pattern"] == pattern]
            if len(some) and (whole_year or pattern in ("dormant", "in_touch")):
                rows.append(outcome(some).assign(pattern=pattern))
    _print("### Confidence of findings on real mailboxes", pd.concat(rows))


def _dormant(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"said": 1 - rows["p_active"], "true": ~rows["contact_180"]})


def _in_touch(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"said": rows["p_active"], "true": rows["contact_180"]})


def _one_sided(rows: pd.DataFrame) -> pd.DataFrame:
    share = _next_share(rows)
    true = np.where(rows["direction"] == "out", share > 0.75, share < 0.25)
    return pd.DataFrame({"said": rows["confidence"], "true": true})[share.notna()]


def _reciprocal(rows: pd.DataFrame) -> pd.DataFrame:
    share = _next_share(rows)
    return pd.DataFrame({"said": rows["confidence"], "true": share.between(0.25, 0.75)})[
        share.notna()
    ]


def _next_share(rows: pd.DataFrame, least: int = 3) -> pd.Series:
    """The owner's share of the following year; missing below some messages."""
    n = rows["n_next_year_out"] + rows["n_next_year_in"]
    share: pd.Series = rows["n_next_year_out"] / n.where(n >= least)
    return share


_OUTCOMES = {
    "dormant": _dormant,
    "in_touch": _in_touch,
    "one_sided": _one_sided,
    "reciprocal": _reciprocal,
}


def print_demo() -> None:
    """Findings on people of the demo against what its story meant; unclear ones left out."""
    rows = [_demo(seed) for seed in SEEDS]
    _print("### Confidence of findings on the demo's truth", pd.concat(rows))


def _demo(seed: int) -> pd.DataFrame:
    with tempfile.TemporaryDirectory(prefix="netaudit-accuracy-") as folder:
        exports = demo.write(Path(folder), seed=seed, scale=SCALE)
        out = Path(folder) / "out"
        with ThreadPoolExecutor(1) as executor:
            ingest.run(exports, Store(out / "archive"), Settings(), executor)
        audit = netaudit.open(out).audit()
        people = json.loads((Path(folder) / "truth" / "people.json").read_text(encoding="utf-8"))
    meant: dict[str, set[str]] = defaultdict(set)
    unclear: dict[str, set[str]] = defaultdict(set)
    for person in people:
        aliases = [*person["addresses"], person["profile"].removeprefix("https://www.")]
        for alias in filter(None, aliases):  # many have no profile
            meant[alias] |= {expected["pattern"] for expected in person["expected"]}
            unclear[alias] |= set(person["unclear"])
    ties = audit.relationships.set_index("person_id")
    judged = set().union(*meant.values())
    told = audit.findings.dropna(subset="person_id")
    rows = []
    for finding in told[told["pattern"].isin(judged)].to_dict("records"):
        tie = ties.loc[finding["person_id"]]
        cells = [cell for cell in (tie["addresses"], tie["profiles"]) if isinstance(cell, str)]
        aliases = [alias for cell in cells for alias in cell.split("; ")]
        is_meant = any(finding["pattern"] in meant[alias] for alias in aliases)
        if is_meant or not any(finding["pattern"] in unclear[alias] for alias in aliases):
            rows.append((finding["pattern"], finding["confidence"], is_meant))
    return pd.DataFrame(rows, columns=["pattern", "said", "true"])


def _print(title: str, rows: pd.DataFrame) -> None:
    rows = rows.dropna(subset="said").assign(said=lambda r: r["said"].astype("float64"))
    cells = rows.assign(bin=pd.cut(rows["said"], BINS, right=False))
    print(f"\n{title}\n\n| pattern | said | came true | findings |\n|---|---|---|---|")
    for (pattern, _), group in cells.groupby(["pattern", "bin"], observed=True):
        print(
            f"| {pattern} | {group['said'].mean():.2f} | {group['true'].mean():.2f} "
            f"| {len(group)} |"
        )


if __name__ == "__main__":
    print_demo()
