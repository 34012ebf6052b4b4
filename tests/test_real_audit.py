"""A real mailbox, cut at a day: the audit as of that day is the same as on the whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from typer.testing import CliRunner

import netaudit
from netaudit.api import Archive
from netaudit.asof import end_of_day
from netaudit.cli import app

BOX = Path(__file__).parents[2] / "shared" / "data" / "enron" / "sager-e.mbox.gz"
pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not BOX.is_file(), reason="the real mailboxes do not stand here"),
]
STRAY = (
    b"From x@example.com Fri Jan  1 00:00:00 2044\nFrom: x@example.com\n"
    b"To: elizabeth.sager@enron.com\nDate: Fri, 1 Jan 2044 10:00:00 +0000\nSubject: s\n\nx\n\n"
)


def _archive(path: Path, data: bytes) -> Archive:
    path.with_suffix(".mbox").write_bytes(data)
    result = CliRunner().invoke(app, ["ingest", f"{path}.mbox", "--out", str(path)])
    assert result.exit_code == 0, result.output
    return netaudit.open(path)


@pytest.fixture(scope="module")
def box() -> bytes:
    return gzip.decompress(BOX.read_bytes())


@pytest.fixture(scope="module")
def whole(box: bytes, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return _archive(tmp_path_factory.mktemp("whole") / "box", box + STRAY)


@pytest.mark.parametrize("day", ["2000-11-30", "2001-08-15"])
def test_a_mailbox_cut_at_a_day_gives_the_same_audit_of_that_day(
    box: bytes, whole: Archive, tmp_path: Path, day: str
) -> None:
    messages = whole.messages.sort_values("source_offset")
    starts = messages["source_offset"].tolist()
    early = (messages["sent_at"] <= end_of_day(day)).tolist()
    ends = [*starts[1:], len(box)]
    kept = [box[a:b] for a, b, keep in zip(starts, ends, early, strict=True) if keep]
    assert 100 < len(kept) < len(messages) - 100

    cut = _archive(tmp_path / "cut", b"".join(kept)).audit(day)
    full = whole.audit(day)
    for name in ("relationships", "findings", "blasts"):
        pd.testing.assert_frame_equal(getattr(full, name), getattr(cut, name))
    assert nx.utils.graphs_equal(full.graph, cut.graph)
    assert full.owner == cut.owner
    assert full.notes == cut.notes


def test_stray_dates_do_not_move_as_of(whole: Archive) -> None:
    assert whole.messages["sent_at"].max().year == 2044
    assert whole.messages["sent_at"].min().year == 1980
    assert f"{whole.audit().as_of:%Y-%m-%d}" == "2002-01-03"
