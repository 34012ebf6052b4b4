"""people.toml: kept, read back, edited by hand, refused with its place, taken back."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netaudit.errors import UserError
from netaudit.people import Decisions, Entry, decision_file
from netaudit.people.decisions import Change, ignored, merged, parted, tagged

A, B, C = "a@x.example", "b@x.example", "c@x.example"

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda value: value.strip() == value and value.lower() == value
)
entries = st.builds(
    Entry, st.lists(text, min_size=2, max_size=3).map(tuple), st.just(()), st.text(max_size=9)
)
tags = st.builds(Entry, st.tuples(text), st.lists(text, min_size=1).map(tuple))


@given(
    st.builds(
        Decisions,
        merge=st.lists(entries, max_size=3).map(tuple),
        apart=st.lists(entries, max_size=2).map(tuple),
        ignore=st.lists(entries, max_size=2).map(tuple),
        tag=st.lists(tags, max_size=2).map(tuple),
    )
)
def test_what_is_written_is_read_back(decisions):
    assert decision_file.parse(decision_file.write(decisions)) == decisions


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("[[merge]\n", "line 1"),
        ('[[mrege]]\nwho = ["a"]', "unknown [[mrege]]"),
        ('[[merge]]\nwho = ["a@x.example"]', "[[merge]] number 1: who names too few"),
        ('[[ignore]]\nwho = "a"', "[[ignore]] number 1: who must be a list"),
        ('[[ignore]]\nwho = ["a"]\ntags = ["b"]', "has other keys than note, who"),
        ("merge = 3", "merge must be written as [[merge]]"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(tmp_path, content, place):
    (tmp_path / "people.toml").write_text(content)
    with pytest.raises(UserError) as caught:
        decision_file.load(tmp_path)
    assert place in str(caught.value)
    assert "people.toml" in str(caught.value)


def test_files_are_private_and_changes_are_taken_back_one_by_one(tmp_path):
    decision_file.apply(tmp_path, merged(Decisions(), A, B, "Ann"))
    decision_file.apply(tmp_path, ignored(C))
    path = tmp_path / "people.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert 'note = "Ann"' in path.read_text()
    assert decision_file.undo(tmp_path).what == f"ignore {C}"
    assert decision_file.load(tmp_path).must_link() == [(A, B)]
    assert decision_file.undo(tmp_path).what == f"merge {A} {B}"
    assert decision_file.load(tmp_path) == Decisions()
    assert decision_file.undo(tmp_path) is None


def test_undo_leaves_what_was_edited_by_hand_since(tmp_path):
    decision_file.apply(tmp_path, tagged(A, ["mentor"]))
    path = tmp_path / "people.toml"
    path.write_text(path.read_text() + f'\n[[ignore]]\nwho = ["{B}"]\nnote = "by hand"\n')
    decision_file.undo(tmp_path)
    assert decision_file.load(tmp_path) == Decisions(ignore=(Entry((B,), note="by hand"),))


def test_the_last_word_on_two_people_counts():
    together = merged(Decisions(), A, B).done(Decisions())
    apart = parted(together, A, [B]).done(together)
    assert (apart.must_link(), apart.cannot_link()) == ([], [(A, B)])
    again = merged(apart, B, A).done(apart)
    assert (again.must_link(), again.cannot_link()) == ([(B, A)], [])


def test_splitting_one_off_leaves_the_others_together():
    three = Decisions(merge=(Entry((A, B, C)),))
    change = parted(three, A, [B, C])
    assert change.done(three).must_link() == [(B, C)]
    assert change.undone(change.done(three)) == three


def test_a_damaged_undo_file_is_named_with_the_cure(tmp_path):
    (tmp_path / "people.undo.jsonl").write_text("{")
    with pytest.raises(UserError, match="remove it"):
        decision_file.apply(tmp_path, Change("x"))
