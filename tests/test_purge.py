"""`netaudit purge` deletes what the program wrote, and nothing else."""

from pathlib import Path

import pytest
from tests.forgetting import canary
from typer.testing import CliRunner, Result

from netaudit import purge
from netaudit.archive import Store
from netaudit.cli import app
from netaudit.errors import UserError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_chart")]


def invoke(*words: object, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=text)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with everything in it, and exports inside of it, too."""
    out = tmp_path_factory.mktemp("purge") / "out"
    paths = canary.write(out / "my exports")
    for words in (
        ["ingest", *paths, "--out", out, "--me", canary.ME, "--workers", "1", "--no-text"],
        ["people", "--out", out, "tag", "isolde", "mentor"],
        ["report", "--out", out, "--as-of", "2024-02-01"],
    ):
        assert invoke(*words).exit_code == 0
    (out / "review.jsonl").write_text("{}\n")
    (out / "reports" / "2024-02-01" / "my notes.txt").write_text("mine")
    (out / "archive" / "messages" / ".0123456789abcdef.tmp").write_bytes(b"half")
    return out


def test_all_that_is_netaudits_goes_and_the_users_files_stay(full: Path) -> None:
    kept = invoke("purge", "--out", full, text="n\n")
    assert kept.exit_code == 1
    assert len(Store(full / "archive").manifest.sources) == 3
    done = invoke("purge", "--out", full, text="y\n")
    assert done.exit_code == 0, done.output
    assert {p.relative_to(full).as_posix() for p in full.rglob("*") if p.is_file()} == {
        "my exports/box.mbox",
        "my exports/calendar.ics",
        "my exports/linkedin.zip",
        "reports/2024-02-01/my notes.txt",
    }
    assert "my notes.txt: is not netaudit's and stays" in done.stderr
    again = invoke("purge", "--out", full, "--yes")
    assert isinstance(again.exception, UserError)


def test_folders_of_others_are_refused(tmp_path: Path) -> None:
    (tmp_path / "home" / "archive").mkdir(parents=True)
    (tmp_path / "home" / "archive" / "letters.parquet").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "home")
    for name in ("home", "link", "missing"):
        with pytest.raises(UserError):
            purge.run(tmp_path / name)
    assert (tmp_path / "home" / "archive" / "letters.parquet").exists()
    assert not (tmp_path / "missing").exists()


def test_an_archive_in_use_is_not_purged(full: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    with store.writing() as writing:
        writing.commit(writing.manifest)
        with pytest.raises(UserError, match="another netaudit"):
            purge.run(tmp_path)
    assert store.manifest.sources == ()
