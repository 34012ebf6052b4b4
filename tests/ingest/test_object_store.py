"""Exports in a real server that speaks S3: read, followed as they grow, refused in a line."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.ingest import store
from tests.ingest.test_storage import box, content, packed

from netaudit import ingest, storage
from netaudit.archive import Store, files
from netaudit.settings import Settings


@pytest.fixture(scope="module")
def s3() -> Iterator[store.S3]:
    with store.running() as found:
        yield found


@pytest.fixture(autouse=True)
def _environment(s3: store.S3, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(files.os, "fsync", lambda _: None)
    storage._store.cache_clear()
    yield
    storage._store.cache_clear()


def run(out: Store, *urls: str | Path) -> ingest.Result:
    with ThreadPoolExecutor(2) as executor:
        return ingest.run([storage.at(url) for url in urls], out, Settings(), executor)


def test_objects_below_a_prefix_are_read_as_files_are(s3: store.S3, tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    for name, data in {"a.mbox": box(5), "b.zip": packed("zip"), "c.jpg": b"\xff\xd8"}.items():
        s3.put(f"whole/{name}", data)
        (folder / name).write_bytes(data)
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    run(here, folder)
    result = run(there, "s3://mail/whole")
    assert result.failures == ()
    assert [one.path for one in result.ingested] == [
        "s3://mail/whole/a.mbox", "s3://mail/whole/b.zip",
    ]  # fmt: skip
    far = content(there)
    for name, table in content(here).items():
        assert table.equals(far[name]), name


def test_an_object_put_anew_is_read_anew(s3: store.S3, tmp_path: Path) -> None:
    archive = Store(tmp_path / "archive")
    url = s3.put("grows.mbox", box(3))
    assert run(archive, url).ingested[0].state.name == "READ"
    assert run(archive, url).ingested[0].state.name == "UNCHANGED"
    s3.put("grows.mbox", box(6))
    assert run(archive, url).ingested[0].records == 6
    assert len(archive.table("messages")) == 6


def test_what_cannot_be_read_is_told_with_its_cure(s3: store.S3, tmp_path: Path) -> None:
    archive = Store(tmp_path / "archive")
    url = s3.put("kept.mbox", box(3))
    run(archive, url)
    nowhere = "s3://nowhere/a.mbox"
    result = run(archive, nowhere, "s3://mail/none.mbox")
    assert result.failures == (
        f"{nowhere}: there is no such bucket, or it may not be seen with these credentials",
        "s3://mail/none.mbox: is not there",
    )
    s3.refuse(everybody=True)
    try:
        result = run(archive, url)
    finally:
        s3.refuse(everybody=False)
    assert result.failures == (
        f"{url}: cannot be read (permission denied); are the credentials in the environment?",
    )
    assert len(archive.table("messages")) == 3


def test_a_store_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    storage._store.cache_clear()
    result = run(Store(tmp_path / "archive"), "s3://mail/a.mbox")
    assert len(result.failures) == 1
    assert "its store does not answer" in result.failures[0]
