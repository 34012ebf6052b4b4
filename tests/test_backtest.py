"""The measured figures of docs/methods.md: one owner at one date again, and p_active by hand."""

import gzip
import json
import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netaudit import activity

ROOT = Path(__file__).parents[1]
MAILBOXES = ROOT.parent / "shared" / "data" / "enron"
AS_OF = pd.Timestamp("2026-06-30T23:59:59Z")


def test_p_active_is_what_the_formula_of_the_methods_gives():
    ages = [200, 170, 140, 40]
    at = pd.Series([AS_OF - pd.Timedelta(days=age) for age in ages])
    direct = pd.DataFrame(
        {"person_id": "ann", "at": at, "direction": "in", "is_reply": [False, True, True, True]}
    )
    seen = pd.DataFrame({"person_id": "ann", "key": list("abcde"), "at": [*at, AS_OF]})
    p = activity.p_active(activity.features(direct, seen, AS_OF))["ann"]

    model = json.loads(Path(activity.__file__).with_suffix(".json").read_text(encoding="utf-8"))
    interval = (200 - 40) / 3
    figures = {
        "rhythm": math.log1p(40 / (interval + 3)),
        "recent_days": math.log1p(sum(0.5 ** (age / 90) for age in ages)),
        "age": math.log1p(200),
        "presence": math.log1p(sum(0.5 ** (age / 30) for age in [*ages, 0])),
        "unseen": math.log1p(0),
        "replies": 0.75,
        "is_single": 0.0,
    }
    z = model["intercept"] + sum(
        model["weight"][name] * (value - model["centre"][name]) for name, value in figures.items()
    )
    assert p == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-9)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.skipif(not MAILBOXES.exists(), reason="the real mailboxes do not stand here")
def test_one_owner_at_one_date_again(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    import backtest
    from measures import auc

    owner = "sager-e"
    (tmp_path / "owners.json").write_text(json.dumps([{"owner": owner}]))
    box = gzip.decompress((MAILBOXES / f"{owner}.mbox.gz").read_bytes())
    (tmp_path / f"{owner}.mbox.gz").write_bytes(gzip.compress(box, 1))
    [cut] = backtest.cuts(tmp_path, dates=("2000-12-31", "2001-06-30"))
    assert f"{cut.as_of:%Y-%m-%d}" == "2000-12-31", "the later date reaches into the collapse"
    came = cut.ties["contact_180"].to_numpy()
    assert len(cut.ties) == pytest.approx(182, abs=3)
    assert auc(came, cut.ties["p_active"].to_numpy()) == pytest.approx(0.833, abs=0.01)
    assert auc(came, -cut.ties["gap_days"].to_numpy()) == pytest.approx(0.736, abs=0.01)
    assert np.mean((cut.ties["p_active"] - came) ** 2) < came.mean() * (1 - came.mean()) * 0.8
    assert cut.contacts["at"].max() <= cut.as_of
    assert cut.opened["age_days"].between(2, 180).all()
    assert (cut.opened["wrote_30"] <= cut.opened["wrote_90"]).all()
    assert set(cut.opened.loc[cut.opened["is_ask"], "direction"]) == {"in", "out"}
    assert cut.sent["said"].between(0, 1).all()
