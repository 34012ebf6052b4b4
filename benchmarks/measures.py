"""What a score is worth: ranking, calibration, and intervals drawn by tie."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import rankdata

DRAWS = 400


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


def precision_recall(truth: np.ndarray, flag: np.ndarray) -> tuple[float, float]:
    """Share of the flagged that are true, share of the true that are flagged; NaN without any."""
    hits = int((truth & flag).sum())
    return (
        hits / flag.sum() if flag.any() else np.nan,
        hits / truth.sum() if truth.any() else np.nan,
    )


def draws(ties: pd.DataFrame, rng: np.random.Generator) -> list[np.ndarray]:
    """Bootstrap samples of positions, drawn by tie: one tie at several cuts is no new evidence."""
    cluster = pd.factorize(ties["owner"] + ties["person_id"])[0]
    order = np.argsort(cluster, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(cluster[order])) + 1)
    picks = (rng.integers(len(groups), size=len(groups)) for _ in range(DRAWS))
    return [np.concatenate([groups[g] for g in pick]) for pick in picks]


def interval(
    ties: pd.DataFrame, figure: Callable[[pd.DataFrame], float], rng: np.random.Generator
) -> str:
    """A figure of the ties with its 90% bootstrap interval: `.72 [.63, .80]`."""
    values = [figure(ties.iloc[rows]) for rows in draws(ties, rng)]
    low, high = np.nanquantile(values, [0.05, 0.95])
    return f"{figure(ties):.2f} [{low:.2f}, {high:.2f}]"
