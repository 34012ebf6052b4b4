"""The audit: all stages together, and nothing later than as-of changes any figure."""

import dataclasses

import networkx as nx
import pandas as pd
import pytest
from tests.frames import OWNER, tables

from netaudit import asof, audit
from netaudit.errors import UsageError
from netaudit.model import CONNECTIONS, FINDINGS, RELATIONSHIPS
from netaudit.people import Decisions, Entry
from netaudit.settings import from_mapping

ANN, BOB, CID = "ann.lee@a.example", "bob.ray@b.example", "cid.fox@c.example"
DEE = "dee.kay@d.example"
ME = from_mapping({"owner": {"me": [OWNER]}})


def _life():
    """Two years: Ann both ways and then silent, Bob a monologue, Cid lately, a mailing, a robot."""
    given = []
    for n in range(20):
        day = pd.Timestamp("2023-01-02") + pd.Timedelta(days=9 * n)
        ends = (ANN, [OWNER]) if n % 2 else (OWNER, [ANN])
        given.append((f"a{n:02}", day, *ends))
        given.append((f"b{n:02}", day + pd.Timedelta(days=20), OWNER, [BOB]))
    crowd = [f"p{n:02}@x.example" for n in range(25)]
    given.append(dict(key="blast", day="2023-05-01", sender=OWNER, to=crowd, subject="News"))
    given += [(f"c{n}", f"2024-05-{n + 1:02}", CID, [OWNER], [DEE]) for n in range(9)]
    given += [(f"d{n}", f"2024-05-{n + 11:02}", OWNER, [CID]) for n in range(9)]
    news = dict(sender="news@shop.example", to=[OWNER], automated_signs="list-unsubscribe")
    given += [dict(key=f"n{n}", day=f"2024-06-{n + 1:02}", **news) for n in range(9)]
    given.append(("stray", "2044-01-01", ANN, [OWNER]))
    return tables(*given)


def _same(one, other):
    for name in ("relationships", "findings", "blasts"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert nx.utils.graphs_equal(one.graph, other.graph)
    assert one.notes == other.notes


@pytest.fixture(scope="module")
def whole():
    return audit.audit(_life(), ME)


def test_as_of_is_the_last_day_with_human_mail(whole):
    assert whole.as_of == pd.Timestamp("2024-05-19T23:59:59.999999Z")


def test_everything_is_there(whole):
    FINDINGS.check(whole.findings)
    RELATIONSHIPS.check(whole.relationships)
    named = whole.relationships.set_index("addresses")["patterns"]
    assert "dormant" in named[ANN].split("; ")
    assert named[BOB] == "one_sided"
    assert "mass_blast" in named["p00@x.example"]
    assert "news@shop.example" not in named.index
    assert whole.blasts["kind"].tolist() == ["many_recipients"]
    order = [pattern.NAME for pattern in whole.patterns]
    found = whole.findings["pattern"].drop_duplicates().map(order.index)
    assert found.is_monotonic_increasing


def test_nothing_later_than_as_of_changes_any_figure():
    life = _life()
    for day in ("2023-04-30", "2023-07-15", "2024-05-05"):
        until = asof.end_of_day(day)
        shortened = asof.cut(life, until)
        assert len(shortened["messages"]) < len(life["messages"])
        _same(audit.audit(life, ME, day), audit.audit(shortened, ME, day))


def test_order_of_the_rows_changes_nothing(whole):
    reverse = {name: frame[::-1].reset_index(drop=True) for name, frame in _life().items()}
    _same(whole, audit.audit(reverse, ME))


def test_who_is_ignored_is_left_out():
    decisions = Decisions(ignore=(Entry((BOB,)),))
    found = audit.audit(_life(), ME, decisions=decisions)
    assert BOB not in set(found.relationships["addresses"])
    assert BOB not in set(found.findings["addresses"])


def test_thresholds_reach_status_findings_and_blasts():
    patterns = {
        "dormant": {"dormant_days": 9999, "cooling_days": 9999},
        "mass_blast": {"min_visible": 26},
        "one_sided": {"confidence": 0.9999},
    }
    settings = dataclasses.replace(ME, patterns=patterns)
    found = audit.audit(_life(), settings)
    assert found.blasts.empty
    assert not set(found.findings["pattern"]) & {"dormant", "one_sided"}
    assert "dormant" not in set(found.relationships["status"])


def test_wrong_settings_and_dates_are_refused():
    with pytest.raises(UsageError, match="unknown pattern"):
        audit.audit(_life(), from_mapping({"patterns": {"dormnat": {}}}))
    with pytest.raises(UsageError, match="2026-09-30"):
        audit.audit(_life(), ME, "soon")


def test_what_the_archive_cannot_know_is_said(whole):
    assert any("mail merges" in note for note in whole.notes)
    given = [(f"m{n}", f"2024-01-{n + 1:02}", ANN, [OWNER]) for n in range(25)]
    notes = audit.audit(tables(*given), ME).notes
    assert any("no mail that you sent" in note for note in notes)


def test_a_gap_of_months_is_named_and_stray_dates_make_none():
    days = [*pd.date_range("2024-01-01", "2024-03-01"), *pd.date_range("2024-07-01", "2024-08-01")]
    given = [(f"m{n}", day, ANN, [OWNER]) for n, day in enumerate(days)]
    given += [("stray", "1979-12-31", ANN, [OWNER]), ("o", "2024-01-05", OWNER, [ANN])]
    notes = [n for n in audit.audit(tables(*given), ME).notes if n.startswith("No mail to you")]
    assert len(notes) == 1
    assert "2024-03-02 to 2024-06-30 (4 months)" in notes[0]
    assert "19" not in notes[0].replace("2024", "")


def test_who_was_met_before_since_is_no_stranger():
    given = [("a", "2023-02-01", ANN, [OWNER]), ("b", "2023-12-20", ANN, [OWNER]),
             ("c", "2023-12-21", BOB, [OWNER]), ("d", "2023-12-22", OWNER, [BOB])]  # fmt: skip
    links = CONNECTIONS.conform(
        pd.DataFrame(
            {"key": ["k1", "k2"], "name": ["Cy Vik", "Di Holm"],
             "profile": ["linkedin.com/in/cy", "linkedin.com/in/di"], "source_offset": [1, 2],
             "connected_at": pd.Timestamp("2020-01-01", tz="UTC")}
        )
    )  # fmt: skip
    talk = [{"key": f"l{n}", "day": day, "sender": f"linkedin.com/in/{who}", "to": [OWNER],
             "channel": "linkedin"} for n, (who, day) in
            enumerate([("cy", "2022-01-01"), ("eve", "2023-12-01")])]  # fmt: skip
    life = tables(*given, *talk, connections=links)
    since = from_mapping({"owner": {"me": [OWNER]}, "as_of": {"since": "2023-12-01"}})
    found = audit.audit(life, since, "2023-12-31")
    status = found.relationships.set_index("addresses")["status"]
    assert (status[ANN], status[BOB]) == ("active", "new")
    assert found.relationships.set_index("addresses").loc[ANN, "n_in"] == 1
    strangers = found.findings[found.findings["pattern"].eq("never_conversed")]
    assert strangers["name"].tolist() == ["Di Holm"]
    assert found.connections.set_index("name")["fate"].to_dict() == {
        "Cy Vik": "silent", "Di Holm": "never"
    }  # fmt: skip


def test_contact_before_since_counts_nowhere_and_who_is_who_stays(whole):
    settings = dataclasses.replace(ME, as_of=dataclasses.replace(ME.as_of, since="2023-06-01"))
    found = audit.audit(_life(), settings)
    assert found.relationships["first_contact"].min() >= pd.Timestamp("2023-06-01", tz="UTC")
    assert found.blasts.empty, "sent in May"
    assert "dormant" not in set(found.findings["pattern"]), "three days of Ann's are left"
    known = whole.relationships.set_index("addresses")["person_id"]
    ann = found.relationships.set_index("addresses").loc[ANN]
    assert ann["person_id"] == known[ANN]
    assert any("2023-06-01" in note for note in found.notes)
    with pytest.raises(UsageError, match="June"):
        audit.audit(_life(), from_mapping({"as_of": {"since": "June"}}))


def test_an_empty_box_as_of_a_day():
    found = audit.audit(tables(), ME, "2024-01-01")
    assert found.relationships.empty
    assert found.findings.empty
    assert len(found.graph) == 1
