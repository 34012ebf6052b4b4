"""Five real mailboxes in one archive: whose they are, and what stands in more than one of them."""

from __future__ import annotations

import json

import pytest
from tests.build import DATA
from typer.testing import CliRunner

from netaudit import everyone
from netaudit.archive import Store
from netaudit.cli import app
from netaudit.organisation import Mailboxes, mailboxes

ENRON = DATA / "enron"
pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not ENRON.is_dir(), reason="the real mailboxes do not stand here"),
]
AGENTS = {"patti.thompson@enron.com", "rosalee.fleming@enron.com", "tori.wells@enron.com"}
"""Assistants who send from their superiors' boxes."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    out = tmp_path_factory.mktemp("enron")
    paths = [str(path) for path in sorted(ENRON.glob("*.mbox.gz"))]
    done = CliRunner().invoke(app, ["ingest", *paths, "--out", str(out), "--no-text"])
    assert done.exit_code == 0, done.output
    return Store(out / "archive")


@pytest.fixture(scope="module")
def found(store: Store) -> Mailboxes:
    return mailboxes.infer(everyone.sources(store))


def test_each_export_has_its_own_owner_and_no_assistant(store: Store, found: Mailboxes) -> None:
    paths = {entry.id: entry.path for entry in store.manifest.sources}
    of_export = {paths[box.sources[0]].rpartition("/")[2]: box for box in found.all}
    owners = json.loads((ENRON / "owners.json").read_text())
    assert len(of_export) == len(owners) == 5
    for owner in owners:
        box = of_export[f"{owner['owner']}.mbox.gz"]
        assert set(owner["sending_addresses"]) - AGENTS <= set(box.addresses)
        assert not AGENTS & set(box.addresses)
    assert found.doubts == ()


def test_what_stands_in_several_boxes_is_kept_once_with_all_its_copies(store: Store) -> None:
    copies, accounting = store.copies(), store.accounting()
    assert len(copies) - copies["key"].nunique() == accounting["duplicate"] > 100
    assert copies.groupby("key")["is_kept"].sum().eq(1).all()
    assert (copies.groupby("key")["source_id"].nunique() > 1).sum() > 100
    kept = copies[copies["is_kept"]]
    assert set(kept["key"]) <= set(store.table("messages")["key"])
