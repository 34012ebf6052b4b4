"""Tested against what happened next: p_active, strength, dormant and one_sided.

Usage: python benchmarks/activity.py [--fit]

Every tie of five real mailboxes at several dates, scored as of the date; the rest of the mailbox
says who was in touch again. Our model is always judged on owners that it was not fitted on. With
`--fit` it is then fitted on all and its coefficients are written into the package.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np
import pandas as pd
from backtest import ENRON, Cut, cuts
from fit_activity import fit, save
from scipy.stats import rankdata, spearmanr
from scores import BASELINES, decay, interactions_rank

from netaudit.activity import p_active

DRAWS = 400
OURS = "p_active (other owners' fit)"


def auc(y: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half."""
    positive = int(y.sum())
    negative = len(y) - positive
    if not positive or not negative:
        return float("nan")
    ranks = rankdata(score)
    return float((ranks[y].sum() - positive * (positive + 1) / 2) / (positive * negative))


def calibration_error(y: np.ndarray, p: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(p, kind="stable"), bins)
    return float(sum(abs(p[i].mean() - y[i].mean()) * len(i) for i in parts if len(i)) / len(y))


def perfect_calibration_error(p: np.ndarray, rng: np.random.Generator) -> float:
    """What a perfect model of these probabilities gets by chance, on average."""
    return float(np.mean([calibration_error(rng.random(len(p)) < p, p) for _ in range(100)]))


def gather(found: list[Cut]) -> pd.DataFrame:
    """All ties of all cuts, with every score."""
    frames = []
    for cut in found:
        ties = cut.ties.copy()
        for name, score in BASELINES.items():
            ties[name] = score(cut).reindex(ties.index)
        for days in (30, 90, 180, 365):
            ties[f"strength {days} d"] = interactions_rank(cut, days).reindex(ties.index)
            ties[f"decay {days} d"] = decay(cut, days).reindex(ties.index)
        ties["owner"], ties["as_of"] = cut.owner, cut.as_of
        frames.append(ties.reset_index())
    ties = pd.concat(frames, ignore_index=True)
    ties[OURS] = 0.0
    for owner in ties["owner"].unique():
        judged = ties["owner"] == owner
        ties.loc[judged, OURS] = p_active(ties[judged], fit(ties[~judged]))
    return ties


def print_auc(ties: pd.DataFrame, label: str, rng: np.random.Generator) -> None:
    """AUC of every score, pooled, with paired intervals clustered by tie, and by owner."""
    owners = sorted(ties["owner"].unique())
    print(
        f"\n### {label}: {len(ties):,} ties at a date, base rate {ties['contact_180'].mean():.2f}\n"
    )
    print("| score | AUC 180 d | ours minus it [90%] | AUC 90 d | " + " | ".join(owners) + " |")
    print("|---" * (4 + len(owners)) + "|")
    y, y90 = ties["contact_180"].to_numpy(), ties["contact_90"].to_numpy()
    cluster, _ = pd.factorize(ties["owner"] + ties["person_id"])
    draws = _cluster_draws(cluster, rng)
    ours = ties[OURS].to_numpy()
    for name in [*BASELINES, OURS]:
        s = ties[name].to_numpy()
        gain = [auc(y[i], ours[i]) - auc(y[i], s[i]) for i in draws] if name != OURS else [0.0]
        low, high = np.quantile(gain, [0.05, 0.95])
        by_owner = [auc(y[k], s[k]) for k in ((ties["owner"] == o).to_numpy() for o in owners)]
        print(
            f"| {name} | {auc(y, s):.3f} | {auc(y, ours) - auc(y, s):+.3f} "
            f"[{low:+.3f}, {high:+.3f}]"
            f" | {auc(y90, s):.3f} | " + " | ".join(f"{a:.3f}" for a in by_owner) + " |"
        )


def _cluster_draws(cluster: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    order = np.argsort(cluster, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(cluster[order])) + 1)
    picks = (rng.integers(len(groups), size=len(groups)) for _ in range(DRAWS))
    return [np.concatenate([groups[g] for g in pick]) for pick in picks]


def print_calibration(ties: pd.DataFrame, rng: np.random.Generator) -> None:
    """Brier score, calibration error, and the table behind the calibration chart."""
    y, p = ties["contact_180"].to_numpy(), ties[OURS].to_numpy()
    print("\n### Calibration of p_active on owners it was not fitted on\n")
    print(f"Brier score {np.mean((p - y) ** 2):.4f} (base rate: {y.mean() * (1 - y.mean()):.4f});")
    print(f"expected calibration error {calibration_error(y, p):.3f}, of which a perfect model")
    print(f"of this size gets {perfect_calibration_error(p, rng):.3f} by chance.\n")
    print("| said | came true | ties |\n|---|---|---|")
    for part in np.array_split(np.argsort(p, kind="stable"), 10):
        print(f"| {p[part].mean():.2f} | {y[part].mean():.2f} | {len(part)} |")
    for owner, group in ties.groupby("owner"):
        said, came = group[OURS].mean(), group["contact_180"].mean()
        print(f"\n{owner}: said {said:.2f}, came true {came:.2f} ({len(group)} ties)", end="")
    print()


def print_dormant(ties: pd.DataFrame) -> None:
    """Precision and recall of rules that call a tie dormant: no contact in 180 days."""
    two_way = ties[
        (ties["n_in_direct"] > 0) & (ties["n_out_direct"] > 0) & (ties["is_single"] == 0)
    ]
    y = ~two_way["contact_180"].to_numpy()
    gap, cadence = two_way["gap_days"], two_way["cadence_days"]
    rules = {
        "gap > 180 d": gap > 180,
        "gap > max(90 d, 3 x cadence)": gap > np.maximum(90, 3 * cadence),
        "status dormant": two_way["status"] == "dormant",
        "status dormant or cooling": two_way["status"].isin(["dormant", "cooling"]),
        **{f"p_active < {t:.2f}": two_way[OURS] < t for t in (0.05, 0.08, 0.1, 0.12, 0.15, 0.2)},
    }
    print(
        f"\n### Dormant: {len(two_way)} two-way ties of two days or more; silent {y.mean():.2f}\n"
    )
    print("| rule | flagged | precision | recall |\n|---|---|---|---|")
    for name, flag in rules.items():
        hit = flag.to_numpy()
        if hit.any():
            print(f"| {name} | {hit.sum()} | {y[hit].mean():.2f} | {hit[y].mean():.2f} |")


def print_one_sided(ties: pd.DataFrame) -> None:
    """How often a flagged tie stays one-sided in the following year."""
    share = ties["n_out_direct"] / (ties["n_out_direct"] + ties["n_in_direct"])
    later_n = ties["n_next_year_out"] + ties["n_next_year_in"]
    later = ties["n_next_year_out"] / later_n.where(later_n > 0)
    flagged = ties["patterns"].fillna("").str.contains("one_sided")
    print("\n### one_sided: the owner's share of the following year's direct messages\n")
    print("| ties | n | stays beyond .75 (or .25) | goes on at all |\n|---|---|---|---|")
    lopsided = (share > 0.75) | (share < 0.25)
    for name, which in (("flagged", flagged), ("same share, not flagged", lopsided & ~flagged)):
        group = which & (later_n > 0)
        stays = ((share > 0.5) & (later > 0.75)) | ((share < 0.5) & (later < 0.25))
        print(
            f"| {name} | {which.sum()} | {stays[group].mean():.2f} ({group.sum()} ties) "
            f"| {(later_n > 0)[which].mean():.2f} |"
        )


def print_strength(ties: pd.DataFrame) -> None:
    """Rank correlation of strength with the number of direct messages that followed."""
    print("\n### Strength against the direct messages of the next 180 days (Spearman)\n")
    print("| score | rank correlation |\n|---|---|")
    for name in [
        "strength", *(f"strength {d} d" for d in (30, 90, 180, 365)),
        *(f"decay {d} d" for d in (30, 90, 180, 365)), "msgvault", "pingcrm", OURS,
    ]:  # fmt: skip
        print(f"| {name} | {spearmanr(ties[name], ties['n_next']).statistic:.3f} |")


def main() -> None:
    """Print the tables; with --fit also write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="write the model fitted on all owners")
    args = parser.parse_args()
    if not ENRON.exists():
        sys.exit("the real mailboxes are not beside the project; nothing measured")
    ties = gather(list(cuts()))
    rng = np.random.default_rng(20260101)
    print_auc(ties, "All ties with direct contact", rng)
    print_auc(ties[ties["is_single"] == 0], "Ties with contact on at least two days", rng)
    print_calibration(ties, rng)
    print_dormant(ties)
    print_one_sided(ties)
    print_strength(ties)
    if args.fit:
        save(fit(ties))


if __name__ == "__main__":
    main()
