"""Signatures and groups of near-duplicate texts."""

import re
import unicodedata
from zlib import crc32

import numpy as np
import pandas as pd
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from netaudit import minhash, similar

WORDS = [f"word{n}" for n in range(60)]


def _signature(words):
    return minhash.decode(pd.Series([minhash.signature(" ".join(words))]))[0]


def test_short_texts_have_none():
    assert minhash.signature(" ".join(WORDS[:19])) is None
    assert minhash.signature(" ".join(WORDS[:20])) is not None


@pytest.mark.parametrize("changed", [0, 3, 10, 60])
def test_equal_hashes_estimate_the_jaccard_similarity(changed):
    other = WORDS[changed:] + [f"other{n}" for n in range(changed)]
    jaccard = (60 - changed) / (60 + changed)
    share = (_signature(WORDS) == _signature(other)).mean()
    assert share == pytest.approx(jaccard, abs=0.15)


def test_case_order_and_punctuation_change_nothing():
    assert minhash.signature(" ".join(WORDS)) == minhash.signature(", ".join(WORDS[::-1]).upper())


@given(st.text(min_size=40))
def test_any_text_is_taken(text):
    found = minhash.signature(text)
    assert found is None or len(minhash.decode(pd.Series([found]))[0]) == minhash.HASHES


@given(st.lists(st.text("abcß ’éあ", min_size=1), min_size=20, max_size=40))
def test_signatures_are_those_of_datasketch(words):
    text = " ".join(words)
    sketch = MinHash(num_perm=minhash.HASHES, seed=1, hashfunc=crc32)
    folded = unicodedata.normalize("NFKC", text).casefold()
    sketch.update_batch({word.encode() for word in re.findall(r"\w+", folded)})
    found = minhash.signature(text)
    if found is not None:
        expected = (sketch.hashvalues & 0xFFFF).tolist()
        assert minhash.decode(pd.Series([found]))[0].tolist() == expected


def _groups(hours, words):
    at = pd.Series(pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(hours, unit="h"))
    signatures = np.stack([_signature(each) for each in words])
    return similar.groups(signatures, at, min_similarity=0.8, within_hours=72).tolist()


def test_alike_and_near_in_time_are_one_group_in_any_order():
    near = [*WORDS[1:], "bob"]
    other = [f"other{n}" for n in range(60)]
    one, far, two, else_ = _groups([0, 200, 10, 5], [WORDS, WORDS, near, other])
    assert one == two
    assert len({one, far, else_}) == 3


def test_a_chain_reaches_farther_than_one_step():
    assert len(set(_groups([0, 70, 140], [WORDS] * 3))) == 1


def test_people_are_counted_in_the_fullest_stretch():
    people = np.array(["a", "b", "a", "c", "d"])
    assert similar.most_people_within(people, np.array([0, 10, 20, 80, 82]), 72) == 4
    assert similar.most_people_within(people, np.array([0, 100, 200, 300, 400]), 72) == 1


def test_not_common_is_the_share_of_own_words():
    assert similar.not_common(["dear ann hello there", "dear bob hello there"]) == 0.25
    assert similar.not_common(["same", "same"]) == 0.0
    assert np.isnan(similar.not_common(["alone"]))
