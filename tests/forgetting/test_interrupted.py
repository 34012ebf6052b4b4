"""A forget that a kill or a full disk interrupted: nothing half done stays unsaid or undone."""

import os
from pathlib import Path

import pytest
from tests import killing
from tests.forgetting import canary
from tests.full_disk import Full
from typer.testing import CliRunner, Result

from netaudit import forget
from netaudit.archive import Store, files
from netaudit.cli import app
from netaudit.errors import UserError

ME = killing.building.ME.address


def invoke(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    killing.make(tmp_path / "out")
    return tmp_path / "out"


def naming_ann(out: Path) -> list[Path]:
    return [p for p in out.rglob("*") if p.is_file() and killing.ANN.encode() in p.read_bytes()]


@pytest.fixture
def interrupted(out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The archive is clean, the files beside it are not."""

    def killed(*_: object) -> list[Path]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forget, "_clean", killed)
        with pytest.raises(KeyboardInterrupt):
            forget.run(out, [killing.ANN], ["Ann Lee"])
    assert naming_ann(out)
    return out


def test_status_says_so_and_changes_nothing(interrupted: Path) -> None:
    assert "A forget was interrupted" in invoke("status", "--out", interrupted).stdout
    assert naming_ann(interrupted)


@pytest.mark.parametrize("words", [["report"], ["review", "--list"], ["ingest"]])
def test_the_next_command_finishes_it(interrupted: Path, words: list[str]) -> None:
    me = [] if words == ["ingest"] else ["--me", ME]
    done = invoke(*words, "--out", interrupted, *me)
    assert "An interrupted forget was finished." in done.stderr, done.output
    assert naming_ann(interrupted) == []
    assert "interrupted" not in invoke("status", "--out", interrupted).stdout


def test_where_nothing_is_yet_nothing_is_finished(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    box.write_text(canary.letter(1, canary.TRISTAN, canary.I))
    done = invoke("ingest", box, "--out", tmp_path / "new", "--workers", "1")
    assert done.exit_code == 0, done.output


@pytest.mark.slow
@pytest.mark.parametrize("call", ["open", "fdopen", "fsync", "replace"])
def test_a_full_disk(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Full at any step: the person is in all of the archive or in none of it; a line says why."""
    before = len(Store(out / "archive").table("messages"))
    states = []
    for n in range(100):
        with monkeypatch.context() as patch:
            patch.setattr(files.os, call, Full(n, getattr(os, call)))
            try:
                forget.run(out, [killing.ANN], ["Ann Lee"])
            except UserError as error:
                assert "disk is full" in str(error)  # noqa: PT017
            else:
                break
        store = Store(out / "archive")
        assert not list(out.rglob("*.tmp"))
        states.append("pending" if store.manifest.forgotten else "old")
        assert len(store.table("messages")) == before - (states[-1] == "pending")
    assert states == sorted(states)
    assert "old" in states
    assert naming_ann(out) == []
    assert not Store(out / "archive").manifest.forgotten.is_pending
