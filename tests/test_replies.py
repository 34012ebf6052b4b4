"""Replies: linked by headers, else by subject and pair, within 14 days, old enough to judge."""

import pandas as pd
from tests.frames import OWNER, mail, population

from netaudit import interactions, replies
from netaudit.history import of_messages
from netaudit.settings import Direct, Replies

ANN, BOB = "ann@a.example", "bob@b.example"
AS_OF = pd.Timestamp("2024-12-31T23:59:59", tz="UTC")


def _linked(*given):
    messages, recipients = mail(*given)
    messages["is_automated"] = False
    messages["thread"] = messages["key"]
    people, aliases = population({"me": [OWNER], "ann": [ANN], "bob": [BOB]})
    recipients = of_messages(recipients, messages)
    addressed = interactions.addressees(recipients, people, aliases)
    built = interactions.build(
        messages=messages,
        recipients=recipients,
        addressed=addressed,
        people=people,
        aliases=aliases,
        own_addresses=[OWNER],
        settings=Direct(),
    )
    built["answers_key"], built["answered_at"] = replies.link(built, messages, Replies())
    return built


def _answers(*given):
    built = _linked(*given)
    answers = built.set_index(["key", "person_id"])["answers_key"].dropna()
    return answers.to_dict()


def test_headers_link_whatever_the_subject_and_however_late():
    assert _answers(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN, BOB], message_id="a@x"),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], in_reply_to="a@x", subject="No"),
        dict(key="c", day="2024-03-02", sender=BOB, to=[OWNER], references="q@x a@x z@x"),
    ) == {("b", "ann"): "a", ("c", "bob"): "a"}


def test_a_copied_third_person_answers_for_themselves_only():
    assert _answers(
        dict(key="a", day="2024-01-01", sender=ANN, to=[OWNER], message_id="a@x"),
        dict(key="b", day="2024-01-02", sender=OWNER, to=[ANN], cc=[BOB], in_reply_to="a@x"),
    ) == {("b", "ann"): "a"}


def test_without_headers_the_same_subject_and_the_same_two_people():
    assert _answers(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], subject="Plan"),
        dict(key="b", day="2024-01-02", sender=OWNER, to=[BOB], subject="Plan"),
        dict(key="c", day="2024-01-03", sender=ANN, to=[OWNER], subject="SV: plan"),
        dict(key="d", day="2024-01-20", sender=BOB, to=[OWNER], subject="Re: plan"),
    ) == {("c", "ann"): "a"}


def test_an_answer_that_names_another_message_is_not_taken_for_one_by_subject():
    built = _linked(
        dict(key="a", day="2024-01-01", sender=ANN, to=[OWNER], subject="Hi", message_id="a@x"),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], subject="Hi", message_id="b@x"),
        dict(
            key="c", day="2024-01-03", sender=OWNER, to=[ANN], subject="Re: Hi", in_reply_to="b@x"
        ),
    ).set_index("key")
    assert built["answers_key"].to_dict()["c"] == "b"
    assert built["answered_at"].notna().to_dict() == {"a": False, "b": True, "c": False}


def test_empty_subjects_answer_nothing_unless_marked():
    given = dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], subject="")
    answer = dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER])
    assert _answers(given, answer | {"subject": ""}) == {}
    assert _answers(given, answer | {"subject": "RE:"}) == {("b", "ann"): "a"}


def test_a_chat_is_answered_within_its_conversation():
    chat = {"channel": "linkedin", "subject": ""}
    assert _answers(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], thread_hint="1", **chat),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], thread_hint="2", **chat),
        dict(key="c", day="2024-01-03", sender=ANN, to=[OWNER], thread_hint="1", **chat),
    ) == {("c", "ann"): "a"}


def test_rates_count_what_is_old_enough_and_answered_in_time():
    built = _linked(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], subject="one"),
        dict(key="b", day="2024-01-03", sender=ANN, to=[OWNER], subject="Re: one"),
        dict(key="c", day="2024-02-01", sender=OWNER, to=[ANN], message_id="c@x"),
        dict(key="d", day="2024-02-20", sender=ANN, to=[OWNER], in_reply_to="c@x"),
        dict(key="e", day="2024-12-25", sender=OWNER, to=[ANN], subject="fresh"),
    )
    ann = replies.rates(built, AS_OF, Replies()).loc["ann"]
    assert ann["reply_rate_out"] == 0.5
    assert ann["reply_hours_out"] == 48.0
    assert ann["asked_out"] == 2
    assert ann["reply_rate_in"] == 0.0
    assert pd.isna(ann["reply_hours_in"])


def test_the_first_answer_counts_for_the_delay():
    built = _linked(
        dict(key="a", day="2024-01-01", sender=OWNER, to=[ANN], message_id="a@x"),
        dict(key="b", day="2024-01-02", sender=ANN, to=[OWNER], in_reply_to="a@x"),
        dict(key="c", day="2024-01-04", sender=ANN, to=[OWNER], in_reply_to="a@x"),
    )
    assert replies.rates(built, AS_OF, Replies()).loc["ann", "reply_hours_out"] == 24.0


def test_nobody():
    assert replies.rates(_linked(), AS_OF, Replies()).empty
