"""The calibration of p_active as a picture: said beside what came true."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from netaudit.charts import style

BINS = 10
TAIL = 1.645
"""Standard errors of a 90% interval."""


def draw(ties: pd.DataFrame, path: Path) -> None:
    """Write the chart; `p_active` must come from models not fitted on the tie's owner."""
    order = np.argsort(ties["p_active"].to_numpy(), kind="stable")
    said, true, error = [], [], []
    for part in np.array_split(order, BINS):
        outcome = ties["contact_180"].to_numpy()[part]
        said.append(ties["p_active"].to_numpy()[part].mean())
        true.append(outcome.mean())
        error.append(TAIL * np.sqrt(outcome.mean() * (1 - outcome.mean()) / len(part)))
    with style.applied():
        figure = Figure(figsize=(5.2, 4.6), layout="constrained")
        ax = style.begin(figure.subplots())
        ax.plot([0, 1], [0, 1], color="0.75", linewidth=1, zorder=1)
        ax.errorbar(said, true, yerr=error, fmt="o", capsize=3, zorder=2)
        ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="p_active said", ylabel="share that came true")
        ax.set_aspect("equal")
        style.title(ax, "p_active means what it says on owners it was not fitted on")
        figure.savefig(path, metadata={"Date": None})
