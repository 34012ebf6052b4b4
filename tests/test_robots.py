"""People, not robots: what marks mail as automated, and what overrules it."""

import pytest
from frames import tables

from netaudit import robots
from netaudit.owner import Owner

ME = "jane.doe@acme.example"
OWNER = Owner(frozenset({ME}), frozenset(), "Jane Doe")
NEWS = {"automated_signs": "feedback-id; list-unsubscribe"}


def _classify(*rows):
    given = tables(*rows)
    found = robots.classify(given["messages"], given["recipients"], OWNER)
    keys = given["messages"]["key"]
    return dict(zip(keys, found.automated, strict=True)), dict(found.natures)


def _mail(key, sender, to=(ME,), day="2024-01-01", **more):
    return {"key": key, "day": day, "sender": sender, "to": list(to), **more}


def test_signs_make_a_message_automated_and_its_sender_a_robot():
    automated, natures = _classify(
        _mail("a", "x@shop.example", **NEWS), _mail("b", "bob@b.example")
    )
    assert automated == {"a": True, "b": False}
    assert natures == {"x@shop.example": "robot", "bob@b.example": "human", ME: "human"}


@pytest.mark.parametrize(
    "address",
    ["no-reply@x.example", "donotreply@x.example", "nepasrepondre@x.example",
     "messages-noreply@linkedin.com", "mailer-daemon@x.example", "noreply-1234@x.example"],
)  # fmt: skip
def test_no_reply_addresses_are_robots_without_any_header(address):
    automated, natures = _classify(_mail("a", address))
    assert automated["a"]
    assert natures[address] == "robot"


def test_a_person_who_answered_the_owner_is_none():
    bulk = {"automated_signs": "precedence"}
    automated, natures = _classify(
        _mail("a", "bob@b.example", day="2024-01-01", subject="Hi", **bulk),
        _mail("b", ME, ["bob@b.example"], day="2024-01-02", subject="Plans"),
        _mail("c", "bob@b.example", day="2024-01-03", subject="Re: Plans", **bulk),
    )
    assert automated == {"a": False, "b": False, "c": False}
    assert natures["bob@b.example"] == "human"


def test_an_out_of_office_answer_makes_nobody_a_robot_and_no_robot_a_person():
    automated, natures = _classify(
        _mail("b", ME, ["bob@b.example"], day="2024-01-02", subject="Plans"),
        _mail("c", "bob@b.example", day="2024-01-03", subject="Re: Plans",
              automated_signs="auto-submitted", from_name="Bob Roe"),
    )  # fmt: skip
    assert automated == {"b": False, "c": True}
    assert natures["bob@b.example"] == "human"


def test_people_who_post_to_a_list_stay_people_and_the_list_is_a_list():
    posts = [
        _mail(f"k{i}", f"p{i}@x.example", ["dev@lists.example"],
              list_id="dev.lists.example", automated_signs="list-id; list-post; precedence")
        for i in range(3)
    ]  # fmt: skip
    automated, natures = _classify(*posts)
    assert not any(automated.values())
    assert natures["dev@lists.example"] == "list"
    assert natures["p1@x.example"] == "human"


def test_a_newsletter_with_a_list_id_is_automated():
    news = [
        _mail(f"k{i}", "editor.jane@n.example", [ME], list_id="n.example",
              automated_signs="list-id; list-unsubscribe")
        for i in range(3)
    ]  # fmt: skip
    automated, natures = _classify(*news)
    assert all(automated.values())
    assert natures["editor.jane@n.example"] == "robot"


def test_an_address_that_many_write_to_and_the_owner_gets_is_a_list():
    rows = [_mail(f"k{i}", f"p{i}@x.example", ["houston@acme.example"]) for i in range(3)]
    assert _classify(*rows)[1]["houston@acme.example"] == "list"


def test_one_address_under_many_names_is_a_relay():
    rows = [
        _mail(f"k{i}", "n@github.example", from_name=name)
        for i, name in enumerate(["Ann Lee", "Bob Roe", "Cat Poe", "Dan Fox"])
    ]
    assert _classify(*rows)[1]["n@github.example"] == "robot"


def test_names_via_a_service_do_not_make_its_address_a_person():
    rows = [_mail("k", "share@docs.example", from_name="Ann Lee via Docs"),
            _mail("l", "share@docs.example", from_name="Bob Roe via Docs")]  # fmt: skip
    assert _classify(*rows)[1]["share@docs.example"] == "robot"


def test_role_addresses_are_told_from_a_person_s_own_domain():
    natures = _classify(
        _mail("a", "info@firm.example", from_name="Ann Lee"),
        _mail("b", "vertrieb@firm.example"),
        _mail("c", "info@rowland-consulting.example", from_name="Bob Rowland"),
        _mail("d", "info@bobrowland.example", from_name="Bob Rowland"),
        *(
            _mail(f"e{n}", "info@nordhavnenergi.example", from_name="Nordhavn Energi")
            for n in range(6)
        ),
    )[1]
    assert natures["info@bobrowland.example"] == "human"
    assert natures["info@nordhavnenergi.example"] == "role", "a firm is no person"
    assert natures["info@firm.example"] == "role"
    assert natures["vertrieb@firm.example"] == "role"
    assert natures["info@rowland-consulting.example"] == "human"


def test_feedback_id_of_a_mail_service_says_nothing_of_its_users():
    automated, natures = _classify(_mail("a", "bob@proton.me", automated_signs="feedback-id"))
    assert not automated["a"]
    assert natures["bob@proton.me"] == "human"


def test_who_says_the_same_again_and_again_and_never_is_written_to_is_a_robot():
    reports = [
        _mail(f"r{n}", "navcap@gas.example", subject=f"Capacity update for {n} June")
        for n in range(9)
    ]
    assert _classify(*reports)[1]["navcap@gas.example"] == "robot"
    _, written = _classify(*reports, _mail("w", ME, ["navcap@gas.example"], subject="Hello"))
    assert written["navcap@gas.example"] == "human"
    _, named = _classify(*[{**report, "from_name": "Nav Capoor"} for report in reports])
    assert named["navcap@gas.example"] == "human"
    _, talks = _classify(
        *[
            {**report, "subject": f"Re: {'abcdefghi'[n]}{n} plans"}
            for n, report in enumerate(reports)
        ]
    )
    assert talks["navcap@gas.example"] == "human"


@pytest.mark.parametrize(
    ("address", "nature"),
    [("x1@news.shop.example", "robot"), ("capacity.customernotices@gas.example", "robot"),
     ("dailyquote@smtp.acme.example", "robot"), ("pricealerts@acme.example", "robot"),
     ("arsystem@mailman.acme.example", "robot"), ("executive.office@acme.example", "role"),
     ("migration-team@acme.example", "role"), ("acme_airlines_inc@mail.acme.example", "role"),
     ("1+ci[bot]@users.noreply.github.com", "robot"),
     ("7+jroe@users.noreply.github.com", "human"), ("tom.post@acme.example", "human"),
     ("lizard_ar@yahoo.com", "human"), ("arnd@arnd.example", "human")],
)  # fmt: skip
def test_addresses_that_tell_by_themselves_whose_they_are(address, nature):
    assert _classify(_mail("a", address))[1][address] == nature


def test_an_address_called_after_its_firm_is_nobody_s_but_a_person_s_own_domain_is_theirs():
    firm = [_mail(f"f{n}", f"p{n}@globex.example") for n in range(5)]
    _, natures = _classify(
        *firm, _mail("g", "globex@globex.example"), _mail("h", "arnd@arnd.example")
    )
    assert natures["globex@globex.example"] == "role"
    assert natures["arnd@arnd.example"] == "human"


def test_the_owner_s_word_on_an_address_counts():
    rows = [_mail("a", "x@shop.example", **NEWS), _mail("b", "bob@b.example"),
            _mail("c", "x@shop.example", automated_signs="auto-submitted")]  # fmt: skip
    given = tables(*rows)
    said = {"x@shop.example": "human", "bob@b.example": "robot", "nobody@c.example": "robot"}
    found = robots.classify(given["messages"], given["recipients"], OWNER, said)
    assert dict(zip(given["messages"]["key"], found.automated, strict=True)) == {
        "a": False, "b": True, "c": True,
    }  # fmt: skip
    assert dict(found.natures) == {
        "x@shop.example": "human", "bob@b.example": "robot", ME: "human",
    }  # fmt: skip
