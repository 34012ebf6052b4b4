"""Asks and gives between the owner and each person."""

from tests.acts import OWNER, conversation

from netaudit import give_take

ADA, JON = "ada@brook.example", "jon@lind.example"


def rows(history):
    found = give_take.acts(history)
    return list(
        found[["person_id", "direction", "key", "act", "kind"]].itertuples(index=False, name=None)
    )


def test_an_answer_to_an_ask_is_a_give_of_the_one_who_answers():
    history = conversation(
        ("1", "2024-03-01", ADA, [OWNER], "What do you think of the second draft?"),
        ("2", "2024-03-02", OWNER, [ADA], "It reads well.", {"in_reply_to": "1"}),
    )
    assert rows(history) == [
        ("ada", "in", "1", "ask", "advice"),
        ("ada", "out", "2", "give", "answer"),
    ]


def test_an_introduction_needs_somebody_to_be_introduced_to():
    text = "I'd like to introduce you to Jon, who builds bridges."
    alone = conversation(("1", "2024-03-01", OWNER, [ADA], text))
    both = conversation(("1", "2024-03-01", OWNER, [ADA, JON], text))
    assert rows(alone) == []
    assert rows(both) == [
        ("ada", "out", "1", "give", "introduction"),
        ("jon", "out", "1", "give", "introduction"),
    ]


def test_the_same_sentence_again_is_a_form_and_counts_once():
    text = "Please approve the request in the portal."
    history = conversation(
        ("0", "2024-02-01", OWNER, [ADA], "Good morning to you."),
        ("1", "2024-03-01", ADA, [OWNER], text),
        ("2", "2024-03-09", ADA, [OWNER], text),
    )
    assert [row[2] for row in rows(history)] == ["1"]


def test_the_same_ask_in_the_same_words_half_a_year_later_is_asked_again():
    text = "Could you introduce me to your head of procurement?"
    history = conversation(
        ("0", "2024-02-01", OWNER, [ADA], "Good morning to you."),
        ("1", "2024-03-01", ADA, [OWNER], text),
        ("2", "2024-03-09", ADA, [OWNER], text),
        ("3", "2024-09-01", ADA, [OWNER], text),
    )
    assert [row[2] for row in rows(history)] == ["1", "3"]


def test_asking_for_a_good_word_is_not_putting_one_in():
    text = "I would be grateful if you could put in a good word for me with your boss."
    history = conversation(("1", "2024-03-01", OWNER, [ADA], text))
    assert rows(history) == [("ada", "out", "1", "ask", "favour")]


def test_people_the_owner_never_wrote_to_ask_in_vain():
    history = conversation(("1", "2024-03-01", ADA, [OWNER], "Could you refer me for the job?"))
    found = give_take.acts(history)
    assert len(found) == 1
    assert give_take.of_mutual(found, history).empty
    assert history.relationships.set_index("person_id").loc["ada", "asks_in"] == 1


def test_what_is_said_to_another_addressee_by_name_is_not_said_to_this_one():
    text = "Jon, could you send me the minutes?"
    history = conversation(("1", "2024-03-01", OWNER, [ADA, JON], text))
    assert rows(history) == [("jon", "out", "1", "ask", "task")]


def test_a_proposal_and_an_offer_in_a_question_are_no_needs():
    history = conversation(
        ("1", "2024-03-01", OWNER, [ADA], "Let's try to finish the draft together."),
        ("2", "2024-03-02", OWNER, [ADA], "Do you want me to send you the minutes?"),
    )
    assert rows(history) == [("ada", "out", "2", "give", "offer")]


def test_plain_requests_weigh_less_and_least_between_colleagues():
    humans = {"me": ["me@works.example"], "ada": [ADA], "jon": ["jon@works.example"]}
    task, favour = "Please send me the minutes.", "Could you write me a recommendation letter?"
    history = conversation(
        ("1", "2024-03-01", "me@works.example", [ADA], task),
        ("2", "2024-03-02", "me@works.example", ["jon@works.example"], task),
        ("3", "2024-03-03", "me@works.example", ["jon@works.example"], favour),
        humans=humans,
    )
    weights = give_take.acts(history).set_index("key")["weight"].to_dict()
    assert weights == {"1": 0.5, "2": 0.1, "3": 1.0}


def test_settling_a_time_is_no_ask():
    history = conversation(
        ("1", "2024-03-01", OWNER, [ADA], "Could we meet for lunch on Tuesday at noon?"),
        ("2", "2024-03-02", OWNER, [ADA], "Could you send me the minutes?"),
    )
    assert [row[2] for row in rows(history)] == ["2"]
