"""Fits the model behind p_active with weights bound to the sign that can be explained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from netaudit.activity import FEATURES, Model

MODEL = Path(__file__).resolve().parent.parent / "pipeline" / "netaudit" / "activity.json"
SIGNS = {
    "rhythm": -1,
    "recent_days": 1,
    "age": 0,
    "presence": 1,
    "unseen": -1,
    "replies": 1,
    "is_single": -1,
}
RIDGE = 3.0
"""Prior on the standardised weights: normal with variance 1/3."""


def fit(ties: pd.DataFrame) -> Model:
    """The model of ties with the columns FEATURES and `contact_180` (bool)."""
    names = list(FEATURES)
    centre, scale = ties[names].mean(), ties[names].std()
    z = ((ties[names] - centre) / scale).to_numpy()
    y = ties["contact_180"].to_numpy(dtype=float)

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        log_odds = b[0] + z @ b[1:]
        p = 1 / (1 + np.exp(-log_odds))
        value = np.sum(np.logaddexp(0, log_odds) - y * log_odds) + RIDGE * (b[1:] ** 2).sum() / 2
        return float(value), np.r_[(p - y).sum(), z.T @ (p - y) + RIDGE * b[1:]]

    bounds = [(None, None)] + [
        (0, None) if SIGNS[n] > 0 else (None, 0) if SIGNS[n] < 0 else (None, None) for n in names
    ]
    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weight = best[1:] / scale.to_numpy()
    return Model(
        float(best[0]),
        dict(zip(names, (float(w) for w in weight), strict=True)),
        {name: float(centre[name]) for name in names},
    )


def save(model: Model, path: Path = MODEL) -> None:
    """Write the coefficients that ship with the package."""
    values = {
        "intercept": round(model.intercept, 4),
        "weight": {name: round(value, 4) for name, value in model.weight.items()},
        "centre": {name: round(value, 4) for name, value in model.centre.items()},
    }
    path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
