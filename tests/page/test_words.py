"""What the page says of one relationship: figures, how sure they are, or that little is known."""

import pytest
from tests.frames import OWNER, history_with_relationships

from netaudit.page.words import Clock, facts
from netaudit.settings import Settings

ANN = "ann@a.example"
HUMANS = {"me": [OWNER], "ann": [ANN]}


def _told(questions, answered):
    given = []
    for n in range(questions):
        month, day = 1 + n // 14, 1 + 2 * (n % 14)
        given.append(dict(key=f"q{n}", day=f"2024-{month:02}-{day:02}", sender=OWNER, to=[ANN],
                          subject=f"Question {n}"))  # fmt: skip
        if n < answered:
            given.append(dict(key=f"a{n}", day=f"2024-{month:02}-{day + 1:02}", sender=ANN,
                              to=[OWNER], subject=f"Re: Question {n}"))  # fmt: skip
    ties = history_with_relationships(HUMANS, *given).relationships
    row = ties.assign(p_active_reasons="less likely: silence").to_dict("records")[0]
    return dict(facts(row, Clock.of(Settings())))


def test_rates_and_shares_come_with_their_intervals():
    told = _told(questions=20, answered=10)
    assert "they answered 50% of 20 (32% to 68%)" in told["Answers"]
    assert "with 90% certainty between" in told["Your share"]
    assert told["Why"] == "less likely: silence"


@pytest.mark.parametrize(("questions", "answered"), [(1, 1), (2, 0), (2, 1)])
def test_of_too_few_messages_nothing_is_claimed(questions, answered):
    told = _told(questions, answered)
    assert f"they answered {answered} of {questions}, too few" in told["Answers"]
    assert "%" not in told["Answers"]


def test_one_letter_says_nothing_of_the_balance():
    assert _told(1, 0)["Your share"].startswith("not enough messages to say")
