"""One row per human, with ids that hold."""

import pandas as pd
import pytest
from tests.frames import tables

from netaudit.names.reading import read
from netaudit.owner import Owner
from netaudit.people import Decisions, Entry, candidates, evidence, rarity, resolve

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


def test_what_is_remembered_of_one_day_tells_nothing_of_another():
    mail = [
        _mail("k1", "jroe@old.example", from_name="J. Roe", day="2024-01-01"),
        _mail("k2", "richard.roe@new.example", from_name="Richard Roe", day="2024-02-01"),
        _mail("k3", "jroe@old.example", from_name="Jack Roe", day="2024-03-01"),
        _mail("k4", "jack@roe.example", from_name="Roe, Jack", day="2024-04-01"),
        _mail("k5", "jroe@old.example", from_name="Mary Quill", day="2024-05-01"),
        BOB | {"key": "k6", "day": "2024-05-02"},
        ROB | {"key": "k7", "day": "2024-05-03"},
    ]
    days = [row["day"] for row in mail]

    def until(day):
        found = _people(*[row for row in mail if row["day"] <= day])
        return found.people, found.aliases, found.suggestions

    alone = {}
    for day in days:
        for remembered in (evidence._of_alias, candidates._known_by, candidates._nearly_known_by,
                           candidates.logins):  # fmt: skip
            remembered.cache_clear()
        alone[day] = until(day)
    for day in (*reversed(days), *days):
        for frame, wanted in zip(until(day), alone[day], strict=True):
            pd.testing.assert_frame_equal(frame, wanted)


@pytest.mark.parametrize("order", [["xa", "xb", "xc"], ["xc", "xb", "xa"]])
def test_namesakes_are_as_many_in_whatever_order_a_set_gives_forms_of_a_name(monkeypatch, order):
    counts = {"g:xa": 102, "g:xb": 202, "g:xc": 302}  # .1, .2 and .3 of all names
    found = rarity.Rarity(10_000, counts, 500, {}, {}, {})
    monkeypatch.setattr(rarity, "forms", lambda _: order)
    name = read("Xavier Rowland")
    expected = 10_000 * 0.6 * found.family(name) * rarity.CLUSTERING
    assert found.namesakes(name, by_form=True) == expected
