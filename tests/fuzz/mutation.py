"""Changed copies of seeds: what a sender, a converter or an attacker might do to them."""

from __future__ import annotations

from hypothesis import strategies as st

COMMON = (
    b"\n",
    b"\r\n",
    b"\r",
    b" ",
    b"\t",
    b"\0",
    b"\xff",
    b"\xe9",
    b"\xef\xbb\xbf",
    b"\x1b[2J",
    b'"',
    b"'",
    b"\\",
    b"(",
    b")",
    b"<",
    b">",
    b"[",
    b"]",
    b":",
    b";",
    b",",
    b"=",
    b"@",
    b"?",
    b"-",
    b"\n\n",
    "\u202e".encode(),
    "\u2028".encode(),
    "\ufeff".encode(),
    b"\xed\xa0\x80",
    b"0",
    b"9" * 21,
)

WORDS: dict[str, tuple[bytes, ...]] = {
    "splitting": (
        b"\nFrom ana@example.org Wed Jun 22 19:27:30 2016\n",
        b"From ",
        b"\n\n",
        b">From ",
        b"From - \n",
        b"X-Mozilla-Status: 0001\n",
        b"Content-Length: 9\n",
        b"Subject: x\n",
        b"From 1537866361256992303@xxx Wed Jun 22 19:27:30 +0000 2016\r\n",
        b"F",
    ),
    "message": (
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"\n--b\n",
        b"\n--b--\n",
        b"=?utf-8?q?=0D?=",
        b"=?utf-7?b?2AA=?=",
        b"Content-Transfer-Encoding: base64\n",
        b"Subject: ",
        b"To: a@x.org\n",
        b"Content-Type: text/html; charset=utf-16\n",
        b"<blockquote>",
        b"Date: ",
        b"charset=hz",
        b"Content-Type: message/rfc822\n",
        b"quoted-printable",
        b"References: <a@x>\n",
        b"=ED=A0=80",
    ),
    "dates": (
        b"Wed, ",
        b"22 ",
        b"Jun ",
        b"2016 ",
        b"21:27:30",
        b"+0200",
        b"-0000",
        b"GMT",
        b"EST",
        b"PM",
        b"-9999",
        b" 24:00",
        b"0000-00-00T",
        b"From a@b.c ",
        b"Z",
        b"99",
        b"1e9",
        b"-1",
    ),
    "addresses": (
        b"ana@example.org",
        b"<a@x.org>",
        b"=?utf-8?q?",
        b"?=",
        b" at ",
        b"mailto:",
        b"Team: ",
        b";",
        b'"Alba, Ana" ',
        b"(Ana)",
        b"\xa0",
        b"@[",
        b"undisclosed-recipients:;",
        b"a@b@c",
        b"..",
    ),
    "calendar": (
        b"BEGIN:VEVENT\r\n",
        b"END:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n",
        b"UID:u\r\n",
        b"DTSTART:20260305T090000Z\r\n",
        b"DTSTART;TZID=Europe/Berlin:20260305T090000\r\n",
        b"RRULE:FREQ=SECONDLY\r\n",
        b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.org\r\n",
        b"\r\n ",
        b"SEQUENCE:99999999999999999999\r\n",
        b"BEGIN:VTIMEZONE\r\n",
        b"TZOFFSETTO:+9999\r\n",
        b"DURATION:P99999999999D\r\n",
        b"RECURRENCE-ID:00000000T000000\r\n",
        b"DTSTAMP:99991231T235959Z\r\n",
    ),
    "linkedin": (
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
        b",,,,,,\n",
        b'""',
        b'",\n"',
        b"Notes:\n",
        b"08 Feb 2026",
        b"2025-06-01 14:03:22 UTC",
        b'\\"',
        b"\t",
        b"From,To,Sent At,Message,Direction\n",
        b"https://www.linkedin.com/in/",
        b'"1/29/26, 2:37 PM"',
        b"Date,Link,Message\n",
        b"31/31/99",
        b"\xff\xfe",
        b"99999999999",
    ),
    "new_text": (
        b"> ",
        b"\n> > ",
        b"On Wed, Jun 22, 2016 at 9:27 PM, Ana <ana@example.org> wrote:\n",
        b"-- \n",
        b"-----Original Message-----\n",
        b"________________________________\n",
        b"From: Ana\n",
        b"Sent from my phone\n",
        b"Could you ",
        b"thank you",
        b"? ",
        b"!",
        "ß".encode(),
        "\u2028".encode(),
        b"Am 22.06.2016 um 21:27 schrieb Ana:\n",
        b"CONFIDENTIALITY NOTICE",
        b"https://",
    ),
}


def _edit(data: bytes, at: float, gone: int, new: bytes, times: int) -> bytes:
    place = int(at * len(data))
    return data[:place] + new * times + data[place + gone :]


@st.composite
def changed(draw: st.DrawFn, target: str, seeds: list[bytes]) -> bytes:
    """A seed, edited in up to eight places, perhaps with another one spliced in."""
    data = draw(st.sampled_from(seeds))
    pieces = st.one_of(
        st.sampled_from(WORDS[target]), st.sampled_from(COMMON), st.binary(max_size=6)
    )
    for _ in range(draw(st.integers(1, 8))):
        data = _edit(
            data,
            draw(st.floats(0, 1)),
            draw(st.sampled_from((0, 0, 1, 2, 7, 60))),
            draw(pieces),
            draw(st.sampled_from((1, 1, 1, 0, 2, 30))),
        )
    if draw(st.booleans()):
        other = draw(st.sampled_from(seeds))
        data = _edit(data, draw(st.floats(0, 1)), 0, other, 1)
    return data[: 1 << 14]
