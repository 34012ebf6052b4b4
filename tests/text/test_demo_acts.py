"""Acts in the demo's letters, scored against its truth files."""

import json
from collections import Counter

import pytest

from netaudit import demo
from netaudit.text import new_text
from netaudit.text.acts import of_sentence
from netaudit.text.languages import READ

FLOORS = {"ask": 0.85, "thanks": 0.7, "apology": 0.9, "give": 0.4, "promise": 0.6}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder, years=2, scale=0.1)
    lines = (folder / "truth" / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["language"] in READ]


def test_most_acts_are_found(told):
    n, hits = Counter(), Counter()
    for row in told:
        n[row["act"]] += 1
        acts = {act for act, _, _ in of_sentence(row["sentence"], row["language"])}
        hits[row["act"]] += row["act"] in acts
    short = {
        act: hits[act] / n[act]
        for act in FLOORS
        if n[act] >= 5 and hits[act] < FLOORS[act] * n[act]
    }
    assert not short


def test_what_gives_or_thanks_is_seldom_taken_for_an_ask(told):
    others = [row for row in told if row["act"] in ("give", "thanks", "apology", "promise")]
    said = [
        row
        for row in others
        if "ask" in {a for a, _, _ in of_sentence(row["sentence"], row["language"])}
    ]
    assert len(said) <= 0.1 * len(others)


def test_sentences_of_acts_survive_as_new_text(told):
    for row in told[:50]:
        assert row["sentence"] in new_text(
            f"Hello,\n\n{row['sentence']} It was a long week.\n\nBest,\nAda"
        )
