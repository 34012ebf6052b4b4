"""Whose the exports of an archive are."""

import pytest

from netaudit.errors import UsageError
from netaudit.organisation import departments, mailboxes
from netaudit.organisation.mailboxes import Source
from netaudit.owner import Owner


def source(name, *addresses, profiles=(), doubts=()):
    owner = Owner(frozenset(addresses), frozenset(profiles), name.title(), tuple(doubts))
    return Source(name, f"/mail/{name}.mbox", owner)


ANA, BEN = source("ana", "ana@one.example"), source("ben", "ben@one.example")
ANA_LATER = source("ana2", "ana@one.example", "a.alba@home.example")
ANA_LINKED = source("ana3", "a.alba@home.example", profiles=["linkedin.com/in/ana"])


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2)])
def test_exports_that_share_an_address_are_one_persons_in_any_order(order):
    given = [ANA, BEN, ANA_LATER, ANA_LINKED]
    found = mailboxes.infer([given[n] for n in order])
    assert [box.sources for box in found.all] == [("ana", "ana2", "ana3"), ("ben",)]
    assert found.all[0].profiles == ("linkedin.com/in/ana",)
    assert found.doubts == ()


def test_an_export_of_nobody_is_told_with_its_reason():
    found = mailboxes.infer([ANA, source("list", doubts=["a list's archive"])])
    assert len(found.all) == 1
    assert len(found.doubts) == 1
    assert found.doubts[0].startswith("/mail/list.mbox: whose it is was not found (a list's")


def test_ids_are_folder_names_whatever_the_name_is():
    box = mailboxes.Mailbox("../Ädil\n<b>" * 9, ("a@b.example",))
    assert set(box.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(box.id) <= 49
    assert box.id != mailboxes.Mailbox(box.name, ("b@b.example",)).id


def test_listed_owners_get_their_exports_and_the_rest_is_told():
    text = "name,addresses\nAna,ana@one.example; A.ALBA@home.example\nCem,cem@one.example\n"
    found = mailboxes.assign(mailboxes.read(text, "owners.csv"), [ANA, BEN, ANA_LATER])
    assert [(box.name, box.sources) for box in found.all] == [("Ana", ("ana", "ana2"))]
    assert found.doubts == (
        "/mail/ben.mbox: its owner (ben@one.example) is not listed; it gets no report",
        "Cem: no export of the archive is theirs",
    )


def test_the_list_overrules_what_an_export_tells():
    text = "Name,Addresses,Sources\nAna,ana@one.example,ben.mbox;/mail/ana.mbox\n"
    found = mailboxes.assign(mailboxes.read(text, "owners.csv"), [ANA, BEN])
    assert found.all[0].sources == ("ana", "ben")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("who,mail\n", "needs the columns name and addresses"),
        ("name,addresses\nAna,\n", "line 2: 'nothing' is no mail address"),
        ("name,addresses\nAna,ana\n", "line 2: 'ana' is no mail address"),
        ("name,addresses\nAna,a@b.c\nBen,A@B.c\n", "a@b.c is given to Ana and Ben"),
        ("name,addresses\n", "names nobody"),
    ],
)
def test_a_wrong_list_is_told_by_line(text, words):
    with pytest.raises(UsageError, match=words):
        mailboxes.read(text, "owners.csv")


def test_a_source_the_archive_does_not_hold_is_told():
    listed = mailboxes.read("name,addresses,sources\nAna,a@b.c,lost.mbox\n", "owners.csv")
    with pytest.raises(UsageError, match="lost.mbox: no source".replace(".", r"\.")):
        mailboxes.assign(listed, [ANA])


def test_departments_are_read_by_address_in_any_case():
    text = "department,Address\nLaw,ANA@one.example\n,ben@one.example\n"
    assert departments.read(text, "teams.csv").to_dict() == {"ana@one.example": "Law"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", "needs the columns address and department"),
        ("address,department\na@b.c,Law\nA@b.c,Sales\n", "line 3: a@b.c stands in two"),
        ("address,department\n", "names nobody"),
    ],
)
def test_wrong_departments_are_told(text, words):
    with pytest.raises(UsageError, match=words):
        departments.read(text, "teams.csv")
