"""A redacted report: the same findings, and nothing in any file that tells who or what."""

import dataclasses
import zipfile

import pandas as pd
import pytest
from tests import fictional
from tests.letters import write_mbox
from typer.testing import CliRunner

from netaudit import outlook, redact, report
from netaudit.cli import app
from netaudit.model import AGENDA, ANSWERS, CONNECTIONS, GESTURES, JOIN, POSTS, SIGNALS, TEXTS
from netaudit.page import Earlier
from netaudit.settings import Owner, Settings
from netaudit.written import Held

CANARY = "zqx"
ACCOUNTING = {
    **fictional.ACCOUNTING,
    "sources": [
        {**source, "path": f"/home/{CANARY}/{source['path']}"}
        for source in fictional.ACCOUNTING["sources"]
    ],
}


def texts(folder):
    """Every text of a report's files by name, the parts of the workbook among them."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    yield f"{path.name}!{name}", book.read(name).decode()
        elif path.is_file() and path.suffix != ".png":
            yield path.name, path.read_text(encoding="utf-8")


def marked(frame, columns):
    """The canary before each value of these columns."""
    there = [column for column in columns if column in frame]
    return frame.assign(**{column: f"{CANARY} " + frame[column].fillna("") for column in there})


def row(table, **values):
    zeros = {name: 0 for name in table.names if table.dtype(name) in ("int64", "bool")}
    return table.conform(pd.DataFrame([zeros | values]))


@pytest.fixture(scope="module")
def private():
    """An audit with the canary in everything that came from outside."""
    audit = fictional.audit()
    told = ["name", "addresses", "profiles", "organisation", "tags", "subject", "from_name",
            "message_id", "in_reply_to", "references", "labels", "source_path", "sender_address",
            "recipients", "summary", "suggestion"]  # fmt: skip
    key, at = audit.history.messages["key"].iloc[-1], audit.history.messages["sent_at"].iloc[-1]
    who = audit.relationships["person_id"].iloc[0]
    frames = {
        field.name: marked(getattr(audit.history, field.name), told)
        for field in dataclasses.fields(audit.history)
        if isinstance(getattr(audit.history, field.name), pd.DataFrame)
    }
    frames |= {
        "signals": row(SIGNALS, key=key, act="ask", kind="favour", sentence=CANARY, start=0,
                       probability=1.0),
        "written": Held(row(TEXTS, key=key, text=CANARY), audit.history.traits),
        "posts": row(POSTS, key=CANARY, kind="share", posted_at=at, text=CANARY, link=CANARY),
        "gestures": row(GESTURES, key=CANARY, kind="endorsement", direction="in", made_at=at,
                        name=CANARY, text=CANARY, status=CANARY).assign(person_id=who),
        "connections": row(CONNECTIONS, key=CANARY, connected_at=at, name=CANARY, profile=CANARY,
                           organisation=CANARY, position=CANARY).assign(person_id=who),
        "events": row(AGENDA, key=CANARY, uid=CANARY, starts_at=at, summary=CANARY, answer="none",
                      organiser_name=CANARY, organiser_address=CANARY, zone=CANARY,
                      recurrence=CANARY, evidence=f"{key}{JOIN}{CANARY}", is_invited=True),
    }  # fmt: skip
    settings = Settings(owner=Owner(me=(f"{CANARY}@example.org",)), cadence={CANARY: 30.0})
    owner = dataclasses.replace(audit.owner, name=CANARY, doubts=(CANARY,))
    graph = audit.graph.copy()
    for _, data in graph.nodes(data=True):
        data.update(name=CANARY, organisation=CANARY, unheard_of=CANARY)
    return dataclasses.replace(
        audit,
        settings=settings,
        owner=owner,
        history=dataclasses.replace(audit.history, **frames, owner=owner, settings=settings),
        relationships=marked(audit.relationships, told),
        findings=marked(audit.findings, told),
        blasts=marked(audit.blasts, told),
        notes=(CANARY,),
        given_graph=graph,
    )


@pytest.fixture(scope="module")
def shown(private):
    return redact.redacted(private)


@pytest.fixture(scope="module")
def answers(private):
    """What was said in this day's review of everybody."""
    aliases = private.people.aliases
    rows = aliases[["alias"]].rename(columns={"alias": "who"})
    day = pd.Timestamp("2026-09-30T00:00:00Z")
    rows = rows.assign(at=day, as_of=day, name=CANARY, note=CANARY, answer="note", reason="x")
    return redact.answers(ANSWERS.conform(rows), private)


@pytest.fixture(scope="module")
def folder(shown, answers, tmp_path_factory):
    return report.write(
        shown,
        redact.accounting(ACCOUNTING),
        tmp_path_factory.mktemp("redacted"),
        earlier=Earlier(quarter=shown, answers=answers),
    )


def test_answers_are_of_the_same_people(answers, shown):
    assert set(shown.relationships["person_id"]) <= set(answers["who"])
    assert set(answers["note"]) == {"(a note, left out)"}


def test_no_file_tells_of_anybody(folder, private):
    secrets = {CANARY, fictional.ME, "Nora Lindqvist"}
    secrets |= {name for name, *_ in fictional.CAST} | {
        address for _, address, *_ in fictional.CAST
    }
    secrets |= set(private.relationships["person_id"]) | set(private.history.messages["key"])
    written = dict(texts(folder))
    assert len(written) > 15
    for name, text in written.items():
        assert not [secret for secret in secrets if secret.lower() in text.lower()], name


def test_it_stands_beside_the_private_report(folder):
    assert folder.name == "2026-09-30-redacted"


def test_figures_and_findings_are_the_same(private, shown):
    figures = ["n_in", "n_out", "reciprocity", "strength", "status", "patterns", "last_contact"]
    pd.testing.assert_frame_equal(shown.relationships[figures], private.relationships[figures])
    told = ["pattern", "direction", "score", "confidence", "since"]
    pd.testing.assert_frame_equal(shown.findings[told], private.findings[told])
    assert shown.graph.number_of_edges() == private.graph.number_of_edges()
    assert shown.findings["summary"].str.contains(r"Person [A-Z2-7]{8} ").mean() > 0.9


def test_reasons_of_the_outlook_stay_and_hold_nothing_but_figures():
    audit = fictional.audit(hostile=True)
    reasons = outlook.reasons(audit.history, audit.relationships)
    ties = audit.relationships.assign(p_active_reasons=reasons)
    shown = redact.redacted(dataclasses.replace(audit, relationships=ties)).relationships
    assert shown["p_active_reasons"].tolist() == reasons.tolist()
    told = shown["p_active_reasons"].dropna().str.split(JOIN).explode()
    assert len(told) > 20
    assert told.str.fullmatch(r"(more|less) likely: [a-z0-9,% ]+").all()
    names = {word for name, *_ in fictional.CAST for word in name.lower().split()}
    assert not names & set(" ".join(told).replace(",", "").split())


def test_a_person_has_the_same_pseudonym_a_quarter_later():
    before = fictional.audit(as_of=pd.Timestamp("2026-06-30T23:59:59.999999Z"))
    then, now = redact.redacted(before), redact.redacted(fictional.audit())
    merged = then.relationships.merge(now.relationships, on="person_id")
    assert len(merged) == len(then.relationships) > 20
    assert (merged["name_x"] == merged["name_y"]).all()
    assert now.relationships["name"].is_unique


def test_the_command(tmp_path):
    write_mbox(tmp_path / "unlikely-name.mbox")
    out = str(tmp_path / "out")
    ran = CliRunner().invoke(app, ["ingest", str(tmp_path / "unlikely-name.mbox"), "--out", out])
    assert ran.exit_code == 0, ran.output
    ran = CliRunner().invoke(app, ["report", "--out", out, "--redact", "--me", fictional.ME])
    assert ran.exit_code == 0, ran.output
    secrets = ["unlikely-name", fictional.ME, "lindqvist", "mara@", "Okonkwo", "brightwater"]
    shown = ran.stdout.replace(str(tmp_path), "")
    for name, text in [("terminal", shown), *texts(tmp_path / "out" / "reports")]:
        assert not [secret for secret in secrets if secret.lower() in text.lower()], name
