"""`netaudit review`: every answer is kept at once, whatever happens next."""

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from tests import fictional
from tests.letters import write_mbox
from typer.testing import CliRunner

from netaudit import actions, answers, journal
from netaudit.cli import app
from netaudit.cli._ritual import Ritual, Said, understand
from netaudit.people import decision_file

TODAY = dt.date(2026, 10, 2)
NOW = dt.datetime(2026, 10, 2, 9, tzinfo=dt.UTC)
SOURCE = Path(__file__).parents[1] / "pipeline"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("done\n", Said("done")),
        (" D ", Said("done")),
        ("k", Said("skip")),
        ("snooze", Said("snooze", "2026-11-01")),
        ("s 2w", Said("snooze", "2026-10-16")),
        ("snooze 3 months", Said("snooze", "2026-12-31")),
        ("snooze 2026-12-01", Said("snooze", "2026-12-01")),
        ("tag Mentor, client", Said("tag", text="mentor client")),
        ("n saw her; all well", Said("note", text="saw her; all well")),
        ("q", Said("quit")),
    ],
)
def test_answers_are_understood(line, said):
    assert understand(line, TODAY) == said


@pytest.mark.parametrize(
    "line", ["", "?", "dine", "snooze soon", "snooze 2026-10-02", "s 9999d", "tag", "tag ,", "note",
             "snooze 2026-13-01", "\x1b[2J"]
)  # fmt: skip
def test_what_is_not_understood_changes_nothing_and_is_told(line):
    said = understand(line, TODAY)
    assert said.verb == ""
    assert said.text


def run(out, lines):
    """A review of the fictional owner with these answers; what was shown."""
    audit, shown, left = fictional.audit(), [], list(lines)
    kept = journal.read(out).answers
    listed = answers.resumed(actions.choose(audit, kept), kept, audit)
    ritual = Ritual(audit, out, lambda _: left.pop(0) if left else None, shown.extend, lambda: NOW)
    ritual.run(listed)
    return shown, listed


def titles(shown):
    return [line for line in shown if re.match(r"\[\d+ of \d+\]", line)]


def test_one_after_the_other_and_on_from_where_it_stopped(tmp_path):
    shown, listed = run(tmp_path, ["done", "snooze 2w", "quit"])
    assert [title.split("]")[0] for title in titles(shown)] == ["[1 of 10", "[2 of 10", "[3 of 10"]
    again, _ = run(tmp_path, ["skip"])
    assert titles(again)[0] == titles(shown)[2]
    kept = journal.read(tmp_path).answers
    assert kept["answer"].tolist() == ["done", "snooze", "skip"]
    assert kept["name"].tolist() == listed["name"].tolist()[:3]
    assert kept["until"].tolist()[1] == "2026-10-16"
    assert set(kept["as_of"].dt.strftime("%Y-%m-%d")) == {"2026-09-30"}


def test_a_note_and_a_tag_leave_the_question_open(tmp_path):
    shown, _ = run(tmp_path, ["note met at the fair", "tag mentor", "done"])
    assert len(titles(shown)) == 2
    again, _ = run(tmp_path, [])
    assert titles(again)[0].startswith("[2 of")


def test_ignore_and_tag_are_decisions_on_people(tmp_path):
    _, listed = run(tmp_path, ["tag Mentor", "ignore"])
    made = decision_file.load(tmp_path)
    assert made.ignore[0].who == made.tag[0].who == (listed["addresses"][0],)
    assert made.tag[0].tags == ("mentor",)
    assert made.ignore[0].note == listed["name"][0]


def test_nobody_new_takes_the_place_of_who_was_left_out(tmp_path):
    _, listed = run(tmp_path, ["ignore", "done"])
    without = fictional.audit().relationships
    gone = listed["person_id"][0]
    from dataclasses import replace

    audit = replace(fictional.audit(), relationships=without[without["person_id"] != gone])
    kept = journal.read(tmp_path).answers
    again = answers.resumed(actions.choose(audit, kept), kept, audit)
    assert len(again) == len(listed) - 1
    assert set(again["person_id"]) < set(listed["person_id"])
    assert again["answer"].notna().sum() == 1


def test_all_answered_asks_nothing(tmp_path):
    run(tmp_path, ["done"] * 10)
    shown, _ = run(tmp_path, ["done"])
    assert shown == []


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    write_mbox(folder / "mail.mbox", hostile=True)
    made = CliRunner().invoke(
        app, ["ingest", str(folder / "mail.mbox"), "--out", str(folder / "out"), "--workers", "1"]
    )
    assert made.exit_code == 0, made.output
    return folder / "out"


@pytest.fixture
def out(archive):
    for name in (journal.FILE_NAME, decision_file.FILE_NAME, decision_file.UNDO_NAME):
        (archive / name).unlink(missing_ok=True)
    return archive


def invoke(out, *words, **more):
    return CliRunner().invoke(app, [*words, "--out", str(out), "--as-of", "2026-09-30"], **more)


@pytest.mark.slow
def test_answers_may_be_piped_and_the_next_report_tells_what_came_of_it(out):
    first = CliRunner().invoke(
        app, ["review", "--out", str(out), "--quarter", "2026Q2"], input="done\nd\nnonsense\n"
    )
    assert first.exit_code == 0, first.output
    assert "2 people of 10 answered: 2 done." in first.stdout
    assert "“nonsense” is none" in first.stdout
    second = invoke(out, "review", "--list")
    assert "Of 2 people on the last list" in second.stdout
    assert "(You said: done)" in second.stdout
    assert ">" not in second.stdout.splitlines()[-1]


@pytest.mark.slow
def test_the_list_asks_nothing_and_keeps_nothing(out):
    listed = invoke(out, "review", "--list", input="done\n")
    assert listed.exit_code == 0
    assert listed.stdout.count(" of 10] ") == 10
    assert not (out / journal.FILE_NAME).exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", [("review", "--list"), ("who", "p_")], ids=" ".join)
def test_nothing_from_mail_moves_the_terminal(out, command):
    words = list(command)
    if words[0] == "who":
        words[1] = fictional.CAST[6][1]  # its name holds an escape sequence
    shown = invoke(out, *words)
    assert shown.exit_code == 0, shown.output
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028]", shown.output)


def spawn(out):
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "COLUMNS": "200", "TERM": "xterm"}
    command = ["-m", "netaudit", "review", "--out", str(out), "--as-of", "2026-09-30"]
    return pexpect.spawn(
        sys.executable, command, env=environment, encoding="utf-8", timeout=180,
        dimensions=(60, 200),
    )  # fmt: skip


@pytest.mark.slow
def test_a_kill_at_any_prompt_loses_nothing_that_was_answered(out):
    given = ["done", "snooze 2w", "note a line", "skip"]
    final = 0
    for place, answer in enumerate(given):
        if place in (0, 2):
            terminal = spawn(out)
            terminal.expect(rf"\[{final + 1} of 10\]")
            terminal.expect("> ")
            terminal.send(answer[:-1])
            terminal.kill(signal.SIGKILL)
            terminal.close()
            assert len(journal.read(out).answers) == place
        terminal = spawn(out)
        terminal.expect(rf"\[{final + 1} of 10\]")
        terminal.expect("> ")
        terminal.sendline(answer)
        terminal.expect("kept: ")
        terminal.kill(signal.SIGKILL)
        terminal.close()
        final += not answer.startswith("note")
        kept = journal.read(out)
        assert len(kept.answers) == place + 1
        assert kept.damaged == ()
    assert kept.answers["answer"].tolist() == [answer.split()[0] for answer in given]


@pytest.mark.slow
def test_control_c_and_the_end_of_input_stop_politely(out):
    for stop in ("\x03", "\x04"):
        terminal = spawn(out)
        terminal.expect(r"\[1 of 10\]")
        terminal.expect("> ")
        terminal.send(stop)
        terminal.expect("0 people of 10 answered")
        terminal.expect(pexpect.EOF)
        terminal.close()
        assert terminal.exitstatus == 0


APPENDING = """
import sys
from pathlib import Path
from netaudit import journal
row = {"at": "2026-10-02T08:00:00+00:00", "as_of": "2026-09-30", "who": "a@b.example",
       "answer": "note", "note": "x" * 3000}
for n in range(100_000):
    journal.append(Path(sys.argv[1]), row | {"name": str(n)})
    print(n, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 40])
def test_what_was_acknowledged_is_there_after_a_kill_amid_writing(tmp_path, after):
    with subprocess.Popen(
        [sys.executable, "-c", APPENDING, str(tmp_path)], stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    ) as process:  # fmt: skip
        for _ in range(after):
            process.stdout.readline()
        process.kill()
        told = process.stdout.read().splitlines()
    kept = journal.read(tmp_path)
    assert len(kept.answers) >= after + len(told)
    assert kept.answers["name"].tolist() == [str(n) for n in range(len(kept.answers))]


def test_every_torn_end_is_read_and_written_on(tmp_path):
    row = {"at": "2026-10-02T08:00:00+00:00", "as_of": "2026-09-30", "who": "a@b.example",
           "answer": "note", "note": "Grüße"}  # fmt: skip
    whole = json.dumps(row, ensure_ascii=False).encode()
    for cut in range(len(whole)):
        path = tmp_path / journal.FILE_NAME
        path.write_bytes(whole + b"\n" + whole[:cut])
        journal.append(tmp_path, row)
        assert len(journal.read(tmp_path).answers) == 2
