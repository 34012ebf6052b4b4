"""Sources of mail: recognised by content, every message read once, nothing followed or unpacked."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.build import GMAIL_SEPARATOR, SEPARATOR
from tests.build import mbox as build_mbox
from tests.build import message as build_message

from netaudit import sources
from netaudit.errors import UserError
from netaudit.mail import identity
from netaudit.model import Message, Record, Row, Skipped, Span
from netaudit.sources import _archives, _folders, eml, maildir, mbox, takeout

MESSAGES = [
    build_message(f"Text {i}\n", Subject=f"No {i}", Message_ID=f"<{i}@x>") for i in range(5)
]
ICS = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T100000Z\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def read(path: Path) -> list[Record]:
    source = sources.recognise(path)
    assert source is not None
    return [record for unit in source.units(path) for record in source.read(unit)]


def messages(records: list[Record]) -> list[Message]:
    return [record for record in records if isinstance(record, Message)]


def skipped(records: list[Record]) -> list[tuple[str, str]]:
    found = [record for record in records if isinstance(record, Skipped)]
    return [(Path(record.path).name, record.reason) for record in found]


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def maildir_of(path: Path) -> Path:
    for name in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Entw&APw-rfe/cur",
                 ".Entw&APw-rfe/new"):  # fmt: skip
        (path / name).mkdir(parents=True)
    (path / "cur" / "1.a:2,S").write_bytes(MESSAGES[0])
    (path / "cur" / "2.a:2,ST").write_bytes(MESSAGES[1])
    (path / "new" / "3.a").write_bytes(MESSAGES[2])
    (path / ".Sent" / "cur" / "4.a:2,S").write_bytes(MESSAGES[3])
    (path / ".Entw&APw-rfe" / "cur" / "5.a:2,").write_bytes(MESSAGES[4])
    return path


def test_one_message_has_one_key_in_every_format(tmp_path):
    body = "Hello\n\nFrom here on it is quoted\n>From deeper\n\n"
    head = {"Message_ID": "<1@x>", "Cc": "c@x.example"}
    plain = build_message(body, **head)
    crlf = build_message(body, "\r\n", **head)
    labelled = build_message(
        body, "\r\n", **head, X_Gmail_Labels="Inbox,Opened", X_GM_THRID="1", Status="RO"
    )
    renumbered = build_message(body, Cc="c@x.example", Message_ID="<2@y>")
    files = {
        "plain.eml": plain,
        "crlf.eml": crlf,
        "rd.mbox": build_mbox([plain]),
        "o.mbox": build_mbox([plain], "mboxo"),
        "cl2.mbox": build_mbox([crlf], "mboxcl2"),
        "again.mbox": build_mbox([renumbered]),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    gmail = build_mbox([labelled], separator=GMAIL_SEPARATOR)
    zipped(tmp_path / "takeout.zip", {"Takeout/Mail/Sent.mbox": gmail})
    found = {}
    for path in sorted(tmp_path.iterdir()):
        found[path.name] = messages(read(path))[0].key
    assert len(set(found.values())) == 1, found


def test_other_content_has_another_key(tmp_path):
    def key(**headers: str) -> str:
        path = tmp_path / "x.eml"
        path.write_bytes(build_message(headers.pop("body", "Hello\n"), **headers))
        return messages(read(path))[0].key

    keys = [
        key(),
        key(body="Hallo\n"),
        key(Subject="Dinner"),
        key(To="eve@example.org"),
        key(To="", Cc="ben@example.org"),
        key(Date="Wed, 22 Jun 2016 21:27:31 +0200"),
        key(From="eve@example.org"),
    ]
    assert len(set(keys)) == len(keys)
    assert key(Date="Wed, 22 Jun 2016 19:27:30 +0000") == keys[0]
    assert key(From="ANA@example.org (A.)") == keys[0]


def test_long_bodies_differ_by_their_ends(tmp_path):
    def key(body: str, nl: str = "\n") -> str:
        path = tmp_path / "x.eml"
        path.write_bytes(build_message(body, nl))
        return messages(read(path))[0].key

    text = "line of text\n" * 9000
    assert key(text) == key(text, "\r\n")
    assert len({key(text), key("x" + text), key(text + "x\n")}) == 3
    edge = identity.WHOLE_BODY_BYTES
    for size in range(edge - 500, edge + 500, 50):
        assert key("abc\n" * (size // 4)) == key("abc\n" * (size // 4), "\r\n")


def test_byte_ranges_join_to_the_file(tmp_path, monkeypatch):
    path = tmp_path / "a.mbox"
    path.write_bytes(build_mbox(MESSAGES))
    whole = messages(read(path))
    monkeypatch.setattr(mbox, "UNIT_BYTES", 300)
    units = list(mbox.units(path))
    assert len(units) > 2
    parts = [list(mbox.read(unit)) for unit in units]
    assert [m for part in parts for m in messages(part)] == whole
    spans = [part[-1] for part in parts if len(part) > 1]
    assert all(isinstance(span, Span) for span in spans)
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]
    assert spans[-1].end == path.stat().st_size


def test_gzip_and_its_cut_form(tmp_path):
    data = gzip.compress(build_mbox(MESSAGES * 500))
    (tmp_path / "a.gz").write_bytes(data)
    assert len(messages(read(tmp_path / "a.gz"))) == 2500
    (tmp_path / "cut.gz").write_bytes(data[: len(data) // 2])
    records = read(tmp_path / "cut.gz")
    assert len(messages(records)) > 100
    assert skipped(records)[-1] == ("cut.gz", "compressed data are cut or damaged")


def test_takeout_zip_members_are_all_read(tmp_path):
    path = tmp_path / "takeout-001.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
        archive.writestr("Takeout/Mail/Alle E-Mails.mbox", build_mbox(MESSAGES[:2]))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("Takeout/Mail/Alle E-Mails.mbox", build_mbox(MESSAGES[2:3]))
        archive.writestr("Takeout/Mail/Gesendet.mbox", build_mbox(MESSAGES[3:]))
        archive.writestr("Takeout/Calendar/Arbeit.ics", ICS)
        archive.writestr("../../evil.eml", MESSAGES[0])
        archive.writestr("inner.zip", b"PK\3\4 and so on")
    records = read(path)
    found = messages(records)
    assert [m.subject for m in found] == ["No 0", "No 1", "No 2", "No 3", "No 4", "No 0"]
    assert [m.box for m in found] == ["", "", "", "sent", "sent", ""]
    assert found[0].source_path == f"{path}!Takeout/Mail/Alle E-Mails.mbox"
    assert found[2].source_path == f"{path}!Takeout/Mail/Alle E-Mails.mbox#2"
    assert [r.table for r in records if isinstance(r, Row)] == ["events"]
    assert skipped(records) == [
        (f"{path.name}!inner.zip", "an archive inside the archive, not read")
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]


def test_members_named_as_messages_are_accounted_for(tmp_path):
    members = {"a.eml": MESSAGES[0], "b.eml": b"no mail at all", "c.EML": b"Subject: x\n\n"}
    records = read(zipped(tmp_path / "a.zip", {**members, "d.txt": b"a list of things"}))
    assert [m.subject for m in messages(records)] == ["No 0", "x"]
    assert skipped(records) == [("a.zip!b.eml", "no headers")]


def test_zip_units_cover_every_member_once(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", {f"{i}.eml": m for i, m in enumerate(MESSAGES)})
    monkeypatch.setattr(takeout, "UNIT_BYTES", 300)
    assert len(list(takeout.units(path))) > 1
    assert [m.subject for m in messages(read(path))] == [f"No {i}" for i in range(5)]


@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_takeout_tar_and_its_cut_form(tmp_path, mode):
    long = [build_message(os.urandom(500).hex() + "\n") for _ in range(200)]
    members = {
        "Takeout/Mail/a.mbox": build_mbox(long),
        "Takeout/Mail/b.mbox": build_mbox(MESSAGES),
    }
    path = tarred(tmp_path / "takeout.tgz", members, mode)
    assert len(messages(read(path))) == 205
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    records = read(path)
    assert 0 < len(messages(records)) < 205
    assert skipped(records)


def test_links_and_devices_in_archives_are_listed(tmp_path):
    path = tmp_path / "a.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, kind in (("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE),
                           ("f", tarfile.FIFOTYPE)):  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("m.eml")
        info.size = len(MESSAGES[0])
        archive.addfile(info, io.BytesIO(MESSAGES[0]))
    records = read(path)
    assert len(messages(records)) == 1
    assert {reason for _, reason in skipped(records)} == {"a link or device, not followed"}
    assert len(skipped(records)) == 4


def test_bombs_are_refused_with_their_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(_archives, "RATIO_FROM_BYTES", 1 << 20)
    bomb = build_mbox([build_message("0" * (8 << 20))])
    members = {"a.mbox": build_mbox(MESSAGES), "bomb.mbox": bomb}
    records = read(zipped(tmp_path / "a.zip", members))
    assert len(messages(records)) == 5
    assert skipped(records) == [("a.zip!bomb.mbox", _archives.TRAP)]
    records = read(tarred(tmp_path / "a.tgz", members))
    assert len(messages(records)) >= 5
    assert ("a.tgz", _archives.TRAP) in skipped(records)


def test_damaged_members_keep_what_comes_before(tmp_path):
    long = build_message(os.urandom(300_000).hex())
    members = {"a.mbox": build_mbox(MESSAGES), "b.mbox": build_mbox([long, *MESSAGES])}
    path = zipped(tmp_path / "a.zip", members)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    records = read(path)
    assert len(messages(records)) >= 5
    assert [reason for _, reason in skipped(records)] == ["compressed data are cut or damaged"]


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(_archives, "MAX_MEMBERS", 3)
    path = zipped(tmp_path / "a.zip", {f"{i}.eml": m for i, m in enumerate(MESSAGES)})
    with pytest.raises(UserError, match="more than 3 members"):
        takeout.recognise(path)
    monkeypatch.setattr(_archives, "MAX_DIRECTORY_BYTES", 10)
    with pytest.raises(UserError, match="table of contents"):
        takeout.recognise(path)


def test_maildir_folders_flags_and_links(tmp_path):
    path = maildir_of(tmp_path / "Maildir")
    (path / "cur" / "link:2,S").symlink_to("/etc/passwd")
    os.mkfifo(path / "new" / "fifo")
    assert sources.recognise(path) is maildir
    records = read(path)
    found = {m.subject: (m.labels, m.box) for m in messages(records)}
    assert found == {
        "No 0": ("", ""),
        "No 1": ("", "trash"),
        "No 2": ("", ""),
        "No 3": ("Sent", "sent"),
        "No 4": ("Entwürfe", "draft"),
    }
    assert sorted(skipped(records)) == [
        ("fifo", "a link or device, not followed"),
        ("link:2,S", "a link or device, not followed"),
    ]
    assert all(m.source_path.startswith(f"{path}/") for m in messages(records))


def test_a_folder_of_maildirs_and_one_with_another_export(tmp_path):
    maildir_of(tmp_path / "work")
    assert sources.recognise(tmp_path) is maildir
    assert {m.labels for m in messages(read(tmp_path))} == {"work", "work/Sent", "work/Entwürfe"}
    (tmp_path / "other.mbox").write_bytes(build_mbox(MESSAGES))
    assert sources.recognise(tmp_path) is None


def test_folders_of_messages(tmp_path, monkeypatch):
    monkeypatch.setattr(_folders, "UNIT_FILES", 2)
    (tmp_path / "sent").mkdir()
    for i, data in enumerate(MESSAGES):
        folder = tmp_path / "sent" if i % 2 else tmp_path
        (folder / f"{i}.eml").write_bytes(data)
    (tmp_path / "7.").write_bytes(MESSAGES[0])
    (tmp_path / "notes.txt").write_text("no mail at all")
    (tmp_path / ".hidden.eml").write_bytes(MESSAGES[0])
    (tmp_path / "link.eml").symlink_to(tmp_path / "0.eml")
    assert sources.recognise(tmp_path) is eml
    records = read(tmp_path)
    assert len(messages(records)) == 6
    assert {(m.labels, m.box) for m in messages(records)} == {("", ""), ("sent", "sent")}
    assert skipped(records) == [("notes.txt", "no mail")]


def test_apple_mail_message(tmp_path):
    raw = MESSAGES[0]
    path = tmp_path / "1.emlx"
    path.write_bytes(b"%-10d\n" % len(raw) + raw + b'<?xml version="1.0"?><plist></plist>\n')
    found = messages(read(path))
    assert [m.subject for m in found] == ["No 0"]
    (tmp_path / "1.eml").write_bytes(raw)
    assert messages(read(tmp_path / "1.eml"))[0].key == found[0].key


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"hello",
        b"From me\n\nto you\n",
        b"a,b,c\n1,2,3\n",
        b"<html></html>",
        b"Title: a note\nno mail\n",
        b"PK\3\4 broken",
        b"\x1f\x8b\x08 broken",
    ],
    ids=range(9),
)
def test_what_is_no_mail_is_not_claimed(tmp_path, data):
    path = tmp_path / "a.mbox"
    path.write_bytes(data)
    if data.startswith(b"PK"):
        with pytest.raises(UserError, match="damaged zip"):
            takeout.recognise(path)
        return
    assert not any(source.recognise(path) for source in (mbox, takeout, maildir, eml))


def test_empty_folder_and_absent_path_are_not_claimed(tmp_path):
    for path in (tmp_path, tmp_path / "absent"):
        assert not any(source.recognise(path) for source in (mbox, takeout, maildir, eml))


def test_old_macintosh_line_ends_are_refused_with_the_cure(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(build_mbox(MESSAGES).replace(b"\n", b"\r"))
    with pytest.raises(UserError, match="CR only"):
        mbox.recognise(path)


def test_hostile_names_are_shown_safely(tmp_path):
    name = "a\x1b]0;x\x07\nb.eml"
    found = messages(read(zipped(tmp_path / "a.zip", {name: MESSAGES[0]})))
    assert found[0].source_path == f"{tmp_path}/a.zip!a ]0;x b.eml"
    (tmp_path / "folder").mkdir()
    raw = os.fsencode(tmp_path / "folder") + b"/\xff.eml"
    Path(os.fsdecode(raw)).write_bytes(MESSAGES[0])
    path = messages(read(tmp_path / "folder"))[0].source_path
    path.encode("utf-8")


def test_thunderbird_flags_and_folder_name(tmp_path):
    path = tmp_path / "Drafts"
    path.write_bytes(
        build_mbox([MESSAGES[0], build_message(X_Mozilla_Status="0009")], separator=SEPARATOR)
    )
    assert [m.box for m in messages(read(path))] == ["draft", "trash"]
