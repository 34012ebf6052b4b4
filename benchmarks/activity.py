"""Tested against what happened next: p_active, strength, dormant and one_sided.

Usage: python benchmarks/activity.py [--fit] [--kept FOLDER] [--chart FILE]

Every tie of five real mailboxes at several dates, scored as of the date; the rest of the mailbox
says who was in touch again. Our model is always judged on owners that it was not fitted on. With
`--fit` it is then fitted on all and its coefficients are written into the package.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

import adaptation
import confidence
import halves
import lopsided
import numpy as np
import pandas as pd
import silence
import waiting
from backtest import ENRON, Cut, cuts
from fit_activity import fit, save
from measures import auc, calibration_error, draws, perfect_calibration_error
from scipy.stats import spearmanr
from scores import BASELINES, decay

from netaudit.activity import p_active
from netaudit.relationships import strength
from netaudit.settings import Strength

OURS = "p_active"
"""Of the model fitted on the other owners."""
STRENGTHS = {
    "strength as shipped": Strength(),
    **{
        f"half-life {days} d": dataclasses.replace(Strength(), half_life_days=days)
        for days in (30, 90, 144, 216, 365)
    },
    **{
        f"theta out {theta}": dataclasses.replace(Strength(), theta_out=theta)
        for theta in (1.0, 1.6, 2.4)
    },
}


def gather(found: list[Cut]) -> pd.DataFrame:
    """All ties of all cuts, with every score."""
    frames = []
    for cut in found:
        ties = cut.ties.copy()
        for name, score in BASELINES.items():
            ties[name] = score(cut).reindex(ties.index)
        for name, settings in STRENGTHS.items():
            ties[name] = strength(cut.contacts, settings, cut.as_of)["strength"]
        for days in (30, 90, 180, 365):
            ties[f"decay {days} d"] = decay(cut, days).reindex(ties.index)
        ties["owner"], ties["as_of"] = cut.owner, cut.as_of
        frames.append(ties.reset_index())
    ties = pd.concat(frames, ignore_index=True)
    ties[OURS] = 0.0
    for owner in ties["owner"].unique():
        judged = ties["owner"] == owner
        ties.loc[judged, OURS] = p_active(ties[judged], fit(ties[~judged]))
    return ties


def _rows(found: list[Cut], name: str) -> pd.DataFrame:
    """A frame of every cut in one, with `owner` and `as_of`."""
    frames = [getattr(cut, name).assign(owner=cut.owner, as_of=cut.as_of) for cut in found]
    return pd.concat(frames, ignore_index=True)


def print_auc(ties: pd.DataFrame, label: str, rng: np.random.Generator) -> None:
    """AUC of every score, pooled, with paired intervals clustered by tie, and by owner."""
    owners = sorted(ties["owner"].unique())
    print(
        f"\n### {label}: {len(ties):,} ties at a date, base rate {ties['contact_180'].mean():.2f}\n"
    )
    print("| score | AUC 180 d | ours minus it [90%] | AUC 90 d | " + " | ".join(owners) + " |")
    print("|---" * (4 + len(owners)) + "|")
    y, y90 = ties["contact_180"].to_numpy(), ties["contact_90"].to_numpy()
    samples = draws(ties, rng)
    ours = ties[OURS].to_numpy()
    for name in [*BASELINES, OURS]:
        s = ties[name].to_numpy()
        gain = [auc(y[i], ours[i]) - auc(y[i], s[i]) for i in samples] if name != OURS else [0.0]
        low, high = np.quantile(gain, [0.05, 0.95])
        by_owner = [auc(y[k], s[k]) for k in ((ties["owner"] == o).to_numpy() for o in owners)]
        print(
            f"| {name} | {auc(y, s):.3f} | {auc(y, ours) - auc(y, s):+.3f} "
            f"[{low:+.3f}, {high:+.3f}]"
            f" | {auc(y90, s):.3f} | " + " | ".join(f"{a:.3f}" for a in by_owner) + " |"
        )


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


def print_strength(ties: pd.DataFrame) -> None:
    """Rank correlation of strength with the number of direct messages that followed."""
    print("\n### Strength against the direct messages of the next 180 days (Spearman)\n")
    print("| score | rank correlation |\n|---|---|")
    decays = [f"decay {days} d" for days in (30, 90, 180, 365)]
    for name in [*STRENGTHS, *decays, "msgvault", "pingcrm", OURS]:
        print(f"| {name} | {spearmanr(ties[name], ties['n_next']).statistic:.3f} |")


def main() -> None:
    """Print the tables; with --fit also write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="write the model fitted on all owners")
    parser.add_argument("--kept", type=Path, help="folder in which the archives stay")
    parser.add_argument("--chart", type=Path, help="write the calibration chart there")
    args = parser.parse_args()
    if not ENRON.exists():
        sys.exit("the real mailboxes are not beside the project; nothing measured")
    found = list(cuts(kept=args.kept))
    ties = gather(found)
    rng = np.random.default_rng(20260101)
    print_auc(ties, "All ties with direct contact", rng)
    print_auc(ties[ties["is_single"] == 0], "Ties with contact on at least two days", rng)
    print_calibration(ties, rng)
    silence.print_tables(ties, rng)
    lopsided.print_tables(ties, rng)
    print_strength(ties)
    adaptation.print_table(ties)
    confidence.print_real(found, ties)
    halves.print_table(found, rng)
    waiting.print_tables(_rows(found, "opened"), _rows(found, "sent"), rng)
    if args.chart:
        from calibration_chart import draw  # noqa: PLC0415  (matplotlib only where drawn)

        draw(ties, args.chart)
    if args.fit:
        save(fit(ties))


if __name__ == "__main__":
    main()
