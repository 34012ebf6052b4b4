"""Ingests at the same moment, folders that vanish or cannot be written: a line, nothing lost."""

import errno
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.ingest import toy

from netaudit import ingest
from netaudit.archive import Manifest, Store, Writing, files
from netaudit.errors import UserError
from netaudit.settings import Ingest, Settings

LETTERS = [(f"m{c}", b"a body of this one") for c in "abcdefghij"]


@pytest.mark.parametrize("same", ["same", "different"])
@pytest.mark.parametrize("count", [2, 8])
def test_at_once(tmp_path: Path, count: int, same: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.ingest.at_once", tmp_path, str(count), same],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"of {count} at once\n")


def take_in(export: Path, out: Path) -> ingest.Result:
    with ThreadPoolExecutor(1) as executor:
        settings = Settings(ingest=Ingest(read_text=False))
        return ingest.run([export], Store(out / "archive"), settings, executor)


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    toy.install(monkeypatch)
    path = tmp_path / "export.toy"
    path.write_bytes(toy.export(LETTERS))
    return path


def test_a_folder_that_vanishes_is_told_and_made_again(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    commit = Writing.commit

    def vanishing(writing: Writing, manifest: Manifest) -> None:
        shutil.rmtree(out)
        commit(writing, manifest)

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "commit", vanishing)
        with pytest.raises(UserError, match="is not there any more"):
            take_in(export, out)
    assert not take_in(export, out).failures
    assert len(Store(out / "archive").table("messages")) == len(LETTERS)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EFBIG])
def test_a_folder_that_cannot_be_written_is_told_with_a_cure(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    take_in(export, tmp_path / "out")
    before = (tmp_path / "out" / "archive" / "manifest.json").read_bytes()
    export.write_bytes(toy.export([*LETTERS, ("new", b"one more")]))

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "replace", refuse)
        with pytest.raises(UserError) as told:
            take_in(export, tmp_path / "out")
    assert "\n" not in str(told.value)
    assert str(tmp_path / "out" / "archive") in str(told.value)
    assert (tmp_path / "out" / "archive" / "manifest.json").read_bytes() == before
    assert not list(tmp_path.rglob("*.tmp"))
