"""dormant and cooling, judged by whether half a year of silence followed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
from measures import interval, precision_recall

from netaudit.status import Silence

LEAST_PRECISION = 0.9
THRESHOLDS = np.arange(0.05, 0.51, 0.01)


def two_way(ties: pd.DataFrame) -> pd.DataFrame:
    """Ties with direct messages both ways on two days or more."""
    return ties[(ties["n_in_direct"] > 0) & (ties["n_out_direct"] > 0) & (ties["is_single"] == 0)]


def print_tables(ties: pd.DataFrame, rng: np.random.Generator) -> None:
    """Rules beside each other, how the threshold was chosen, what moves it.

    Args:
        ties: `p_active` must come from models that were not fitted on the tie's owner.
        rng: for intervals.
    """
    print("\n### dormant: nobody wrote for 180 days (precision/recall)\n")
    groups = {
        "two-way, 2 days or more": two_way(ties),
        "two-way, 4 days or more": two_way(ties)[lambda rows: rows["n_contact_days"] >= 4],
        "2 days or more": ties[ties["is_single"] == 0],
        "all": ties,
    }
    print("| rule | " + " | ".join(f"{name} ({len(g):,})" for name, g in groups.items()) + " |")
    print("|---" * (len(groups) + 1) + "|")
    silent = " | ".join(f"{(~g['contact_180']).mean():.2f}/1.00" for g in groups.values())
    print(f"| everybody | {silent} |")
    for name in _rules(ties):
        cells = []
        for group in groups.values():
            hit = _rules(group)[name].to_numpy(dtype=bool)
            precision, recall = precision_recall(~group["contact_180"].to_numpy(), hit)
            cells.append(f"{precision:.2f}/{recall:.2f} ({hit.sum()})")
        print(f"| {name} | " + " | ".join(cells) + " |")
    _print_intervals(two_way(ties), rng)
    _print_choice(two_way(ties))
    _print_sensitivity(two_way(ties))


def _rules(ties: pd.DataFrame) -> dict[str, pd.Series]:
    gap, cadence, mean = ties["gap_days"], ties["cadence_days"], ties["interval_days"].fillna(0)
    now = Silence()
    return {
        "gap > 180 d": gap > 180,
        "gap > max(90 d, 3 x cadence)": gap > np.maximum(90, 3 * cadence.fillna(0)),
        "gap > 180 d and 8 mean intervals": (gap > 180) & (gap > 8 * mean),
        **{f"p_active < {t:.2f}": ties["p_active"] < t for t in (0.1, 0.15, 0.2, 0.25)},
        "dormant": now.is_dormant(ties),
        "dormant or cooling": now.is_dormant(ties) | now.is_cooling(ties),
    }


def _print_intervals(ties: pd.DataFrame, rng: np.random.Generator) -> None:
    print("\n90% intervals, drawn by tie, two-way ties of two days or more:\n")
    for name in ("gap > 180 d", "dormant"):
        rows = ties.assign(hit=_rules(ties)[name])
        precision = interval(rows[rows["hit"]], lambda r: float((~r["contact_180"]).mean()), rng)
        recall = interval(rows[~rows["contact_180"]], lambda r: float(r["hit"].mean()), rng)
        print(f"- {name}: precision {precision}, recall {recall}")


def _print_choice(ties: pd.DataFrame) -> None:
    """The threshold on p_active that others' ties would have given each owner."""
    print(f"\nHighest recall at precision {LEAST_PRECISION} on the other owners' ties gives:\n")
    flagged = pd.Series(False, index=ties.index)
    for owner, own in ties.groupby("owner"):
        best = _best_threshold(ties[ties["owner"] != owner])
        hit = Silence(dormant_below=best).is_dormant(own)
        flagged[own.index] = hit
        precision, recall = precision_recall(~own["contact_180"].to_numpy(), hit.to_numpy())
        print(f"- {owner}: p_active < {best:.2f}, {precision:.2f}/{recall:.2f} ({hit.sum()})")
    precision, recall = precision_recall(~ties["contact_180"].to_numpy(), flagged.to_numpy())
    print(f"- together: {precision:.2f}/{recall:.2f} ({flagged.sum()})")
    print(f"- on all five: p_active < {_best_threshold(ties):.2f}")


def _best_threshold(ties: pd.DataFrame) -> float:
    silent = ~ties["contact_180"].to_numpy()
    found = [
        (recall, threshold)
        for threshold in THRESHOLDS
        for precision, recall in [
            precision_recall(silent, Silence(dormant_below=threshold).is_dormant(ties).to_numpy())
        ]
        if precision >= LEAST_PRECISION
    ]
    return float(max(found)[1]) if found else float(THRESHOLDS[0])


def _print_sensitivity(ties: pd.DataFrame) -> None:
    print("\n### Bounds of dormant and cooling moved by 20% (precision/recall, number)\n")
    print("| setting | -20% dormant | -20% with cooling | +20% dormant | +20% with cooling |")
    print("|---" * 5 + "|")
    names = ("dormant_below", "dormant_days", "cooling_days", "cooling_times")
    silent = ~ties["contact_180"].to_numpy()
    for name in names:
        cells = []
        for factor in (0.8, 1.2):
            rule = dataclasses.replace(Silence(), **{name: factor * getattr(Silence(), name)})
            dormant = rule.is_dormant(ties)
            for hit in (dormant, dormant | rule.is_cooling(ties)):
                precision, recall = precision_recall(silent, hit.to_numpy())
                cells.append(f"{precision:.2f}/{recall:.2f} ({hit.sum()})")
        print(f"| {name} = {getattr(Silence(), name):g} | " + " | ".join(cells) + " |")
