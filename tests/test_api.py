"""What a notebook sees."""

import os
import subprocess
import sys
import types

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tests.frames import OWNER, tables

import netaudit
from netaudit import api
from netaudit.errors import UserError

ANN = "ann.lee@a.example"
CONTRACT = [
    "key",
    "channel",
    "message_id",
    "sent_at",
    "utc_offset_minutes",
    "from_address",
    "from_name",
    "subject",
    "thread",
    "labels",
    "is_automated",
    "n_recipients",
    "words",
    "source",
    "source_path",
    "source_offset",
]


class _Store:
    """An archive of literal tables."""

    me = (OWNER,)

    def __init__(self, folder):
        pass

    def table(self, name):
        return self.tables()[name]

    def values(self, name, column, keys):
        return pd.Series(index=keys.index, dtype="str")

    def tables(self, without=None):
        given = [(f"m{n}", f"2024-01-{n + 1:02}", ANN, [OWNER]) for n in range(5)]
        undated = dict(key="u", day=None, sender=OWNER, to=[ANN])
        robot = dict(
            key="r", day="2024-01-09", sender="no-reply@shop.example", to=[OWNER],
            automated_signs="auto-submitted",
        )  # fmt: skip
        return tables(*given, undated, robot)


@pytest.fixture
def archive(monkeypatch, tmp_path):
    monkeypatch.setattr(api, "Store", _Store)
    return netaudit.open(tmp_path)


def test_tables_have_the_columns_of_the_contract(archive):
    assert archive.messages.columns[: len(CONTRACT)].tolist() == CONTRACT
    assert len(archive.messages) == 7, "undated and automated ones stand in it"
    automated = archive.messages.set_index("key")["is_automated"]
    assert automated[automated].index.tolist() == ["r"]
    assert archive.recipients.columns[:3].tolist() == ["key", "role", "address"]
    assert archive.skipped.columns.tolist() == ["path", "offset", "reason"]
    people = archive.people.set_index("addresses")["is_owner"]
    assert people.to_dict() == {OWNER: True, ANN: False}


def test_audit(archive):
    audit = archive.audit(as_of="2024-01-04")
    assert audit.relationships["n_in"].tolist() == [4]
    assert archive.audit().relationships["n_in"].tolist() == [5]
    assert audit.graph.has_edge(audit.relationships["person_id"].iloc[0], audit.history.owner_id)


def test_relationships_alone_are_those_of_the_audit(archive):
    audit = archive.audit()
    alone = archive.ties(audit.as_of)
    later = ["patterns", "p_active_reasons"]
    assert_frame_equal(alone.drop(columns=later), audit.relationships.drop(columns=later))


def test_charts_are_methods_and_an_unknown_one_names_the_known(archive, monkeypatch):
    charts = types.SimpleNamespace(__all__=["reciprocity"], reciprocity=lambda audit, ax=None: ax)
    monkeypatch.setitem(sys.modules, "netaudit.charts", charts)
    audit = archive.audit()
    assert dir(audit.plot) == ["reciprocity"]
    assert audit.plot.reciprocity(ax="axes") == "axes"
    with pytest.raises(AttributeError, match="there are reciprocity"):
        audit.plot.nothing  # noqa: B018


def test_no_archive_is_a_clear_error(tmp_path):
    with pytest.raises(UserError, match="netaudit ingest"):
        netaudit.open(tmp_path).messages  # noqa: B018


def test_the_package_alone_loads_no_pandas():
    code = "import netaudit, sys; sys.exit('pandas' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": "pipeline"}
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )
