"""job_complaint: the owner's own posts about their job."""

import pandas as pd
import pytest
from tests.frames import build_history

from netaudit.model import POSTS
from netaudit.patterns.job_complaint import JobComplaint
from netaudit.text import complaints

COMPLAINTS = [
    "My boss is terrible and I hate that nobody here listens.",
    "Another weekend at work. I am underpaid, exhausted and sick of my company.",
    "Our management is a joke: broken promises, awful hours, no respect.",
]
CRITICISM = "The industry still has problems with safety. Here is what I would improve."
PRAISE = "I love my job, my team is wonderful."


def history(texts, kind="share"):
    posts = POSTS.conform(
        pd.DataFrame(
            {
                "key": [f"p{n}" for n in range(len(texts))],
                "kind": kind,
                "posted_at": pd.to_datetime(
                    [f"2024-01-{n + 1:02}" for n in range(len(texts))], utc=True
                ),
                "text": texts,
                "source": "linkedin",
                "source_path": "x.zip!Shares.csv",
                "source_offset": range(len(texts)),
            }
        )
    )
    return build_history({"me": ["me@home.example"]}, posts=posts)


def found(texts, as_of="2024-12-31", **more):
    made = history(texts, **more)
    return JobComplaint()(made, pd.Timestamp(as_of, tz="UTC"))


def test_three_complaints_are_one_finding_on_the_owner_quoted_in_full():
    rows = found([*COMPLAINTS, PRAISE, CRITICISM])
    assert len(rows) == 1
    assert rows["person_id"].isna().all()
    assert rows.loc[0, "evidence"] == "p0; p1; p2"
    assert all(text in rows.loc[0, "summary"] for text in COMPLAINTS)
    assert CRITICISM not in rows.loc[0, "summary"]


def test_two_of_ten_are_enough_and_two_of_eleven_are_not():
    assert len(found(COMPLAINTS[:2] + [PRAISE] * 8)) == 1
    assert found(COMPLAINTS[:2] + [PRAISE] * 9).empty


def test_posts_after_as_of_and_mere_reactions_do_not_count():
    assert found(COMPLAINTS, as_of="2024-01-02").empty
    assert found(COMPLAINTS, kind="reaction").empty


@pytest.mark.parametrize(
    "text",
    [
        "I love my job: the team is kind and the problems are real.",
        "Thanks to my manager for fixing the issue with our schedule so quickly.",
        "I can't wait for the next meeting with my team!",
        "Our team solved a hard problem today and I am proud of it.",
    ],
)
def test_praise_with_a_word_of_trouble_is_no_complaint(text):
    assert complaints.about_job(text, None) is None
