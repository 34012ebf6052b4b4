"""A person who stands everywhere in three exports, to be looked for in every file afterwards."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from tests import exports

ME = "jane.doe@acme.example"
NAMES = ("Isolde Rowandale", "isolde", "rowandale")
ADDRESSES = ("isolde@rowan.example", "i.rowandale@work.example")
PROFILE = "isolde-rowandale-42"
MARKS = re.compile(
    "|".join(re.escape(mark) for mark in (*NAMES, *ADDRESSES, PROFILE, "CANARY")), re.IGNORECASE
)
"""CANARY stands in what only she wrote or was written."""
OTHERS = ("tristan@quimby.example", "mark@quimby.example")


def letter(
    day: int, sender: str, to: str, subject: str = "plans", text: str = "", **more: str
) -> str:
    heads = {"Date": f"{day} Jan 2024 10:00:00 +0000", "From": sender, "To": to, "Subject": subject,
             "Message-ID": f"<{day}@x.example>", **more}  # fmt: skip
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in heads.items())
    return f"From x@y.example Mon Jan {day:2} 10:00:00 2024\n{lines}\n{text or f'Hello {day}'}\n\n"


HER = "Isolde Rowandale <isolde@rowan.example>"
TRISTAN = "Tristan Quimby <tristan@quimby.example>"
I = f"Jane Doe <{ME}>"  # noqa: E741
LETTERS = [
    letter(1, HER, I, "CANARY one", "CANARY: can you send me the report? It would help me."),
    letter(2, I, HER, "CANARY two", "CANARY: I will send the report on Monday, thank you."),
    letter(3, I, f"{HER}, {TRISTAN}", "For both", "The figures for both of you are below."),
    letter(4, TRISTAN, I, "About Isolde Rowandale", "Ask Isolde Rowandale <Isolde@Rowan.example> or"
           " Rowandale, Isolde at www.linkedin.com/in/Isolde-Rowandale-42/. She knows."),
    letter(5, TRISTAN, I, "Re: CANARY one".replace("CANARY", "number"), "Dear Jane, it is done.",
           In_Reply_To="<isolde@rowan.example-1>", References="<1.isolde@rowan.example>",
           Cc="bounce+isolde=rowan.example@lists.example"),
    letter(6, '"Isolde Rowandale (via Docs)" <docs@cloud.example>', I, "shared", "A document."),
    letter(7, I, TRISTAN, "just us", "Nothing about anybody else."),
    letter(8, "Isolde Rowandale <i.rowandale@work.example>", f"{I}, {TRISTAN}", "CANARY three"),
    letter(9, "Mark Quimby <mark@quimby.example>", HER + ", i.rowandale@work.example", "CANARY",
           Delivered_To=ME),
    letter(10, HER, I, "CANARY one", "CANARY: can you send me the report? It would help me."),
]  # fmt: skip
"""10 letters: 1, 2, 8, 9 and 10 are hers, the others stay."""


def _event(uid: str, organiser: str, *guests: str, summary: str = "Review") -> str:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20240101T000000Z", "DTSTART:20240105T100000Z",
             "DTEND:20240105T110000Z", f"SUMMARY:{summary}", f"ORGANIZER:mailto:{organiser}",
             *[f"ATTENDEE;CN={g}:mailto:{g}" for g in guests], "END:VEVENT"]  # fmt: skip
    return "\r\n".join(lines)


CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN",
        _event("a", ME, ME, ADDRESSES[0], summary="CANARY lunch"),
        _event("b", ADDRESSES[0], ME, OTHERS[0], summary="CANARY party"),
        _event("c", ME, ME, ADDRESSES[0], OTHERS[0], summary="With Isolde Rowandale and Tristan"),
        "END:VCALENDAR", "",
    ]
)  # fmt: skip


def write(folder: Path) -> list[Path]:
    """The exports: an mbox, a LinkedIn archive, a calendar."""
    folder.mkdir(parents=True, exist_ok=True)
    box, calendar = folder / "box.mbox", folder / "calendar.ics"
    box.write_text("".join(LETTERS), encoding="utf-8")
    calendar.write_text(CALENDAR, encoding="utf-8")
    link, other = exports.link(PROFILE), exports.link("tristan-quimby")
    people = [
        {"First Name": "Isolde", "Last Name": "Rowandale", "URL": link, "Company": "CANARY",
         "Email Address": ADDRESSES[0], "Connected On": "01 Mar 2023"},
        {"First Name": "Tristan", "Last Name": "Quimby", "URL": other, "Company": "Oak",
         "Connected On": "02 Mar 2023"},
    ]  # fmt: skip
    talk = [
        {"CONVERSATION ID": "1", "FROM": "Isolde Rowandale", "SENDER PROFILE URL": link,
         "TO": "Jane Doe", "RECIPIENT PROFILE URLS": exports.link("jane-doe"),
         "DATE": "2023-05-01 10:00:00 UTC", "CONTENT": "CANARY says hello", "FOLDER": "INBOX"},
        {"CONVERSATION ID": "2", "FROM": "Tristan Quimby", "SENDER PROFILE URL": other,
         "TO": "Jane Doe", "RECIPIENT PROFILE URLS": exports.link("jane-doe"),
         "DATE": "2023-05-02 10:00:00 UTC", "CONTENT": "Do you know Isolde Rowandale?",
         "FOLDER": "INBOX"},
    ]  # fmt: skip
    asked = [{"From": "Isolde Rowandale", "To": "Jane Doe", "Sent At": "3/1/23, 9:00 AM",
              "Message": "CANARY", "Direction": "INCOMING", "inviterProfileUrl": link,
              "inviteeProfileUrl": exports.link("jane-doe")}]  # fmt: skip
    linkedin = exports.export(
        folder / "linkedin.zip",
        {
            "Profile.csv": "First Name,Last Name\nJane,Doe\n",
            "Connections.csv": exports.NOTES + exports.table(exports.CONNECTIONS, *people),
            "messages.csv": exports.table(exports.MESSAGES["10"], *talk),
            "Invitations.csv": exports.table(exports.INVITATIONS, *asked),
        },
    )
    return [box, linkedin, calendar]


def traces(folder: Path) -> list[str]:
    """Where anything of her stands below a folder: file names, files, cells of tables."""
    return [
        f"{path.relative_to(folder)}: {found[0]}"
        for path in sorted(folder.rglob("*"))
        for text in (path.name, *(_texts(path) if path.is_file() else ()))
        if (found := MARKS.search(text))
    ]


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield data.decode("utf-8", "replace")
    if path.suffix == ".parquet":
        for column in pq.read_table(path).columns:
            yield "\n".join(map(str, column.to_pylist()))
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
