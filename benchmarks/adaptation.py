"""Would p_active gain from the owner's own past? Measured with a split in time, and not adopted."""

from __future__ import annotations

import numpy as np
import pandas as pd
from measures import auc, calibration_error
from scipy.optimize import minimize
from scipy.special import expit, logit

LEAST_PAST = 100
"""Ties at earlier cuts whose 180 days are over, from which on the owner's past is used."""
PRIORS = {"strong": (0.2, 0.1), "medium": (0.5, 0.2), "weak": (1.0, 0.3)}
"""Standard deviations of a priori normal changes of the log-odds' intercept and slope."""


def recalibrated(
    log_odds: np.ndarray, came_true: np.ndarray, intercept_sd: float, slope_sd: float
) -> tuple[float, float]:
    """Intercept and slope for the log-odds, by past outcomes, shrunk to 0 and 1."""

    def loss(change: np.ndarray) -> float:
        z = change[0] + (1 + change[1]) * log_odds
        fit = np.sum(np.logaddexp(0, z) - came_true * z)
        return float(fit + (change[0] / intercept_sd) ** 2 / 2 + (change[1] / slope_sd) ** 2 / 2)

    intercept, slope = minimize(loss, np.zeros(2), method="BFGS").x
    return float(intercept), float(1 + slope)


def print_table(ties: pd.DataFrame) -> None:
    """p_active of other owners' fit, as it is and adapted to the owner's outcomes so far."""
    ties = ties.reset_index(drop=True)
    log_odds, y = logit(ties["p_active"].to_numpy()), ties["contact_180"].to_numpy()
    print("\n### Adapting p_active to the owner's own past (cuts at least 180 days earlier)\n")
    print("| prior | ties | Brier score | calibration error | AUC |\n|---|---|---|---|---|")
    for name, (intercept_sd, slope_sd) in {"none": (0.0, 0.0), **PRIORS}.items():
        adapted = np.full(len(ties), np.nan)
        for (owner, as_of), group in ties.groupby(["owner", "as_of"]):
            over = ties["as_of"] <= as_of - pd.Timedelta(days=180)
            past = (over & (ties["owner"] == owner)).to_numpy()
            if past.sum() < LEAST_PAST:
                continue
            shift, slope = (
                recalibrated(log_odds[past], y[past], intercept_sd, slope_sd)
                if intercept_sd
                else (0.0, 1.0)
            )
            adapted[group.index] = expit(shift + slope * log_odds[group.index])
        used = ~np.isnan(adapted)
        p, true = adapted[used], y[used]
        print(
            f"| {name} | {used.sum():,} | {np.mean((p - true) ** 2):.4f} "
            f"| {calibration_error(true, p):.3f} | {auc(true, p):.3f} |"
        )
