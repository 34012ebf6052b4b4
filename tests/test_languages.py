"""Messages in languages that are not read are counted, and said."""

from tests.acts import OWNER, conversation

from netaudit import languages, notes

ADA = "ada@brook.example"
ENGLISH = "Could you send me the plan that we talked about last week?"
DUTCH = "Kun je mij het plan sturen waar we het vorige week over hadden? Dank je wel alvast."


def test_unread_languages_are_counted_apart():
    history = conversation(
        ("1", "2024-03-01", ADA, [OWNER], ENGLISH),
        ("2", "2024-03-02", OWNER, [ADA], ENGLISH),
        ("3", "2024-03-03", ADA, [OWNER], ENGLISH),
        ("4", "2024-03-04", ADA, [OWNER], DUTCH),
        ("5", "2024-03-05", ADA, [OWNER], "Ok."),
    )
    found = languages.count(history)
    assert (found.read, found.unread, found.untold) == (3, 1, 1)
    assert found.by_language == {"nl": 1}
    assert found.as_mapping()["unread_share"] == 0.25
    told = [note for note in notes.of(history) if "(nl 1)" in note]
    assert len(told) == 1
    assert told[0].startswith("1 of 4 messages (25%)")


def test_nothing_is_said_where_everything_is_read():
    history = conversation(("1", "2024-03-01", ADA, [OWNER], ENGLISH))
    assert not [note for note in notes.of(history) if "language" in note or "version" in note]


def test_texts_read_by_an_older_version_are_told_of():
    history = conversation(("1", "2024-03-01", ADA, [OWNER], ENGLISH))
    history.traits["version"] -= 1
    assert notes.OLD_TEXTS in notes.of(history)
