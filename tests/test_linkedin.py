"""LinkedIn exports: every era, every spreadsheet, every accident; and each row accounted for."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from exports import (
    CONNECTIONS,
    CONNECTIONS_OLD,
    INVITATIONS,
    INVITATIONS_OLD,
    MESSAGES,
    MESSAGES_9,
    MESSAGES_10,
    NOTES,
    export,
    link,
    table,
)
from hypothesis import given
from hypothesis import strategies as st

from netaudit import model
from netaudit.errors import UserError
from netaudit.linkedin import export as limits
from netaudit.linkedin import rows as row_limits
from netaudit.linkedin.rows import Cells
from netaudit.model import Message, Record, Row, Skipped, Unit
from netaudit.sources import linkedin

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "linkedin"

INES = {
    "First Name": "Ines", "Last Name": "Brandt", "URL": link("ines-brandt"),
    "Email Address": "ines@example.org", "Company": "Holm, Sohn & Co", "Position": "Head of Sales",
    "Connected On": "08 Feb 2026",
}  # fmt: skip
HELLO = {
    "CONVERSATION ID": "2-abc==", "FROM": "Ines Brandt", "SENDER PROFILE URL": link("ines-brandt"),
    "TO": "Omar Haddad", "RECIPIENT PROFILE URLS": link("omar-haddad"),
    "DATE": "2025-06-01 14:03:22 UTC", "SUBJECT": "", "CONTENT": "Hello,\n\nyou said \"soon\".",
    "FOLDER": "INBOX", "IS MESSAGE DRAFT": "No", "IS CONVERSATION DRAFT": "No",
}  # fmt: skip


def read(path: Path) -> list[Record]:
    assert linkedin.recognise(path)
    (unit,) = linkedin.units(path)
    return list(linkedin.read(unit))


def one(text: str | bytes, folder: Path, name: str = "Connections.csv") -> list[Record]:
    """The records of one table inside an export, owned rows and notes left out."""
    files: dict[str, str | bytes] = {
        "Company Follows.csv": "Organization,Followed On\n",
        name: text,
    }
    found = linkedin.read(Unit("linkedin", str(export(folder / "e.zip", files))))
    return [r for r in found if not isinstance(r, Row) or r.table not in ("notes", "owned")]


def values(record: Record) -> dict[str, Any]:
    assert isinstance(record, Row), record
    return dict(zip(model.STORED[record.table].names, record.values, strict=True))


def notes(records: list[Record]) -> list[str]:
    return [values(r)["note"] for r in records if isinstance(r, Row) and r.table == "notes"]


def messages(records: list[Record]) -> list[Message]:
    return [r for r in records if isinstance(r, Message)]


def skipped(records: list[Record]) -> list[str]:
    return [r.reason for r in records if isinstance(r, Skipped)]


# --- Connections ---------------------------------------------------------------------------------


@pytest.mark.parametrize("preamble", ["", NOTES])
@pytest.mark.parametrize("columns", [CONNECTIONS, CONNECTIONS_OLD])
def test_connections_of_every_era(tmp_path: Path, preamble: str, columns: tuple[str, ...]) -> None:
    (record,) = one(preamble + table(columns, INES), tmp_path)
    row = values(record)
    assert row["name"] == "Ines Brandt"
    assert row["profile"] == ("linkedin.com/in/ines-brandt" if "URL" in columns else None)
    assert (row["address"], row["organisation"]) == ("ines@example.org", "Holm, Sohn & Co")
    assert row["connected_at"] == row["stated_at"] == datetime(2026, 2, 8, tzinfo=UTC)


SAVED_AGAIN = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "utf-16, tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "utf-16 without mark": lambda text: text.encode("utf-16-le"),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "windows-1252": lambda text: text.encode("cp1252"),
    "trailing commas": lambda text: text.replace("\n", ",,\n").encode(),
    "empty rows at the end": lambda text: (text + ",,,,,,\n\n").encode(),
    "spread header": lambda text: text.replace("First Name", " FIRST_NAME ").encode(),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "quoted": lambda text: "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in text.splitlines()
    ).encode(),
}


@pytest.mark.parametrize("way", SAVED_AGAIN)
def test_files_saved_again_read_the_same(tmp_path: Path, way: str) -> None:
    rows = table(CONNECTIONS, {**INES, "Company": "Häuser AG", "Connected On": "4-Apr-21"})
    records = one(SAVED_AGAIN[way](rows), tmp_path)
    row = values(records[0])
    assert (row["name"], row["organisation"]) == ("Ines Brandt", "Häuser AG")
    assert row["connected_at"] == datetime(2021, 4, 4, tzinfo=UTC)
    assert skipped(records) == (["empty row"] if way == "empty rows at the end" else [])


def test_hidden_members_are_kept_each_and_have_no_name(tmp_path: Path) -> None:
    text = table(CONNECTIONS) + ",,,,,,07 Jun 2026\n,,,,,,07 Jun 2026"
    rows = [values(r) for r in one(text, tmp_path)]
    assert [r["name"] for r in rows] == [None, None]
    assert len({r["key"] for r in rows}) == 2
    assert [values(r)["key"] for r in one(text, tmp_path)] == [r["key"] for r in rows]


def test_a_column_named_twice_counts_once(tmp_path: Path) -> None:
    columns = (*CONNECTIONS, "Company")
    text = table(columns, INES)
    text = text.replace('08 Feb 2026,"Holm, Sohn & Co"', "08 Feb 2026,Other")
    assert values(one(text, tmp_path)[0])["organisation"] == "Holm, Sohn & Co"


# --- messages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("era", MESSAGES)
def test_messages_of_every_era(tmp_path: Path, era: str, quoting: int) -> None:
    (made,) = messages(one(table(MESSAGES[era], HELLO, quoting=quoting), tmp_path, "messages.csv"))
    assert made.channel == "linkedin"
    assert made.from_address == "linkedin.com/in/ines-brandt"
    assert made.sent_at == datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)
    assert made.body == HELLO["CONTENT"]
    assert (made.thread_hint, made.labels, made.box) == ("2-abc==", "INBOX", "inbox")
    expected = "name:omar haddad" if era == "9" else "linkedin.com/in/omar-haddad"
    assert [(r.role, r.address, r.name) for r in made.recipients] == [
        ("to", expected, "Omar Haddad")
    ]


def test_a_message_has_one_key_in_every_era(tmp_path: Path) -> None:
    keys = {
        messages(one(table(columns, HELLO), tmp_path, "messages.csv"))[0].key
        for columns in MESSAGES.values()
    }
    assert len(keys) == 1


@pytest.mark.parametrize("column", ["IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"])
def test_drafts_are_no_messages(tmp_path: Path, column: str) -> None:
    (made,) = messages(
        one(table(MESSAGES["13"], {**HELLO, column: "Yes"}), tmp_path, "messages.csv")
    )
    assert made.box == "draft"


def test_sponsored_mail_hidden_members_and_pages_are_told_apart(tmp_path: Path) -> None:
    sponsored = {
        **HELLO, "FROM": "Nora Vik", "SENDER PROFILE URL": "",
        "CONTENT": '<p class="spinmail-quill-editor__spin-break">Grow your pipeline</p>',
    }  # fmt: skip
    hidden = {**HELLO, "FROM": "LinkedIn Member", "SENDER PROFILE URL": "", "CONTENT": "Bye"}
    page = {
        **HELLO,
        "SENDER PROFILE URL": "https://www.linkedin.com/company/acme",
        "CONTENT": "New",
    }
    made = messages(one(table(MESSAGES_10, sponsored, hidden, page), tmp_path, "messages.csv"))
    assert [m.automated_signs for m in made] == ["sponsored", "", "organisation"]
    assert [m.from_address for m in made] == ["", "", "linkedin.com/company/acme"]
    assert [m.body for m in made] == [None, "Bye", None]


@pytest.mark.parametrize("name", ["guide_messages.csv", "learning_role_play_messages.csv"])
def test_talks_with_an_assistant_are_no_mail_of_people(tmp_path: Path, name: str) -> None:
    (made,) = messages(one(table(MESSAGES_10, HELLO), tmp_path, name))
    assert made.automated_signs == "assistant"


@pytest.mark.parametrize(
    ("to", "urls", "expected"),
    [
        ("Jane Doe, Ph.D.", "jane", ["linkedin.com/in/jane"]),
        ("Jane Doe, Ph.D., Li Wu", "jane,li-wu", ["linkedin.com/in/jane", "linkedin.com/in/li-wu"]),
        ("Jane Doe, Ph.D., PMP, Li Wu", "", ["name:jane doe ph d pmp", "name:li wu"]),
        ("Jane Doe, LinkedIn Member", "jane", ["linkedin.com/in/jane"]),
        (
            "Brandt, Ines, Li Wu",
            "ines-brandt,li-wu",
            ["linkedin.com/in/ines-brandt", "linkedin.com/in/li-wu"],
        ),
        ("LinkedIn Member", "", []),
        ("", "", []),
    ],
)
def test_names_with_commas(tmp_path: Path, to: str, urls: str, expected: list[str]) -> None:
    joined = ",".join(link(slug) for slug in urls.split(",") if slug)
    row = {**HELLO, "TO": to, "RECIPIENT PROFILE URLS": joined}
    (made,) = messages(one(table(MESSAGES_10, row), tmp_path, "messages.csv"))
    assert [r.address for r in made.recipients] == expected


def test_a_name_without_link_takes_the_link_it_has_elsewhere(tmp_path: Path) -> None:
    answer = {
        **HELLO,
        "FROM": "Omar Haddad",
        "SENDER PROFILE URL": link("omar-haddad"),
        "TO": "Ines Brandt",
    }
    made = messages(one(table(MESSAGES_9, HELLO, answer), tmp_path, "messages.csv"))
    assert made[0].recipients[0].address == "linkedin.com/in/omar-haddad"
    assert made[1].recipients[0].address == "linkedin.com/in/ines-brandt"


def test_html_becomes_text(tmp_path: Path) -> None:
    row = {**HELLO, "CONTENT": "<p>Hello &amp; hi</p><p>a <b>b</b></p>"}
    (made,) = messages(one(table(MESSAGES_10, row), tmp_path, "messages.csv"))
    assert made.body == "Hello & hi\na b"


# --- the other tables ----------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [INVITATIONS, INVITATIONS_OLD])
def test_invitations_of_every_era(tmp_path: Path, columns: tuple[str, ...]) -> None:
    out = {
        "From": "Omar Haddad", "To": "Ines Brandt", "Sent At": "1/29/26, 2:37\u202fPM",
        "Message": "We met at the fair, didn't we?", "Direction": "OUTGOING",
        "inviterProfileUrl": link("omar-haddad"), "inviteeProfileUrl": link("ines-brandt"),
    }  # fmt: skip
    rows = [values(r) for r in one(table(columns, out, {**out, "Direction": "INCOMING"}), tmp_path)]
    assert [(r["kind"], r["direction"], r["name"]) for r in rows] == [
        ("invitation", "out", "Ines Brandt"),
        ("invitation", "in", "Omar Haddad"),
    ]
    assert rows[0]["made_at"] == datetime(2026, 1, 29, 14, 37, tzinfo=UTC)
    assert rows[0]["text"] == "We met at the fair, didn't we?"
    with_links = "inviterProfileUrl" in columns
    assert rows[0]["profile"] == ("linkedin.com/in/ines-brandt" if with_links else None)


@pytest.mark.parametrize("visibility", [(), ("Visibility",)])
def test_shares_hold_each_line_as_a_piece_of_its_own(
    tmp_path: Path, visibility: tuple[str, ...]
) -> None:
    columns = ("Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", *visibility)
    text = 'First line"\n""\n"He said ""yes"" twice'
    row = {
        "Date": "2023-01-02 10:11:12",
        "ShareLink": "https://l.example/1",
        "ShareCommentary": text,
    }
    post = values(one(table(columns, row, quoting=csv.QUOTE_ALL), tmp_path, "Shares.csv")[0])
    assert (post["kind"], post["link"]) == ("share", "https://l.example/1")
    assert post["text"] == 'First line\n\nHe said "yes" twice'


def test_shares_may_hold_each_line_as_a_raw_piece(tmp_path: Path) -> None:
    text = (
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        '2023-01-02 10:11:12,https://l.example/1,"First, line"\n'
        '""\n'
        '"He said ""yes"" twice",,,MEMBER_NETWORK\n'
        '2023-01-03 10:11:12,https://l.example/2,"Cut short"\n'
        '"2023-01-04 10:11:12",https://l.example/3,"One line",,,MEMBER_NETWORK\n'
    )
    rows = [values(r) for r in one(text, tmp_path, "Shares.csv")]
    assert [r["text"] for r in rows] == [
        'First, line\n\nHe said "yes" twice',
        "Cut short",
        "One line",
    ]


def test_comments_escape_quotes_with_a_backslash(tmp_path: Path) -> None:
    text = (
        "Date,Link,Message\n"
        '2024-05-01 10:00:00,https://l.example/1,"He said \\"no, thanks\\",\nand left.\n\n'
        'Not \\"me\\"."\n'
        ",https://l.example/2,Plain\n"
        '2024-05-02 10:00:00,https://l.example/3,"RFC ""style"""\n'
        "2024-05-03 10:00:00,https://l.example/4,Commas, unquoted, too\n"
        '2024-05-04 10:00:00,https://l.example/5,"ends in C:\\"\n'
    )
    rows = [values(r) for r in one(text, tmp_path, "Comments_252701747.csv")]
    assert [r["text"] for r in rows] == [
        'He said "no, thanks",\nand left.\n\nNot "me".',
        "Plain",
        'RFC "style"',
        "Commas,unquoted,too",
        "ends in C:\\",
    ]
    assert rows[1]["posted_at"] is None


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        (
            "Reactions.csv",
            "Date,Type,Link\n2024-05-01 10:00:00,LIKE,https://l.example/1\n",
            "reaction",
        ),
        (
            "Votes.csv",
            "Date,Link,OptionText\n2024-05-01 10:00:00,https://l.example/1,Yes\n",
            "vote",
        ),
        ("InstantReposts.csv", "Date,Link\n2024-05-01 10:00:00,https://l.example/1\n", "repost"),
    ],
)
def test_clicks_are_posts_without_words(tmp_path: Path, name: str, text: str, kind: str) -> None:
    post = values(one(text, tmp_path, name)[0])
    assert (post["kind"], post["link"], post["text"]) == (kind, "https://l.example/1", None)
    assert post["posted_at"] == datetime(2024, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("with_url", [True, False])
@pytest.mark.parametrize(("side", "direction"), [("Endorser", "in"), ("Endorsee", "out")])
def test_endorsements_both_ways(tmp_path: Path, side: str, direction: str, with_url: bool) -> None:
    columns = ["Endorsement Date", "Skill Name", f"{side} First Name", f"{side} Last Name"]
    cells = ["2025/06/10 23:13:46 UTC", "Negotiation", "Ines", "Brandt"]
    if with_url:
        columns.append(f"{side} Public Url")
        cells.append("www.linkedin.com/in/ines-brandt")
    text = ",".join([*columns, "Endorsement Status"]) + "\n" + ",".join([*cells, "ACCEPTED"]) + "\n"
    row = values(one(text, tmp_path, "Endorsement_Info.csv")[0])
    assert (row["kind"], row["direction"], row["name"]) == ("endorsement", direction, "Ines Brandt")
    assert (row["text"], row["status"]) == ("Negotiation", "accepted")
    assert row["profile"] == ("linkedin.com/in/ines-brandt" if with_url else None)
    assert row["made_at"] == datetime(2025, 6, 10, 23, 13, 46, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("Recommendations_Given.csv", "out"),
        ("recommendations received_1.csv", "in"),
        ("r.csv", None),
    ],
)
def test_recommendations_both_ways(tmp_path: Path, name: str, direction: str | None) -> None:
    text = (
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
        'Ines,Brandt,Holm,Head,"Reliable,\nkind","08/30/22, 05:51 PM",VISIBLE\n'
    )
    row = values(one(text, tmp_path, name)[0])
    assert (row["direction"], row["name"], row["organisation"]) == (
        direction,
        "Ines Brandt",
        "Holm",
    )
    assert (row["text"], row["status"]) == ("Reliable,\nkind", "visible")
    assert row["made_at"] == datetime(2022, 8, 30, 17, 51, tzinfo=UTC)


def test_events_have_a_start_and_an_end(tmp_path: Path) -> None:
    text = (
        "Event Name,Event Time,Status,External Url\n"
        'Trade fair,"Apr 08, 2024 07:00 AM - Apr 08, 2024 05:00 PM",ATTENDING,\n'
    )
    row = values(one(text, tmp_path, "Events.csv")[0])
    assert (row["summary"], row["status"]) == ("Trade fair", "attending")
    assert row["starts_at"] == datetime(2024, 4, 8, 7, tzinfo=UTC)
    assert row["ends_at"] == datetime(2024, 4, 8, 17, tzinfo=UTC)


def owned(records: list[Record]) -> list[tuple[str, str]]:
    rows = [values(r) for r in records if isinstance(r, Row) and r.table == "owned"]
    return [(row["kind"], row["value"]) for row in rows]


PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\nOmar,Haddad,,,,Buyer,\n"
)


def test_whose_export_it_is(tmp_path: Path) -> None:
    files = {
        "Profile.csv": PROFILE,
        "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\n"
        "old@example.org,Yes,No,\nOmar@Example.org,Yes,Yes,2020-01-01 00:00:00 UTC\n",
        "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
        "Holm,Buyer,,,Jan 2020,\n",
        "messages.csv": table(MESSAGES_10, HELLO),
    }
    found = owned(read(export(tmp_path / "e.zip", files)))
    assert found == [
        ("name", "Omar Haddad"),
        ("address", "old@example.org"),
        ("address", "omar@example.org"),
        ("employer", "Holm"),
        ("profile", "linkedin.com/in/omar-haddad"),
    ]


def test_the_owners_profile_is_not_guessed_from_one_conversation(tmp_path: Path) -> None:
    assert (
        owned(read(export(tmp_path / "e.zip", {"messages.csv": table(MESSAGES_10, HELLO)}))) == []
    )


@pytest.mark.parametrize("name", ["Contacts.csv", "ImportedContacts.csv"])
def test_contacts(tmp_path: Path, name: str) -> None:
    text = (
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt\n"
        'GMAIL,Ines,Brandt,Holm,Head,"ines@example.org,I.Brandt@example.com",,"3/4/20, 1:00 AM"\n'
    )
    row = values(one(text, tmp_path, name)[0])
    assert (row["name"], row["addresses"]) == (
        "Ines Brandt",
        "i.brandt@example.com; ines@example.org",
    )


# --- torn, ragged, huge ---------------------------------------------------------------------------


def test_a_stray_quote_costs_its_own_row(tmp_path: Path) -> None:
    rows = [{**INES, "First Name": f"N{n}"} for n in range(6)]
    text = table(CONNECTIONS_OLD, *rows).replace("N2,Brandt", 'N2,"Brandt')
    records = one(text, tmp_path)
    assert [values(r)["name"] for r in records if isinstance(r, Row)] == [
        f"N{n} Brandt" for n in (0, 1, 3, 4, 5)
    ]
    assert [(r.offset, r.reason) for r in records if isinstance(r, Skipped)] == [(3, "torn row")]


def test_a_file_cut_anywhere_keeps_its_whole_rows(tmp_path: Path) -> None:
    rows = [{**HELLO, "CONTENT": f'Text {n},\n"quoted"\nend'} for n in range(3)]
    text = table(MESSAGES_10, *rows)
    start = text.index("2-abc")
    for stop in range(start, len(text), 3):
        records = one(text[:stop], tmp_path, "messages.csv")
        whole = text[:stop].count("INBOX")
        assert len([m for m in messages(records) if m.labels == "INBOX"]) == whole
        assert len(records) <= whole + 1


def test_ragged_rows(tmp_path: Path) -> None:
    text = "Date,Type,Link\n2024-05-01 10:00:00,LIKE,https://l.example/1,more,cells\n2024-05-01\n"
    text += "2024-05-01 10:00:00,LIKE,https://l.example/2\n"
    records = one(text, tmp_path, "Reactions.csv")
    assert skipped(records) == ["row with more cells than columns", "torn row"]
    assert len(records) == 3


def test_a_cell_of_ten_megabytes_is_kept(tmp_path: Path) -> None:
    text = "".join(f"{n:x} " for n in range(1_600_000))
    rows = [{**HELLO, "CONTENT": text}, {**HELLO, "CONTENT": "y"}]
    made = messages(one(table(MESSAGES_10, *rows), tmp_path, "messages.csv"))
    assert [m.is_truncated for m in made] == [True, False]
    assert made[0].size_bytes == len(text.strip()) > 10_000_000


def test_a_cell_beyond_the_limit_costs_its_own_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_limits, "MAX_ROW_CHARS", 1_000)
    rows = [{**HELLO, "CONTENT": text} for text in ("a", "x" * 5_000, "b", "y\n" * 5_000, "c")]
    records = one(table(MESSAGES_10, *rows), tmp_path, "messages.csv")
    assert [m.body for m in messages(records)] == ["a", "b", "c"]
    assert skipped(records) == ["row beyond the size limit", "torn row"]


def test_dates_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    text = table(CONNECTIONS, {**INES, "Connected On": "the day before"})
    records = read(export(tmp_path / "e.zip", {"Connections.csv": text, "x.csv": ""}))
    assert values(records[0])["connected_at"] is None
    assert "1 rows hold a date that could not be read" in notes(records)


# --- containers ----------------------------------------------------------------------------------


def test_zip_folder_and_single_file_give_the_same_rows(tmp_path: Path) -> None:
    text = NOTES + table(CONNECTIONS, INES)
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "connections (1).CSV").write_text(text)
    zipped = export(tmp_path / "any name", {"sub folder/connections (1).CSV": text})
    keys = [
        [values(r)["key"] for r in read(path) if isinstance(r, Row) and r.table == "connections"]
        for path in (tmp_path / "export", zipped, folder / "connections (1).CSV")
    ]
    assert len(keys[0]) == 1
    assert keys[0] == keys[1] == keys[2]


def test_what_is_absent_empty_or_of_no_use_is_named_in_a_line_each(tmp_path: Path) -> None:
    files = {
        "Connections.csv": table(CONNECTIONS, INES),
        "messages.csv": "No conversations found\n",
        "Invitations.csv": "Von,An,Wann\nA,B,C\nD,E,F\nG,H,I\n",
        "Skills.csv": "Name\nPatience\nTact\nHumour\nCSV,again\n",
        "Shares.csv": "Date,ShareLink,ShareCommentary\n",
    }
    assert notes(read(export(tmp_path / "e.zip", files))) == [
        "holds no messages, Invitations",
        "empty: Shares.csv, messages.csv",
        "header not understood: Invitations.csv",
        "of no use here, not read: Skills.csv",
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"a.csv": "x,y\n1,2\n"},
        {"Connections.csv": "Some,Other,Header\n"},
        {"notes.txt": "First Name,Last Name,Connected On\n"},
        {},
    ],
)
def test_other_zips_are_no_export(tmp_path: Path, files: dict[str, str]) -> None:
    assert not linkedin.recognise(export(tmp_path / "LinkedInDataExport.zip", {**files, "z": ""}))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x05\x06", b"PK" + bytes(100), b"From a@b\n\nHi\n", b"\0" * 999]
)
def test_other_files_are_no_export(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "Connections.csv"
    path.write_bytes(data)
    assert not linkedin.recognise(path)


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    text = table(CONNECTIONS, INES)
    names = ["../../evil.csv", "/abs.csv", "C:\\..\\y.csv", "a/../../b.csv", "n\n\x1b]0;x.csv"]
    path = (
        export(tmp_path / "in" / "e.zip", dict.fromkeys(names, text))
        if (tmp_path / "in").mkdir() is None
        else tmp_path
    )
    records = [r for r in read(path) if isinstance(r, Row) and r.table == "connections"]
    assert len(records) == 5
    assert all(values(r)["source_path"].isprintable() for r in records)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["e.zip", "in"]


def test_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", table(CONNECTIONS, INES))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("Connections.csv", table(CONNECTIONS, {**INES, "First Name": "Nora"}))
    rows = [values(r) for r in read(path) if isinstance(r, Row) and r.table == "connections"]
    assert [row["name"] for row in rows] == ["Ines Brandt", "Nora Brandt"]


def test_bombs_links_and_nested_archives_are_left_and_the_rest_is_read(tmp_path: Path) -> None:
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").close()
    symlink = zipfile.ZipInfo("Contacts.csv")
    symlink.external_attr = 0o120777 << 16
    path = export(
        tmp_path / "e.zip",
        {
            "bomb.csv": bytes(20 << 20),
            "inner.zip": inner.getvalue(),
            "Connections.csv": table(CONNECTIONS, INES),
        },
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(symlink, "/etc/passwd")
    records = read(path)
    assert skipped(records) == [
        "compressed too far to be a table, not read",
        "an archive inside the export is not opened",
        "a link, not followed",
    ]
    assert sum(isinstance(r, Row) and r.table == "connections" for r in records) == 1


def test_a_size_that_lies_is_told(tmp_path: Path) -> None:
    text = table(CONNECTIONS, *({**INES, "First Name": f"N{n}"} for n in range(200)))
    path = export(tmp_path / "e.zip", {"Connections.csv": text, "x.csv": ""})
    data = path.read_bytes()
    size = len(text).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (len(text) // 2).to_bytes(4, "little")))
    records = read(path)
    assert "damaged, the rest was not read" in skipped(records)


def test_too_many_members_are_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(
        tmp_path / "e.zip", {"Connections.csv": table(CONNECTIONS, INES), "b": "", "c": ""}
    )
    monkeypatch.setattr(limits, "MAX_MEMBERS", 2)
    assert not linkedin.recognise(path)
    with pytest.raises(UserError, match="more than 2 members; left alone"):
        list(linkedin.read(Unit("linkedin", str(path))))


def test_a_folder_is_read_without_following_links_or_pipes(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(table(CONNECTIONS, INES))
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "Contacts.csv").symlink_to(tmp_path / "Connections.csv")
    os.mkfifo(tmp_path / "messages.csv")
    rows = [r for r in read(tmp_path) if isinstance(r, Row) and r.table == "connections"]
    assert len(rows) == 1


def test_a_folder_of_downloads_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(table(CONNECTIONS, INES))
    (tmp_path / "all.mbox").write_text("From a@b Mon Jan  1 00:00:00 2024\n\nHi\n")
    assert not linkedin.recognise(tmp_path)
    (tmp_path / "messages.csv").write_text(table(MESSAGES_10, HELLO))
    assert skipped(read(tmp_path)) == ["another export beside this one; ingest it by its own name"]


# --- any input -----------------------------------------------------------------------------------

name = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\"), max_size=9)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\\0"), max_size=40)


@given(st.lists(st.tuples(name, name, words), max_size=12), st.sampled_from(",;\t|"))
def test_every_written_row_comes_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("From", "To", "Sent At", "Message", "Direction"))
    writer.writerows((a, b, "1/29/26, 2:37 PM", text, "OUTGOING") for a, b, text in rows)
    lines = row_limits.Lines(row_limits.text_of(io.BytesIO(out.getvalue().encode())))
    found_head = row_limits.head(lines)
    assert found_head
    found = [row.values for row in row_limits.rows(lines, found_head) if isinstance(row, Cells)]
    assert [(r["from"], r["to"], r["message"]) for r in found] == [
        (a, b, text.strip()) for a, b, text in rows
    ]


@given(
    st.sampled_from([MESSAGES_10, CONNECTIONS, INVITATIONS, ("Date", "Link", "Message")]),
    st.text(max_size=200),
)
def test_any_text_is_read_and_its_lines_are_bounded(columns: tuple[str, ...], body: str) -> None:
    text = row_limits.text_of(
        io.BytesIO((",".join(columns) + "\n" + body).encode("utf-8", "replace"))
    )
    lines = row_limits.Lines(text)
    found_head = row_limits.head(lines)
    assert found_head
    found = list(row_limits.rows(lines, found_head))
    assert [row.number for row in found] == list(range(1, len(found) + 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    row_limits.head(row_limits.Lines(row_limits.text_of(io.BytesIO(data))))


# --- the sample export ----------------------------------------------------------------------------


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="the sample export does not stand beside the project")
def test_the_sample_export_goes_in_whole() -> None:
    path = DATA / "synthetic_sample_export.zip"
    records = read(path)
    assert skipped(records) == []
    got: Counter[str] = Counter()
    for record in records:
        source = (
            record.source_path
            if isinstance(record, Message)
            else str(values(record).get("source_path"))
        )
        if "!" in source:
            got[source.rpartition("!")[2]] += 1
    got["Invitations.csv"] -= 1  # the owner's profile, which the rows say together
    with zipfile.ZipFile(path) as archive:
        for name, count in got.items():
            text = io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="")
            preamble = 3 if name == "Connections.csv" else 0
            rows = [row for row in csv.reader(text) if row]
            assert count == len(rows) - (preamble or 1), name
    assert got.total() > 24_000


def test_control_characters_and_line_ends_do_not_get_into_names(tmp_path: Path) -> None:
    row = {**HELLO, "CONVERSATION ID": "2-a\nb\x1b[2J", "TO": "Omar\nHaddad", "CONTENT": "a\0b\nc"}
    (message,) = one(table(MESSAGES["13"], row), tmp_path, "messages.csv")
    assert isinstance(message, Message)
    assert message.thread_hint == "2-a b[2J"
    assert [recipient.name for recipient in message.recipients] == ["Omar Haddad"]
    assert message.body == "ab\nc"
