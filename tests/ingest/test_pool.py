"""Worker processes: what becomes of their units when they die."""

from pathlib import Path

import pytest
from tests.ingest import dying

from netaudit import ingest
from netaudit.archive import Store
from netaudit.ingest import pool, worker
from netaudit.settings import Settings


def mail(i: int, text: str) -> str:
    return (
        f"From ann@example.org Thu Jan  1 10:00:{i:02} 2026\n"
        f"From: Ann <ann@example.org>\nTo: bob@example.org\nSubject: Letter {i}\n"
        f"Date: Thu, 1 Jan 2026 10:00:{i:02} +0000\n\n{text}\n\n"
    )


def export(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(mail(i, text) for i, text in enumerate(texts)))
    return path


def test_a_crash_costs_one_message_its_body(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_unit", dying.read)
    monkeypatch.setattr(worker, "read_carefully", dying.read_carefully)
    one = export(tmp_path / "one.mbox", ["How are you?", "DIE", "Fine, thank you.", "DIE", "Bye."])
    two = export(tmp_path / "two.mbox", ["Another letter altogether."])
    store = Store(tmp_path / "archive")
    with pool.local(2) as processes:
        result = ingest.run([one, two], store, Settings(), processes.executor)
    assert not result.failures
    messages = store.table("messages")
    assert messages.subject.tolist() == [
        "Letter 0", "Letter 0", "Letter 1", "Letter 2", "Letter 3", "Letter 4",
    ]  # fmt: skip
    assert messages.is_truncated.sum() == 2
    assert len(store.table("texts")) == 4
    notes = store.table("notes").note.tolist()
    assert len(notes) == 2
    assert all("made the reading process crash or hang" in note for note in notes)


def test_a_message_that_hangs_costs_its_body(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_unit", dying.read)
    monkeypatch.setattr(worker, "read_carefully", dying.read_carefully)
    one = export(tmp_path / "one.mbox", ["How are you?", "HANG", "Fine, thank you."])
    store = Store(tmp_path / "archive")
    with pool.local(1) as processes:
        result = ingest.run([one], store, Settings(), processes.executor)
    assert not result.failures
    assert store.table("messages").is_truncated.tolist() == [False, True, False]
    assert len(store.table("texts")) == 2
    (note,) = store.table("notes").note
    assert "crash or hang" in note


def test_many_crashes_leave_every_message_its_headers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_unit", dying.read)
    monkeypatch.setattr(worker, "read_carefully", dying.read_carefully)
    monkeypatch.setattr(pool, "MAX_FATAL", 2)
    one = export(tmp_path / "one.mbox", ["Hello.", "DIE", "DIE", "DIE", "Bye."])
    store = Store(tmp_path / "archive")
    with pool.local(1) as processes:
        result = ingest.run([one], store, Settings(), processes.executor)
    assert not result.failures
    assert len(store.table("messages")) == 5
    assert store.table("notes").note.str.contains("no text is read").sum() == 1


def test_processes_that_always_die_fail_their_path_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_unit", dying.read)
    monkeypatch.setattr(worker, "read_carefully", dying.hopeless)
    bad = export(tmp_path / "bad.mbox", ["DIE"])
    good = export(tmp_path / "good.mbox", ["Hello."])
    store = Store(tmp_path / "archive")
    with pool.local(1) as processes:
        result = ingest.run([bad, good], store, Settings(), processes.executor)
        assert processes.messages_read >= 1
    (failure,) = result.failures
    assert f"{bad}: the process that reads it dies again" in failure
    assert store.accounting()["kept"] == 1


def test_worker_count_and_how_they_start_change_no_table(tmp_path: Path) -> None:
    path = export(tmp_path / "a.mbox", [f"Letter number {i}, my dear." for i in range(30)])
    digests = []
    for workers, forked in ((1, False), (2, False), (2, True)):
        store = Store(tmp_path / f"{workers}{forked}" / "archive")
        with pool.local(workers, forked=forked) as processes:
            assert processes.messages_read == 0
            ingest.run([path], store, Settings(), processes.executor)
        digests.append(store.manifest.sources[0].parts)
    assert digests[0] == digests[1] == digests[2]


def test_processes_that_were_forked_are_replaced_when_they_die(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "read_unit", dying.read)
    monkeypatch.setattr(worker, "read_carefully", dying.read_carefully)
    one = export(tmp_path / "one.mbox", ["How are you?", "DIE", "Bye."])
    two = export(tmp_path / "two.mbox", ["Another letter altogether."])
    store = Store(tmp_path / "archive")
    with pool.local(1, forked=True) as processes:
        result = ingest.run([one, two], store, Settings(), processes.executor)
    assert not result.failures
    assert sorted(store.table("messages").is_truncated) == [False, False, False, True]
