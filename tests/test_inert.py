"""Hostile mail, LinkedIn rows and a calendar through every command: what comes out is inert."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from tests import exports, fictional
from tests.letters import write_mbox
from tests.page.browser import ARGUMENTS, executable, opened
from typer.testing import CliRunner

from netaudit import cli
from netaudit.cli import app

pytestmark = pytest.mark.slow
ESCAPES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
LURES = [
    *fictional.HOSTILE,
    "+1",
    "@SUM(1)",
    "\t=1",
    "＝1",
    "]]>",
    "<!--",
    "\u2028",
    "http://x.example",
]


def _invite(summary: str, number: int) -> str:
    clean = summary.replace("\x00", "").replace("\n", " ")
    return (
        f"BEGIN:VEVENT\r\nUID:{number}@x\r\nDTSTAMP:20260801T000000Z\r\n"
        f"DTSTART:202608{number + 1:02}T100000Z\r\nSUMMARY:{clean}\r\n"
        f'ORGANIZER;CN="{clean.replace(chr(34), "")}":mailto:lure{number}@evil.example\r\n'
        f"ATTENDEE;PARTSTAT=DECLINED:mailto:{fictional.ME}\r\nEND:VEVENT\r\n"
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inert")
    write_mbox(folder / "mail.mbox", hostile=True)
    rows = [
        {"First Name": lure, "Last Name": lure, "URL": exports.link(f"lure-{n}"), "Company": lure,
         "Position": lure, "Connected On": "01 Mar 2023"}
        for n, lure in enumerate(LURES)
    ]  # fmt: skip
    talk = [
        {"CONVERSATION ID": str(n), "FROM": lure, "SENDER PROFILE URL": exports.link(f"lure-{n}"),
         "TO": "Nora Lindqvist", "RECIPIENT PROFILE URLS": exports.link("nora"),
         "DATE": f"2026-09-{n + 1:02} 10:00:00 UTC", "SUBJECT": lure, "FOLDER": "INBOX",
         "CONTENT": f"Could you send me {lure} by Friday? It would be a great help."}
        for n, lure in enumerate(LURES)
    ]  # fmt: skip
    linkedin = exports.export(
        folder / "linkedin.zip",
        {
            "Profile.csv": "First Name,Last Name\nNora,Lindqvist\n",
            "Connections.csv": exports.NOTES + exports.table(exports.CONNECTIONS, *rows),
            "messages.csv": exports.table(exports.MESSAGES["10"], *talk),
        },
    )
    events = "".join(_invite(lure, n) for n, lure in enumerate(LURES))
    calendar = folder / "calendar.ics"
    calendar.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n", newline=""
    )
    paths = (folder / "mail.mbox", linkedin, calendar)
    done = _run("ingest", *paths, "--out", folder / "out", "--workers", "1", "--me", fictional.ME)
    assert "skipped" in done
    return folder / "out"


def _run(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def report(out: Path) -> Path:
    told = _run("report", "--out", out, "--as-of", "2026-09-30")
    assert not ESCAPES.search(told)
    return Path(told.splitlines()[-1])


def test_no_command_prints_an_escape(out: Path) -> None:
    people = _run("people", "--out", out, "--limit", "500")
    assert "lure3@evil.example" in people
    ids = re.findall(r"^(p[a-z2-7]{12}) ", people, re.MULTILINE)
    told = [people, _run("status", "--out", out), _run("people", "--out", out, "suggest")]
    told += [_run("people", "--out", out, "show", one) for one in ids[:10]]
    told.append(CliRunner().invoke(app, ["forget", ids[3], "--out", str(out)], input="n\n").output)
    assert not [text for text in told if ESCAPES.search(text)]


def test_no_cell_runs(report: Path) -> None:
    for path in report.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
        assert len({len(row) for row in rows}) == 1, path.name
        assert not [
            cell for row in rows for cell in row if FORMULA.match(cell) and not _is_number(cell)
        ]
    for sheet in openpyxl.load_workbook(report / "tables.xlsx"):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "d", "b") for cell in row)
            assert not any(cell.hyperlink for cell in row)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


def test_graphs_and_pictures_are_well_formed(report: Path) -> None:
    graph = nx.read_graphml(report / "graph.graphml")
    assert len(graph) > 20
    assert len(nx.read_gexf(report / "graph.gexf")) == len(graph)
    pictures = list((report / "charts").glob("*.svg"))
    assert len(pictures) > 5
    for path in pictures:
        root = ET.fromstring(path.read_bytes())
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not names & {"script", "foreignObject", "a", "animate", "set"}
        links = [v for e in root.iter() for k, v in e.attrib.items() if k.endswith("href")]
        assert all(link.startswith(("#", "data:image/png")) for link in links)


def test_reminders_stay_lines(report: Path) -> None:
    text = (report / "actions.ics").read_bytes().decode("utf-8")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT")
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", text.replace("\r\n ", ""))
    assert not [line for line in text.split("\r\n") if line.startswith(("ATTACH", "ATTENDEE"))]


@pytest.mark.browser
def test_the_page_does_nothing(report: Path) -> None:
    path = executable()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with opened(browser, report / "report.html") as (page, told):
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
            for number in range(min(12, page.locator("button.open").count())):
                page.locator("button.open").nth(number).click()
            page.wait_for_timeout(200)
            assert page.evaluate("document.querySelectorAll('script').length") == 2
            odd = "img, iframe, object, embed, link, base, form[action], [onerror], [onload]"
            assert page.evaluate(f"document.querySelectorAll('{odd}').length") == 0
            hrefs = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
            assert not [href for href in hrefs if href.startswith(("javascript:", "data:", "http"))]
        browser.close()
    assert told.nothing(), told


def test_an_unexpected_error_tells_no_mail(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("CANARY-subject from canary@body.example")

    monkeypatch.setattr("netaudit.owner.find", broken)
    for words in (["status"], ["people"], ["report"], ["people", "show", "ann"]):
        monkeypatch.setattr("sys.argv", ["netaudit", *words, "--out", str(out)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 1
        told = capsys.readouterr()
        assert "unexpected ValueError at " in told.err
        assert "canary" not in (told.out + told.err).lower()
