"""The review's journal: whole lines, private, readable, whatever stood in the file before."""

import json
import os
import stat

import pytest

from netaudit import journal
from netaudit.errors import UserError
from netaudit.model import ANSWERS

DONE = {"at": "2026-10-02T08:00:00+00:00", "as_of": "2026-09-30", "who": "mara@brightwater.example",
        "name": "Mara", "step": "answer", "reason": "reply_owed", "answer": "done"}  # fmt: skip


def test_what_is_appended_is_read_back_in_order(tmp_path):
    journal.append(tmp_path, DONE)
    journal.append(tmp_path, DONE | {"answer": "note", "note": "Grüße, \x1b[2J \ud800 \"'"})
    kept = journal.read(tmp_path)
    ANSWERS.check(kept.answers)
    assert kept.answers["answer"].tolist() == ["done", "note"]
    assert kept.answers["note"].iloc[1].startswith("Grüße, \x1b[2J")
    assert kept.answers["as_of"].iloc[0].isoformat() == "2026-09-30T00:00:00+00:00"
    assert kept.damaged == ()


def test_nothing_yet(tmp_path):
    assert journal.read(tmp_path).answers.empty


def test_only_the_owner_may_read_it(tmp_path):
    os.umask(0)
    try:
        journal.append(tmp_path / "out", DONE)
    finally:
        os.umask(0o022)
    path = tmp_path / "out" / journal.FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_each_line_is_json_for_people_and_tools(tmp_path):
    journal.append(tmp_path, DONE)
    assert json.loads((tmp_path / journal.FILE_NAME).read_text()) == DONE


@pytest.mark.parametrize("length", [1, 20, 100])
def test_a_torn_last_line_is_left_out_and_not_built_upon(tmp_path, length):
    journal.append(tmp_path, DONE)
    path = tmp_path / journal.FILE_NAME
    path.write_bytes(path.read_bytes() + json.dumps(DONE).encode()[:length])
    assert len(journal.read(tmp_path).answers) == 1
    journal.append(tmp_path, DONE | {"answer": "skip"})
    kept = journal.read(tmp_path)
    assert kept.answers["answer"].tolist() == ["done", "skip"]
    assert kept.damaged == (2,)


@pytest.mark.parametrize(
    "line",
    ["[]", "{}", '{"at": 1}', "\xff", json.dumps(DONE | {"as_of": "soon"}),
     json.dumps(DONE | {"until": "later"}), json.dumps(DONE | {"note": ["a"]})],
)  # fmt: skip
def test_lines_that_are_no_answer_are_named(tmp_path, line):
    path = tmp_path / journal.FILE_NAME
    path.write_bytes(f"{line}\n{json.dumps(DONE)}\n".encode("latin-1"))
    kept = journal.read(tmp_path)
    assert len(kept.answers) == 1
    assert kept.damaged == (1,)


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "other").write_text("x\n")
    (tmp_path / journal.FILE_NAME).symlink_to(tmp_path / "other")
    with pytest.raises(UserError):
        journal.append(tmp_path, DONE)
    assert (tmp_path / "other").read_text() == "x\n"
