"""One row per human, with ids that hold."""

import pandas as pd
from tests.frames import tables

from netaudit.owner import Owner
from netaudit.people import Decisions, Entry, resolve

ME = "jane.doe@acme.example"
OWNER = Owner(frozenset({ME}), frozenset(), "Jane Doe")


def _mail(key, sender, to=(ME,), day="2024-01-01", **more):
    return {"key": key, "day": day, "sender": sender, "to": list(to), **more}


def _people(*rows, decisions=None):
    given = tables(*rows)
    natures = pd.Series(dtype="str")
    return resolve(given, OWNER, natures, decisions or Decisions())


def _together(people):
    return {frozenset(cell.split("; ")) for cell in people.people["addresses"]}


BOB = _mail("k1", "bob@old.example", from_name="Robert Rowland", day="2024-01-01")
ROB = _mail("k2", "rr@new.example", from_name="Rowland, Robert (Legal)", day="2024-02-01")


def test_one_full_name_is_one_person():
    assert {"bob@old.example", "rr@new.example"} in _together(_people(BOB, ROB))


def test_an_id_does_not_depend_on_order_and_later_mail_changes_none():
    first = _people(BOB).people
    both, turned = _people(BOB, ROB), _people(ROB, BOB)
    bob = first.loc[first["addresses"] == "bob@old.example", "person_id"].item()
    assert bob in set(both.people["person_id"])
    pd.testing.assert_frame_equal(both.people, turned.people)


def test_merged_people_s_other_ids_resolve_to_the_one_with_the_earlier_contact():
    alone = _people(ROB).people
    rob = alone.loc[alone["addresses"] == "rr@new.example", "person_id"].item()
    both = _people(BOB, ROB)
    assert both.resolve_id(rob) == both.find("bob@old.example")[0]


def test_an_id_holds_when_older_mail_is_added():
    before = _people(BOB)
    older = _mail("k0", "bob@old.example", from_name="Robert Rowland", day="2020-01-01")
    after = _people(older, BOB)
    assert before.find("bob@old.example") != after.find("bob@old.example")
    assert after.resolve_id(before.find("bob@old.example")[0]) == after.find("bob@old.example")[0]
    assert after.resolve_id("p222222222222") is None


def test_the_owner_s_word_counts_more_than_names():
    one = _people(
        BOB, ROB, decisions=Decisions(apart=(Entry(("bob@old.example", "rr@new.example")),))
    )
    assert {"bob@old.example"} in _together(one)
    merged = Decisions(merge=(Entry(("bob@old.example", "x@y.example")),))
    assert {"bob@old.example", "x@y.example"} in _together(
        _people(BOB, _mail("k3", "x@y.example"), decisions=merged)
    )


def test_find_takes_addresses_names_in_any_order_and_pieces():
    people = _people(BOB, ROB, _mail("k3", "x@y.example", from_name="Ann Rowland"))
    bob = people.find("BOB@old.example")
    assert people.find("rowland robert") == bob
    assert set(people.find("rowland")) == {*bob, *people.find("x@y.example")}
    assert people.find("nobody") == ()
