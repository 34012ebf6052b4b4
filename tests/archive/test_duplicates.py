"""What becomes of several copies of one message."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archive.building import archive, message

from netaudit.model import STORED, Message, Recipient, Row

SENT = Recipient("to", "bob@example.org", "Bob")


def test_one_copy_is_kept_and_labels_are_united(tmp_path: Path) -> None:
    copies = {
        "/x/inbox.mbox": [message("k", "/x/inbox.mbox", labels="Inbox; Work", box="inbox")],
        "/x/all.mbox": [message("k", "/x/all.mbox", labels="Archive; Work")],
    }
    messages = archive(tmp_path, copies).table("messages")
    assert messages.source_path.tolist() == ["/x/all.mbox"]  # the first by file name
    assert messages.labels.tolist() == ["Archive; Inbox; Work"]


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (["spam", "inbox"], "inbox"),
        (["inbox", "trash"], "inbox"),
        (["draft", ""], ""),
        (["trash", "sent", "inbox"], "sent"),
        (["spam", "trash"], "trash"),
        (["", "", ""], ""),
    ],
)
def test_one_copy_outside_spam_and_trash_keeps_a_message_in_the_audit(
    tmp_path: Path, boxes: list[str], expected: str
) -> None:
    copies = {f"/{i}": [message("k", f"/{i}", box=box)] for i, box in enumerate(boxes)}
    assert archive(tmp_path, copies).table("messages").box.tolist() == [expected]


def test_recipients_are_those_of_the_kept_copy_alone(tmp_path: Path) -> None:
    one = Recipient("to", "bob@example.org", "Bob")
    other = Recipient("to", "bob@example.org", "Robert")
    path = "/a.mbox"
    store = archive(
        tmp_path,
        {
            "/b.mbox": [message("k", "/b.mbox", 0, recipients=(other,))],
            path: [
                message("j", path, 0, recipients=()),
                message("k", path, 7, recipients=(one, SENT._replace(role="cc"))),
                message("k", path, 9, recipients=(other,)),
            ],
        },
    )
    found = store.table("recipients")
    assert found[["key", "role", "name"]].to_numpy().tolist() == [
        ["k", "to", "Bob"],
        ["k", "cc", "Bob"],
    ]


def test_headers_that_the_kept_copy_lacks_come_from_the_next_that_has_them(tmp_path: Path) -> None:
    store = archive(
        tmp_path,
        {
            "/a": [message("k", "/a", message_id="1@a")],
            "/b": [message("k", "/b", message_id="1@b", in_reply_to="0@b")],
            "/c": [message("k", "/c", in_reply_to="0@c", references="9@c 0@c")],
        },
    )
    row = store.table("messages").iloc[0]
    assert (row.message_id, row.in_reply_to, row.references) == ("1@a", "0@b", "9@c 0@c")
    assert pd.isna(row.thread_hint)


def test_texts_come_from_the_copy_that_was_read(tmp_path: Path) -> None:
    trait = (None, None, None, None, 1)
    store = archive(
        tmp_path,
        {
            "/a": [message("k", "/a")],
            "/b": [
                message("k", "/b", words=3, language="en"),
                [Row("texts", ("k", "one two three")), Row("traits", ("k", *trait))],
            ],
            "/c": [message("k", "/c", words=3), [Row("texts", ("k", "one two three"))]],
        },
    )
    assert store.table("messages").words.tolist() == [3]
    assert store.table("messages").source_path.tolist() == ["/a"]
    assert store.table("texts").text.tolist() == ["one two three"]
    assert len(store.table("traits")) == 1


def test_a_column_for_some_keys_is_what_the_whole_table_says(tmp_path: Path) -> None:
    def text(key: str, said: str) -> list[Row]:
        return [Row("texts", (key, said))]

    store = archive(
        tmp_path,
        {
            "/a": [message("k", "/a"), message("l", "/a", 9, words=1), text("l", "one")],
            "/b": [message("k", "/b", words=2), text("k", "two"), message("m", "/b", 9)],
            "/c": [message("k", "/c", words=3), text("k", "three")],
        },
    )
    keys = pd.Series(["m", "k", None, "l", "k"], index=[5, 6, 7, 8, 9], dtype="str")
    found = store.values("texts", "text", keys)
    assert found.index.tolist() == [5, 6, 7, 8, 9]
    assert found.dropna().to_dict() == {6: "two", 8: "one", 9: "two"}
    assert store.values("traits", "minhash", keys).isna().all()
    assert store.table("texts").set_index("key")["text"].to_dict() == {"k": "two", "l": "one"}


def test_columns_can_be_left_out(tmp_path: Path) -> None:
    store = archive(
        tmp_path,
        {
            "/a": [message("k", "/a", labels="x", list_id=None)],
            "/b": [message("k", "/b", labels="y", list_id="l")],
        },
    )
    whole = store.tables()
    some = store.tables({"messages": ["labels", "reply_to"], "texts": ["key", "text"]})
    pd.testing.assert_frame_equal(
        some["messages"], whole["messages"].drop(columns=["labels", "reply_to"])
    )
    assert some["messages"]["list_id"].tolist() == ["l"]
    assert some["texts"].columns.tolist() == ["key", "text"]


def test_rows_are_sorted_by_time_and_key_with_unknown_times_last(tmp_path: Path) -> None:
    early, late = datetime(1979, 12, 31, tzinfo=UTC), datetime(2044, 1, 1, tzinfo=UTC)
    times = {"d": None, "b": late, "a": late, "c": early, "aa": None}
    records = [
        message(key, "/a", i, sent_at=at, recipients=(SENT,))
        for i, (key, at) in enumerate(times.items())
    ]
    store = archive(tmp_path, {"/a": records})
    assert store.table("messages").key.tolist() == ["c", "a", "b", "aa", "d"]
    assert store.table("recipients").key.tolist() == ["c", "a", "b", "aa", "d"]


def test_taking_a_source_out_brings_the_other_copy_back(tmp_path: Path) -> None:
    alone = archive(tmp_path / "alone", {"/b": [message("k", "/b", labels="B")]})
    store = archive(
        tmp_path / "both",
        {"/a": [message("k", "/a", labels="A")], "/b": [message("k", "/b", labels="B")]},
    )
    for entry in store.find("/a"):
        store.drop(entry)
    for name in STORED:
        pd.testing.assert_frame_equal(store.table(name), alone.table(name))
    names = {path.name for path in (tmp_path / "both").rglob("*.parquet")}
    assert names == {path.name for path in (tmp_path / "alone").rglob("*.parquet")}


copies = st.lists(
    st.tuples(
        st.sampled_from(["/x/a", "/y/a", "/b", "/c"]),
        st.sampled_from("klmn"),
        st.sampled_from(["", "Inbox", "Work; Inbox", "Spam"]),
        st.sampled_from(["", "inbox", "spam", "draft"]),
        st.sampled_from([None, "1@x", "2@x"]),
    ),
    max_size=12,
)


@settings(max_examples=15)
@given(copies, st.integers(1, 4), st.randoms(use_true_random=False))
def test_neither_the_order_of_ingests_nor_the_parts_change_a_table(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str, str, str | None]],
    part_of: int,
    shuffle: object,
) -> None:
    from tests.archive.building import Store, write

    sources: dict[str, list[Message]] = {}
    for path, key, labels, box, reply in rows:
        at = sources.setdefault(path, [])
        at.append(message(key, path, len(at), labels=labels, box=box, in_reply_to=reply))
    tables = []
    for order, size in ((sorted(sources), 1000), (sorted(sources, reverse=True), part_of)):
        store = Store(tmp_path_factory.mktemp("out") / "archive")
        with store.writing() as writing:
            writing.commit(writing.manifest)
        for path in order:
            write(store, path, sources[path], size)
        tables.append(store.tables())
        account = store.accounting()
        assert account["read"] == len(rows)
        assert account["kept"] == len({key for _, key, *_ in rows})
        for one in [account, *account["sources"]]:
            assert one["read"] == one["kept"] + one["duplicate"] + one["skipped"]
    for name in STORED:
        pd.testing.assert_frame_equal(tables[0][name], tables[1][name])
        STORED[name].check(tables[0][name])


def test_files_in_one_source_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    names = ["/box/z.eml", "/box/a/y.eml", "/box/b.eml"]
    for order in itertools.permutations(names):
        out = tmp_path / "-".join(name[5] for name in order)
        store = archive(out, {"/box": [message("k", name) for name in order]})
        assert store.table("messages").source_path.tolist() == ["/box/a/y.eml"]
