"""Ingest with a format whose every byte the tests know."""

import dataclasses
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.full_disk import Full
from tests.ingest import toy

from netaudit import ingest
from netaudit.archive import Store, files
from netaudit.errors import UserError
from netaudit.ingest import State, fingerprint, reuse
from netaudit.settings import Ingest, Settings
from netaudit.text import newtext

WITHOUT_TEXT = Settings(ingest=Ingest(read_text=False))


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    toy.install(monkeypatch)
    monkeypatch.setattr(fingerprint, "CHUNK_BYTES", 50)
    monkeypatch.setattr(reuse, "MARGIN_BYTES", 0)
    monkeypatch.setattr(files.os, "fsync", lambda _: None)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(
    out: Path, *paths: Path, settings: Settings = WITHOUT_TEXT, **more: object
) -> ingest.Result:
    with ThreadPoolExecutor(2) as executor:
        return ingest.run(paths, Store(out / "archive"), settings, executor, **more)  # type: ignore[arg-type]


MADE = ("messages", "recipients", "texts", "skipped", "notes")
"""The tables that the format can fill."""


def tables(out: Path) -> dict[str, pd.DataFrame]:
    store = Store(out / "archive")
    return {name: store.table(name) for name in MADE}


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name in MADE:
        assert len(one[name]) == len(other[name]), name
        pd.testing.assert_frame_equal(one[name], other[name])


def keys(out: Path) -> list[str]:
    return sorted(tables(out)["messages"].key)


body = st.lists(
    st.sampled_from([b"hello", b"\n", b"\n@3 fake\n", b"\n@99 fake\n", b"@", b"x" * 70]), max_size=5
).map(b"".join)
export = st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), body), min_size=1, max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(export, st.integers(25, 200))
def test_ranges_give_what_reading_from_the_start_gives(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    messages: list[tuple[str, bytes]],
    unit_bytes: int,
) -> None:
    folder = tmp_path_factory.mktemp("x")
    path = folder / "a.toy"
    path.write_bytes(toy.export(messages))
    monkeypatch.setattr(toy, "UNIT_BYTES", 1 << 20)
    run(folder / "whole", path)
    monkeypatch.setattr(toy, "UNIT_BYTES", unit_bytes)
    run(folder / "ranges", path)
    assert_same(tables(folder / "whole"), tables(folder / "ranges"))
    assert Store(folder / "ranges" / "archive").accounting()["read"] == len(messages)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(export, export, st.integers(0, 40), st.integers(40, 90), st.booleans())
def test_an_export_that_grew_gives_what_reading_it_anew_gives(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    old: list[tuple[str, bytes]],
    more: list[tuple[str, bytes]],
    cut: int,
    unit_bytes: int,
    renamed: bool,
) -> None:
    monkeypatch.setattr(toy, "UNIT_BYTES", unit_bytes)
    folder = tmp_path_factory.mktemp("x")
    path = folder / "a.toy"
    data = toy.export(old)
    path.write_bytes(data[: max(len(data) - cut, 12)])
    run(folder / "grown", path)
    path.write_bytes(data + toy.export(more)[4:])
    run(folder / "grown", path)
    run(folder / "new", path)
    assert_same(tables(folder / "grown"), tables(folder / "new"))


MANY = [("k" + "abcdefghij"[i // 10] + "abcdefghij"[i % 10], b"body %d" % i) for i in range(90)]


def write(path: Path, messages: list[tuple[str, bytes]]) -> Path:
    path.write_bytes(toy.export(messages))
    return path


def test_of_an_export_that_grew_only_the_new_is_read(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", MANY[:80])
    run(out, path)
    before = len(toy._read)
    write(path, MANY)
    (one,) = run(out, path).ingested
    assert one.state is State.GROWN
    assert 0 < len(toy._read) - before < before / 3
    assert len(keys(out)) == 90
    assert len(Store(out / "archive").manifest.sources) == 1


def test_next_quarters_export_under_another_name_shares_the_parts(
    tmp_path: Path, out: Path
) -> None:
    run(out, write(tmp_path / "q1.toy", MANY[:80]))
    before = len(toy._read)
    (one,) = run(out, write(tmp_path / "q2.toy", MANY)).ingested
    assert one.state is State.GROWN
    assert len(toy._read) - before < before / 3
    account = Store(out / "archive").accounting()
    assert [(s["read"], s["kept"], s["duplicate"]) for s in account["sources"]] == [
        (80, 80, 0),
        (90, 10, 80),
    ]
    assert tables(out)["messages"].source_path.value_counts().to_dict() == {
        str(tmp_path / "q1.toy"): 80,
        str(tmp_path / "q2.toy"): 10,
    }


def test_the_same_again_is_not_read_again(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", MANY)
    run(out, path)
    state = snapshot(out)
    toy._read.clear()
    (one,) = run(out, path).ingested
    assert one.state is State.UNCHANGED
    assert not toy._read
    assert snapshot(out) == state


def test_a_copy_under_another_name_is_told_and_counts_as_duplicate(
    tmp_path: Path, out: Path
) -> None:
    path = write(tmp_path / "b.toy", MANY)
    run(out, path)
    toy._read.clear()
    copy = write(tmp_path / "a.toy", MANY)
    (one,) = run(out, copy).ingested
    assert (one.state, one.copy_of) == (State.COPY, str(path))
    assert not toy._read
    first, second = Store(out / "archive").accounting()["sources"]
    assert (first["path"], first["kept"], second["duplicate"]) == (str(copy), 90, 90)
    for entry in Store(out / "archive").find(str(path)):
        Store(out / "archive").drop(entry)
    assert len(keys(out)) == 90


def test_neither_order_nor_workers_change_a_byte(tmp_path: Path) -> None:
    one = write(tmp_path / "one.toy", MANY[:50])
    two = write(tmp_path / "two.toy", MANY[20:])
    copy = write(tmp_path / "a copy.toy", MANY[20:])
    run(tmp_path / "x", one, two, copy)
    run(tmp_path / "y", copy)
    run(tmp_path / "y", two, one)
    assert snapshot(tmp_path / "x") == snapshot(tmp_path / "y")


def snapshot(out: Path) -> dict[str, bytes]:
    folder = out / "archive"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_changed_export_replaces_the_old_one_when_nothing_is_lost(
    tmp_path: Path, out: Path
) -> None:
    path = write(tmp_path / "a.toy", MANY[10:50])
    run(out, path)
    (one,) = run(out, write(path, [*MANY[:10], *MANY[10:50]])).ingested
    assert one.earlier == ()
    assert len(keys(out)) == 50
    assert len(Store(out / "archive").manifest.sources) == 1


def test_a_changed_export_leaves_what_it_no_longer_holds(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", MANY[:50])
    run(out, path)
    (one,) = run(out, write(path, MANY[5:60])).ingested
    assert len(one.earlier) == 1
    assert len(keys(out)) == 60
    store = Store(out / "archive")
    for entry in store.find(one.earlier[0]):
        store.drop(entry)
    assert len(keys(out)) == 55


def test_a_cut_message_is_replaced_when_the_file_is_whole(tmp_path: Path, out: Path) -> None:
    data = toy.export(MANY[:9])
    path = tmp_path / "a.toy"
    path.write_bytes(data[:-5])
    (one,) = run(out, path).ingested
    assert one.cut == ((str(path), data.rfind(b"@")),)
    assert one.n_cut == 1
    assert keys(out)[-1].endswith("-cut")
    path.write_bytes(data)
    run(out, path)
    assert keys(out) == [key for key, _ in MANY[:9]]


def test_another_way_of_reading_reads_again(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", [("k", b"Could you send me the report, please?")])
    run(out, path)
    assert tables(out)["messages"].words.tolist() == [-1]
    (one,) = run(out, path, settings=Settings()).ingested
    assert one.state is State.READ
    assert tables(out)["messages"].words.tolist() == [7]
    assert tables(out)["texts"].key.tolist() == ["k"]
    assert len(Store(out / "archive").manifest.sources) == 1
    run(out, path, settings=Settings(ingest=Ingest(keep_text=False)))
    assert tables(out)["texts"].empty
    assert tables(out)["messages"].words.tolist() == [7]


def test_a_reader_that_fails_costs_its_unit_and_is_told(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", [("a", b"x" * 80), ("b", b"CRASH"), ("c", b"y")])
    run(out, path)
    skipped = tables(out)["skipped"]
    assert skipped.reason.tolist() == ["the reader failed (KeyError)"]
    assert "a" in keys(out)


def test_a_text_that_cannot_be_read_leaves_its_message(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = newtext.new_text

    def fail(body: str, *more: str) -> str:
        if "BAD" in body:
            raise RecursionError("some words of a mail")
        return whole(body, *more)

    monkeypatch.setattr("netaudit.text.new_text", fail)
    path = write(tmp_path / "a.toy", [("a", b"good as gold"), ("b", b"BAD"), ("c", b"good too")])
    run(out, path, settings=Settings())
    assert keys(out) == ["a", "b", "c"]
    assert tables(out)["texts"].key.tolist() == ["a", "c"]
    place = path.read_bytes().index(b"@3 b")
    assert tables(out)["notes"].note.tolist() == [
        f"the text of the message at byte {place} could not be read (RecursionError)"
    ]


def test_one_bad_path_does_not_stop_the_others(tmp_path: Path, out: Path) -> None:
    good = write(tmp_path / "good.toy", MANY[:3])
    bad = write(tmp_path / "bad.toy", [("a", b"x"), ("b", b"REFUSE"), ("c", b"x" * 99)])
    empty = tmp_path / "empty"
    empty.touch()
    none = tmp_path / "none.txt"
    none.write_text("nothing")
    hollow = tmp_path / "hollow.toy"
    hollow.write_bytes(toy.MAGIC)
    folder = tmp_path / "folder"
    folder.mkdir()
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    missing = tmp_path / "missing"
    result = run(out, bad, empty, none, hollow, folder, fifo, missing, good)
    assert [one.path for one in result.ingested] == [str(good)]
    told = "\n".join(result.failures)
    for path, words in (
        (bad, "is broken"),
        (empty, "is empty"),
        (none, "is no export that netaudit knows"),
        (hollow, "holds no messages"),
        (folder, "holds no export"),
        (fifo, "is neither a file nor a folder"),
        (missing, "is not there"),
    ):
        assert f"{path}: {words}" in told
    assert len(result.failures) == 7
    assert len(keys(out)) == 3
    assert len(list((out / "archive" / "messages").iterdir())) == len(
        Store(out / "archive").manifest.file_names() - {""}
    ) - len(list((out / "archive" / "recipients").iterdir()))


def test_nothing_is_made_where_nothing_can_be_read(tmp_path: Path, out: Path) -> None:
    assert run(out, tmp_path / "missing").failures
    assert not out.exists()


def test_the_exports_in_a_folder_are_found(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    write(folder / "deep" / "a.toy", MANY[:2])
    write(folder / "b.toy", MANY[2:4])
    (folder / "notes.txt").write_text("no export")
    result = run(out, folder)
    assert [Path(one.path).name for one in result.ingested] == ["b.toy", "a.toy"]
    assert result.notes == (f"{folder}: 1 files in it are no exports and were left out",)


def test_a_lost_part_is_made_again(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", MANY)
    run(out, path)
    before = snapshot(out)
    next((out / "archive" / "recipients").iterdir()).unlink()
    run(out, path)
    assert snapshot(out) == before


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.toy", MANY[:5])
    units = toy.units

    def growing(path: Path) -> Iterator[object]:
        found = list(units(path))
        write(path, MANY[:6])
        yield from found

    monkeypatch.setattr(toy, "units", growing)
    (failure,) = run(out, path).failures
    assert "changed while it was read" in failure


def test_the_owners_addresses_stay(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", MANY[:5])
    run(out, path, me=["me@example.org"])
    run(out, path)
    assert Store(out / "archive").me == ("me@example.org",)
    run(out, path, me=["i@example.org"])
    assert Store(out / "archive").me == ("i@example.org",)


@pytest.mark.parametrize("call", ["fsync", "replace", "open", "fdopen"])
def test_a_full_disk_leaves_the_archive_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    one, two = write(tmp_path / "one.toy", MANY[:5]), write(tmp_path / "two.toy", MANY[3:20])
    golden = tmp_path / "golden"
    run(golden, one, two)
    out = tmp_path / "out"
    run(out, one)
    before = tables(out)
    for n in range(100):
        with monkeypatch.context() as patch:
            full = Full(n, getattr(os, call))
            patch.setattr(files.os, call, full)
            try:
                run(out, two)
            except UserError as error:
                assert "disk is full" in str(error)  # noqa: PT017
            else:
                assert full.left >= 0
                break
        assert not list(out.rglob("*.tmp"))
        if len(Store(out / "archive").manifest.sources) == 1:
            assert_same(tables(out), before)
        else:  # it failed after the one step that counts
            assert_same(tables(out), tables(golden))
    else:
        pytest.fail("never finished")
    assert n > 1
    assert snapshot(out) == snapshot(golden)


def test_settings_that_are_not_about_reading_read_nothing_again(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.toy", MANY[:5])
    run(out, path)
    other = dataclasses.replace(WITHOUT_TEXT, ingest=Ingest(read_text=False, workers=7))
    (one,) = run(out, path, settings=other).ingested
    assert one.state is State.UNCHANGED
