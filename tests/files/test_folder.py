"""A report's folder is whole or not there, private, and keeps what the user put beside it."""

import stat

import pytest

from netaudit.errors import UserError
from netaudit.files.folder import replaced


def write(target, text):
    with replaced(target) as folder:
        (folder / "charts").mkdir()
        (folder / "report.html").write_text(text)
        (folder / "charts" / "a.svg").write_text(text)


def test_replaces_whole_and_private(tmp_path):
    target = tmp_path / "reports" / "2026-09-30"
    write(target, "one")
    (target / "my-notes.txt").write_text("mine")
    (target / "my-notes.txt").chmod(0o600)
    write(target, "two")
    assert (target / "report.html").read_text() == "two"
    assert (target / "my-notes.txt").read_text() == "mine"
    assert [path.name for path in target.parent.iterdir()] == ["2026-09-30"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in target.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE(target.stat().st_mode) == 0o700


def test_failure_leaves_the_old_one(tmp_path):
    target = tmp_path / "r"
    write(target, "one")
    with pytest.raises(UserError), replaced(target) as folder:
        (folder / "nowhere" / "report.html").read_text()
    assert (target / "report.html").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_kill_between_the_renames_is_mended(tmp_path):
    target = tmp_path / "r"
    write(target, "one")
    target.rename(tmp_path / ".old-r")
    (tmp_path / ".new-r-abc").mkdir()
    with pytest.raises(RuntimeError), replaced(target):
        raise RuntimeError
    assert (target / "report.html").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_unwritable_place_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"), replaced(tmp_path / "file" / "r"):
        pass
