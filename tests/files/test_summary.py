"""summary.json is strict JSON whatever stands in it."""

import json

import numpy as np
import pandas as pd

from netaudit.files.summary import write


def test_strict_json(tmp_path):
    path = tmp_path / "summary.json"
    write(
        {
            "as_of": pd.Timestamp("2026-09-30T23:59:59Z"),
            "addresses": frozenset({"b@x", "a@x"}),
            "n": np.int64(3),
            "share": float("nan"),
            "name": "lone \ud800",
            "inner": ({"x": None},),
        },
        path,
    )
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "as_of": "2026-09-30T23:59:59Z",
        "addresses": ["a@x", "b@x"],
        "n": 3,
        "share": None,
        "name": "lone ?",
        "inner": [{"x": None}],
    }
