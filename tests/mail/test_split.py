"""Splitting: every message of every dialect, once, wherever the file is cut into ranges."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.build import GMAIL_SEPARATOR, SEPARATOR, mbox, message, pieces

from netaudit.mail import limits, split
from netaudit.mail.split import Splitter, is_mbox

BODIES = (
    "Hello Ben\n",
    "Quoted:\n>From the start\n",
    "From here on, nothing.\n",
    "Intro\n\nFrom the desk of Ana, unquoted after a blank line\n\nEnd\n",
    "An mbox inside:\n\n" + SEPARATOR + "\nno header here\n",
    "",
    "\n\n\nlate\n\n\n",
)
DIALECTS = ("mboxo", "mboxrd", "mboxcl", "mboxcl2")


def sample(dialect: str, nl: str = "\n") -> tuple[list[bytes], bytes]:
    messages = [message(body, nl, Subject=f"No {i}") for i, body in enumerate(BODIES)]
    return messages, mbox(messages, dialect)


def subjects(data: bytes) -> list[bytes]:
    return [piece.data.partition(b"Subject: ")[2][:4] for piece in pieces(data)]


@pytest.mark.parametrize("nl", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_every_message_once(dialect, nl):
    messages, data = sample(dialect, nl)
    found = pieces(data)
    assert [piece.data.partition(b"Subject: ")[2][:4] for piece in found] == [
        b"No %d" % i for i in range(len(messages))
    ]
    assert sum(piece.size for piece in found) == len(data)
    assert [piece.offset for piece in found][1:] == [p.offset + p.size for p in found][:-1]
    assert not any(piece.is_cut for piece in found)


@pytest.mark.parametrize(
    "separator",
    [
        SEPARATOR,
        GMAIL_SEPARATOR,
        "From ana at example.org  Wed Jun 22 19:27:30 2016",
        "From - Wed Jun 22 19:27:30 2016",
        "From - ",
        "From 1844347839636459560@xxx",
        "From ???@??? Wed Jun 22 19:27:30 2016",
        "From ana@example.org Wed Jun 22 19:27 2016",
        "From ana@example.org Wed Jun 22 19:27:30 CEST 2016",
        "From ana@example.org Wed Jun 22 19:27:30 2016 +0200",
        "From ana@example.org Wed, 22 Jun 2016 19:27:30 +0200",
        "From ana@example.org 2016-06-22T19:27:30+00:00",
        'From "ana alba"@example.org Wed Jun  2 19:27:30 2016 remote from mars',
    ],
)
def test_separators_of_many_programs(separator):
    data = mbox([message(Subject="No 0"), message(Subject="No 1")], separator=separator)
    assert subjects(data) == [b"No 0", b"No 1"]


@pytest.mark.parametrize(
    "line",
    [
        "From the desk of Ana",
        "From Monday on we meet at 10:00",
        "From ana@example.org Wed Jun 22 2016",
        ">From ana@example.org Wed Jun 22 19:27:30 2016",
        " " + SEPARATOR,
        SEPARATOR + "\nno header follows",
        SEPARATOR + "\n",
    ],
)
def test_lines_that_separate_nothing(line):
    data = mbox([message(f"Text\n\n{line}\n\nText\n"), message()], "unquoted")
    assert len(pieces(data)) == 2


def test_a_separator_needs_a_blank_line_before():
    data = mbox([message("Text\n" + SEPARATOR + "\nSubject: quoted\n"), message()], "unquoted")
    assert len(pieces(data)) == 2


def test_thunderbird_writes_no_blank_line():
    entry = b"From - Wed Jun 22 19:27:30 2016\nX-Mozilla-Status: 0001\nSubject: No\n\nText\n"
    assert len(pieces(entry * 3)) == 3


@pytest.mark.parametrize(
    "head",
    [
        "From - \nMessage-ID: <1@x>\n",
        "From -\r\nReceived: by x\r\n",
        "From - Mon Jun  3 12:50:27 1996\nReturn-Path: <a@x>\n",
    ],
)
def test_netscape_wrote_no_blank_line(head):
    assert len(pieces(f"{head}Subject: No\n\nText\n".encode() * 3)) == 3


@pytest.mark.parametrize("line", ["From - me\nTo: you", "From -\nTo: you", "From - Monday: x"])
def test_a_dash_alone_separates_nothing(line):
    data = mbox([message(f"Text\n{line}\n\nText\n"), message()], "unquoted")
    assert len(pieces(data)) == 2


def test_a_whole_mbox_quoted_inside_is_kept_together_by_its_length():
    inner = mbox([message(), message()], "unquoted").decode()
    data = mbox([message("See:\n\n" + inner, Subject="No 0"), message(Subject="No 1")], "mboxcl2")
    assert subjects(data) == [b"No 0", b"No 1"]


def test_a_wrong_length_is_not_believed():
    messages = [message(Subject="No 0", Content_Length="40000"), message(Subject="No 1")]
    assert subjects(mbox(messages)) == [b"No 0", b"No 1"]


def test_byte_order_mark_blank_lines_and_junk_before_the_first_message():
    data = mbox([message(Subject="No 0"), message(Subject="No 1")])
    assert pieces(b"\xef\xbb\xbf" + data)[0].offset == 3
    assert pieces(b"\r\n\n" + data)[0].offset == 3
    splitter = Splitter(BytesIO(b"some junk\n\n" + data))
    assert len(list(splitter)) == 2
    assert splitter.junk == 11


def test_what_is_an_mbox():
    data = mbox([message()])
    assert is_mbox(data)
    assert is_mbox(b"junk\n\n" + data)
    assert not is_mbox(b"")
    assert not is_mbox(b"From me to you\n\nwith love\n")
    assert not is_mbox(message("Forwarded:\n\n" + data.decode()))
    assert not is_mbox(data.replace(b"\n", b"\r"))


@pytest.mark.parametrize("nl", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_byte_as_a_boundary_gives_the_same_messages(dialect, nl, monkeypatch):
    monkeypatch.setattr(split, "BLOCK", 97)
    _, data = sample(dialect, nl)
    whole = pieces(data)
    for boundary in range(len(data) + 1):
        left = Splitter(BytesIO(data), 0, boundary)
        found = list(left)
        expected = left.end if left.end is not None else whole[0].offset
        found += rest(data, boundary, expected)
        assert found == whole, boundary


def rest(data: bytes, start: int, expected: int) -> list[split.Piece]:
    """What the second range gives, read again where its guess does not join the first."""
    position = max(start - split.LOOKBEHIND, 0)
    right = Splitter(BytesIO(data[position:]), start, position=position)
    found = list(right)
    if right.first == expected or (right.first is None and expected == len(data)):
        return found
    return list(Splitter(BytesIO(data[expected:]), expected, exact=True))


def test_a_range_in_which_no_message_begins(monkeypatch):
    monkeypatch.setattr(split, "BLOCK", 97)
    data = mbox([message("x\n" * 5000), message()])
    splitter = Splitter(BytesIO(data[1997:]), 2000, 4000, position=1997)
    assert list(splitter) == []
    assert (splitter.first, splitter.end) == (None, None)


def test_cut_at_every_byte_leaves_the_messages_before_equal():
    data = mbox([message(body, Subject=f"No {i}") for i, body in enumerate(BODIES[:4])])
    whole = pieces(data)
    for cut in range(1, len(data)):
        splitter = Splitter(BytesIO(data[:cut]))
        found = list(splitter)
        complete = [piece for piece in whole if piece.offset + piece.size <= cut]
        assert found[: len(complete)] == complete, cut
        assert len(found) <= len(complete) + 1
        if data[cut - 1 : cut] != b"\n":
            told = splitter.cut_at is not None or (found and found[-1].is_cut)
            assert told or cut <= len(SEPARATOR), cut


def test_a_multipart_tells_its_end():
    body = "--b\n\nHello\n--b--\n"
    kind = "multipart/mixed; boundary=b"
    whole, cut = (mbox([message(text, Content_Type=kind)])[:-2] for text in (body, body[:-8]))
    assert not pieces(whole)[-1].is_cut
    assert pieces(cut)[-1].is_cut


def test_a_message_beyond_the_limit_is_streamed_past(monkeypatch):
    monkeypatch.setattr(limits, "MESSAGE_BYTES", 20_000)
    monkeypatch.setattr(limits, "KEPT_BYTES", 2_000)
    monkeypatch.setattr(split, "BLOCK", 4_000)
    data = mbox([message(Subject="No 0"), message("long\n" * 50_000), message(Subject="No 2")])
    reads: list[int] = []

    class Counted(BytesIO):
        def read(self, size=-1):
            reads.append(size)
            return super().read(size)

    found = list(Splitter(Counted(data)))
    assert all(len(piece.data) <= 2_000 for piece in found)
    assert [piece.is_cut for piece in found] == [False, True, False]
    assert sum(piece.size for piece in found) == len(data)
    assert max(reads) <= 40_000


BITS = [
    b"From ", b"\n", b"\r\n", b"\n\n", SEPARATOR.encode() + b"\n", b"Subject: x\n", b">", b"F",
    b"Content-Length: 9\n", b"text", b"\xef\xbb\xbf", b" ", b"\0", b"\r",
]  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=40), st.integers(0, 400))
@settings(max_examples=300)
def test_any_bytes_are_cut_into_pieces_that_join(parts, boundary):
    data = b"".join(parts)
    splitter = Splitter(BytesIO(data))
    found = list(splitter)
    for before, after in pairwise(found):
        assert before.offset + before.size == after.offset
    for piece in found:
        assert data[piece.offset :].startswith(piece.separator + piece.data)
        assert 0 <= piece.body <= len(piece.data)
    if found:
        assert splitter.end == (len(data) if splitter.cut_at is None else splitter.cut_at)
        left = Splitter(BytesIO(data), 0, boundary)
        joined = list(left)
        if splitter.cut_at is None:
            expected = found[0].offset if left.end is None else left.end
            assert joined + rest(data, max(boundary, 1), expected) == found


def test_a_range_tells_a_cut_end_as_the_whole_file_does():
    data = mbox([message(f"Hello {i}\n" * 9, Subject=f"No {i}") for i in range(3)], "mboxcl2")
    data = data[:-40]
    data = data[: data.rindex(b"\n") + 1]
    whole = pieces(data)
    assert whole[-1].is_cut
    assert (
        list(Splitter(BytesIO(data[whole[2].offset :]), whole[2].offset, exact=True)) == whole[2:]
    )


def test_a_length_that_counts_crlf_tells_no_cut():
    body = "Hello\n" * 9
    assert not pieces(mbox([message(body, Content_Length=str(7 * 9))]))[-1].is_cut


BITS = (
    "\n", "\n\n", "\r\n", "\r\n\r\n", "From ", "From a@b.org Wed Jun 22 19:27:30 2016\n",
    "From a at b.org  Wed Jun  2 19:27:30 2016\r\n", "From - Wed Jun 22 19:27:30 2016\n",
    "From a@b.org Wed Jun 22 19:27:30 +0000 2016\n", "Subject: x\n", "X:y\r\n", "text\n",
    "Content-Length: 5\n", "content-length: 70\n", "no header\n", ">From x\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=24))
@settings(max_examples=300, deadline=None)
def test_usual_messages_are_split_quickly_as_any_other(bits):
    data = "".join(bits).encode() + b"x" * split.LOOKAHEAD
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Splitter, "_usual", lambda *_: None)
        expected = pieces(data)
    assert pieces(data) == expected


@given(st.text("\n\n\ra", max_size=12), st.integers(0, 6), st.integers(0, 12))
def test_the_body_begins_after_the_first_empty_line(text, start, stop):
    data, at = text.encode()[:stop], start
    expected = -1
    while at < len(data) and (end := data.find(b"\n", at)) >= 0:
        if data[at:end] in (b"", b"\r"):
            expected = end + 1
            break
        at = end + 1
    assert split.body_start(text.encode(), start, stop) == expected
