"""Texts read anew from the archive, without their exports."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from netaudit import ingest, text
from netaudit.archive import Store, files
from netaudit.cli import app
from netaudit.ingest import State, reread
from netaudit.settings import Ingest, Settings
from netaudit.text.acts import Act

MBOX = b"".join(
    b"From x@y.example Mon Jan  1 10:00:00 2024\nMessage-ID: <%d@a.example>\n"
    b"From: Ada <ada@a.example>\nTo: me@b.example\n"
    b"Date: Mon, %d Jan 2024 10:00:00 +0000\nSubject: Plan\n\nCould you send me the plan %d?\n\n"
    % (n, n + 1, n)
    for n in range(5)
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "fsync", lambda _: None)


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "all.mbox"
    path.write_bytes(MBOX)
    return path


def ingested(store: Store, path: Path, settings: Settings = Settings()) -> ingest.Result:  # noqa: B008
    with ThreadPoolExecutor(1) as executor:
        return ingest.run([path], store, settings, executor)


def read_anew(store: Store) -> reread.Result:
    with ThreadPoolExecutor(1) as executor:
        return reread.run(store, executor)


@pytest.fixture
def old(tmp_path: Path, mbox: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An archive made by an older program that read other things in a text."""
    store = Store(tmp_path / "out" / "archive")
    with monkeypatch.context() as older:
        older.setattr(text, "VERSION", text.VERSION - 1)
        older.setattr(
            text.speech, "acts", lambda words, told: [Act("thanks", None, words[:5], 0, 0.9)]
        )
        older.setattr(text, "language", lambda *_: "de")
        ingested(store, mbox)
    assert set(store.table("signals")["act"]) == {"thanks"}
    return store


def test_texts_are_read_as_a_fresh_ingest_reads_them(old: Store, mbox: Path) -> None:
    fresh = Store(old.folder.path.parent.parent / "fresh" / "archive")
    ingested(fresh, mbox)
    mbox.unlink()
    assert reread.n_old(old.manifest) == 1
    assert read_anew(old) == reread.Result(5, ())
    for name, table in fresh.tables().items():
        pd.testing.assert_frame_equal(old.table(name), table)
    assert set(old.table("messages")["language"]) == {"en"}
    assert old.accounting() == fresh.accounting()


def test_the_command_without_a_path_reads_anew_and_status_says_when_to(old: Store) -> None:
    out = str(old.folder.path.parent)
    assert "without a path" in CliRunner().invoke(app, ["status", "--out", out]).output
    result = CliRunner().invoke(app, ["ingest", "--out", out, "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert "5 texts read anew" in result.output
    again = CliRunner().invoke(app, ["ingest", "--out", out])
    assert "nothing to do" in again.output
    assert "without a path" not in CliRunner().invoke(app, ["status", "--out", out]).output


def test_what_was_read_anew_is_read_once(old: Store, mbox: Path) -> None:
    read_anew(old)
    assert reread.n_old(old.manifest) == 0
    assert read_anew(old).n_texts == 0
    assert ingested(old, mbox).ingested[0].state is State.UNCHANGED
    names = {f"{path.parent.name}/{path.name}" for path in old.folder.path.glob("*/*.parquet")}
    assert names == old.manifest.file_names()


def test_a_source_whose_texts_were_not_kept_is_named(
    tmp_path: Path, mbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "out" / "archive")
    with monkeypatch.context() as older:
        older.setattr(text, "VERSION", text.VERSION - 1)
        ingested(store, mbox, Settings(ingest=Ingest(keep_text=False)))
    before = store.table("signals")
    assert read_anew(store) == reread.Result(0, (str(mbox),))
    pd.testing.assert_frame_equal(store.table("signals"), before)


def test_without_texts_nothing_is_old(
    tmp_path: Path, mbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "out" / "archive")
    with monkeypatch.context() as older:
        older.setattr(text, "VERSION", text.VERSION - 1)
        ingested(store, mbox, Settings(ingest=Ingest(read_text=False)))
    assert read_anew(store) == reread.Result(0, ())
