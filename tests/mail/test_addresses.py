"""Address headers: everybody who is addressed, nobody who is not, names as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netaudit.mail import addresses, limits
from netaudit.mail.addresses import first, mailboxes


def read(text: str) -> list[tuple[str, str]]:
    return [(name, address) for address, name in mailboxes(text.encode("utf-8", "surrogatepass"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana@example.org", [("", "ana@example.org")]),
        (" <Ana@Example.ORG> ", [("", "ana@example.org")]),
        ("Ana Alba <ana@example.org>", [("Ana Alba", "ana@example.org")]),
        ('"Alba, Ana" <a@x.org>, b@x.org', [("Alba, Ana", "a@x.org"), ("", "b@x.org")]),
        ('"Ana \\"A\\" Alba" <ana@example.org>', [('Ana "A" Alba', "ana@example.org")]),
        ("ana@example.org (Ana Alba)", [("Ana Alba", "ana@example.org")]),
        ("Ana (work) <ana@example.org>", [("Ana (work)", "ana@example.org")]),
        ("'ana@example.org' <ana@example.org>", [("ana@example.org", "ana@example.org")]),
        ("ana@example.org <ana@example.org>", [("ana@example.org", "ana@example.org")]),
        ("a@b.c <evil@x.y>", [("a@b.c", "evil@x.y")]),
        ("Alba, Ana <ana@example.org>", [("Alba, Ana", "ana@example.org")]),
        ("Ben <b@x.org>, Alba, Ana <a@x.org>", [("Ben", "b@x.org"), ("Alba, Ana", "a@x.org")]),
        ("a@x.org; b@x.org", [("", "a@x.org"), ("", "b@x.org")]),
        ("Team: a@x.org, Ben <b@x.org>;, c@x.org",
         [("", "a@x.org"), ("Ben", "b@x.org"), ("", "c@x.org")]),
        ("undisclosed-recipients:;", []),
        ("Undisclosed recipients", []),
        ("", []),
        (",,;,", []),
        ("jk at host.com (Jay Kay)", [("Jay Kay", "jk@host.com")]),
        ("jk at host.com", [("", "jk@host.com")]),
        ("mailto:ana@example.org", [("", "ana@example.org")]),
        ("<mailto:ana@example.org>", [("", "ana@example.org")]),
        ("<@relay.org,@b.org:ana@example.org>", [("", "ana@example.org")]),
        ('"john doe"@example.org', [("", '"john doe"@example.org')]),
        ('"ana"@example.org', [("", "ana@example.org")]),
        ("d..steffes@example.com, .taylor@example.com",
         [("", "d..steffes@example.com"), ("", ".taylor@example.com")]),
        ("ana@[192.0.2.1]", [("", "ana@[192.0.2.1]")]),
        ("ana@example.org.", [("", "ana@example.org")]),
        ("\u00a0ana\u00a0.alba@example.org\u00a0", [("", "ana.alba@example.org")]),
        ("=?utf-8?q?Alba=2C_Ana?= <ana@example.org>", [("Alba, Ana", "ana@example.org")]),
        ("=?utf-8?q?Alba,_Ana?= <ana@example.org>, b@x.org",
         [("Alba, Ana", "ana@example.org"), ("", "b@x.org")]),
        ('"=?iso-8859-1?q?Jos=E9?=" <jose@x.org>', [("José", "jose@x.org")]),
        ("=?utf-8?b?w4lsb8Ov?=\r\n =?utf-8?b?c2U=?= <e@x.org>", [("Éloïse", "e@x.org")]),
        ("Éloïse <e@x.org>", [("Éloïse", "e@x.org")]),
        ("=?utf-8?q?a=0D=0AX-I=3A_1?= <a@b.org>", [("a X-I: 1", "a@b.org")]),
        ("Ana\0Alba <ana@example.org>", [("Ana Alba", "ana@example.org")]),
        ("jdoe@test  . example", [("", "jdoe@test.example")]),
        ("ok@x.org, broken <, good@x.org", [("", "ok@x.org"), ("", "good@x.org")]),
        ('"never closed <a@x.org>', [("never closed", "a@x.org")]),
        ("Ana <ana@exam\r\n ple.org>", [("Ana", "ana@example.org")]),
    ],
)  # fmt: skip
def test_forms(text, expected):
    assert read(text) == expected


def test_comments_anywhere():
    text = "Pete(A wonderful \\) chap) <pete(his account)@silly.test(his host)>, "
    text += "Group(Some people):C J <c@(C's host.)public.example>, joe@example.org;"
    addresses = [address for _, address in read(text)]
    assert addresses == ["pete@silly.test", "c@public.example", "joe@example.org"]


def test_latin_1_bytes():
    assert mailboxes(b"Jos\xe9 <jose@x.org>") == (("jose@x.org", "José"),)


def test_one_bad_recipient_does_not_cost_the_others():
    text = ", ".join([f"p{i}@x.org" for i in range(50)] + ["bad@@x", "(((", "a@x.org)b@evil.org"])
    found = [address for _, address in read(text)]
    assert found[:50] == [f"p{i}@x.org" for i in range(50)]
    assert "b@evil.org" not in found


def test_first_address_or_else_the_name():
    assert first([b"", b"Ana <a@x.org>"]) == ("a@x.org", "Ana")
    assert first([b"root"]) == ("", "root")
    assert first(None) == ("", "")


def test_as_many_addresses_as_the_limit():
    raw = b", ".join(b"p%d@x.org" % i for i in range(limits.ADDRESSES + 5))
    assert len(mailboxes(raw)) == limits.ADDRESSES
    assert len({address for address, _ in mailboxes(raw)}) == limits.ADDRESSES


@pytest.mark.parametrize(
    "text", ["<" + " " * 100_000, "Ana <" + "a " * 100_000, "<a@x.org>" + " ." * 100_000 + "x"]
)
def test_what_follows_an_angle_bracket_is_read_in_linear_time(text):
    mailboxes(text.encode())


@pytest.mark.parametrize("bit", ["(", "a:", '"', "<", "=?", "@", ",", "[", "\\", "a@", "=?a?q?"])
def test_repeats_of_any_special_are_read_in_linear_time(bit):
    # A quadratic or recursive reader would need minutes or fail.
    mailboxes((bit * 200_000).encode())


@given(st.text(alphabet=st.sampled_from(list('ab@.,;:<>()[]"\\ =?q\r\n\té\0\ud800')), max_size=80))
@settings(max_examples=400)
def test_whatever_comes_out_is_an_address_and_safe(text):
    for name, address in read(text):
        assert "@" in address
        assert address == address.lower()
        for value in (name, address):
            value.encode("utf-8")
            assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in value)


@given(st.lists(st.tuples(
    st.text(alphabet="abc .,\"()<>@:;é", max_size=12), st.from_regex(r"[a-z.]{1,9}@[a-z]{1,9}\.org",
    fullmatch=True)), min_size=1, max_size=6))  # fmt: skip
@settings(max_examples=300)
def test_well_formed_lists_come_back_as_they_were(people):
    quoted = [(name.replace('"', '\\"'), address) for name, address in people]
    text = ", ".join(f'"{name}" <{address}>' for name, address in quoted)
    assert [address for _, address in read(text)] == [address for _, address in people]


NAMES = r"""[ ,]?(?:[a' .]{0,3}|a\([a,) ]{0,3}\) ?|\x22[ab', .:@(]{0,4}\x22"""
ENCODED = r"|(=\?a\?[qQbx]\?[a:,=_]{0,3}\?= ?){0,2})"
ADDRESSES = r"""( ?<?)[ab.+'=-]{1,3}@(?:[a-]{1,2}\.){0,5}[ab.]{1,2}>? ?,"""


@given(
    st.lists(st.from_regex(NAMES + ENCODED + ADDRESSES, fullmatch=True), max_size=4),
    st.text("a@.,<>\"'; é\xa0", max_size=9),
)
@settings(max_examples=400)
def test_usual_headers_are_read_quickly_as_they_are_carefully(pieces, end):
    text = ("".join(pieces) + end).strip()
    usual = addresses._usual(text)
    assert usual is None or usual == addresses._careful(text)


@given(
    st.lists(
        st.from_regex(NAMES + ENCODED + ADDRESSES, fullmatch=True) | st.sampled_from(',"; \té'),
        max_size=5,
    )
)
@settings(max_examples=400)
def test_addresses_known_one_by_one_are_those_of_the_whole_header(pieces):
    raw = "".join(pieces).removesuffix(",").encode()
    known = addresses.Known(lambda mailbox: mailbox)
    for _ in range(2):  # learnt, then known
        found = known.read(raw)
        assert found is None or tuple(found) == addresses._read(raw)


def test_most_headers_are_usual():
    for text in (
        "a@b.org",
        "Ana <a@b.org>",
        '"Alba, Ana" <A@B.org>, Éva Ö. <e@b.co.uk>, c@b.org',
        "=?utf-8?q?=C3=89va?= <e@b.org>",
    ):
        assert addresses._usual(text) == addresses._careful(text)
        assert addresses._usual(text) is not None
    known = addresses.Known(lambda mailbox: mailbox)
    assert known.read(b'Ana <a@b.org>, "Alba, Ana" <A@b.org>, b@c.org')
