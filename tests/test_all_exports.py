"""A fictional person's three exports through the command line: what goes in comes out again."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from netaudit import demo, events, owner
from netaudit.archive import Store
from netaudit.cli import app
from netaudit.settings import Settings


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    demo.write(folder, years=2, scale=0.1)
    return folder


@pytest.fixture(scope="module")
def tables(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    out = tmp_path_factory.mktemp("out")
    names = ("demo.mbox", "demo-linkedin.zip", "demo.ics")
    command = ["ingest", *(str(exports / name) for name in names), "--out", str(out)]
    result = CliRunner().invoke(app, [*command, "--workers", "1", "--no-text"])
    assert result.exit_code == 0, result.output
    return Store(out / "archive").tables()


def truth(exports: Path, name: str) -> Any:
    return json.loads((exports / "truth" / name).read_text(encoding="utf-8"))


def test_every_linkedin_message_and_connection_comes_in(
    exports: Path, tables: dict[str, pd.DataFrame]
) -> None:
    counts = truth(exports, "summary.json")
    messages = tables["messages"]
    human = messages["channel"].eq("linkedin") & messages["automated_signs"].eq("")
    named = messages["from_address"].ne("")  # two are of members who have left
    assert (human & named & messages["box"].ne("draft")).sum() == counts["linkedin_messages"]
    assert tables["connections"]["name"].notna().sum() == counts["connections"]
    assert tables["skipped"].empty


def test_the_agenda_is_what_was_meant(exports: Path, tables: dict[str, pd.DataFrame]) -> None:
    me = owner.find(tables, Settings().owner)
    end = pd.Timestamp(truth(exports, "summary.json")["as_of"], tz="UTC") + pd.Timedelta(days=1)
    agenda = events.merge(tables, me, end)
    series = agenda[agenda["recurrence_id"].isna()].set_index("uid")
    meant = [
        g for g in truth(exports, "events.json")["gatherings"] if g["by_mail"] or g["in_calendar"]
    ]
    assert len(meant) >= 5
    for event in meant:
        row = series.loc[event["uid"]]
        is_own = event["organiser"] == "owner"
        assert row["is_organiser"] == is_own
        assert row["is_invited"] == (not is_own)
        assert is_own or row["answer"] == (event["answer"] or "none")
        assert row["is_cancelled"] == event["cancelled"]
        assert row["starts_at"] == pd.Timestamp(event["starts_at"])
        assert row["n_people"] == len({*event["attendees"], event["organiser"]})


def test_an_unpacked_export_is_found_below_a_folder_of_others(
    exports: Path, tmp_path: Path, tables: dict[str, pd.DataFrame]
) -> None:
    with zipfile.ZipFile(exports / "demo-linkedin.zip") as archive:
        archive.extractall(tmp_path / "all" / "LinkedIn")
    shutil.copy(exports / "demo.ics", tmp_path / "all" / "demo.ics")
    command = ["ingest", str(tmp_path / "all"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, [*command, "--workers", "1", "--no-text"])
    assert result.exit_code == 0, result.output
    found = Store(tmp_path / "out" / "archive").tables()
    for name in ("connections", "gestures", "posts", "owned"):
        assert set(found[name]["key"]) == set(tables[name]["key"])
    assert set(found["events"]["source"]) == {"calendar", "linkedin"}
