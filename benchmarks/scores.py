"""Scores of a tie that other programs and the literature use, on the same ties as ours.

Each function takes a `backtest.Cut` and gives one number a tie, the higher the likelier further
contact, on the index of `cut.ties`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import betaln, gammaln


def ages(cut: Any) -> pd.Series:
    """Days from each direct message to the cut."""
    return (cut.as_of - cut.direct["at"]).dt.total_seconds() / 86400


def plain_gap(cut: Any) -> pd.Series:
    """Days since the last direct contact, negative."""
    return -ages(cut).groupby(cut.direct["person_id"]).min()


def gap_by_mean(cut: Any) -> pd.Series:
    """The gap against the tie's own mean interval, negative."""
    x = _recency(cut)
    return -(x["age"] - x["recency"]) / (x["recency"] / x["repeats"].clip(lower=1) + 1)


def decay(cut: Any, half_life_days: float) -> pd.Series:
    """Exponential decay: Ahmad, Porter, Beguerisse-Díaz 2021."""
    return (0.5 ** (ages(cut) / half_life_days)).groupby(cut.direct["person_id"]).sum()


def interactions_rank(cut: Any, half_life_days: float = 180, theta: float = 2) -> pd.Series:
    """Roth et al., KDD 2010."""
    weight = np.where(cut.direct["direction"].eq("out"), theta, 1.0)
    return (weight * 0.5 ** (ages(cut) / half_life_days)).groupby(cut.direct["person_id"]).sum()


def msgvault(cut: Any) -> pd.Series:
    """2 sent + ln(1 + received), half-life 365 days."""
    weight = 0.5 ** (ages(cut) / 365)
    out = cut.direct["direction"].eq("out")
    person = cut.direct["person_id"]
    sent = (weight * out).groupby(person).sum()
    received = (weight * ~out).groupby(person).sum()
    return 2 * sent + np.log1p(received)


def pingcrm(cut: Any) -> pd.Series:
    """4 min/max + 3, 2, 1 for an inbound within 7, 30, 90 days + frequency + tenure."""
    ties = cut.ties
    low = ties[["n_in_direct", "n_out_direct"]].min(axis=1)
    high = ties[["n_in_direct", "n_out_direct"]].max(axis=1).clip(lower=1)
    since = (cut.as_of - ties["last_in"]).dt.total_seconds() / 86400
    recent = (since <= 7).astype(int) + (since <= 30) + (since <= 90)
    score: pd.Series = (4 * low / high).round() + recent + np.log1p(low + high).clip(upper=2)
    return score


def bigbang(cut: Any) -> pd.Series:
    """Min/max of the two directions."""
    ties = cut.ties
    low = ties[["n_in_direct", "n_out_direct"]].min(axis=1)
    return low / ties[["n_in_direct", "n_out_direct"]].max(axis=1).clip(lower=1)


def gamma_poisson(cut: Any, horizon_days: float = 180) -> pd.Series:
    """P(at least one contact day) if every tie has a constant rate, Gamma over ties."""
    x = _recency(cut)
    n, t = x["repeats"].to_numpy() + 1.0, x["age"].to_numpy() + 1.0

    def loss(log_parameters: np.ndarray) -> float:
        a, b = np.exp(log_parameters)
        fit = gammaln(n + a) - gammaln(a) + a * np.log(b) - (n + a) * np.log(b + t)
        return float(-fit.sum())

    a, b = np.exp(minimize(loss, [0.0, 3.0], method="Nelder-Mead").x)
    return pd.Series(1 - ((b + t) / (b + t + horizon_days)) ** (n + a), index=x.index)


def bg_nbd(cut: Any, horizon_days: float = 180) -> pd.Series:
    """P(at least one contact day) after Fader, Hardie, Lee 2005 (BG/NBD).

    P(alive) from the fitted model times the Gamma-Poisson chance of an event while alive.
    """
    frame = _recency(cut)
    x, tx, t = (frame[c].to_numpy(dtype=float) for c in ("repeats", "recency", "age"))
    t = t + 1.0

    def log_parts(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        r, alpha, a, b = np.exp(p)
        common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + t)
        dead = np.where(
            x > 0,
            betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + tx),
            -np.inf,
        )
        return common + alive, common + dead

    def loss(p: np.ndarray) -> float:
        alive, dead = log_parts(p)
        return float(-np.logaddexp(alive, dead).sum() + 0.01 * (p**2).sum())

    best = minimize(loss, [0.0, 3.0, 0.0, 0.5], method="Nelder-Mead", options={"maxiter": 2000}).x
    alive, dead = log_parts(best)
    p_alive = np.exp(alive - np.logaddexp(alive, dead))
    r, alpha, _, _ = np.exp(best)
    some = 1 - ((alpha + t) / (alpha + t + horizon_days)) ** (r + x)
    return pd.Series(p_alive * some, index=frame.index)


def _recency(cut: Any) -> pd.DataFrame:
    """Contact days: repeats after the first, days from first to last, days from first to cut."""
    day = cut.direct["at"].dt.floor("D")
    days = pd.DataFrame({"person_id": cut.direct["person_id"], "day": day}).drop_duplicates()
    tie = days.groupby("person_id")["day"].agg(["size", "min", "max"])
    return pd.DataFrame(
        {
            "repeats": tie["size"] - 1,
            "recency": (tie["max"] - tie["min"]).dt.days,
            "age": (cut.as_of - tie["min"]).dt.days,
        }
    )


BASELINES = {
    "plain gap": plain_gap,
    "gap / mean interval": gap_by_mean,
    "decay, half-life 7 d": lambda cut: decay(cut, 7),
    "decay, half-life 30 d": lambda cut: decay(cut, 30),
    "decay, half-life 90 d": lambda cut: decay(cut, 90),
    "decay, half-life 180 d": lambda cut: decay(cut, 180),
    "decay, half-life 365 d": lambda cut: decay(cut, 365),
    "Interactions Rank": interactions_rank,
    "msgvault": msgvault,
    "pingcrm": pingcrm,
    "BigBang min/max": bigbang,
    "Gamma-Poisson": gamma_poisson,
    "BG/NBD": bg_nbd,
}
