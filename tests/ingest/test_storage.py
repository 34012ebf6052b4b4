"""Exports named by a URL: the same records as from a file, read by ranges, never half."""

import dataclasses
import gzip
import io
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from tests import exports

from netaudit import ingest, storage
from netaudit.archive import Store, files
from netaudit.errors import UserError
from netaudit.ingest import fingerprint
from netaudit.settings import Settings
from netaudit.sources import mbox

LETTER = (
    "From: Ann <ann@one.example>\nTo: Ben <ben@two.example>\nSubject: letter {n}\n"
    "Message-ID: <{n}@one.example>\nDate: Thu, 1 Jan 2026 10:{n:02}:00 +0000\n\n"
    "Could you send me report {n}?\n{filling}\n"
)
EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1@one.example\nDTSTART:20260105T100000Z\n"
    "SUMMARY:Lunch\nORGANIZER:mailto:ann@one.example\nATTENDEE:mailto:ben@two.example\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)


def box(count: int, filling: str = "") -> bytes:
    """An mbox of letters."""
    letters = (LETTER.format(n=n, filling=filling) for n in range(count))
    return "".join(f"From - Thu Jan  1 10:00:00 2026\n{one}\n" for one in letters).encode()


def packed(kind: str) -> bytes:
    """A zip or tgz with an mbox in it."""
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Takeout/Mail/All.mbox", box(5))
    else:
        with tarfile.open(fileobj=out, mode="w:gz") as tar:
            info = tarfile.TarInfo("Takeout/Mail/All.mbox")
            info.size = len(box(5))
            tar.addfile(info, io.BytesIO(box(5)))
    return out.getvalue()


def linkedin(folder: Path) -> bytes:
    row = {"First Name": "Ben", "Last Name": "Two", "URL": exports.link("ben-two"),
           "Connected On": "01 Jan 2024"}  # fmt: skip
    path = exports.export(
        folder / "made.zip", {"Connections.csv": exports.table(exports.CONNECTIONS, row)}
    )
    return path.read_bytes()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(files.os, "fsync", lambda _: None)
    store = storage._store
    store.cache_clear()
    yield
    store.cache_clear()
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


def put(name: str, data: bytes) -> storage.Location:
    """An object in memory."""
    fsspec.filesystem("memory").pipe_file(f"/{name}", data)
    return storage.at(f"memory://{name}")


def run(store: Store, *places: storage.Location, executor: Any = None) -> ingest.Result:
    with ThreadPoolExecutor(2) as threads:
        return ingest.run(places, store, Settings(), executor or threads)


PLACES = ("source_path", "source_id", "source")


def content(store: Store) -> dict[str, pd.DataFrame]:
    """The archive's tables without the places where the exports were."""
    return {
        name: table.drop(columns=[column for column in table if column in PLACES])
        for name, table in store.tables().items()
    }


def kept(store: Store) -> Mapping[str, bytes]:
    folder = store.folder.path
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_kind_of_file_says_the_same_as_an_object(tmp_path: Path) -> None:
    data = {
        "all.mbox": box(5), "all.mbox.gz": gzip.compress(box(4)), "mail.zip": packed("zip"),
        "mail.tgz": packed("tgz"), "one.eml": LETTER.format(n=9, filling="").encode(),
        "events.ics": EVENT.encode(), "linkedin.zip": linkedin(tmp_path), "photo.jpg": b"\xff\xd8",
        "empty.mbox": b"",
    }  # fmt: skip
    folder = tmp_path / "mail"
    folder.mkdir()
    for name, value in data.items():
        (folder / name).write_bytes(value)
        put(f"mail/{name}", value)
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    told = run(here, folder)
    far = run(there, storage.at("memory://mail/"))
    assert [(Path(one.path).name, one.kind, one.records) for one in far.ingested] == [
        (Path(one.path).name, one.kind, one.records) for one in told.ingested
    ]
    assert len(far.ingested) == 7
    assert far.failures == ()
    assert far.notes == ("memory://mail: 2 files in it are no exports and were left out",)
    one, other = content(here), content(there)
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name])
    paths = there.table("messages")["source_path"]
    assert "memory://mail/all.mbox" in set(paths)


def test_a_files_url_is_its_path(tmp_path: Path) -> None:
    path = tmp_path / "my mail.mbox"
    assert storage.at(path.as_uri()) == storage.at(str(path)) == path
    with pytest.raises(UserError, match="another machine"):
        storage.at("file://elsewhere/mail.mbox")


def test_an_object_that_grew_is_read_from_where_it_grew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox, "UNIT_BYTES", 300)
    monkeypatch.setattr("netaudit.ingest.reuse.MARGIN_BYTES", 300)
    store = Store(tmp_path / "archive")
    first = run(store, put("all.mbox", box(20)))
    again = run(store, put("all.mbox", box(20)))
    grown = run(store, put("all.mbox", box(25)))
    assert [r.ingested[0].state.name for r in (first, again, grown)] == [
        "READ", "UNCHANGED", "GROWN",
    ]  # fmt: skip
    assert grown.ingested[0].records < 15
    assert len(store.table("messages")) == 25


class Counted(MemoryFileSystem):
    """Counts the bytes that are asked for; may fail from some byte on."""

    protocol = "counted"

    def __init__(self) -> None:
        super().__init__(skip_instance_cache=True)
        self.store: dict[str, Any] = {}
        self.pseudo_dirs = [""]
        self.asked: list[int] = []
        self.fails_at: int | None = None

    def _open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        inner = super()._open(path, mode, **options)
        outer = self

        class File(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                outer.asked.append(len(data := super().read(size)))
                if outer.fails_at is not None and self.tell() > outer.fails_at:
                    raise OSError("connection reset")
                return data

        return File(inner.getvalue())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    found = Counted()
    monkeypatch.setattr(storage, "_store", lambda _: found)
    return found


def test_a_unit_asks_for_its_range_alone(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    data = box(600, "." * 10_000)
    counted.pipe_file("/all.mbox", data)
    place = storage.at("memory://all.mbox")
    monkeypatch.setattr(mbox, "UNIT_BYTES", 1 << 20)
    units = list(mbox.units(place))
    assert sum(counted.asked) < 100
    counted.asked.clear()
    records = list(mbox.read(units[2]))
    assert 100 < len(records) < 120
    assert sum(counted.asked) < 3.2 * (1 << 20)
    assert max(counted.asked) <= 1 << 20


def test_whoever_is_free_digests_the_ranges_and_the_digest_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fingerprint, "CHUNK_BYTES", 300)
    place = put("all.mbox", box(5))
    taken: list[fingerprint.Range] = []

    class Elsewhere(ThreadPoolExecutor):
        def submit(self, read: Any, task: Any, /) -> Any:  # type: ignore[override]
            taken.append(task)
            return super().submit(read, task)

    with Elsewhere(2) as executor:
        there = fingerprint.of(place, executor)
    assert there == fingerprint.of(place)
    assert [task.start for task in taken] == list(range(0, len(box(5)), 300))
    assert sum(task.stop - task.start for task in taken) == len(box(5))


def test_what_an_export_is_shows_at_its_beginning(counted: Counted) -> None:
    counted.pipe_file("/all.mbox", box(600, "." * 10_000))
    from netaudit import sources

    found = sources.recognise(storage.at("memory://all.mbox"))
    assert found is not None
    assert found.NAME == "mbox"
    assert max(counted.asked) <= 1 << 20


def test_half_of_a_compressed_object_is_not_taken_for_all_of_it(
    counted: Counted, tmp_path: Path
) -> None:
    import random

    noise = random.Random(1).randbytes(3 << 20).hex()
    counted.pipe_file("/all.mbox.gz", gzip.compress(box(1, noise) + box(3)))
    place = storage.at("memory://all.mbox.gz")
    store = Store(tmp_path / "archive")

    class Later(ThreadPoolExecutor):
        def submit(self, *given: Any) -> Any:  # type: ignore[override]
            counted.fails_at = 2 << 20
            return super().submit(*given)

    with Later(1) as executor:
        result = run(store, place, executor=executor)
    assert result.failures == (
        "memory://all.mbox.gz: cannot be read from its store (OSError); try it again",
    )
    assert not (tmp_path / "archive" / "manifest.json").exists()


class Meanwhile(ThreadPoolExecutor):
    """Something happens between the listing and the reading."""

    def __init__(self, event: Callable[[], object]) -> None:
        super().__init__(1)
        self._event = event

    def submit(self, *given: Any) -> Future[Any]:  # type: ignore[override]
        self._event()
        return super().submit(*given)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (lambda: put("all.mbox", box(9)), "was changed while it was read; ingest it again"),
        (lambda: put("all.mbox", box(1)), "was changed while it was read; ingest it again"),
        (lambda: fsspec.filesystem("memory").rm("/all.mbox"), "is not there"),
    ],
)
def test_an_object_that_is_another_meanwhile_leaves_the_archive_as_it_was(
    event: Callable[[], object], words: str, tmp_path: Path
) -> None:
    store = Store(tmp_path / "archive")
    run(store, put("earlier.mbox", box(2)))
    before = kept(store)
    place = put("all.mbox", box(5))
    with Meanwhile(lambda: event() if "all" in str(place) else None) as executor:
        result = run(store, place, executor=executor)
    assert result.failures == (f"memory://all.mbox: {words}",)
    assert result.ingested == ()
    assert kept(store) == before


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("memory://nothing.mbox", "memory://nothing.mbox: is not there"),
        ("gs://bucket/a.mbox", "gs://: a package is missing"),
        ("nonsense://bucket/a.mbox", "nonsense://: is nothing that exports can be read from"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(url: str, words: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    result = run(store, storage.at(url), put("good.mbox", box(2)))
    assert len(result.failures) == 1
    assert words in result.failures[0]
    assert "\n" not in result.failures[0]
    assert len(store.table("messages")) == 2


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UserError, match=r"pip install 'netaudit\[cluster\]'"):
        storage.at("s3://bucket/all.mbox").stat()


def test_a_password_is_no_part_of_a_url() -> None:
    with pytest.raises(UserError, match="would stay in the archive") as told:
        storage.at("s3://key:secret@bucket/all.mbox")
    assert "secret" not in str(told.value)


def test_what_another_kind_of_error_says_is_not_shown() -> None:
    place = storage.at("memory://a")
    assert isinstance(place, storage.Remote)
    with pytest.raises(storage.StoreError) as told, place._told():
        raise ValueError("a sentence of a letter")
    assert "letter" not in str(told.value)
    assert told.value.__cause__ is None
    assert dataclasses.is_dataclass(place)
