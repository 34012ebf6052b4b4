"""What an export cannot know: a side of the mail, or months of it, that are not there."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from tests.frames import OWNER, build_history, history_with_relationships, tables

from netaudit import audit, coverage, ingest
from netaudit.archive import Store
from netaudit.patterns.dormant import Dormant
from netaudit.settings import Settings, from_mapping

BOX = Path(__file__).parents[2] / "shared" / "data" / "enron" / "sager-e.mbox.gz"
OWN_ADDRESS = "elizabeth.sager@enron.com"
ANN, BOB, CID = "ann@a.example", "bob@b.example", "cid@c.example"
HUMANS = {"me": [OWNER], "ann": [ANN], "bob": [BOB], "cid": [CID]}
ME = from_mapping({"owner": {"me": [OWNER]}})
START = pd.Timestamp("2024-01-01")


def _dialogue(n, address=ANN, start=START, step=2, asked=True):
    """The owner's questions (or none of them) and the answers, with a monologue of Bob's."""
    rows = []
    for i in range(n):
        day = start + pd.Timedelta(days=step * i)
        if asked:
            rows.append(dict(key=f"{address}q{i}", day=day, sender=OWNER, to=[address],
                             subject=f"Plan {i}"))  # fmt: skip
        rows.append(dict(key=f"{address}a{i}", day=day + pd.Timedelta(hours=3), sender=address,
                         to=[OWNER], subject=f"Re: Plan {i}"))  # fmt: skip
    return rows


def _monologue(n, address=BOB):
    days = pd.date_range(START, periods=n, freq="3D")
    return [dict(key=f"b{i}", day=day, sender=address, to=[OWNER], subject=f"News {i}")
            for i, day in enumerate(days)]  # fmt: skip


SENT = [dict(key=f"s{i}", day=START, sender=OWNER, to=[CID], subject="x") for i in range(2)]


def test_both_sides_are_there():
    history = build_history(HUMANS, *_dialogue(30), *_monologue(30))
    assert coverage.missing_side(history) is None


def test_a_quiet_owner_whose_letters_are_answered_lacks_nothing():
    history = build_history(HUMANS, *_dialogue(12), *_monologue(300))
    assert coverage.missing_side(history) is None


def test_answers_to_nothing_tell_of_sent_mail_that_is_missing():
    history = build_history(HUMANS, *_dialogue(30, asked=False), *_monologue(30), *SENT)
    missing = coverage.missing_side(history)
    assert (missing.direction, missing.n, missing.n_all) == ("out", 2, 62)
    assert (missing.n_replies, missing.n_linked) == (30, 0)


def test_too_little_mail_tells_nothing():
    history = build_history(HUMANS, *_dialogue(9, asked=False), *_monologue(10))
    assert coverage.missing_side(history) is None


def test_what_depends_on_sent_mail_is_withheld_and_said():
    partly = [*_dialogue(30, asked=False), *_monologue(30), *SENT]
    found = audit.audit(tables(*partly), ME)
    assert not set(found.findings["pattern"]) & {"one_sided", "reciprocal", "sought_out"}
    assert any("Only 2 of 62 messages are from you" in note for note in found.notes)
    whole = audit.audit(tables(*_dialogue(30), *_monologue(30)), ME)
    assert {"one_sided", "reciprocal"} <= set(whole.findings["pattern"])
    assert not any("in the archive" in note for note in whole.notes)


@pytest.mark.parametrize(("days", "n"), [(59, 0), (90, 1)])
def test_gaps_of_a_busy_box(days, n):
    at = [*pd.date_range("2024-01-01", periods=40), *pd.date_range(
        pd.Timestamp("2024-02-09") + pd.Timedelta(days=days + 1), periods=40)]  # fmt: skip
    found = coverage.gaps(pd.DataFrame({"at": pd.to_datetime(at, utc=True)}), 30)
    assert len(found) == n
    if n:
        assert found.loc[0, "first"] == pd.Timestamp("2024-02-10", tz="UTC")
        assert found.loc[0, "days"] == days


def test_a_quiet_box_has_no_gaps():
    at = pd.to_datetime(pd.date_range("2020-01-01", periods=40, freq="45D"), utc=True)
    assert coverage.gaps(pd.DataFrame({"at": at}), 60).empty


def test_a_silence_in_which_the_box_holds_nothing_is_marked():
    before = [*_dialogue(8, ANN, step=5), *_dialogue(30, CID, step=1)]
    after = _monologue(40) + _dialogue(30, BOB, pd.Timestamp("2024-09-01"), step=1)
    after = [row for row in after if row["day"] >= pd.Timestamp("2024-09-01")]
    history = history_with_relationships(HUMANS, *before, *after, as_of="2024-09-30")
    rows = Dormant()(history, history.as_of).set_index("person_id")
    assert "the archive holds no mail at all" in rows.loc["ann", "summary"]


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.skipif(not BOX.is_file(), reason="the real mailboxes do not stand here")
def test_a_real_box_that_lost_a_side_or_five_months_says_so(tmp_path):
    with ThreadPoolExecutor(1) as executor:
        ingest.run([BOX], Store(tmp_path / "archive"), Settings(), executor)
    whole = Store(tmp_path / "archive").tables()
    messages = whole["messages"]
    settings = from_mapping({"owner": {"me": [OWN_ADDRESS]}})

    def audited(keep):
        kept = messages[keep]
        left = whole | {"messages": kept}
        for name in ("recipients", "signals", "traits", "texts"):
            left[name] = whole[name][whole[name]["key"].isin(kept["key"])]
        return audit.audit(left, settings, "2001-10-31")

    full = audited(messages["sent_at"].notna())
    assert coverage.missing_side(full.history) is None
    assert {"one_sided", "reciprocal"} <= set(full.findings["pattern"])
    is_own = messages["from_address"].str.contains("sager", na=False)

    for share_left in (0.0, 0.02):
        some = is_own & (messages.index % 50 != 0) if share_left else is_own
        unsent = audited(~some)
        assert coverage.missing_side(unsent.history).direction == "out"
        assert not {"one_sided", "reciprocal", "sought_out"} & set(unsent.findings["pattern"])

    gone = messages["sent_at"].between("2000-12-01", "2001-04-30", inclusive="left")
    holed = audited(~gone)
    told = [note for note in holed.notes if note.startswith("No mail ")]
    assert any("5 months" in note for note in told)
    dormant = holed.findings[holed.findings["pattern"] == "dormant"]["summary"]
    over = dormant[dormant.str.contains("archive holds no mail at all")]
    assert len(over), "silences that began before the hole are marked"
