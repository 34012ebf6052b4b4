"""A forgotten person stands nowhere any more, and no later ingest brings them back."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from tests.forgetting import canary
from typer.testing import CliRunner, Result

from netaudit.archive import Store
from netaudit.cli import app
from netaudit.errors import UserError

pytestmark = pytest.mark.slow


def invoke(*words: object, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=text)


def ingest(out: Path, *paths: Path) -> Result:
    result = invoke("ingest", *paths, "--out", out, "--me", canary.ME, "--workers", "1")
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return canary.write(tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def ingested(exports: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ingested") / "out"
    ingest(out, *exports)
    return out


@pytest.fixture
def out(ingested: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ingested, tmp_path / "out"))


def tables(out: Path) -> dict[str, pd.DataFrame]:
    return Store(out / "archive").tables()


def test_nothing_of_a_forgotten_person_is_left_in_any_file(out: Path) -> None:
    for words in (["tristan quimby", "client"], ["isolde rowandale", "mentor"]):
        assert invoke("people", "--out", out, "tag", *words).exit_code == 0
    charts = out / "reports" / "2024-01-31" / "charts"
    charts.mkdir(parents=True)
    for path in (charts / "one.svg", charts.parent / "report.html", charts.parent / "blasts.csv"):
        path.write_text(canary.HER)
    journal = out / "review.jsonl"
    about_him = {"at": "2024-02-01T00:00:00Z", "as_of": "2024-02-01", "who": canary.OTHERS[0],
                 "answer": "note", "note": "call"}  # fmt: skip
    about_her = {**about_him, "who": canary.ADDRESSES[0], "name": "Isolde Rowandale"}
    both = {**about_him, "note": "ask him about Isolde Rowandale"}
    lines = [*map(json.dumps, (about_him, about_her, both)), '{"torn": "isolde@rowan.example']
    journal.write_text("\n".join(lines))
    assert len(canary.traces(out)) > 10
    done = invoke("forget", "isolde rowandale", "--out", out, "--yes")
    assert done.exit_code == 0, done.output
    assert canary.traces(out) == []
    assert not (out / "reports").exists()
    assert "client" in (out / "people.toml").read_text()
    kept = [json.loads(line) for line in journal.read_text().splitlines()]
    assert [line["note"] for line in kept] == ["call", "ask him about ████████████████"]
    shown = invoke("status", "--out", out).stdout
    assert not canary.MARKS.search(shown.replace(str(out), ""))
    assert invoke("report", "--out", out).exit_code == 0
    assert canary.traces(out) == []


def test_what_is_others_stays(out: Path) -> None:
    before = tables(out)["messages"].set_index("subject")
    assert invoke("forget", canary.ADDRESSES[0], "--out", out, "--yes").exit_code == 0
    found = tables(out)
    mail = found["messages"].set_index("subject")
    assert len(mail) == 6
    assert sorted(set(mail.index)) == [
        "", "About ████████████████", "For both", "Re: number one", "just us", "shared",
    ]  # fmt: skip
    same = before.loc["For both"]
    pd.testing.assert_series_equal(mail.loc["For both"], same)
    assert same["n_recipients"] == 2
    to = found["recipients"].groupby("key")["address"].agg(list)
    assert to[same["key"]] == [canary.OTHERS[0]]
    assert mail.loc["shared", "from_name"] == ""
    texts = found["texts"].set_index("key")["text"]
    about = texts[mail.loc["About ████████████████", "key"]]
    assert re.sub("█+", "#", about) == "Ask # <#> or # at www.# She knows."
    assert found["events"]["summary"].tolist() == ["With ████████████████ and Tristan"]
    assert canary.OTHERS[0] in found["attendees"]["address"].tolist()
    assert found["connections"]["name"].tolist() == ["Tristan Quimby"]
    assert found["gestures"].empty
    assert set(found["signals"]["key"]) <= set(mail["key"])


def test_the_accounting_says_how_many(out: Path) -> None:
    before = Store(out / "archive").accounting()
    assert before["forgotten"] == 0
    invoke("forget", canary.ADDRESSES[0], "--out", out, "--yes")
    after = Store(out / "archive").accounting()
    for one in (after, *after["sources"]):
        assert one["read"] == one["kept"] + one["duplicate"] + one["skipped"] + one["forgotten"]
    assert after["read"] == before["read"]
    assert {Path(s["path"]).name: s["forgotten"] for s in after["sources"]} == {
        "box.mbox": 5, "calendar.ics": 2, "linkedin.zip": 3,
    }  # fmt: skip
    assert "10 forgotten" in invoke("status", "--out", out).stdout


def test_a_later_ingest_does_not_undo_it(out: Path, exports: list[Path], tmp_path: Path) -> None:
    invoke("forget", canary.ADDRESSES[0], "--out", out, "--yes")
    manifest = (out / "archive" / "manifest.json").read_bytes()
    ingest(out, *exports)
    assert (out / "archive" / "manifest.json").read_bytes() == manifest
    box = exports[0].read_text()
    more = tmp_path / "more.mbox"
    more.write_text(
        box + canary.letter(20, "I. Rowandale <Isolde+news@rowan.example>", canary.I, "CANARY")
    )
    ingest(out, more)
    assert canary.traces(out) == []
    found = {Path(s["path"]).name: s for s in Store(out / "archive").accounting()["sources"]}
    assert found["more.mbox"]["forgotten"] == 6
    only = tmp_path / "only.mbox"
    only.write_text(canary.letter(21, canary.HER, canary.I, "CANARY"))
    ingest(out, only)
    assert canary.traces(out) == []


def test_reading_again_gives_what_forgetting_left(out: Path, exports: list[Path]) -> None:
    invoke("forget", canary.ADDRESSES[0], "--out", out, "--yes")
    parts = {p.name for p in (out / "archive").rglob("*.parquet")}
    for source in ("box.mbox", "linkedin.zip", "calendar.ics"):
        (path,) = [p for p in exports if p.name == source]
        assert invoke("drop", path, "--out", out, "--yes").exit_code == 0
    assert not list((out / "archive").rglob("*.parquet"))
    ingest(out, *exports)
    assert {p.name for p in (out / "archive").rglob("*.parquet")} == parts


def test_it_shows_what_goes_and_asks(out: Path) -> None:
    before = (out / "archive" / "manifest.json").read_bytes()
    result = invoke("forget", "Rowandale", "--out", out, text="n\n")
    assert result.exit_code == 1
    for words in ("isolde@rowan.example", "linkedin.com/in/" + canary.PROFILE, "Isolde Rowandale",
                  "2 meetings", "1 LinkedIn connections", "1 messages that stay"):  # fmt: skip
        assert words in result.stdout
    assert (out / "archive" / "manifest.json").read_bytes() == before


def test_the_owner_and_nobody_are_not_forgotten(out: Path) -> None:
    me = invoke("forget", canary.ME, "--out", out, "--yes")
    assert isinstance(me.exception, UserError)
    nobody = invoke("forget", "Merlin", "--out", out, "--yes")
    assert "nobody is known as Merlin" in str(nobody.exception)


def test_an_address_can_be_kept_out_before_it_comes(out: Path, tmp_path: Path) -> None:
    done = invoke("forget", "stalker@evil.example", "--out", out, text="y\n")
    assert "not in the archive" in done.stdout
    assert done.exit_code == 0
    again = invoke("forget", "Stalker@evil.example", "--out", out)
    assert "is forgotten already" in again.stdout
    box = tmp_path / "later.mbox"
    box.write_text(canary.letter(3, "Stalker <stalker@evil.example>", canary.I, "I see you"))
    ingest(out, box)
    assert "I see you" not in set(tables(out)["messages"]["subject"])


def test_two_archives_keep_different_hashes(exports: list[Path], tmp_path: Path) -> None:
    kept = []
    for name in ("one", "two"):
        ingest(tmp_path / name, exports[0])
        invoke("forget", canary.ADDRESSES[0], "--out", tmp_path / name, "--yes")
        kept.append(Store(tmp_path / name / "archive").manifest.forgotten)
    assert len(kept[0].salt) == 64
    assert not set(kept[0].aliases) & set(kept[1].aliases)


def test_a_namesake_is_told(out: Path, tmp_path: Path) -> None:
    box = tmp_path / "other.mbox"
    box.write_text(
        canary.letter(12, "Tristan Quimby <tq@elsewhere.example>", canary.I)
        + canary.letter(13, canary.I, "Tristan Quimby <tq@elsewhere.example>")
    )
    ingest(out, box)
    invoke("people", "--out", out, "split", "tq@elsewhere.example", canary.OTHERS[0])
    done = invoke("forget", canary.OTHERS[0], "--out", out, "--yes")
    assert "Of the same name, and then without it" in done.stdout
    left = tables(out)["messages"]
    assert left["from_address"].eq("tq@elsewhere.example").sum() == 1
    assert not left["from_name"].str.contains("Tristan").any()
