"""Which aliases are one person's: every hard case of the field, each way it must go."""

import pandas as pd
import pytest
from tests.frames import tables

from netaudit.model import CONNECTIONS, CONTACTS
from netaudit.owner import Owner
from netaudit.people import Decisions, resolve
from netaudit.people.matching import match

ONE_PERSON = {
    "order, comma, department": [
        ("Isolde Rowandale", "isolde@a.example"),
        ("Rowandale, Isolde (Legal)", "ir@b.example"),
        ("ROWANDALE ISOLDE", "contact2@c.example"),
    ],
    "nickname": [("Bob Rowandale", "bob@a.example"), ("Robert Rowandale", "rr@b.example")],
    "accents": [("Jürgen Größle", "jg@a.example"), ("Juergen Groessle", "groessle@b.example")],
    "title and suffix": [("Dr. Isolde Rowandale", "i@a.example"),
                         ("Isolde Rowandale, Ph.D.", "ir@b.example")],
    "bare address that spells it": [("Isolde Rowandale", "boss@a.example"),
                                    ("", "isolde.rowandale@b.example")],
    "same mailbox": [("", "jane.doe+news@gmail.com"), ("", "janedoe@googlemail.com")],
    "same rare login": [("zaphodbee", "zaphodbee42@a.example"), ("", "zaphodbee42@gmail.com")],
    "initial and login in one firm": [("Isolde Rowandale", "isolde.rowandale@a.example"),
                                      ("", "irowandale@a.example")],
    "two family names": [("Maria Rowandale Quintero", "m@a.example"),
                         ("Maria Rowandale", "mrq@b.example")],
    "a letter wrong": [("Isolde Rowandale", "isolde.rowandale@a.example"),
                       ("Isolde Rowanndale", "isolde.rowandale@a.b.example")],
    "family name first, a name in two parts": [("Baek Ji-woo", "b@a.example"),
                                               ("Jiwoo Baek", "jb@b.example"),
                                               ("Baek Ji Woo", "bjw@c.example")],
    "own script": [("Иван Петровский", "ip@a.example"), ("Ivan Petrovskiy", "iv@b.example"),
                   ("Petrovsky Ivan", "pi@c.example")],
    "own script beside": [("Isolde Rowandale (伊佐)", "i@a.example"),
                          ("Rowandale Isolde", "r@b.example")],
    "suffixes and firms": [("Isolde Rowandale, MBA, PMP®", "a@a.example"),
                           ("Isolde Rowandale (ACME)", "b@b.example"),
                           ("Isolde Rowandale @ ACME", "c@c.example"),
                           ("Isolde Rowandale -X (isro - ACME at Globex)", "d@d.example")],
    "name written as a login": [("isolde.rowandale", "i@a.example"),
                                ("isolderowandale", "i77@b.example"),
                                ("Isolde Rowandale", "r@c.example")],
    "without a space": [("RobertRowandale", "i@a.example"), ("Robert Rowandale", "r@c.example")],
    "code host": [("irow", "12345+irow@users.noreply.github.com"),
                  ("", "irow@users.noreply.github.com")],
    "code host and own": [("zaphodbee", "12345+zaphodbee@users.noreply.github.com"),
                          ("Isolde Rowandale", "zaphodbee@gmail.com")],
    "hidden and rewritten": [("", "isolde.row at a.example"),
                             ("", "isolde.row=40a.example@dmarc.b.example"),
                             ("", "srs0=x1=ab=a.example=isolde.row@c.example"),
                             ("", "isolde.row@a.example")],
    "login in front, in quotes": [("zaphodbee (Isolde Rowandale)", "i@a.example"),
                                  ("Isolde 'zaphodbee' Rowandale", "r@b.example"),
                                  ("", "zaphodbee@gmail.com")],
    "given name and login": [("James", "jrowandale@a.example"),
                             ("James R.", "j.rowandale@b.example"),
                             ("James Rowandale", "x1@c.example")],
    "a login at home and at work": [("Isolde Rowandale", "zaphodbee@gmail.com"),
                                    ("Isolde Rowandale", "isolde@a.example"),
                                    ("", "zaphodbee@b.example")],
    "same common name, same number": [("John Smith", "jsmith77@a.example"),
                                      ("John Smith", "jsmith77@gmail.com")],
}  # fmt: skip

SEVERAL = {
    "first names alone": [("Alex", "alex@a.example"), ("Alex", "alex@b.example")],
    "role names": [("root", "root@a.example"), ("root", "root@b.example"),
                   ("Admin", "admin@c.example"), ("admin", "admin@d.example")],
    "common names": [("John Smith", "john.smith@a.example"), ("John Smith", "jsmith@b.example")],
    "siblings": [("Isolde Rowandale", "i.rowandale@a.example"),
                 ("Ivo Rowandale", "i.rowandale@gmail.com")],
    "middle initials": [("John A. Rowandale", "ja@a.example"),
                        ("John B. Rowandale", "jb@b.example")],
    "an initial and a login, far apart": [("", "j.zimmerman@a.example"),
                                          ("", "jzimmerman@b.example")],
    "generations": [("Ivo Rowandale Jr.", "ivo@a.example"), ("Ivo Rowandale Sr.", "ir@b.example")],
    "a login that fits two": [("John Rowandale", "john@a.example"),
                              ("Jane Rowandale", "jane@b.example"), ("", "jrowandale@c.example")],
    "numbered": [("John Rowell", "john.rowell@a.example"),
                 ("John Rowell", "john.rowell2@a.example")],
    "letters of another script": [("Paypal Service Paul", "p@a.example"),
                                  ("Isolde Rowandale", "i@a.example"),
                                  ("Isоlde Rоwandale", "spoof@b.example")],
    "reversed writing": [("Isolde Rowandale", "i@a.example"),
                         ("\u202eIsolde Rowandale", "spoof@b.example")],
    "names that machines give": [("Your Name", "you@a.example"), ("Your Name", "me2@b.example"),
                                 ("ubuntu", "ubuntu@ip-10-0-0-1.internal"),
                                 ("Ubuntu", "ubuntu@b.example"),
                                 ("dependabot[bot]", "1+dependabot[bot]@users.noreply.github.com"),
                                 ("actions[bot]", "2+actions[bot]@users.noreply.github.com")],
    "a login that is a given name": [("Stefan", "carlos@a.example"), ("Carlos", "carlos@b.example"),
                                     ("Carlos", "daniel@c.example")],
    "an initial for a family name": [("Jean F.", "jean.fodoner@a.example"),
                                     ("jeanf", "jeanf@b.example")],
    "common Chinese names": [("Wei Wang", "wei@a.example"), ("Wang Wei", "wangwei@b.example")],
    "colleagues of one family": [("Jane Rowandale", "jane@a.example"),
                                 ("Jack Rowandale", "jack@a.example"),
                                 ("", "jrowandale@a.example")],
    "an address as a name": [("i@a.example", "i@a.example"), ("i@a.example", "spoof@b.example")],
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_PERSON)
def test_one_person(case):
    assert set(match(ONE_PERSON[case])) == {0}


@pytest.mark.parametrize("case", SEVERAL)
def test_several_people(case):
    found = match(SEVERAL[case])
    assert found == list(range(len(found)))


def test_names_in_other_scripts_are_names():
    assert match([("Иван Петровский", "ivan@a.example"), ("Петровский Иван", "i@b.example")]) == [
        0,
        0,
    ]
    assert match([("王小明", "wxm@a.example"), ("李小明", "lxm@b.example")]) == [0, 1]


# --- with the mail around them -------------------------------------------------------------------

ME = "jane.doe@acme.example"
OWNER = Owner(frozenset({ME}), frozenset(), "Jane Doe")
WORK, HOME = "isolde@a.example", "rowandale@b.example"


def _mail(key, sender, to=(ME,), day="2024-01-01", **more):
    return {"key": key, "day": day, "sender": sender, "to": list(to), **more}


def _resolve(*rows, natures=None, **more):
    given = tables(*rows, **more)
    return resolve(given, OWNER, pd.Series(natures or {}, dtype="str"), Decisions())


def _person(people, alias):
    return people.find(alias)[0]


ISOLDE = [_mail("a", WORK, from_name="Isolde Rowandale"),
          _mail("b", HOME, from_name="Isolde Rowandale")]  # fmt: skip


ROBERT = [_mail("a", WORK, from_name="Robert Rowandale"),
          _mail("b", HOME, from_name="Robert Rowandale")]  # fmt: skip


def test_two_of_one_name_who_stand_side_by_side_are_asked_about_not_joined():
    people = _resolve(*ROBERT, _mail("c", ME, [WORK, HOME]))
    assert _person(people, WORK) != _person(people, HOME)
    asked = people.suggestions.iloc[0]
    assert {asked["alias"], asked["other_alias"]} == {WORK, HOME}
    assert "both are recipients" in asked["why"]
    assert _person(_resolve(*ROBERT), WORK) == _person(_resolve(*ROBERT), HOME)


def test_two_bearers_of_a_very_rare_name_in_one_message_are_one_written_to_twice():
    people = _resolve(*ISOLDE, _mail("c", ME, [WORK, HOME]))
    assert _person(people, WORK) == _person(people, HOME)
    apart = _resolve(*ISOLDE, _mail("c", WORK, [HOME, ME]), _mail("d", HOME, [WORK, ME]))
    assert _person(apart, WORK) != _person(apart, HOME)


def test_an_address_two_people_send_from_joins_neither():
    people = _resolve(
        *[_mail(f"x{i}", "rowandales@home.example", from_name=name)
          for i, name in enumerate(["Isolde Rowandale", "Tristan Rowandale"] * 2)],
        *ISOLDE,
        _mail("t", "tristan@c.example", from_name="Tristan Rowandale"),
    )  # fmt: skip
    shared = _person(people, "rowandales@home.example")
    assert shared not in (_person(people, WORK), _person(people, "tristan@c.example"))


def test_a_name_on_a_robot_s_address_does_not_make_it_the_person_s():
    robot = "messages-noreply@linkedin.example"
    people = _resolve(*ISOLDE, _mail("r", robot, from_name="Isolde Rowandale via LinkedIn"),
                      natures={robot: "robot"})  # fmt: skip
    assert people.find(robot) == ()
    row = people.aliases.set_index("alias").loc[robot]
    assert row["nature"] == "robot"
    assert pd.isna(row["person_id"])


def test_spam_under_a_known_name_is_nobody():
    people = _resolve(
        *ISOLDE, _mail("s", "x@evil.example", from_name="Isolde Rowandale", box="spam")
    )
    assert people.find("x@evil.example") == ()


def _connections(*rows):
    frame = pd.DataFrame(rows, columns=["key", "name", "profile", "organisation", "address"])
    return CONNECTIONS.conform(
        frame.assign(connected_at=pd.Timestamp("2024-01-05", tz="UTC"), source_offset=0)
    )


PROFILE = "linkedin.com/in/isolde-r"


def test_a_connection_joins_the_mail_of_the_same_person_and_brings_the_employer():
    people = _resolve(ISOLDE[0], connections=_connections(
        ("c1", "Isolde Rowandale", PROFILE, "Acme Ltd", "")))  # fmt: skip
    assert _person(people, WORK) == _person(people, "https://www.linkedin.com/in/isolde-r/")
    row = people.people.set_index("person_id").loc[_person(people, WORK)]
    assert row["organisation"] == "Acme Ltd"
    assert row["profiles"] == PROFILE


def test_two_connections_of_one_name_are_two_people_and_neither_gets_the_mail():
    people = _resolve(ISOLDE[0], connections=_connections(
        ("c1", "Isolde Rowandale", PROFILE, "", ""),
        ("c2", "Isolde Rowandale", "linkedin.com/in/isolde-2", "", "")))  # fmt: skip
    assert len({_person(people, a) for a in (WORK, PROFILE, "linkedin.com/in/isolde-2")}) == 3
    assert len(people.suggestions) > 0


def test_where_two_profiles_bear_a_name_two_addresses_under_it_are_not_one_person_s_for_sure():
    people = _resolve(*ISOLDE, connections=_connections(
        ("c1", "Isolde Rowandale", PROFILE, "A", ""),
        ("c2", "Isolde Rowandale", "linkedin.com/in/isolde-2", "Globex", "")))  # fmt: skip
    assert _person(people, WORK) != _person(people, HOME)


def test_an_employer_that_is_the_domain_s_tells_namesakes_apart():
    people = _resolve(
        _mail("a", "john.smith@globex.example", from_name="John Smith"),
        connections=_connections(("c1", "John Smith", "linkedin.com/in/js", "Globex Inc", "")),
    )
    assert _person(people, "john.smith@globex.example") == _person(people, "linkedin.com/in/js")


def test_the_address_book_says_who_is_one():
    contacts = CONTACTS.conform(pd.DataFrame(
        {"key": ["k"], "name": ["I. R."], "addresses": ["x1@a.example; y2@b.example"],
         "profile": [""], "organisation": [""], "position": [""], "source": ["linkedin"],
         "source_path": ["c"], "source_offset": [1]}))  # fmt: skip
    people = _resolve(ISOLDE[0], contacts=contacts)
    assert _person(people, "x1@a.example") == _person(people, "y2@b.example")


def test_why_says_what_joined():
    people = _resolve(*ISOLDE)
    why = people.aliases.set_index("alias")["why"]
    assert "the same name" in " ".join(why[[WORK, HOME]])
