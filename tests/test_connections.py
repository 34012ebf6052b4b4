"""What became of connections, those never spoken to, and invitations let pass."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from frames import build_history

from netaudit import connections, notes
from netaudit.history import History
from netaudit.model import AGENDA, CONNECTIONS, GESTURES, OWNED
from netaudit.owner import Owner
from netaudit.patterns.event_avoidance import EventAvoidance
from netaudit.patterns.never_conversed import NeverConversed

ME = "linkedin.com/in/me"
PEOPLE = {"me": [ME, "me@home.example"]} | {
    name: [f"linkedin.com/in/{name}"] for name in ("ann", "bob", "cid", "dan", "eve")
}
AS_OF = pd.Timestamp("2024-12-31T23:59:59Z")


def connected(*rows: tuple[str | None, str, str | None]) -> pd.DataFrame:
    """Connections: name (None: hidden), day, organisation."""
    return CONNECTIONS.conform(
        pd.DataFrame(
            {
                "key": [f"c{n}" for n in range(len(rows))],
                "name": [name.title() if name else None for name, _, _ in rows],
                "profile": [f"linkedin.com/in/{name}" if name else None for name, _, _ in rows],
                "connected_at": pd.to_datetime([day for _, day, _ in rows], utc=True),
                "stated_at": pd.Timestamp("2024-12-01", tz="UTC"),
                "organisation": [organisation for _, _, organisation in rows],
                "source_offset": 1,
            }
        )
    )


def said(key: str, day: str, sender: str, *to: str) -> dict[str, object]:
    return {
        "key": key, "day": day, "sender": f"linkedin.com/in/{sender}", "channel": "linkedin",
        "to": [f"linkedin.com/in/{name}" for name in to],
    }  # fmt: skip


EVERYBODY = connected(
    ("ann", "2020-05-01", "Holm & Co"),
    ("bob", "2021-05-01", "holm & co."),
    ("cid", "2021-06-01", "Vik"),
    ("dan", "2024-11-30", None),
    (None, "2022-01-01", None),
)
TALKS = (said("m1", "2024-06-01", "ann", "me"), said("m2", "2022-06-01", "me", "cid"))


def history(*messages: dict[str, object], **tables: pd.DataFrame) -> History:
    found: History = build_history(PEOPLE, *messages, **({"connections": EVERYBODY} | tables))
    return found


def test_the_fate_of_each_connection() -> None:
    rows = connections.fates(history(*TALKS)).set_index("key")
    assert rows["fate"].to_dict() == {
        "c0": "conversed", "c1": "never", "c2": "silent", "c3": "new", "c4": "hidden",
    }  # fmt: skip
    assert rows.loc["c0", "channels"] == "linkedin"
    assert rows.loc["c2", "last_contact"] == pd.Timestamp("2022-06-01", tz="UTC")


def test_mail_counts_as_well_and_an_invitation_only_with_its_note() -> None:
    people = PEOPLE | {"bob": ["linkedin.com/in/bob", "bob@holm.example"]}
    gestures = GESTURES.conform(
        pd.DataFrame(
            {
                "key": ["g1", "g2", "g3"], "kind": ["invitation", "invitation", "endorsement"],
                "direction": "in", "made_at": pd.Timestamp("2024-03-01", tz="UTC"),
                "profile": ["linkedin.com/in/ann", "linkedin.com/in/cid", "linkedin.com/in/dan"],
                "text": ["Hello!", None, "Tact"], "source_offset": 1,
            }
        )
    )  # fmt: skip
    mail = {
        "key": "m",
        "day": "2024-05-05",
        "sender": "bob@holm.example",
        "to": ["me@home.example"],
    }
    found = build_history(people, mail, connections=EVERYBODY, gestures=gestures)
    rows = connections.fates(found).set_index("key")
    assert rows["fate"].tolist() == ["conversed", "conversed", "never", "hidden", "new"]
    assert rows.loc["c1", "channels"] == "mail"


def test_a_namesake_who_was_talked_to_may_be_the_same_person() -> None:
    people = PEOPLE | {"BOB": ["bob@holm.example"]}
    mail = {
        "key": "m",
        "day": "2024-05-05",
        "sender": "bob@holm.example",
        "to": ["me@home.example"],
    }
    found = build_history(people, *TALKS, mail, connections=EVERYBODY)
    assert connections.fates(found).set_index("key").loc["c1", "fate"] == "unsure"
    assert "bob" not in set(NeverConversed()(found, AS_OF)["person_id"])
    own_profile = found.people.assign(profiles="linkedin.com/in/bob-2")
    rows = connections.fates(replace(found, people=own_profile)).set_index("key")
    assert rows.loc["c1", "fate"] == "never"


@pytest.mark.parametrize(
    ("shown", "wrote", "fate"),
    [
        ("JP Béranger", "Jean-Pierre Béranger", "unsure"),
        ("Lena Melnychenko, MBA", "Olena Melnychenko", "unsure"),
        ("Jo Béranger", "Jean Olivier Béranger", "never"),
        ("TJ Béranger", "Jean-Pierre Béranger", "never"),
    ],
)
def test_short_forms_of_a_name_may_be_the_same_person(shown: str, wrote: str, fate: str) -> None:
    people = PEOPLE | {"x": ["x@halden.example"]}
    mail = {
        "key": "m",
        "day": "2024-05-05",
        "sender": "x@halden.example",
        "to": ["me@home.example"],
    }
    linked = connected(("bob", "2021-05-01", None)).assign(name=shown)
    found = build_history(people, *TALKS, mail, connections=linked)
    known = found.people["name"].mask(found.people["person_id"].eq("x"), wrote)
    found = replace(found, people=found.people.assign(name=known))
    assert connections.fates(found)["fate"].tolist() == [fate]


def test_who_may_be_somebody_talked_to_is_not_judged() -> None:
    people = PEOPLE | {"x": ["x@holm.example"]}
    mail = {"key": "m", "day": "2024-05-05", "sender": "x@holm.example", "to": ["me@home.example"]}
    found = build_history(people, *TALKS, mail, connections=EVERYBODY)
    alike = pd.DataFrame({"person_id": ["bob"], "other_person_id": ["x"]})
    assert connections.fates(found).set_index("key").loc["c1", "fate"] == "never"
    asked = connections.fates(replace(found, alike=alike)).set_index("key")
    assert asked.loc["c1", "fate"] == "unsure"


def test_whoever_shares_an_address_is_known_by_what_they_sign_with() -> None:
    people = PEOPLE | {"qiu": ["qiu.blixt@home.example"]}
    mails = [
        {"key": f"s{n}", "day": f"2024-05-0{n + 1}", "sender": "qiu.blixt@home.example",
         "from_name": name, "to": ["me@home.example"]}
        for n, name in enumerate(["Qiu Wang", "Qiu Wang", "Ylva Blixt"])
    ]  # fmt: skip
    linked = connected(("bob", "2021-05-01", None)).assign(name="Ylva Blixt")
    assert connections.fates(build_history(people, *TALKS, *mails, connections=linked))[
        "fate"
    ].tolist() == ["unsure"]
    assert connections.fates(build_history(people, *TALKS, *mails[:2], connections=linked))[
        "fate"
    ].tolist() == ["never"]


def test_two_exports_tell_of_one_connection_once_with_the_later_employer() -> None:
    old = EVERYBODY.assign(organisation="Before", stated_at=pd.Timestamp("2021-01-01", tz="UTC"))
    old["key"] = old["key"].where(old["name"].isna(), "old" + old["key"])
    both = pd.concat([old.dropna(subset="name"), EVERYBODY], ignore_index=True)
    rows = connections.fates(history(*TALKS, connections=both))
    assert len(rows) == len(EVERYBODY)
    assert "Before" not in set(rows["organisation"])


def test_counts_by_fate_year_and_employer() -> None:
    rows = connections.fates(history(*TALKS))
    by_fate = connections.by_fate(rows)
    assert by_fate["n"].sum() == len(rows)
    assert by_fate["share"].sum() == pytest.approx(1.0)
    assert by_fate.iloc[0].to_dict() == {
        "fate": "conversed", "channels": "linkedin", "n": 1, "share": 0.2,
    }  # fmt: skip
    assert connections.by_year(rows).loc[2021].to_dict() == {
        "conversed": 0, "silent": 1, "never": 1, "unsure": 0, "new": 0, "hidden": 0,
    }  # fmt: skip
    employers = connections.by_employer(rows)
    assert employers["n"].to_dict() == {"Holm & Co": 2, "Vik": 1}
    assert employers.loc["Holm & Co", ["conversed", "never"]].tolist() == [1, 1]


def test_without_connections_everything_is_empty() -> None:
    rows = connections.fates(history(*TALKS, connections=CONNECTIONS.empty()))
    assert rows.empty
    assert connections.by_fate(rows).empty
    assert connections.by_employer(rows).empty
    assert connections.by_year(rows).empty
    assert NeverConversed()(history(connections=CONNECTIONS.empty()), AS_OF).empty


def test_never_conversed_names_those_with_most_in_common_first() -> None:
    everybody = connected(
        ("ann", "2020-05-01", "Vik"),
        ("bob", "2021-05-01", "Lund"),
        ("cid", "2021-06-01", "Vik"),
        ("eve", "2021-06-01", "Holm"),
        ("dan", "2024-11-30", "Holm"),
        (None, "2022-01-01", None),
    )
    owned = OWNED.conform(
        pd.DataFrame({"key": ["o"], "kind": ["employer"], "value": ["HOLM"], "source_offset": 1})
    )
    found = NeverConversed()(history(*TALKS[:1], connections=everybody, owned=owned), AS_OF)
    assert found["person_id"].tolist() == ["eve", "cid", "bob"]
    assert found["score"].is_monotonic_decreasing
    assert found["score"].iloc[-1] == 0.0
    assert "Holm from inside" in found["summary"].iloc[0]
    assert "talked with 1 person at Vik" in found["summary"].iloc[1]
    assert found["since"].iloc[2] == pd.Timestamp("2021-05-01", tz="UTC")


def test_an_export_without_messages_cannot_tell() -> None:
    mail = {"key": "m", "day": "2024-05-05", "sender": "x@y.example", "to": ["me@home.example"]}
    found = history(mail)
    assert NeverConversed()(found, AS_OF).empty
    assert notes.NO_LINKEDIN_MESSAGES in notes.of(
        replace(found, owner=Owner(*[frozenset()] * 2, ""))
    )
    spoken = replace(history(*TALKS), owner=Owner(*[frozenset()] * 2, ""))
    assert notes.NO_LINKEDIN_MESSAGES not in notes.of(spoken)


def agenda(*answers: str, **more: object) -> pd.DataFrame:
    n = len(answers)
    rows = {
        "key": [f"e{i}" for i in range(n)], "uid": [f"u{i}" for i in range(n)],
        "starts_at": pd.Timestamp("2024-05-01", tz="UTC"), "n_instances": 1, "is_cancelled": False,
        "n_people": 3, "is_organiser": False, "is_invited": True, "answer": list(answers),
        "is_in_calendar": False, "source": "mbox", "evidence": [f"m{i}" for i in range(n)],
    }  # fmt: skip
    return AGENDA.conform(pd.DataFrame(rows | more))


def avoided(events: pd.DataFrame) -> pd.DataFrame:
    return EventAvoidance()(replace(history(), events=events), AS_OF)


def test_events_let_pass() -> None:
    found = avoided(agenda(*["declined"] * 5, *["none"] * 4, "accepted"))
    row = found.iloc[0]
    assert row["score"] == pytest.approx(0.9)
    assert row["confidence"] > 0.9
    assert pd.isna(row["person_id"])
    assert "5 were declined and 4 began without an answer" in row["summary"]
    assert "cannot prove" in row["summary"]
    assert len(row["evidence"].split("; ")) == 9


@pytest.mark.parametrize(
    "events",
    [
        agenda(*["declined"] * 7),
        agenda(*["declined"] * 6, *["accepted"] * 4),
        agenda(*["none"] * 20),
        agenda(*["declined"] * 20, is_cancelled=True),
        agenda(*["declined"] * 20, is_invited=False),
        agenda(*["none"] * 20, "accepted", starts_at=pd.Timestamp("2025-05-01", tz="UTC")),
        agenda(*["declined"] * 20, uid="one series"),
        agenda(*["unknown"] * 20, "declined"),
        agenda(),
    ],
    ids=[
        "too few", "half", "no answer is ever seen", "called off", "not invited", "ahead",
        "one series", "unknown", "nothing",
    ],
)  # fmt: skip
def test_nothing_is_said_of_events(events: pd.DataFrame) -> None:
    assert avoided(events).empty


def test_a_calendar_file_shows_that_answers_are_missing() -> None:
    assert len(avoided(agenda(*["none"] * 20, is_in_calendar=True))) == 1


def test_fates_are_worked_out_once_for_a_history_and_anew_for_another() -> None:
    found = history(*TALKS)
    assert connections.fates(found) is connections.fates(found)
    silent = replace(found, interactions=found.interactions.iloc[:0])
    assert connections.fates(silent)["n_contacts"].eq(0).all()
    assert connections.fates(found)["n_contacts"].gt(0).any()
