"""Threads: header references first, then the service's id, then subject and pair."""

import pytest
from tests.frames import OWNER, mail

from netaudit.history import of_messages
from netaudit.threads import threads

ANN, BOB = "ann@a.example", "bob@b.example"


def _threads(*given):
    messages, recipients = mail(*given)
    found = threads(messages, of_messages(recipients, messages))
    return dict(zip(messages["key"], found, strict=True))


def test_answers_join_what_they_refer_to_even_when_it_is_not_in_the_box():
    found = _threads(
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], in_reply_to="gone@x"),
        dict(key="a", day="2024-01-01", sender=BOB, to=[OWNER], references="gone@x mid@x"),
        dict(key="c", day="2024-01-03", sender=OWNER, to=[ANN], in_reply_to="mid@x"),
        dict(key="d", day="2024-01-03", sender=OWNER, to=[ANN]),
    )
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_the_services_thread_id_joins():
    found = _threads(
        dict(key="a", day="2024-01-01", sender=ANN, to=[OWNER], thread_hint="1"),
        dict(key="b", day="2024-01-02", sender=OWNER, to=[ANN], thread_hint="1"),
        dict(
            key="c", day="2024-01-02", sender=OWNER, to=[ANN], thread_hint="1", channel="linkedin"
        ),
    )
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_answers_without_references_join_by_subject_and_the_two_people():
    found = _threads(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], subject="Lunch"),
        dict(key="b", day="2024-01-02", sender=OWNER, to=[BOB], subject="Lunch"),
        dict(key="c", day="2024-01-03", sender=ANN, to=[OWNER], subject="Re: lunch"),
        dict(key="d", day="2024-01-04", sender=OWNER, to=[ANN], subject="AW: RE: Lunch"),
        dict(key="e", day="2025-01-04", sender=OWNER, to=[ANN], subject="Re: Lunch"),
    )
    assert found == {"a": "a", "b": "b", "c": "a", "d": "a", "e": "e"}


def test_empty_subjects_and_fresh_mail_do_not_join():
    found = _threads(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], subject=""),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], subject="Re:"),
        dict(key="c", day="2024-01-03", sender=OWNER, to=[ANN], subject="Report"),
        dict(key="d", day="2024-01-04", sender=OWNER, to=[ANN], subject="Report"),
    )
    assert len(set(found.values())) == 4


def test_order_and_undated_messages_change_nothing():
    given = [
        dict(key="a", day=None, sender=ANN, to=[OWNER], message_id="1@x", subject="Plan"),
        dict(key="b", day="2024-01-02", sender=OWNER, to=[ANN], in_reply_to="1@x"),
        dict(key="c", day="2024-01-03", sender=ANN, to=[OWNER], references="1@x 2@x"),
    ]
    assert _threads(*given) == _threads(*given[::-1]) == {"a": "b", "b": "b", "c": "b"}


@pytest.mark.parametrize("count", [0, 1])
def test_few_messages(count):
    given = [dict(key="a", day="2024-01-01", sender=ANN, to=[OWNER])][:count]
    assert _threads(*given) == {"a": "a"} if count else not _threads(*given)
