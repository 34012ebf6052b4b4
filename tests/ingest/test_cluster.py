"""Ingest on a Dask cluster: the same archive, whatever dies on the way."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from distributed.scheduler import KilledWorker
from tests import cluster as clusters
from tests.ingest import dying, store, test_pool
from typer.testing import CliRunner

from netaudit import storage
from netaudit.archive import Store
from netaudit.cli import app
from netaudit.errors import UserError
from netaudit.ingest import cluster, run, worker
from netaudit.ingest.worker import Outcome, Task, reader
from netaudit.model import Unit
from netaudit.settings import Ingest, Settings

N_FILES = 1_500  # two units
DIES_ONCE = """
import os
from pathlib import Path
from netaudit.ingest import worker

def run(reading, read=worker._Reading.run, alive=Path({alive!r})):
    outcome = read(reading)
    if alive.exists():
        alive.unlink()
        os._exit(9)
    return outcome

if not hasattr(worker, "preloaded"):  # a preload is run more than once
    worker.preloaded = True
    worker._Reading.run = run
"""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "letters"
    folder.mkdir()
    for number in range(N_FILES):
        (folder / f"{number}.eml").write_text(
            f"From: p{number % 50}@one.example\nTo: me@two.example\nSubject: letter {number}\n"
            f"Date: Thu, 1 Jan 2026 {number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"
            f" +0000\n\nCould you send me report {number}?\n"
        )
    return folder


@pytest.fixture(scope="module")
def s3() -> Iterator[store.S3]:
    with store.running() as found:
        yield found


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory, s3: store.S3) -> Iterator[clusters.Dask]:
    folder = tmp_path_factory.mktemp("dask")
    preload = folder / "dies_once.py"
    alive = folder / "alive"
    alive.touch()
    preload.write_text(DIES_ONCE.format(alive=str(alive)))
    with clusters.running(folder, [str(preload), str(preload)], s3.environment) as found:
        yield found
        assert not alive.exists(), "no worker died"


def ingest(
    *words: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "netaudit", "ingest", *map(str, words)],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip


def content(out: Path) -> dict[str, bytes]:
    files = sorted(path for path in (out / "archive").rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


@pytest.mark.slow
def test_a_cluster_of_which_a_worker_dies_gives_the_archive_of_one_machine(
    export: Path, dask: clusters.Dask, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    assert ingest(export, "--out", here).returncode == 0
    done = ingest(export, "--out", there, "--scheduler", dask.address)
    assert done.returncode == 0, done.stderr
    assert f"{N_FILES:,} read = {N_FILES:,} kept" in done.stdout
    assert content(there) == content(here)


@pytest.mark.slow
def test_workers_read_an_object_as_the_processes_of_one_machine_do(
    dask: clusters.Dask, s3: store.S3, tmp_path: Path
) -> None:
    one = s3.put("team/all.mbox", test_pool.mail(0, "How are you?").encode())
    here, there = tmp_path / "here", tmp_path / "there"
    done = ingest("s3://mail/team", "--out", here, environment=s3.environment)
    assert done.returncode == 0, done.stderr
    assert (done.stderr, f"{one}: read" in done.stdout) == ("", True)
    done = ingest(one, "--out", there, "--scheduler", dask.address, environment=s3.environment)
    assert done.returncode == 0, done.stderr
    assert content(there) == content(here)


@pytest.mark.slow
def test_nobody_at_the_address_is_told_in_a_line(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    words = ["ingest", export, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1"]
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(done.exception, UserError)
    assert "nobody answers there" in str(done.exception)
    assert "\n" not in str(done.exception)
    assert not (tmp_path / "out" / "archive" / "manifest.json").exists()


def test_what_a_reader_says_when_it_fails_stays_where_it_is(tmp_path: Path) -> None:
    def read(task: Task) -> Outcome:
        raise ValueError("a sentence of a letter")

    task = Task(tmp_path, "box", Unit("mbox", "box"), reader(Ingest()))
    with pytest.raises(UserError) as told:
        cluster.guarded(read, task)
    assert str(told.value) == "box: the worker failed (ValueError)"
    assert told.value.__context__ is None


def views(monkeypatch: pytest.MonkeyPatch, change: dict[str, object]) -> None:
    """One worker as this process, but for a change."""
    monkeypatch.setattr(
        cluster, "_views", lambda _, names: {"tcp://w:1": replace(cluster.view(names), **change)}
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"program": "0.0.1/1"}, "install the same version"),
        ({"seen": {}}, "does not see"),
    ],
)
def test_a_worker_that_would_read_otherwise_is_refused(
    change: dict[str, object], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views(monkeypatch, change)
    with pytest.raises(UserError, match=words):
        cluster._check(None, tmp_path / "archive", [tmp_path])
    assert not list((tmp_path / "archive").iterdir()), "the file to look at is left behind"


def test_a_worker_like_this_process_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views(monkeypatch, {})
    cluster._check(None, tmp_path / "archive", [tmp_path, tmp_path / "is_not_there"])


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ({}, "does not see memory://all.mbox as this process does; is it the same store"),
        (
            {"memory://all.mbox": "memory://all.mbox: is not there"},
            "worker tcp://w:1: memory://all.mbox: is not there .give the worker the environment",
        ),
    ],
)
def test_a_worker_that_does_not_see_an_object_is_refused(
    seen: dict[str, str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_sample", lambda path: "as it is")

    def there(_: object, names: list[str]) -> dict[str, cluster.View]:
        found = cluster.view(names)
        return {"tcp://w:1": replace(found, seen={names[0]: found.seen[names[0]], **seen})}

    monkeypatch.setattr(cluster, "_views", there)
    with pytest.raises(UserError, match=words):
        cluster._check(None, tmp_path / "archive", [storage.at("memory://all.mbox")])


def test_a_cluster_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_views", lambda *_: {})
    with pytest.raises(UserError, match="no workers"):
        cluster._check(None, tmp_path / "archive", [])


class Killing(Executor):
    """Workers that die at every unit."""

    def submit(self, *_: object) -> Future[Outcome]:  # type: ignore[override]
        promise: Future[Outcome] = Future()
        promise.set_exception(KilledWorker("unit", None, 3))  # type: ignore[arg-type]
        return promise


@pytest.mark.slow
def test_a_unit_that_kills_workers_costs_one_message_its_body(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_carefully", dying.read_carefully)
    path = test_pool.export(tmp_path / "one.mbox", ["How are you?", "DIE", "Fine, thank you."])
    workers = cluster.Workers(SimpleNamespace(get_executor=lambda **_: Killing()))  # type: ignore[arg-type]
    store = Store(tmp_path / "archive")
    with workers:
        result = run([path], store, Settings(), workers)
    assert not result.failures
    assert store.table("messages").is_truncated.tolist() == [False, True, False]


def test_what_fails_on_workers_otherwise_is_told(tmp_path: Path) -> None:
    promise: Future[Outcome] = Future()
    task = Task(tmp_path, "box", Unit("mbox", "box"), reader(Ingest()))
    cluster.Guarded.failed(SimpleNamespace(), promise, task, MemoryError())  # type: ignore[arg-type]
    with pytest.raises(UserError, match="box: the workers that took it failed"):
        promise.result()


def test_workers_are_let_go_of_in_dasks_own_way() -> None:
    told = []
    inner = SimpleNamespace(shutdown=lambda wait=True: told.append(wait))
    found = cluster.Guarded(SimpleNamespace(get_executor=lambda **_: inner))  # type: ignore[arg-type]
    found.shutdown()
    found.shutdown(cancel_futures=True)
    assert told == [True, False]
