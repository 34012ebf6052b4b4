"""The page tells what came of the last list, and which of this one is answered."""

import dataclasses
import re

import pandas as pd
from tests import fictional

from netaudit import actions
from netaudit.model import ANSWERS, OUTCOMES
from netaudit.page import Earlier, render, words
from netaudit.page.followups import follow_ups, sentence
from netaudit.page.top import sentences
from netaudit.page.words import Clock

BASE = {"at": "2026-07-02", "as_of": "2026-06-30", "step": "reconnect", "reason": "dormant",
        "name": "", "until": None, "note": None, "answer": "done"}  # fmt: skip


def answers(*rows):
    frame = pd.DataFrame([BASE | row for row in rows])
    for column in ("at", "as_of"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return ANSWERS.conform(frame)


def section(text, name):
    return re.search(rf'<section id="{name}".*?</section>', text, re.DOTALL)[0]


def test_the_owners_words_stand_beside_what_the_archive_shows():
    mara, greta = fictional.CAST[0][1], fictional.CAST[9][1]
    given = answers(
        {"who": mara}, {"who": mara, "answer": "note", "note": "<b>hi</b>"},
        {"who": greta, "answer": "snooze", "until": "2026-08-01"},
        {"who": greta, "as_of": "2026-09-30"},
    )  # fmt: skip
    audit = dataclasses.replace(fictional.audit(), findings=fictional.audit().findings.head(60))
    text = render(audit, fictional.ACCOUNTING, Earlier(answers=given))
    told = section(text, "followups")
    assert "30 Jun 2026" in told
    assert re.search(r"Mara Okonkwo.*They wrote on 2026-07-|Mara Okonkwo.*You wrote on 2026-07-",
                     told, re.DOTALL)  # fmt: skip
    assert "&lt;b&gt;hi&lt;/b&gt;" in told
    assert "You put it off" in told
    assert 'href="#followups"' in text
    assert section(text, "actions").count("You said: done.") == 1


def test_without_a_list_before_there_is_no_section():
    clock = Clock.of(fictional.audit().settings)
    assert follow_ups(OUTCOMES.empty(), clock) is None


def test_all_of_it_in_a_sentence():
    rows = pd.DataFrame({"n_out": [1, 1, 0], "n_in": [2, 0, 0], "balance": ["closer", None, None],
                         "ask": None})  # fmt: skip
    assert "1 of 2 open asks answered;" in sentence(rows.assign(ask=["answered", None, "open"]))
    assert sentence(rows) == (
        "Of 3 people on the last list, 1 has been in touch both ways since and 1 one way only; "
        "1 balance moved towards even."
    )
    assert sentence(rows.tail(1)) == (
        "Of 1 person on the last list, 0 have been in touch both ways since."
    )


def test_the_first_screen_counts_who_is_left():
    acts = actions.choose(fictional.audit())
    assert sentences(fictional.audit(), acts)[2].startswith(f"{len(acts)} people are worth")
    one_left = acts.assign(answer=["done"] * (len(acts) - 2) + ["skip", "snooze"])
    name = words.name(one_left.iloc[-2])
    assert sentences(fictional.audit(), one_left)[2] == (
        f"One person is worth a few minutes now: {name}."
    )
    done = acts.assign(answer="done")
    assert sentences(fictional.audit(), done)[2].startswith("Everybody on this quarter’s list")
