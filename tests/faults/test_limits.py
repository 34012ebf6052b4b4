"""The stated limits: what is beyond one is kept by what lies before it, or told."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.build import mbox, message, parsed, pieces

from netaudit import ical, sources
from netaudit.linkedin import export as linkedin_limits
from netaudit.linkedin import rows as row_limits
from netaudit.mail import limits, split
from netaudit.model import Message, Skipped
from netaudit.sources import _archives, _folders
from netaudit.sources import mbox as mbox_source


def test_headers_beyond_the_limit_are_left_out() -> None:
    head = message()[: message().index(b"\n\n") + 1]
    raw = head + b"X-Pad: " + b"x" * limits.HEADER_BYTES + b"\nCc: late@example.org\n\nHello\n"
    found = parsed(raw)
    assert found.from_address == "ana@example.org"
    assert [recipient.role for recipient in found.recipients] == ["to"]


def test_one_line_of_any_length() -> None:
    line = "x" * (3 << 20)
    found = parsed(message(line + "\n", Subject="a" * (2 << 20)))
    assert len(found.subject) == limits.SUBJECT_CHARS
    assert found.size_bytes > 5 << 20


def test_text_beyond_the_limit_is_not_read() -> None:
    found = parsed(message("word " * (limits.TEXT_BYTES // 5) + "last\n"))
    assert found.body is not None
    assert len(found.body) <= limits.TEXT_BYTES
    assert "last" not in found.body


def test_recipients_beyond_the_limit_are_not_kept() -> None:
    people = [f"p{i}@example.org" for i in range(limits.ADDRESSES + 10)]
    assert len(parsed(message(To=", ".join(people))).recipients) == limits.ADDRESSES


def test_references_and_ids_are_bounded() -> None:
    found = parsed(message(References=" ".join(f"<{i}@x>" for i in range(1_000))))
    assert (found.references or "").split()[-1] == "999@x"
    assert len((found.references or "").split()) == limits.REFERENCES
    assert len(parsed(message(Message_ID=f"<{'a' * 9_999}@x>")).message_id or "") == limits.ID_CHARS


@pytest.mark.parametrize("depth", [limits.MIME_DEPTH - 1, limits.MIME_DEPTH + 5, 3_000])
def test_nesting_beyond_the_limit_leaves_what_lies_before(depth: int) -> None:
    opened = [f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(depth)]
    head = message("", Content_Type="multipart/mixed; boundary=top")
    raw = head + b"--top\n\nBefore\n--top\n" + "".join(opened).encode() + b"\nDeep\n"
    found = parsed(raw)
    assert found.is_truncated == (depth > limits.MIME_DEPTH)
    assert "Before" in (found.body or "")


def test_parts_beyond_the_limit_are_left_out() -> None:
    body = "--b\n\nx\n" * (limits.MIME_PARTS + 50) + "--b--\n"
    found = parsed(message(body, Content_Type="multipart/mixed; boundary=b"))
    assert found.is_truncated
    assert 0 < (found.body or "").count("x") <= limits.MIME_PARTS


def test_calendar_parts_beyond_the_limit_are_left_out() -> None:
    one = "--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
    body = one * (limits.CALENDARS + 5) + "--b--\n"
    found = parsed(message(body, Content_Type="multipart/mixed; boundary=b"))
    assert len(found.calendars) == limits.CALENDARS


def test_a_message_beyond_the_limit_keeps_its_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGE_BYTES", 50_000)
    monkeypatch.setattr(limits, "KEPT_BYTES", 5_000)
    monkeypatch.setattr(split, "BLOCK", 10_000)
    found = pieces(mbox([message("long\n" * 40_000), message(Subject="No 2")]))
    assert [piece.is_cut for piece in found] == [True, False]
    assert len(found[0].data) <= 5_000
    assert b"Subject: Lunch" in found[0].data


def test_a_calendar_file_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ical.read, "MAX_FILE_BYTES", 1_000)
    told = list(ical.rows(b"BEGIN:VCALENDAR\n" + b"X:y\n" * 1_000, "a.ics"))
    assert any(isinstance(r, Skipped) and "size limit" in r.reason for r in told)


def _zip(path: Path, members: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(members):
            archive.writestr(f"{number}.csv", "a,b\n")
    return path


def test_linkedin_archives_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from netaudit.errors import UserError

    monkeypatch.setattr(linkedin_limits, "MAX_MEMBERS", 3)
    with (
        pytest.raises(UserError, match="3"),
        linkedin_limits.members(_zip(tmp_path / "a.zip", 5)) as _,
    ):
        pass


def test_the_limits_are_those_that_are_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text("utf-8")
    rows = {
        line.split("|")[1].strip(): line.split("|")[2].strip()
        for line in text.partition("## Limits")[2].partition("\n## ")[0].splitlines()
        if line.startswith("| ")
    }
    for name, value in {
        "one message": f"{limits.MESSAGE_BYTES >> 20} MiB",
        "header block": f"{limits.HEADER_BYTES >> 10:,} KiB",
        "one header's value": f"{limits.VALUE_BYTES >> 10} KiB",
        "subject": f"{limits.SUBJECT_CHARS:,} characters",
        "addresses in a header": f"{limits.ADDRESSES:,}",
        "nesting of parts": f"{limits.MIME_DEPTH}",
        "parts": f"{limits.MIME_PARTS}",
        "text of a body": f"{limits.TEXT_BYTES >> 10:,} KiB",
        "calendar part": f"{limits.CALENDAR_BYTES >> 10:,} KiB",
        "calendar parts of a message": f"{limits.CALENDARS}",
        "calendar file": f"{ical.read.MAX_FILE_BYTES >> 20} MiB",
        "members of an archive of mail": f"{_archives.MAX_MEMBERS:,}",
        "table of contents of a zip": f"{_archives.MAX_DIRECTORY_BYTES >> 20} MiB",
        "ratio of an archive of mail": f"{_archives.MAX_RATIO}",
        "folders in folders": f"{_folders.MAX_DEPTH}",
        "members of a LinkedIn export": f"{linkedin_limits.MAX_MEMBERS:,}",
        "ratio of a LinkedIn export": f"{linkedin_limits.MAX_RATIO}",
        "LinkedIn export unpacked": f"{linkedin_limits.MAX_TOTAL_BYTES >> 30} GiB",
        "row of a LinkedIn table": f"{row_limits.MAX_ROW_CHARS >> 20} Mi characters",
    }.items():
        assert rows.get(name) == value, name


PROGRAM = """
import resource, sys
from pathlib import Path
from netaudit.ingest import worker  # everything is loaded before memory is limited
from netaudit.mail import limits
from netaudit.model import Message
from netaudit.sources import mbox

used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[2]), resource.RLIM_INFINITY))
found = [r for u in mbox.units(Path(sys.argv[1])) for r in mbox.read(u) if isinstance(r, Message)]
subjects = sorted({m.subject for m in found})
print(subjects, [m.size_bytes > limits.MESSAGE_BYTES for m in found if m.is_truncated])
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_a_message_of_300_megabytes_needs_a_third_of_that(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    big = b"A" * 75 + b"\n"
    with path.open("wb") as file:
        file.write(mbox([message(Subject="No 0")]))
        file.write(mbox([message(Subject="Big")])[:-1])
        for _ in range(300):
            file.write(big * ((1 << 20) // len(big)))
        file.write(b"\n" + mbox([message(Subject="No 2")]))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), str(120 << 20)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout == "['Big', 'No 0', 'No 2'] [True]\n"


def test_every_unit_of_a_big_file_is_a_range(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox_source, "UNIT_BYTES", 1_000)
    path = tmp_path / "a.mbox"
    path.write_bytes(mbox([message("x\n" * 200, Subject=f"No {i}") for i in range(9)]))
    assert sources.recognise(path) is mbox_source
    units = list(mbox_source.units(path))
    assert len(units) > 3
    found = [r for unit in units for r in mbox_source.read(unit) if isinstance(r, Message)]
    assert {m.subject for m in found} == {f"No {i}" for i in range(9)}
