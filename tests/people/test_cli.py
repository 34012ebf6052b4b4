"""`netaudit people`: corrections hold, are explained, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from netaudit.archive import Store
from netaudit.cli import app
from netaudit.errors import UserError
from netaudit.ingest import run
from netaudit.settings import Ingest, Settings

ME = "jane.doe@acme.example"


def _message(number, sender, to, name=""):
    return (
        f"From x@y.example Mon Jan  {number} 10:00:00 2024\n"
        f"Date: {number} Jan 2024 10:00:00 +0000\nFrom: {name} <{sender}>\nTo: {to}\n"
        f"Subject: plans {number}\nMessage-ID: <{number}@x.example>\n\nHello {number}\n\n"
    )


@pytest.fixture
def out(tmp_path):
    box = tmp_path / "box.mbox"
    box.write_text(
        _message(1, "isolde@a.example", ME, "Isolde Rowandale")
        + _message(2, "rowandale@b.example", ME, "Isolde Rowandale")
        + _message(3, "tristan@c.example", ME, "Tristan Quimby")
        + _message(4, ME, "isolde@a.example", "Jane Doe")
        + _message(5, "eve@d.example", ME, "=?utf-8?q?Eve_=1B[2J_Evil?=")
    )
    folder = tmp_path / "out"
    settings = Settings(ingest=Ingest(keep_text=False, read_text=False))
    with ThreadPoolExecutor(1) as executor:
        run([box], Store(folder / "archive"), settings, executor)
    return folder


def _run(out, *words):
    return CliRunner().invoke(app, ["people", *words, "--out", str(out)])


def test_a_merge_a_split_and_the_way_back(out):
    before = _run(out, "show", "tristan quimby").stdout
    merged = _run(out, "merge", "Tristan Quimby", "isolde@a.example")
    assert merged.exit_code == 0
    assert "you said so" in merged.stdout
    assert "rowandale@b.example" in merged.stdout
    assert "tristan@c.example" in _run(out, "show", "rowandale@b.example").stdout
    assert _run(out, "undo").exit_code == 0
    assert _run(out, "show", "tristan quimby").stdout == before
    split = _run(out, "split", "rowandale@b.example")
    assert "isolde@a.example" in split.stdout
    assert "rowandale@b.example" not in _run(out, "show", "isolde@a.example").stdout


def test_tags_and_ignored_people_are_shown(out):
    assert _run(out, "tag", "tristan@c.example", "Mentor").exit_code == 0
    assert _run(out, "ignore", "isolde@a.example").exit_code == 0
    listed = CliRunner().invoke(app, ["people", "--out", str(out)]).stdout
    assert "mentor" in listed
    assert "ignored" in listed
    assert "you" in _run(out, "show", ME).stdout


def test_who_is_meant_must_be_clear(out):
    with pytest.raises(UserError, match="nobody is known as"):
        _invoke(out, "show", "nobody at all")
    with pytest.raises(UserError, match="name the one to take out"):
        _invoke(out, "split", "Isolde Rowandale")


def _invoke(out, *words):
    result = _run(out, *words)
    if result.exception:
        raise result.exception


def test_no_control_character_of_mail_reaches_the_terminal(out):
    shown = CliRunner().invoke(app, ["people", "--out", str(out)]).stdout
    assert "Evil" in shown
    assert "\x1b" not in shown


def test_what_is_a_robot_s_and_what_a_person_s_can_be_corrected_and_taken_back(out):
    robot = _run(out, "robot", "Tristan@c.example")
    assert robot.exit_code == 0
    assert _run(out, "show", "tristan quimby").exit_code != 0
    human = _run(out, "human", "tristan@c.example")
    assert "Tristan Quimby" in human.stdout
    assert '[[human]]\nwho = ["tristan@c.example"]' in (out / "people.toml").read_text()
    assert "[[robot]]" not in (out / "people.toml").read_text()
    _run(out, "undo")
    assert _run(out, "show", "tristan quimby").exit_code != 0
    _run(out, "undo")
    assert _run(out, "show", "tristan quimby").exit_code == 0


def test_only_addresses_of_the_archive_are_a_person_s_or_not(out):
    with pytest.raises(UserError, match="no mail from or to"):
        _invoke(out, "robot", "nobody@x.example")
    with pytest.raises(UserError, match="is yours"):
        _invoke(out, "robot", ME)
