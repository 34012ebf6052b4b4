"""Hostile mail on which the usual parsers need minutes, fail, or lose what is there."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.build import mbox, message, parsed
from tests.faults.patterns import BITS

import netaudit
from netaudit import ingest
from netaudit.archive import Store
from netaudit.settings import Settings

N = 100_000
"""Repeats; what is quadratic in them never ends, what recurses fails."""


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/html " + "; " * N},
        {"Content_Type": "text/plain; " + "".join(f"a*{i}=b; " for i in range(N))},
        {"Subject": "a " * N},
        {"Subject": "=?utf-8?q?a?= " * N},
        {"From": "(" * N + " <ana@example.org>"},
        {"Cc": "a:" * N},
        {"Cc": '"' * N},
        {"References": "<" * N},
        {"Date": "Wed " * N},
        {"X_Gmail_Labels": '"' * N},
        {"List_Id": "<" * N},
        {"Content_Disposition": "attachment; filename=" + "a;" * N},
    ],
    ids=lambda headers: next(iter(headers)) + ":" + str(next(iter(headers.values())))[:20],
)
def test_headers_that_take_others_minutes(headers):
    found = parsed(message(**headers))
    assert found.recipients[0].address == "ben@example.org"


HEADERS = ("From", "To", "Subject", "Date", "Message_ID", "References", "Content_Type", "List_Id",
           "X_Gmail_Labels", "Received")  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("before", ["", "Ana <"])
def test_every_header_of_any_repeats(name, before):
    for bit in BITS:
        folded = bit.replace("\r", "").replace("\n", "\n ")
        found = parsed(message(**{name: before + folded * (20_000 // len(bit))}))
        assert found.size_bytes > 19_000


def test_a_hundred_thousand_headers_and_parts():
    found = parsed(
        message("--b\n\n" * N, X_Many=["x"] * N, Content_Type="multipart/mixed; boundary=b")
    )
    assert found.from_address == "ana@example.org"
    assert found.is_truncated


def test_nul_bytes_hide_no_address():
    found = parsed(message("a\0b\n", From="Ana\0 <ana@example.org\0>", Subject="a\0b"))
    assert (found.from_address, found.from_name) == ("ana@example.org", "Ana")
    assert (found.subject, found.body) == ("a b", "ab\n")
    assert parsed(message(To="ana@example.org\0@evil.example")).n_recipients <= 1


def test_an_address_behind_another_is_not_taken_for_it():
    for text in ("alice@example.org)bob@evil.example", "alice@example.org,(x)<bob@evil.example"):
        found = parsed(message(From=text))
        assert found.from_address in ("alice@example.org", "")
    found = parsed(message(From="alice@example.org <bob@evil.example>"))
    assert (found.from_address, found.from_name) == ("bob@evil.example", "alice@example.org")


def test_letters_that_look_alike_are_other_addresses():
    latin, cyrillic = (
        parsed(message(From=f"<{name}@example.org>")) for name in ("pay", "р\u0430y")
    )
    assert latin.from_address != cyrillic.from_address
    assert latin.key != cyrillic.key


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_one_message_id_with_two_contents_is_two_messages(tmp_path: Path, order):
    letters = [message("One\n"), message("Two\n"), message("One\n")]
    raws = [raw.replace(b"Subject", b"Message-ID: <same@x>\nSubject", 1) for raw in letters]
    path = tmp_path / "a.mbox"
    path.write_bytes(mbox([raws[i] for i in order]))
    store = Store(tmp_path / "archive")
    with ThreadPoolExecutor(1) as executor:
        for _ in range(2):
            ingest.run([path], store, Settings(), executor)
    found = store.accounting()
    assert (found["read"], found["kept"], found["duplicate"]) == (3, 2, 1)
    assert store.table("messages").message_id.tolist() == ["same@x", "same@x"]


FORBIDDEN = {"pickle", "marshal", "shelve", "joblib", "dill", "cloudpickle", "jsonpickle"}
CALLS = {"eval", "exec", "read_pickle", "to_pickle", "system", "popen"}


def test_nothing_is_unpickled_or_evaluated():
    for path in Path(netaudit.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert not FORBIDDEN & {name.name.split(".")[0] for name in node.names}, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in FORBIDDEN, path
            elif isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                assert name not in CALLS, f"{path}:{node.lineno}"
                words = {word.arg: word.value for word in node.keywords}
                for flag in ("shell", "allow_pickle"):
                    value = words.get(flag)
                    assert not (isinstance(value, ast.Constant) and value.value), path


def test_no_word_of_a_message_is_in_what_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    def fail(*_: object, **__: object) -> None:
        raise ValueError("CANARYBODY")

    monkeypatch.setattr("netaudit.text.new_text", fail)
    path = tmp_path / "a.mbox"
    path.write_bytes(mbox([message("CANARYBODY\n", Subject="CANARYSUBJECT")]))
    caplog.set_level(0)
    store = Store(tmp_path / "archive")
    with ThreadPoolExecutor(1) as executor:
        result = ingest.run([path], store, Settings(), executor)
    out = capfd.readouterr()
    told = [caplog.text, out.out, out.err, repr(result), *store.table("notes").note]
    assert not any("CANARY" in text for text in told)
