"""One message: every field as its header says, and nothing hostile gets through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.build import GMAIL_SEPARATOR, mbox, message, parsed, pieces

from netaudit.mail import decode, headers, limits
from netaudit.mail.labels import box_of, decode_folder, gmail_labels
from netaudit.model import MESSAGES, Message, Recipient


def test_the_fields_stand_in_the_order_of_the_table():
    assert list(Message._fields[: len(MESSAGES.names)]) == MESSAGES.names


def test_a_plain_message():
    found = parsed(
        message(
            Message_ID="<1@x>",
            In_Reply_To="<0@x>",
            References="<a@x>\n <0@x>",
            Cc="Cy <cy@example.org>",
            Sender="office@example.org",
            Reply_To="Ana <ana@home.example>",
            Delivered_To=["ben@example.org", "b2@example.org"],
            X_GM_THRID="1537866361256992303",
        )
    )
    assert found.message_id == "1@x"
    assert found.in_reply_to == "0@x"
    assert found.references == "a@x 0@x"
    assert (found.from_address, found.from_name) == ("ana@example.org", "Ana Alba")
    assert found.recipients == (
        Recipient("to", "ben@example.org", "Ben Berg"),
        Recipient("cc", "cy@example.org", "Cy"),
    )
    assert (found.n_recipients, found.hidden_recipients) == (2, False)
    assert found.sender_address == "office@example.org"
    assert found.reply_to == "ana@home.example"
    assert found.delivered_to == "b2@example.org; ben@example.org"
    assert found.thread_hint == "1537866361256992303"
    assert str(found.sent_at) == "2016-06-22 19:27:30+00:00"
    assert found.utc_offset_minutes == 120
    assert (found.body, found.words, found.channel) == ("Hello\n", -1, "mail")


def test_names_of_headers_in_any_case_and_with_spaces():
    raw = b"FROM : Ana <a@x.org>\nto:b@x.org\nsUbJeCt: Hi\n\n"
    found = parsed(raw)
    assert (found.from_address, found.subject) == ("a@x.org", "Hi")
    assert found.recipients[0].address == "b@x.org"


def test_all_to_headers_are_read_and_each_address_once_a_role():
    found = parsed(message(To=["a@x.org, b@x.org", "c@x.org, A@x.org"], Cc="b@x.org"))
    assert [(r.role, r.address) for r in found.recipients] == [
        ("to", "a@x.org"),
        ("to", "b@x.org"),
        ("to", "c@x.org"),
        ("cc", "b@x.org"),
    ]
    assert found.n_recipients == 3


def test_bcc_that_repeats_cc_is_an_artefact():
    found = parsed(message(Cc="c@x.org, d@x.org", Bcc="d@x.org, c@x.org"))
    assert {r.role for r in found.recipients} == {"to", "cc"}
    found = parsed(message(Cc="c@x.org", Bcc="e@x.org"))
    assert [r.address for r in found.recipients if r.role == "bcc"] == ["e@x.org"]


@pytest.mark.parametrize("to", ["", "undisclosed-recipients:;", "Undisclosed recipients"])
def test_hidden_recipients(to):
    assert parsed(message(To=to, Bcc="e@x.org")).hidden_recipients
    assert not parsed(message(To="Team: a@x.org;")).hidden_recipients


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("=?utf-8?q?R=C3=A9union?=", "Réunion"),
        ("=?utf-8?b?5Lya6K2w?= =?utf-8?b?44Gu?=", "会議の"),
        ("=?utf-8?b?5Lya6K0=?=\n =?utf-8?b?sA==?=", "会議"),
        ("Re: =?iso-8859-1?q?caf=E9?= today", "Re: café today"),
        ("a\n\tb\n c", "a b c"),
        ("=?x-unknown?q?caf=E9?=", "café"),
        ("raw é", "raw é"),
        ("a\x1b]0;x\x07b\x00c", "a ]0;x b c"),
        ("=?utf-8?q?a=0D=0ABcc=3A_x?=", "a Bcc: x"),
        ("=?utf-8?q?line=E2=80=A8sep?=", "line sep"),
        ("=?utf-7?q?+AOk-?=", "é"),
        ("=?hex?q?00?=", "00"),
    ],
)
def test_subjects(raw, expected):
    assert parsed(message(Subject=raw)).subject == expected


def test_undated_messages_take_their_arrival():
    received = "from a by b; Wed, 22 Jun 2016 12:27:30 -0700"
    for date in ("", "garbage"):
        found = parsed(message(Date=date, Received=[received, "from c by d; 1 Jan 2001 00:00 GMT"]))
        assert str(found.sent_at) == "2016-06-22 19:27:30+00:00"
        assert found.utc_offset_minutes is None
    assert parsed(message(Date="")).sent_at is None
    piece = pieces(mbox([message(Date="")], separator=GMAIL_SEPARATOR))[0]
    from netaudit.mail import parse

    found = parse.read(piece, parse.Place("mbox", "a"))
    assert found is not None
    assert str(found.sent_at) == "2016-06-22 19:27:30+00:00"
    assert found.key == parsed(message(Date="")).key


@pytest.mark.parametrize(
    ("raw", "labels", "box"),
    [
        ("Inbox,Opened", ("Inbox", "Opened"), "inbox"),
        ('Sent,"Label with, commas",Starred', ("Sent", "Label with, commas", "Starred"), "sent"),
        ("=?UTF-8?Q?Posteingang,Wichtig,K?=\r\n =?UTF-8?Q?ategorie:_Privat?=",
         ("Posteingang", "Wichtig", "Kategorie: Privat"), "inbox"),
        ("=?UTF-8?Q?Messages_envoy=C3=A9s?=", ("Messages envoyés",), "sent"),
        ("=?UTF-8?Q?Messages=C2=A0envoy=C3=A9s?=", ("Messages\xa0envoyés",), "sent"),
        ("Inbox,Spam", ("Inbox", "Spam"), "spam"),
        ("Odesl=?", ("Odesl=?",), ""),
        ("=?UTF-8?Q?Odesl=C3=A1no,D=C5=AFle=C5=BEit=C3=A9?=", ("Odesláno", "Důležité"), "sent"),
        ("Chat", ("Chat",), "chat"),
        ("=?UTF-8?B?0JrQvtGA0LfQuNC90LA=?=", ("Корзина",), "trash"),
        ("Sent,Drafts", ("Sent", "Drafts"), "draft"),
        ("Customers/Sent", ("Customers/Sent",), ""),
        ("", (), ""),
    ],
)  # fmt: skip
def test_gmail_labels(raw, labels, box):
    assert gmail_labels(raw.encode()) == labels
    found = parsed(message(X_Gmail_Labels=raw.replace("\r\n", "\n")))
    assert (found.labels, found.box) == ("; ".join(sorted(labels)), box)


@pytest.mark.parametrize(
    ("name", "box"),
    [("Papierkorb", "trash"), ("[Gmail]/Sent Mail", "sent"), ("INBOX.Junk", "spam"),
     ("sent-mail", "sent"), ("_sent_mail", "sent"), ("deleted_items", "trash"), ("Work", ""),
     ("Gelöschte Elemente", "trash"), ("INBOX", "inbox"), ("送信済み", "sent")],
)  # fmt: skip
def test_folders(name, box):
    assert box_of(name) == box


def test_names_of_imap_folders():
    assert decode_folder("Entw&APw-rfe") == "Entwürfe"
    assert decode_folder("A&-B") == "A&B"
    assert decode_folder("&zzzz!") == "&zzzz!"


def test_folders_of_the_enron_converters_are_no_labels():
    assert parsed(message(X_Folder="\\Ana\\Deleted Items")).labels == ""


@pytest.mark.parametrize(
    ("headers", "sign"),
    [
        ({"List_Id": "Dev <dev.x.org>"}, "list-id"),
        ({"List_Unsubscribe": "<https://x.org>"}, "list-unsubscribe"),
        ({"Auto_Submitted": "auto-generated (failure)"}, "auto-submitted"),
        ({"Precedence": "Bulk"}, "precedence"),
        ({"Feedback_ID": "1:2:x"}, "feedback-id"),
        ({"Return_Path": "<>"}, "null-return-path"),
        ({"X_Auto_Response_Suppress": "All"}, "auto-response-suppress"),
        ({"From": "Shop <no-reply@x.org>"}, "no-reply"),
        ({"From": "donotreply-123@x.org"}, "no-reply"),
        ({"From": "info.noreply@x.org"}, "no-reply"),
        ({"From": "MAILER-DAEMON@x.org"}, "no-reply"),
    ],
)
def test_automated_signs(headers, sign):
    found = parsed(message(**headers))
    assert found.automated_signs == sign
    assert found.body is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "no"},
        {"Precedence": "normal"},
        {"Return_Path": "<ana@example.org>"},
        {"From": "noreen@x.org"},
        {"From": "arnold.noether@x.org"},
        {"From": "bouncer.club@x.org"},
    ],
)
def test_people_show_no_signs(headers):
    assert parsed(message(**headers)).automated_signs == ""


def test_list_id():
    assert parsed(message(List_Id='"Dev list" <Dev.x.org>')).list_id == "dev.x.org"
    assert parsed(message(List_Post="<mailto:dev@x.org>", Precedence="list")).list_id == "dev@x.org"
    assert parsed(message()).list_id is None


def test_no_headers_is_no_message():
    from netaudit.mail import parse
    from netaudit.mail.split import single

    assert parse.read(single(b"just text\n"), parse.Place("eml", "a")) is None
    assert parse.read(single(b""), parse.Place("eml", "a")) is None


def test_many_and_long_headers_are_bounded():
    found = parsed(message(X_Many=["x"] * 100_000, Subject="a " * 1_000_000))
    assert found.from_address == "ana@example.org"
    assert len(found.subject) <= limits.SUBJECT_CHARS
    long = parsed(message(Message_ID="<" + "a" * 10_000 + "@x>", References="<a@x> " * 50_000))
    assert len(long.message_id or "") <= limits.ID_CHARS
    assert len((long.references or "").split()) <= limits.REFERENCES


@given(st.binary(max_size=300), st.binary(max_size=200))
@settings(max_examples=200)
def test_whatever_stands_in_headers_comes_out_safe(value, body):
    raw = b"From: " + value + b"\nTo: " + value + b"\nSubject: " + value + b"\nDate: " + value
    raw += b"\nMessage-ID: " + value + b"\nReferences: " + value + b"\nX-Gmail-Labels: " + value
    raw += b"\nContent-Type: " + value + b"\nContent-Transfer-Encoding: " + value + b"\n\n" + body
    found = parsed(raw)
    texts = [field for field in found[:28] if isinstance(field, str)]
    texts += [text for recipient in found.recipients for text in recipient]
    for text in texts:
        text.encode("utf-8")
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text)
    if found.body is not None:
        found.body.encode("utf-8")
        assert "\0" not in found.body


def test_thousands_of_repeated_recipients_are_read_once_each():
    people = [f"p{i}@x.org" for i in range(5_000)]
    found = parsed(message(To=", ".join(people + people)))
    assert [r.address for r in found.recipients] == people


@pytest.mark.parametrize("line", ["", " \n"])
def test_headers_that_no_empty_line_ends(line):
    raw = b"From: Ana <ana@example.org>\nSubject: No\n gap\n" + line.encode() + b"Hello Ben\n"
    found = parsed(raw)
    assert (found.subject, found.body) == ("No gap", "Hello Ben\n")
    found = parsed(raw.replace(b"Hello Ben\n", b"Da"))
    assert (found.subject, found.body) == ("No gap", "")


def test_rubbish_among_headers_does_not_end_them():
    found = parsed(b"Subject: Hi\nrubbish\nFrom: Ana <ana@example.org>\n\nHello\n")
    assert (found.from_address, found.body) == ("ana@example.org", "Hello\n")


BITS = [
    "Subject",
    "to",
    "Received",
    "X-No",
    ":",
    ":",
    " ",
    "\t",
    "\v",
    "\n",
    "\n",
    "\r\n",
    "a",
    "é",
]


@given(st.lists(st.sampled_from(BITS), max_size=16))
@settings(max_examples=400)
def test_headers_are_those_of_the_unfolded_block(bits):
    block = "".join(bits).encode()
    expected: dict[str, list[bytes]] = {}
    unfolded = block.replace(b"\r", b"").replace(b"\n ", b" ").replace(b"\n\t", b" ")
    for line in unfolded.split(b"\n"):
        spelling, _, value = line.partition(b":")
        name = spelling.strip().lower().decode("latin-1")
        if name in ("subject", "to", "received"):
            expected.setdefault(name, []).append(value)
    assert headers.read(block) == expected


@given(st.text("ab =?qé\x00\x1c\r\n\t\x7f", max_size=12))
def test_plain_subjects_are_read_quickly_as_any_other(text):
    raw = text.encode()
    expected = decode.safe(decode.words(decode.raw_text(raw)))
    assert decode.unstructured(raw) == expected
