"""Bodies: what a person would read, whatever its encoding; attachments and calendars noticed."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.build import mbox, message, parsed, pieces

from netaudit.mail import limits
from netaudit.mail.html import html_text

PLAIN = 'text/plain; charset="utf-8"'


def part(content: str, kind: str = "text/plain", **headers: str) -> str:
    lines = [f"Content-Type: {kind}"] + [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
    return "\n".join(lines) + "\n\n" + content


def multipart(*parts: str, kind: str = "mixed", boundary: str = "b1") -> tuple[str, str]:
    body = "".join(f"--{boundary}\n{one}\n" for one in parts) + f"--{boundary}--\n"
    return f'multipart/{kind}; boundary="{boundary}"', body


def read(kind: str, body: str, **headers: str):
    return parsed(message(body, Content_Type=kind, **headers))


@pytest.mark.parametrize("nl", ["\n", "\r\n"])
def test_alternatives_give_the_plain_one(nl):
    kind, body = multipart(part("Hello\n"), part("<p>Bye</p>", "text/html"), kind="alternative")
    found = parsed(message(body, nl, Content_Type=kind))
    assert (found.body or "").strip() == "Hello"
    assert not found.has_attachment


def test_html_where_there_is_no_plain_text():
    kind, body = multipart(part("  \n"), part("<p>Bye</p>", "text/html"), kind="alternative")
    assert read(kind, body).body == "Bye"
    assert read("text/html; charset=utf-8", "<b>Hi</b> there").body == "Hi there"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("base64", base64.encodebytes("Grüße 会議\n".encode()).decode()),
        ("BASE64", base64.encodebytes("Grüße 会議\n".encode()).decode().replace("\n", "\r\n")),
        ("base64", base64.b64encode("Grüße 会議\n".encode()).decode().rstrip("=") + "$%"),
        ("quoted-printable", quopri.encodestring("Grüße 会議\n".encode()).decode()),
        ("8bit", "Grüße 会議\n"),
        ("x-unknown", "Grüße 会議\n"),
        ("", "Grüße 会議\n"),
    ],
)
def test_transfer_encodings(encoding, text):
    found = read(PLAIN, text, Content_Transfer_Encoding=encoding)
    assert (found.body or "").strip() == "Grüße 会議"
    kind, body = multipart(part(text, PLAIN, Content_Transfer_Encoding=encoding))
    assert (read(kind, body).body or "").strip() == "Grüße 会議"


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("iso-8859-1", b"caf\xe9 \x93x\x94", "café “x”"),
        ("us-ascii", "café".encode(), "café"),
        ("us-ascii", b"caf\xe9", "café"),
        ("ANSI_X3.4-1968", b"caf\xe9", "café"),
        ("x-unknown", "café".encode(), "café"),
        ("utf-8", b"caf\xe9", "café"),
        ("gb2312", "会议".encode("gb18030"), "会议"),
        ("utf-16", "café".encode("utf-16"), "café"),
        ("iso-8859-8-i", "שלום".encode("iso-8859-8"), "שלום"),
        ("hex", b"00", "00"),
        ("utf-8\0", b"x", "x"),
    ],
)
def test_charsets_right_and_wrong(charset, raw, text):
    head = b"From: a@x.org\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\n"
    assert parsed(head + raw).body == text


def test_quoted_from_lines_of_mboxes_are_undone_once():
    from netaudit.mail import parse

    raw = message("From here\n>From there\n")
    found = parse.read(pieces(mbox([raw]))[0], parse.Place("mbox", "a"))
    assert found is not None
    assert (found.body or "").strip() == "From here\n>From there"


def test_attachments_are_noticed_not_read():
    file = part(
        "AAAA",
        'application/pdf; name="a.pdf"',
        Content_Disposition='attachment; filename="a.pdf"',
        Content_Transfer_Encoding="base64",
    )
    note = part("not for reading\n", Content_Disposition="attachment; filename=n.txt")
    kind, body = multipart(part("Hello\n"), file, note, part("Footer\n"))
    found = read(kind, body)
    assert found.has_attachment
    assert (found.body or "").split() == ["Hello", "Footer"]
    kind, body = multipart(part("Hello\n"), part("x", "image/png", Content_ID="<1>"))
    assert not read(kind, body).has_attachment
    automated = parsed(message(multipart(file)[1], Content_Type=multipart(file)[0], List_Id="<x>"))
    assert automated.has_attachment


def test_a_file_to_be_shown_is_read_where_nothing_else_is():
    shown = part("Shown\n", Content_Disposition='inline; filename="a.txt"')
    kind, body = multipart(shown)
    found = read(kind, body)
    assert (found.body or "").strip() == "Shown"
    assert found.has_attachment
    kind, body = multipart(part("Hello\n"), shown)
    assert (read(kind, body).body or "").split() == ["Hello"]


def test_calendars_are_collected_also_from_automated_mail():
    ics = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n"
    encoded = base64.encodebytes(ics.encode()).decode()
    inner = multipart(
        part("Come\n"),
        part(encoded, "text/calendar; method=REQUEST", Content_Transfer_Encoding="base64"),
        kind="alternative",
        boundary="b2",
    )
    kind, body = multipart(part(inner[1], inner[0]))
    for headers in ({}, {"List_Id": "<x>"}):
        found = read(kind, body, **headers)
        assert found.calendars == (ics.encode(),)
    assert read("text/calendar", ics).calendars == (ics.encode(),)


def test_forwarded_messages_are_not_the_senders_text():
    inner = "From: eve@x.org\nSubject: secret\n\nEve's text\n"
    kind, body = multipart(part("See below\n"), part(inner, "message/rfc822"))
    found = read(kind, body)
    assert (found.body or "").strip() == "See below"
    assert found.has_attachment


@pytest.mark.parametrize(
    "damage",
    [
        lambda kind, body: (kind, body.replace("--b1--\n", "")),
        lambda kind, body: (kind.replace('"', ""), body),
        lambda kind, body: (kind + '; charset="x"', "preamble\n" + body + "epilogue\n"),
        lambda kind, body: (kind.replace("multi", "Multi"), body.replace("\n--b1", "\n--b1 ")),
    ],
)  # fmt: skip
def test_damaged_multiparts_still_give_their_text(damage):
    kind, body = damage(*multipart(part("Hello\n"), part("<p>Bye</p>", "text/html")))
    assert (read(kind, body).body or "").strip() == "Hello"


def test_a_multipart_without_its_boundary_is_text():
    assert (read("multipart/mixed", "Hello\n").body or "").strip() == "Hello"
    assert (read("multipart/mixed; boundary=zz", "Hello\n").body or "").strip() == "Hello"


@pytest.mark.parametrize("longer", ["b11", "b1-1", "b1.1"])
def test_boundaries_that_begin_alike(longer):
    inner = multipart(part("Inner\n"), boundary=longer, kind="alternative")
    kind, body = multipart(part(inner[1], inner[0]), part("Outer\n"), boundary="b1")
    assert (read(kind, body).body or "").split() == ["Inner", "Outer"]


@pytest.mark.parametrize("depth", [10, 50, 3000])
def test_deep_nesting_ends_at_the_limit(depth):
    kind, body = multipart(part("Deep\n"), boundary="b0")
    for i in range(1, depth):
        kind, body = multipart(part("Level\n"), part(body, kind), boundary=f"b{i}")
    found = read(kind, body)
    assert found.is_truncated == (depth > limits.MIME_DEPTH)
    assert "Level" in (found.body or "")


def test_many_parts_end_at_the_limit():
    kind, body = multipart(*[part("x\n")] * 50_000)
    found = read(kind, body)
    assert found.is_truncated
    assert (found.body or "").count("x") <= limits.MIME_PARTS


def test_a_native_refusal_falls_back(monkeypatch):
    from netaudit.mail import body as module

    def refuse(*_args):
        raise module.ParseError("no")

    monkeypatch.setattr(module, "parse_email", refuse)
    text = base64.encodebytes("Grüße\n".encode()).decode()
    found = read(PLAIN, text, Content_Transfer_Encoding="base64")
    assert found.body == "Grüße\n"


def test_a_body_that_nothing_can_read_leaves_the_headers(monkeypatch):
    from netaudit.mail import body as module

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(module, "read", fail)
    found = parsed(message())
    assert (found.subject, found.body, found.is_truncated) == ("Lunch", None, True)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<style>x{}</style><script>alert(1)</script>Hi<!-- no -->", "Hi"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("a&nbsp;&amp; b&#8217;s", "a & b’s"),
        ("<div>New<blockquote>Old<blockquote>Older</blockquote></blockquote></div>",
         "New\n\n> Old\n>\n> > Older"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ('<?xml version="1.0" encoding="utf-8"?><p>ü</p>', "ü"),
        ("", ""),
        ("<", "<"),
        ("plain", "plain"),
        ("a\0b", "ab"),
    ],
)  # fmt: skip
def test_html(html, text):
    assert html_text(html.replace("\0", "")) == text


@pytest.mark.parametrize(
    "bit", ["<div>", "<", "<!--", "&", "<a href='", "<blockquote>", "]]>", "<p"]
)
def test_html_repeats_are_read_in_linear_time(bit):
    html_text(bit * 100_000)


@given(st.lists(st.sampled_from([
    "--b1", "--b1--", "--b2", "\n", "\r\n", "Content-Type: multipart/mixed; boundary=b2\n",
    "Content-Type: text/html\n", "Content-Transfer-Encoding: base64\n", "\n\n", "aGk=", "=ZZ",
]), max_size=40))  # fmt: skip
@settings(max_examples=200)
def test_any_arrangement_of_parts_is_read(bits):
    found = read("multipart/mixed; boundary=b1", "".join(bits))
    assert found.from_address == "ana@example.org"
    assert not found.is_truncated


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "iso-8859-15", "utf-16"])
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_body_holds_no_start_of_an_escape(kind, charset):
    """8-bit controls (C1): a terminal takes 0x9b for the start of an escape."""
    raw = "Grün \x9b31mrot\x85\x07\n".encode(charset, "ignore")
    mail = f'Content-Type: {kind}; charset="{charset}"\nContent-Transfer-Encoding: base64\n\n'
    sent = f"From: ana@example.org\n{mail}{base64.b64encode(raw).decode()}\n"
    found = parsed(sent.encode())
    assert found.body
    assert not any(0x7F <= ord(c) < 0xA0 for c in found.body)
