"""mass_blast: a finding a mailing, and one for everybody who had nothing else."""

from tests.frames import OWNER, found_by

from netaudit.patterns.mass_blast import MassBlast

CROWD = {f"p{n:02}": [f"p{n:02}@x.example"] for n in range(22)}
HUMANS = {"me": [OWNER], **CROWD}
EVERYBODY = [addresses[0] for addresses in CROWD.values()]


def _found(*given):
    return found_by(MassBlast(), HUMANS, *given)


def test_one_finding_a_mailing_and_one_for_each_who_had_nothing_else():
    found = _found(
        ("before", "2023-12-01", OWNER, [EVERYBODY[0]]),
        dict(key="a", day="2024-01-01", sender=OWNER, to=EVERYBODY, subject="My new venture"),
        dict(
            key="r", day="2024-01-02", sender=EVERYBODY[1], to=[OWNER], subject="Re: my new venture"
        ),
        dict(key="l", day="2024-01-02", sender=EVERYBODY[2], to=[OWNER], subject="Lunch?"),
    )
    mailings = found[found["person_id"].isna()]
    assert mailings["evidence"].tolist() == ["a"]
    text = mailings["summary"].iloc[0]
    assert "“My new venture” went to 22 people to many visible recipients on 2024-01-01" in text
    assert "5% had an exchange with you before" in text
    people = set(found["person_id"].dropna())
    assert people == {*CROWD} - {"p00", "p02"}, "known before; wrote on their own account"
    assert (found["direction"] == "out").all()
    assert found["person_id"].isna().iloc[0], "mailings come first"


def test_a_later_personal_message_makes_a_relationship():
    given = ("a", "2024-01-01", OWNER, EVERYBODY)
    found = _found(given, ("b", "2024-02-01", OWNER, [EVERYBODY[5]]))
    assert "p05" not in set(found["person_id"].dropna())


def test_nothing():
    assert _found(("a", "2024-01-01", OWNER, EVERYBODY[:3])).empty
