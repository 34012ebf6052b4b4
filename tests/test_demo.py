"""The demo: its files repeat byte for byte, are what they claim to be, and the truth is true."""

import csv
import io
import json
import mailbox
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from netaudit import demo
from netaudit.cli import app
from netaudit.demo import truth as truths
from netaudit.demo.archetypes import ARCHETYPES
from netaudit.errors import UserError

SMALL = {"years": 2, "scale": 0.1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder, **SMALL)
    return folder


@pytest.fixture(scope="module")
def mails(folder):
    box = mailbox.mbox(folder / "demo.mbox")
    messages = list(box)
    box.close()
    return messages


def truth(folder: Path, name: str):
    text = (folder / "truth" / name).read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in text.splitlines()]
    return json.loads(text)


def member(folder: Path, name: str) -> str:
    with zipfile.ZipFile(folder / "demo-linkedin.zip") as archive:
        return archive.read(name).decode("utf-8")


def test_another_process_writes_the_same_bytes(folder, tmp_path):
    code = (
        "import pathlib, sys; from netaudit import demo;"
        f"demo.write(pathlib.Path(sys.argv[1]), years={SMALL['years']}, scale={SMALL['scale']})"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONPATH": "pipeline", "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"},
    )
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    for name in files:
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_another_seed_tells_another_life(folder, tmp_path):
    demo.write(tmp_path, seed=2, **SMALL)
    names = [{p["name"] for p in truth(f, "people.json")} for f in (folder, tmp_path)]
    assert len(names[0] & names[1]) < 0.3 * len(names[0])


def test_files_are_private(folder):
    for path in [folder, *folder.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted or path == folder, path


def test_every_mail_of_the_truth_stands_in_the_mailbox(folder, mails):
    ids = Counter(str(message["Message-ID"]).strip("<>") for message in mails)
    told = [m["message_id"] for m in truth(folder, "messages.jsonl") if m["channel"] == "mail"]
    summary = truth(folder, "summary.json")
    assert set(ids) == set(told)
    assert len(told) == len(set(told)) == summary["mails"]
    assert sum(ids.values()) == summary["mails"] + summary["duplicates"]


def test_answers_name_what_they_answer(folder, mails):
    box = {str(m["Message-ID"]).strip("<>"): m for m in mails}
    answers = [m for m in truth(folder, "messages.jsonl") if m.get("answers")]
    answers = [m for m in answers if m["channel"] == "mail"]
    assert len(answers) > 100
    for told in answers:
        message = box[told["message_id"]]
        assert message["In-Reply-To"] == f"<{told['answers']}>"
        assert message["References"].split()[-1] == f"<{told['answers']}>"


def test_acts_are_said_in_the_message_they_are_told_of(folder):
    texts = {m["message_id"]: m.get("new_text", "") for m in truth(folder, "messages.jsonl")}
    acts = truth(folder, "acts.jsonl")
    assert {act["act"] for act in acts} == {
        "ask", "offer", "promise", "give", "thanks", "apology", "small_talk", "scheduling",
    }  # fmt: skip
    for act in acts:
        text = re.sub(r"\s+", " ", texts[act["message_id"]])
        assert re.sub(r"\s+", " ", act["sentence"]) in text


def test_typed_text_stands_in_the_mail(folder, mails):
    texts = {m["message_id"]: m.get("new_text", "") for m in truth(folder, "messages.jsonl")}
    checked = 0
    for message in mails:
        part = next(p for p in message.walk() if not p.is_multipart())
        if part.get_content_type() != "text/plain":
            continue
        body = part.get_payload(decode=True).decode(part.get_content_charset())
        first = texts[str(message["Message-ID"]).strip("<>")].split("\n")[-1]
        assert first in re.sub(r"(?m)^>(>*From )", r"\1", body)
        checked += 1
    assert checked > 300


def test_labels_keep_spam_drafts_and_hard_names_apart(mails):
    labels = {str(make_header(decode_header(mail["X-Gmail-Labels"]))) for mail in mails}
    assert "Spam" in labels
    assert 'Sent,"Mailings, mine"' in labels
    assert any("Privé" in label for label in labels)


def test_linkedin_files_have_their_headers_and_all_rows(folder):
    assert member(folder, "Connections.csv").startswith('Notes:\n"')
    table = member(folder, "Connections.csv").split("\n\n", 1)[1]
    rows = list(csv.DictReader(io.StringIO(table)))
    summary = truth(folder, "summary.json")
    assert sum(bool(row["URL"]) for row in rows) == summary["connections"]
    messages = list(csv.DictReader(io.StringIO(member(folder, "messages.csv"))))
    written = [
        row for row in messages if row["SENDER PROFILE URL"] and row["IS MESSAGE DRAFT"] == "No"
    ]
    assert len(written) == summary["linkedin_messages"]
    assert any(row["IS MESSAGE DRAFT"] == "Yes" for row in messages)
    assert any(row["FROM"] == "LinkedIn Member" for row in messages)


def test_calendar_holds_the_events_of_the_truth(folder):
    calendar = Calendar.from_ical((folder / "demo.ics").read_bytes())
    uids = {str(event["uid"]) for event in calendar.walk("VEVENT")}
    told = truth(folder, "events.json")["gatherings"]
    assert uids == {event["uid"] for event in told if event["in_calendar"]}
    cancelled = {str(e["uid"]) for e in calendar.walk("VEVENT") if e.get("status") == "CANCELLED"}
    assert cancelled == {e["uid"] for e in told if e["in_calendar"] and e["cancelled"]}


def test_every_part_is_played_and_means_something(folder):
    people = truth(folder, "people.json")
    assert {person["archetype"] for person in people} == set(ARCHETYPES)
    shares = {}
    for person in people:
        total = person["n_out_direct"] + person["n_in_direct"]
        shares.setdefault(person["archetype"], []).append(person["n_out_direct"] / max(total, 1))
    assert min(shares["one_sided_out"]) > 0.75
    assert max(shares["one_sided_in"]) < 0.25
    assert all(0.3 < share < 0.7 for share in shares["balanced"])


def test_who_fell_silent_after_some_letters_both_ways_may_be_called_dormant(folder):
    last = {row["id"]: row for row in truth(folder, "quarters.jsonl")}
    silent = [
        person
        for person in truth(folder, "people.json")
        if person["id"] in last
        and last[person["id"]]["days_since_last"] > 100
        and min(person["n_out_direct"], person["n_in_direct"]) >= 2
    ]
    assert silent
    for person in silent:
        assert "dormant" in [*person["unclear"], *(e["pattern"] for e in person["expected"])]


class _Known:
    def __init__(self, **record):
        self.record = lambda: record


def test_whose_mail_it_is_at_a_shared_address_nobody_can_say():
    dormant = [{"pattern": "dormant"}]
    pair = truths._people([
        _Known(id="a", addresses=["both@x.example"], expected=dormant, unclear=["giving"]),
        _Known(id="b", addresses=["both@x.example", "b@x.example"], expected=[], unclear=[]),
        _Known(id="c", addresses=["c@x.example"], expected=[], unclear=[]),
    ])  # fmt: skip
    assert [one["unclear"] for one in pair] == [["giving"], ["dormant", "giving"], []]


def test_quarters_tell_when_a_tie_lapsed(folder):
    checked = 0
    for person in truth(folder, "people.json"):
        since = [e["since"] for e in person["expected"] if e["pattern"] == "dormant"]
        if not since:
            continue
        rows = [row for row in truth(folder, "quarters.jsonl") if row["id"] == person["id"]]
        states = [row["state"] for row in rows]
        lapsed = rows[states.index("lapsed", states.index("running"))]["quarter"]
        assert lapsed == f"{since[0][:4]}Q{(int(since[0][5:7]) - 1) // 3 + 1}"
        assert states[-1] == "lapsed"
        checked += 1
    assert checked


def test_turns_of_a_tie_are_told_in_order(folder):
    turns = defaultdict(set)
    for person in truth(folder, "people.json"):
        times = [change["at"] for change in person["changes"]]
        assert times == sorted(times)
        turns[person["archetype"]].add(tuple(change["what"] for change in person["changes"]))
    assert turns["revived"] == {("lapsed", "revived")}
    assert turns["became_one_sided"] <= {("one_sided",), ()}
    assert turns["cooling"] == turns["dormant"] == {("lapsed",)}
    assert turns["balanced"] == {()}


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as caught:
        demo.write(tmp_path / "file" / "demo", **SMALL)
    assert str(tmp_path / "file" / "demo") in str(caught.value)


def test_command_prints_the_exports(tmp_path):
    result = CliRunner().invoke(
        app, ["demo", str(tmp_path / "d"), "--years", "2", "--scale", ".05"]
    )
    assert result.exit_code == 0
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == ["demo.mbox", "demo-linkedin.zip", "demo.ics"]
