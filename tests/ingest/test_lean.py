"""Ingest loads nothing that it does not need."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from netaudit import ingest
from netaudit.archive import Store
from netaudit.settings import Settings

store = Store(Path(sys.argv[2]))
with ThreadPoolExecutor(1) as executor:
    assert ingest.run([Path(sys.argv[1])], store, Settings(), executor).ingested
assert store.status()["kept"] == 1
assert "pandas" not in sys.modules
frame = store.table("messages")
import pandas as pd
import pyarrow as pa
assert pa.array(pd.Series([1.0, None])).null_count == 1
assert frame["from_address"].tolist() == ["ann@example.org"]
"""
MAIL = b"""From ann@example.org Thu Jan  1 10:00:00 2026
From: Ann <ann@example.org>
To: bob@example.org
Subject: Hello
Date: Thu, 1 Jan 2026 10:00:00 +0000

Dear Bob, how are you?
"""


def test_ingest_does_without_pandas(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(MAIL)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "a.mbox"), str(tmp_path / "archive")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 0, done.stderr
