"""Whose box it is: found from who stands in its mail, refused where the mail does not tell."""

import json
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from build import DATA
from frames import tables

from netaudit import owner
from netaudit.archive import Store
from netaudit.ingest import run
from netaudit.model import OWNED
from netaudit.settings import Ingest, Owner, Settings

ENRON = DATA / "enron"
OWNERS = json.loads((ENRON / "owners.json").read_text()) if ENRON.exists() else []

ME, OLD, BOB, EVE = "jane.doe@acme.example", "jdoe@acme.example", "bob@b.example", "eve@e.example"


def _inbox(n, to=ME, start=1):
    """Mail from different people to one address."""
    return [
        (f"i{to}{i}", f"2024-01-{start + i:02}", f"p{i}.someone@x{i}.example", [to])
        for i in range(n)
    ]


def _sent(n, sender=ME, **more):
    return [
        {"key": f"s{sender}{i}", "day": f"2024-02-{i + 1:02}", "sender": sender,
         "to": [f"q{i}@y{i}.example"], **more}
        for i in range(n)
    ]  # fmt: skip


def test_who_stands_in_all_mail_is_the_owner():
    found = owner.find(tables(*_inbox(5), *_sent(3)), Owner())
    assert found.addresses == {ME}
    assert found.name == "Jane Doe"
    assert not found.doubts


def test_a_retired_address_explains_mail_the_first_one_does_not():
    found = owner.find(tables(*_inbox(9), *_inbox(4, to=OLD, start=15), *_sent(3)), Owner())
    assert found.addresses == {ME, OLD}


def test_a_sent_only_export_has_its_sender_as_owner():
    assert owner.find(tables(*_sent(5, box="sent")), Owner()).addresses == {ME}


def test_an_assistant_who_sends_from_the_box_is_told_and_not_the_owner():
    assistant = "patricia.smith@acme.example"
    mail = tables(*_inbox(9), *_sent(6, box="sent"), *_sent(4, assistant, box="sent"))
    found = owner.find(mail, Owner())
    assert found.addresses == {ME}
    assert found.other_senders == {assistant}
    assert assistant in found.doubts[0]
    assert "--me" in found.doubts[0]
    told = owner.find(mail, Owner(me=(ME, assistant)))
    assert told.addresses == {ME, assistant}
    of_many = owner.find(mail, Owner(), owner.LISTED)
    assert of_many.doubts[0].endswith(f"list it beside {ME} with --owners")
    assert of_many.addresses == found.addresses


def test_two_who_only_write_to_each_other_are_in_doubt():
    mail = [(f"k{i}", f"2024-01-0{i + 1}", *pair) for i, pair in
            enumerate([(ME, [BOB]), (BOB, [ME]), (ME, [BOB])])]  # fmt: skip
    found = owner.find(tables(*mail), Owner())
    assert not found.addresses
    assert "--me" in found.doubts[0]
    assert owner.find(tables(*mail), Owner(me=(BOB,))).addresses == {BOB}
    of_many = owner.find(tables(*mail), Owner(), owner.LISTED).doubts[0]
    assert of_many.endswith("is the owner's: name the owner's address with --owners")


def test_a_list_archive_has_no_owner():
    rows = [
        {"key": f"k{i}", "day": f"2024-01-{i + 1:02}", "sender": f"p{i % 4}@x.example",
         "to": ["dev@lists.example"], "list_id": "dev.lists.example",
         "delivered_to": "archive@host.example"}
        for i in range(9)
    ]  # fmt: skip
    found = owner.find(tables(*rows), Owner())
    assert not found.addresses
    assert "mailing list" in found.doubts[0]


def test_not_me_is_left_out():
    mail = tables(*_inbox(9), *_inbox(4, to=OLD, start=15))
    assert owner.find(mail, Owner(not_me=(OLD,))).addresses == {ME}


def test_told_addresses_that_no_mail_has_are_named():
    found = owner.find(tables(*_inbox(5)), Owner(me=(ME, "typo@acme.example")))
    assert "typo@acme.example" in found.doubts[0]


def test_tags_and_dots_of_one_mailbox_are_one():
    plain, tagged = "jane.doe@gmail.com", "janedoe+shop@gmail.com"
    mail = tables(*_inbox(5, to=plain), *_inbox(3, to=tagged, start=9))
    assert owner.find(mail, Owner()).addresses == {plain, tagged}


def test_linkedin_says_who_the_owner_is():
    owned = OWNED.conform(
        pd.DataFrame(
            {
                "key": ["1", "2", "3"],
                "kind": ["address", "profile", "name"],
                "value": [OLD, "linkedin.com/in/jane", "Jane Doe"],
                "source": "linkedin", "source_path": "x.zip", "source_offset": 0,
            }
        )
    )  # fmt: skip
    found = owner.find(tables(*_inbox(9), *_inbox(2, to=OLD, start=15), owned=owned), Owner())
    assert found.addresses == {ME, OLD}
    assert found.profiles == {"linkedin.com/in/jane"}


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("entry", OWNERS, ids=[entry["owner"] for entry in OWNERS])
def test_the_owners_of_real_mailboxes_are_found_and_their_assistants_refused(entry, tmp_path):
    store = Store(tmp_path / "archive")
    headers_only = Settings(ingest=Ingest(keep_text=False, read_text=False))
    with ThreadPoolExecutor(1) as executor:
        run([ENRON / f"{entry['owner']}.mbox.gz"], store, headers_only, executor)
    found = owner.find(store.tables(), Owner())
    family, _, initial = entry["owner"].partition("-")
    theirs = {
        a for a in entry["sending_addresses"]
        if family in a.partition("@")[0] and a.startswith(initial)
    }  # fmt: skip
    assert theirs <= found.addresses
    assert not found.addresses & (set(entry["sending_addresses"]) - theirs)
    assert family in found.name.lower()
