"""Nine parsers' odd and broken mail: nothing raises, everything is accounted for, fields agree."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from tests.build import mbox
from tests.faults import corpora, parsers

from netaudit import ingest
from netaudit.archive import Store
from netaudit.mail import headers, mime
from netaudit.mail.split import Splitter, single
from netaudit.settings import Settings

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not corpora.ARCHIVE.exists(), reason=f"no {corpora.ARCHIVE.name} beside"),
]

NO_MAIL = 4
"""A diary entry without headers, two files of rubbish, one Outlook .msg (a compound file)."""
HEADLESS = ("search-partial.mbox", "sort-arrival.mbox", "sort-partial.mbox")
"""Their messages have no headers: they are refused as a whole, in one line."""
OTHER_TREES = {
    "badbound": "no boundary line at all: one text",
    "missing-boundary": "no boundary line at all: one text",
    "multipartnopart": "no boundary line at all: one text",
    "missing-inner-boundary": "an empty part is a part",
    "missing-inner-start-boundary": "an empty part is a part",
    "very-long-boundary": "spaces at the end of a boundary line do not count (RFC 2046)",
    "weird-boundary": "spaces at the end of a boundary line do not count (RFC 2046)",
}
"""Messages of mime4j's that have other leaves here, and why."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpora.unpacked(tmp_path_factory.mktemp("faults"))


def accounted(path: Path, out: Path) -> dict[str, int]:
    """What became of an export's records: nothing may have failed."""
    store = Store(out)
    with ThreadPoolExecutor(1) as executor:
        result = ingest.run([path], store, Settings(), executor)
    assert not result.failures
    told = Counter(store.table("skipped").reason)
    assert not [reason for reason in told if "failed" in reason or "parsed" in reason]
    assert store.table("notes").empty
    found = store.accounting()
    assert found["read"] == found["kept"] + found["duplicate"] + sum(told.values())
    return {"read": found["read"], "kept": found["kept"], "skipped": sum(told.values())}


def test_as_a_folder_a_mailbox_and_a_zip(folder: Path, tmp_path: Path) -> None:
    paths = corpora.mails(folder)
    eml = tmp_path / "eml"
    eml.mkdir()
    for number, path in enumerate(paths):
        (eml / f"{number:03}.eml").write_bytes(path.read_bytes())
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in sorted(eml.iterdir()):
            archive.write(path, path.name)
    one = accounted(eml, tmp_path / "a")
    assert one["read"] == len(paths)
    assert one["skipped"] == NO_MAIL
    two = accounted(tmp_path / "all.zip", tmp_path / "b")
    assert (
        two["read"] > len(paths) * 0.95
    )  # members that look like no mail are none of its business
    entries = [entry for path in paths if (entry := _entry(path.read_bytes()))]
    assert len(entries) > 300
    (tmp_path / "all.mbox").write_bytes(b"".join(mbox([entry]) for entry in entries))
    three = accounted(tmp_path / "all.mbox", tmp_path / "c")
    assert three["read"] == len(entries)


def _entry(raw: bytes) -> bytes:
    """A message as it can stand in a mailbox: it begins with a header and ends with a line end."""
    raw = re.sub(rb"\AFrom [^\n]*\n", b"", raw.removeprefix(b"\xef\xbb\xbf"))
    if not re.match(rb"[!-9;-~]{1,76}[ \t]*:", raw):
        return b""
    return raw if raw.endswith(b"\n") else raw + b"\n"


@pytest.mark.parametrize("crlf", [False, True])
def test_mailboxes(folder: Path, tmp_path: Path, crlf: bool) -> None:
    for number, path in enumerate(corpora.mboxes(folder)):
        if path.name in HEADLESS:
            continue
        data = path.read_bytes().replace(b"\r\n", b"\n")
        copy = tmp_path / f"{number}.mbox"
        copy.write_bytes(data.replace(b"\n", b"\r\n") if crlf else data)
        assert accounted(copy, tmp_path / str(number))["kept"] > 0, path.name


def test_a_mailbox_without_headers_is_refused(folder: Path, tmp_path: Path) -> None:
    paths = [path for path in corpora.mboxes(folder) if path.name in HEADLESS]
    with ThreadPoolExecutor(1) as executor:
        result = ingest.run(paths, Store(tmp_path / "a"), Settings(), executor)
    assert len(result.failures) == len(HEADLESS)
    assert all("is no export that netaudit knows" in failure for failure in result.failures)


def test_messages_lie_where_mimekit_sees_them(folder: Path) -> None:
    cases = list(corpora.mimekit_offsets(folder))
    assert len(cases) == 4
    for path, crlf, expected in cases:
        data = path.read_bytes().replace(b"\r\n", b"\n")
        if crlf:
            data = data.replace(b"\n", b"\r\n")
        found = list(Splitter(BytesIO(data)))
        places = [
            (piece.offset, piece.offset + len(piece.separator) + piece.body) for piece in found
        ]
        assert places == [told[:2] for told in expected], (path.name, crlf)
        for piece, (_, _, end) in zip(found, expected, strict=True):
            assert not data[min(end, piece.offset + piece.size) : piece.offset + piece.size].strip()


def test_parts_are_those_that_mime4j_sees(folder: Path) -> None:
    told = {path: corpora.mime4j_leaves(path) for path in corpora.mails(folder)}
    told = {path: leaves for path, leaves in told.items() if leaves is not None}
    assert len(told) >= 80
    for path, leaves in told.items():
        piece = single(path.read_bytes())
        block = headers.read(piece.data[: piece.body])
        found = len(list(mime.leaves(block, piece.data, piece.body)))
        assert (found == leaves) == (path.stem not in OTHER_TREES), path.name


def test_fields_are_what_most_parsers_say(folder: Path) -> None:
    found = corpora.compared(folder)
    assert found.mails > 350
    assert len(found.not_mail) == NO_MAIL
    assert len(found.unexplained) <= found.fields * 0.01, found.unexplained
    assert found.agreed >= found.fields * 0.97


def test_the_majority_is_told_from_at_least_two() -> None:
    raw = b"From: Ana <Ana@Example.org>\nSubject: =?utf-8?q?Caf=C3=A9?=\n\nHello\n"
    said = parsers.majority(raw)
    assert (said["from"], said["subject"], said["text"]) == ("ana@example.org", "Café", "Hello")
    own = parsers.ours(raw)
    assert own == said
