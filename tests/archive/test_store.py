"""The archive on disk: what is refused, what is private, what survives."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from tests.archive.building import archive, message, write

from netaudit.archive import Store
from netaudit.errors import UserError
from netaudit.model import Row, Skipped


def event(key: str, path: str, message_key: str | None = None) -> Row:
    from netaudit.model import STORED

    values = dict.fromkeys(STORED["events"].names)
    values |= dict(key=key, sequence=0, source="calendar", source_path=path, source_offset=0)
    return Row("events", tuple({**values, "message_key": message_key}.values()))


def test_accounting_counts_records_and_names_the_reasons(tmp_path: Path) -> None:
    store = archive(
        tmp_path,
        {
            "/a": [
                message("k", "/a"),
                event("e", "/a", message_key="k"),
                Row("attendees", ("e", "bob@example.org", "Bob", "accepted", "required")),
                Skipped("/a", 90, "no headers"),
                Skipped("/a", 99, "no headers"),
            ],
            "/b": [message("k", "/b"), event("f", "/b"), Skipped("/b!x", 1, "too deep")],
        },
    )
    assert store.accounting() == {
        "sources": [
            {
                "source": "mbox", "path": "/a", "read": 3, "kept": 1, "duplicate": 0, "skipped": 2,
                "forgotten": 0, "skipped_by_reason": {"no headers": 2},
            },
            {
                "source": "mbox", "path": "/b", "read": 3, "kept": 1, "duplicate": 1, "skipped": 1,
                "forgotten": 0, "skipped_by_reason": {"too deep": 1},
            },
        ],
        "read": 6, "kept": 2, "duplicate": 1, "skipped": 3, "forgotten": 0,
    }  # fmt: skip
    assert store.table("skipped").path.tolist() == ["/a", "/a", "/b!x"]
    assert store.table("attendees").key.tolist() == ["e"]


def test_a_value_that_cannot_be_stored_costs_only_its_record(tmp_path: Path) -> None:
    odd = message("odd", "/a", 5, source_offset=5, size_bytes=1 << 70)
    broken = message("k", "/a", 9, subject="half \ud83d a pair")
    store = archive(tmp_path, {"/a": [message("j", "/a"), odd, broken]})
    assert store.table("messages").key.tolist() == ["j", "k"]
    assert store.table("messages").subject.tolist() == ["Hello", "half ? a pair"]
    assert store.table("skipped").offset.tolist() == [5]
    assert store.table("recipients").key.tolist() == ["j", "k"]
    assert store.accounting()["read"] == 3


def test_parts_are_readable_with_plain_pandas(tmp_path: Path) -> None:
    archive(tmp_path, {"/a": [message("k", "/a")]})
    frame = pd.read_parquet(tmp_path / "archive" / "messages")
    assert frame.from_address.tolist() == ["ann@example.org"]
    assert str(frame.sent_at.dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        archive(tmp_path / "new" / "out", {"/a": [message("k", "/a")]})
    finally:
        os.umask(before)
    for path in (tmp_path / "new").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_folder_that_stood_open_is_closed(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir(mode=0o755)
    archive(tmp_path, {"/a": [message("k", "/a")]})
    assert stat.S_IMODE((tmp_path / "archive").stat().st_mode) == 0o700


def test_what_is_no_folder_is_refused_in_a_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    target = tmp_path / "target"
    target.mkdir()
    link = tmp_path / "link"
    link.symlink_to(target)
    for out, word in ((file, "is a file"), (link, "symbolic link"), (file / "x", "is a file")):
        with pytest.raises(UserError, match=word), Store(out / "archive").writing():
            pass
    assert file.read_text() == "mine"
    assert not list(target.iterdir())


def test_a_name_that_is_too_long_is_refused_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"), Store(tmp_path / ("x" * 300)).writing():
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused_in_a_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="--out"), Store(tmp_path / "archive").writing():
        pass


def test_no_archive_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="netaudit ingest"):
        Store(tmp_path / "archive").table("messages")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"version": 2, "sources": [], "me": []}', "update netaudit"),
        ('{"version": 0, "sources": [], "me": []}', "ingest the exports again"),
        ('{"version": 1, "sources": [{}], "me": []}', "damaged"),
        ('{"version": 1, "sour', "damaged"),
        ("[]", "damaged"),
    ],
)
def test_another_or_a_damaged_manifest_is_never_misread(
    tmp_path: Path, text: str, words: str
) -> None:
    store = archive(tmp_path, {"/a": [message("k", "/a")]})
    (tmp_path / "archive" / "manifest.json").write_text(text)
    with pytest.raises(UserError, match=words):
        store.table("messages")
    with pytest.raises(UserError, match=words), store.writing():
        pass
    assert list((tmp_path / "archive" / "messages").iterdir())  # nothing was swept


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    store = archive(tmp_path, {"/a": [message("k", "/a")]})
    path = tmp_path / "archive" / "manifest.json"
    values = json.loads(path.read_text())
    values["sources"][0]["pieces"][0]["parts"][0]["name"] = "../../x"
    path.write_text(json.dumps(values))
    with pytest.raises(UserError, match="damaged"):
        store.table("messages")


def test_a_lost_or_damaged_part_is_named(tmp_path: Path) -> None:
    archive(tmp_path, {"/a": [message(f"k{i}", "/a", i) for i in range(500)]})
    (part,) = (tmp_path / "archive" / "messages").iterdir()
    data = bytearray(part.read_bytes())
    data[len(data) // 3] ^= 0xFF
    part.write_bytes(data)
    with pytest.raises(UserError, match=r"damaged.*ingest its export again"):
        Store(tmp_path / "archive").table("messages")
    part.unlink()
    with pytest.raises(UserError, match=r"missing.*ingest its export again"):
        Store(tmp_path / "archive").table("messages")


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    store = archive(tmp_path, {"/a": [message("k", "/a")]})
    folder = tmp_path / "archive"
    for name in ("messages/0123.parquet", "messages/.x.tmp", ".y.tmp"):
        (folder / name).write_bytes(b"half")
    before = store.table("messages")
    with store.writing():
        pass
    assert len(list((folder / "messages").iterdir())) == 1
    assert not list(folder.glob(".*.tmp"))
    pd.testing.assert_frame_equal(store.table("messages"), before)


HOLD = """
import sys
from pathlib import Path
from netaudit.archive import Store
with Store(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_and_a_dead_ones_lock_is_gone(tmp_path: Path) -> None:
    store = archive(tmp_path, {"/a": [message("k", "/a")]})
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "archive")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UserError, match="another netaudit is writing"), store.writing():
            pass
        assert len(store.table("messages")) == 1  # reading goes on
        holder.kill()
        holder.wait()
    write(store, "/b", [message("j", "/b")])
    assert len(store.table("messages")) == 2


def test_an_unknown_source_names_the_known_ones(tmp_path: Path) -> None:
    store = archive(tmp_path, {"/a": [message("k", "/a")]})
    (entry,) = store.manifest.sources
    with pytest.raises(UserError, match=entry.id):
        store.find("nonsense")
    assert store.find(entry.id) == store.find("/a") == [entry]
