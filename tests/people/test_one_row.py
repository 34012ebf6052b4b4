"""A person known by mail, LinkedIn and calendar is one row, under an id that holds."""

import pytest
from tests import exports
from tests.build import mbox, message
from typer.testing import CliRunner

import netaudit
from netaudit.cli import app

ME = "jane.doe@acme.example"
ISOLDE = "isolde@a.example"
ICS = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1@a.example
DTSTAMP:20240201T090000Z
DTSTART:20240205T090000Z
DTEND:20240205T100000Z
SUMMARY:Plans
ORGANIZER;CN=Isolde Rowandale:mailto:{ISOLDE}
ATTENDEE;CN=Jane Doe;PARTSTAT=ACCEPTED:mailto:{ME}
END:VEVENT
END:VCALENDAR
"""


def _letter(number, day, sender, to, name):
    return message(
        From=f"{name} <{sender}>",
        To=to,
        Date=f"{day} Jan 2024 10:00:00 +0000",
        Message_ID=f"<{number}@x.example>",
    )


@pytest.fixture
def folder(tmp_path):
    """Three exports of one acquaintance, and a stranger's mail for later."""
    letters = [
        _letter(1, 3, ISOLDE, ME, '"Rowandale, Isolde (Legal)"'),
        _letter(2, 4, ME, ISOLDE, "Jane Doe"),
        _letter(3, 5, "rowandale@b.example", ME, "Isolde Rowandale"),
    ]
    (tmp_path / "box.mbox").write_bytes(mbox(letters))
    (tmp_path / "later.mbox").write_bytes(
        mbox([_letter(4, 20, "tristan@c.example", ME, "Tristan Quimby")])
    )
    (tmp_path / "agenda.ics").write_text(ICS.replace("\n", "\r\n"), newline="")
    row = {"First Name": "Isolde", "Last Name": "Rowandale", "URL": exports.link("isolde-r"),
           "Connected On": "10 Jan 2024"}  # fmt: skip
    table = exports.NOTES + exports.table(exports.CONNECTIONS, row)
    exports.export(tmp_path / "linkedin.zip", {"Connections.csv": table})
    return tmp_path


def _ingest(folder, *names, out="out"):
    words = ["ingest", *(str(folder / name) for name in names), "--out", str(folder / out)]
    result = CliRunner().invoke(app, [*words, "--me", ME, "--workers", "1", "--no-text"])
    assert result.exit_code == 0, result.output
    return folder / out


def _corrected(out, *words):
    result = CliRunner().invoke(app, ["people", *words, "--out", str(out)])
    assert result.exit_code == 0, result.output


def _ids(out):
    """Address -> person_id."""
    people = netaudit.open(out).people
    each = people.assign(address=people["addresses"].str.split("; ")).explode("address")
    return each.set_index("address")["person_id"].to_dict()


ALL = ("box.mbox", "linkedin.zip", "agenda.ics")


def test_mail_linkedin_and_calendar_make_one_row(folder):
    rows = netaudit.open(_ingest(folder, *ALL)).audit("2024-03-01").relationships
    (row,) = rows.to_dict("records")
    assert row["name"] == "Isolde Rowandale"
    assert set(row["channels"].split("; ")) == {"mail", "linkedin", "calendar"}
    assert set(row["addresses"].split("; ")) == {ISOLDE, "rowandale@b.example"}
    assert "isolde-r" in row["profiles"]


def test_ids_stay_when_exports_are_read_again_in_any_order_and_with_later_mail(folder):
    before = _ids(_ingest(folder, *ALL))
    assert _ids(_ingest(folder, *ALL)) == before
    assert _ids(_ingest(folder, *reversed(ALL), out="other")) == before
    later = _ids(_ingest(folder, "later.mbox"))
    assert {address: later[address] for address in before} == before
    assert later["tristan@c.example"] not in before.values()


def test_ids_hold_through_corrections_of_who_is_who(folder):
    out = _ingest(folder, *ALL, "later.mbox")
    before = _ids(out)
    isolde, tristan = before[ISOLDE], before["tristan@c.example"]
    _corrected(out, "merge", ISOLDE, "tristan@c.example")
    merged = netaudit.open(out).audit("2024-03-01").people
    assert _ids(out)["tristan@c.example"] == isolde, "the earlier first contact stays"
    assert merged.resolve_id(tristan) == isolde
    _corrected(out, "undo")
    assert _ids(out) == before
    _corrected(out, "split", "rowandale@b.example")
    split = _ids(out)
    assert (split[ISOLDE], split["tristan@c.example"], split[ME]) == (isolde, tristan, before[ME])
    assert split["rowandale@b.example"] not in before.values()
